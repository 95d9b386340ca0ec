/** Marks of a reading, tied to the page's text nodes and let go when the text under them changes. */

/** @import { PageReading } from '../protocol.js' */
/** @import { Snapshot } from './snapshot.js' */

/**
 * A run of one text node.
 * @typedef {object} Run
 * @property {Text} node
 * @property {number} from UTF-16 offset in its data
 * @property {number} to
 * @property {string} text what stands there
 */

/**
 * What one quotation, one mention or one run of doubtful words marks.
 * @typedef {object} Mark
 * @property {'quote' | 'actor' | 'doubtful'} kind
 * @property {number} index of the quotation, actor or run
 * @property {number} mention index; 0 for all but actors
 * @property {Run[]} runs in order
 */

/** Elements inside which nothing is marked. */
const CONTROLS = 'button, form, code, pre, input, select, textarea, [contenteditable], [role="button"]';

/** What the core's numbers say, and what lies over what. */
const KINDS = /** @type {const} */ (['quote', 'actor', 'doubtful']);

/** The marks of one reading. */
export class Marks {
  /**
   * @param {PageReading} answer
   * @param {Snapshot} snapshot
   */
  constructor({ marks, reading }, snapshot) {
    /** @type {(Mark | undefined)[]} */
    this.quotes = new Array(reading.quotes.length).fill(undefined);
    /** @type {Mark[][]} */
    this.actors = reading.actors.map(() => []);
    /** @type {(Mark | undefined)[]} */
    this.doubtful = new Array(reading.doubtful.length).fill(undefined);
    /** @type {Map<Text, { run: Run, mark: Mark }[]>} */
    this.byNode = new Map();
    const inControl = new Map();
    for (let i = 0; i + 6 <= marks.length; i += 6) {
      const [what, index, mention, node, from, to] = marks.slice(i, i + 6);
      const first = snapshot.nodes[node];
      const start = snapshot.records[node * 5 + 3];
      const expected = snapshot.text.slice(start + from, start + to);
      const kind = KINDS[what];
      let mark =
        kind === 'quote'
          ? this.quotes[index]
          : kind === 'actor'
            ? this.actors[index].at(-1)
            : this.doubtful[index];
      if (!mark || mark.mention !== mention) {
        mark = { kind, index, mention, runs: [] };
        if (kind === 'quote') this.quotes[index] = mark;
        else if (kind === 'actor') this.actors[index].push(mark);
        else this.doubtful[index] = mark;
      }
      for (const run of locate(first, from, to)) {
        const at = run.from - from + (run.before ?? 0);
        run.text = expected.slice(at, at + run.to - run.from);
        const parent = run.node.parentElement;
        if (!inControl.has(parent)) inControl.set(parent, parent?.closest(CONTROLS) != null);
        if (!holds(run) || inControl.get(parent)) continue;
        mark.runs.push(run);
        const list = this.byNode.get(run.node);
        if (list) list.push({ run, mark });
        else this.byNode.set(run.node, [{ run, mark }]);
      }
    }
  }

  /**
   * Lets go of every mark whose text is no longer there: a mark half gone would misquote.
   * @param {Iterable<Text>} nodes to look at
   * @returns {boolean} whether any went
   */
  check(nodes) {
    /** @type {Set<Text>} */
    const touched = new Set();
    for (const node of nodes) {
      for (const { run, mark } of this.byNode.get(node) ?? []) {
        if (mark.runs.length === 0 || holds(run)) continue;
        for (const other of mark.runs) touched.add(other.node);
        mark.runs = [];
      }
    }
    // Each node's list once, however many of its marks went.
    for (const node of touched) {
      const rest = (this.byNode.get(node) ?? []).filter(({ mark }) => mark.runs.length > 0);
      if (rest.length > 0) this.byNode.set(node, rest);
      else this.byNode.delete(node);
    }
    return touched.size > 0;
  }

  /**
   * The marks at a place in a text node, doubtful words before actors before quotations, the inner before the outer.
   * @param {Node} node
   * @param {number} offset of a character
   * @returns {Mark[]}
   */
  at(node, offset) {
    const list = this.byNode.get(/** @type {Text} */ (node)) ?? [];
    const hits = list.filter(({ run }) => run.from <= offset && offset < run.to).map(({ mark }) => mark);
    const depth = (/** @type {Mark} */ { kind }) => KINDS.length - KINDS.indexOf(kind);
    return hits.sort((a, b) => depth(a) - depth(b) || lengthOf(a) - lengthOf(b));
  }
}

/** @param {Mark} mark */
function lengthOf({ runs }) {
  return runs.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** @param {Run} run */
function holds({ node, from, to, text }) {
  return node.isConnected && node.data.slice(from, to) === text;
}

/**
 * A run of the page's text node in the document's own, where text side by side is several.
 * @param {Node} first
 * @param {number} from
 * @param {number} to
 * @returns {(Run & { before: number })[]} `before`: units of the text before the node
 */
function locate(first, from, to) {
  const runs = [];
  let before = 0;
  /** @type {Node | null} */
  let node = first;
  while (node && before < to) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = /** @type {Text} */ (node);
      const start = Math.max(from - before, 0);
      const end = Math.min(to - before, text.length);
      if (start < end) runs.push({ node: text, from: start, to: end, text: '', before });
      before += text.length;
    } else if (node.nodeType !== Node.COMMENT_NODE) {
      break;
    }
    node = node.nextSibling;
  }
  return runs;
}

/**
 * A live range over a mark's runs, from the first to the last.
 * @param {Mark} mark
 * @returns {Range | null} none when the mark is gone
 */
export function rangeOf({ runs }) {
  const first = runs[0];
  const last = runs.at(-1);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, first.from);
  range.setEnd(last.node, Math.min(last.to, last.node.length));
  return range;
}
