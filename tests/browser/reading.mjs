/** What the tests of the page side share: a page read by a click, and what can be seen of it. */

import { pause } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('puppeteer-core').Page} Page */

/**
 * Opens a page and presses the toolbar button; the popup is left open.
 * @param {Session} session
 * @param {string} url
 */
export async function read(session, url) {
  const page = await session.open(url);
  const before = await serialised(page);
  const started = performance.now();
  const popup = await session.click(page);
  await popup.waitFor(() => document.querySelector('h1'));
  return { page, popup, before, ms: performance.now() - started };
}

/** The popup's text, lines joined. @param {import('./harness.mjs').Popup} popup @returns {Promise<string>} */
export const words = (popup) => popup.evaluate(() => document.body.innerText.replace(/\s+/g, ' '));

/** What the content script says of itself, asked through the popup. @param {import('./harness.mjs').Popup} popup */
export const stateOf = (popup) =>
  popup.evaluate(async () => {
    const [tab] = await globalThis.chrome.tabs.query({ active: true, currentWindow: true });
    return globalThis.chrome.tabs.sendMessage(/** @type {number} */ (tab?.id), { type: 'state' });
  });

/** The whole document as text. @param {Page} page @returns {Promise<string>} */
export const serialised = (page) => page.evaluate(() => document.documentElement.outerHTML);

/** What of our own a reader's page may hold while it is read, taken out of a serialised document. @param {string} html */
export const withoutOurs = (html) =>
  html
    .replace(/<quoth-surface[^>]*><\/quoth-surface>/, '')
    .replace(/ data-quoth="[a-z]+"/g, '')
    .replace(/ data-quoth-(unlocked|large)=""/g, '');

/** Highlights by name with the number of their ranges. @param {Page} page @returns {Promise<Record<string, number>>} */
export const painted = (page) =>
  page.evaluate(() =>
    Object.fromEntries([...globalThis.CSS.highlights.entries()].map(([name, marks]) => [name, marks.size])),
  );

/** The text that can be seen, white space folded. @param {Page} page @returns {Promise<string>} */
export const seen = (page) =>
  page.evaluate(() => {
    const folded = (/** @type {string | null | undefined} */ text) =>
      (text ?? '').replace(/\s+/g, ' ').trim();
    let text = folded(document.body.innerText);
    // Bare lines among the article's are made transparent.
    for (const { startContainer } of /** @type {any} */ (globalThis.CSS.highlights.get('quoth-gone') ?? [])) {
      text = text.replace(folded(startContainer.nodeValue), '');
    }
    return text;
  });

/** Folds white space. @param {string} text */
export const fold = (text) => text.replace(/\s+/g, ' ').trim();

/**
 * The middle of the first line of a highlight's range, scrolled into view.
 * @param {Page} page
 * @param {string} name
 * @param {number} [index]
 */
export async function spot(page, name, index = 0) {
  await page.evaluate(
    (highlight, i) => {
      const range = [.../** @type {any} */ (globalThis.CSS.highlights.get(highlight))][i];
      const { top } = range.getBoundingClientRect();
      scrollBy({ top: top - innerHeight / 2, behavior: 'instant' });
    },
    name,
    index,
  );
  return page.evaluate(
    (highlight, i) => {
      const { left, top, width, height } = [.../** @type {any} */ (globalThis.CSS.highlights.get(highlight))][
        i
      ].getClientRects()[0];
      return { x: left + Math.min(width / 2, 40), y: top + height / 2 };
    },
    name,
    index,
  );
}

/**
 * The open card's text, what style sheets generate in it at the end; or nothing.
 * @param {Session} session @param {Page} page @returns {Promise<any>}
 */
export const card = (session, page) =>
  session.inside(page, (/** @type {any} */ root) => {
    const open = root.querySelector('#card:popover-open');
    const generated = [...(open?.querySelectorAll('[data-text]') ?? [])].map((e) =>
      e.getAttribute('data-text'),
    );
    return open ? [open.textContent, ...generated].join(' ') : undefined;
  });

/** What the library page lists. @param {Session} session @param {string} [query] */
export async function listed(session, query = '') {
  const page = await session.openOwn('library/library.html');
  await page.waitForSelector('.search input');
  if (query) {
    await page.type('.search input', query);
    await pause(300);
  }
  const titles = await page.$$eval('.item h3', (all) => all.map((e) => e.textContent ?? ''));
  await page.close();
  return titles;
}
