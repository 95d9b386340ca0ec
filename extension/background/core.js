/** The core and the library in the background, made ready when first asked for. */

import { open } from '../store/db.js';
import { Store } from '../store/store.js';
import init from '../wasm/quoth.js';

/** @type {Promise<unknown> | null} */
let starting = null;
/** @type {Promise<Store> | null} */
let opening = null;

/** Compiles the core, once a worker's life. */
export function core() {
  starting ??= init({ module_or_path: chrome.runtime.getURL('quoth.wasm') }).catch((error) => {
    starting = null;
    throw error;
  });
  return starting;
}

/** Opens the library, once a worker's life. @returns {Promise<Store>} */
export function library() {
  opening ??= core()
    .then(() => Store.open())
    .catch((error) => {
      opening = null;
      throw error;
    });
  return opening;
}

/** @type {Promise<IDBDatabase> | null} */
let connecting = null;

/** The database alone, for what needs no core. */
export function database() {
  connecting ??= open().catch((error) => {
    connecting = null;
    throw error;
  });
  return connecting;
}
