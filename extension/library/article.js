/** One article: what was kept of it, what belongs with it, and setting it right. */

import { counted, h, t } from '../content/dom.js';
import { about, card, dateOf, isWeb, person, quotation } from './parts.js';

/** @import { SavedQuote } from '../store/visit.js' */
/** @import { Place } from './parts.js' */
/** @import { Belonging, Shown } from './shelf.js' */

/** @param {Place} place @returns {Promise<Node[]>} */
export async function drawArticle(place) {
  const { shelf, rest } = place;
  const [shown] = await shelf.shown([rest]);
  if (!shown) return [h('p', { class: 'note' }, t('libGone'))];
  const { visit } = shown;
  const [pinned] = await shelf.store.pinned([rest]);
  const belonging = await shelf.belonging(shown);
  const story = belonging.filter((b) => b.tier !== 'same_people');
  const people = visit.actors.filter((a) => a.type === 'person').sort((a, b) => b.mentions - a.mentions);
  const others = visit.actors.filter((a) => a.type !== 'person').sort((a, b) => b.mentions - a.mentions);
  return [
    h(
      'article',
      { class: 'card page' },
      about(visit),
      h('h1', {}, visit.title || visit.url),
      h(
        'p',
        { class: 'actions' },
        isWeb(visit.url)
          ? h(
              'a',
              { class: 'button first', href: visit.url, target: '_blank', rel: 'noopener noreferrer' },
              t('libOpen'),
            )
          : null,
        story.length
          ? h('a', { class: 'button', href: `#/story/${rest}` }, counted('libStory', story.length + 1))
          : null,
        h(
          'button',
          {
            class: 'button',
            'aria-pressed': String(pinned),
            onclick: async () => {
              await shelf.store.pin(rest, !pinned);
              place.say(t(pinned ? 'libUnpinned' : 'libPinned'));
              await place.again();
            },
          },
          t(pinned ? 'libUnpin' : 'libPin'),
        ),
        h('button', { class: 'button bad', onclick: () => remove(place, shown) }, t('libDelete')),
      ),
      h(
        'p',
        { class: 'soft small' },
        t('libReadOn', dateOf({ ...visit, published: new Date(visit.visited).toISOString() })),
      ),
      h('h2', {}, t('whoSaidWhat')),
      visit.quotes.length
        ? h(
            'div',
            { class: 'quotes' },
            ...visit.quotes.map((q, i) => quotation(visit, q, place.say, ...tools(place, shown, q, i))),
          )
        : h('p', { class: 'soft' }, t('noQuotes')),
      h('h2', {}, t('whoIsNamed')),
      h(
        'ul',
        { class: 'names' },
        ...people.map((a) => h('li', {}, person(a), h('span', { class: 'soft small' }, ` ${a.mentions}`))),
        ...others.map((a) => h('li', { class: 'soft' }, a.name)),
      ),
    ),
    ...(await related(place, story, 'libSameStory')),
    ...(await related(
      place,
      belonging.filter((b) => b.tier === 'same_people'),
      'libSamePeople',
    )),
  ];
}

/** @param {Place} place @param {Belonging[]} belonging @param {string} title */
async function related({ shelf }, belonging, title) {
  if (!belonging.length) return [];
  const shown = await shelf.shown(belonging.slice(0, 20).map((b) => b.key));
  return [
    h('h2', {}, t(title)),
    h(
      'ol',
      { class: 'list' },
      ...shown.map((s) => {
        const why = belonging.find((b) => b.key === s.key);
        const item = card(s);
        const words = [...(why?.people ?? []), ...(why?.words ?? [])].slice(0, 8).join(', ');
        if (why?.wire) item.append(h('p', { class: 'small' }, t('libWire')));
        if (words) item.append(h('p', { class: 'soft small' }, t('libShared', words)));
        return item;
      }),
    ),
  ];
}

/** @param {Place} place @param {Shown} shown @param {SavedQuote} quote @param {number} index @returns {Node[]} */
function tools(place, { key, visit }, quote, index) {
  const select = h(
    'select',
    {
      class: 'link',
      'aria-label': t('setSpeaker'),
      onchange: async (event) => {
        const speaker = /** @type {HTMLSelectElement} */ (event.target).value;
        await place.shelf.store.correct(visit.id, { quote: quote.text, speaker });
        place.say(t('libCorrected'));
        await place.again();
      },
    },
    h('option', { value: '', selected: !quote.speaker }, t('speakerUnclear')),
    ...speakers(visit.actors, quote.speaker).map((name) =>
      h('option', { value: name, selected: name === quote.speaker }, name),
    ),
  );
  const gone = h(
    'button',
    {
      class: 'link',
      onclick: async () => {
        await place.shelf.store.revise(key, { ...visit, quotes: visit.quotes.filter((_, i) => i !== index) });
        place.say(t('libQuoteGone'), async () => {
          await place.shelf.store.revise(key, visit);
          await place.again();
        });
        await place.again();
      },
    },
    t('libDelete'),
  );
  return [select, gone];
}

/** @param {{ name: string, type: string }[]} actors @param {string} now */
function speakers(actors, now) {
  const names = actors.filter((a) => a.type === 'person' || a.type === 'organisation').map((a) => a.name);
  if (now && !names.includes(now)) names.unshift(now);
  return [...new Set(names)];
}

/** @param {Place} place @param {Shown} shown */
async function remove(place, { key, json }) {
  const whole = place.shelf.store.whole(json);
  await place.shelf.store.remove([key]);
  await place.shelf.sync();
  location.hash = '#/';
  place.say(t('libDeleted'), async () => {
    await place.shelf.store.add([whole]);
    await place.shelf.sync();
    location.hash = `#/article/${key}`;
  });
}
