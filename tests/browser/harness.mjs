/**
 * The built extension in a real browser over local pages, the same way in Chromium and Firefox.
 *
 *     const quoth = await launch('firefox');
 *     const page = await quoth.open(quoth.site.host('delta-wire') + '/2026/02/kettle-recall');
 *     const popup = await quoth.click(page);          // the toolbar button: the real popup, activeTab granted
 *     await popup.waitFor(() => document.querySelector('button'));
 *     await quoth.inside(page, (root) => root.textContent);   // what the page itself cannot see
 *     await quoth.close();
 */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../www/server.mjs';
import { Chromium } from './chromium.mjs';
import { Firefox } from './firefox.mjs';

/**
 * The longest that anything is waited for, in milliseconds. What is met early costs nothing; a
 * machine with other work to do may take many times as long as an idle one.
 */
export const PATIENCE = 60_000;

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The built extension: `QUOTH_DIST`, else `dist`. */
export const DIST = process.env.QUOTH_DIST ?? join(ROOT, 'dist');

/** Browsers that a test runs in: `QUOTH_BROWSER`, else both. */
export const BROWSERS = /** @type {('chromium' | 'firefox')[]} */ (
  process.env.QUOTH_BROWSER ? process.env.QUOTH_BROWSER.split(',') : ['chromium', 'firefox']
);

/**
 * @typedef {object} Popup the toolbar button's popup
 * @property {(fn: Function | string, ...args: unknown[]) => Promise<any>} evaluate
 * @property {(fn: Function | string, ...args: unknown[]) => Promise<any>} waitFor until it gives something true
 * @property {(selector: string) => Promise<void>} click a click the browser takes for the reader's own
 * @property {(path: string) => Promise<void>} screenshot
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Options
 * @property {string} [extension] folder of the built extension; `QUOTH_DIST` or `dist` by default
 * @property {boolean} [hosts] a build that has all sites' permission (a prompt cannot be answered here)
 * @property {string} [profile] folder of the profile; a fresh one by default
 * @property {boolean} [headless] true by default
 * @property {Awaited<ReturnType<typeof serve>>} [site] a server that runs already
 * @property {string[]} [args] further arguments of the browser
 * @property {Record<string, unknown>} [prefs] Firefox preferences
 * @property {boolean} [incognito] let the extension run in private windows
 * @property {string} [first] a page, or a path of the demo site, opened before the extension is installed
 */

/**
 * @param {'chromium' | 'firefox'} name
 * @param {Options} [options]
 */
export async function launch(name, options = {}) {
  const dist = options.extension ?? DIST;
  if (!existsSync(join(dist, 'manifest.json')))
    throw new Error(`no built extension in ${dist}: run cargo xtask build`);
  const scratch = await mkdtemp(join(tmpdir(), 'quoth-test-'));
  const extension = options.hosts ? await withHosts(dist, join(scratch, 'extension')) : dist;
  const site = options.site ?? (await serve());
  const profile = options.profile ?? join(scratch, 'profile');
  const browser = name === 'firefox' ? new Firefox() : new Chromium();
  try {
    const first = options.first?.startsWith('/') ? site.origin + options.first : options.first;
    await browser.start({ ...options, first, extension, profile });
  } catch (error) {
    await browser.stop(true);
    throw error;
  }
  return new Session(name, browser, { site, ownSite: !options.site, scratch, profile, extension, options });
}

/** Copies the build with leave for all sites. @param {string} from @param {string} to */
async function withHosts(from, to) {
  await cp(from, to, { recursive: true });
  const path = join(to, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  manifest.host_permissions = ['*://*/*'];
  await writeFile(path, JSON.stringify(manifest));
  return to;
}

/** One browser with the extension in it. */
export class Session {
  /**
   * @param {'chromium' | 'firefox'} name
   * @param {Chromium | Firefox} browser
   * @param {{ site: Awaited<ReturnType<typeof serve>>, ownSite: boolean, scratch: string, profile: string, extension: string, options: Options }} kept
   */
  constructor(name, browser, kept) {
    this.name = name;
    this.browser = browser;
    this.kept = kept;
    this.site = kept.site;
  }

  /** The extension's own origin, without a slash at the end. */
  get origin() {
    return this.browser.origin;
  }

  /** The folder of the profile. */
  get profile() {
    return this.kept.profile;
  }

  /**
   * Opens a page in a new tab in front. @param {string} url whole, or a path of the demo site
   * @param {{ width?: number, height?: number }} [size]
   */
  async open(url, { width = 1280, height = 900 } = {}) {
    const page = await this.browser.newPage();
    await page.setViewport({ width, height });
    await page.goto(url.startsWith('/') ? this.site.origin + url : url, { waitUntil: 'load' });
    return page;
  }

  /**
   * Opens one of the extension's own pages in a tab. @param {string} path such as `library/library.html`
   * @param {{ width?: number, height?: number }} [size]
   */
  async openOwn(path, { width = 1280, height = 900 } = {}) {
    const page = await this.browser.newPage();
    await page.setViewport({ width, height });
    // Firefox never settles this promise for its own pages.
    const url = `${this.origin}/${path}`;
    await atMost(page.goto(url), 1500);
    await until(
      () => page.evaluate((a) => location.href.startsWith(a) && document.readyState === 'complete', url),
      'the page is there',
    );
    return page;
  }

  /** Presses the toolbar button over `page`. @param {import('puppeteer-core').Page} page @returns {Promise<Popup>} */
  async click(page) {
    await page.bringToFront();
    return this.browser.click(page);
  }

  /**
   * Runs `fn(root, …args)` in the page with the closed shadow root of the extension's host; the
   * way in is the browser's protocol and is not open to pages.
   * @param {import('puppeteer-core').Page} page
   * @param {(root: ShadowRoot, ...args: any[]) => any} fn
   * @param {unknown[]} args
   * @returns {Promise<any>} undefined where there is no such root
   */
  inside(page, fn, ...args) {
    return this.browser.inside(page, fn, args);
  }

  /** Waits until `fn(root, …args)` gives something true. @param {import('puppeteer-core').Page} page @param {(root: ShadowRoot, ...args: any[]) => any} fn @param {unknown[]} args */
  waitInside(page, fn, ...args) {
    return until(() => this.inside(page, fn, ...args), `inside the panel: ${fn}`);
  }

  /** Ends the background worker, as the browser does when it idles. */
  endWorker() {
    return this.browser.endWorker();
  }

  /** Opens a private window with `url`. @param {string} url @returns {Promise<import('puppeteer-core').Page>} */
  openPrivate(url) {
    return this.browser.openPrivate(url.startsWith('/') ? this.site.origin + url : url);
  }

  /** Ends the browser and starts it again on the same profile. @param {{ kill?: boolean }} [how] `kill`: at once, as a crash does */
  async restart({ kill = false } = {}) {
    await this.browser.stop(kill);
    this.browser = this.name === 'firefox' ? new Firefox() : new Chromium();
    await this.browser.start({
      ...this.kept.options,
      first: undefined,
      extension: this.kept.extension,
      profile: this.kept.profile,
    });
  }

  /** Ends the browser and leaves its profile, for a look. */
  stop() {
    return this.browser.stop(false);
  }

  /** Ends the browser; with `keep`, leaves its profile for a look. @param {{ keep?: boolean }} [how] */
  async close({ keep = false } = {}) {
    await this.browser.stop(false);
    if (this.kept.ownSite) await this.site.close();
    if (!keep) await rm(this.kept.scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * Waits for something that may never come. @param {Promise<unknown>} promise @param {number} ms the longest wait
 * @returns {Promise<void>}
 */
export function atMost(promise, ms) {
  return new Promise((done) => {
    const over = setTimeout(done, ms);
    const ended = () => {
      clearTimeout(over);
      done();
    };
    promise.then(ended, ended);
  });
}

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks until the answer is true.
 * @template T
 * @param {() => Promise<T> | T} ask
 * @param {string} what said when the time is over
 * @param {number} [ms] the longest wait
 * @returns {Promise<T>}
 */
export async function until(ask, what, ms = PATIENCE) {
  const end = Date.now() + ms;
  /** @type {unknown} */
  let last;
  for (;;) {
    try {
      const got = await ask();
      if (got) return got;
      last = got;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what} (last: ${last})`);
    await pause(50);
  }
}
