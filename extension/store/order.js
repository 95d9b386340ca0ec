/** Keeps the appended stores in order: many small writes become one, what was deleted goes for good. */

import { deletedRow, framesWithout, onlyRows, packRows, plainRows, rowsWithout } from '../wasm/quoth.js';
import { forget } from './blocks.js';
import { concat, result, transact } from './db.js';

/** @import { Get } from './db.js' */

/** Small writes that may wait before they are joined. */
const SMALL_WRITES = 64;

/** A write this large is left as it is, bytes: rows are packed, which takes its time. */
const LARGE = { segments: 1 << 20, rows: 1 << 17 };

/** Writes read at a time. */
const SOME = 16;

/** What a deletion or all anew may write. */
const ALL = /** @type {const} */ (['segments', 'rows', 'records', 'blocks', 'corrections', 'notes']);

const APPENDED = /** @type {const} */ (['segments', 'rows']);

/** Rows from which on packing pays at once, bytes. */
const WORTH_PACKING = 32_768;

/** Rows that are packed as one when all are written anew, bytes: a deletion packs them again. */
const PACKED_AS_ONE = 1 << 18;

/** Rows in parts, none of them cut through. @param {Uint8Array} rows @returns {Generator<Uint8Array>} */
function* apart(rows) {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  let from = 0;
  // Each tells its length, after which comes its checksum.
  for (let at = 0; at < rows.length; ) {
    at += 8 + view.getUint32(at, true);
    if (at - from < PACKED_AS_ONE && at < rows.length) continue;
    yield rows.subarray(from, at);
    from = at;
  }
}

/** Packs many rows written at once; a few wait until they are joined. @param {Uint8Array} rows */
export const packLarge = (rows) => (rows.length < WORTH_PACKING ? rows : packRows(rows));

/**
 * Joins some of the last small writes of each appended store, once there are many. What they say and its order
 * stay, so contexts that read them need not read them again.
 * @param {IDBDatabase} db
 * @returns {Promise<boolean>} whether there may be more to join
 */
export function joinSmall(db) {
  return transact(db, [...APPENDED, 'notes'], 'readwrite', async (store) => {
    /** @type {Record<string, number>} */
    const large = { ...(await result(store('notes').get('large'))) };
    let more = false;
    for (const name of APPENDED) {
      // What is large already is neither read nor written again.
      const done = large[name] ?? 0;
      const waiting = (await result(store(name).getAllKeys())).slice(done);
      if (waiting.length <= SMALL_WRITES) continue;
      /** @type {Uint8Array[]} */
      const some = [];
      let size = 0;
      while (size < LARGE[name] && some.length < waiting.length) {
        const range = IDBKeyRange.lowerBound(waiting[some.length]);
        for (const write of await result(store(name).getAll(range, SOME))) {
          if (size >= LARGE[name]) break;
          some.push(write);
          size += write.length;
        }
      }
      if (some.length > 1) {
        const whole = name === 'rows' ? packRows(concat(some.map(plainRows))) : concat(some);
        size = whole.length;
        // At the last one's place: who has read half of them reads all of them once more, which changes nothing.
        const last = waiting[some.length - 1];
        store(name).delete(IDBKeyRange.bound(waiting[0], last));
        store(name).put(whole, last);
      }
      // The last group is joined again with what comes.
      if (size >= LARGE[name] || some.length < waiting.length) large[name] = done + 1;
      more ||= some.length < waiting.length;
    }
    store('notes').put(large, 'large');
    return more;
  });
}

/**
 * Inside a write: deletes the records of visits.
 * @param {Get} store
 * @param {string[]} gone keys
 * @returns {Promise<{ count: number, bytes: number, dead: number }>} the totals without them
 */
async function forgotten(store, gone) {
  const totals = (await result(store('notes').get('totals'))) ?? { count: 0, bytes: 0, dead: 0 };
  for (const { size } of await forget(store, gone)) {
    totals.count -= 1;
    totals.bytes -= size;
  }
  return totals;
}

/**
 * Deletes visits: takes what both appended stores hold of them out of the writes that hold it, which keep their
 * places, and says so to the contexts that have read them.
 * @param {IDBDatabase} db
 * @param {string[]} keys
 * @param {Uint8Array[]} frames that say that they are deleted
 * @returns {Promise<number>} the last write to the segments
 */
export function takeOut(db, keys, frames) {
  return transact(db, ALL, 'readwrite', async (store) => {
    const totals = await forgotten(store, keys);
    /** @type {Record<string, number>} */
    const large = { ...(await result(store('notes').get('large'))) };
    for (const name of APPENDED) {
      const without = name === 'rows' ? rowsWithout : framesWithout;
      const joined = large[name] ?? 0;
      for (const [i, write] of (await result(store(name).getAllKeys())).entries()) {
        const left = without(await result(store(name).get(write)), keys);
        if (!left) continue;
        if (left.length) {
          store(name).put(left, write);
        } else {
          store(name).delete(write);
          if (i < joined) large[name] = (large[name] ?? 1) - 1;
        }
      }
    }
    let last = 0;
    if (frames.length) {
      totals.dead += frames.length;
      last = Number(await result(store('segments').add(concat(frames))));
      store('rows').add(concat(keys.map(deletedRow).filter((row) => row !== undefined)));
    }
    store('notes').put(large, 'large');
    store('notes').put(totals, 'totals');
    return last;
  });
}

/**
 * Writes both appended stores anew from what the library holds and deletes the records of `gone`.
 * @param {IDBDatabase} db
 * @param {import('../wasm/quoth.js').Library} library
 * @param {Uint8Array} newer frames of a later version, kept as they are
 * @param {string[]} gone keys
 * @returns {Promise<{ generation: number, last: number }>}
 */
export function rewrite(db, library, newer, gone = []) {
  return transact(db, ALL, 'readwrite', async (store) => {
    const totals = await forgotten(store, gone);
    totals.dead = 0;
    const rows = onlyRows(concat((await result(store('rows').getAll())).map(plainRows)), library);
    const large = { segments: 0, rows: 0 };
    let last = 0;
    for (const name of APPENDED) store(name).clear();
    for (const some of apart(rows)) {
      store('rows').add(packRows(some));
      large.rows += 1;
    }
    // Part by part, so that the whole never lies in memory a second time.
    for (let part = 0; ; part += 1) {
      const bytes = library.segment(part) ?? newer;
      if (bytes.length) last = Number(await result(store('segments').add(bytes)));
      if (bytes === newer) break;
      large.segments += 1;
    }
    const generation = ((await result(store('notes').get('generation'))) ?? 0) + 1;
    store('notes').put(large, 'large');
    store('notes').put(totals, 'totals');
    store('notes').put(generation, 'generation');
    return { generation, last };
  });
}
