/** A page read by a click: marks, layers, cards, panel, undo, strict policies. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ALL, addresses } from '../../www/site/site.mjs';
import { BROWSERS, DIST, launch, pause, until } from './harness.mjs';
import {
  card,
  fold,
  painted,
  read,
  seen,
  serialised,
  spot,
  stateOf,
  withoutOurs,
  words,
} from './reading.mjs';

for (const name of BROWSERS) {
  describe(name, { timeout: 900_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

    /** Ends a test's page, and its popup if it is open. */
    const end = async (/** @type {{ page: any, popup: any }} */ { page, popup }) => {
      await popup.close()?.catch?.(() => undefined);
      await page.close();
    };

    /** An article of the demo, by a word of its headline. @param {RegExp} headline */
    const article = (headline) => {
      const at = ALL.findIndex((a) => headline.test(a.headline));
      return { ...ALL[at], url: addresses(session.site.port)[at].url };
    };

    it('reads a page by one click and says what was found', async () => {
      const { url, headline, paragraphs } = article(/./);
      const { page, popup, ms } = await read(session, url);
      const text = await words(popup);
      assert.ok(text.includes(fold(headline)), text);
      assert.match(text, /\d+ quotations?/);
      assert.match(text, /\d+ parts? cleared away/);
      const marks = await painted(page);
      assert.ok((marks['quoth-quote'] ?? 0) > 0, JSON.stringify(marks));
      assert.ok((marks['quoth-person'] ?? 0) + (marks['quoth-organisation'] ?? 0) > 0, JSON.stringify(marks));
      const visible = await seen(page);
      for (const p of paragraphs.filter(({ kind }) => kind === 'text')) {
        assert.ok(visible.includes(fold(p.text)), `not in view: ${p.text}`);
      }
      const state = await stateOf(popup);
      assert.equal(state.where, 'background');
      console.log(`${name}: click to popup ${ms.toFixed(0)} ms; in the page ${JSON.stringify(state.ms)}`);
      await end({ page, popup });
    });

    it('switches each layer at once', async () => {
      const { page, popup } = await read(session, article(/./).url);
      const all = await painted(page);
      await popup.click('[data-key="layer-quotes"]');
      await until(async () => !('quoth-quote' in (await painted(page))), 'no quotation is marked');
      assert.ok('quoth-person' in (await painted(page)) || 'quoth-organisation' in (await painted(page)));
      await popup.click('[data-key="layer-actors"]');
      await until(async () => Object.keys(await painted(page)).length === 0, 'nothing is marked');
      await popup.click('[data-key="layer-quotes"]');
      await popup.click('[data-key="layer-actors"]');
      await until(
        async () => JSON.stringify(await painted(page)) === JSON.stringify(all),
        'all is marked again',
      );
      const cleared = () =>
        page.evaluate(
          () => [...document.querySelectorAll('[data-quoth]')].filter((e) => !e.checkVisibility()).length,
        );
      assert.ok((await cleared()) > 0);
      await popup.click('[data-key="layer-furniture"]');
      await until(async () => (await cleared()) === 0, 'the furniture is back');
      await popup.click('[data-key="layer-furniture"]');
      await until(async () => (await cleared()) > 0, 'the furniture is gone');
      await end({ page, popup });
    });

    it('undoes everything: the document is as it was, to the letter', async () => {
      const { page, popup, before: original } = await read(session, article(/./).url);
      const sheets = await page.evaluate(() => document.adoptedStyleSheets.length);
      assert.ok(sheets > 0, 'our sheets are adopted');
      const during = await serialised(page);
      assert.notEqual(during, original);
      assert.equal(withoutOurs(during), original, 'nothing but our attributes and host was added');
      await popup.click('[data-key="undo"]');
      await until(async () => (await serialised(page)) === original, 'the document is as it was');
      assert.deepEqual(await painted(page), {});
      assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
      await popup.click('[data-key="again"]');
      await until(async () => 'quoth-quote' in (await painted(page)), 'it is read again');
      await end({ page, popup });
    });

    it('one key puts the page back and reads it again', async () => {
      const { page, popup, before: original } = await read(session, article(/./).url);
      await popup.close();
      await page.bringToFront();
      await chord(page, 'q');
      await until(async () => (await serialised(page)) === original, 'the document is as it was');
      await chord(page, 'q');
      await until(async () => 'quoth-quote' in (await painted(page)), 'it is read again');
      await end({ page, popup });
    });

    it('opens a card after a rest on a quotation, beside the sentence, and closes it', async () => {
      const { page, popup } = await read(session, article(/./).url);
      await popup.close();
      const { x, y } = await spot(page, 'quoth-quote');
      await page.mouse.move(5, 5);
      const rested = performance.now();
      await page.mouse.move(x, y, { steps: 3 });
      const text = await until(() => card(session, page), 'the card is open');
      const after = performance.now() - rested;
      assert.ok(after >= 500, `not before half a second of rest, but after ${after} ms`);
      assert.match(text, /Sure|Likely|Perhaps/);
      const box = await session.inside(page, (/** @type {any} */ root) => {
        const { left, top, right, bottom } = root.querySelector('#card').getBoundingClientRect();
        return { left, top, right, bottom };
      });
      const covered = await page.evaluate((b) => {
        const range = [.../** @type {any} */ (globalThis.CSS.highlights.get('quoth-quote'))][0];
        return [...range.getClientRects()].some(
          (r) => r.left < b.right && r.right > b.left && r.top < b.bottom && r.bottom > b.top,
        );
      }, box);
      assert.equal(covered, false, 'the card covers the quotation');
      // The pointer may go into the card, and stay.
      await page.mouse.move((box.left + box.right) / 2, (box.top + box.bottom) / 2, { steps: 2 });
      await pause(700);
      assert.ok(await card(session, page), 'the card stays while the pointer is in it');
      await page.mouse.move(5, 5);
      await until(async () => !(await card(session, page)), 'the card is closed');
      // A click pins it; Escape closes it.
      await page.mouse.click(x, y);
      await until(() => card(session, page), 'the card is pinned');
      await page.mouse.move(5, 5);
      await pause(700);
      assert.ok(await card(session, page), 'a pinned card stays');
      await page.keyboard.press('Escape');
      await until(async () => !(await card(session, page)), 'Escape closes the card');
      await end({ page, popup });
    });

    it('shows an actor with type and what they say, by pointer', async () => {
      const { page, popup } = await read(session, article(/./).url);
      await popup.close();
      const kind = 'quoth-person' in (await painted(page)) ? 'person' : 'organisation';
      const { x, y } = await spot(page, `quoth-${kind}`);
      await page.mouse.move(5, 5);
      await page.mouse.move(x, y, { steps: 3 });
      const text = await until(() => card(session, page), 'the card is open');
      assert.match(text, kind === 'person' ? /Person/ : /Organisation/);
      assert.match(text, /\d+ mentions?/);
      assert.ok((await painted(page))['quoth-chosen'] > 0, 'all mentions are shown while one is pointed at');
      await end({ page, popup });
    });

    it('tells words that were run into a sentence, and leaves them as they are', async () => {
      const told =
        'The minister of fisheries has called on Petrel SystemsNorthern ports to open their quays to every boat by the end of the year.';
      const other =
        '<p>Northern ports have kept them closed since the storm of last winter, when half of the fleet was driven on the rocks below the old lighthouse and nobody could say whose it was.</p>';
      const html = `<!doctype html><html lang="en"><title>Ports are asked to open</title><body><nav><a href="/">Home</a></nav><article><h1>Ports are asked to open</h1><p>${told}</p>${other.repeat(4)}</article></body></html>`;
      const { page, popup } = await read(session, session.site.add('/doubtful', html));
      await popup.close();
      assert.equal((await painted(page))['quoth-doubtful'], 1);
      const { x, y } = await spot(page, 'quoth-doubtful');
      await page.mouse.move(5, 5);
      await page.mouse.move(x, y, { steps: 3 });
      const text = await until(() => card(session, page), 'the card is open');
      assert.match(text, /Doubtful words.*Petrel Systems(?!N)/);
      assert.ok((await seen(page)).includes(told), 'not a word is gone');
      await end({ page, popup });
    });

    it('walks from quotation to quotation by keys, and reads them out', async () => {
      const { page, popup } = await read(session, article(/./).url);
      await popup.close();
      await page.bringToFront();
      await chord(page, 'n');
      const first = await until(() => card(session, page), 'a card is open');
      const said = await session.inside(
        page,
        (/** @type {any} */ root) => root.querySelector('[aria-live]').textContent,
      );
      assert.match(said, /^Quotation \d+ of \d+\. .+: ./);
      await page.keyboard.press('n');
      await until(async () => (await card(session, page)) !== first, 'the next card is open');
      await page.keyboard.press('p');
      await until(async () => (await card(session, page)) === first, 'the one before is open');
      const inView = await page.evaluate(() => {
        const { top, bottom } = [
          .../** @type {any} */ (globalThis.CSS.highlights.get('quoth-chosen')),
        ][0].getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      assert.ok(inView, 'the quotation is in view');
      await page.keyboard.press('Escape');
      await until(async () => !(await card(session, page)), 'Escape closes the card');
      await end({ page, popup });
    });

    it('lists who said what in the panel, each a click from its place', async () => {
      const { page, popup } = await read(session, article(/./).url);
      const { quotes } = await stateOf(popup);
      await popup.click('[data-key="panel"]');
      await session.waitInside(page, (/** @type {any} */ root) => root.querySelector('#panel:popover-open'));
      const listed = await session.inside(
        page,
        (/** @type {any} */ root) => root.querySelectorAll('#panel ol li').length,
      );
      assert.equal(listed, quotes);
      const names = await session.inside(page, (/** @type {any} */ root) =>
        [...root.querySelectorAll('#panel .speaker .name')].map((e) => e.textContent),
      );
      assert.ok(names.length > 0);
      await session.inside(page, (/** @type {any} */ root) =>
        root.querySelector('#panel ol li:last-child button').click(),
      );
      await until(() => card(session, page), 'the card is open');
      await until(
        () =>
          page.evaluate(() => {
            const [range] = [.../** @type {any} */ (globalThis.CSS.highlights.get('quoth-chosen') ?? [])];
            const box = range?.getBoundingClientRect();
            return box && box.top >= 0 && box.top < innerHeight;
          }),
        'the page is scrolled to the quotation',
      );
      await end({ page, popup });
    });

    it('keeps a corrected speaker', async () => {
      const { url } = article(/./);
      const { page, popup } = await read(session, url);
      await popup.close();
      await page.bringToFront();
      await chord(page, 'n');
      await until(() => card(session, page), 'a card is open');
      const chosen = await session.inside(page, (/** @type {any} */ root) => {
        const select = root.querySelector('#card select');
        const option = [...select.options].find((o) => o.value !== '' && !o.selected);
        select.value = option.value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return option.textContent;
      });
      await until(async () => (await card(session, page))?.includes('Set by you'), 'the card says so');
      assert.ok((await card(session, page)).startsWith(chosen));
      await page.close();
      const again = await read(session, url);
      await again.popup.close();
      await again.page.bringToFront();
      await chord(again.page, 'n');
      const text = await until(() => card(session, again.page), 'a card is open');
      assert.ok(text.startsWith(chosen), `${text} should start with ${chosen}`);
      await end(again);
    });

    it('brings back one kind of furniture from the bar, and remembers it for the site', async () => {
      const { url } = article(/./);
      const { page, popup } = await read(session, url);
      await popup.close();
      await session.inside(page, (/** @type {any} */ root) =>
        root.querySelector('#bar [data-key="kinds"]').click(),
      );
      const kind = await session.inside(page, (/** @type {any} */ root) =>
        root.querySelector('#bar .kinds li button').getAttribute('data-key').slice(5),
      );
      const count = () => page.evaluate((k) => document.querySelectorAll(`[data-quoth="${k}"]`).length, kind);
      const cleared = await count();
      assert.ok(cleared > 0);
      await session.inside(page, (/** @type {any} */ root) =>
        root.querySelector('#bar .kinds li button').click(),
      );
      await until(async () => (await count()) === 0, 'that kind is back');
      const own = await session.openOwn('options/options.html');
      await until(
        () =>
          own.evaluate(async (k) => {
            const { settings } = /** @type {any} */ (await globalThis.chrome.storage.local.get('settings'));
            return Object.values(settings?.sites ?? {}).some((/** @type {any} */ site) =>
              site.back?.includes(k),
            );
          }, kind),
        'the choice is kept',
      );
      await own.close();
      const again = await read(session, url);
      assert.equal(
        await again.page.evaluate((k) => document.querySelectorAll(`[data-quoth="${k}"]`).length, kind),
        0,
      );
      await again.popup.close();
      await session.inside(again.page, (/** @type {any} */ root) =>
        root.querySelector('#bar [data-key="kinds"]').click(),
      );
      await session.inside(
        again.page,
        (/** @type {any} */ root, /** @type {string} */ k) =>
          root.querySelector(`#bar [data-key="kind-${k}"]`).click(),
        kind,
      );
      await until(
        () => again.page.evaluate((k) => document.querySelectorAll(`[data-quoth="${k}"]`).length > 0, kind),
        'cleared again',
      );
      await page.close();
      await end(again);
    });

    for (const policy of ['strict-self', 'strict-none', 'trusted-types']) {
      it(`reads a page whose policy is ${policy}`, async () => {
        const { page, popup, before: original } = await read(session, `/pages/${policy}`);
        const { where, status } = await stateOf(popup);
        assert.equal(status, 'read');
        assert.equal(where, 'background');
        assert.ok((await painted(page))['quoth-quote'] > 0);
        assert.equal(
          await session.inside(
            page,
            (/** @type {any} */ root) => getComputedStyle(root.querySelector('#bar .row')).display,
          ),
          'flex',
        );
        await popup.click('[data-key="undo"]');
        await until(async () => (await serialised(page)) === original, 'the document is as it was');
        await end({ page, popup });
      });
    }

    /** @param {string} url */
    const leftAlone = async (url) => {
      const { page, popup, before: original } = await read(session, url);
      assert.match(await words(popup), /No article on this page/);
      assert.equal(withoutOurs(await serialised(page)), original);
      assert.deepEqual(await painted(page), {});
      await end({ page, popup });
    };

    it('leaves a page alone that is no article, and says why', async () => {
      const form =
        '<!doctype html><title>Log in</title><form><label>Name <input></label><button>Log in</button></form>';
      await leftAlone(session.site.add('/login', form));
    });

    it('leaves a front page alone', () => leftAlone(`${session.site.host('delta-wire')}/`));
  });
}

for (const name of BROWSERS) {
  describe(`${name}, the background without a core`, { timeout: 300_000 }, () => {
    it('reads in the page itself, where the policy lets it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'quoth-cut-'));
      await cp(DIST, folder, { recursive: true });
      const path = join(folder, 'background.js');
      const script = await readFile(path, 'utf8');
      assert.ok(script.includes('core-read'));
      await writeFile(path, script.replaceAll('core-read', 'core-gone'));
      const session = await launch(name, { extension: folder });
      try {
        const url = addresses(session.site.port)[0]?.url ?? '';
        const { page, popup } = await read(session, url);
        const state = await stateOf(popup);
        assert.equal(state.where, 'page');
        assert.ok(((await painted(page))['quoth-quote'] ?? 0) > 0);
        await popup.close();
        // Chromium refuses WebAssembly in content scripts of pages that restrict scripts.
        const strict = await read(session, '/pages/strict-self');
        const { status, where } = await stateOf(strict.popup);
        assert.deepEqual([status, where], name === 'chromium' ? ['failed', null] : ['read', 'page']);
      } finally {
        await session.close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
}

/** Alt and a key. @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').KeyInput} key */
async function chord(page, key) {
  await page.keyboard.down('Alt');
  await page.keyboard.press(key);
  await page.keyboard.up('Alt');
}
