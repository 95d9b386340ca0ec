/** The same words side by side: as they stand here and as another outlet has them. */

import { h, t } from './dom.js';
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
  const [left, right] = same.relation === 'exact' ? [[here], [same.text]] : compare(here, same.text);
  return h(
    'figure',
    { class: 'pair' },
    h('figcaption', {}, t(`relation_${same.relation}`)),
    h(
      'div',
      {},
      h('b', { class: 'head' }, [t('here'), speaker].filter(Boolean).join(' · ')),
      h('button', { class: 'words', onclick: () => view.visitQuote(article, same.quote) }, ...left),
    ),
    h(
      'div',
      {},
      h('b', { class: 'head' }, [visit.outlet, same.speaker].filter(Boolean).join(' · ')),
      h('p', { class: 'words' }, ...right),
    ),
  );
}

/**
 * Marks the words that only one side has, by the longest common subsequence of words.
 * @param {string} a
 * @param {string} b
 * @returns {[(Node | string)[], (Node | string)[]]}
 */
export function compare(a, b) {
  const x = a.split(/(?<=\s)/);
  const y = b.split(/(?<=\s)/);
  if (x.length > LONGEST || y.length > LONGEST) return [[a], [b]];
  const plain = (/** @type {string} */ word) => word.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
  const [p, q] = [x.map(plain), y.map(plain)];
  const width = y.length + 1;
  const best = new Uint16Array((x.length + 1) * width);
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) {
      best[i * width + j] =
        p[i] === q[j]
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  }
  const common = [new Set(), new Set()];
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    if (p[i] === q[j]) {
      common[0]?.add(i++);
      common[1]?.add(j++);
    } else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  const show = (/** @type {string[]} */ words, /** @type {Set<unknown> | undefined} */ same) =>
    words.map((word, i) => (same?.has(i) || plain(word) === '' ? word : h('mark', {}, word)));
  return [show(x, common[0]), show(y, common[1])];
}
