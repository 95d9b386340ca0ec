/** The whole demo site: which address shows what. */

import { fileURLToPath } from 'node:url';
import { frame } from './frame.mjs';
import * as part from './furniture.mjs';
import { html } from './html.mjs';
import { LAYOUTS } from './layouts.mjs';
import { articles } from './markup.mjs';
import { OUTLETS, outletOf, STORIES, storyOf } from './outlets.mjs';
import { special } from './special.mjs';

/** @typedef {import('./frame.mjs').View} View */
/** @typedef {{ body: string, type?: string, status?: number, headers?: Record<string, string> }} Answer */

export const ALL = articles(fileURLToPath(new URL('../articles', import.meta.url)));

/** @param {import('./markup.mjs').Article} a */
const place = (a) => `/${a.date.toISOString().slice(0, 7).replace('-', '/')}/${storyOf(a).path}`;

/** The address of each article, in the order of their dates. @param {string} port */
export const addresses = (port) =>
  ALL.map((a) => ({
    story: a.story,
    outlet: a.outlet,
    headline: a.headline,
    url: `http://${outletOf(a).host}.localhost:${port}${place(a)}`,
  }));

/** @param {import('./markup.mjs').Article} a @param {string} port */
const teaser = (a, port) => ({
  href: `http://${outletOf(a).host}.localhost:${port}${place(a)}`,
  headline: a.headline,
  when: part.long(a.date),
  art: storyOf(a).art,
});

/** @param {import('./markup.mjs').Article} article @param {string} port @returns {View} */
export function view(article, port) {
  const own = ALL.filter((a) => a.outlet === article.outlet && a !== article);
  const others = ALL.filter((a) => a.story !== article.story);
  const teasers = [...own, ...others].slice(0, 4).map((a) => teaser(a, port));
  return {
    article,
    outlet: outletOf(article),
    story: storyOf(article),
    teasers,
    url: teaser(article, port).href,
  };
}

/** A whole page. @param {import('./markup.mjs').Article} a @param {string} port */
const article = (a, port) => LAYOUTS[outletOf(a).layout](view(a, port)).text;

/** What the playground offers to try. */
const samples = () =>
  ALL.map((a, i) => ({
    title: `${outletOf(a).name}: ${a.headline}`,
    text: [a.headline, ...a.paragraphs.filter((p) => p.kind === 'text').map((p) => p.text)].join('\n\n'),
    page: `/playground/sample/${i}`,
  }));

/** An outlet's front page: no article. @param {import('./outlets.mjs').Outlet} o @param {string} port */
function home(o, port) {
  const own = ALL.filter((a) => outletOf(a) === o);
  const rest = ALL.filter((a) => outletOf(a).layout === o.layout && outletOf(a) !== o);
  const cards = [...own, ...rest, ...ALL.filter((a) => !own.includes(a) && !rest.includes(a))].slice(0, 13);
  /** @param {import('./markup.mjs').Article} a */
  const card = (
    a,
  ) => html`<article class="card"><a href="${teaser(a, port).href}"><img src="/assets/${storyOf(a).art}.svg" alt=""><h3>${a.headline}</h3></a>
<p>${a.paragraphs.find((p) => p.kind === 'text' && p.text.length > 60)?.text.slice(0, 120)}…</p><time>${part.long(a.date)}</time></article>`;
  return frame(o, {
    title: o.tagline,
    layout: 'front',
    body: html`<header class="front-head"><div class="name">${o.name}</div><div class="tag">${o.tagline}</div>${part.nav(o)}</header>
<main class="front-grid">${cards.map(card)}</main>${part.newsletter(o)}${part.mostRead(cards.slice(0, 5).map((a) => teaser(a, port)))}${part.footer(o)}${part.cookies()}`,
  });
}

/** The demo's own first page. @param {string} port */
function index(port) {
  const stories = Object.entries(STORIES).map(([id, s]) => ({
    ...s,
    list: ALL.filter((a) => a.story === id),
  }));
  const pages = ['strict-self', 'strict-none', 'trusted-types', 'late', 'app', 'endless', 'preview'];
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Quoth’s demo news stand</title>
<link rel="stylesheet" href="/assets/base.css"><link rel="stylesheet" href="/assets/stand.css"></head><body class="stand"><header><h1>The news stand</h1>
<p>Four invented stories as seventeen invented outlets told them. Open two of one story with Quoth switched on, and the second will know the first.</p></header>
${stories.map((s) => html`<section><img src="/assets/${s.art}.svg" alt=""><div><h2>${s.title}</h2><ol>${s.list.map((a) => html`<li><time>${a.date.toISOString().slice(0, 10)}</time> <b>${outletOf(a).name}</b> <a href="${teaser(a, port).href}">${a.headline}</a></li>`)}</ol></div></section>`)}
<section class="odd"><div><h2>Pages that make it hard</h2><ul>${pages.map((p) => html`<li><a href="/pages/${p}">${p}</a></li>`)}</ul></div></section>
<p class="play"><a href="/playground/">Try the core on your own text in the playground</a></p></body></html>`;
}

/**
 * @param {string} host host name without the port
 * @param {string} path
 * @param {string} port
 * @returns {Answer | undefined}
 */
export function page(host, path, port) {
  const label = host.endsWith('.localhost') ? host.slice(0, -'.localhost'.length) : '';
  const outlet = Object.values(OUTLETS).find((o) => o.host === label);
  const theme = /^\/assets\/([\w-]+)\.(theme\.css|icon\.svg)$/.exec(path);
  if (theme) {
    const o = Object.values(OUTLETS).find((x) => x.host === theme[1]);
    if (!o) return undefined;
    return theme[2] === 'theme.css'
      ? { body: `:root{--ink:${o.ink};--tint:${o.tint}}`, type: 'text/css' }
      : {
          body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="${o.ink}"/><text x="8" y="12" text-anchor="middle" font-family="serif" font-weight="700" font-size="11" fill="#fff">${o.name.replace('The ', '')[0]}</text></svg>`,
          type: 'image/svg+xml',
        };
  }
  if (path === '/playground/samples.json')
    return { body: JSON.stringify(samples()), type: 'application/json' };
  const sample = /^\/playground\/sample\/(\d+)$/.exec(path)?.[1];
  const shown = sample === undefined ? undefined : ALL[Number(sample)];
  if (shown) return { body: article(shown, port) };
  const odd = special(path, port);
  if (odd) return odd;
  if (outlet) {
    if (path === '/') return { body: home(outlet, port).text };
    const found = ALL.find((a) => outletOf(a) === outlet && place(a) === path);
    return found && { body: article(found, port) };
  }
  return path === '/' ? { body: index(port).text } : undefined;
}
