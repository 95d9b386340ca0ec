/** What the benches run inside a page: ours and the others' on the same document, turn by turn. */

import { Readability } from '@mozilla/readability';
import MiniSearch from 'minisearch';
import nlp from 'compromise';
import { snapshot } from '../extension/content/snapshot.js';
import { NO_BOXES } from '../extension/columns.js';
// @ts-expect-error: built with the feature `bench`, named by the bundler
import { bench_extract, bench_names, initSync, Library, read_page, visitOf } from 'quoth-bench';

/** How often each page is read; code is cold in the first rounds and warm in the last. */
const ROUNDS = 15;

/** @param {string} address of the module */
async function load(address) {
  initSync({ module: new Uint8Array(await (await fetch(address)).arrayBuffer()) });
}

/** @template T @param {() => T} work @returns {number} milliseconds */
function timed(work) {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** One page: of each the first time, the fastest of five and the fastest of all. */
async function page() {
  /** @type {Record<string, number[]>} */
  const all = { snapshot: [], extract: [], whole: [], clone: [], parse: [] };
  for (let i = 0; i < ROUNDS; i++) {
    let begun = performance.now();
    const shot = await snapshot(document);
    all.snapshot?.push(performance.now() - begun);
    const { url, text, attrs, names, records } = shot;
    all.extract?.push(timed(() => bench_extract(url, text, attrs, names, records)));
    all.whole?.push(timed(() => JSON.parse(read_page(url, text, attrs, names, records, NO_BOXES, false, 0))));
    begun = performance.now();
    const clone = /** @type {Document} */ (document.cloneNode(true));
    all.clone?.push(performance.now() - begun);
    all.parse?.push(timed(() => new Readability(clone).parse()));
  }
  const times = Object.fromEntries(Object.entries(all).map(([k, v]) => [k, figures(v)]));
  const { url, text, attrs, names, records } = await snapshot(document);
  return { times, columns: { url, text, attrs, names, records: [...records] } };
}

/** @param {number[]} times of one page */
function figures(times) {
  return { first: times[0] ?? Number.NaN, five: Math.min(...times.slice(0, 5)), best: Math.min(...times) };
}

/**
 * The article out of each page's columns in one instance, as the extension's background does it: page after
 * page, the first time around not counted.
 * @param {BenchColumns[]} pages
 */
function background(pages) {
  const columns = pages.map((page) => ({ ...page, records: new Uint32Array(page.records) }));
  /** @type {number[][]} */
  const all = columns.map(() => []);
  for (let i = 0; i <= ROUNDS; i++) {
    columns.forEach(({ url, text, attrs, names, records }, n) => {
      const ms = timed(() => bench_extract(url, text, attrs, names, records));
      if (i > 0) all[n]?.push(ms);
    });
  }
  return all.map(figures);
}

/** Names and actors against compromise's people, organisations and places. @param {string[]} texts */
function names(texts) {
  const words = texts.reduce((sum, t) => sum + t.split(/\s+/).length, 0);
  let [ours, theirs] = [0, 0];
  for (const text of texts) {
    // Turn by turn, the fastest of three: others' work and a collection of garbage are no one's speed.
    const times = Array.from({ length: 3 }, () => [
      timed(() => bench_names(text)),
      timed(() => {
        const doc = nlp(text);
        return [doc.people().out('array'), doc.organizations().out('array'), doc.places().out('array')];
      }),
    ]);
    ours += Math.min(...times.map(([our = 0]) => our));
    theirs += Math.min(...times.map(([, their = 0]) => their));
  }
  return { words, ours, theirs };
}

/**
 * The library against MiniSearch over the same visits: both are given the words that the sketch keeps.
 * @param {string[]} lines JSON lines of articles
 * @param {number} size how many visits
 */
function library(lines, size) {
  const mine = new Library();
  const mini = new MiniSearch({ fields: ['title', 'words'], storeFields: ['title'] });
  const visits = lines.map((line) => JSON.parse(visitOf(line, 0)));
  const fill = { ours: 0, theirs: 0 };
  for (let i = 0; i < size; i++) {
    const visit = { ...visits[i % visits.length], id: `v${i}` };
    fill.ours += timed(() => mine.add(JSON.stringify(visit)));
    fill.theirs += timed(() => mini.add({ id: visit.id, title: visit.title, words: visit.words.join(' ') }));
  }
  // What the extension does at leisure after its first answers, counted with the filling.
  fill.ours += timed(() => {
    while (mine.arrange());
  });
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const theirs = [];
  for (let i = 0; i < 60; i++) {
    const visit = visits[(i * 89) % visits.length];
    const json = JSON.stringify({ ...visit, id: `query ${i}` });
    ours.push(timed(() => mine.relate(json)));
    if (i < 15) theirs.push(timed(() => mini.search(`${visit.title} ${visit.words.join(' ')}`)));
  }
  return { size, ours, theirs, fill, memory: mine.memory };
}

Object.assign(globalThis, { quothBench: { load, page, background, names, library } });
