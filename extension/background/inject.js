/** Puts the content script into pages: when the reader asks, and always on the sites they allowed. */

/** @import { ToPage } from '../protocol.js' */

// From the root: Firefox takes other paths from the page that asks.
const SCRIPT = '/content.js';
const ALWAYS = 'always';

/**
 * Reads a tab that the reader acted on and tells it something. The browser grants the tab for the click.
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {ToPage} message
 */
export async function act(tab, message) {
  if (tab?.id === undefined) return;
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: [SCRIPT] });
    await chrome.tabs.sendMessage(tab.id, message);
  } catch (error) {
    // The browser's own pages and stores cannot be read.
    console.warn('Quoth: this page cannot be read:', error);
  }
}

/** Sites that are always read: patterns the reader gave leave for. */
export async function alwaysOn() {
  const { origins = [] } = await chrome.permissions.getAll();
  return origins.filter((origin) => /^(\*|https?):/.test(origin));
}

/** @param {string} url @returns {Promise<boolean>} */
export async function isAlwaysOn(url) {
  if (!/^https?:/.test(url)) return false;
  return chrome.permissions.contains({ origins: [`*://${new URL(url).hostname}/*`] });
}

/** One registering after the other: two at once would both find nothing registered. @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Lets the browser put the script into exactly the sites that are allowed now, and reads the tabs of
 * those sites that are open already: what opened before is never read by the registered script.
 */
export function register() {
  last = last.then(put).catch((error) => console.warn('Quoth: sites are not read as they open:', error));
  return last;
}

async function put() {
  const matches = await alwaysOn();
  const there = await chrome.scripting.getRegisteredContentScripts({ ids: [ALWAYS] });
  if (matches.length === 0) {
    if (there.length) await chrome.scripting.unregisterContentScripts({ ids: [ALWAYS] });
    return;
  }
  /** @type {chrome.scripting.RegisteredContentScript} */
  const script = { id: ALWAYS, js: [SCRIPT], matches, runAt: 'document_idle' };
  if (there.length) await chrome.scripting.updateContentScripts([script]);
  else await chrome.scripting.registerContentScripts([script]);
  await readOpen(matches);
}

/**
 * Puts the script into the tabs that are open; where it runs already it changes nothing.
 * @param {string[]} matches
 */
async function readOpen(matches) {
  const tabs = await chrome.tabs.query({ url: matches, discarded: false });
  for (const { id } of tabs) {
    if (id === undefined) continue;
    await chrome.scripting
      .executeScript({ target: { tabId: id }, files: [SCRIPT] })
      .catch((error) => console.warn('Quoth: a tab could not be read:', error));
  }
}
