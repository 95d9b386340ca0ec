/**
 * Clears furniture away in place: one attribute on each root, one sheet, nothing moved or removed,
 * and the line being read stays where it is.
 */

import { CLEARED } from './snapshot.js';
import { adopt, disown } from './sheet.js';

/** @import { FurnitureKind } from '../protocol.js' */

/** On the root element, while a scroll lock of the page is lifted. */
const UNLOCKED = 'data-quoth-unlocked';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  [${CLEARED}] { display: none !important; }
  html[${UNLOCKED}], html[${UNLOCKED}] > body {
    overflow: visible !important; position: static !important; height: auto !important;
    touch-action: auto !important;
  }`);

/** What is cleared away on one page. */
export class Clearing {
  constructor() {
    /** @type {Map<Element, FurnitureKind>} */
    this.roots = new Map();
    /** @type {Set<FurnitureKind>} */
    this.back = new Set();
    /** Elements above the article's blocks, and these: never to be cleared. @type {Set<Element>} */
    this.kept = new Set();
    /** The article's blocks, in order. @type {Set<Element>} */
    this.blocks = new Set();
    this.on = false;
  }

  /** How many roots of each kind there are. @returns {Partial<Record<FurnitureKind, number>>} */
  counts() {
    /** @type {Partial<Record<FurnitureKind, number>>} */
    const counts = {};
    for (const kind of this.roots.values()) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  }

  /** Holds an article's blocks to be kept. @param {Iterable<Element>} blocks */
  keep(blocks) {
    for (const block of blocks) {
      this.blocks.add(block);
      for (let at = /** @type {Element | null} */ (block); at && !this.kept.has(at); at = above(at))
        this.kept.add(at);
    }
  }

  /** Adds roots that are to be cleared; unsafe ones are left alone. @param {Iterable<[Element, FurnitureKind]>} roots */
  add(roots) {
    for (const [root, kind] of roots) {
      if (this.kept.has(root) || root === document.documentElement || root === document.body) continue;
      this.roots.set(root, kind);
    }
  }

  /**
   * Clears, or brings back, by what is switched on.
   * @param {boolean} on the layer
   * @param {Iterable<FurnitureKind>} back kinds that stay
   */
  apply(on, back) {
    this.on = on;
    this.back = new Set(back);
    keepingPlace(this.blocks, () => {
      for (const [root, kind] of this.roots) {
        if (!root.isConnected || this.kept.has(root)) {
          // Gone, or text of the article came into it since.
          root.removeAttribute(CLEARED);
          this.roots.delete(root);
        } else if (on && !this.back.has(kind)) {
          if (root.getAttribute(CLEARED) !== kind) root.setAttribute(CLEARED, kind);
        } else if (root.hasAttribute(CLEARED)) {
          root.removeAttribute(CLEARED);
        }
      }
      if (on && !this.back.has('overlay')) unlock();
      else document.documentElement.removeAttribute(UNLOCKED);
      if (on) adopt(sheet);
      else disown(sheet);
    });
  }

  /** Everything as it was. */
  restore() {
    this.apply(false, []);
    // A root that left the page and may come back carries nothing of ours.
    for (const root of this.roots.keys()) root.removeAttribute(CLEARED);
    this.roots.clear();
    this.kept.clear();
    this.blocks.clear();
  }
}

/** An element's parent, or the host of the shadow root it stands in. @param {Element} element */
function above(element) {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/**
 * Makes a change and keeps the first visible block of the article where it stood.
 * @param {Set<Element>} blocks of the article, in order
 * @param {() => void} change
 */
function keepingPlace(blocks, change) {
  const anchor = topmost(blocks);
  // At the very top nothing above can be lost.
  if (!anchor || scrollerOf(anchor).scrollTop === 0) {
    change();
    return;
  }
  const before = anchor.getBoundingClientRect().top;
  change();
  const moved = anchor.getBoundingClientRect().top - before;
  if (Math.abs(moved) < 1) return;
  scrollerOf(anchor).scrollBy({ top: moved, behavior: 'instant' });
}

/** The first of the article's blocks that can be seen. @param {Set<Element>} blocks in order */
function topmost(blocks) {
  for (const block of blocks) {
    const { top, bottom, height } = block.getBoundingClientRect();
    if (height > 0 && bottom > 0) return top < innerHeight ? block : null;
  }
  return null;
}

/** What scrolls an element. @param {Element} element */
export function scrollerOf(element) {
  for (
    let at = element.parentElement;
    at && at !== document.body && at !== document.documentElement;
    at = at.parentElement
  ) {
    if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY))
      return at;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Lifts a scroll lock that a banner left on a page longer than the window. */
function unlock() {
  const { documentElement: root, body } = document;
  if (root.hasAttribute(UNLOCKED) || !body) return;
  const locks = [root, body].some((element) => {
    const { overflowY, position } = getComputedStyle(element);
    return overflowY === 'hidden' || overflowY === 'clip' || (element === body && position === 'fixed');
  });
  if (locks && Math.max(root.scrollHeight, body.scrollHeight) > innerHeight + 100)
    root.setAttribute(UNLOCKED, '');
}

/**
 * Fixed and sticky elements that lie over what is seen: found by looking at points of the window,
 * not at every element's style.
 * @param {Set<Element>} kept
 * @param {Element} own our host
 * @returns {Element[]}
 */
export function overlays(kept, own) {
  const found = new Set();
  const columns = [0.05, 0.3, 0.5, 0.7, 0.95];
  const rows = [0.01, 0.06, 0.15, 0.3, 0.5, 0.7, 0.85, 0.94, 0.99];
  for (const row of rows) {
    for (const column of columns) {
      const hit = document.elementFromPoint(innerWidth * column, innerHeight * row);
      const root = hit && hit !== own && hovering(hit, kept);
      if (root) found.add(root);
    }
  }
  return [...found];
}

/** Whether an element lies across the window, as sticky headers do and figures that scroll along do not. @param {Element} element */
function isBar(element) {
  const { width, height } = element.getBoundingClientRect();
  return width >= innerWidth * 0.6 && height <= innerHeight * 0.4;
}

/** The outermost fixed or sticky element around one, below what is kept. @param {Element} element @param {Set<Element>} kept */
function hovering(element, kept) {
  let found = null;
  for (let at = /** @type {Element | null} */ (element); at && !kept.has(at); at = at.parentElement) {
    if (at.localName === 'td' || at.localName === 'th') return null;
    const { position } = getComputedStyle(at);
    if (position === 'fixed' || (position === 'sticky' && isBar(at))) found = at;
  }
  return found;
}
