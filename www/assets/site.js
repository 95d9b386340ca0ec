/* What a news site's own script does: closes banners, shortens the header on scroll. */
addEventListener('click', (event) => {
  const id =
    event.target instanceof Element ? event.target.closest('[data-close]')?.getAttribute('data-close') : null;
  if (id) document.getElementById(id)?.remove();
});
addEventListener('scroll', () => document.documentElement.classList.toggle('scrolled', scrollY > 320), {
  passive: true,
});
