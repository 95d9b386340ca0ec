/** Pages of more nodes, quotations, levels or characters than are read. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { article, end } from './article.mjs';
import { BROWSERS, launch, pause, until } from './harness.mjs';
import { read, seen, serialised, stateOf, withoutOurs, words } from './reading.mjs';

for (const name of BROWSERS) {
  describe(`${name}, pages beyond the limits`, { timeout: 900_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

    it('reads a page of 200,000 nodes as far as the limit', async () => {
      const rest = Array.from({ length: 66_000 }, (_, i) => `<li><a href="/n/${i}">Notice ${i}</a>`).join(
        '\n',
      );
      const page = await session.open(session.site.add('/large', article(0, { after: `<ul>${rest}</ul>` })));
      const nodes = await page.evaluate(() => {
        const world = /** @type {any} */ (globalThis);
        const walker = document.createTreeWalker(document);
        let n = 0;
        while (walker.nextNode()) n++;
        // The longest that a timer of the page has to wait: a task that holds it up.
        world.longest = 0;
        let last = performance.now();
        setInterval(() => {
          const now = performance.now();
          world.longest = Math.max(world.longest, now - last);
          last = now;
        }, 1);
        return n;
      });
      await pause(500);
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).longest = 0;
      });
      const popup = await session.click(page);
      await popup.waitFor(() => document.querySelector('h1'));
      const state = await stateOf(popup);
      const longest = await page.evaluate(() => /** @type {any} */ (globalThis).longest);
      // What the browser itself does for any new sheet, however short, in one go.
      const floor = await page.evaluate(() => {
        const begun = performance.now();
        document.adoptedStyleSheets.push(new CSSStyleSheet());
        document.documentElement.checkVisibility();
        const ms = performance.now() - begun;
        document.adoptedStyleSheets.pop();
        return ms;
      });
      console.log(
        `${name}: a page of ${nodes} nodes: held up at most ${longest.toFixed(0)} ms, layout of the cleared page included, where a sheet without rules alone takes ${floor.toFixed(0)} ms; ${JSON.stringify(state.ms)}`,
      );
      assert.equal(state.status, 'read');
      assert.equal(state.cut, true, 'it was read as far as the limit, and says so');
      assert.match(await words(popup), /read as far as the limit/);
      assert.equal(state.quotesCut, false, 'all its quotations were judged');
      // A slice ends after ten milliseconds, or so many steps more as one look at the clock takes.
      assert.ok(state.slices >= 5, `read in ${state.slices} slices`);
      assert.equal(await page.evaluate(() => document.querySelectorAll('[data-quoth]').length > 0), true);
      assert.ok(!(await seen(page)).includes('Notice 65000'), 'the notices are gone');
      await popup.click('[data-key="undo"]');
      await until(async () => (await seen(page)).includes('Notice 65000'), 'they are back');
      assert.equal(withoutOurs(await serialised(page)), await serialised(page));
      await end({ page, popup });
    });

    it('says that quotations were left out where they are too many, and no more than that', async () => {
      const said = '<p>“We will go to the harbour,” Ola Vik said.</p>\n'.repeat(2_100);
      const url = session.site.add('/said', article(0).replace('</article>', `${said}</article>`));
      const opened = await read(session, url);
      const state = await stateOf(opened.popup);
      assert.deepEqual([state.status, state.cut, state.quotesCut], ['read', false, true]);
      const shown = await words(opened.popup);
      assert.match(shown, /more quotations than Quoth judges/);
      assert.doesNotMatch(shown, /as far as the limit/);
      await end(opened);
    });

    it('reads a page 5,000 levels deep, and one whose text is 20 million characters long', async () => {
      const deep = article(1, { after: `${'<div>'.repeat(5000)}<p>The bottom.</p>` });
      const one = await read(session, session.site.add('/deep', deep));
      assert.equal((await stateOf(one.popup)).status, 'read');
      assert.equal((await stateOf(one.popup)).cut, true, 'too deep, and says so');
      await end(one);
      const page = await session.open(session.site.add('/long', article(1)));
      await page.evaluate(() => {
        const words = 'The wind turned in the night, and nobody on the quay could say why. ';
        document.body.append(words.repeat(20_000_000 / words.length));
      });
      const popup = await session.click(page);
      await popup.waitFor(() => document.querySelector('h1'));
      const state = await stateOf(popup);
      console.log(`${name}: a text of 20 million characters: ${JSON.stringify(state.ms)}`);
      assert.deepEqual([state.status, state.cut], ['read', true]);
      await end({ page, popup });
    });
  });
}
