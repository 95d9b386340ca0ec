/** The same words side by side: as they stand here and as another outlet has them. */

import { h, secret, t } from './dom.js';
import { isClear } from './paint.js';

/** @import { Article } from './article.js' */
/** @import { Related, SameQuote } from '../protocol.js' */
/** @import { View } from './view.js' */

/** Words of a quotation that are compared; longer ones are shown without. */
const LONGEST = 400;

/**
 * @param {Article} article
 * @param {SameQuote} same
 * @param {Related} visit
 * @param {View} view
 */
export function pairs(article, same, visit, view) {
  const here = article.words(same.quote);
  const quote = article.reading.quotes[same.quote];
  const speaker = quote && isClear(quote) ? (article.reading.actors[quote.speaker ?? -1]?.name ?? '') : '';
  const [left, right] = compare(here, same.text);
  return h(
    'figure',
    { class: 'pair' },
    secret(t(`relation_${same.relation}`), 'figcaption'),
    h(
      'div',
      {},
      h('b', { class: 'head' }, [t('here'), speaker].filter(Boolean).join(' · ')),
      h(
        'button',
        { class: 'words', onclick: () => view.walk.toQuote(article, same.quote) },
        ...left.map(({ text, only }) => (only ? h('mark', {}, text) : text)),
      ),
    ),
    h(
      'div',
      {},
      secret([visit.outlet, same.speaker].filter(Boolean).join(' · '), 'b', { class: 'head' }),
      h('p', { class: 'words' }, ...right.map(({ text, only }) => secret(text, only ? 'mark' : 'span'))),
    ),
  );
}

/**
 * A run of words, and whether only this side has them.
 * @typedef {{ text: string, only: boolean }} Words
 */

/**
 * Tells what only one side has, by the longest common subsequence of words.
 * @param {string} a
 * @param {string} b
 * @returns {[Words[], Words[]]}
 */
export function compare(a, b) {
  const x = a.split(/(?<=\s)/);
  const y = b.split(/(?<=\s)/);
  if (x.length > LONGEST || y.length > LONGEST)
    return [[{ text: a, only: false }], [{ text: b, only: false }]];
  const [p, q] = [x.map(plain), y.map(plain)];
  const width = y.length + 1;
  /** Length of the longest common rest from word `i` of one and `j` of the other. */
  const best = new Uint16Array((x.length + 1) * width);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => best[i * width + j] ?? 0;
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) {
      best[i * width + j] = p[i] === q[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  /** @type {Set<number>} */
  const inA = new Set();
  /** @type {Set<number>} */
  const inB = new Set();
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    if (p[i] === q[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return [runs(x, inA), runs(y, inB)];
}

/** A word without marks and case. @param {string} word */
function plain(word) {
  return word.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** @param {string[]} words @param {Set<number>} common @returns {Words[]} */
function runs(words, common) {
  /** @type {Words[]} */
  const all = [];
  words.forEach((text, i) => {
    const only = !common.has(i) && plain(text) !== '';
    const last = all.at(-1);
    if (last?.only === only) last.text += text;
    else all.push({ text, only });
  });
  return all;
}
