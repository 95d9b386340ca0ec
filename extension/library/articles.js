/** All articles, searched as one types. */

import { counted, h, t } from '../content/dom.js';
import { card } from './parts.js';

/** @import { Place } from './parts.js' */

/** Articles shown at once. */
const SOME = 40;

/** What was searched for last, kept while the page is open. */
let query = '';

/** @param {Place} place @returns {Promise<Node[]>} */
export async function drawArticles({ shelf, rest }) {
  if (rest) query = rest;
  const list = h('ol', { class: 'list' });
  const count = h('p', { class: 'soft small count', role: 'status' });
  const more = h('button', { class: 'button', onclick: () => show(shown + SOME) }, t('libMore'));
  let shown = SOME;
  let turn = 0;
  const show = async (/** @type {number} */ limit) => {
    shown = limit;
    const mine = ++turn;
    const { keys, total } = shelf.search(query, limit);
    const articles = await shelf.shown(keys);
    if (mine !== turn) return;
    list.replaceChildren(...articles.map(card));
    count.textContent = query.trim() ? counted('libFound', total) : total ? counted('libKept', total) : '';
    more.hidden = total <= limit;
    empty.hidden = total > 0;
    empty.replaceChildren(
      ...(query.trim()
        ? [h('p', {}, t('libNothing'))]
        : [h('h2', {}, t('libEmpty')), h('p', {}, t('libEmptyNote'))]),
    );
  };
  const input = h('input', {
    type: 'search',
    value: query,
    placeholder: t('libSearch'),
    'aria-label': t('libSearch'),
    autofocus: true,
    spellcheck: 'false',
    oninput: () => {
      query = /** @type {HTMLInputElement} */ (input).value;
      void show(SOME);
    },
  });
  const empty = h('div', { class: 'empty' });
  await show(SOME);
  return [
    h('div', { class: 'search' }, input, h('p', { class: 'soft small' }, t('libSearchNote'))),
    count,
    empty,
    list,
    more,
  ];
}
