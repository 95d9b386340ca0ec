/** Large pages arrive in pieces; here they wait for the rest. */

/** @import { Columns, CorePart, CoreRead } from '../protocol.js' */

/** UTF-16 units that the pieces of one page may come to: more than the snapshot's own limits let through. */
const MOST = 20_000_000;

/** Pages that may be on their way at once; the oldest goes. */
const PAGES = 8;

/** By tab and frame. @type {Map<string, { parts: CorePart[], length: number }>} */
const waiting = new Map();

/**
 * Keeps a piece.
 * @param {CorePart} part
 * @param {chrome.runtime.MessageSender} sender
 * @throws {Error} if pieces before it are missing: the worker was ended meanwhile
 */
export function keep(part, sender) {
  const key = keyOf(sender);
  if (part.number === 0) {
    waiting.delete(key);
    if (waiting.size >= PAGES) waiting.delete(waiting.keys().next().value ?? '');
    waiting.set(key, { parts: [], length: 0 });
  }
  const page = waiting.get(key);
  if (!page || page.parts.length !== part.number) throw new Error('a piece of the page is missing');
  page.length += part.piece.length;
  if (page.length > MOST) {
    waiting.delete(key);
    throw new Error('the page is too large');
  }
  page.parts.push(part);
}

/**
 * The columns of a page, with what came before.
 * @param {CoreRead} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Columns}
 */
export function whole({ columns, parts }, sender) {
  if (!parts) return columns;
  const key = keyOf(sender);
  const page = waiting.get(key);
  waiting.delete(key);
  if (page?.parts.length !== parts) throw new Error('a piece of the page is missing');
  const of = (/** @type {CorePart['column']} */ column) =>
    page.parts
      .filter((part) => part.column === column)
      .map(({ piece }) => piece)
      .join('');
  return { ...columns, text: of('text'), attrs: of('attrs'), records: of('records') };
}

/** @param {chrome.runtime.MessageSender} sender */
const keyOf = ({ tab, frameId }) => `${tab?.id}:${frameId}`;
