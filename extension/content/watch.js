/**
 * Notices when the page changes under the marks: text that arrives late, the next article, another
 * address. Work is debounced and bounded, and nothing that we write ourselves wakes it.
 */

import { CLEARED } from './snapshot.js';

/** Milliseconds without a change before what changed is looked at. */
const QUIET = 250;

/** Milliseconds after which it is looked at however much goes on. */
const PATIENCE = 1500;

/** Changes kept for one look; beyond it everything counts as changed. */
const MOST = 500;

/** UTF-16 units of new text that are worth another reading. */
const GROWN = 200;

/**
 * What happened since the last look.
 * @typedef {object} Change
 * @property {Set<Text>} texts whose data changed
 * @property {boolean} removed something was taken out
 * @property {boolean} grown enough text came to read the page again
 * @property {boolean} another what came has a headline of its own
 * @property {boolean} moved the address is another
 */

export class Watch {
  /** @param {(change: Change) => void} tell */
  constructor(tell) {
    this.tell = tell;
    this.url = address();
    this.observer = new MutationObserver((records) => this.note(records));
    this.stopping = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.since = 0;
    /** @type {Set<Text>} */
    this.texts = new Set();
    this.removed = false;
    this.grown = 0;
    this.another = false;
    this.noted = 0;
  }

  start() {
    // Our host stands beside the body: what we show is never seen here.
    this.observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    this.observer.observe(document.documentElement, { childList: true });
    const { signal } = this.stopping;
    addEventListener('popstate', () => this.soon(), { signal });
    addEventListener('hashchange', () => this.soon(), { signal });
    const { navigation } = /** @type {{ navigation?: EventTarget }} */ (/** @type {unknown} */ (globalThis));
    navigation?.addEventListener('navigatesuccess', () => this.soon(), { signal });
  }

  stop() {
    this.observer.disconnect();
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  /** @param {MutationRecord[]} records */
  note(records) {
    let any = false;
    for (const record of records) {
      const { target } = record;
      if (target === document.documentElement) {
        // A new body is watched in place of the old one.
        if ([...record.addedNodes].some((node) => node === document.body)) {
          this.observer.observe(document.body, { childList: true, characterData: true, subtree: true });
          this.removed = true;
          any = true;
        }
        continue;
      }
      any = true;
      if (++this.noted > MOST) {
        this.removed = true;
        this.grown += lengthOf(record.addedNodes);
        continue;
      }
      const element = target instanceof Element ? target : target.parentElement;
      const away = element?.closest(`[${CLEARED}]`) != null;
      if (record.type === 'characterData') {
        const text = /** @type {Text} */ (target);
        // The observer may name one node many times; it is looked at once.
        if (!away && !this.texts.has(text)) this.grown += text.length;
        this.texts.add(text);
      } else {
        this.removed ||= record.removedNodes.length > 0;
        if (!away) {
          this.grown += lengthOf(record.addedNodes);
          this.another ||= [...record.addedNodes].some(hasHeadline);
        }
      }
    }
    if (any) this.soon();
  }

  soon() {
    const now = performance.now();
    if (this.timer === undefined) this.since = now;
    clearTimeout(this.timer);
    const wait = Math.max(0, Math.min(QUIET, this.since + PATIENCE - now));
    this.timer = setTimeout(() => this.look(), wait);
  }

  look() {
    this.timer = undefined;
    const url = address();
    const change = {
      texts: this.texts,
      removed: this.removed,
      grown: this.grown >= GROWN,
      another: this.another,
      moved: url !== this.url,
    };
    this.url = url;
    this.texts = new Set();
    this.removed = false;
    this.grown = 0;
    this.another = false;
    this.noted = 0;
    this.tell(change);
  }
}

/** The address without its fragment. */
export function address() {
  return location.href.split('#', 1)[0] ?? '';
}

/** @param {Node} node */
function hasHeadline(node) {
  return (
    node instanceof Element && (node.matches('article, h1') || node.querySelector('article, h1') !== null)
  );
}

/** @param {NodeList} nodes */
function lengthOf(nodes) {
  let length = 0;
  for (const node of nodes) {
    if (node.nodeType === Node.TEXT_NODE) length += node.nodeValue?.length ?? 0;
    else if (node instanceof HTMLElement && node.localName !== 'script' && node.localName !== 'style') {
      length += node.textContent?.length ?? 0;
    }
    if (length > GROWN) break;
  }
  return length;
}
