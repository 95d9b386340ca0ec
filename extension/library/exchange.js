/** What goes out of the library and comes back: JSON Lines, Markdown, W3C Web Annotations. */

import { day } from '../content/dom.js';

/** @import { Visit } from '../store/visit.js' */

/**
 * A line as the native program writes it. The article's text is not kept: `text` holds the headline and the
 * quotations, one a paragraph, and all offsets are code points into it. `visit` is what the library takes back.
 * @param {Visit} visit
 */
export function line(visit) {
  const length = (/** @type {string} */ s) => [...s].length;
  let text = visit.title;
  const blocks = visit.title ? [{ start: 0, end: length(text), kind: 'headline' }] : [];
  const quotes = visit.quotes.map((q) => {
    const lead = text ? `${text}\n\n` : '';
    const start = length(lead);
    text = `${lead}“${q.text}”`;
    const end = length(text);
    blocks.push({ start, end, kind: 'quote' });
    const speaker = q.speaker ? visit.actors.findIndex((a) => a.name === q.speaker) : -1;
    return {
      start,
      end,
      kind: q.kind,
      speaker: speaker < 0 ? null : speaker,
      speaker_mention: null,
      cue: null,
      confidence: speaker < 0 ? 0 : 1,
    };
  });
  const actors = visit.actors.map((a, id) => ({
    id,
    name: a.name,
    type: a.type,
    titles: [],
    aliases: [],
    mentions: [],
  }));
  const { id, url, title, outlet, published, language } = visit;
  return JSON.stringify({
    id,
    url,
    title,
    outlet,
    byline: null,
    published,
    language: language || null,
    text,
    blocks,
    actors,
    quotes,
    related: [],
    visit,
  });
}

/** Characters that Markdown would take for its own. @param {string} text */
const plain = (text) => text.replace(/([\\`*_{}[\]<>#|])/g, '\\$1');

/** @param {Visit} visit */
export function markdown(visit) {
  const title = plain(visit.title || visit.url);
  const head = visit.url ? `## [${title}](${visit.url.replace(/[()]/g, encodeURIComponent)})` : `## ${title}`;
  const about = [visit.outlet, day(visit.published)].filter(Boolean).map(plain).join(', ');
  const quotes = visit.quotes.map((q) => {
    const words = q.text
      .split('\n')
      .map((l) => `> ${plain(l)}`)
      .join('\n');
    return `${words}\n>\n> — ${plain(q.speaker || '?')}`;
  });
  return [head, about, ...quotes].filter(Boolean).join('\n\n');
}

/** @param {Visit} visit @returns {object[]} */
export function annotations(visit) {
  return visit.quotes.map((q) => ({
    type: 'Annotation',
    motivation: 'identifying',
    created: visit.visited > 0 ? new Date(visit.visited).toISOString() : undefined,
    body: q.speaker ? [{ type: 'TextualBody', purpose: 'identifying', value: q.speaker }] : [],
    target: {
      source: { id: visit.url || visit.id, type: 'Text', name: visit.title },
      selector: { type: 'TextQuoteSelector', exact: q.text },
    },
  }));
}

/** @param {object[]} items */
export const annotationPage = (items) =>
  JSON.stringify({ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationPage', items }, null, 1);

/**
 * A quotation to be pasted elsewhere: words, speaker, outlet, date and a link that finds them on the page.
 * @param {Visit} visit
 * @param {{ text: string, speaker: string }} quote
 */
export function citation(visit, quote) {
  const about = [quote.speaker, visit.outlet, day(visit.published)].filter(Boolean).join(', ');
  return `“${quote.text}” — ${about}${visit.url ? `\n${fragment(visit.url, quote.text)}` : ''}`;
}

/** A text-fragment link. @param {string} url @param {string} text */
export function fragment(url, text) {
  const words = text.split(/\s+/);
  const code = (/** @type {string[]} */ some) => encodeURIComponent(some.join(' ')).replace(/-/g, '%2D');
  const part = words.length > 12 ? `${code(words.slice(0, 5))},${code(words.slice(-5))}` : code(words);
  return `${url.replace(/#.*$/, '')}#:~:text=${part}`;
}
