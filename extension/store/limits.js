/** How much the library may hold: what is oldest goes first, pinned visits stay. */

import { deletedRow } from '../wasm/quoth.js';
import { forget } from './db.js';

/** @import { StoreName } from './db.js' */

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
 * @param {(store: StoreName) => IDBObjectStore} store
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
  let dropped = 0;
  const cursors = store('records').index('visited').openCursor();
  return new Promise((resolve, reject) => {
    cursors.onerror = () => reject(cursors.error);
    cursors.onsuccess = () => {
      const cursor = cursors.result;
      if (!cursor || dropped >= AT_ONCE || !(over() || cursor.value.visited < since)) {
        resolve(dropped);
        return;
      }
      if (!cursor.value.pinned) {
        const key = String(cursor.primaryKey);
        const frame = library.remove(key);
        const row = deletedRow(key);
        if (frame) frames.push(frame);
        if (row) rows.push(row);
        totals.count -= 1;
        totals.bytes -= cursor.value.size;
        totals.dead += 2;
        dropped += 1;
        forget(store, key).then(() => cursor.continue(), reject);
      } else {
        cursor.continue();
      }
    };
  });
}
