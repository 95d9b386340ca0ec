/** Columns of a page made ready for a message, and back. */

/** @import { Columns } from './protocol.js' */
/** @import { Snapshot } from './content/snapshot.js' */

/**
 * Packs a snapshot for a message: messages are JSON in Chromium, which knows no typed arrays.
 * @param {Snapshot} snapshot
 * @returns {Columns}
 */
export function pack({ url, text, attrs, names, records, cut }) {
  const bytes = new Uint8Array(records.buffer, records.byteOffset, records.byteLength);
  return { url, text, attrs, names, records: bytes.toBase64(), cut };
}

/**
 * Reads packed columns with the core.
 * @param {typeof import('./wasm/quoth.js').read_page} readPage
 * @param {Columns} columns
 * @param {number} visited milliseconds since 1970
 * @returns {string} JSON of a `PageReading`
 */
export function readColumns(readPage, columns, visited) {
  const bytes = Uint8Array.fromBase64(columns.records);
  const records = new Uint32Array(bytes.buffer, 0, bytes.byteLength >> 2);
  const { url, text, attrs, names, cut } = columns;
  return readPage(url, text, attrs, names, records, NO_BOXES, cut, visited);
}

/** Where elements stand is not sent. */
export const NO_BOXES = new Int32Array(0);
