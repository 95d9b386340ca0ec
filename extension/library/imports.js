/**
 * Taking articles in: lines are first kept in the store, then read some at a time, each with its own
 * transaction. What is not yet read when the page or the browser ends is read the next time.
 */

import { entries, result, transact } from '../store/db.js';
import { visitOf } from '../wasm/quoth.js';

/** @import { Limits } from '../store/limits.js' */
/** @import { Store } from '../store/store.js' */

/** Lines taken at once. */
const SOME = 100;

/** @typedef {{ done: number, total: number, bad: number }} Progress */

/**
 * Keeps the lines of a file.
 * @param {Store} store
 * @param {Blob} file
 * @returns {Promise<number>} lines
 */
export async function take(store, file) {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let count = 0;
  /** @type {string[]} */
  let lines = [];
  const keep = async () => {
    const some = lines;
    lines = [];
    if (some.length)
      await transact(store.db, ['imports'], 'readwrite', async (s) => void s('imports').add(some));
  };
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? '';
    const parts = rest.split('\n');
    rest = done ? '' : (parts.pop() ?? '');
    for (const part of parts) {
      if (!part.trim()) continue;
      lines.push(part);
      count += 1;
      if (lines.length === SOME) await keep();
    }
    if (done) break;
  }
  await keep();
  return count;
}

/** Lines that wait. @param {Store} store */
export function waiting(store) {
  return transact(
    store.db,
    ['imports'],
    'readonly',
    async (s) => (await result(s('imports').count())) * SOME,
  );
}

/**
 * Reads what waits into the library.
 * @param {Store} store
 * @param {Limits} limits
 * @param {(progress: Progress) => void} tell
 * @returns {Promise<Progress>}
 */
export async function readWaiting(store, limits, tell) {
  const keys = await transact(store.db, ['imports'], 'readonly', (s) => result(s('imports').getAllKeys()));
  const progress = { done: 0, total: keys.length * SOME, bad: 0 };
  for (const key of keys) {
    const [, [lines]] = await transact(store.db, ['imports'], 'readonly', (s) =>
      entries(s('imports'), IDBKeyRange.only(key)),
    );
    if (!lines) continue;
    const visits = [];
    for (const line of lines) {
      try {
        visits.push(visitOf(line, Date.now()));
      } catch {
        progress.bad += 1;
      }
    }
    // The lines go in the transaction that keeps their visits: neither is done twice nor lost.
    await store.add(visits, limits, (s) => s('imports').delete(key));
    progress.done += SOME;
    tell(progress);
  }
  return { ...progress, done: progress.total };
}
