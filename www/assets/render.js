/* Draws an article from data, as sites that render in the browser do. */
/* exported draw, articles */
const articles = JSON.parse(document.getElementById('data').textContent);
function draw(a) {
  const make = (tag, text, cls) => {
    const e = document.createElement(tag);
    if (text) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  };
  const root = make('article');
  const head = make('header');
  head.append(make('h1', a.headline), make('p', `By ${a.byline}`, 'byline'));
  const time = make('time', a.when);
  time.dateTime = a.date;
  head.append(time);
  const figure = make('figure');
  const img = make('img');
  img.src = `/assets/${a.art}.svg`;
  img.alt = '';
  figure.append(img);
  const body = make('div', '', 'article-body');
  for (const p of a.paragraphs) body.append(make('p', p));
  root.append(head, figure, body);
  return root;
}
