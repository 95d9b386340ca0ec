/** Columns of a page made ready for messages, and back. */

/** @import { Columns, CorePart } from './protocol.js' */
/** @import { Snapshot } from './content/snapshot.js' */

/** UTF-16 units of text, attributes and records that go in one message; a usual page is well below. */
const MOST = 400_000;

/** Records are sent in pieces of so many bytes: whole records, and whole groups of base64. */
const RECORDS = 240_000;

/**
 * Packs a snapshot for a message: messages are JSON in Chromium, which knows no typed arrays.
 * @param {Snapshot} snapshot
 * @returns {Columns | null} none: it is too large for one message
 */
export function pack({ url, text, attrs, names, records, cut }) {
  if (text.length + attrs.length + records.byteLength > MOST) return null;
  return { url, text, attrs, names, records: bytesOf(records).toBase64(), cut };
}

/**
 * The columns of a large snapshot in pieces.
 * @param {Snapshot} snapshot
 * @returns {Generator<Pick<CorePart, 'column' | 'piece'>>}
 */
export function* pieces({ text, attrs, records }) {
  for (const piece of cutUp(text)) yield { column: 'text', piece };
  for (const piece of cutUp(attrs)) yield { column: 'attrs', piece };
  const bytes = bytesOf(records);
  for (let at = 0; at < bytes.length; at += RECORDS) {
    yield { column: 'records', piece: bytes.subarray(at, at + RECORDS).toBase64() };
  }
}

/** Pieces of a text, none ending between the halves of a character. @param {string} text */
function* cutUp(text) {
  for (let at = 0; at < text.length; ) {
    let to = Math.min(at + MOST / 2, text.length);
    if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
    yield text.slice(at, to);
    at = to;
  }
}

/** @param {Uint32Array} records */
function bytesOf(records) {
  return new Uint8Array(records.buffer, records.byteOffset, records.byteLength);
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
