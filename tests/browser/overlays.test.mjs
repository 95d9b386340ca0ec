/** What lies over a page's text: banners, dialogs. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { article, end } from './article.mjs';
import { BROWSERS, launch, until } from './harness.mjs';
import { read, serialised, withoutOurs } from './reading.mjs';

for (const name of BROWSERS) {
  describe(`${name}, what lies over a page`, { timeout: 900_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name);
    });
    after(() => session.close());

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
  });
}
