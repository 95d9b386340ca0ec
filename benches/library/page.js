/** The measurements that run inside the extension's page: filling, asking, appending, and the same with MiniSearch. */

import MiniSearch from 'minisearch';
import { Shelf } from '../../extension/library/shelf.js';
import { NO_LIMITS } from '../../extension/store/limits.js';
import { Store } from '../../extension/store/store.js';
import init, { visitOf } from '../../extension/wasm/quoth.js';

/** Numbers that come out the same on every machine (mulberry32). @param {number} seed */
function numbers(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SYLLABLES =
  'ba be bi bo da de di do fa fe ga go ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi za zo'.split(
    ' ',
  );

/** An invented word; small numbers are short and common. @param {number} n */
function word(n) {
  let out = '';
  for (let rest = n + 3; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    out += SYLLABLES[rest % SYLLABLES.length];
  return out;
}

const VOCABULARY = Array.from({ length: 60_000 }, (_, n) => word(n));

/** Places as Zipf has them. @param {() => number} next @param {number} size */
const rank = (next, size) => Math.min(size - 1, Math.floor(Math.exp(next() * Math.log(size))) - 1);

/**
 * An invented article of news length as the native program gives it back: five tell one story, with ten
 * quotations and twelve actors, of whom the story's own return.
 * @param {number} n
 */
export function line(n) {
  const story = numbers(Math.floor(n / 5) + 1);
  const own = numbers(n + 1e6);
  const topic = Array.from({ length: 40 }, () => VOCABULARY[200 + rank(story, 59_000)] ?? '');
  const names = Array.from(
    { length: 6 },
    () => `${cap(VOCABULARY[rank(story, 3000)])} ${cap(VOCABULARY[1000 + rank(story, 20_000)])}`,
  );
  for (let i = 0; i < 6; i += 1)
    names.push(`${cap(VOCABULARY[rank(own, 3000)])} ${cap(VOCABULARY[1000 + rank(own, 20_000)])}`);
  const pick = () => (own() < 0.3 ? topic[Math.floor(own() * 40)] : VOCABULARY[rank(own, 60_000)]) ?? '';
  const sentence = (/** @type {number} */ words) => cap(Array.from({ length: words }, pick).join(' '));
  const title = `${cap(topic[0])} ${topic[1]} ${topic[2]} ${sentence(5).toLowerCase()}`;
  let text = title;
  const quotes = [];
  const utterances = Array.from({ length: 5 }, () =>
    Array.from({ length: 16 }, () => VOCABULARY[rank(story, 30_000)]).join(' '),
  );
  for (let p = 0; p < 14; p += 1) {
    text += `\n\n${sentence(14)}. `;
    if (p < 10) {
      const said = p < 5 ? cap(utterances[p]) : sentence(12);
      quotes.push({
        start: text.length,
        end: text.length + said.length + 3,
        kind: 'direct',
        speaker: p % 12,
      });
      text += `“${said}.” `;
    }
    text += `${names[p % 12]} ${sentence(8).toLowerCase()}.`;
  }
  const published = new Date(1.7e12 + Math.floor(n / 5) * 3_000_000 + Math.floor(own() * 8e7)).toISOString();
  const actors = names.map((name, id) => ({
    id,
    name,
    type: 'person',
    key: name.toLowerCase(),
    mentions: Array(1 + (id % 3)).fill(0),
  }));
  const url = `https://paper${n % 40}.example/${Math.floor(n / 5)}/${n}`;
  return JSON.stringify({
    id: url,
    url,
    title,
    outlet: `Paper ${n % 40}`,
    published,
    language: 'en',
    text,
    actors,
    quotes,
  });
}

/** @param {string | undefined} w */
const cap = (w) => (w ? w[0]?.toUpperCase() + w.slice(1) : '');

/** @param {number[]} times */
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    Math.round((sorted[Math.floor((sorted.length - 1) * part)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), worst: at(1) };
}

/** @param {number} count @param {(i: number) => unknown} work */
async function timed(count, work) {
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await work(i);
    times.push(performance.now() - started);
  }
  return spread(times);
}

/** @type {Store} */
let store;
/** @type {any} */
let wasm;

export const bench = {
  async open() {
    wasm = await init({ module_or_path: chrome.runtime.getURL('quoth.wasm') });
    store = await Store.open();
  },

  /** Keeps visits `from` to `to`. @param {number} from @param {number} to */
  async fill(from, to) {
    const visits = [];
    for (let n = from; n < to; n += 1) visits.push(visitOf(line(n), 1.75e12 + n * 1000));
    await store.add(visits, NO_LIMITS);
  },

  /** @param {number} size @param {number} count */
  async ask(size, count) {
    const next = numbers(7);
    const visits = Array.from({ length: count }, () => visitOf(line(Math.floor(next() * size)), Date.now()));
    await store.relate(visits[0] ?? '');
    await store.relate(visits[0] ?? '');
    // What it does at leisure after its first answers.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    /** @type {number[]} */
    const related = [];
    const query = await timed(count, async (i) => related.push((await store.relate(visits[i] ?? '')).length));
    const found = related.reduce((a, b) => a + b, 0) / count;
    const append = await timed(40, (i) => store.add([visitOf(line(size + i), Date.now())], NO_LIMITS));
    const { totals } = await store.notes();
    const { usage } = await navigator.storage.estimate();
    return {
      visits: store.size,
      query,
      found,
      append,
      bytes: totals.bytes,
      usage,
      memory: store.memory,
      linear: wasm.memory.buffer.byteLength,
    };
  },

  /** Searching as one types, with the catalogue. @param {number} count */
  async search(count) {
    const started = performance.now();
    const shelf = await Shelf.open();
    const opened = performance.now() - started;
    const next = numbers(9);
    const queries = Array.from({ length: count }, () => {
      const w = VOCABULARY[200 + rank(next, 50_000)] ?? '';
      return next() < 0.5 ? w : `${w.slice(0, 3)} ${VOCABULARY[rank(next, 5000)]}`;
    });
    const search = await timed(count, (i) => shelf.search(queries[i] ?? '', 40));
    return { opened, search, memory: shelf.catalogue.memory };
  },

  /** A visit to ask the background about. @param {number} n */
  visit: (n) => visitOf(line(n), Date.now()),

  /** The same visits in MiniSearch, asked for the same things by their telling words. @param {number} size @param {number} count */
  async mini(size, count) {
    const heap = () => /** @type {any} */ (performance).memory?.usedJSHeapSize ?? 0;
    const before = heap();
    const index = new MiniSearch({ fields: ['title', 'text'], storeFields: [] });
    const started = performance.now();
    for (let n = 0; n < size; n += 1) {
      const { title, text } = JSON.parse(line(n));
      index.add({ id: n, title, text });
      if (n % 500 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    const built = performance.now() - started;
    const next = numbers(7);
    const queries = Array.from({ length: count }, () => {
      const visit = JSON.parse(visitOf(line(Math.floor(next() * size)), 0));
      return `${visit.title} ${visit.words.join(' ')}`;
    });
    const query = await timed(count, (i) => index.search(queries[i] ?? ''));
    return { built, query, heap: heap() - before };
  },
};

Object.assign(globalThis, { bench });
