/** What the reader chose: `storage.local`, read and written here alone. */

import { DEFAULTS } from '../protocol.js';

/** @import { Settings, SiteChoice } from '../protocol.js' */

const KEY = 'settings';

/** As they stand when all changes asked for are kept. @returns {Promise<Settings>} */
export async function settings() {
  await last;
  return stored();
}

/** @returns {Promise<Settings>} */
async function stored() {
  const kept = /** @type {Partial<Settings>} */ ((await chrome.storage.local.get(KEY))[KEY] ?? {});
  return {
    ...DEFAULTS,
    ...kept,
    layers: { ...DEFAULTS.layers, ...kept.layers },
    limits: { ...DEFAULTS.limits, ...kept.limits },
  };
}

/**
 * One change after the other: two at once would each write over the other's.
 * @type {Promise<unknown>}
 */
let last = Promise.resolve();

/**
 * @param {(old: Settings) => Partial<Settings>} change
 * @returns {Promise<Settings>}
 */
export function change(change) {
  const next = last.then(async () => {
    const old = await stored();
    const fresh = { ...old, ...change(old) };
    await chrome.storage.local.set({ [KEY]: fresh });
    return fresh;
  });
  last = next.catch(() => undefined);
  return next;
}

/** @param {string} host @param {SiteChoice} choice */
export function chooseForSite(host, choice) {
  return change((old) => ({ sites: { ...old.sites, [host]: choice } }));
}
