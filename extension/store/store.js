/**
 * The library of past visits on disk: the core's sketches in memory, frames and records in the database.
 *
 * Any number of contexts may hold a `Store`. Writes are serialised by a Web Lock and each is one
 * transaction, so a context that ends in the middle loses nothing that was saved and leaves nothing by
 * halves. Before it answers, a context reads the frames that others appended.
 */

import { Cards, Library, unpack } from '../wasm/quoth.js';
import { allKeys, keep, keptOf, packAlone, takenOut } from './blocks.js';
import { concat, entries, isQuota, open, result, STORES, transact } from './db.js';
import { fetchFrames } from './frames.js';
import { dropOldest, NO_LIMITS } from './limits.js';
import { joinSmall, packLarge, rewrite, takeOut } from './order.js';
import { locked, NO_TOTALS, Records } from './records.js';
import { correct } from './visit.js';

export { correctionsOf } from './records.js';

/** @import { Correction, Related } from '../protocol.js' */
/** @import { Kept } from './db.js' */
/** @import { Limits } from './limits.js' */
/** @import { Totals } from './records.js' */
/** @import { Visit } from './visit.js' */

/** What is left of rows once they are packed, about: counted so from the beginning. */
const PACKED = 0.45;

/** Between steps that can wait, milliseconds. */
const PAUSE = 10;

/** Between writes that pack records, milliseconds. */
const BREATH = 100;

/** After a write, before the store is put in order, milliseconds. */
const REST = 500;

/** The same after the library was opened, which somebody waits for. */
const SETTLED = 5000;

/** Frames of no more use that may lie beside as many useful ones before all is written anew. */
const SPARE = 1000;

/** Visits deleted at once from which all is written anew: each must be looked for. */
const MANY = 100;

export class Store extends Records {
  /** @type {Library} */
  #library = new Library();
  #seen = 0;
  #generation = -1;
  /** @type {Promise<boolean> | null} */
  #reading = null;
  /** What was found damaged and is not yet mended. */
  #hurt = '';
  /** Frames of a later version: kept, not understood. @type {Uint8Array[]} */
  #newer = [];
  /** Questions answered. */
  #answered = 0;
  #arranging = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #tidying;

  /**
   * Opens the library.
   * @param {string} [name]
   * @param {Promise<unknown>} [core] settles once the core is there; what is on disk is read meanwhile
   */
  static async open(name, core) {
    const db = await open(name);
    const first = fetchFrames(db, -1, 0);
    // Reported by whoever waits for it.
    first.catch(() => undefined);
    await core;
    const store = new Store(db);
    store.#load(await first);
    if (store.#hurt) await store.sync();
    // What an earlier version wrote, or a worker that was ended left, is put in order too.
    store.#tidyLater(SETTLED);
    return store;
  }

  /** Visits in the library. */
  get size() {
    return this.#library.size;
  }

  /** Bytes of memory that the sketches take, about. */
  get memory() {
    return this.#library.memory;
  }

  /** A record's JSON with its sketch: to take it elsewhere, or back. @param {string} json */
  whole(json) {
    return this.#library.whole(json);
  }

  /** The keys of all visits, in the order in which they were first kept. */
  keys() {
    return this.#library.keys();
  }

  /** Reads what other contexts wrote since the last time, and mends what it finds damaged. */
  async sync() {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    const changed = await this.#reading;
    if (!this.#hurt) return changed;
    await locked(() => this.#mend());
    return true;
  }

  /** @returns {Promise<boolean>} whether there was anything new */
  async #read() {
    return this.#load(await fetchFrames(this.db, this.#generation, this.#seen));
  }

  /** @param {Awaited<ReturnType<typeof fetchFrames>>} fresh what is on disk and not yet in memory */
  #load(fresh) {
    if (fresh.again) {
      this.#library?.free();
      this.#library = new Library();
      this.#seen = 0;
      this.#newer = [];
      this.#generation = fresh.generation;
    }
    const [keys, segments] = fresh.rows;
    let damaged = 0;
    for (const segment of segments) {
      /** @type {{ damage: { offset: number, length: number, why: string }[] }} */
      const { damage } = JSON.parse(this.#library.load(segment));
      for (const { offset, length, why } of damage) {
        if (why === 'newer') this.#newer.push(segment.slice(offset, offset + length));
        else damaged += 1;
      }
    }
    this.#seen = Math.max(this.#seen, ...keys.map(Number));
    if (damaged) this.#hurt = `${damaged} damaged`;
    else if (fresh.again && fresh.records > this.#library.size) {
      this.#hurt = `${fresh.records - this.#library.size} missing`;
    }
    return fresh.again || segments.length > 0;
  }

  /** Writes the frames anew that were damaged, from their records. Inside the lock. */
  async #mend() {
    const why = this.#hurt;
    if (!why) return;
    const keys = await transact(this.db, ['records', 'blocks'], 'readonly', allKeys);
    const missing = this.#library.missing(keys);
    if (!missing.length && why.endsWith('missing')) {
      // Nothing is: the count was wrong.
      await this.recount(keys.length);
      this.#hurt = '';
      return;
    }
    /** @type {string[]} */
    const lost = [];
    for (let i = 0; i < missing.length; i += 500) {
      const some = missing.slice(i, i + 500);
      (await this.kept(some)).forEach((kept, n) => {
        const json = kept && unpack(kept.data);
        if (json) this.#library.add(json).free();
        else lost.push(some[n] ?? '');
      });
    }
    this.#took(await rewrite(this.db, this.#library, concat(this.#newer), lost));
    this.#hurt = '';
    await this.say({ when: Date.now(), what: why, mended: missing.length - lost.length, lost: lost.length });
  }

  /** @param {{ generation: number, last: number } | null} written by this context, so known to it */
  #took(written) {
    if (!written) return;
    this.#generation = written.generation;
    this.#seen = Math.max(this.#seen, written.last);
  }

  /** Inside the lock: what is on disk is in memory, whole. */
  async #fresh() {
    await this.#reading;
    await this.#read();
    await this.#mend();
  }

  /**
   * The earlier visits that belong with this one.
   * @param {string} visit JSON
   * @returns {Promise<Related[]>}
   */
  async relate(visit) {
    // Asked of what is in memory while the disk answers; seldom is there more.
    const reading = this.sync();
    reading.catch(() => undefined);
    let json = this.#library.relate(visit);
    if (await reading) json = this.#library.relate(visit);
    this.#answered += 1;
    // Who asks once in a worker's life gains nothing.
    if (this.#answered > 1 && !this.#arranging) {
      this.#arranging = true;
      setTimeout(() => this.#arrange());
    }
    /** @type {{ key: string }[]} */
    const hits = JSON.parse(json);
    if (!hits.length) return [];
    const cards = new Cards(visit, json);
    try {
      // Each is made as soon as its record is there, while the disk looks for the next.
      const shown = await transact(this.db, ['records', 'blocks'], 'readonly', (store) =>
        Promise.all(
          hits.map(async ({ key }, i) => {
            const kept = await keptOf(store, key);
            const card = kept && cards.card(i, kept.data);
            return card ? [JSON.parse(card)] : [];
          }),
        ),
      );
      return shown.flat();
    } finally {
      cards.free();
    }
  }

  /** Makes a large library quick to ask, in steps of some milliseconds. */
  #arrange() {
    this.#arranging = this.#library.arrange();
    if (this.#arranging) setTimeout(() => this.#arrange(), PAUSE);
  }

  /**
   * Keeps visits, or updates those with the same address; the limits are held.
   * @param {string[]} visits JSON
   * @param {Limits} [limits]
   * @param {(store: (name: import('./db.js').StoreName) => IDBObjectStore) => void} [also] written in the same transaction
   * @returns {Promise<number>} visits that went to hold the limits
   * @throws {DOMException} QuotaExceededError: nothing of it was kept, all that was saved before is
   */
  add(visits, limits = NO_LIMITS, also = undefined) {
    return locked(async () => {
      await this.#fresh();
      try {
        return await this.#write(visits, limits, also);
      } catch (error) {
        // The sketches in memory are ahead of the disk: read them again.
        this.#generation = -1;
        throw isQuota(error)
          ? new DOMException('there is no room left for the library', 'QuotaExceededError')
          : error;
      }
    });
  }

  /**
   * @param {string[]} visits
   * @param {Limits} limits
   * @param {((store: (name: import('./db.js').StoreName) => IDBObjectStore) => void)} [also]
   */
  async #write(visits, limits, also) {
    const corrections = await this.#allCorrections();
    /** @type {{ stored: import('../wasm/quoth.js').Stored, visit: Visit }[]} */
    const ready = [];
    for (let json of visits) {
      /** @type {Visit} */
      const visit = JSON.parse(json);
      const fixes = corrections.get(visit.id);
      if (fixes && correct(visit, fixes)) json = JSON.stringify(visit);
      ready.push({ stored: this.#library.add(json), visit });
    }
    const outcome = await transact(this.db, STORES, 'readwrite', async (store) => {
      /** @type {Totals} */
      const totals = { ...NO_TOTALS, ...(await result(store('notes').get('totals'))) };
      const frames = [];
      const rows = [];
      const before = await takenOut(store, [...new Set(ready.map(({ stored }) => stored.key))]);
      /** @type {Map<string, Kept>} */
      const fresh = new Map();
      for (const { stored, visit } of ready) {
        const { key, record: data, frame, row } = stored;
        const old = fresh.get(key) ?? before.get(key);
        const size = data.length + frame.length + Math.ceil(row.length * PACKED);
        fresh.set(key, { visited: visit.visited, pinned: old?.pinned ?? visit.pinned, size, data });
        totals.count += old ? 0 : 1;
        totals.bytes += size - (old?.size ?? 0);
        totals.dead += old && frame.length ? 1 : 0;
        if (frame.length) {
          frames.push(frame);
          rows.push(row);
        }
      }
      keep(store, fresh);
      const dropped = await dropOldest(store, this.#library, totals, limits, frames, rows);
      let seen = this.#seen;
      if (frames.length) {
        seen = Number(await result(store('segments').add(concat(frames))));
        store('rows').add(packLarge(concat(rows)));
      }
      store('notes').put(totals, 'totals');
      also?.(store);
      return { seen, dropped, dead: totals.dead };
    });
    this.#seen = outcome.seen;
    for (const { stored } of ready) stored.free();
    if (outcome.dead > SPARE + this.#library.size) {
      this.#took(await rewrite(this.db, this.#library, concat(this.#newer)));
    } else {
      this.#tidyLater();
    }
    return outcome.dropped;
  }

  /**
   * Joins small writes and packs records once nobody waits, some at a time: the library is whole without, only slower
   * to open and larger.
   */
  #tidyLater(wait = REST) {
    clearTimeout(this.#tidying);
    this.#tidying = setTimeout(async () => {
      try {
        const pack = await locked(() => packAlone(this.db));
        const join = await locked(() => joinSmall(this.db));
        // Whoever asks meanwhile is not held up.
        if (pack || join) this.#tidyLater(join ? REST : BREATH);
      } catch (error) {
        console.warn('Quoth: the store was not put in order:', error);
      }
    }, wait);
  }

  /** @returns {Promise<Map<string, Correction[]>>} */
  async #allCorrections() {
    const [keys, values] = await transact(this.db, ['corrections'], 'readonly', (store) =>
      entries(store('corrections')),
    );
    return new Map(keys.map((address, i) => [String(address), values[i].list]));
  }

  /**
   * Deletes visits with all their words, from every store.
   * @param {string[]} keys
   */
  remove(keys) {
    return locked(async () => {
      await this.#fresh();
      const frames = keys.map((key) => this.#library.remove(key)).filter((frame) => frame !== undefined);
      try {
        if (keys.length > MANY) {
          this.#took(await rewrite(this.db, this.#library, concat(this.#newer), keys));
        } else {
          this.#seen = Math.max(this.#seen, await takeOut(this.db, keys, frames));
        }
      } catch (error) {
        this.#generation = -1;
        throw error;
      }
    });
  }

  /** Holds the limits now, as when they are set lower. @param {Limits} limits */
  limit(limits) {
    return this.add([], limits);
  }

  /** Deletes everything. */
  clear() {
    return locked(async () => {
      await transact(this.db, STORES, 'readwrite', async (store) => {
        const generation = (await result(store('notes').get('generation'))) ?? 0;
        for (const name of STORES) store(name).clear();
        // Contexts that hold the old library see that it is gone.
        store('notes').put(generation + 1, 'generation');
      });
      this.#generation = -1;
      await this.#read();
    });
  }
}
