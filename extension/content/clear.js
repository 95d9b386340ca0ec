/**
 * Clears furniture away in place: one attribute on each root, one sheet, nothing moved or removed,
 * and the line being read stays where it is.
 */

import { CLEARED } from './snapshot.js';
import { named, Sheet } from './sheet.js';
import { breath, SLICE } from './slices.js';

/** @import { FurnitureKind } from '../protocol.js' */

/** On the root element, while a scroll lock of the page is lifted. */
const UNLOCKED = 'data-quoth-unlocked';

/** On roots with very much below them, from one task before they are cleared. */
const LARGE = 'data-quoth-large';

/**
 * Not to display what is large takes a browser half a second for a hundred thousand nodes, in one go.
 * Chromium skips what it holds in no time; for Firefox that is more work still.
 */
const SKIPS = !CSS.supports('-moz-appearance', 'none');

const sheet = new Sheet();

/** @param {Iterable<Element>} roots @param {Iterable<Element>} large */
const rules = (roots, large) => `
  ${named(roots, `[${CLEARED}]:not([${LARGE}])`)} { display: none !important; }
  ${SKIPS ? skipping(large) : ''}
  html[${UNLOCKED}], html[${UNLOCKED}] > body {
    overflow: visible !important; position: static !important; height: auto !important;
    touch-action: auto !important;
  }`;

/** @param {Iterable<Element>} large */
const skipping = (large) => `
  ${named(large, `[${LARGE}]`)} { content-visibility: hidden !important; }
  ${named(large, `[${CLEARED}][${LARGE}]`)} {
    position: absolute !important; inset: auto !important;
    width: 0 !important; height: 0 !important; min-width: 0 !important; min-height: 0 !important;
    margin: 0 !important; border: 0 !important; padding: 0 !important; overflow: clip !important;
    background: none !important; box-shadow: none !important; outline: 0 !important;
  }`;

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
    /** Roots with very much below them. @type {Set<Element>} */
    this.large = new Set();
    /** Modal dialogs that were closed, by the root they went with. @type {Map<Element, HTMLDialogElement[]>} */
    this.closed = new Map();
    this.on = false;
    /** Counts changes: a later one ends an earlier one that is under way. */
    this.turn = 0;
    /** In how many slices the last change was made. */
    this.slices = 0;
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

  /**
   * Adds roots that are to be cleared; unsafe ones are left alone.
   * @param {Iterable<[Element, FurnitureKind]>} roots
   * @param {Iterable<Element>} [large] those with very much below them
   */
  add(roots, large = []) {
    for (const root of large) this.large.add(root);
    for (const [root, kind] of roots) {
      if (this.kept.has(root) || root === document.documentElement || root === document.body) continue;
      this.roots.set(root, kind);
    }
  }

  /**
   * Clears, or brings back, by what is switched on: at once on usual pages, in slices on large ones.
   * @param {boolean} on the layer
   * @param {Iterable<FurnitureKind>} back kinds that stay
   */
  async apply(on, back) {
    const turn = this.begin(on, back);
    if (on) sheet.write(rules(this.roots.keys(), this.large));
    if (on && this.large.size > 0 && sheet.adopt()) {
      // The browser looks at every element for a new sheet's sake.
      restyle();
      await breath();
    }
    if (on && SKIPS && turn === this.turn && this.skip()) {
      restyle();
      await breath();
    }
    const roots = [...this.roots];
    for (let at = 0; turn === this.turn; await breath()) {
      this.slices++;
      keepingPlace(this.blocks, () => {
        const until = performance.now() + SLICE;
        for (let n = 1; at < roots.length && (n % 32 > 0 || performance.now() < until); n++) {
          this.set(.../** @type {[Element, FurnitureKind]} */ (roots[at++]));
        }
        if (at === roots.length) this.finish();
      });
      if (at === roots.length) return;
    }
  }

  /** @param {boolean} on @param {Iterable<FurnitureKind>} back */
  begin(on, back) {
    this.on = on;
    this.back = new Set(back);
    this.slices = 0;
    return ++this.turn;
  }

  /**
   * Lets the browser skip what large roots hold, in a task of its own: to take them out of the flow
   * as well is then next to no work, while both at once are half as much again.
   * @returns {boolean} whether there were any
   */
  skip() {
    const roots = [...this.large].filter((root) => {
      const kind = this.roots.get(root);
      if (!kind || this.back.has(kind) || this.kept.has(root) || !root.isConnected) return false;
      return !root.hasAttribute(CLEARED) && isBlock(root);
    });
    if (roots.length === 0) return false;
    keepingPlace(this.blocks, () => {
      for (const root of roots) root.setAttribute(LARGE, '');
    });
    return true;
  }

  /** @param {Element} root @param {FurnitureKind} kind */
  set(root, kind) {
    if (!root.isConnected || this.kept.has(root)) {
      // Gone, or text of the article came into it since.
      this.uncover(root);
      this.roots.delete(root);
    } else if (this.on && !this.back.has(kind)) {
      if (root.getAttribute(CLEARED) === kind) return;
      root.setAttribute(CLEARED, kind);
      this.close(root);
    } else {
      this.uncover(root);
    }
  }

  /**
   * While a modal dialog is open nothing else can be clicked, selected or reached, also when it cannot
   * be seen: it is closed, as the reader's Escape would.
   * @param {Element} root
   */
  close(root) {
    const inside = root.querySelectorAll('dialog:modal');
    const open = /** @type {HTMLDialogElement[]} */ (
      root.matches('dialog:modal') ? [root, ...inside] : [...inside]
    );
    if (open.length === 0) return;
    this.closed.set(root, open);
    for (const dialog of open) dialog.close();
  }

  /** @param {Element} root */
  uncover(root) {
    root.removeAttribute(CLEARED);
    root.removeAttribute(LARGE);
    for (const dialog of this.closed.get(root) ?? []) {
      if (dialog.isConnected && !dialog.open) dialog.showModal();
    }
    this.closed.delete(root);
  }

  /** What concerns the page as a whole. */
  finish() {
    if (this.on && !this.back.has('overlay')) unlock();
    else document.documentElement.removeAttribute(UNLOCKED);
    if (this.on) sheet.adopt();
    else sheet.disown();
  }

  /** Everything as it was, at once. */
  restore() {
    this.begin(false, []);
    keepingPlace(this.blocks, () => {
      // Also a root that left the page and may come back carries nothing of ours.
      for (const root of this.roots.keys()) this.uncover(root);
      this.finish();
    });
    this.roots.clear();
    this.kept.clear();
    this.blocks.clear();
    this.large.clear();
  }
}

/** Has the browser look at the styles now, and not in the midst of what comes next. */
export function restyle() {
  document.documentElement.checkVisibility();
}

/** Whether an element is a box of its own, that can be taken out of the flow as it is. @param {Element} element */
function isBlock(element) {
  return /^(block|flex|grid|flow-root|list-item)$/.test(getComputedStyle(element).display);
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
 * @returns {Promise<Element[]>}
 */
export async function overlays(kept, own) {
  const found = new Set();
  let until = performance.now() + SLICE;
  const columns = [0.05, 0.3, 0.5, 0.7, 0.95];
  const rows = [0.01, 0.06, 0.15, 0.3, 0.5, 0.7, 0.85, 0.94, 0.99];
  for (const row of rows) {
    for (const column of columns) {
      if (performance.now() > until) {
        await breath();
        until = performance.now() + SLICE;
      }
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
