/**
 * Records packed many into one row. A visit is written alone, in a row of `records`, and moved into a block once
 * nobody waits: a row of its own costs Firefox a page of four kilobytes and more. A record is in one of both places,
 * never in two; to be changed it is taken out of its block and written alone again.
 *
 * A library of before blocks has all its records alone: what moves them is the same, some at a time.
 */

import { blockWithout, recordFrame, recordOf } from '../wasm/quoth.js';
import { concat, result, transact } from './db.js';

/** @import { Block, Get, Kept } from './db.js' */

/** Records that may stand alone before some are packed. */
export const WAITING = 64;

/** A block ends with the record that brings it to so many bytes. */
const FULL = 14_000;

/** What is left of a block is packed anew with others once it is smaller, bytes. */
const SPARSE = FULL / 4;

/** Records that are packed in one write. */
const AT_ONCE = 128;

const NOTHING = new Uint8Array(0);

/**
 * Blocks of records, and those that are too long for one or too few.
 * @param {Iterable<[string, Kept]>} records
 * @param {number} least bytes from which the last ones are a block
 * @returns {{ blocks: Block[], alone: [string, Kept][] }}
 */
function packed(records, least) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {[string, Kept][]} */
  const alone = [];
  /** @type {[string, Kept, Uint8Array][]} */
  let some = [];
  let size = 0;
  for (const [key, kept] of records) {
    const frame = recordFrame(key, kept.data);
    if (!frame) {
      alone.push([key, kept]);
      continue;
    }
    some.push([key, kept, frame]);
    size += frame.length;
    if (size < FULL) continue;
    blocks.push(block(some));
    some = [];
    size = 0;
  }
  if (some.length && size >= least) blocks.push(block(some));
  else for (const [key, kept] of some) alone.push([key, kept]);
  return { blocks, alone };
}

/** @param {[string, Kept, Uint8Array][]} some @returns {Block} */
function block(some) {
  return dated({
    keys: some.map(([key]) => key),
    visited: Float64Array.from(some, ([, { visited }]) => visited),
    sizes: Uint32Array.from(some, ([, { size }]) => size),
    pinned: Uint8Array.from(some, ([, { pinned }]) => Number(pinned)),
    data: concat(some.map(([, , frame]) => frame)),
  });
}

/** With the time by which blocks are looked for when the oldest visits go. @param {Block} block @returns {Block} */
function dated({ oldest: _, ...block }) {
  const times = block.visited.filter((_, i) => !block.pinned[i]);
  return times.length ? { ...block, oldest: times.reduce((a, b) => Math.min(a, b)) } : block;
}

/** @param {Block} block @param {number} i @returns {Kept} */
function kept({ keys, visited, sizes, pinned, data }, i) {
  return {
    visited: visited[i] ?? 0,
    size: sizes[i] ?? 0,
    pinned: Boolean(pinned[i]),
    // Without a byte it is told as damaged by whoever unpacks it.
    data: recordOf(data, keys[i] ?? '') ?? NOTHING,
  };
}

/**
 * Inside a transaction: a visit's record, wherever it is; the quickest for a few.
 * @param {Get} store `records` and `blocks`
 * @param {string} key
 * @returns {Promise<Kept | undefined>}
 */
export async function keptOf(store, key) {
  /** @type {Block | undefined} */
  const block = await result(store('blocks').index('keys').get(key));
  // Most are in blocks.
  return block ? kept(block, block.keys.indexOf(key)) : result(store('records').get(key));
}

/**
 * Inside a transaction: many records; each block is read once.
 * @param {Get} store `records` and `blocks`
 * @param {string[]} keys
 * @returns {Promise<(Kept | undefined)[]>}
 */
export async function manyOf(store, keys) {
  /** @type {Map<IDBValidKey, Promise<Block>>} */
  const blocks = new Map();
  return Promise.all(
    keys.map(async (key) => {
      const [alone, number] = await places(store, key);
      if (alone || number === undefined) return alone;
      const reading = blocks.get(number) ?? result(store('blocks').get(number));
      blocks.set(number, reading);
      const block = await reading;
      return kept(block, block.keys.indexOf(key));
    }),
  );
}

/** @param {Get} store @param {string} key @returns {Promise<[Kept | undefined, IDBValidKey | undefined]>} */
const places = (store, key) =>
  Promise.all([result(store('records').get(key)), result(store('blocks').index('keys').getKey(key))]);

/**
 * Inside a write: records of visits that are about to be written or deleted; no block has them any more.
 * @param {Get} store `records` and `blocks`
 * @param {string[]} keys
 * @returns {Promise<Map<string, Kept>>} those that there are
 */
export async function takenOut(store, keys) {
  /** @type {Map<string, Kept>} */
  const out = new Map();
  /** @type {Map<IDBValidKey, string[]>} */
  const blocks = new Map();
  const found = await Promise.all(keys.map((key) => places(store, key)));
  for (const [i, key] of keys.entries()) {
    const [alone, number] = found[i] ?? [];
    if (alone) out.set(key, alone);
    else if (number !== undefined) blocks.set(number, [...(blocks.get(number) ?? []), key]);
  }
  for (const [number, some] of blocks) {
    /** @type {Block} */
    const old = await result(store('blocks').get(number));
    for (const key of some) out.set(key, kept(old, old.keys.indexOf(key)));
    const stay = old.keys.map((_, i) => i).filter((i) => !some.includes(old.keys[i] ?? ''));
    const rest = stay.map((i) => /** @type {[string, Kept]} */ ([old.keys[i], kept(old, i)]));
    if (!rest.length) {
      store('blocks').delete(number);
    } else if (old.data.length < SPARSE && rest.every(([, { data }]) => data.length)) {
      store('blocks').delete(number);
      for (const [key, record] of rest) store('records').put(record, key);
    } else {
      const left = dated({
        keys: rest.map(([key]) => key),
        visited: Float64Array.from(rest, ([, { visited }]) => visited),
        sizes: Uint32Array.from(rest, ([, { size }]) => size),
        pinned: Uint8Array.from(rest, ([, { pinned }]) => Number(pinned)),
        data: blockWithout(old.data, some),
      });
      store('blocks').put(left, number);
    }
  }
  return out;
}

/**
 * Inside a write: keeps records that are in no block; many at once go into blocks without waiting.
 * @param {Get} store `records` and `blocks`
 * @param {Map<string, Kept>} records
 */
export function keep(store, records) {
  const { blocks, alone } =
    records.size < WAITING / 2 ? { blocks: [], alone: records } : packed(records, FULL / 2);
  for (const block of blocks) {
    store('blocks').add(block);
    for (const key of block.keys) store('records').delete(key);
  }
  for (const [key, kept] of alone) store('records').put(kept, key);
}

/**
 * Inside a write: deletes what is kept of visits beside their frames and rows.
 * @param {Get} store `records`, `blocks` and `corrections`
 * @param {string[]} keys
 * @returns {Promise<Kept[]>} what was kept
 */
export async function forget(store, keys) {
  const gone = await takenOut(store, keys);
  for (const key of keys) {
    store('records').delete(key);
    for (const address of await result(store('corrections').index('key').getAllKeys(key))) {
      store('corrections').delete(address);
    }
  }
  return [...gone.values()];
}

/**
 * Packs some of the records that stand alone, the oldest first, once they are many.
 * @param {IDBDatabase} db
 * @returns {Promise<boolean>} whether there are more to pack
 */
export function packAlone(db) {
  return transact(db, ['records', 'blocks'], 'readwrite', async (store) => {
    const before = await result(store('records').count());
    let left = before;
    if (left < WAITING) return false;
    const visited = store('records').index('visited');
    /** @type {[IDBValidKey[], Kept[]]} */
    const [keys, records] = await Promise.all([
      result(visited.getAllKeys(null, AT_ONCE)),
      result(visited.getAll(null, AT_ONCE)),
    ]);
    const pairs = keys.map((key, i) => /** @type {[string, Kept]} */ ([key, records[i]]));
    for (const block of packed(pairs, FULL).blocks) {
      store('blocks').add(block);
      for (const key of block.keys) store('records').delete(key);
      left -= block.keys.length;
    }
    // Too long for a block, all of them: they stay as they are.
    if (left === before) return false;
    return left >= WAITING;
  });
}

/**
 * Inside a transaction: the keys of all records, alone and in blocks.
 * @param {Get} store `records` and `blocks`
 * @returns {Promise<string[]>}
 */
export async function allKeys(store) {
  const keys = (await result(store('records').getAllKeys())).map(String);
  const asked = store('blocks').openCursor();
  for (let at = await result(asked); at; at = await following(asked, at)) keys.push(...at.value.keys);
  return keys;
}

/**
 * How many records there are.
 * @param {(store: 'records' | 'blocks') => IDBObjectStore} store
 */
export async function count(store) {
  const both = [result(store('records').count()), result(store('blocks').index('keys').count())];
  return (await Promise.all(both)).reduce((a, b) => a + b);
}

/**
 * Inside a transaction: visits that are not pinned, the one read longest ago first, as long as they are wanted. A
 * block is read only once one of it may be next.
 * @param {Get} store `records` and `blocks`
 * @param {(visited: number) => boolean} wanted
 * @returns {AsyncGenerator<{ key: string, visited: number, size: number }>}
 */
export async function* oldestFirst(store, wanted) {
  const [alone, blocks] = [
    store('records').index('visited').openCursor(),
    store('blocks').index('oldest').openKeyCursor(),
  ];
  let [row, next] = await Promise.all([result(alone), result(blocks)]);
  /** Of blocks that are read, the oldest last. @type {{ key: string, visited: number, size: number }[]} */
  let opened = [];
  for (;;) {
    while (row?.value.pinned) row = await following(alone, row);
    const [first, own] = [opened.at(-1)?.visited ?? Infinity, row?.value.visited ?? Infinity];
    const block = next ? Number(next.key) : Infinity;
    const oldest = Math.min(first, own, block);
    if (oldest === Infinity || !wanted(oldest)) return;
    if (next && block === oldest) {
      /** @type {Block} */
      const { keys, visited, sizes, pinned } = await result(store('blocks').get(next.primaryKey));
      const all = keys.map((key, i) => ({ key, visited: visited[i] ?? 0, size: sizes[i] ?? 0 }));
      opened = [...opened, ...all.filter((_, i) => !pinned[i])].sort((a, b) => b.visited - a.visited);
      next = await following(blocks, next);
    } else if (first === oldest) {
      const last = opened.pop();
      if (last) yield last;
    } else if (row) {
      yield { key: String(row.primaryKey), visited: own, size: row.value.size };
      row = await following(alone, row);
    }
  }
}

/**
 * A cursor's next place.
 * @template {IDBCursor} C
 * @param {IDBRequest<C | null>} request
 * @param {C} cursor
 * @returns {Promise<C | null>}
 */
function following(request, cursor) {
  cursor.continue();
  return result(request);
}
