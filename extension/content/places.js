/** Where marks stand on the screen: what is under the pointer, which sentence, how to get there. */

import { rangeOf } from './marks.js';
import { scrollerOf } from './clear.js';

/** @import { Mark } from './marks.js' */
/** @import { Painted } from './paint.js' */

/** UTF-16 units of a block that are looked at for its sentences. */
const LONGEST = 20_000;

/**
 * The marks under a point, the innermost first.
 * @template {Painted} P
 * @param {P[]} articles
 * @param {number} x
 * @param {number} y
 * @returns {{ article: P, marks: Mark[] } | null}
 */
export function under(articles, x, y) {
  const caret = document.caretPositionFromPoint(x, y);
  const node = caret?.offsetNode;
  if (!caret || node?.nodeType !== Node.TEXT_NODE) return null;
  const article = articles.find(({ marks }) => marks.byNode.has(/** @type {Text} */ (node)));
  if (!article) return null;
  // A caret stands between two characters: which one is under the point?
  for (const at of [caret.offset, caret.offset - 1]) {
    if (at < 0 || at >= /** @type {Text} */ (node).length) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (x < left - 1 || x > right + 1 || y < top - 1 || y > bottom + 1) continue;
      const marks = article.marks.at(node, at);
      return marks.length > 0 ? { article, marks } : null;
    }
  }
  return null;
}

/**
 * The box of the sentences that a mark touches.
 * @param {Mark} mark
 * @returns {DOMRect | null} none when the mark is gone
 */
export function sentenceBox(mark) {
  const range = rangeOf(mark);
  if (!range) return null;
  const block = blockOf(range.startContainer);
  const whole = document.createRange();
  whole.selectNodeContents(block);
  const texts = textsOf(whole);
  const text = texts
    .map((node) => node.data)
    .join('')
    .slice(0, LONGEST);
  /** @param {Node} node @param {number} offset */
  const position = (node, offset) => {
    let before = 0;
    for (const other of texts) {
      if (other === node) return before + offset;
      before += other.length;
    }
    return -1;
  };
  const from = position(range.startContainer, range.startOffset);
  let to = position(range.endContainer, range.endOffset);
  if (to < 0) to = text.length;
  if (from >= 0 && from < text.length) {
    const sentences = [
      ...new Intl.Segmenter(document.documentElement.lang || 'en', { granularity: 'sentence' }).segment(text),
    ];
    const first = sentences.findLast(({ index }) => index <= from);
    const last = sentences.find(({ index, segment }) => index + segment.length >= to);
    if (first) setAt(range, 'setStart', texts, first.index);
    if (last && block.contains(range.endContainer)) {
      setAt(range, 'setEnd', texts, last.index + last.segment.trimEnd().length);
    }
  }
  return range.getBoundingClientRect();
}

/** @param {Range} range @param {'setStart' | 'setEnd'} which @param {Text[]} texts @param {number} at */
function setAt(range, which, texts, at) {
  let before = 0;
  for (const node of texts) {
    if (at <= before + node.length && (which === 'setEnd' || at < before + node.length)) {
      range[which](node, at - before);
      return;
    }
    before += node.length;
  }
}

/** @param {Range} range @returns {Text[]} */
function textsOf(range) {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const texts = [];
  let length = 0;
  for (let node = walker.nextNode(); node && length < LONGEST; node = walker.nextNode()) {
    texts.push(/** @type {Text} */ (node));
    length += /** @type {Text} */ (node).length;
  }
  return texts;
}

/** The nearest element around that is not inline. @param {Node} node @returns {Element} */
function blockOf(node) {
  let at = node.parentElement ?? document.body;
  while (at.parentElement && at !== document.body && getComputedStyle(at).display.startsWith('inline'))
    at = at.parentElement;
  return at;
}

/**
 * Brings a mark into view, a third from the top.
 * @param {Mark} mark
 * @returns {boolean} whether it is still there
 */
export function goTo(mark) {
  const range = rangeOf(mark);
  const element = range?.startContainer.parentElement;
  if (!range || !element) return false;
  const scroller = scrollerOf(element);
  if (scroller !== document.scrollingElement) scroller.scrollIntoView({ block: 'nearest' });
  const { top } = range.getBoundingClientRect();
  const smooth =
    matchMedia('(prefers-reduced-motion: no-preference)').matches && Math.abs(top) < innerHeight * 3;
  scroller.scrollBy({ top: top - innerHeight / 3, behavior: smooth ? 'smooth' : 'instant' });
  return true;
}

/** Room that a card needs at least, in CSS pixels. */
const LEAST = 110;

/**
 * Where a card of a size goes: below the sentence, above it, beside it; never over it, as long as
 * the sentence leaves any room at all.
 * @param {DOMRect} box the sentence's
 * @param {DOMRect} mark the mark's own
 * @param {number} width
 * @param {number} height
 * @param {DOMRect | undefined} panel the open panel's, which the card keeps clear of
 * @returns {{ left: number, top: number, height: number }} `height`: what it may take
 */
export function placeCard(box, mark, width, height, panel) {
  const gap = 8;
  const edge = 12;
  const { clientWidth, clientHeight } = document.documentElement;
  // On a window too narrow for both, the card lies over the panel.
  const room = panel && clientWidth - panel.width >= width + 2 * edge ? panel : undefined;
  const from = room && room.left <= 0 ? room.right : 0;
  const to = room && room.left > 0 ? room.left : clientWidth;
  const left = Math.max(from + edge, Math.min(mark.left, to - width - edge));
  const below = clientHeight - edge - Math.max(box.bottom + gap, edge);
  const above = Math.min(box.top - gap, clientHeight - edge) - edge;
  if (below >= height) return { left, top: Math.max(box.bottom + gap, edge), height };
  if (above >= height) return { left, top: edge + above - height, height };
  const top = Math.max(edge, Math.min(mark.top, clientHeight - height - edge));
  if (box.right + gap + width <= to) return { left: box.right + gap, top, height };
  if (box.left - gap - width >= from) return { left: box.left - gap - width, top, height };
  const most = Math.max(below, above, LEAST);
  return {
    left,
    top: below >= above ? clientHeight - edge - most : Math.max(edge, edge + above - most),
    height: most,
  };
}
