/** Chromium with the extension, driven over the DevTools protocol. */

import puppeteer from 'puppeteer-core';
import { PATIENCE, atMost, until } from './harness.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

export class Chromium {
  /** @type {import('puppeteer-core').Browser} */
  puppeteer = /** @type {any} */ (undefined);
  id = '';
  origin = '';

  /** @param {import('./harness.mjs').Options & { extension: string, profile: string }} options */
  async start(options) {
    this.puppeteer = await puppeteer.launch({
      executablePath: process.env.QUOTH_CHROMIUM ?? '/usr/bin/chromium',
      headless: options.headless ?? true,
      pipe: true,
      timeout: PATIENCE,
      enableExtensions: true,
      userDataDir: options.profile,
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--window-size=1320,1000',
        ...(options.args ?? []),
      ],
    });
    if (options.first) await (await this.newPage()).goto(options.first);
    this.id = options.incognito
      ? await this.installForIncognito(options.extension)
      : await this.puppeteer.installExtension(options.extension);
    this.origin = `chrome-extension://${this.id}`;
  }

  async newPage() {
    const page = await this.puppeteer.newPage();
    page.setDefaultTimeout(PATIENCE);
    return page;
  }

  /** Installs with leave for private windows, which puppeteer has no word for. @param {string} path */
  async installForIncognito(path) {
    const client = await this.puppeteer.target().createCDPSession();
    const { id } = await client.send(/** @type {any} */ ('Extensions.loadUnpacked'), {
      path,
      enableInIncognito: true,
    });
    await client.detach();
    return id;
  }

  /** @param {Page} page @returns {Promise<import('./harness.mjs').Popup>} */
  async click(page) {
    const extension = (await this.puppeteer.extensions()).get(this.id);
    if (!extension) throw new Error('the extension is gone');
    // One that a failed test left open would be taken for this one.
    const left = this.puppeteer.targets().filter((t) => t.url().startsWith(`${this.origin}/popup/`));
    for (const old of left) await (await old.asPage()).close().catch(() => undefined);
    const [target] = await Promise.all([
      this.puppeteer.waitForTarget((t) => t.url().startsWith(this.origin) && t.url().includes('popup'), {
        timeout: PATIENCE,
      }),
      page.triggerExtensionAction(extension),
    ]);
    const popup = await target.asPage();
    return {
      evaluate: (fn, ...args) => popup.evaluate(/** @type {any} */ (fn), ...args),
      waitFor: (fn, ...args) =>
        until(() => popup.evaluate(/** @type {any} */ (fn), ...args), `in the popup: ${fn}`),
      click: (selector) => popup.click(selector),
      screenshot: async (path) => {
        await popup.screenshot({ path: /** @type {any} */ (path) });
      },
      close: () => popup.close().catch(() => undefined),
    };
  }

  /** @param {Page} page @param {Function} fn @param {unknown[]} args */
  async inside(page, fn, args) {
    const client = await page.createCDPSession();
    try {
      const { root } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
      const found = closed(root);
      if (!found) return undefined;
      const { object } = await client.send('DOM.resolveNode', { backendNodeId: found });
      const { result, exceptionDetails } = await client.send('Runtime.callFunctionOn', {
        functionDeclaration: `function (...args) { return (${fn})(this, ...args) }`,
        objectId: object.objectId,
        arguments: args.map((value) => ({ value })),
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    } finally {
      await client.detach();
    }
  }

  async endWorker() {
    const target = await this.puppeteer
      .waitForTarget((t) => t.type() === 'service_worker' && t.url().startsWith(this.origin), {
        timeout: 5000,
      })
      .catch(() => undefined);
    const worker = await target?.worker();
    if (!worker) return;
    await worker.close();
    await until(
      () =>
        !this.puppeteer
          .targets()
          .some((t) => t.type() === 'service_worker' && t.url().startsWith(this.origin)),
      'the worker has ended',
    );
  }

  /** @param {string} url @returns {Promise<Page>} */
  async openPrivate(url) {
    const own = await this.puppeteer.newPage();
    await own.goto(`${this.origin}/options/options.html`);
    await own.evaluate(
      (address) => void globalThis.chrome.windows.create({ incognito: true, url: address }),
      url,
    );
    const target = await this.puppeteer.waitForTarget((t) => t.type() === 'page' && t.url() === url, {
      timeout: PATIENCE,
    });
    await own.close();
    const page = await target.asPage();
    await until(() => page.evaluate(() => document.readyState === 'complete'), 'the private page is there');
    return page;
  }

  /** @param {boolean} kill */
  async stop(kill) {
    if (!this.puppeteer) return;
    const child = this.puppeteer.process();
    if (kill) child?.kill('SIGKILL');
    else await atMost(this.puppeteer.close(), PATIENCE / 2);
    if (child && child.exitCode === null && child.signalCode === null) {
      await atMost(new Promise((resolve) => child.once('exit', resolve)), PATIENCE / 4);
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }
  }
}

/** The first closed shadow root below `node`. @param {any} node @returns {number | undefined} */
function closed(node) {
  for (const root of node.shadowRoots ?? []) if (root.shadowRootType === 'closed') return root.backendNodeId;
  for (const child of node.children ?? []) {
    const found = closed(child);
    if (found) return found;
  }
  return undefined;
}
