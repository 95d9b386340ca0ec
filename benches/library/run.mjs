/**
 * The library at 50,000 visits in real browsers, side by side with MiniSearch:
 *
 *     cargo xtask bench library, or of a build that is there:
 *     node benches/library/run.mjs [--browser chromium|firefox] [--visits 50000] [--no-mini]
 */

import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { BROWSERS, launch, until } from '../../tests/browser/harness.mjs';
import { withStorePage } from '../../tests/browser/store-page.mjs';

const { values } = parseArgs({
  options: {
    browser: { type: 'string' },
    visits: { type: 'string', default: '50000' },
    'no-mini': { type: 'boolean', default: false },
  },
});
const visits = Number(values.visits);
const browsers = values.browser ? /** @type {('chromium' | 'firefox')[]} */ ([values.browser]) : BROWSERS;

/** @param {number} bytes */
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
/**
 * A row: what, the median or the figure alone, the 95th part of a hundred, the worst, the bars.
 * @param {string} what @param {...(string | number | undefined)} cells
 */
const row = (what, ...cells) =>
  console.log(
    `  ${what.padEnd(38)}${cells.map((c) => (typeof c === 'number' ? c.toFixed(1) : (c ?? '')).padStart(12)).join('')}`,
  );
/** @param {string} what @param {string} figure */
const say = (what, figure) => console.log(`  ${what.padEnd(38)} ${figure}`);

const extension = await withStorePage("import './benches/library/page.js';");
try {
  for (const browser of browsers) await measure(browser);
} finally {
  await rm(dirname(extension), { recursive: true, force: true });
}

/** @param {'chromium' | 'firefox'} browser */
async function measure(browser) {
  const quoth = await launch(browser, { extension });
  try {
    const page = await quoth.openOwn('test/store.html', { width: 500, height: 400 });
    await until(
      () => page.evaluate(() => globalThis.bench?.open().then(() => true)),
      'the bench page is there',
    );
    console.log(
      `${browser}, ${visits.toLocaleString('en')} visits (load of this machine ${loadavg()[0]?.toFixed(1)})`,
    );
    const started = performance.now();
    for (let n = 0; n < visits; n += 500) {
      await page.evaluate((from, to) => globalThis.bench.fill(from, to), n, Math.min(n + 500, visits));
    }
    say('taken in', `${((performance.now() - started) / 1000).toFixed(0)} s`);
    const asked = await page.evaluate((size) => globalThis.bench.ask(size, 200), visits);
    row('', 'p50', 'p95', 'worst', 'bar');
    row('related, warm, ms', asked.query.p50, asked.query.p95, asked.query.worst, '10, p95 40');
    row('append, ms', asked.append.p50, asked.append.p95, asked.append.worst, '20');
    row('store: records, frames, rows, MB', asked.bytes / 1e6, '', '', '100');
    row('store: as the browser counts, MB', asked.usage / 1e6);
    row('memory: sketches, MB', asked.memory / 1e6, '', '', '40');
    row('memory: the core in all, MB', asked.linear / 1e6);
    const searched = await page.evaluate(() => globalThis.bench.search(200));
    row('search as you type, ms', searched.search.p50, searched.search.p95, searched.search.worst);
    row('search: opened, ms', searched.opened);
    row('search: its lines in memory, MB', searched.memory / 1e6);
    // The worker itself, ended and asked again; nothing is kept, so that only the question is measured.
    const cold = [];
    const visit = await page.evaluate((n) => globalThis.bench.visit(n), 4242);
    await page.evaluate(() =>
      globalThis.chrome.runtime.sendMessage({ type: 'settings', change: { saving: 'nothing' } }),
    );
    for (let i = 0; i < 7; i += 1) {
      await quoth.endWorker();
      cold.push(
        await page.evaluate(async (text) => {
          const from = performance.now();
          const { related } = await globalThis.chrome.runtime.sendMessage({
            type: 'visit',
            url: JSON.parse(text).url,
            visit: text,
          });
          if (!related.length) throw new Error('nothing related');
          return performance.now() - from;
        }, visit),
      );
    }
    cold.sort((a, b) => a - b);
    row('related, the worker just ended, ms', cold[3], '', cold[6], '250');
    await page.close();
    if (!values['no-mini']) {
      const own = await quoth.openOwn('test/store.html', { width: 500, height: 400 });
      await until(
        () => own.evaluate(() => globalThis.bench?.open().then(() => true)),
        'the bench page is there',
      );
      // Minutes: asked for now and then, for the driver waits for no answer so long.
      await own.evaluate((size) => {
        globalThis.bench
          .mini(size, 20)
          .then((/** @type {unknown} */ done) => Object.assign(globalThis.bench, { done }));
      }, visits);
      const mini = await until(
        () => own.evaluate(() => globalThis.bench.done),
        'MiniSearch has answered',
        1_800_000,
      );
      row('MiniSearch 7: the same question, ms', mini.query.p50, mini.query.p95, mini.query.worst);
      row('MiniSearch 7: times slower', mini.query.p50 / asked.query.p50, '', '', '20');
      row('MiniSearch 7: built, s', mini.built / 1000);
      if (mini.heap) row('MiniSearch 7: heap, MB', mini.heap / 1e6);
    }
    await quoth.stop();
    say('profile on disk', mb(await size(quoth.profile)));
  } finally {
    await quoth.close();
  }
}

/** Bytes of the extension's databases below a profile. @param {string} folder */
async function size(folder) {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && /IndexedDB|idb/.test(path)) bytes += (await stat(path)).size;
  }
  return bytes;
}
