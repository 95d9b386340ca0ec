/** Draws an article from data, as sites that render in the browser do. */

/** @typedef {{ id: string, headline: string, byline: string, date: string, when: string, art: string, paragraphs: string[] }} Data */

/** @type {Data[]} */
export const articles = JSON.parse(document.getElementById('data')?.textContent ?? '[]');

export const main = /** @type {HTMLElement} */ (document.getElementById('main'));

/** @param {string} tag @param {string} [text] @param {string} [cls] */
function make(tag, text, cls) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (cls) element.className = cls;
  return element;
}

/** @param {Data} a */
export function draw(a) {
  const root = make('article');
  const head = make('header');
  const time = /** @type {HTMLTimeElement} */ (make('time', a.when));
  time.dateTime = a.date;
  head.append(make('h1', a.headline), make('p', `By ${a.byline}`, 'byline'), time);
  const figure = make('figure');
  const img = /** @type {HTMLImageElement} */ (make('img'));
  img.src = `/assets/${a.art}.svg`;
  img.alt = '';
  figure.append(img);
  const body = make('div', '', 'article-body');
  body.append(...a.paragraphs.map((p) => make('p', p)));
  root.append(head, figure, body);
  return root;
}
