/** The core and the library in the background, made ready when first asked for. */

import { open } from '../store/db.js';
import { Store } from '../store/store.js';
import init, { read_text } from '../wasm/quoth.js';

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

/** @type {Promise<unknown> | null} */
let warming = null;

/** Makes the core ready to read at once: a first reading builds its tables. */
export function warm() {
  warming ??= core()
    .then(() => read_text('A headline\n\n“It is ready,” said Ann Lee of Northern Rail in Oslo on Monday.'))
    .catch(() => {
      warming = null;
    });
  return warming;
}

/** Opens the library, once a worker's life. @returns {Promise<Store>} */
export function library() {
  opening ??= Store.open(undefined, core()).catch((error) => {
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
