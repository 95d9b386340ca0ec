/* The next article follows the last as the reader scrolls. */
let shown = 0;
function more() {
  if (shown >= articles.length) return;
  const root = draw(articles[shown]);
  root.id = articles[shown].id;
  const main = document.getElementById('main');
  if (shown) main.append(root);
  else main.replaceChildren(root);
  shown += 1;
  new IntersectionObserver((seen) => {
    if (seen.some((s) => s.isIntersecting)) history.replaceState({}, '', `/pages/endless/${root.id}`);
  }, { rootMargin: '-40% 0px' }).observe(root);
}
more();
addEventListener('scroll', () => {
  if (scrollY + innerHeight > document.documentElement.scrollHeight - 900) more();
}, { passive: true });
