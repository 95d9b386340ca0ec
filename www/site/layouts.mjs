/** Five ways to build a news page: clean, a soup of boxes, nested tables, a live page, a long read. */

import { frame, linked, openGraph } from './frame.mjs';
import * as part from './furniture.mjs';
import { html } from './html.mjs';

/** @typedef {import('./frame.mjs').View} View */

/** A furniture line of the article, as the layout shows it. @param {string} text @param {string} tag */
const line = (text, tag) => {
  if (/^adv/i.test(text)) return part.advert(text.length);
  if (/^(read|related|see|lea|skaitykite|recommended)/i.test(text))
    return html`<div class="read-more"><a href="/">${text}</a></div>`;
  return html`<div class="${tag}">${text}</div>`;
};

/** Clean HTML5: what a wire's own site does. @param {View} v */
function semantic(v) {
  const { article: a, outlet: o, story } = v;
  return frame(o, {
    title: a.headline,
    head: html`${linked(v)}${openGraph(v)}<meta name="author" content="${a.byline}">`,
    body: html`<header class="site-header"><div class="wrap"><a class="logo" href="/">${o.name}</a><span class="tagline">${o.tagline}</span></div>${part.nav(o)}</header>
<div class="columns wrap"><main><article itemscope itemtype="https://schema.org/NewsArticle">
<header><p class="kicker"><a href="/">World</a></p><h1 itemprop="headline">${a.headline}</h1>
<p class="byline">By <span rel="author" itemprop="author">${a.byline}</span></p>
<p class="stamp"><time datetime="${a.date.toISOString()}">${part.long(a.date)}, ${part.clock(a.date)} GMT</time> · <span>3 min read</span></p>${part.share()}</header>
<figure><img src="/assets/${story.art}.svg" alt="" width="960" height="540"><figcaption>${story.caption} <span class="credit">${o.name}/Handout</span></figcaption></figure>
<div class="article-body" itemprop="articleBody">
${a.paragraphs.map((p, i) => (p.kind === 'text' ? html`<p>${p.text}</p>${i === 4 ? part.newsletter(o) : ''}` : line(p.text, 'note')))}
</div></article>${part.related(v.teasers, `More from ${o.name}`)}${part.comments()}</main>
<div class="rail">${part.mostRead(v.teasers)}${part.advert(1)}</div></div>${part.footer(o)}${part.cookies()}`,
  });
}

/** Boxes in boxes with generated class names: what a chain's content system does. @param {View} v */
function soup(v) {
  const { article: a, outlet: o, story } = v;
  const breaking = html`<div class="css-9ab12 ticker"><span>TRENDING</span> ${v.teasers.slice(0, 2).map((t) => html`<a href="${t.href}">${t.headline}</a>`)}</div>`;
  return frame(o, {
    title: a.headline,
    head: openGraph(v),
    body: html`<div id="__app"><div class="css-1hd top"><div class="css-2aa"><div class="brand"><a href="/">${o.name}</a></div><div class="css-3bb">${part.nav(o)}</div>
<div class="sub"><a href="/">SUBSCRIBE – $1 a week</a></div></div></div>${breaking}
<div class="css-77q lay"><div class="css-88r main-col"><div class="crumb"><a href="/">Home</a> › <a href="/">News</a></div>
<div class="css-h1w"><h1>${a.headline}</h1></div>
<div class="meta-line"><div class="avatar"></div><div><div class="by">By ${a.byline}</div><div class="dt">Published ${part.long(a.date)} ${part.clock(a.date)} · Updated 2 hours ago</div></div></div>
${part.share()}
<div class="css-img"><div class="pic"><img src="/assets/${story.art}.svg" alt=""></div><div class="cap">${story.caption}</div></div>
<div class="css-story">${a.paragraphs.map((p, i) =>
      p.kind === 'text'
        ? html`<div class="css-p0"><div class="css-p1">${p.text}</div></div>${i === 2 ? inlineRelated(v) : ''}${i === 6 ? part.advert(i) : ''}`
        : html`<div class="css-x">${line(p.text, 'css-note')}</div>`,
    )}</div>
<div class="tags"><span>Tags:</span> ${['Recall', 'Consumer', 'Europe', 'Safety'].map((t) => html`<a href="/">${t}</a>`)}</div>
${part.newsletter(o)}${part.related(v.teasers, 'You may also like')}${part.comments()}</div>
<div class="css-99s side">${part.advert(0)}${part.mostRead(v.teasers)}${part.advert(2)}</div></div>${part.footer(o)}</div>${part.cookies()}
<div class="app-nag" id="nag"><span>Read faster in our app</span><button data-close="nag">Get it</button></div>`,
  });
}

/** @param {View} v */
const inlineRelated = (v) =>
  html`<div class="css-rel"><div class="rl">RELATED</div>${v.teasers.slice(0, 2).map((t) => html`<div class="ri"><a href="${t.href}">${t.headline}</a></div>`)}</div>`;

/** Tables in tables: what a small paper has had since 2003. @param {View} v */
function tables(v) {
  const { article: a, outlet: o, story } = v;
  const day = a.date.toLocaleDateString('sv-SE', { timeZone: o.zone });
  return frame(o, {
    title: a.headline,
    head: html`<meta name="date" content="${day}">`,
    body: html`<table class="outer" width="980" align="center" cellpadding="0" cellspacing="0"><tr><td colspan="3" class="mast"><table width="100%"><tr>
<td class="logo"><a href="/">${o.name}</a><br><small>${o.tagline}</small></td><td class="ad-top">${part.advert(2)}</td></tr></table></td></tr>
<tr><td colspan="3" class="bar"><table><tr>${o.sections.map((s) => html`<td><a href="/">${s}</a></td>`)}</tr></table></td></tr>
<tr><td class="left" valign="top" width="160"><table width="100%"><tr><td class="box-h">Weather</td></tr><tr><td>Tomorrow 4°, wind from the west</td></tr>
<tr><td class="box-h">Currency</td></tr><tr><td>€1 = $1.08<br>€1 = £0.84</td></tr><tr><td class="box-h">Sections</td></tr>
${o.sections.map((s) => html`<tr><td><a href="/">» ${s}</a></td></tr>`)}</table></td>
<td class="mid" valign="top"><table width="100%"><tr><td class="path"><a href="/">Home</a> &gt; <a href="/">News</a></td></tr>
<tr><td class="title"><font size="5"><b>${a.headline}</b></font></td></tr>
<tr><td class="info">${day} ${part.clock(a.date, o.zone)} &nbsp; ${a.byline} &nbsp; <a href="/">Print</a> <a href="/">Send to a friend</a></td></tr>
<tr><td class="story"><table class="photo" align="right" width="300"><tr><td><img src="/assets/${story.art}.svg" width="300" height="169" alt=""></td></tr><tr><td class="cap">${story.caption}</td></tr></table>
${a.paragraphs.map((p) => (p.kind === 'text' ? html`${p.text}<br><br>` : html`<table class="inbox" width="100%"><tr><td>${line(p.text, 'note')}</td></tr></table>`))}</td></tr>
<tr><td>${part.share()}</td></tr><tr><td class="also"><b>Other news</b><ul>${v.teasers.map((t) => html`<li><a href="${t.href}">${t.headline}</a></li>`)}</ul></td></tr>
<tr><td>${part.comments()}</td></tr></table></td>
<td class="right" valign="top" width="180"><table width="100%"><tr><td class="box-h">Most read</td></tr>${v.teasers.map((t) => html`<tr><td><a href="${t.href}">${t.headline}</a></td></tr>`)}</table>${part.advert(0)}</td></tr>
<tr><td colspan="3">${part.footer(o)}</td></tr></table>${part.cookies()}`,
  });
}

/** A line that opens an entry of a live page: "16:38" alone, or "3.05pm — " before the text. */
const TIME = /^(\d{1,2}[:.]\d\d(?:[ap]m)?)(?: — |$)/;

/** Entries under their times, newest first as they came. @param {View} v */
function live(v) {
  const { article: a, outlet: o, story } = v;
  /** @type {{ time: string, parts: { kind: string, text: string }[] }[]} */
  const entries = [];
  for (const p of a.paragraphs) {
    const time = p.kind === 'text' ? TIME.exec(p.text) : null;
    if (time || !entries.length) entries.push({ time: time?.[1] ?? '', parts: [] });
    const text = time ? p.text.slice(time[0].length) : p.text;
    if (text) entries[entries.length - 1].parts.push({ kind: p.kind, text });
  }
  return frame(o, {
    title: a.headline,
    head: html`${linked(v, 'LiveBlogPosting', { coverageStartTime: a.date.toISOString() })}${openGraph(v)}`,
    body: html`<header class="top"><div class="wrap"><a class="logo" href="/"><i></i>${o.name}</a>${part.nav(o)}</div></header>
<div class="hero"><div class="wrap"><span class="badge">Live</span><h1>${a.headline}</h1><p class="by">${a.byline} · <time datetime="${a.date.toISOString()}">${part.long(a.date)}</time></p></div></div>
<div class="wrap grid"><aside class="key"><h2>Key events</h2><ol>${entries.slice(0, 5).map((e) => html`<li><a href="#t${e.time}">${e.time}</a> ${(e.parts[0]?.text ?? '').split(/(?<=[.!?])\s/)[0]}</li>`)}</ol>${part.share()}${part.advert(1)}</aside>
<main><figure><img src="/assets/${story.art}.svg" alt=""><figcaption>${story.caption}</figcaption></figure>
<div class="controls"><button>Newest first</button><button>Oldest first</button><label><input type="checkbox"> Key events only</label></div>
${entries.map(
  (
    e,
    i,
  ) => html`<section class="entry" id="t${e.time}"><div class="when"><time>${e.time}</time></div><div class="what">
${e.parts.map((p) => (p.kind === 'text' ? html`<p>${p.text}</p>` : line(p.text, 'note')))}<div class="entry-share"><a href="/">Share</a> <a href="/">Link</a></div></div></section>${i === 3 ? part.newsletter(o) : ''}`,
)}
${part.related(v.teasers, 'More live')}${part.comments()}</main></div>${part.footer(o)}${part.cookies()}`,
  });
}

/** One wide column, a drop capital, pull quotes: what a broadsheet keeps for its essays. @param {View} v */
function longread(v) {
  const { article: a, outlet: o, story } = v;
  const texts = a.paragraphs.filter((p) => p.kind === 'text');
  const pull = /[‘“]([^‘’“”]{30,110})[,.]?[’”]/.exec(texts[Math.min(2, texts.length - 1)].text)?.[1];
  return frame(o, {
    title: a.headline,
    head: html`${openGraph(v)}<meta name="byl" content="By ${a.byline}">`,
    body: html`<div class="sticky"><a class="logo" href="/">${o.name}</a><span class="now">${a.headline}</span><a class="sub" href="/">Subscribe</a></div>
<header class="masthead"><div class="title"><a href="/">${o.name}</a></div><div class="line"><span>${o.tagline}</span><span>${part.long(a.date)}</span><span>£3.20</span></div>${part.nav(o)}</header>
<main><div class="lead"><div class="section">Long read</div><h1>${a.headline}</h1><div class="author">By <a rel="author" href="/">${a.byline}</a></div>
<time class="date" datetime="${a.date.toISOString()}">${part.long(a.date)}</time></div>
<figure class="wide"><img src="/assets/${story.art}.svg" alt=""><figcaption>${story.caption}</figcaption></figure>
<div class="text">${a.paragraphs.map((p) =>
      p.kind === 'text'
        ? html`<p class="${p === texts[0] ? 'first' : ''}">${p.text}</p>${pull && p === texts[2] ? html`<aside class="pull" aria-hidden="true">‘${pull}’</aside>` : ''}`
        : line(p.text, 'aside'),
    )}</div>
${part.share()}<div class="bio"><b>${a.byline}</b> writes for ${o.name}. Follow for an email when the next piece is out.</div>
${part.newsletter(o)}${part.related(v.teasers, 'Keep reading')}${part.comments()}</main>${part.footer(o)}${part.cookies()}`,
  });
}

export const LAYOUTS = { semantic, soup, tables, live, longread };
