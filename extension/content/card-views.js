/** What stands on a card. */

import { counted, day, drawing, h, secret, t } from './dom.js';
import { isClear } from './paint.js';

/** @import { Article } from './article.js' */
/** @import { Cards } from './cards.js' */
/** @import { Mark } from './marks.js' */
/** @import { Quote } from '../protocol.js' */

const CLOSE = 'M4 4l8 8M12 4l-8 8';
const BACK = 'M10 3L5 8l5 5';
const ON = 'M6 3l5 5-5 5';

/** Quotations that an actor's card lists. */
const SAID = 3;

/**
 * @param {Article} article
 * @param {Mark} mark
 * @param {Cards} cards
 */
export function actorCard(article, mark, cards) {
  const { reading, marks } = article;
  const actor = reading.actors[mark.index];
  if (!actor) return h('div');
  const said = reading.quotes.flatMap((quote, i) => (quote.speaker === actor.id ? [i] : []));
  const around = article.quoteAround(mark);
  const places = (marks.actors[actor.id] ?? []).filter(({ runs }) => runs.length > 0);
  const step = (/** @type {number} */ by) => {
    const next = places[(places.indexOf(mark) + by + places.length) % places.length];
    if (next) cards.view.walk.to(article, next);
  };
  const titles = actor.titles.slice(0, 3).join(' · ');
  const aliases = actor.aliases
    .filter((alias) => alias !== actor.name)
    .slice(0, 3)
    .join(', ');
  return h(
    'div',
    { class: 'body', 'data-label': actor.name },
    heading(
      cards,
      h('h2', {}, actor.name),
      h(
        'p',
        {},
        h('span', { class: `type ${actor.type}` }, t(`type_${actor.type}`)),
        titles && h('span', { class: 'small soft' }, ` · ${titles}`),
      ),
    ),
    aliases && h('p', { class: 'small soft' }, t('alsoCalled', aliases)),
    said.length > 0 &&
      h(
        'div',
        {},
        h('p', { class: 'small soft' }, t('saysHere')),
        h('ul', { class: 'said' }, ...said.slice(0, SAID).map((i) => saying(article, i, cards))),
      ),
    said.length > SAID &&
      h(
        'button',
        { class: 'small soft', onclick: () => cards.view.openPanel() },
        counted('moreQuotes', said.length - SAID),
      ),
    h(
      'div',
      { class: 'foot' },
      h('span', {}, counted('mentionsHere', actor.mentions.length)),
      around !== null &&
        h('button', { onclick: () => cards.view.walk.toQuote(article, around) }, t('partOfQuote')),
      places.length > 1 && steps(step),
    ),
  );
}

/**
 * Of words that may not be the article's own.
 * @param {Article} article
 * @param {Mark} mark
 * @param {Cards} cards
 */
export function doubtfulCard({ reading }, mark, cards) {
  const run = reading.doubtful[mark.index];
  const words = run ? reading.text.slice(run.start, run.end) : '';
  return h(
    'div',
    { class: 'body', 'data-label': t('doubtful') },
    heading(cards, h('h2', {}, t('doubtful')), h('p', { class: 'small soft' }, words)),
    h('p', {}, t('doubtfulNote')),
  );
}

/**
 * @param {Article} article
 * @param {Mark} mark
 * @param {Cards} cards
 */
export function quoteCard(article, mark, cards) {
  const quote = article.reading.quotes[mark.index];
  if (!quote) return h('div');
  const clear = isClear(quote);
  const speaker = clear ? article.reading.actors[/** @type {number} */ (quote.speaker)] : undefined;
  const name = speaker?.name ?? t('speakerUnclear');
  const corrected = article.corrected.has(mark.index);
  const same = article.related.flatMap((visit) =>
    visit.same_quotes.filter(({ quote: here }) => here === mark.index).map((other) => ({ visit, other })),
  );
  const cue = quote.cue ? article.reading.text.slice(quote.cue.start, quote.cue.end) : '';
  return h(
    'div',
    { class: clear ? 'body' : 'body unclear', 'data-label': t('quotationBy', name) },
    heading(
      cards,
      h('h2', {}, name),
      speaker &&
        speaker.titles.length > 0 &&
        h('p', { class: 'small soft' }, speaker.titles.slice(0, 3).join(' · ')),
    ),
    clear &&
      h(
        'p',
        { class: 'sure' },
        meter(quote.confidence),
        corrected ? secret(t('correctedByYou')) : t(surety(quote.confidence), percent(quote.confidence)),
      ),
    !clear &&
      quote.candidates.length > 0 &&
      h(
        'div',
        {},
        h('p', { class: 'small soft' }, corrected ? secret(t('correctedByYou')) : t('mayBe')),
        h(
          'ul',
          { class: 'choices' },
          ...quote.candidates.map(({ actor, likelihood }) =>
            h(
              'li',
              {},
              h(
                'button',
                { onclick: () => correct(article, mark.index, actor, cards) },
                h('span', {}, article.reading.actors[actor]?.name ?? ''),
                h('span', { class: 'soft small' }, percent(likelihood)),
              ),
            ),
          ),
        ),
      ),
    h('p', { class: 'small soft' }, t(`kind_${quote.kind}`), cue && ` · ${t('cue', cue)}`),
    same.length > 0 &&
      h(
        'div',
        {},
        secret(t('sameWordsIn'), 'p', { class: 'small soft' }),
        h(
          'ul',
          {},
          ...same
            .slice(0, 3)
            .map(({ visit, other }) =>
              secret(
                [visit.outlet, day(visit.published), t(`relation_${other.relation}`)]
                  .filter(Boolean)
                  .join(' · '),
                'li',
                { class: 'small' },
              ),
            ),
        ),
      ),
    chooser(article, mark.index, quote, cards),
    h(
      'div',
      { class: 'foot' },
      h('span', {}, t('nthQuote', mark.index + 1, article.reading.quotes.length)),
      article.reading.quotes.length > 1 && steps((by) => cards.view.walk.on(by)),
    ),
  );
}

/** @param {Cards} cards @param {...(Node | false | undefined | '')} lines */
function heading(cards, ...lines) {
  return h(
    'header',
    {},
    h('div', {}, ...lines),
    h(
      'button',
      { class: 'icon', 'aria-label': t('close'), title: t('close'), onclick: () => cards.close() },
      drawing(CLOSE),
    ),
  );
}

/** @param {(by: 1 | -1) => void} step */
function steps(step) {
  return h(
    'span',
    { class: 'steps' },
    h(
      'button',
      { class: 'icon', 'aria-label': t('previous'), title: `${t('previous')} (p)`, onclick: () => step(-1) },
      drawing(BACK),
    ),
    h(
      'button',
      { class: 'icon', 'aria-label': t('next'), title: `${t('next')} (n)`, onclick: () => step(1) },
      drawing(ON),
    ),
  );
}

/** Lets the reader set the speaker right. @param {Article} article @param {number} index @param {Quote} quote @param {Cards} cards */
function chooser(article, index, quote, cards) {
  const people = article.reading.actors.filter(
    ({ type, mentions }) => type !== 'place' && mentions.length > 0,
  );
  const likely = new Set(quote.candidates.map(({ actor }) => actor));
  people.sort((a, b) => Number(likely.has(b.id)) - Number(likely.has(a.id)) || b.salience - a.salience);
  const select = /** @type {HTMLSelectElement} */ (
    h(
      'select',
      {
        onchange: () => correct(article, index, select.value === '' ? null : Number(select.value), cards),
      },
      h('option', { value: '', selected: !isClear(quote) }, t('speakerUnclear')),
      ...people.map(({ id, name }) => h('option', { value: id, selected: id === quote.speaker }, name)),
    )
  );
  return h('label', {}, t('setSpeaker'), select);
}

/** @param {Article} article @param {number} index @param {number | null} actor @param {Cards} cards */
function correct(article, index, actor, cards) {
  cards.view.correct(article, index, actor);
  cards.draw();
  cards.place();
  cards.card.focus({ preventScroll: true });
}

/** @param {number} share 0 to 1 */
function meter(share) {
  const fill = h('i');
  fill.style.width = `${Math.round(share * 100)}%`;
  return h('span', { class: 'meter', 'aria-hidden': 'true' }, fill);
}

/** @param {number} share 0 to 1 */
function percent(share) {
  // No score is certain.
  return Math.min(share, 0.99).toLocaleString(chrome.i18n.getUILanguage(), { style: 'percent' });
}

/** @param {number} confidence 0 to 1 */
export function surety(confidence) {
  if (confidence >= 0.9) return 'sure';
  return confidence >= 0.75 ? 'likely' : 'perhaps';
}

/** One thing that an actor says. @param {Article} article @param {number} index @param {Cards} cards */
function saying(article, index, cards) {
  const quote = article.reading.quotes[index];
  return h(
    'li',
    {},
    h(
      'button',
      { onclick: () => cards.view.walk.toQuote(article, index) },
      h('span', { class: 'words clamp' }, article.words(index)),
      quote?.kind === 'indirect' && h('span', { class: 'small soft' }, reported(article, quote)),
    ),
  );
}

/**
 * What is reported stands with its cue: a denial must not read as a claim.
 * @param {Article} article
 * @param {Quote} quote
 */
export function reported({ reading }, { cue }) {
  return cue ? t('reportedBy', reading.text.slice(cue.start, cue.end)) : t('kind_indirect');
}
