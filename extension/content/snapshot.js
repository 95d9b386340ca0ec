/**
 * Reads the document into flat columns, in one bounded walk that touches nothing.
 *
 * The shape is `Page` in src/page.rs; a test there holds the limits and lists here equal to the
 * core's.
 */

import { attributes } from './attributes.js';
import { breath, SLICE } from './slices.js';

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

const MAX_NODES = 150_000;
const MAX_TEXT = 4_000_000;
const MAX_DEPTH = 512;

/** UTF-16 units of attributes after which no more are kept: a guard, no real page comes near. */
const MAX_ATTRIBUTES = 8_000_000;

/** `page::HIDDEN`. */
const HIDDEN = 1;

const NO_PARENT = 0xffffffff;

/** Kinds of nodes: `Node.ELEMENT_NODE` and its like, which cost a look-up each time. */
const ELEMENT = 1;
const TEXT = 3;
const COMMENT = 8;

/** What is known of an element: that it is rendered or that it is not. */
const SEEN = 1;
const GONE = 2;
/** That it stands in what this extension cleared away: then visibility tells nothing. */
const OURS = 3;

/** Anything but white space. */
const WORD = /\S/;

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
  const root = walk.element(doc.documentElement, NO_PARENT);
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
    /** `SEEN`, `GONE` or 0: of each record what is known of it. */
    this.known = new Uint8Array(1 << 13);
    this.texts = '';
    this.attrs = '';
    /** @type {Map<string, number>} */
    this.names = new Map();
    this.cut = false;
  }

  /** @param {string} url @returns {Omit<Snapshot, 'ms' | 'slices'>} */
  finish(url) {
    return {
      url,
      text: this.texts,
      attrs: this.attrs,
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
    const { skip } = this;
    if (doc.head && !skip.has(doc.head)) this.head(doc.head, root);
    if (!doc.body) return;
    const body = this.element(doc.body, root);
    // What stands straight in the root or the body is never told from visibility.
    this.known[root] = SEEN;
    this.known[body] = SEEN;

    // What is still to be done on the way up: the next sibling, and where it belongs.
    /** @type {(Node | null)[]} */
    const nexts = [];
    /** @type {number[]} */
    const parents = [];
    /** @type {number[]} */
    const depths = [];
    /** @type {Node | null} */
    let node = doc.body.firstChild;
    let parent = body;
    let depth = 2;
    // Whether text, and after it nothing but comments, stands right before the node.
    let joined = false;
    const cleared = doc.querySelector(`[${CLEARED}]`) !== null;
    let until = performance.now() + SLICE;
    for (let steps = 1; ; steps++) {
      if (this.nodes.length >= MAX_NODES || this.texts.length >= MAX_TEXT) {
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
        depth = /** @type {number} */ (depths.pop());
        joined = false;
        continue;
      }
      /** @type {Node | null} */
      const sibling = node.nextSibling;
      const type = node.nodeType;
      if (type === TEXT) {
        this.text(/** @type {Text} */ (node), parent, joined);
        joined = true;
      } else if (type !== COMMENT) {
        joined = false;
      }
      if (type === ELEMENT && !(skip.size > 0 && skip.has(node))) {
        const element = /** @type {Element} */ (node);
        const name = element.localName;
        if (name === 'script') {
          this.script(/** @type {HTMLScriptElement} */ (element), parent, depth);
        } else if (!OMITTED.has(name)) {
          let index = parent;
          if (depth < MAX_DEPTH) {
            index = this.element(element, parent);
          } else {
            this.cut = true;
          }
          // Inside what we cleared away ourselves, visibility tells nothing.
          if (cleared && (this.known[parent] === OURS || element.hasAttribute(CLEARED)))
            this.known[index] = OURS;
          const first = element.firstChild;
          const shadow = element.shadowRoot?.firstChild ?? null;
          if ((first || shadow) && !HOLLOW.has(name)) {
            nexts.push(sibling);
            parents.push(parent);
            depths.push(depth++);
            parent = index;
            if (shadow) {
              nexts.push(first);
              parents.push(index);
              depths.push(depth);
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
    const index = this.element(head, root);
    for (let node = head.firstElementChild; node; node = node.nextElementSibling) {
      if (!IN_HEAD.has(node.localName) || this.nodes.length >= MAX_NODES) continue;
      if (node.localName === 'script') {
        this.script(/** @type {HTMLScriptElement} */ (node), index, 2);
        continue;
      }
      const at = this.element(node, index);
      this.known[at] = SEEN;
      if (node.firstChild?.nodeType === TEXT) {
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
    const index = this.element(script, parent);
    this.known[index] = SEEN;
    if (script.firstChild?.nodeType === TEXT) {
      this.text(/** @type {Text} */ (script.firstChild), index, false);
    }
  }

  /**
   * @param {Node} node
   * @param {number} parent
   * @param {number} name
   * @param {number} from
   * @param {number} to
   */
  record(node, parent, name, from, to) {
    const index = this.nodes.length;
    const at = index * 5;
    if (at + 5 > this.records.length) {
      const wider = new Uint32Array(this.records.length * 2);
      wider.set(this.records);
      this.records = wider;
      const more = new Uint8Array(wider.length);
      more.set(this.known);
      this.known = more;
    }
    const { records } = this;
    records[at] = parent;
    records[at + 1] = name;
    records[at + 3] = from;
    records[at + 4] = to;
    this.nodes.push(node);
    return index;
  }

  /**
   * @param {Text} node
   * @param {number} parent
   * @param {boolean} joined whether text stands right before it
   */
  text(node, parent, joined) {
    let { data } = node;
    if (data === '') return;
    const from = this.texts.length;
    if (from + data.length > MAX_TEXT) {
      let end = MAX_TEXT - from;
      // Not between the halves of a character.
      if (end > 0 && (data.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
      data = data.slice(0, end);
      this.cut = true;
      if (data === '') return;
    }
    this.texts += data;
    const to = this.texts.length;
    // Only of what holds words it matters whether it is rendered.
    if (this.known[parent] === 0 && WORD.test(data)) this.look(parent);
    const last = this.nodes.length - 1;
    // Text side by side, comments aside, is one node of the page.
    if (joined && this.records[last * 5] === parent && this.records[last * 5 + 1] === 0) {
      this.records[last * 5 + 4] = to;
      return;
    }
    this.record(node, parent, 0, from, to);
  }

  /**
   * @param {Element} element @param {number} parent
   */
  element(element, parent) {
    const name = element.localName;
    let number = this.names.get(name);
    if (number === undefined) {
      number = this.names.size + 1;
      this.names.set(name, number);
    }
    const from = this.attrs.length;
    if (element.hasAttributes() && from < MAX_ATTRIBUTES) this.attrs += attributes(element, name);
    return this.record(element, parent, number, from, this.attrs.length);
  }

  /**
   * Finds out whether an element is rendered, and marks the outermost around it that is not. What holds
   * rendered text is rendered, so few elements have to be asked.
   * @param {number} index of its record
   */
  look(index) {
    const { known, records, nodes } = this;
    /** @type {number[]} */
    const chain = [];
    let at = index;
    while (known[at] === 0) {
      chain.push(at);
      at = records[at * 5] ?? 0;
    }
    const rendered = (/** @type {number} */ i) => /** @type {Element} */ (nodes[i]).checkVisibility();
    let state = known[at] === GONE ? GONE : SEEN;
    if (state === SEEN && !rendered(index)) {
      // From the outermost inwards: that which is gone while all around it is there.
      const outer = chain.findLastIndex((i) => !rendered(i) && !boxless(/** @type {Element} */ (nodes[i])));
      for (const i of chain.splice(outer + 1)) known[i] = SEEN;
      const root = chain.at(-1);
      if (root !== undefined) {
        records[root * 5 + 2] = HIDDEN;
        state = GONE;
      }
    }
    for (const i of chain) known[i] = state;
  }
}

/** Whether an element has no box of its own while what it holds is rendered. @param {Element} element */
function boxless(element) {
  return getComputedStyle(element).display === 'contents';
}
