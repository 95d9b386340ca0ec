/** Pages that change while they are read: late text, client-side navigation, endless scroll, banners, hostile scripts. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ALL, addresses } from '../../www/site/site.mjs';
import { BROWSERS, launch, pause, until } from './harness.mjs';
import { card, fold, listed, read, seen, serialised, spot, stateOf, withoutOurs, words } from './reading.mjs';

/** Paragraphs of one of the demo's articles. @param {number} at */
const paragraphs = (at) => ALL[at].paragraphs.filter(({ kind }) => kind === 'text').map(({ text }) => text);

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/**
 * A plain article page with something around it.
 * @param {number} at of the demo's articles
 * @param {{ head?: string, before?: string, after?: string, body?: string }} [around]
 */
const article = (at, { head = '', before: first = '', after: last = '', body = '' } = {}) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(ALL[at].headline)}</title><style>main{max-width:560px;margin:auto;padding-bottom:1500px;font:20px/1.7 serif}nav a,footer a{margin:8px}nav{height:300px}</style>${head}</head>
<body ${body}><nav><a href="/a">World news</a><a href="/b">Business</a><a href="/c">Sport</a></nav>${first}
<main><article><h1>${escaped(ALL[at].headline)}</h1>${paragraphs(at)
    .map((p) => `<p>${escaped(p)}</p>`)
    .join('\n')}</article></main>
<footer><a href="/terms">Terms of use</a><a href="/privacy">Privacy</a></footer>${last}</body></html>`;

for (const name of BROWSERS) {
  describe(`${name}, pages that change`, { timeout: 900_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

    const end = async (/** @type {{ page: any, popup: any }} */ { page, popup }) => {
      await popup.close()?.catch?.(() => undefined);
      await page.close();
    };

    /** Whether a text is marked. */
    const marked = (/** @type {any} */ page) =>
      page.evaluate(() =>
        [...(globalThis.CSS.highlights.get('quoth-quote') ?? [])].map((range) => String(range)),
      );

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

    it('takes banners that lie over the text away, late ones too, and lifts the lock on scrolling', async () => {
      const banner = (/** @type {string} */ id) =>
        `<div id="${id}" style="position:fixed;inset:auto 0 0 0;height:45vh;background:#fffc;z-index:9999"><p>We and our partners would like to know you better.</p><button>Fine</button></div>`;
      const html = article(1, {
        body: 'style="overflow:hidden"',
        after: `${banner('now')}<div style="position:fixed;inset:0;background:#0006;z-index:9998" id="veil"></div><script>setTimeout(()=>document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(banner('later'))}), 800)</script>`,
      });
      const opened = await read(session, session.site.add('/banner', html));
      const { page } = opened;
      const visible = (/** @type {string} */ id) =>
        page.evaluate((i) => document.getElementById(i)?.checkVisibility(), id);
      assert.equal(await visible('now'), false);
      assert.equal(await visible('veil'), false);
      await until(async () => (await visible('later')) === false, 'the late banner is gone');
      await page.evaluate(() => scrollTo(0, 500));
      assert.ok((await page.evaluate(() => scrollY)) > 100, 'the page scrolls');
      const after = await serialised(page);
      await opened.popup.click('[data-key="undo"]');
      await until(async () => (await serialised(page)) === withoutOurs(after), 'the page is as it was');
      assert.equal(await visible('now'), true);
      await end(opened);
    });

    it('lets the page and our own surface be used where a modal dialog was open', async () => {
      const html = article(1, {
        after: `<dialog id="letter"><p>Before you go on: may we send you our letter?</p><button>No</button></dialog><script>document.getElementById('letter').showModal()</script>`,
      });
      const opened = await read(session, session.site.add('/modal', html));
      const { page, popup, before: original } = opened;
      const dialog = () =>
        page.evaluate(() => {
          const it = /** @type {HTMLDialogElement} */ (document.getElementById('letter'));
          return [it.matches(':modal'), it.checkVisibility()];
        });
      await until(async () => String(await dialog()) === 'false,false', 'the dialog is gone');
      // The page is not blocked: a click reaches it.
      const { x, y } = await session.inside(page, (/** @type {any} */ root) => {
        const { left, top, width, height } = root
          .querySelector('#bar [data-key="kinds"]')
          .getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      });
      await page.bringToFront();
      await page.mouse.click(x, y);
      await session.waitInside(page, (/** @type {any} */ root) => root.querySelector('#bar .kinds'));
      await popup.close();
      const again = await session.click(page);
      await again.waitFor(() => document.querySelector('[data-key="undo"]'));
      await again.click('[data-key="undo"]');
      await until(async () => (await serialised(page)) === original, 'the document is as it was');
      assert.deepEqual(await dialog(), [true, true], 'the dialog is open again');
      await again.close();
      await page.close();
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
      console.log(
        `${name}: a page of ${nodes} nodes: held up at most ${longest.toFixed(0)} ms, layout of the cleared page included; ${JSON.stringify(state.ms)}`,
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
