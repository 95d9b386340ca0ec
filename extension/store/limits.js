/** How much the library may hold: what is oldest goes first, pinned visits stay. */

import { deletedRow } from '../wasm/quoth.js';
import { forget, oldestFirst } from './blocks.js';

/** @import { Get } from './db.js' */

/**
 * @typedef {object} Limits
 * @property {number} articles
 * @property {number} days since the last visit
 * @property {number} megabytes 10^6 bytes
 */

/** @type {Limits} */
export const NO_LIMITS = { articles: Infinity, days: Infinity, megabytes: Infinity };

const DAY = 86_400_000;

/** Visits that go in one write; the next write goes on. */
const AT_ONCE = 2000;

/**
 * Inside a write: lets the oldest visits go until the limits hold, and adds what is to be appended.
 * @param {Get} store
 * @param {import('../wasm/quoth.js').Library} library
 * @param {{ count: number, bytes: number, dead: number }} totals changed
 * @param {Limits} limits
 * @param {Uint8Array[]} frames changed
 * @param {Uint8Array[]} rows changed
 * @returns {Promise<number>} visits that went
 */
export async function dropOldest(store, library, totals, limits, frames, rows) {
  const since = limits.days === Infinity ? -Infinity : Date.now() - limits.days * DAY;
  const over = () => totals.count > limits.articles || totals.bytes > limits.megabytes * 1e6;
  if (!over() && since === -Infinity) return 0;
  /** @type {string[]} */
  const gone = [];
  const wanted = (/** @type {number} */ visited) => gone.length < AT_ONCE && (over() || visited < since);
  for await (const { key, size } of oldestFirst(store, wanted)) {
    const frame = library.remove(key);
    const row = deletedRow(key);
    if (frame) frames.push(frame);
    if (row) rows.push(row);
    totals.count -= 1;
    totals.bytes -= size;
    totals.dead += 2;
    gone.push(key);
  }
  await forget(store, gone);
  return gone.length;
}
