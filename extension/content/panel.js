/** The panel: who said what by speaker, who is named, what other outlets made of it. */

import { counted, day, drawing, h, secret, t } from './dom.js';
import { lower, raise } from './host.js';
import { isClear } from './paint.js';
import { reported, surety } from './card-views.js';
import { pairs } from './pairs.js';

/** @import { Article } from './article.js' */
/** @import { Host } from './host.js' */
/** @import { Related } from '../protocol.js' */
/** @import { View } from './view.js' */

const CLOSE = 'M4 4l8 8M12 4l-8 8';

export class Panel {
  /** @param {Host} host @param {View} view */
  constructor(host, view) {
    this.host = host;
    this.view = view;
    this.panel = h('div', {
      id: 'panel',
      popover: 'manual',
      role: 'complementary',
      'aria-label': t('panelTitle'),
      tabindex: -1,
    });
    host.ui.append(this.panel);
    /** @type {HTMLElement | null} */
    this.from = null;
    /** How often each actor was gone to. @type {Map<number, number>} */
    this.steps = new Map();
  }

  get isOpen() {
    return this.panel.isConnected && this.panel.matches(':popover-open');
  }

  /** Where it stands on the screen, while it is open. */
  get box() {
    return this.isOpen ? this.panel.getBoundingClientRect() : undefined;
  }

  /** @param {boolean} [focus] */
  open(focus = true) {
    if (this.isOpen) return;
    this.draw();
    this.host.show();
    this.view.bar?.hide();
    raise(this.panel);
    if (!focus) return;
    this.from = this.host.focused ?? /** @type {HTMLElement | null} */ (document.activeElement);
    this.panel.focus({ preventScroll: true });
  }

  close() {
    if (!this.isOpen) return false;
    const back = this.host.focused && this.panel.contains(this.host.focused) ? this.from : null;
    lower(this.panel);
    if (this.view.status === 'read') this.view.bar?.show();
    back?.focus({ preventScroll: true });
    return true;
  }

  /** Draws it anew, if it is open or about to be. */
  draw() {
    const article = this.view.current;
    const { focused: inside } = this.host;
    const focused = this.panel.contains(inside) ? inside?.getAttribute('data-quote') : undefined;
    const scroll = this.panel.querySelector('.scroll')?.scrollTop ?? 0;
    const parts = article
      ? [said(article, this.view), named(article, this), elsewhere(article, this.view)]
      : [];
    const content = h('div', { class: 'scroll' }, ...parts.map(({ section }) => section));
    const nav = h(
      'nav',
      { 'aria-label': t('panelTitle') },
      ...parts.map(({ short, count, section }) =>
        h(
          'button',
          { onclick: () => section.scrollIntoView({ block: 'start' }) },
          `${short} `,
          h('b', {}, String(count)),
        ),
      ),
    );
    this.panel.replaceChildren(
      h(
        'div',
        { class: 'frame' },
        h(
          'div',
          { class: 'top' },
          h(
            'div',
            {},
            h('h2', {}, t('panelTitle')),
            h(
              'button',
              {
                class: 'icon',
                'aria-label': t('close'),
                title: `${t('close')} (Esc)`,
                onclick: () => this.close(),
              },
              drawing(CLOSE),
            ),
          ),
          nav,
        ),
        content,
      ),
    );
    content.scrollTop = scroll;
    if (focused !== undefined) {
      const button = focused && this.panel.querySelector(`[data-quote="${focused}"]`);
      /** @type {HTMLElement} */ (button || this.panel).focus({ preventScroll: true });
    }
  }

  /** Shows which quotation is the chosen one. @param {number} index */
  current(index) {
    for (const button of this.panel.querySelectorAll('[data-quote]')) {
      const chosen = button.getAttribute('data-quote') === String(index);
      if (chosen) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
      if (chosen && this.isOpen) button.scrollIntoView({ block: 'nearest' });
    }
  }
}

/**
 * @typedef {object} Part
 * @property {string} short its name in the list of parts
 * @property {number} count
 * @property {HTMLElement} section
 */

/** @param {Article} article @param {View} view @returns {Part} */
function said(article, view) {
  const { quotes, actors } = article.reading;
  /** @type {Map<number, number[]>} */
  const bySpeaker = new Map();
  quotes.forEach((quote, i) => {
    const speaker = isClear(quote) ? /** @type {number} */ (quote.speaker) : -1;
    bySpeaker.set(speaker, [...(bySpeaker.get(speaker) ?? []), i]);
  });
  const groups = [...bySpeaker].sort(
    ([a, x], [b, y]) => Number(a < 0) - Number(b < 0) || y.length - x.length,
  );
  const lists = groups.map(([speaker, indices]) => {
    const actor = actors[speaker];
    const name = actor?.name ?? t('speakerUnclear');
    return h(
      'div',
      { class: actor ? 'speaker' : 'speaker unclear' },
      h('p', { class: 'name' }, name),
      actor &&
        actor.titles.length > 0 &&
        h('span', { class: 'small soft' }, actor.titles.slice(0, 2).join(' · ')),
      h(
        'ol',
        { class: 'quotes', 'aria-label': t('quotationBy', name) },
        ...indices.map((i) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                'data-quote': i,
                class: article.reading.quotes[i]?.kind,
                onclick: () => view.walk.toQuote(article, i),
              },
              h('span', { class: 'words' }, article.words(i)),
              note(article, i),
            ),
          ),
        ),
      ),
    );
  });
  return section(
    t('whoSaidWhat'),
    t('navSaid'),
    quotes.length,
    lists.length > 0 ? lists : [h('p', { class: 'none' }, t('noQuotes'))],
  );
}

/** How sure, and who else has the words. @param {Article} article @param {number} index */
function note(article, index) {
  const quote = article.reading.quotes[index];
  const outlets = article.related.filter(({ same_quotes }) =>
    same_quotes.some((same) => same.quote === index),
  );
  const notes = [
    quote &&
      isClear(quote) &&
      quote.confidence < 0.9 &&
      !article.corrected.has(index) &&
      t(`${surety(quote.confidence)}Short`),
    quote?.kind === 'indirect' && reported(article, quote),
  ].filter(Boolean);
  const own = [
    article.corrected.has(index) && t('correctedByYou'),
    outlets.length > 0 && t('alsoIn', [...new Set(outlets.map(({ outlet }) => outlet))].join(', ')),
  ].filter(Boolean);
  return (
    notes.length + own.length > 0 &&
    h(
      'span',
      { class: 'small soft' },
      notes.join(' · '),
      notes.length > 0 && own.length > 0 && ' · ',
      secret(own.join(' · ')),
    )
  );
}

/** @param {Article} article @param {Panel} panel @returns {Part} */
function named(article, panel) {
  const actors = article.reading.actors.filter(({ mentions }) =>
    mentions.some(({ form }) => form === 'name'),
  );
  actors.sort((a, b) => b.salience - a.salience || b.mentions.length - a.mentions.length);
  const items = actors.map((actor) => {
    const go = () => {
      const places = (article.marks.actors[actor.id] ?? []).filter(({ runs }) => runs.length > 0);
      const step = panel.steps.get(actor.id) ?? 0;
      const place = places[step % places.length];
      panel.steps.set(actor.id, step + 1);
      if (place) panel.view.walk.to(article, place);
    };
    return h(
      'li',
      {},
      h(
        'button',
        { onclick: go },
        h(
          'span',
          { class: 'who' },
          actor.name,
          actor.titles[0] && h('span', { class: 'small soft' }, ` ${actor.titles[0]}`),
        ),
        h('span', { class: `type ${actor.type}` }, t(`type_${actor.type}`)),
        h(
          'span',
          { class: 'count', 'aria-label': counted('mentionsHere', actor.mentions.length) },
          String(actor.mentions.length),
        ),
      ),
    );
  });
  const list = h('ul', { class: 'actors' }, ...items);
  return section(t('whoIsNamed'), t('navNamed'), actors.length, [
    items.length > 0 ? list : h('p', { class: 'none' }, t('noActors')),
  ]);
}

/** @param {Article} article @param {View} view @returns {Part} */
function elsewhere(article, view) {
  const { related } = article;
  /** @param {'same_story' | 'earlier'} tier */
  const list = (tier) => {
    const items = related.filter((visit) => visit.tier === tier);
    return (
      items.length > 0 &&
      h(
        'div',
        {},
        h('p', { class: 'small soft' }, t(`tier_${tier}`)),
        h('ul', { class: 'related' }, ...items.map((visit) => earlier(article, visit, view))),
      )
    );
  };
  const lists = [list('same_story'), list('earlier')].filter((part) => part !== false);
  const none = view.isPrivate ? t('noRelatedPrivate') : t('noRelated');
  return section(
    t('elsewhere'),
    t('navElsewhere'),
    related.length,
    lists.length > 0 ? lists : [h('p', { class: 'none' }, none)],
  );
}

/** @param {Article} article @param {Related} visit @param {View} view */
function earlier(article, visit, view) {
  const safe = /^https?:\/\//.test(visit.url);
  const title = visit.title || visit.url;
  const when = day(visit.published) || t('readOn', day(new Date(visit.visited).toISOString()));
  return h(
    'li',
    {},
    secret([visit.outlet, when].filter(Boolean).join(' · '), 'p', { class: 'small soft' }),
    h(
      'p',
      {},
      safe
        ? secret(title, 'a', {
            href: visit.url,
            target: '_blank',
            rel: 'noopener noreferrer',
            'aria-label': title,
          })
        : secret(title),
    ),
    ...visit.same_quotes.slice(0, 4).map((same) => pairs(article, same, visit, view)),
  );
}

/** @param {string} title @param {string} short @param {number} count @param {Node[]} children @returns {Part} */
function section(title, short, count, children) {
  return { short, count, section: h('section', {}, h('h3', {}, title), ...children) };
}
