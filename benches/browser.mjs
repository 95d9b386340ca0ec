/** Ours beside others in one Chromium run: `node benches/browser.mjs SHARED BUILT`. `cargo xtask bench` calls it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import puppeteer from 'puppeteer-core';
import { serve } from '../www/server.mjs';

const [shared, built] = /** @type {[string, string]} */ (process.argv.slice(2));

/** With these, clocks tick in 5 microseconds. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** @param {string} path @returns {any[]} */
const lines = (path) =>
  readFileSync(join(shared, path), 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l));

/** @param {number[]} all @param {number} share */
function at(all, share) {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

/** @param {string} name @param {number[]} all */
const row = (name, all) =>
  console.log(
    `${name.padEnd(46)} ${at(all, 0.5).toFixed(2).padStart(9)} ${at(all, 0.95).toFixed(2).padStart(8)}`,
  );

const wasm = readFileSync(join(built, 'quoth.wasm'));
const bundle = readFileSync(join(built, 'page.bundle.js'), 'utf8');
const site = await serve();
const browser = await puppeteer.launch({
  executablePath: process.env.QUOTH_CHROMIUM ?? '/usr/bin/chromium',
  pipe: true,
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
});

/** A page with the benches in it. @param {string} path @param {string} html */
async function open(path, html) {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.goto(site.add(path, html, ISOLATED), { waitUntil: 'domcontentloaded' });
  await page.addScriptTag({ content: bundle });
  const bytes = wasm.toString('base64');
  await page.evaluate((b64) => globalThis.quothBench.load(`data:application/wasm;base64,${b64}`), bytes);
  return page;
}

try {
  /** @type {Record<string, BenchTimes>[]} */
  const pages = [];
  /** @type {BenchColumns[]} */
  const columns = [];
  for (const { id } of lines('bench/clutter/news/gold.jsonl')) {
    const html = gunzipSync(readFileSync(join(shared, `bench/clutter/news/html/${id}.html.gz`))).toString(
      'utf8',
    );
    // The pages' own scripts would change them under us; structured data stays.
    const still = html.replace(/<script\b(?![^>]*ld\+json)[\s\S]*?<\/script>/gi, '');
    const page = await open(`/${id}`, still);
    const { times, columns: own } = await page.evaluate(() => globalThis.quothBench.page());
    pages.push(times);
    columns.push(own);
    await page.close();
  }
  const core = await open('/core', '<!doctype html><title>bench</title>');
  const background = await core.evaluate((all) => globalThis.quothBench.background(all), columns);
  await core.close();
  pages.forEach((page, i) => {
    Object.assign(page, { background: background[i] });
  });
  const HOW = { first: 'first time, code cold', five: 'best of 5', best: 'best of 15, code warm' };
  for (const when of /** @type {const} */ (['first', 'five', 'best'])) {
    /** @param {string[]} parts */
    const sum = (...parts) => pages.map((p) => parts.reduce((all, part) => all + (p[part]?.[when] ?? 0), 0));
    console.log(`\n${pages.length} news pages in Chromium, ms, ${HOW[when]}`.padEnd(48), '  median      p95');
    row('  Quoth: snapshot, article in the background', sum('snapshot', 'background'));
    row('  Quoth: snapshot and article in the page', sum('snapshot', 'extract'));
    row('  Readability.js: clone and parse', sum('clone', 'parse'));
    row('  Quoth: snapshot', sum('snapshot'));
    row('  Quoth: snapshot, all of the reading', sum('snapshot', 'whole'));
  }

  const blank = await open('/blank', '<!doctype html><title>bench</title>');
  const texts = [...lines('bench/actors/dev-newswire.jsonl'), ...lines('bench/actors/dev-sentences.jsonl')];
  const plain = texts.map((t) => t.text);
  await blank.evaluate((t) => globalThis.quothBench.names(t.slice(0, 20)), plain);
  const { words, ours, theirs } = await blank.evaluate((t) => globalThis.quothBench.names(t), plain);
  const rate = (/** @type {number} */ ms) => `${Math.round((words / ms) * 1000)} words a second`;
  console.log(`\nnames in ${plain.length} texts, ${words} words, in Chromium`);
  console.log(`  Quoth, names and actors   ${rate(ours)}`);
  console.log(
    `  compromise                ${rate(theirs)}; Quoth is ${(theirs / ours).toFixed(1)} times as fast`,
  );

  const size = 50_000;
  const visits = lines('bench/related/dev.jsonl').map((v) => JSON.stringify(v));
  const result = await blank.evaluate((v, n) => globalThis.quothBench.library(v, n), visits, size);
  console.log(`\nlibrary of ${result.size} visits in Chromium, ms a query`.padEnd(48), '  median      p95');
  row('  Quoth', result.ours);
  row('  MiniSearch', result.theirs);
  console.log(
    `  filled in ${(result.fill.ours / 1e3).toFixed(1)} s and ${(result.fill.theirs / 1e3).toFixed(1)} s; ours holds ${(result.memory / 1e6).toFixed(1)} MB`,
  );
} finally {
  await browser.close();
  await site.close();
}
