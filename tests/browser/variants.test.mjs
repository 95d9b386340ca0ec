/** Pages built in ways that readers' pages are: exactly the article stays in view, in both browsers. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, launch, ROOT, until } from './harness.mjs';
import { fold, read, seen, stateOf, words } from './reading.mjs';

/** What stays in view of each page beside its expected blocks: what tells of the article, and no furniture. */
const BESIDE = {
  'nested-tables': [],
  'div-soup': [],
  'comments-that-quote': ['Jan. 20, 2025, 5:05 p.m.', 'The dome at dusk. Photo: Mira Sand'],
  'live-blog': [],
};

for (const name of BROWSERS) {
  describe(`${name}, pages built in many ways`, { timeout: 600_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

    for (const [folder, beside] of Object.entries(BESIDE)) {
      it(`${folder}: the article and nothing else`, async () => {
        const at = join(ROOT, 'tests/pages', folder);
        const expected = await readFile(join(at, 'expected.txt'), 'utf8');
        const blocks = [...expected.matchAll(/^\[(\w+)\] (.*)$/gm)].map(([, , text]) => fold(text));
        const source = await readFile(join(at, 'source.html'), 'utf8');
        const { page, popup } = await read(session, session.site.add(`/${folder}`, source));
        let rest = await seen(page);
        const lost = [];
        for (const text of [...blocks, ...beside].sort((a, b) => b.length - a.length)) {
          const [first, ...others] = rest.split(text);
          if (others.length === 0) lost.push(text);
          rest = `${first} ${others.join(text)}`;
        }
        assert.deepEqual(lost, [], 'gone from view');
        assert.equal(rest.trim(), '', 'furniture in view');
        await popup.close();
        await page.close();
      });
    }

    it('live-blog: the entries keep their order and their times', async () => {
      const source = await readFile(join(ROOT, 'tests/pages/live-blog/source.html'), 'utf8');
      const { page, popup } = await read(session, session.site.add('/live-order', source));
      const text = await seen(page);
      const places = [
        ...['09:40', 'All ferries stopped', 'Some 400 passengers'],
        ...['08:55', 'Bridge closed to lorries', 'Anything with a flat side'],
        ...['07:10', 'First trees down', 'The fire brigade counts'],
      ].map((words) => text.indexOf(words));
      assert.ok(
        places.every((at, i) => at > (places[i - 1] ?? -1)),
        JSON.stringify(places),
      );
      await popup.close();
      await page.close();
    });

    it('a preview is read as far as it goes, and said to be one', async () => {
      const { page, popup } = await read(session, '/pages/preview');
      const state = await stateOf(popup);
      assert.deepEqual([state.status, state.preview], ['read', true]);
      assert.match(await words(popup), /preview|part of the article|free part/i);
      await popup.close();
      await page.close();
    });

    it('a pull quote that repeats the text is shown once', async () => {
      const source = await readFile(join(ROOT, 'tests/pages/comments-that-quote/source.html'), 'utf8');
      const said = '“The telescope is safe, the visitors are not,”';
      const repeated = `<aside class="pullquote"><blockquote><p>${said}</p><cite>Ana Weld</cite></blockquote></aside>`;
      const html = source.replace('<p>Engineers found', `${repeated}<p>Engineers found`);
      const { page, popup } = await read(session, session.site.add('/pull', html));
      const text = await seen(page);
      assert.equal(text.split('The telescope is safe').length - 1, 1, 'in view once');
      const { quotes } = await stateOf(popup);
      await popup.close();
      const plain = await read(session, session.site.add('/no-pull', source));
      assert.equal(quotes, (await stateOf(plain.popup)).quotes, 'one quotation');
      await plain.popup.close();
      await plain.page.close();
      await page.close();
    });

    it('the bar tells what was cleared by kind', async () => {
      const source = await readFile(join(ROOT, 'tests/pages/comments-that-quote/source.html'), 'utf8');
      const url = session.site.add('/kinds', source);
      const { page, popup } = await read(session, url);
      const { furniture } = await stateOf(popup);
      assert.ok(furniture.navigation && furniture.comments && furniture.related, JSON.stringify(furniture));
      await popup.close();
      await session.inside(page, (/** @type {any} */ root) =>
        root.querySelector('#bar [data-key="kinds"]').click(),
      );
      const kinds = await session.inside(page, (/** @type {any} */ root) =>
        [...root.querySelectorAll('#bar .kinds li button')].map((b) => [
          b.getAttribute('data-key').slice(5),
          Number(b.querySelector('.soft').textContent),
        ]),
      );
      assert.deepEqual(Object.fromEntries(kinds), furniture);
      await page.close();
    });

    it('endless: each article that comes is whole, and what is around it goes', async () => {
      const { page, popup } = await read(session, '/pages/endless');
      const first = (await stateOf(popup)).title;
      for (let articles = 2; articles <= 3; articles++) {
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        await until(
          () => page.evaluate((n) => document.querySelectorAll('h1').length >= n, articles),
          `article ${articles} came`,
        );
        await page.evaluate((n) => document.querySelectorAll('h1')[n - 1]?.scrollIntoView(), articles);
        const title = await page.evaluate(
          (n) => document.querySelectorAll('h1')[n - 1]?.textContent,
          articles,
        );
        await until(
          async () => fold((await stateOf(popup)).title) === fold(title ?? ''),
          `article ${articles} has its own reading`,
        );
        assert.notEqual(title, first);
      }
      const text = await seen(page);
      const paragraphs = await page.evaluate(() =>
        [...document.querySelectorAll('article p')].map((p) => p.textContent ?? ''),
      );
      assert.ok(paragraphs.length > 10);
      assert.deepEqual(
        paragraphs.filter((p) => p.length > 80 && !text.includes(p.replace(/\s+/g, ' ').trim())),
        [],
      );
      await popup.close();
      await page.close();
    });
  });
}
