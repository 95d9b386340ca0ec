/** Who is named across the library, and what each said where. */

import { counted, h, t } from '../content/dom.js';
import { dateOf, headline, quotation, timeOf } from './parts.js';
import { personOf } from '../wasm/quoth.js';

/** @import { Place } from './parts.js' */

/** Persons and articles shown at once. */
const MANY = 200;

let prefix = '';

/** @param {Place} place @returns {Promise<Node[]>} */
export async function drawPeople({ shelf }) {
  const list = h('ul', { class: 'people' });
  const empty = h('p', { class: 'soft' }, t('libNoPeople'));
  const show = () => {
    const people = shelf.people(prefix, MANY);
    empty.hidden = people.length > 0;
    list.replaceChildren(
      ...people.map(({ key, name, visits }) =>
        h(
          'li',
          {},
          h(
            'a',
            { class: 'card', href: `#/person/${encodeURIComponent(key)}` },
            h('b', {}, nameOf(name || key)),
            h('span', { class: 'soft small' }, counted('libArticle', visits)),
          ),
        ),
      ),
    );
  };
  const input = h('input', {
    type: 'search',
    value: prefix,
    placeholder: t('libFindPerson'),
    'aria-label': t('libFindPerson'),
    autofocus: true,
    spellcheck: 'false',
    oninput: () => {
      prefix = /** @type {HTMLInputElement} */ (input).value;
      show();
    },
  });
  show();
  return [h('div', { class: 'search' }, input), empty, list];
}

/** A name in lower case, or who somebody is, until a record says how it is written. @param {string} name */
const nameOf = (name) =>
  name
    .replaceAll('_', ' ')
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase());

/** @param {Place} place @returns {Promise<Node[]>} */
export async function drawPerson({ shelf, rest, say }) {
  const { keys, total } = shelf.search(`@${rest}`, MANY);
  const shown = await shelf.shown(keys);
  shown.sort((a, b) => timeOf(b.visit) - timeOf(a.visit));
  const names = new Map();
  for (const { visit } of shown) {
    for (const a of visit.actors)
      if (personOf(a.name, a.key) === rest) names.set(a.name, (names.get(a.name) ?? 0) + 1);
  }
  const [name] = [...names].sort((a, b) => b[1] - a[1])[0] ?? [nameOf(rest)];
  let said = 0;
  const rows = shown.map((s) => {
    const quotes = s.visit.quotes.filter((q) => personOf(q.speaker, q.key) === rest);
    said += quotes.length;
    return h(
      'li',
      {},
      h('div', { class: 'when' }, h('time', {}, dateOf(s.visit)), h('b', {}, s.visit.outlet)),
      h(
        'div',
        { class: 'card' },
        headline(s),
        ...(quotes.length
          ? quotes.map((q) => quotation(s.visit, q, say))
          : [h('p', { class: 'soft small' }, t('libOnlyNamed'))]),
      ),
    );
  });
  return [
    h('h1', {}, name),
    h(
      'p',
      { class: 'soft' },
      `${counted('libArticle', total)} · ${counted('quotations', said)}`,
      names.size > 1 ? ` · ${t('libAlso', [...names.keys()].filter((n) => n !== name).join(', '))}` : '',
    ),
    h('ol', { class: 'timeline' }, ...rows),
  ];
}
