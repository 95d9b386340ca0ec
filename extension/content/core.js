/**
 * Where the core runs: in the background, or here where the background cannot. Nothing else knows of
 * the difference.
 *
 * The background has its one instance compiled and warm for every page, works under every policy and
 * never holds a page up. Here each page would compile its own: a first reading then holds Chromium's
 * page for a tenth of a second and more, and Chromium refuses it where a page's policy restricts
 * scripts.
 */

import { NO_BOXES, pack, pieces } from '../columns.js';
import { ask } from '../protocol.js';
import { breath } from './slices.js';
import { initSync, read_page } from '../wasm/quoth.js';

/** @import { PageReading } from '../protocol.js' */
/** @import { Snapshot } from './snapshot.js' */

/** @type {Promise<unknown> | null} */
let loading = null;

/** Fetches and compiles, off the page's thread, once. */
function load() {
  loading ??= WebAssembly.compileStreaming(fetch(chrome.runtime.getURL('quoth.wasm'))).then((module) =>
    initSync({ module }),
  );
  return loading;
}

/**
 * Sends a snapshot to the background, a large one in pieces.
 * @param {Snapshot} snapshot
 * @param {number} visited
 */
async function inBackground(snapshot, visited) {
  const packed = pack(snapshot);
  if (packed) return (await ask({ type: 'core-read', columns: packed, visited, parts: 0 })).json;
  let parts = 0;
  for (const piece of pieces(snapshot)) {
    await ask({ type: 'core-part', number: parts++, ...piece });
    await breath();
  }
  const { url, names, cut } = snapshot;
  const columns = { url, names, cut, text: '', attrs: '', records: '' };
  return (await ask({ type: 'core-read', columns, visited, parts })).json;
}

/**
 * Reads a snapshot.
 * @param {Snapshot} snapshot
 * @param {number} visited milliseconds since 1970
 * @returns {Promise<{ answer: PageReading, where: 'page' | 'background', ms: number }>} with the
 *   time it took, crossings included
 * @throws {Error} if the core runs neither there nor here
 */
export async function read(snapshot, visited) {
  const started = performance.now();
  /** @type {string} */
  let json;
  /** @type {'page' | 'background'} */
  let where = 'background';
  try {
    json = await inBackground(snapshot, visited);
  } catch (error) {
    await load().catch(() => {
      throw error;
    });
    where = 'page';
    const { url, text, attrs, names, records, cut } = snapshot;
    json = read_page(url, text, attrs, names, records, NO_BOXES, cut, visited);
  }
  return { answer: JSON.parse(json), where, ms: performance.now() - started };
}
