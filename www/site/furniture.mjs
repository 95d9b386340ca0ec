/** What stands around an article on a real news page, invented: menus, banners, boxes, comments. */

import { html } from './html.mjs';

/** @typedef {import('./markup.mjs').Article} Article */
/** @typedef {import('./outlets.mjs').Outlet} Outlet */
/** @typedef {{ href: string, headline: string, when: string, art: string }} Teaser */

/** @param {Outlet} o */
export const nav = (o) => html`<nav class="menu" aria-label="Sections"><ul>
${o.sections.map((s) => html`<li><a href="/">${s}</a></li>`)}
</ul></nav>`;

/** The consent banner every reader knows. */
export const cookies =
  () => html`<div class="cookie-banner" id="consent" role="dialog" aria-label="Your privacy">
<div class="cookie-inner"><p><strong>We value your privacy.</strong> We and our 847 partners store and access
information on your device to show you personalised adverts and to measure them.</p>
<div class="cookie-buttons"><button data-close="consent">Accept all</button><button data-close="consent">Manage options</button></div></div></div>`;

/** @param {Outlet} o */
export const newsletter = (
  o,
) => html`<aside class="newsletter-signup"><h3>The morning briefing from ${o.name}</h3>
<p>Sign up and get the five stories that matter in your inbox before breakfast. Free, and you can leave at any time.</p>
<form onsubmit="return false"><input type="email" placeholder="Your email address" aria-label="Email"><button>Sign up</button></form></aside>`;

const ADVERTS = [
  ['Sleep like a stone', 'The Basalt mattress. 120 nights on trial, free return.', 'Shop now'],
  [
    'New boots for old hills',
    'Hartwell & Daughters: 20% off all walking boots this week only.',
    'See the range',
  ],
  [
    'Heat pumps, fitted by April',
    '“They were in and out before my tea went cold,” says Linda from Hull.',
    'Get a quote',
  ],
];

/** @param {number} i */
export const advert = (i) => {
  const [head, text, button] = ADVERTS[i % ADVERTS.length];
  return html`<div class="ad-slot ad-${i % ADVERTS.length}" data-ad="inline"><span class="ad-label">Advertisement</span>
<div class="ad-box"><div><b>${head}</b><span>${text}</span></div><a href="/">${button}</a></div></div>`;
};

export const share = () => html`<div class="share-bar"><span>Share</span>
${['Facebook', 'WhatsApp', 'Bluesky', 'Email', 'Copy link'].map((s) => html`<a href="/" class="share-${s.toLowerCase().replace(' ', '-')}">${s}</a>`)}</div>`;

/** @param {Teaser[]} teasers @param {string} title */
export const related = (
  teasers,
  title,
) => html`<section class="related-stories"><h2>${title}</h2><div class="cards">
${teasers.map(
  (
    t,
  ) => html`<article class="card"><a href="${t.href}"><img src="/assets/${t.art}.svg" alt="" width="320" height="180">
<h3>${t.headline}</h3></a><time>${t.when}</time></article>`,
)}</div></section>`;

const READERS = [
  [
    'HarbourMaster72',
    '2 hours ago',
    '“We should have seen this earlier,” she said. My grandmother said the same about the Titanic.',
    41,
  ],
  [
    'Petra_V',
    '1 hour ago',
    'I rang the helpline and a man called Gerald told me, “Just don’t boil anything for a while.” Thank you, Gerald.',
    28,
  ],
  [
    'notanexpert',
    '54 minutes ago',
    'The minister said on the radio “nobody could have known”. Everybody knew!',
    17,
  ],
  ['Old Salt', '12 minutes ago', 'First they came for the kettles.', 3],
];

export const comments =
  () => html`<section class="comments" id="comments"><h2>Comments <span>(${READERS.length})</span></h2>
<p class="rules">Be kind. Comments are read by a person before they appear.</p>
<ol>${READERS.map(
    ([
      name,
      when,
      text,
      likes,
    ]) => html`<li class="comment"><div class="who"><b>${name}</b> <span>${when}</span></div>
<p>${text}</p><div class="acts"><button>Reply</button> <button>Like (${likes})</button> <button>Report</button></div></li>`,
  )}</ol></section>`;

/** @param {Teaser[]} teasers */
export const mostRead = (teasers) => html`<aside class="most-read"><h2>Most read</h2><ol>
${teasers.map((t) => html`<li><a href="${t.href}">${t.headline}</a></li>`)}</ol></aside>`;

/** @param {Outlet} o */
export const footer = (
  o,
) => html`<footer class="site-footer"><div class="footer-in"><div><b>${o.name}</b><p>${o.tagline}</p></div>
<ul>${['About us', 'Contact', 'Corrections', 'Privacy policy', 'Cookie settings', 'Terms of use', 'Work for us'].map((t) => html`<li><a href="/">${t}</a></li>`)}</ul>
<p class="legal">© 2026 ${o.name}. All rights reserved. No part of this site may be reproduced without permission.</p></div></footer>`;

/** @param {Date} date @param {string} [zone] */
export const long = (date, zone = 'UTC') =>
  date.toLocaleString('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });

/** @param {Date} date @param {string} [zone] */
export const clock = (date, zone = 'UTC') =>
  date.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
