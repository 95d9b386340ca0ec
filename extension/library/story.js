/** One story: which outlets told it when, and the same words side by side. */

import { counted, h, t } from '../content/dom.js';
import { chart } from './chart.js';
import { card, dateOf, person, timeOf, words } from './parts.js';

/** @import { Place } from './parts.js' */
/** @import { Shelf, Shown } from './shelf.js' */

/** @param {Place} place @returns {Promise<Node[]>} */
export async function drawStory({ shelf, rest }) {
  const [shown] = await shelf.shown([rest]);
  if (!shown) return [h('p', { class: 'note' }, t('libGone'))];
  const belonging = (await shelf.belonging(shown)).filter((b) => b.tier !== 'same_people');
  const all = [shown, ...(await shelf.shown(belonging.map((b) => b.key)))].sort(
    (a, b) => timeOf(a.visit) - timeOf(b.visit),
  );
  const outlets = new Set(all.map((s) => s.visit.outlet));
  const groups = shelf.sameWords(all);
  groups.sort((a, b) => b.length - a.length);
  return [
    h('h1', {}, shown.visit.title),
    h('p', { class: 'soft' }, `${counted('libArticle', all.length)} · ${counted('libOutlet', outlets.size)}`),
    h(
      'div',
      { class: 'card page' },
      chart(
        all.map((s) => ({
          outlet: s.visit.outlet || t('libNoOutlet'),
          when: timeOf(s.visit),
          title: s.visit.title,
          href: `#/article/${s.key}`,
          own: s.key === rest,
        })),
        t('libChart', outlets.size),
      ),
    ),
    h('h2', {}, t('libSameWords')),
    groups.length
      ? h('p', { class: 'soft small' }, t('libSameWordsNote'))
      : h('p', { class: 'soft' }, t('libNoSameWords')),
    ...groups.map((group) => wordings(shelf, all, group)),
    h('h2', {}, t('libArticles')),
    h('ol', { class: 'list' }, ...all.map(card)),
  ];
}

/**
 * An utterance as each outlet has it; what differs from the longest wording is marked.
 * @param {Shelf} shelf
 * @param {Shown[]} all
 * @param {{ visit: number, quote: number }[]} group
 */
function wordings(shelf, all, group) {
  const each = group.flatMap(({ visit, quote }) => {
    const shown = all[visit];
    const said = shown?.visit.quotes[quote];
    return shown && said ? [{ shown, said }] : [];
  });
  const count = (/** @type {string} */ text) => text.split(/\s+/).length;
  const longest = each.reduce((a, b) => (count(b.said.text) > count(a.said.text) ? b : a));
  const differ = each.some((e) => count(e.said.text) < count(longest.said.text));
  const named = each.find((e) => e.said.speaker)?.said;
  return h(
    'section',
    { class: 'card page utterance' },
    h(
      'p',
      {},
      named
        ? person({ name: named.speaker, key: named.key })
        : h('span', { class: 'unclear' }, t('speakerUnclear')),
    ),
    h(
      'div',
      { class: 'wordings' },
      ...each.map((e) =>
        h(
          'figure',
          {},
          h(
            'blockquote',
            {},
            ...(e === longest
              ? [words(e.said.text)]
              : shelf
                  .differing(words(e.said.text), longest.said.text)
                  .map((run) => (run.same ? run.text : h('mark', {}, run.text)))),
          ),
          h(
            'figcaption',
            { class: 'small' },
            h('a', { href: `#/article/${e.shown.key}` }, e.shown.visit.outlet),
            h('span', { class: 'soft' }, ` ${dateOf(e.shown.visit)}`),
            differ && e === longest ? h('span', { class: 'soft' }, ` · ${t('libLongest')}`) : null,
            e.said.headline ? h('span', { class: 'soft' }, ` · ${t('libHeadline')}`) : null,
          ),
        ),
      ),
    ),
  );
}
