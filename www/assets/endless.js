/** The next article follows the last as the reader scrolls. */

import { articles, draw, main } from './render.js';

let shown = 0;

function more() {
  const article = articles[shown];
  if (!article) return;
  const root = draw(article);
  root.id = article.id;
  if (shown) main.append(root);
  else main.replaceChildren(root);
  shown += 1;
  const seen = new IntersectionObserver(
    (entries) => {
      if (entries.some((e) => e.isIntersecting)) history.replaceState({}, '', `/pages/endless/${root.id}`);
    },
    { rootMargin: '-40% 0px' },
  );
  seen.observe(root);
}

more();
addEventListener(
  'scroll',
  () => {
    if (scrollY + innerHeight > document.documentElement.scrollHeight - 900) more();
  },
  { passive: true },
);
