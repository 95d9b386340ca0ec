/** The library as the library page sees it: records, the searched catalogue, what belongs together. */

import { concat, entries, result, transact } from '../store/db.js';
import { Store } from '../store/store.js';
import init, { Catalogue, differing, keyOf, rowOf, utterances } from '../wasm/quoth.js';

/** @import { Related } from '../protocol.js' */
/** @import { Visit } from '../store/visit.js' */

/** @typedef {{ key: string, json: string, visit: Visit }} Shown a record as it is shown */

/** @typedef {Omit<Related, 'tier'> & { tier: 'same_story' | 'earlier' | 'same_people', key: string, wire: number | null, words: string[], people: string[], folded: boolean }} Belonging */

/** The longest that rows are read at a stretch, milliseconds. */
const TASK = 16;

export class Shelf {
  catalogue = new Catalogue();
  #seen = 0;
  #generation = -1;
  /** @type {Promise<void>} */
  #syncing = Promise.resolve();

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
  }

  static async open() {
    const core = init({ module_or_path: chrome.runtime.getURL('quoth.wasm') });
    // Reported by the store, which waits for it.
    core.catch(() => undefined);
    const shelf = new Shelf(await Store.open(undefined, core));
    await shelf.sync();
    return shelf;
  }

  /** Reads what other contexts wrote. */
  sync() {
    // One after another: rows are read in their order.
    this.#syncing = this.#syncing.catch(() => undefined).then(() => this.#read());
    return this.#syncing;
  }

  async #read() {
    await this.store.sync();
    const fresh = await transact(this.store.db, ['rows', 'notes'], 'readonly', async (store) => {
      const generation = (await result(store('notes').get('generation'))) ?? 0;
      const again = generation !== this.#generation;
      const rows = await entries(store('rows'), again ? undefined : IDBKeyRange.lowerBound(this.#seen, true));
      return { generation, again, rows };
    });
    if (fresh.again) {
      this.catalogue.free();
      this.catalogue = new Catalogue();
      this.#seen = 0;
      this.#generation = fresh.generation;
    }
    const [keys, rows] = fresh.rows;
    let since = performance.now();
    for (const row of rows) {
      this.catalogue.load(row);
      if (performance.now() - since < TASK) continue;
      // The page stays alive: what it shows of the opening moves on.
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    this.#seen = Math.max(this.#seen, ...keys.map(Number));
    if (fresh.again && this.catalogue.size < this.store.size) await this.#mend();
  }

  /** Writes the rows anew that could not be read, from their records. */
  async #mend() {
    const missing = this.store.keys().filter((key) => !this.catalogue.has(key));
    for (let i = 0; i < missing.length; i += 500) {
      const rows = concat((await this.store.records(missing.slice(i, i + 500))).filter(Boolean).map(rowOf));
      this.catalogue.load(rows);
      if (rows.length) await this.store.appendRows(rows);
    }
  }

  /** @param {string} query @param {number} limit @returns {{ keys: string[], total: number }} */
  search(query, limit) {
    return JSON.parse(this.catalogue.search(query, limit));
  }

  /** @param {string} prefix @param {number} limit @returns {{ key: string, name: string, visits: number }[]} */
  people(prefix, limit) {
    return JSON.parse(this.catalogue.people(prefix, limit));
  }

  /** @param {string[]} keys @returns {Promise<Shown[]>} those that are there and whole */
  async shown(keys) {
    const records = await this.store.records(keys);
    return keys.flatMap((key, i) => {
      const json = records[i];
      return json ? [{ key, json, visit: JSON.parse(json) }] : [];
    });
  }

  /** What belongs with a visit. @param {Shown} shown @returns {Promise<Belonging[]>} */
  async belonging(shown) {
    return /** @type {any} */ (this.store.relate(shown.json));
  }

  /**
   * Wordings of the same utterance in several visits.
   * @param {Shown[]} visits
   * @returns {{ visit: number, quote: number }[][]}
   */
  sameWords(visits) {
    return JSON.parse(
      utterances(
        visits.map((v) => v.json),
        true,
      ),
    );
  }

  /** @param {string} text @param {string} other @returns {{ text: string, same: boolean }[]} */
  differing(text, other) {
    return JSON.parse(differing(text, other));
  }

  /** @param {string} id */
  keyOf(id) {
    return keyOf(id);
  }
}
