/** Pages that make reading hard: strict policies, late text, client-side navigation, endless scroll, paywalls. */

import { html, json } from './html.mjs';
import { frame, linked, openGraph } from './frame.mjs';
import * as part from './furniture.mjs';
import { LAYOUTS } from './layouts.mjs';
import { outletOf, storyOf } from './outlets.mjs';
import { ALL, view } from './site.mjs';

/** @param {string} outlet @param {string} story */
const find = (outlet, story) => ALL.find((a) => a.outlet === outlet && a.story === story) ?? ALL[0];

/** Policies as pages send them; a style sheet and pictures from the site itself always load. */
/** @type {Record<string, string>} */
const POLICIES = {
  'strict-self': "script-src 'self'",
  'strict-none': "default-src 'none'; style-src 'self'; img-src 'self'",
  'trusted-types': "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
};

/** Which article stands under which policy. @type {Record<string, [string, string]>} */
const STRICT = {
  'strict-self': ['Northern Wire Service', 'eilean-darroch-ferry-strike'],
  'strict-none': ['Tricontinental Press', 'umasqa-copper-strike'],
  'trusted-types': ['Delta Wire', 'zwolle-kettle-court'],
};

/** Paragraphs as data for a script. @param {import('./markup.mjs').Article} a */
const data = (a) => ({
  id: storyOf(a).path,
  headline: a.headline,
  byline: a.byline,
  date: a.date.toISOString(),
  when: part.long(a.date),
  outlet: outletOf(a).name,
  art: storyOf(a).art,
  paragraphs: a.paragraphs.filter((p) => p.kind === 'text').map((p) => p.text),
});

/** @param {string} name @param {import('./markup.mjs').Article} a @param {string} port @param {import('./markup.mjs').Article[]} list */
function scripted(name, a, port, list) {
  const v = view(a, port);
  const o = v.outlet;
  return frame(o, {
    title: a.headline,
    layout: 'semantic',
    head: html`<script type="application/json" id="data">${json(list.map(data))}</script><script type="module" src="/assets/${name}.js"></script>`,
    body: html`<header class="site-header"><div class="wrap"><a class="logo" href="/">${o.name}</a><span class="tagline">${o.tagline}</span></div>${part.nav(o)}</header>
<div class="columns wrap"><main id="main"><p class="loading">Loading…</p></main><div class="rail">${part.mostRead(v.teasers)}${part.advert(1)}</div></div>${part.footer(o)}${part.cookies()}`,
  });
}

/** The free part of an article. @param {string} port */
function preview(port) {
  const whole = find('The Edinburgh Standard-Review', 'umasqa-copper-strike');
  const article = { ...whole, paragraphs: whole.paragraphs.filter((p) => p.kind === 'text').slice(0, 2) };
  const v = view(article, port);
  const o = v.outlet;
  return frame(o, {
    title: article.headline,
    head: html`${openGraph(v)}${linked(v, 'NewsArticle', { isAccessibleForFree: false, hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall' } })}`,
    body: html`<header class="masthead"><div class="title"><a href="/">${o.name}</a></div>${part.nav(o)}</header>
<main><div class="lead"><h1>${article.headline}</h1><div class="author">By <a rel="author" href="/">${article.byline}</a></div></div>
<div class="text cut">${article.paragraphs.map((p) => html`<p>${p.text}</p>`)}</div>
<div class="paywall"><h2>Subscribe to read the whole story</h2><p>You have read your free articles for this month. Get unlimited access from £1 a week.</p><button>See the offers</button><p>Already a subscriber? <a href="/">Log in</a></p></div>
${part.related(v.teasers, 'Free to read')}</main>${part.footer(o)}`,
  });
}

/**
 * @param {string} path
 * @param {string} port
 * @returns {import('./site.mjs').Answer | undefined}
 */
export function special(path, port) {
  const name = /^\/pages\/([\w-]+)(?:\/[\w-]*)?$/.exec(path)?.[1];
  if (!name) return undefined;
  const strict = STRICT[name];
  if (strict) {
    const a = find(...strict);
    const body = LAYOUTS[outletOf(a).layout](view(a, port)).text;
    return { body, headers: { 'content-security-policy': POLICIES[name] ?? '' } };
  }
  const kettle = find('Delta Wire', 'zwolle-kettle-recall');
  const list = ALL.filter((a) => outletOf(a).layout === 'semantic');
  switch (name) {
    case 'late':
      return { body: scripted('late', kettle, port, [kettle]).text };
    case 'app':
      return { body: scripted('app', kettle, port, list).text };
    case 'endless':
      return { body: scripted('endless', list[0], port, list).text };
    case 'preview':
      return { body: preview(port).text };
    default:
      return undefined;
  }
}
