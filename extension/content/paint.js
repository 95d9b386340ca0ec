/**
 * Paints marks with the CSS Custom Highlight API alone: the page's nodes stay as they are.
 *
 * Only what stands in the page itself is painted. What comes from the reader's own history never
 * is, since a page can read the registry of highlights.
 */

import { COLOURS, groundOf } from './colours.js';
import { rangeOf } from './marks.js';
import { named, Sheet } from './sheet.js';

/** @import { Actor, Layers, Reading } from '../protocol.js' */
/** @import { Mark, Marks } from './marks.js' */
/** @import { Ground } from './colours.js' */

/** How many actors are marked while none is pointed at. */
const MAIN = 7;

const NAMES = /** @type {const} */ ([
  'quoth-quote',
  'quoth-unclear',
  'quoth-reported',
  'quoth-person',
  'quoth-organisation',
  'quoth-place',
  'quoth-other',
  'quoth-doubtful',
  'quoth-chosen',
  'quoth-gone',
]);

/** Those that tint and do not underline. @type {Set<string>} */
const TINTS = new Set(['quoth-quote', 'quoth-unclear', 'quoth-reported']);

const sheet = new Sheet();

/**
 * What is painted of one article.
 * @typedef {object} Painted
 * @property {Marks} marks
 * @property {Reading} reading
 * @property {Text[]} bare furniture without an element of its own
 */

/**
 * Paints articles; what was painted before goes.
 * @param {Painted[]} articles
 * @param {Layers} layers
 * @param {boolean} allMentions
 */
export function paint(articles, layers, allMentions) {
  /** @type {Map<string, Highlight>} */
  const painted = new Map();
  /** @param {string} name @param {Mark | undefined} mark */
  const add = (name, mark) => {
    const range = mark && rangeOf(mark);
    if (!range) return;
    let highlight = painted.get(name);
    if (!highlight) {
      highlight = new Highlight();
      painted.set(name, highlight);
    }
    for (const run of mark.runs) highlight.add(runRange(run));
  };
  for (const { marks, reading, bare } of articles) {
    const gone = layers.furniture ? bare.filter((node) => node.isConnected) : [];
    if (gone.length > 0) {
      const ranges = gone.map((node) => runRange({ node, from: 0, to: node.length }));
      painted.set('quoth-gone', new Highlight(...(painted.get('quoth-gone') ?? []), ...ranges));
    }
    if (layers.quotes) {
      reading.quotes.forEach((quote, i) => {
        const name = quote.kind === 'indirect' ? 'reported' : isClear(quote) ? 'quote' : 'unclear';
        add(`quoth-${name}`, marks.quotes[i]);
      });
    }
    if (layers.actors) {
      for (const mark of marks.doubtful) add('quoth-doubtful', mark);
      for (const actor of allMentions ? reading.actors : mainActors(reading.actors)) {
        const all = marks.actors[actor.id] ?? [];
        const named = all.filter((mark) => actor.mentions[mark.mention]?.form === 'name');
        for (const mark of allMentions ? named : [firstOf(named, reading)]) add(`quoth-${actor.type}`, mark);
      }
    }
  }
  for (const name of NAMES) {
    const highlight = painted.get(name);
    if (name === 'quoth-chosen') continue;
    if (highlight) {
      // Underlines over tints.
      highlight.priority = TINTS.has(name) ? 1 : 2;
      CSS.highlights.set(name, highlight);
    } else {
      CSS.highlights.delete(name);
    }
  }
  dress(articles);
}

/**
 * Gives the document the sheet that marks are painted by.
 * @param {Painted[]} articles
 */
export function dress(articles) {
  const first = articles[0]?.marks.byNode.keys().next().value;
  const marked = articles.flatMap(({ marks, bare }) => [...marks.byNode.keys(), ...bare]);
  const at = marked.map((node) => node.parentElement);
  sheet.write(
    rules(groundOf(first?.parentElement ?? document.body), (name) => named(at, `::highlight(quoth-${name})`)),
  );
  sheet.adopt();
}

/**
 * Shows where the chosen marks stand; none: takes that away.
 * @param {Mark[]} marks
 */
export function choose(marks) {
  const ranges = marks.flatMap(({ runs }) => runs.map(runRange));
  if (ranges.length === 0) {
    CSS.highlights.delete('quoth-chosen');
    return;
  }
  const highlight = new Highlight(...ranges);
  highlight.priority = 3;
  CSS.highlights.set('quoth-chosen', highlight);
}

/** Takes everything painted away. */
export function unpaint() {
  for (const name of NAMES) CSS.highlights.delete(name);
  sheet.disown();
}

/** Whether the core is sure enough to say who spoke. @param {{ speaker?: number | null }} quote */
export function isClear({ speaker }) {
  return speaker !== null && speaker !== undefined;
}

/** The actors the article is mostly about. @param {Actor[]} actors */
export function mainActors(actors) {
  const named = actors.filter((actor) => actor.mentions.some((m) => m.form === 'name'));
  return named
    .sort((a, b) => b.salience - a.salience || b.mentions.length - a.mentions.length)
    .slice(0, MAIN);
}

/** Kinds of blocks that are running text. */
const RUNNING = ['paragraph', 'list_item', 'quote'];

/**
 * The first mention in the running text, lest headline or captions be underlined.
 * @param {Mark[]} marks
 * @param {Reading} reading
 */
function firstOf(marks, reading) {
  const running = marks.find((mark) => {
    const at = reading.actors[mark.index]?.mentions[mark.mention]?.start ?? 0;
    const block = reading.blocks.find(({ start, end }) => start <= at && at < end);
    return mark.runs.length > 0 && block && RUNNING.includes(block.kind);
  });
  return running ?? marks[0];
}

/** @param {{ node: Text, from: number, to: number }} run */
function runRange({ node, from, to }) {
  const range = document.createRange();
  range.setStart(node, Math.min(from, node.length));
  range.setEnd(node, Math.min(to, node.length));
  return range;
}

/**
 * @param {Ground} ground
 * @param {(name: string) => string} of the selector of a highlight
 */
function rules(ground, of) {
  const { quote, unclear, chosen, person, organisation, place, other } = COLOURS[ground];
  return `
    ${of('quote')} { background-color: ${quote}; }
    ${of('unclear')}, ${of('reported')} { background-color: ${unclear}; }
    ${of('chosen')} { background-color: ${chosen}; }
    ${of('gone')} { color: transparent; }
    ${of('person')} { text-decoration: underline solid 2px ${person}; }
    ${of('organisation')} { text-decoration: underline dotted 2px ${organisation}; }
    ${of('place')} { text-decoration: underline wavy 1px ${place}; }
    ${of('other')} { text-decoration: underline dashed 1px ${other}; }
    ${of('doubtful')} { text-decoration: underline double 1px ${other}; }
    @media (forced-colors: active) {
      ${of('quote')} { background-color: Mark; color: MarkText; }
      ${of('unclear')}, ${of('reported')} { background-color: Canvas; text-decoration: underline dashed 2px CanvasText; }
      ${of('chosen')} { background-color: Highlight; color: HighlightText; }
      ${of('person')} { text-decoration: underline solid 2px LinkText; }
      ${of('organisation')} { text-decoration: underline dotted 2px LinkText; }
      ${of('place')} { text-decoration: underline wavy 1px LinkText; }
    }
    @media print {
      ${of('quote')} { background-color: transparent; text-decoration: underline solid 1px #777; }
      ${of('unclear')}, ${of('reported')} { background-color: transparent; text-decoration: underline dashed 1px #777; }
      ${of('chosen')} { background-color: transparent; }
    }`;
}
