/** A story's outlets over time: one row an outlet, one dot an article. */

import { day } from '../content/dom.js';

const SPACE = 'http://www.w3.org/2000/svg';
const WIDE = 720;
const LABEL = 190;
const ROW = 30;

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
function s(name, attributes, ...children) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * @param {{ outlet: string, when: number, title: string, href: string, own: boolean }[]} articles
 * @param {string} title what the chart says to those who do not see it
 * @returns {SVGElement}
 */
export function chart(articles, title) {
  const sorted = [...articles].sort((a, b) => a.when - b.when);
  const outlets = [...new Set(sorted.map((a) => a.outlet))];
  const times = sorted.map((a) => a.when);
  const first = Math.min(...times);
  const span = Math.max(Math.max(...times) - first, 3_600_000);
  const x = (/** @type {number} */ when) => LABEL + 20 + ((when - first) / span) * (WIDE - LABEL - 50);
  const tall = outlets.length * ROW + 34;
  const rows = outlets.map((outlet, i) => {
    const y = i * ROW + ROW / 2;
    const own = sorted.filter((a) => a.outlet === outlet);
    const dots = own.map((a) => {
      const link = s(
        'a',
        { href: a.href },
        s(
          'title',
          {},
          `${a.title} – ${new Date(a.when).toLocaleString(chrome.i18n.getUILanguage(), { dateStyle: 'medium', timeStyle: 'short' })}`,
        ),
        s('circle', { cx: x(a.when), cy: y, r: a.own ? 8 : 6, class: a.own ? 'own' : 'other' }),
      );
      return link;
    });
    return s(
      'g',
      {},
      s('line', { x1: LABEL + 10, x2: WIDE - 10, y1: y, y2: y, class: 'rule' }),
      s('text', { x: LABEL, y: y + 4, 'text-anchor': 'end' }, cut(outlet)),
      ...dots,
    );
  });
  const foot = tall - 8;
  const one = Math.max(...times) - first < 3_600_000;
  const ends = one
    ? [s('text', { x: x(first), y: foot, class: 'date' }, day(new Date(first).toISOString()))]
    : [
        s('text', { x: LABEL + 20, y: foot, class: 'date' }, label(first, span)),
        s('text', { x: WIDE - 30, y: foot, 'text-anchor': 'end', class: 'date' }, label(first + span, span)),
      ];
  return s(
    'svg',
    { viewBox: `0 0 ${WIDE} ${tall}`, role: 'img', 'aria-label': title, class: 'chart' },
    ...rows,
    ...ends,
  );
}

/** @param {number} when @param {number} span */
function label(when, span) {
  const language = chrome.i18n.getUILanguage();
  return new Date(when).toLocaleString(
    language,
    span < 3 * 86_400_000
      ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  );
}

/** @param {string} text */
const cut = (text) => (text.length > 26 ? `${text.slice(0, 25)}…` : text);
