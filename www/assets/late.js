/** The text arrives after the page. */

import { articles, draw, main } from './render.js';

const [first] = articles;
setTimeout(() => {
  if (first) main.replaceChildren(draw(first));
}, 1500);
