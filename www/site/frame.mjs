/** The document around a layout's body. */

import { html, json } from './html.mjs';

/**
 * @typedef {object} View what a layout draws
 * @property {import('./markup.mjs').Article} article
 * @property {import('./outlets.mjs').Outlet} outlet
 * @property {{ path: string, title: string, art: string, caption: string }} story
 * @property {import('./furniture.mjs').Teaser[]} teasers
 * @property {string} url
 */

/**
 * @param {import('./outlets.mjs').Outlet} outlet
 * @param {{ title: string, head?: unknown, body: unknown, layout?: string }} parts
 */
export const frame = (outlet, { title, head, body, layout }) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | ${outlet.name}</title>
<link rel="icon" href="/assets/${outlet.host}.icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/base.css"><link rel="stylesheet" href="/assets/${layout ?? outlet.layout}.css">
<link rel="stylesheet" href="/assets/${outlet.host}.theme.css">
${head}
<script src="/assets/site.js" defer></script></head>
<body class="${layout ?? outlet.layout}">${body}</body></html>`;

/** JSON-LD of an article. @param {View} view @param {string} [type] @param {object} [more] */
export const linked = ({ article, outlet, story, url }, type = 'NewsArticle', more = {}) =>
  html`<script type="application/ld+json">${json({
    '@context': 'https://schema.org',
    '@type': type,
    headline: article.headline,
    datePublished: article.date.toISOString(),
    author: article.byline.split(/,? and /).map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'NewsMediaOrganization', name: outlet.name },
    image: `/assets/${story.art}.svg`,
    mainEntityOfPage: url,
    ...more,
  })}</script>`;

/** Open Graph. @param {View} view */
export const openGraph = ({
  article,
  outlet,
  url,
}) => html`<meta property="og:type" content="article"><meta property="og:title" content="${article.headline}">
<meta property="og:site_name" content="${outlet.name}"><meta property="og:url" content="${url}"><link rel="canonical" href="${url}">
<meta property="article:published_time" content="${article.date.toISOString()}">`;
