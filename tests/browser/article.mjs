/** Plain pages of the demo's articles with something around them, and what the tests of such pages share. */

import { ALL } from '../../www/site/site.mjs';

/** Paragraphs of one of the demo's articles. @param {number} at */
const paragraphs = (at) => ALL[at].paragraphs.filter(({ kind }) => kind === 'text').map(({ text }) => text);

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/**
 * A plain article page with something around it.
 * @param {number} at of the demo's articles
 * @param {{ head?: string, before?: string, after?: string, body?: string }} [around]
 */
export const article = (at, { head = '', before: first = '', after: last = '', body = '' } = {}) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(ALL[at].headline)}</title><style>main{max-width:560px;margin:auto;padding-bottom:1500px;font:20px/1.7 serif}nav a,footer a{margin:8px}nav{height:300px}</style>${head}</head>
<body ${body}><nav><a href="/a">World news</a><a href="/b">Business</a><a href="/c">Sport</a></nav>${first}
<main><article><h1>${escaped(ALL[at].headline)}</h1>${paragraphs(at)
    .map((p) => `<p>${escaped(p)}</p>`)
    .join('\n')}</article></main>
<footer><a href="/terms">Terms of use</a><a href="/privacy">Privacy</a></footer>${last}</body></html>`;

/** Closes what a test opened. @param {{ page: any, popup: any }} opened */
export async function end({ page, popup }) {
  await popup.close()?.catch?.(() => undefined);
  await page.close();
}

/** The marked quotations. @param {any} page @returns {Promise<any>} */
export const marked = (page) =>
  page.evaluate(() =>
    [...(globalThis.CSS.highlights.get('quoth-quote') ?? [])].map((range) => String(range)),
  );
