/* The text arrives after the page. */
setTimeout(() => document.getElementById('main').replaceChildren(draw(articles[0])), 1500);
