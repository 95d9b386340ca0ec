/** The records of visits, what the reader changed in them, and what is noted of the library: needs no sketches. */

import { keyOf, pack, unpack } from '../wasm/quoth.js';
import { manyOf, takenOut } from './blocks.js';
import { result, transact } from './db.js';
import { correct } from './visit.js';

/** @import { Correction } from '../protocol.js' */
/** @import { Kept } from './db.js' */
/** @import { Visit } from './visit.js' */

const LOCK = 'quoth-library';

/** @typedef {{ count: number, bytes: number, dead: number }} Totals visits, bytes of all stores, frames of no more use */

/** @typedef {{ when: number, what: string, mended: number, lost: number }} Damage said on the library page */

/** What is kept of a run of the library that went wrong; newest last, at most this many. */
const MAX_DAMAGE = 50;

/** @type {Totals} */
export const NO_TOTALS = { count: 0, bytes: 0, dead: 0 };

/**
 * One writer at a time, over all contexts of the extension.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function locked(work) {
  return navigator.locks.request(LOCK, work);
}

/**
 * The corrections of an article; needs no core, so that a page need not wait for it.
 * @param {IDBDatabase} db
 * @param {string} address the visit's id
 * @returns {Promise<Correction[]>}
 */
export function correctionsOf(db, address) {
  return transact(
    db,
    ['corrections'],
    'readonly',
    async (store) => (await result(store('corrections').get(address)))?.list ?? [],
  );
}

export class Records {
  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
  }

  /** Packed records. @param {string[]} keys @returns {Promise<(Kept | undefined)[]>} */
  kept(keys) {
    return transact(this.db, ['records', 'blocks'], 'readonly', (store) => manyOf(store, keys));
  }

  /**
   * Records by their keys, as JSON of visits; an empty string for one that is not there or damaged.
   * @param {string[]} keys
   * @returns {Promise<string[]>}
   */
  async records(keys) {
    const kept = await this.kept(keys);
    const records = kept.map((k) => (k && unpack(k.data)) ?? '');
    const hurt = keys.filter((_, i) => kept[i] && !records[i]);
    if (hurt.length) await this.#lost(hurt);
    return records;
  }

  /** Says once of each record that it is damaged: it has no other copy. @param {string[]} keys */
  #lost(keys) {
    return transact(this.db, ['notes'], 'readwrite', async (store) => {
      /** @type {string[]} */
      const known = (await result(store('notes').get('lost'))) ?? [];
      const fresh = keys.filter((key) => !known.includes(key));
      if (!fresh.length) return;
      store('notes').put([...known, ...fresh], 'lost');
      await said(store, { when: Date.now(), what: 'records', mended: 0, lost: fresh.length });
    });
  }

  /** Appends catalogue rows that were lost. @param {Uint8Array} rows */
  appendRows(rows) {
    return locked(() =>
      transact(this.db, ['rows'], 'readwrite', async (store) => void store('rows').add(rows)),
    );
  }

  /**
   * Writes a record anew that the reader changed; its sketch stays.
   * @param {string} key
   * @param {Visit} visit
   */
  revise(key, visit) {
    return locked(async () => {
      const data = pack(JSON.stringify(visit));
      await this.#change(key, { data });
    });
  }

  /** Keeps a visit when older ones go, or lets it go with them. @param {string} key @param {boolean} pinned */
  pin(key, pinned) {
    return locked(() => this.#change(key, { pinned }));
  }

  /** @param {string} key @param {Partial<Kept>} change */
  #change(key, change) {
    return transact(this.db, ['records', 'blocks'], 'readwrite', async (store) => {
      const old = (await takenOut(store, [key])).get(key);
      if (old) store('records').put({ ...old, ...change }, key);
    });
  }

  /** Which of these visits are pinned. @param {string[]} keys @returns {Promise<boolean[]>} */
  async pinned(keys) {
    return (await this.kept(keys)).map((kept) => Boolean(kept?.pinned));
  }

  /**
   * Keeps a corrected speaker for an article, whether it is in the library or not.
   * @param {string} address the visit's id
   * @param {Correction} correction
   */
  correct(address, correction) {
    const key = keyOf(address);
    return locked(async () => {
      const [json] = await this.records([key]);
      /** @type {Visit | undefined} */
      const visit = json ? JSON.parse(json) : undefined;
      const changed = visit && correct(visit, [correction]);
      const data = changed ? pack(JSON.stringify(visit)) : undefined;
      await transact(this.db, ['records', 'blocks', 'corrections'], 'readwrite', async (store) => {
        /** @type {Correction[]} */
        const old = (await result(store('corrections').get(address)))?.list ?? [];
        const list = [...old.filter((c) => c.quote !== correction.quote), correction];
        store('corrections').put({ key, list }, address);
        const kept = data && (await takenOut(store, [key])).get(key);
        if (kept) store('records').put({ ...kept, data }, key);
      });
    });
  }

  /** What the library comes to, and what is to be said of damage. @returns {Promise<{ totals: Totals, damage: Damage[] }>} */
  notes() {
    return transact(this.db, ['notes'], 'readonly', async (store) => ({
      totals: { ...NO_TOTALS, ...(await result(store('notes').get('totals'))) },
      damage: (await result(store('notes').get('damage'))) ?? [],
    }));
  }

  /** Sets the number of visits right. @param {number} count */
  recount(count) {
    return transact(this.db, ['notes'], 'readwrite', async (store) => {
      const totals = { ...NO_TOTALS, ...(await result(store('notes').get('totals'))), count };
      store('notes').put(totals, 'totals');
    });
  }

  /** Forgets what was said of damage. */
  settle() {
    return transact(this.db, ['notes'], 'readwrite', async (store) => void store('notes').delete('damage'));
  }

  /** Keeps what was found damaged, to be said. @param {Damage} damage */
  say(damage) {
    return transact(this.db, ['notes'], 'readwrite', (store) => said(store, damage));
  }
}

/** @param {(store: 'notes') => IDBObjectStore} store @param {Damage} damage */
async function said(store, damage) {
  const before = (await result(store('notes').get('damage'))) ?? [];
  store('notes').put([...before, damage].slice(-MAX_DAMAGE), 'damage');
}
