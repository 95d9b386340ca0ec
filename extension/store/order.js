/** Keeps the appended stores in order: many small writes become one, what was deleted goes for good. */

import { onlyRows, packRows, plainRows } from '../wasm/quoth.js';
import { forget, result, transact } from './db.js';

/** Small writes that may wait before they are joined. */
const SMALL_WRITES = 64;

/** A write this large is left as it is. */
const LARGE = 1 << 20;

const APPENDED = /** @type {const} */ (['segments', 'rows']);

/** Rows from which on packing pays at once, bytes. */
const WORTH_PACKING = 32_768;

/** Packs many rows written at once; a few wait until they are joined. @param {Uint8Array} rows */
export const packLarge = (rows) => (rows.length < WORTH_PACKING ? rows : packRows(rows));

/** @param {Uint8Array[]} parts */
export function concat(parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * Writes that are joined to one, so that no joining takes more memory than this, about.
 * @param {Uint8Array[]} writes
 */
function* groups(writes) {
  /** @type {Uint8Array[]} */
  let some = [];
  let size = 0;
  for (const write of writes) {
    if (some.length && size + write.length > 2 * LARGE) {
      yield some;
      [some, size] = [[], 0];
    }
    some.push(write);
    size += write.length;
  }
  if (some.length) yield some;
}

/**
 * Joins the last small writes of each appended store, once there are many; the order stays.
 * @param {IDBDatabase} db
 * @param {number} generation
 * @returns {Promise<{ generation: number, last: number } | null>} null: nothing was to be done
 */
export async function joinSmall(db, generation) {
  /** @type {{ many: number, before: Record<string, number> }} */
  const { many, before } = await transact(db, ['segments', 'notes'], 'readonly', async (store) => {
    const before = (await result(store('notes').get('large'))) ?? {};
    return { many: (await result(store('segments').count())) - (before.segments ?? 0), before };
  });
  if (many <= SMALL_WRITES) return null;
  return transact(db, [...APPENDED, 'notes'], 'readwrite', async (store) => {
    /** @type {Record<string, number>} */
    const large = {};
    let last = 0;
    for (const name of APPENDED) {
      // What is large already is neither read nor written again.
      const first = (await result(store(name).getAllKeys()))[before[name] ?? 0];
      large[name] = before[name] ?? 0;
      if (first !== undefined) {
        const small = IDBKeyRange.lowerBound(first);
        const waiting = await result(store(name).getAll(small));
        store(name).delete(small);
        for (const some of groups(waiting)) {
          const whole = name === 'rows' ? packRows(concat(some.map(plainRows))) : concat(some);
          const key = await result(store(name).add(whole));
          if (name === 'segments') last = Number(key);
          // The last group is joined again with what comes; the others are done.
          if (whole.length >= LARGE || some.at(-1) !== waiting.at(-1)) large[name] += 1;
        }
      }
    }
    store('notes').put(large, 'large');
    store('notes').put(generation + 1, 'generation');
    return { generation: generation + 1, last };
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
  return transact(db, [...APPENDED, 'records', 'corrections', 'notes'], 'readwrite', async (store) => {
    const totals = (await result(store('notes').get('totals'))) ?? { count: 0, bytes: 0, dead: 0 };
    for (const key of gone) {
      const kept = await result(store('records').get(key));
      if (!kept) continue;
      totals.count -= 1;
      totals.bytes -= kept.size;
      await forget(store, key);
    }
    totals.dead = 0;
    const rows = onlyRows(concat((await result(store('rows').getAll())).map(plainRows)), library);
    /** @type {Record<string, number>} */
    const large = { segments: 0, rows: 0 };
    let last = 0;
    for (const name of APPENDED) store(name).clear();
    if (rows.length) {
      const packed = packRows(rows);
      store('rows').add(packed);
      large.rows = packed.length >= LARGE ? 1 : 0;
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
