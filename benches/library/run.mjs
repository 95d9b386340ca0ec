/**
 * The library at 50,000 visits in real browsers, side by side with MiniSearch:
 *
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
/** @param {{ p50: number, p95: number, worst: number }} t */
const ms = (t) => `p50 ${t.p50} ms, p95 ${t.p95} ms, worst ${t.worst} ms`;
/** @param {string} what @param {string} figure */
const say = (what, figure) => console.log(`  ${what.padEnd(42)} ${figure}`);

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
    say('related, warm', `${ms(asked.query)}; ${asked.found.toFixed(1)} found`);
    say('append', ms(asked.append));
    say('store', `${mb(asked.bytes)} in records, frames and rows; ${mb(asked.usage)} as the browser counts`);
    say('memory', `${mb(asked.memory)} of sketches, ${mb(asked.linear)} of the core in all`);
    const searched = await page.evaluate(() => globalThis.bench.search(200));
    say(
      'search as you type',
      `${ms(searched.search)}; opened in ${searched.opened.toFixed(0)} ms, ${mb(searched.memory)}`,
    );
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
    say(
      'first question after the worker ended',
      `median ${cold[3]?.toFixed(0)} ms, worst ${cold[6]?.toFixed(0)} ms`,
    );
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
      say(
        'MiniSearch 7: the same question',
        `${ms(mini.query)}; built in ${(mini.built / 1000).toFixed(0)} s${mini.heap ? `, ${mb(mini.heap)} of heap` : ''}`,
      );
      say('faster', `${(mini.query.p50 / asked.query.p50).toFixed(0)} times at the median`);
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
