/* Client-side navigation: one document, many articles. */
function show(id, push) {
  const at = Math.max(0, articles.findIndex((a) => a.id === id));
  const nav = document.createElement('p');
  nav.className = 'next';
  const next = articles[(at + 1) % articles.length];
  const link = document.createElement('a');
  link.href = `/pages/app/${next.id}`;
  link.id = 'next';
  link.textContent = `Next: ${next.headline}`;
  nav.append(link);
  document.title = articles[at].headline;
  if (push) history.pushState({}, '', `/pages/app/${articles[at].id}`);
  document.getElementById('main').replaceChildren(draw(articles[at]), nav);
  scrollTo(0, 0);
}
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('#next') : null;
  if (!link) return;
  event.preventDefault();
  show(link.getAttribute('href').split('/').pop(), true);
});
addEventListener('popstate', () => show(location.pathname.split('/').pop(), false));
show(location.pathname.split('/').pop(), false);
