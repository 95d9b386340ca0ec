/**
 * Where the core runs: here, or in the background where the page's policy refuses WebAssembly or
 * the page is so large that reading it here would hold it up. Nothing else knows of the difference.
 */

import { NO_BOXES, pack } from '../columns.js';
import { ask } from '../protocol.js';
import { initSync, read_page } from '../wasm/quoth.js';

/** @import { PageReading } from '../protocol.js' */
/** @import { Snapshot } from './snapshot.js' */

/** Nodes from which on a page is read in the background. */
const LARGE = 12_000;

/** UTF-16 units of text from which on a page is read in the background. */
const LONG = 400_000;

/** @type {Promise<boolean> | null} */
let loading = null;

/**
 * Starts fetching and compiling, off the page's thread.
 * @returns {Promise<boolean>} whether the core runs here
 */
export function load() {
  loading ??= compile();
  return loading;
}

async function compile() {
  try {
    const response = fetch(chrome.runtime.getURL('quoth.wasm'));
    const module = await WebAssembly.compileStreaming(response);
    initSync({ module });
    return true;
  } catch {
    // Chromium refuses to compile where the page's policy restricts scripts.
    return false;
  }
}

/**
 * Reads a snapshot.
 * @param {Snapshot} snapshot
 * @param {number} visited milliseconds since 1970
 * @returns {Promise<{ answer: PageReading, where: 'page' | 'background', ms: number }>} with the
 *   time it took, crossings included
 */
export async function read(snapshot, visited) {
  const large = snapshot.nodes.length > LARGE || snapshot.text.length > LONG;
  const here = !large && (await load());
  const started = performance.now();
  const json = here
    ? readHere(snapshot, visited)
    : (await ask({ type: 'core-read', columns: pack(snapshot), visited })).json;
  const answer = JSON.parse(json);
  return { answer, where: here ? 'page' : 'background', ms: performance.now() - started };
}

/** @param {Snapshot} snapshot @param {number} visited */
function readHere({ url, text, attrs, names, records, cut }, visited) {
  return read_page(url, text, attrs, names, records, NO_BOXES, cut, visited);
}
