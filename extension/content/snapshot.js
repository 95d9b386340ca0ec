/**
 * Reads the document into flat columns, in one bounded walk that touches nothing.
 *
 * The shape is `Page` in src/page.rs; a test there holds the limits and lists here equal to the
 * core's.
 */

import { breath, SLICE } from './slices.js';

/** Attributes that are kept; `page::ATTRIBUTES`. */
const ATTRIBUTES = new Set([
  'alt',
  'aria-hidden',
  'aria-label',
  'aria-modal',
  'class',
  'content',
  'data-component',
  'data-name',
  'data-testid',
  'data-type',
  'datetime',
  'hidden',
  'href',
  'http-equiv',
  'id',
  'itemprop',
  'itemscope',
  'itemtype',
  'lang',
  'name',
  'property',
  'rel',
  'role',
  'src',
  'style',
  'title',
  'type',
]);

/** Elements kept without what they hold; `page::HOLLOW`. */
const HOLLOW = new Set([
  'audio',
  'canvas',
  'iframe',
  'noscript',
  'object',
  'select',
  'svg',
  'textarea',
  'video',
]);

/** Elements left out with all they hold. */
const OMITTED = new Set(['style', 'template']);

/** Elements of the head that are kept. */
const IN_HEAD = new Set(['title', 'meta', 'link', 'script']);

const MAX_ATTRIBUTE = 512;
const MAX_NODES = 150_000;
const MAX_TEXT = 4_000_000;
const MAX_DEPTH = 512;

/** UTF-16 units of attributes after which no more are kept: a guard, no real page comes near. */
const MAX_ATTRIBUTES = 8_000_000;

/** `page::HIDDEN`. */
const HIDDEN = 1;

const NO_PARENT = 0xffffffff;

/** Steps of the walk between two looks at the clock. */
const STEPS = 128;

/** The attribute on roots that this extension cleared away. */
export const CLEARED = 'data-quoth';

/**
 * A page's columns, and the nodes they were read from.
 * @typedef {object} Snapshot
 * @property {string} url
 * @property {string} text
 * @property {string} attrs
 * @property {string} names
 * @property {Uint32Array} records five a node
 * @property {boolean} cut a limit was reached
 * @property {Node[]} nodes the DOM node of each record; of text side by side, the first
 * @property {number} ms how long the walk held the page
 * @property {number} slices in how many pieces it was done
 */

/**
 * Reads a document.
 * @param {Document} doc
 * @param {object} [options]
 * @param {Set<Node>} [options.skip] subtrees that are not read: our own host, articles already read
 * @returns {Promise<Snapshot>}
 */
export async function snapshot(doc, { skip = new Set() } = {}) {
  const walk = new Walk(skip);
  const root = walk.element(doc.documentElement, NO_PARENT, false);
  let ms = 0;
  let slices = 0;
  const steps = walk.run(doc, root);
  for (;;) {
    const started = performance.now();
    const { done } = steps.next();
    ms += performance.now() - started;
    slices++;
    if (done) break;
    await breath();
  }
  if (slices > 1) await breath();
  const started = performance.now();
  const shot = walk.finish(doc.URL);
  return { ...shot, ms: ms + performance.now() - started, slices };
}

/** One walk over a document, and the columns it fills. */
class Walk {
  /** @param {Set<Node>} skip */
  constructor(skip) {
    this.skip = skip;
    /** @type {Node[]} */
    this.nodes = [];
    this.records = new Uint32Array(1 << 15);
    /** @type {string[]} */
    this.texts = [];
    this.textLength = 0;
    /** @type {string[]} */
    this.attrs = [];
    this.attrsLength = 0;
    /** @type {Map<string, number>} */
    this.names = new Map();
    this.cut = false;
  }

  /** @param {string} url @returns {Omit<Snapshot, 'ms' | 'slices'>} */
  finish(url) {
    return {
      url,
      text: this.texts.join(''),
      attrs: this.attrs.join(''),
      names: [...this.names.keys()].join('\n'),
      records: this.records.slice(0, this.nodes.length * 5),
      cut: this.cut,
      nodes: this.nodes,
    };
  }

  /**
   * Reads head and body. Stops between two nodes when a slice of time is used up.
   * @param {Document} doc
   * @param {number} root
   */
  *run(doc, root) {
    if (doc.head && !this.skip.has(doc.head)) this.head(doc.head, root);
    if (!doc.body) return;
    const body = this.element(doc.body, root, false);

    // What is still to be done on the way up: the next sibling, and where it belongs.
    /** @type {(Node | null)[]} */
    const nexts = [];
    /** @type {number[]} */
    const parents = [];
    /** @type {number[]} */
    const states = [];
    /** @type {Node | null} */
    let node = doc.body.firstChild;
    let parent = body;
    let depth = 2;
    let hidden = false;
    // Inside what we cleared away ourselves, visibility tells nothing.
    let ours = false;
    const cleared = doc.querySelector(`[${CLEARED}]`) !== null;
    let until = performance.now() + SLICE;
    for (let steps = 1; ; steps++) {
      if (this.nodes.length >= MAX_NODES || this.textLength >= MAX_TEXT) {
        this.cut ||= node !== null || nexts.some((next) => next !== null);
        return;
      }
      if (steps % STEPS === 0 && performance.now() > until) {
        yield;
        until = performance.now() + SLICE;
      }
      if (!node) {
        const next = nexts.pop();
        if (next === undefined) return;
        node = next;
        parent = /** @type {number} */ (parents.pop());
        const state = /** @type {number} */ (states.pop());
        hidden = (state & 1) !== 0;
        ours = (state & 2) !== 0;
        depth = state >> 2;
        continue;
      }
      /** @type {Node | null} */
      const sibling = node.nextSibling;
      if (node.nodeType === Node.TEXT_NODE) {
        this.text(/** @type {Text} */ (node), parent, hidden);
      } else if (node.nodeType === Node.ELEMENT_NODE && !this.skip.has(node)) {
        const element = /** @type {Element} */ (node);
        const name = element.localName;
        if (name === 'script') {
          this.script(/** @type {HTMLScriptElement} */ (element), parent, depth);
        } else if (!OMITTED.has(name)) {
          const first = element.firstChild;
          const shadow = element.shadowRoot?.firstChild ?? null;
          /** @type {boolean} */
          const mine = ours || (cleared && element.hasAttribute(CLEARED));
          /** @type {boolean} */
          const gone = hidden || (!mine && !element.checkVisibility());
          let index = parent;
          if (depth < MAX_DEPTH) {
            index = this.element(element, parent, gone);
          } else {
            this.cut = true;
          }
          if (!HOLLOW.has(name) && (first || shadow)) {
            nexts.push(sibling);
            parents.push(parent);
            states.push((depth << 2) | (ours ? 2 : 0) | (hidden ? 1 : 0));
            depth++;
            parent = index;
            hidden = gone;
            ours = mine;
            if (shadow) {
              nexts.push(first);
              parents.push(index);
              states.push((depth << 2) | (ours ? 2 : 0) | (hidden ? 1 : 0));
            }
            node = shadow ?? first;
            continue;
          }
        }
      }
      node = sibling;
    }
  }

  /** @param {HTMLHeadElement} head @param {number} root */
  head(head, root) {
    const index = this.element(head, root, false);
    for (let node = head.firstElementChild; node; node = node.nextElementSibling) {
      if (!IN_HEAD.has(node.localName) || this.nodes.length >= MAX_NODES) continue;
      if (node.localName === 'script') {
        this.script(/** @type {HTMLScriptElement} */ (node), index, 2);
        continue;
      }
      const at = this.element(node, index, false);
      if (node.firstChild?.nodeType === Node.TEXT_NODE) {
        this.text(/** @type {Text} */ (node.firstChild), at, false);
      }
    }
  }

  /**
   * Of scripts, only linked data is kept.
   * @param {HTMLScriptElement} script @param {number} parent @param {number} depth
   */
  script(script, parent, depth) {
    if (script.type.trim().toLowerCase() !== 'application/ld+json' || depth >= MAX_DEPTH) return;
    const index = this.element(script, parent, false);
    if (script.firstChild?.nodeType === Node.TEXT_NODE) {
      this.text(/** @type {Text} */ (script.firstChild), index, false);
    }
  }

  /**
   * @param {Node} node
   * @param {number} parent
   * @param {number} name
   * @param {boolean} hidden
   * @param {number} from
   * @param {number} to
   */
  record(node, parent, name, hidden, from, to) {
    const at = this.nodes.length * 5;
    if (at + 5 > this.records.length) {
      const wider = new Uint32Array(this.records.length * 2);
      wider.set(this.records);
      this.records = wider;
    }
    const { records } = this;
    records[at] = parent;
    records[at + 1] = name;
    records[at + 2] = hidden ? HIDDEN : 0;
    records[at + 3] = from;
    records[at + 4] = to;
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  /** @param {Text} node @param {number} parent @param {boolean} hidden */
  text(node, parent, hidden) {
    let { data } = node;
    if (data === '') return;
    const from = this.textLength;
    if (from + data.length > MAX_TEXT) {
      let end = MAX_TEXT - from;
      // Not between the halves of a character.
      if (end > 0 && (data.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
      data = data.slice(0, end);
      this.textLength = MAX_TEXT;
      this.cut = true;
      if (data === '') return;
    } else {
      this.textLength = from + data.length;
    }
    this.texts.push(data);
    const last = this.nodes.length - 1;
    let before = node.previousSibling;
    while (before?.nodeType === Node.COMMENT_NODE) before = before.previousSibling;
    // Text side by side, comments aside, is one node of the page.
    if (
      before?.nodeType === Node.TEXT_NODE &&
      this.records[last * 5] === parent &&
      this.records[last * 5 + 1] === 0
    ) {
      this.records[last * 5 + 4] = from + data.length;
      return;
    }
    this.record(node, parent, 0, hidden, from, from + data.length);
  }

  /**
   * @param {Element} element @param {number} parent @param {boolean} hidden
   */
  element(element, parent, hidden) {
    const name = element.localName;
    let number = this.names.get(name);
    if (number === undefined) {
      number = this.names.size + 1;
      this.names.set(name, number);
    }
    const from = this.attrsLength;
    if (element.hasAttributes() && from < MAX_ATTRIBUTES) {
      const all = attributes(element, name);
      this.attrs.push(all);
      this.attrsLength += all.length;
    }
    return this.record(element, parent, number, hidden, from, this.attrsLength);
  }
}

/**
 * An element's kept attributes, joined.
 * @param {Element} element
 * @param {string} name the element's
 */
function attributes(element, name) {
  let all = '';
  for (const key of element.getAttributeNames()) {
    if (!ATTRIBUTES.has(key) || (key === 'src' && name === 'img')) continue;
    let value = element.getAttribute(key) ?? '';
    if (value.length > MAX_ATTRIBUTE) {
      const split = (value.charCodeAt(MAX_ATTRIBUTE - 1) & 0xfc00) === 0xd800;
      value = value.slice(0, split ? MAX_ATTRIBUTE - 1 : MAX_ATTRIBUTE);
    }
    if (value.includes('\u001f')) value = value.replaceAll('\u001f', ' ');
    all += all === '' ? `${key}=${value}` : `\u001f${key}=${value}`;
  }
  return all;
}
