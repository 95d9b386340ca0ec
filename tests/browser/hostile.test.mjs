/** A page whose scripts look for what only the reader should see. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ALL, addresses } from '../../www/site/site.mjs';
import { article, end } from './article.mjs';
import { BROWSERS, launch, pause, until } from './harness.mjs';
import { card, listed, read, spot, stateOf } from './reading.mjs';

for (const name of BROWSERS) {
  describe(`${name}, a hostile page`, { timeout: 900_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

    it('shows a hostile page nothing of panel and cards', async () => {
      const spy = `<script>
        const caught = [];
        window.caught = caught;
        const note = (what, value) => caught.push(what + ': ' + value);
        for (const [owner, names] of [[Element.prototype, ['attachShadow', 'append', 'replaceChildren', 'setAttribute']], [Node.prototype, ['appendChild', 'insertBefore']], [Document.prototype, ['createElement', 'createTextNode']], [EventTarget.prototype, ['addEventListener', 'dispatchEvent']], [CSSStyleSheet.prototype, ['replaceSync']], [String.prototype, ['replace']], [Array.prototype, ['map']], [JSON, ['parse', 'stringify']], [Map.prototype, ['set']]]) {
          for (const name of names) {
            const original = owner[name];
            owner[name] = function (...args) { if (window.armed) caught.push(name); return original.apply(this, args); };
          }
        }
        Object.defineProperty(Object.prototype, 'speaker', { set(value) { caught.push('speaker'); }, configurable: true });
        new MutationObserver((records) => { for (const r of records) for (const n of r.addedNodes) if (n.nodeType === 1) note('added', n.outerHTML); }).observe(document, { childList: true, subtree: true, attributes: true });
        for (const type of ['click', 'keydown', 'focusin', 'focus', 'pointermove', 'toggle', 'beforetoggle', 'message', 'copy', 'scroll', 'input', 'change']) {
          addEventListener(type, (event) => { const path = event.composedPath(); const target = path[0]; if (target?.localName === 'quoth-surface' || !document.contains(target)) note(type, [target?.nodeName, target?.textContent, path.length].join(' ')); }, true);
        }
        const look = () => {
          const host = document.querySelector('quoth-surface');
          if (host) {
            note('host', [host.shadowRoot, host.outerHTML, host.innerHTML, host.innerText, host.textContent, JSON.stringify(host.getAttributeNames())].join('|'));
            note('slots', host.children.length);
          }
          note('own', Object.getOwnPropertyNames(window).filter((n) => /quoth|chrome-ext|moz-ext/i.test(n)).join());
          note('timeline', performance.getEntriesByType('resource').map((e) => e.name).join(' '));
          note('under', document.elementsFromPoint(innerWidth - 200, 300).map((e) => e.localName).join());
          const caret = document.caretPositionFromPoint?.(innerWidth - 200, 300);
          note('caret', caret?.offsetNode?.textContent?.slice(0, 200));
          note('sheets', document.adoptedStyleSheets.map((s) => [...s.cssRules].map((r) => r.cssText).join(' ')).join(' '));
          note('active', document.activeElement?.localName);
          for (const word of window.guesses ?? []) if (window.find(word, false, false, true)) note('found', word);
          getSelection().removeAllRanges();
        };
        setInterval(look, 50);
      </script>`;
      // The same story, read before: what the panel then shows is the reader's own history.
      const story = ALL[0].story;
      const [hostile, earlier] = ALL.flatMap((a, i) => (a.story === story ? [i] : []));
      const first = await read(session, addresses(session.site.port)[earlier].url);
      await until(async () => (await listed(session)).includes(ALL[earlier].headline), 'it is kept');
      await end(first);
      const opened = await read(session, session.site.add('/hostile', article(hostile, { head: spy })));
      const { page, popup } = opened;
      const state = await stateOf(popup);
      await popup.close();
      await page.bringToFront();
      assert.equal(state.status, 'read', 'the page cannot hinder the reading');
      await session.inside(page, (/** @type {any} */ root) =>
        root.querySelector('#bar [data-key="panel"]').click(),
      );
      const history = await until(
        () =>
          session.inside(page, (/** @type {any} */ root) => {
            const all = [...root.querySelectorAll('#panel .related [data-text]')].map((e) =>
              e.getAttribute('data-text').trim(),
            );
            return all.length > 0 && all;
          }),
        'the earlier article is shown',
      );
      assert.ok(
        history.some((/** @type {string} */ line) => line.includes(ALL[earlier].headline)),
        history.join('\n'),
      );
      const { x, y } = await spot(page, 'quoth-quote');
      await page.mouse.click(x, y);
      const text = await until(() => card(session, page), 'the card is open');
      assert.match(text, /Speaker wrong/);
      const own = [...history.filter((/** @type {string} */ line) => line.length > 12), ALL[earlier].outlet];
      const there = await page.evaluate(() => document.body.textContent ?? '');
      // A search takes straight and curly marks for the same.
      const plain = (/** @type {string} */ line) =>
        line.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
      const guesses = own.filter((/** @type {string} */ line) => !plain(there).includes(plain(line)));
      assert.ok(guesses.length > 1);
      await page.evaluate((all) => {
        /** @type {any} */ (globalThis).guesses = all;
      }, guesses);
      await pause(600);
      const caught = (await page.evaluate(() => /** @type {any} */ (globalThis).caught)).join('\n');
      for (const ours of [
        ...guesses,
        'Speaker wrong',
        'In this article',
        'chrome-extension:',
        'moz-extension:',
      ]) {
        const lines = caught.split('\n').filter((/** @type {string} */ line) => line.includes(ours));
        assert.deepEqual(lines.slice(0, 2), [], `the page caught “${ours}”`);
      }
      assert.match(caught, /host: \|<quoth-surface><\/quoth-surface>\|\|\|\|\[\]/, 'the host says nothing');
      await page.close();
    });
  });
}
