/** Pages that change while they are read: late text, client-side navigation, endless scroll. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { article, end, marked } from './article.mjs';
import { BROWSERS, launch, pause, until } from './harness.mjs';
import { fold, read, seen, stateOf, words } from './reading.mjs';

for (const name of BROWSERS) {
  describe(`${name}, pages that change`, { timeout: 900_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

    it('reads text that arrives after the page', async () => {
      const opened = await read(session, '/pages/late');
      await until(async () => (await marked(opened.page)).length > 0, 'the late text is marked');
      const state = await stateOf(opened.popup);
      assert.equal(state.status, 'read');
      assert.match(await words(opened.popup), /quotation/);
      await end(opened);
    });

    it('follows navigation inside one document', async () => {
      const opened = await read(session, '/pages/app');
      const { page } = opened;
      await until(async () => (await marked(page)).length > 0, 'the first article is marked');
      const first = await stateOf(opened.popup);
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#next')).click());
      const second = await until(async () => {
        const state = await stateOf(opened.popup);
        return state.status === 'read' && state.title !== first.title && state;
      }, 'the second article is read');
      const shown = await page.evaluate(() => document.querySelector('h1')?.textContent);
      assert.equal(fold(second.title), fold(shown ?? ''));
      const text = await seen(page);
      const marks = await until(async () => {
        const m = await marked(page);
        return m.length > 0 && m;
      }, 'the second article is marked');
      for (const mark of marks)
        assert.ok(text.includes(fold(mark)), `a mark of the first article stayed: ${mark}`);
      await end(opened);
    });

    it('gives each article of an endless page its own reading', async () => {
      const opened = await read(session, '/pages/endless');
      const { page } = opened;
      const first = await until(async () => {
        const s = await stateOf(opened.popup);
        return s.status === 'read' && s;
      }, 'the first is read');
      const before = (await marked(page)).length;
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await until(
        () => page.evaluate(() => document.querySelectorAll('h1').length > 1),
        'a second article came',
      );
      await until(async () => (await marked(page)).length > before, 'the second is marked too');
      await page.evaluate(() => document.querySelectorAll('h1')[1].scrollIntoView());
      const second = await until(async () => {
        const s = await stateOf(opened.popup);
        return s.title !== first.title && s;
      }, 'the second is the one that is told of');
      assert.equal(
        fold(second.title),
        fold(await page.evaluate(() => document.querySelectorAll('h1')[1].textContent ?? '')),
      );
      const inFirst = await page.evaluate(() => {
        const root =
          document.querySelectorAll('h1')[0].closest('article') ??
          document.querySelectorAll('h1')[0].parentElement;
        return [...(globalThis.CSS.highlights.get('quoth-quote') ?? [])].filter((r) =>
          root?.contains(r.startContainer),
        ).length;
      });
      assert.ok(inFirst > 0, 'the first article keeps its marks');
      await end(opened);
    });

    it('lets a mark go when the text under it changes, and wakes itself never', async () => {
      const opened = await read(session, session.site.add('/changing', article(0)));
      const { page } = opened;
      const before = await marked(page);
      const changed = await page.evaluate(() => {
        const range = [.../** @type {any} */ (globalThis.CSS.highlights.get('quoth-quote'))][0];
        const node = range.startContainer;
        const words = String(range);
        node.data = 'Something else stands here now.';
        return words;
      });
      await until(
        async () =>
          !(await marked(page)).some(
            (/** @type {string} */ words) =>
              'Something else'.includes(words.slice(0, 6)) || words === changed,
          ),
        'the mark is gone',
      );
      assert.ok((await marked(page)).length < before.length);
      // With nothing going on, nothing is read again.
      const { ms } = await stateOf(opened.popup);
      await pause(1500);
      assert.deepEqual((await stateOf(opened.popup)).ms, ms);
      await end(opened);
    });

    it('keeps the line that is read where it is', async () => {
      const page = await session.open(session.site.add('/anchored', article(0)));
      /** The fifth paragraph's place. */
      const top = () =>
        page.evaluate(() => document.querySelectorAll('main p')[4].getBoundingClientRect().top);
      await page.evaluate(() =>
        scrollBy(0, document.querySelectorAll('main p')[4].getBoundingClientRect().top - 60),
      );
      let at = 0;
      await until(async () => {
        at = await top();
        // Firefox scrolls in another process, which has the last word.
        await pause(300);
        return Math.abs(at - 60) < 2 && at === (await top());
      }, 'the page is scrolled');
      const popup = await session.click(page);
      await popup.waitFor(() => document.querySelector('h1'));
      assert.equal(
        await page.evaluate(() => document.querySelector('nav')?.checkVisibility()),
        false,
        'the navigation is gone',
      );
      await pause(300);
      await until(async () => Math.abs((await top()) - at) < 2, `the line stands at ${at}`);
      await popup.click('[data-key="undo"]');
      await until(
        () => page.evaluate(() => document.querySelector('nav')?.checkVisibility()),
        'the navigation is back',
      );
      await pause(300);
      await until(async () => Math.abs((await top()) - at) < 2, `the line stands at ${at}`);
      await end({ page, popup });
    });

    it('is bounded on a page that never stops changing', async () => {
      const html = article(2, {
        after: `<div id="ticker"></div><script>let n = 0; setInterval(() => { const p = document.createElement('p'); p.textContent = 'Line ' + n++ + ' of a ticker that goes on and on, with words enough to look like text of some kind. '.repeat(4); document.getElementById('ticker').append(p); }, 20)</script>`,
      });
      const opened = await read(session, session.site.add('/ticker', html));
      const longest = await opened.page.evaluate(
        () =>
          new Promise((done) => {
            let last = performance.now();
            let most = 0;
            const end = last + 4000;
            const tick = () => {
              const now = performance.now();
              most = Math.max(most, now - last);
              last = now;
              if (now < end) setTimeout(tick);
              else done(most);
            };
            tick();
          }),
      );
      console.log(
        `${name}: longest gap between two tasks while a page changes all the time: ${longest.toFixed(0)} ms`,
      );
      assert.equal((await stateOf(opened.popup)).status, 'read');
      await end(opened);
    });
  });
}
