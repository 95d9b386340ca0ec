/** Pieces that several views of the library page show. */

import { counted, day, h, t } from '../content/dom.js';
import { citation, fragment } from './exchange.js';
import { personOf } from '../wasm/quoth.js';

/** @import { SavedQuote, Visit } from '../store/visit.js' */
/** @import { Shelf, Shown } from './shelf.js' */

/**
 * What a view is given.
 * @typedef {object} Place
 * @property {Shelf} shelf
 * @property {string} rest what follows the view's name in the address
 * @property {(text: string, undo?: () => unknown) => void} say
 * @property {() => Promise<void>} again draws the view anew
 */

/** @param {Visit} visit */
export function dateOf(visit) {
  return day(visit.published) || (visit.visited > 0 ? day(new Date(visit.visited).toISOString()) : '');
}

/** Milliseconds since 1970 of an article, for order and charts. @param {Visit} visit */
export function timeOf(visit) {
  const published = Date.parse(visit.published ?? '');
  return Number.isNaN(published) ? visit.visited : published;
}

/** Outlet and date. @param {Visit} visit */
export const about = (visit) =>
  h(
    'p',
    { class: 'about' },
    h('b', {}, visit.outlet || t('libNoOutlet')),
    ' ',
    h('span', { class: 'soft' }, dateOf(visit)),
  );

/** Only web addresses become links. @param {string} url */
export const isWeb = (url) => /^https?:\/\//.test(url);

/** A headline that opens the article's card. @param {Shown} shown */
export const headline = ({ key, visit }) =>
  h('h3', {}, h('a', { href: `#/article/${key}` }, visit.title || visit.url || t('libNoTitle')));

/** An article in a list. @param {Shown} shown */
export function card(shown) {
  const { visit } = shown;
  const people = visit.actors
    .filter((a) => a.type === 'person')
    .sort((a, b) => b.mentions - a.mentions)
    .slice(0, 4);
  return h(
    'li',
    { class: 'card item' },
    about(visit),
    headline(shown),
    h(
      'p',
      { class: 'soft small' },
      visit.quotes.length ? counted('quotations', visit.quotes.length) : t('noQuotes'),
      people.length ? ` · ${people.map((p) => p.name).join(', ')}` : '',
    ),
  );
}

/** @param {{ name: string, key: string }} actor */
export function person(actor) {
  const who = personOf(actor.name, actor.key);
  return who
    ? h('a', { href: `#/person/${encodeURIComponent(who)}` }, actor.name)
    : h('span', {}, actor.name);
}

/**
 * A quotation with its speaker and what can be done with it.
 * @param {Visit} visit
 * @param {SavedQuote} quote
 * @param {(text: string) => void} say
 * @param {...(Node | string | null)} more
 */
export function quotation(visit, quote, say, ...more) {
  return h(
    'figure',
    { class: 'said-by' },
    h('blockquote', { 'data-kind': quote.kind }, ...marked(quote)),
    h(
      'figcaption',
      {},
      quote.speaker
        ? person({ name: quote.speaker, key: quote.key })
        : h('span', { class: 'unclear' }, t('speakerUnclear')),
      quote.kind === 'direct' ? null : h('span', { class: 'soft small' }, t(`kind_${quote.kind}`)),
      h(
        'span',
        { class: 'tools' },
        ...more,
        h('button', { class: 'link', onclick: () => copy(visit, quote, say) }, t('libCopy')),
        isWeb(visit.url)
          ? h(
              'a',
              {
                class: 'link',
                href: fragment(visit.url, quote.text),
                target: '_blank',
                rel: 'noopener noreferrer',
              },
              t('libOnPage'),
            )
          : null,
      ),
    ),
  );
}

/** @param {SavedQuote} quote */
const marked = (quote) => (quote.kind === 'indirect' ? [quote.text] : ['“', words(quote.text), '”']);

/** The words without the comma that leads over to the reporter's. @param {string} text */
export const words = (text) => text.replace(/,$/, '');

/** @param {Visit} visit @param {SavedQuote} quote @param {(text: string) => void} say */
async function copy(visit, quote, say) {
  await navigator.clipboard.writeText(citation(visit, quote));
  say(t('libCopied'));
}

/** @param {number} bytes */
export function size(bytes) {
  const language = chrome.i18n.getUILanguage();
  const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte';
  const n = bytes < 1e6 ? bytes / 1e3 : bytes / 1e6;
  return n.toLocaleString(language, { style: 'unit', unit, maximumFractionDigits: 1 });
}
