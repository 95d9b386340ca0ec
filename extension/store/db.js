/**
 * The library's database: what is kept in which store, and promises over its requests.
 *
 * | store | key | value |
 * |---|---|---|
 * | segments | rising number | frames of the core's sketches, in order of writing |
 * | rows | rising number | rows of the core's catalogue, in order of writing |
 * | records | the visit's key | `Kept`: what is shown of a visit, of those that are not yet in blocks |
 * | blocks | rising number | `Block`: what is shown of many visits |
 * | corrections | the article's address | `{ key, list }`: its visit's key and the speakers that the reader set right |
 * | notes | a name | `generation`, `totals`, `large`, `damage`, `lost` |
 * | imports | rising number | lines of an import that are not yet in the library |
 */

export const NAME = 'quoth';
/** 1: all records stand alone. 2: with blocks. */
const VERSION = 2;

export const STORES = /** @type {const} */ ([
  'segments',
  'rows',
  'records',
  'blocks',
  'corrections',
  'notes',
  'imports',
]);

/** @typedef {(typeof STORES)[number]} StoreName */

/** @typedef {(store: StoreName) => IDBObjectStore} Get a transaction's stores */

/**
 * A record as it is kept.
 * @typedef {object} Kept
 * @property {number} visited milliseconds since 1970
 * @property {boolean} pinned stays when older visits go
 * @property {number} size bytes that the visit takes in all stores
 * @property {Uint8Array} data the JSON of the core's `Visit`, packed by the core with a checksum
 */

/**
 * Records of many visits; the lists stand side by side.
 * @typedef {object} Block
 * @property {string[]} keys
 * @property {Float64Array} visited
 * @property {Uint32Array} sizes
 * @property {Uint8Array} pinned
 * @property {number} [oldest] the earliest `visited` of those that are not pinned; none: all are
 * @property {Uint8Array} data each one's `data` in a frame of the core
 */

/**
 * @param {string} [name]
 * @returns {Promise<IDBDatabase>}
 * @throws {Error} if a later version has written it: nothing of it is touched
 */
export async function open(name = NAME) {
  const asked = indexedDB.open(name, VERSION);
  asked.onupgradeneeded = ({ oldVersion }) => {
    const db = asked.result;
    if (oldVersion < 1) {
      for (const store of ['segments', 'rows', 'imports'])
        db.createObjectStore(store, { autoIncrement: true });
      db.createObjectStore('notes');
      db.createObjectStore('corrections').createIndex('key', 'key');
      db.createObjectStore('records').createIndex('visited', 'visited');
    }
    const blocks = db.createObjectStore('blocks', { autoIncrement: true });
    blocks.createIndex('keys', 'keys', { multiEntry: true, unique: true });
    blocks.createIndex('oldest', 'oldest');
  };
  try {
    const db = await result(asked);
    // A later version of the program, or one that deletes it, waits for it: let go.
    db.onversionchange = () => db.close();
    return db;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
    throw new Error('the library was written by a newer version of Quoth; nothing of it was changed', {
      cause: error,
    });
  }
}

/**
 * The answer to a request.
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database gave no reason'));
  });
}

/**
 * Runs `work` in one transaction: all of it is written, or none. With `readwrite`, what is written has
 * reached the disk when the promise settles.
 * @template T
 * @param {IDBDatabase} db
 * @param {readonly StoreName[]} stores
 * @param {'readonly' | 'readwrite'} mode
 * @param {(store: (name: StoreName) => IDBObjectStore) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function transact(db, stores, mode, work) {
  const tx = db.transaction(stores, mode, mode === 'readwrite' ? { durability: 'strict' } : {});
  const done = new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve(undefined);
    tx.onabort = () => reject(tx.error ?? new DOMException('the write was given up', 'AbortError'));
  });
  // Reported below; without this a failure of `work` would leave it unhandled.
  done.catch(() => undefined);
  try {
    const value = await work((name) => tx.objectStore(name));
    // What was read is there: its end would be one more turn to wait for.
    if (mode === 'readwrite') await done;
    return value;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // Over already: the reason is in `done`.
      await done;
    }
    throw error;
  }
}

/**
 * Keys and values of a range, both in order.
 * @param {IDBObjectStore} store
 * @param {IDBKeyRange} [range]
 * @returns {Promise<[IDBValidKey[], any[]]>}
 */
export function entries(store, range) {
  return Promise.all([result(store.getAllKeys(range)), result(store.getAll(range))]);
}

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

/** @param {unknown} error whether the browser refused for want of room */
export function isQuota(error) {
  return (
    error instanceof DOMException &&
    (error.name === 'QuotaExceededError' || error.name === 'NS_ERROR_DOM_QUOTA_REACHED')
  );
}
