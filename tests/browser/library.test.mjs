/** The library in both browsers: what was read is found again, whatever happens in between. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { BROWSERS, launch, pause, until } from './harness.mjs';
import { listed } from './reading.mjs';

const RECALL = '/2026/02/kettle-recall';

/** Reads a page by the toolbar button; gives the popup's text. @param {import('./harness.mjs').Session} quoth @param {string} url */
async function read(quoth, url) {
  const page = await quoth.open(url);
  const popup = await quoth.click(page);
  await popup.waitFor(() => document.querySelector('.layers'));
  return { page, popup };
}

for (const name of BROWSERS) {
  test(`${name}: a later article finds the earlier one, also after the worker ended and the browser started anew`, async () => {
    const quoth = await launch(name);
    try {
      await (await read(quoth, quoth.site.host('delta-wire') + RECALL)).popup.close();
      await until(async () => (await listed(quoth)).length === 1, 'the first visit is kept');
      await quoth.endWorker();
      const second = await read(quoth, quoth.site.host('kitchener-telegram') + RECALL);
      await second.popup.waitFor(() => /\b1 related/.test(document.body.innerText));
      await second.popup.close();
      await until(async () => (await listed(quoth)).length === 2, 'the second visit is kept');
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
      await until(async () => (await listed(quoth)).length === 2, 'both visits are kept');
      const recall = 'Canada Among 11 Countries in Recall of Scalding Kettles';
      await until(
        async () => (await listed(quoth, 'outlet:kitchener kettl')).join('|') === recall,
        'the one article is found',
      );
      await until(async () => (await listed(quoth, 'submarine')).length === 0, 'nothing is found');
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
      await until(async () => (await first()).startsWith(chosen), 'the speaker is set right');
      // Reading the page again leaves the correction as it is.
      await (await read(quoth, quoth.site.host('kitchener-telegram') + RECALL)).popup.close();
      await pause(700);
      // Firefox never settles a reload of the extension's own pages.
      await page.evaluate(() => {
        document.title = 'before';
        location.reload();
      });
      await until(
        () =>
          page.evaluate(
            () => document.title !== 'before' && document.querySelector('.said-by figcaption') !== null,
          ),
        'the article is drawn anew',
      );
      assert.ok((await first()).startsWith(chosen), await first());
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.button.bad')).click());
      await page.waitForSelector('.item');
      await until(async () => (await page.$$('.item')).length === 1, 'one is left');
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.said .button')).click());
      await page.waitForSelector('.said-by');
      await page.close();
      await until(async () => (await listed(quoth)).length === 2, 'both are there again');
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: a private window leaves no word of the page behind`, async () => {
    // A page that opens by itself counts as read after five seconds, and is then written.
    let dwell = 7000;
    const words = ['brandsma', 'hiemstra', 'kettle', 'yuyao', 'scalded', 'bakare', 'delta-wire'];
    /** @param {boolean} secret */
    const visit = async (secret) => {
      const quoth = await launch(name, { hosts: true, incognito: true });
      const url = quoth.site.host('delta-wire') + RECALL;
      try {
        const page = secret ? await quoth.openPrivate(url) : await quoth.open(url);
        await until(() => page.evaluate(() => globalThis.CSS.highlights.size > 0), 'the page is read');
        const begun = Date.now();
        if (!secret) await until(async () => (await listed(quoth)).length === 1, 'the visit is kept');
        await pause(Math.max(0, begun + dwell - Date.now()));
        // The private one is given as long as this took, and more.
        dwell = Math.max(dwell, 1.5 * (Date.now() - begun));
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
