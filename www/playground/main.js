/** The playground: the core in a page, without the extension, over text or HTML that is pasted. */

import { CLEARED, snapshot } from '../../extension/content/snapshot.js';
import init, { Cards, Library, read_page, readTextVisit } from '../../extension/wasm/quoth.js';

/** @import { Actor, PageReading, Quote, Reading, Related } from '../../extension/protocol.js' */
/** @typedef {{ title: string, text: string, page: string }} Sample */

const source = /** @type {HTMLTextAreaElement} */ (document.getElementById('source'));
const samples = /** @type {HTMLSelectElement} */ (document.getElementById('samples'));
const article = /** @type {HTMLElement} */ (document.getElementById('article'));
const side = /** @type {HTMLElement} */ (document.getElementById('side'));
const time = /** @type {HTMLElement} */ (document.getElementById('time'));

/** @type {Map<string, Uint8Array>} visits read here, packed, by their records' keys */
const records = new Map();
/** @type {Library} */
let library;
/** @type {Sample[]} */
let list = [];
/** What is read: the sample's name, or what was pasted. */
let id = 'pasted';

start();

async function start() {
  await init({ module_or_path: '/extension/wasm/quoth.wasm' });
  library = new Library();
  list = await (await fetch('samples.json')).json();
  samples.append(...list.map((s, i) => make('option', { value: String(i) }, s.title)));
  samples.addEventListener('change', take);
  for (const kind of document.querySelectorAll('[name="kind"]'))
    kind.addEventListener('change', () => (samples.value ? take() : read()));
  let waiting = 0;
  source.addEventListener('input', () => {
    samples.value = '';
    id = 'pasted';
    clearTimeout(waiting);
    waiting = window.setTimeout(read, 150);
  });
  samples.value = '0';
  await take();
}

const kind = () => /** @type {HTMLInputElement} */ (document.querySelector('[name="kind"]:checked')).value;

async function take() {
  const sample = list[Number(samples.value)];
  if (!sample || samples.value === '') return;
  id = sample.title;
  source.value = kind() === 'html' ? await (await fetch(sample.page)).text() : sample.text;
  source.scrollTop = 0;
  await read();
}

async function read() {
  const started = performance.now();
  const { reading, visit } =
    kind() === 'html'
      ? await readHtml(source.value)
      : JSON.parse(readTextVisit(source.value, id, Date.now()));
  const ms = performance.now() - started;
  const json = typeof visit === 'string' ? visit : JSON.stringify(visit);
  time.textContent = `${ms.toLocaleString('en', { maximumFractionDigits: 1 })} ms`;
  const related = relate(json);
  draw(reading, related);
}

/** @param {string} text @returns {Promise<PageReading>} */
async function readHtml(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  // A document that is not shown has nothing visible: tell the snapshot not to ask.
  for (const child of page.body.children) child.setAttribute(CLEARED, '');
  const { text: words, attrs, names, records: nodes, cut } = await snapshot(page);
  const url = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? id;
  return JSON.parse(read_page(url, words, attrs, names, nodes, new Int32Array(0), cut, Date.now()));
}

/** What was read here before and belongs with this. @param {string} visit @returns {Related[]} */
function relate(visit) {
  const hits = library.relate(visit);
  const keys = /** @type {{ key: string }[]} */ (JSON.parse(hits)).map((h) => h.key);
  const cards = new Cards(visit, hits);
  const related = keys.flatMap((key, i) => {
    const record = records.get(key);
    const card = record && cards.card(i, record);
    return card ? [JSON.parse(card)] : [];
  });
  cards.free();
  if (id !== 'pasted') {
    const added = library.add(visit);
    records.set(added.key, added.record);
    added.free();
  }
  return related;
}

/** @param {Reading} reading @param {Related[]} related */
function draw(reading, related) {
  if (!reading.text.trim() || reading.state === 'none') {
    article.replaceChildren(
      make(
        'p',
        { class: 'empty' },
        reading.reason ? `No article: ${reading.reason}` : 'Nothing to read yet.',
      ),
    );
    side.replaceChildren();
    return;
  }
  article.replaceChildren(
    ...reading.blocks.map((block) => {
      const tags = /** @type {Record<string, string>} */ ({ headline: 'h1', heading: 'h2' });
      return make(tags[block.kind] ?? 'p', { class: block.kind }, ...runs(reading, block.start, block.end));
    }),
  );
  const quotes = reading.quotes.map((q, i) =>
    make(
      'li',
      {},
      button(`quote-${i}`, make('q', {}, reading.text.slice(q.start, q.end)), speaker(reading, q)),
    ),
  );
  const actors = [...reading.actors].sort((a, b) => b.mentions.length - a.mentions.length);
  side.replaceChildren(
    make('h2', {}, 'Who said what', make('span', {}, String(reading.quotes.length))),
    make('ol', {}, ...quotes),
    make('h2', {}, 'Who is named', make('span', {}, String(actors.length))),
    make(
      'ul',
      { class: 'chips' },
      ...actors.map((a) =>
        make(
          'li',
          {},
          button(
            `actor-${a.id}`,
            make('span', { class: `actor ${a.type}` }, a.name),
            a.mentions.length > 1 ? ` ${a.mentions.length}` : '',
          ),
        ),
      ),
    ),
    make('h2', {}, 'Related to what you tried here before', make('span', {}, String(related.length))),
    make(
      'ul',
      {},
      ...related.map((r) =>
        make(
          'li',
          {},
          make('b', {}, r.outlet || r.id),
          ` ${r.title}`,
          make('br'),
          make(
            'small',
            {},
            `${r.tier.replace('_', ' ')} · ${r.same_quotes.length ? `${r.same_quotes.length} of the same quotations` : 'no words in common'}`,
          ),
        ),
      ),
    ),
    make(
      'details',
      {},
      make('summary', {}, 'As the program gives it back'),
      make('pre', {}, JSON.stringify({ ...reading, text: `${reading.text.length} units` }, null, 1)),
    ),
  );
}

/** @param {Reading} reading @param {Quote} q */
function speaker(reading, q) {
  const who =
    q.speaker === null || q.speaker === undefined
      ? 'speaker unclear'
      : (reading.actors[q.speaker]?.name ?? '');
  const cue = q.cue ? ` · ${reading.text.slice(q.cue.start, q.cue.end)}` : '';
  const sure = make('span', { class: 'sure', title: `${Math.round(q.confidence * 100)} % sure` });
  sure.style.setProperty('--part', `${q.confidence * 100}%`);
  return make('small', {}, who, cue, sure);
}

/** Text from one offset to another as nodes: quotations and names as elements. @param {Reading} reading @param {number} from @param {number} to @returns {(Node | string)[]} */
function runs(reading, from, to) {
  /** @type {{ start: number, end: number, name: string, cls: string }[]} */
  const marks = [
    ...reading.quotes.map((q, i) => ({ start: q.start, end: q.end, name: `quote-${i}`, cls: 'quote' })),
    ...reading.actors.flatMap((/** @type {Actor} */ a) =>
      a.mentions
        .filter((m) => m.form === 'name')
        .map((m) => ({ start: m.start, end: m.end, name: `actor-${a.id}`, cls: `actor ${a.type}` })),
    ),
  ].filter((m) => m.start < to && m.end > from);
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  return nest(reading.text, marks, from, to);
}

/** @param {string} text @param {{ start: number, end: number, name: string, cls: string }[]} marks sorted @param {number} from @param {number} to @returns {(Node | string)[]} */
function nest(text, marks, from, to) {
  /** @type {(Node | string)[]} */
  const out = [];
  let at = from;
  for (let i = 0; i < marks.length; i += 1) {
    const mark = marks[i];
    if (!mark || mark.end <= at) continue;
    const start = Math.max(mark.start, at);
    const end = Math.min(mark.end, to);
    if (start >= end) continue;
    out.push(text.slice(at, start));
    const inside = marks.slice(i + 1).filter((m) => m.start < end && m.end <= end);
    const element = make(
      'span',
      { class: mark.cls, 'data-mark': mark.name },
      ...nest(text, inside, start, end),
    );
    element.addEventListener('click', (event) => {
      event.stopPropagation();
      show(mark.name);
    });
    out.push(element);
    at = end;
  }
  out.push(text.slice(at, to));
  return out;
}

/** @param {string} name @param {...(Node | string)} children */
function button(name, ...children) {
  const element = make('button', {}, ...children);
  element.addEventListener('click', () => {
    show(name);
    article.querySelector(`[data-mark="${name}"]`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  });
  return element;
}

/** @param {string} name */
function show(name) {
  for (const on of article.querySelectorAll('.on')) on.classList.remove('on');
  for (const mark of article.querySelectorAll(`[data-mark="${name}"]`)) mark.classList.add('on');
}

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node | string)} children */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
