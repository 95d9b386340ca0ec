/** The library in both browsers: what was read is found again, whatever happens in between. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { BROWSERS, launch, pause, until } from './harness.mjs';

const RECALL = '/2026/02/kettle-recall';

/** Reads a page by the toolbar button; gives the popup's text. @param {import('./harness.mjs').Session} quoth @param {string} url */
async function read(quoth, url) {
  const page = await quoth.open(url);
  const popup = await quoth.click(page);
  await popup.waitFor(() => document.querySelector('.layers'));
  return { page, popup };
}

/** What the library page lists. @param {import('./harness.mjs').Session} quoth @param {string} [query] */
async function listed(quoth, query = '') {
  const page = await quoth.openOwn('library/library.html');
  await page.waitForSelector('.search input');
  if (query) {
    await page.type('.search input', query);
    await pause(300);
  }
  const titles = await page.$$eval('.item h3', (all) => all.map((e) => e.textContent ?? ''));
  await page.close();
  return titles;
}

for (const name of BROWSERS) {
  test(`${name}: a later article finds the earlier one, also after the worker ended and the browser started anew`, async () => {
    const quoth = await launch(name);
    try {
      await (await read(quoth, quoth.site.host('delta-wire') + RECALL)).popup.close();
      await until(async () => (await listed(quoth)).length === 1, 10_000, 'the first visit is kept');
      await quoth.endWorker();
      const second = await read(quoth, quoth.site.host('kitchener-telegram') + RECALL);
      await second.popup.waitFor(() => /\b1 related/.test(document.body.innerText));
      await second.popup.close();
      await until(async () => (await listed(quoth)).length === 2, 10_000, 'the second visit is kept');
      await quoth.restart();
      const third = await read(quoth, quoth.site.host('pennine-correspondent') + RECALL);
      await third.popup.waitFor(() => /\b2 related/.test(document.body.innerText));
      await third.popup.close();
      // The same address again: updated, not doubled.
      await (
        await read(quoth, `${quoth.site.host('delta-wire') + RECALL}?utm_source=mail#top`)
      ).popup.close();
      await pause(500);
      assert.equal((await listed(quoth)).length, 3);
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: the library page searches, sets right and deletes`, async () => {
    const quoth = await launch(name);
    try {
      for (const host of ['delta-wire', 'kitchener-telegram']) {
        await (await read(quoth, quoth.site.host(host) + RECALL)).popup.close();
      }
      await until(async () => (await listed(quoth)).length === 2, 10_000, 'both visits are kept');
      assert.deepEqual(await listed(quoth, 'outlet:kitchener kettl'), [
        'Canada Among 11 Countries in Recall of Scalding Kettles',
      ]);
      assert.deepEqual(await listed(quoth, 'submarine'), []);
      const page = await quoth.openOwn('library/library.html');
      await page.waitForSelector('.item h3 a');
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.item h3 a')).click());
      await page.waitForSelector('.said-by select');
      const chosen = await page.evaluate(() => {
        const select = /** @type {HTMLSelectElement} */ (document.querySelector('.said-by select'));
        const other = [...select.options].find((o) => o.value && !o.selected);
        if (other) select.value = other.value;
        select.dispatchEvent(new Event('change'));
        return select.value;
      });
      const first = () =>
        page.evaluate(() => document.querySelector('.said-by figcaption')?.textContent ?? '');
      await until(async () => (await first()).startsWith(chosen), 10_000, 'the speaker is set right');
      // Reading the page again leaves the correction as it is.
      await (await read(quoth, quoth.site.host('kitchener-telegram') + RECALL)).popup.close();
      await pause(700);
      // Firefox never settles a reload of the extension's own pages.
      await page.evaluate(() => location.reload());
      await pause(800);
      await page.waitForSelector('.said-by figcaption');
      assert.ok((await first()).startsWith(chosen), await first());
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.button.bad')).click());
      await page.waitForSelector('.item');
      assert.equal((await page.$$('.item')).length, 1);
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.said .button')).click());
      await page.waitForSelector('.said-by');
      await page.close();
      assert.equal((await listed(quoth)).length, 2);
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: a private window leaves no word of the page behind`, async () => {
    const words = ['brandsma', 'hiemstra', 'kettle', 'yuyao', 'scalded', 'bakare', 'delta-wire'];
    /** @param {boolean} secret */
    const visit = async (secret) => {
      const quoth = await launch(name, { hosts: true, incognito: true });
      const url = quoth.site.host('delta-wire') + RECALL;
      try {
        const page = secret ? await quoth.openPrivate(url) : await quoth.open(url);
        await until(
          () => page.evaluate(() => globalThis.CSS.highlights.size > 0),
          20_000,
          'the page is read',
        );
        await pause(7000);
        await quoth.stop();
        return await found(quoth.profile, words);
      } finally {
        await quoth.close();
      }
    };
    // The scan is not blind: an open window leaves the words.
    assert.ok((await visit(false)).length > 0, 'the control finds words');
    assert.deepEqual(await visit(true), []);
  });
}

/** Words that stand in some file below `folder`. @param {string} folder @param {string[]} words */
async function found(folder, words) {
  const out = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    // Stores hold text as bytes or as UTF-16.
    const text = `${bytes.toString('latin1')}\n${bytes.toString('utf16le')}`.toLowerCase();
    for (const word of words) if (text.includes(word)) out.push(`${word} in ${path.slice(folder.length)}`);
  }
  return out;
}
