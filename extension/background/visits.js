/** A page was read: what belongs with it is looked up, then it is kept as the reader chose. */

import { correctionsOf } from '../store/store.js';
import { database, library } from './core.js';
import { isAlwaysOn } from './inject.js';
import { settings } from './settings.js';

/** @import { PageState, RelatedAnswer, SaveCorrection, SendVisit } from '../protocol.js' */

/** How long a page that opened by itself is looked at before it counts as read, milliseconds. */
const DWELL = 5000;

/** Parameters that tell where a reader came from, not what is read. */
const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|cmpid|at_\w+)$/i;

/**
 * The address that stands for an article: without fragment and tracking parameters.
 * @param {string} address
 */
export function identity(address) {
  try {
    const url = new URL(address);
    url.hash = '';
    for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
    return url.href;
  } catch {
    return address;
  }
}

/**
 * @param {SendVisit} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<RelatedAnswer>}
 */
export async function visited({ url, visit }, sender) {
  const store = await library();
  const parsed = JSON.parse(visit);
  parsed.id = identity(url);
  const json = JSON.stringify(parsed);
  const related = await store.relate(json);
  const { saving, limits } = await settings();
  if (sender.tab?.incognito || saving === 'nothing') return { saved: false, related };
  const always = await isAlwaysOn(url);
  if (always && saving === 'click') return { saved: false, related };
  if (always) {
    setTimeout(() => {
      stillThere(sender, parsed.title)
        .then((there) => (there ? store.add([json], limits) : 0))
        .catch(said);
    }, DWELL);
    return { saved: true, related };
  }
  try {
    await store.add([json], limits);
    await said(null);
    return { saved: true, related };
  } catch (error) {
    await said(error);
    return { saved: false, related };
  }
}

/** @param {chrome.runtime.MessageSender} sender @param {string} title */
async function stillThere(sender, title) {
  if (sender.tab?.id === undefined) return false;
  /** @type {PageState | undefined} */
  const state = await chrome.tabs
    .sendMessage(sender.tab.id, { type: 'state' }, { frameId: 0 })
    .catch(() => undefined);
  return state !== undefined && state.title === title;
}

/** Says on the library page that visits are not kept, and why. @param {unknown} error */
async function said(error) {
  if (error === null) {
    await chrome.storage.local.remove('trouble');
    return;
  }
  console.warn('Quoth: the visit was not kept:', error);
  await chrome.storage.local
    .set({ trouble: { when: Date.now(), why: String(error) } })
    .catch(() => undefined);
}

/** The correction that is being kept. @type {Promise<unknown>} */
let correcting = Promise.resolve();

/** @param {SaveCorrection} message @param {chrome.runtime.MessageSender} sender */
export async function corrected({ url, correction }, sender) {
  if (sender.tab?.incognito) return;
  const kept = library().then((store) => store.correct(identity(url), correction));
  correcting = kept.catch(() => undefined);
  await kept;
}

/** Speakers that the reader set right in an article. @param {string} url */
export async function corrections(url) {
  await correcting;
  return correctionsOf(await database(), identity(url));
}
