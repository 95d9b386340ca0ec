/** One article of the page as it was read: the reading, its marks, and what the reader set right. */

import { Marks } from './marks.js';
import { FURNITURE } from '../protocol.js';

/** @import { Correction, FurnitureKind, PageReading, Related } from '../protocol.js' */
/** @import { Mark } from './marks.js' */
/** @import { Snapshot } from './snapshot.js' */

export class Article {
  /**
   * @param {PageReading} answer
   * @param {Snapshot} snapshot
   * @param {Correction[]} corrections
   */
  constructor(answer, snapshot, corrections) {
    this.url = snapshot.url;
    this.reading = answer.reading;
    this.visit = answer.visit;
    this.marks = new Marks(answer, snapshot);
    /** Elements of the article's blocks. @type {Element[]} */
    this.blocks = [...new Set(answer.blocks)].flatMap((i) => snapshot.nodes[i] ?? []).filter(isElement);
    /** @type {[Element, FurnitureKind][]} */
    this.furniture = [];
    /** Roots of furniture with very much below them. @type {Element[]} */
    this.large = [];
    /** Furniture that stands bare among the article's text. @type {Text[]} */
    this.bare = [];
    for (let i = 0; i + 2 <= answer.furniture.length; i += 2) {
      const root = snapshot.nodes[answer.furniture[i] ?? -1];
      if (root instanceof Text) this.bare.push(root);
      else if (root && isElement(root)) {
        this.furniture.push([root, FURNITURE[answer.furniture[i + 1] ?? -1] ?? 'other']);
        if (isLarge(snapshot, answer.furniture[i] ?? 0)) this.large.push(root);
      }
    }
    /** @type {Related[]} */
    this.related = [];
    /** Quotations whose speaker the reader set. @type {Set<number>} */
    this.corrected = new Set();
    for (const { quote, speaker } of corrections) this.correctAll(quote, speaker);
  }

  /** The words of a quotation. @param {number} index */
  words(index) {
    const quote = this.reading.quotes[index];
    return quote ? this.reading.text.slice(quote.start, quote.end).replace(/\s+/g, ' ') : '';
  }

  /**
   * Sets a speaker.
   * @param {number} index of the quotation
   * @param {number | null} actor none: the speaker is unclear
   */
  correct(index, actor) {
    const quote = this.reading.quotes[index];
    if (!quote) return;
    quote.speaker = actor;
    quote.confidence = actor === null ? 0 : 1;
    this.corrected.add(index);
  }

  /** @param {string} words @param {string} name */
  correctAll(words, name) {
    const actor = this.reading.actors.find((other) => other.name === name);
    if (name !== '' && !actor) return;
    this.reading.quotes.forEach((_, i) => {
      if (this.words(i) === words) this.correct(i, actor?.id ?? null);
    });
  }

  /** The marks that belong with one: all mentions of an actor, a quotation alone. @param {Mark} mark */
  alike(mark) {
    return mark.kind === 'actor' ? (this.marks.actors[mark.index] ?? []) : [mark];
  }

  /** The innermost quotation around a mention. @param {Mark} mark @returns {number | null} */
  quoteAround(mark) {
    const mention = this.reading.actors[mark.index]?.mentions[mark.mention];
    if (!mention) return null;
    const around = this.reading.quotes.findLastIndex(
      ({ start, end, kind }) => kind !== 'indirect' && start <= mention.start && mention.end <= end,
    );
    return around < 0 ? null : around;
  }

  /** Whether most of it still stands in the page. */
  get stands() {
    const there = this.blocks.filter((block) => block.isConnected).length;
    return this.blocks.length > 0 && there * 2 > this.blocks.length;
  }
}

/** Nodes below a root that make clearing it a matter of its own. */
const LARGE = 2000;

/** Whether more than that stands below a node: then the node that many places on still does. @param {Snapshot} snapshot @param {number} root */
function isLarge({ records, nodes }, root) {
  let at = root + LARGE;
  if (at >= nodes.length) return false;
  // Parents stand before their children.
  while (at > root) at = records[at * 5] ?? 0;
  return at === root;
}

/** @param {Node} node @returns {node is Element} */
function isElement(node) {
  return node.nodeType === Node.ELEMENT_NODE;
}
