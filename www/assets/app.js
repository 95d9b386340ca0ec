/** Client-side navigation: one document, many articles. */

import { articles, draw, main } from './render.js';

/** @param {string | undefined} id @param {boolean} push whether the address changes */
function show(id, push) {
  const at = Math.max(
    0,
    articles.findIndex((a) => a.id === id),
  );
  const article = articles[at];
  const next = articles[(at + 1) % articles.length];
  if (!article || !next) return;
  const link = document.createElement('a');
  link.href = `/pages/app/${next.id}`;
  link.id = 'next';
  link.textContent = `Next: ${next.headline}`;
  const nav = document.createElement('p');
  nav.className = 'next';
  nav.append(link);
  document.title = article.headline;
  if (push) history.pushState({}, '', `/pages/app/${article.id}`);
  main.replaceChildren(draw(article), nav);
  scrollTo(0, 0);
}

const here = () => location.pathname.split('/').pop();

addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('#next') : null;
  if (!link) return;
  event.preventDefault();
  show(link.getAttribute('href')?.split('/').pop(), true);
});
addEventListener('popstate', () => show(here(), false));
show(here(), false);
