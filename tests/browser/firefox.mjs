/**
 * Firefox with the extension, driven over WebDriver BiDi.
 *
 * What BiDi has no word for (the toolbar button, the popup, the background's end, private windows)
 * is done from the browser's own window, which `--remote-allow-system-access` opens to the driver.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';
import { PATIENCE, atMost, until } from './harness.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const ID = 'quoth@extension';
const UUID = 'c4f0c2a0-0000-4000-8000-000000000001';

export class Firefox {
  /** @type {import('puppeteer-core').Browser} */
  puppeteer = /** @type {any} */ (undefined);
  origin = `moz-extension://${UUID}`;

  /** @param {import('./harness.mjs').Options & { extension: string, profile: string }} options */
  async start(options) {
    await mkdir(options.profile, { recursive: true });
    this.puppeteer = await puppeteer.launch({
      browser: 'firefox',
      executablePath: process.env.QUOTH_FIREFOX ?? '/usr/bin/firefox-esr',
      headless: options.headless ?? true,
      userDataDir: options.profile,
      timeout: PATIENCE,
      args: ['--remote-allow-system-access', '--width=1320', '--height=1000', ...(options.args ?? [])],
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID }),
        'extensions.webextOptionalPermissionPrompts': false,
        // An extension loaded for testing is taken out when the browser ends; its store stays.
        'extensions.webextensions.keepStorageOnUninstall': true,
        'extensions.webextensions.keepUuidOnUninstall': true,
        ...options.prefs,
      },
    });
    if (options.incognito) {
      await this.chrome(`const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        await ExtensionPermissions.add(${JSON.stringify(ID)}, { permissions: ['internal:privateBrowsingAllowed'], origins: [] });`);
    }
    if (options.first) await (await this.newPage()).goto(options.first);
    await this.puppeteer.installExtension(options.extension);
    await until(
      () => this.chrome(`return WebExtensionPolicy.getByID(${JSON.stringify(ID)})?.active === true`),
      'the extension has started',
    );
  }

  async newPage() {
    const page = await this.puppeteer.newPage();
    page.setDefaultTimeout(PATIENCE);
    return page;
  }

  /** @param {string} method @param {object} params */
  async send(method, params) {
    const answer = await /** @type {any} */ (this.puppeteer).connection.send(method, params);
    return answer.result;
  }

  /** Runs the body of an async function in the browser's own window; the answer goes through JSON. @param {string} body */
  async chrome(body) {
    const { contexts } = await this.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const window = contexts.find((/** @type {any} */ c) => c.url.endsWith('browser.xhtml'));
    const result = await this.send('script.evaluate', {
      expression: `(async () => { ${body} })().then((value) => JSON.stringify(value ?? null))`,
      target: { context: window.context },
      awaitPromise: true,
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return JSON.parse(result.result.value);
  }

  /** @param {Page} _page @returns {Promise<import('./harness.mjs').Popup>} */
  async click(_page) {
    // One that a failed test left open would be closed by the click.
    await this.chrome(`const win = Services.wm.getMostRecentWindow('navigator:browser');
      for (const old of win.document.querySelectorAll('browser.webextension-popup-browser')) old.closest('panel')?.hidePopup();`);
    await this.chrome(`const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      const win = Services.wm.getMostRecentWindow('navigator:browser');
      const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(ID)});
      await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(win);`);
    const find = `const win = Services.wm.getMostRecentWindow('navigator:browser');
      const popup = [...win.document.querySelectorAll('browser.webextension-popup-browser')].find((b) => b.currentURI.spec.includes('popup'));`;
    await until(
      () =>
        this.chrome(
          `${find} return !!popup && popup.browsingContext?.currentWindowGlobal?.documentURI.spec.includes('popup')`,
        ),
      'the popup is open',
    );
    /** @param {string} expression @param {number} [ms] the longest wait: a popup that is still loading gives no answer */
    const run = async (expression, ms = PATIENCE / 2) => {
      const answer = await this.chrome(`${find}
        if (!popup) throw new Error('the popup is closed');
        const name = 'quoth:' + Math.random();
        const script = ${JSON.stringify(FRAME)}.replace('NAME', name).replace('CODE', () => ${JSON.stringify(JSON.stringify(expression))});
        return await new Promise((resolve, reject) => {
          const over = setTimeout(() => reject(new Error('the popup gives no answer')), ${ms});
          popup.messageManager.addMessageListener(name, (m) => { clearTimeout(over); resolve(m.data); });
          popup.messageManager.loadFrameScript('data:,' + encodeURIComponent(script), false);
        });`);
      if (answer.error) throw new Error(answer.error);
      return answer.value === undefined ? undefined : JSON.parse(answer.value);
    };
    /** @param {Function | string} fn @param {unknown[]} args */
    const code = (fn, args) => (typeof fn === 'string' ? fn : `(${fn})(...${JSON.stringify(args)})`);
    return {
      evaluate: (fn, ...args) => run(code(fn, args)),
      waitFor: (fn, ...args) => until(() => run(code(fn, args), 2000), `in the popup: ${fn}`),
      click: (selector) => run(`USERINPUT:${selector}`),
      screenshot: async (path) => {
        const data = await this.chrome(`${find}
          const { width, height } = popup.getBoundingClientRect();
          const bitmap = await popup.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
          const canvas = win.document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
          canvas.width = bitmap.width; canvas.height = bitmap.height;
          canvas.getContext('2d').drawImage(bitmap, 0, 0);
          return canvas.toDataURL();`);
        await writeFile(path, Buffer.from(data.split(',')[1], 'base64'));
      },
      // A popup that is still going would be taken for the next one.
      close: () =>
        until(
          () => this.chrome(`${find} popup?.closest('panel')?.hidePopup(); return !popup;`),
          'the popup is closed',
        ),
    };
  }

  /** @param {Page} page @param {Function} fn @param {unknown[]} args */
  async inside(page, fn, args) {
    const context = /** @type {any} */ (page.mainFrame())._id;
    const tree = await this.send('script.evaluate', {
      expression: 'document.documentElement',
      target: { context },
      awaitPromise: false,
      serializationOptions: { maxDomDepth: 2, includeShadowTree: 'all' },
    });
    const root = closed(tree.result);
    if (!root) return undefined;
    const answer = await this.send('script.callFunction', {
      functionDeclaration: `async (root, args) => JSON.stringify((await (${fn})(root, ...JSON.parse(args))) ?? null)`,
      arguments: [{ sharedId: root }, { type: 'string', value: JSON.stringify(args) }],
      target: { context },
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value) ?? undefined;
  }

  async endWorker() {
    await this.chrome(`const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(ID)});
      await extension.terminateBackground({ ignoreDevToolsAttached: true });`);
  }

  /** @param {string} url @returns {Promise<Page>} */
  async openPrivate(url) {
    await this.chrome(`const win = window.OpenBrowserWindow({ private: true });
      await new Promise((resolve) => win.addEventListener('load', resolve, { once: true }));
      await win.delayedStartupPromise;
      win.gBrowser.selectedBrowser.loadURI(Services.io.newURI(${JSON.stringify(url)}), { triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });`);
    const page = await until(
      async () => (await this.puppeteer.pages()).find((p) => p.url() === url),
      'the private page is there',
    );
    return /** @type {Page} */ (page);
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

/** Runs in the popup's process: evaluates in the popup's own window and sends JSON back. */
const FRAME = `(async () => {
  let data;
  try {
    const code = CODE;
    if (code.startsWith('USERINPUT:')) {
      const element = content.document.querySelector(code.slice(10));
      if (!element) throw new Error('nothing matches ' + code.slice(10));
      const handle = content.windowUtils.setHandlingUserInput(true);
      try { element.click(); } finally { handle.destruct(); }
      data = {};
    } else {
      const box = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
      const value = await Cu.evalInSandbox('(async () => JSON.stringify(await (' + code + ')))()', box);
      data = { value };
    }
  } catch (error) { data = { error: String(error) }; }
  sendAsyncMessage('NAME', data);
})();`;

/** The first closed shadow root below a BiDi node. @param {any} node @returns {string | undefined} */
function closed(node) {
  const root = node.value?.shadowRoot;
  if (root && root.value?.mode === 'closed') return root.sharedId;
  for (const child of node.value?.children ?? []) {
    const found = closed(child);
    if (found) return found;
  }
  return undefined;
}
