/** What the popup asks for, sites that are always read, private windows. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addresses } from '../../www/site/site.mjs';
import { serve } from '../../www/server.mjs';
import { BROWSERS, launch, until } from './harness.mjs';
import { painted, read, stateOf, words } from './reading.mjs';

for (const name of BROWSERS) {
  describe(`${name}, the popup`, { timeout: 600_000 }, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    before(async () => {
      session = await launch(name, { incognito: true });
    });
    after(() => session.close());

    it('asks for this site alone, inside the click, and gives it back', async () => {
      const url = addresses(session.site.port)[0]?.url ?? '';
      const { page, popup } = await read(session, url);
      const origins = [`*://${new URL(url).hostname}/*`];
      const isOn = () =>
        document.querySelector('[data-key="always"]')?.getAttribute('aria-checked') === 'true';
      if (name === 'chromium') {
        // The browser's own question cannot be answered here: what is asked, and when, is what counts.
        await popup.evaluate(() => {
          const world = /** @type {any} */ (globalThis);
          chrome.permissions.request = (/** @type {any} */ what) => {
            world.asked = { ...what, active: navigator.userActivation.isActive };
            return Promise.resolve(true);
          };
        });
        await popup.click('[data-key="always"]');
        const asked = await popup.waitFor(() => /** @type {any} */ (globalThis).asked);
        assert.deepEqual(asked, { origins, active: true });
        await popup.waitFor(isOn);
        await popup.close();
        await page.close();
        return;
      }
      // Firefox grants without a question under test, and only inside a click.
      await popup.click('[data-key="always"]');
      await popup.waitFor(isOn);
      const all = await popup.evaluate(() => chrome.permissions.getAll());
      assert.deepEqual(all.origins, origins);
      await popup.close();
      await page.close();
      const again = await session.open(url);
      await until(async () => ((await painted(again))['quoth-quote'] ?? 0) > 0, 'it is read without a click');
      const off = await session.click(again);
      await off.waitFor(isOn);
      await off.click('[data-key="always"]');
      await off.waitFor(
        () => document.querySelector('[data-key="always"]')?.getAttribute('aria-checked') === 'false',
      );
      assert.deepEqual((await off.evaluate(() => chrome.permissions.getAll())).origins, []);
      await off.close();
      await again.close();
    });

    it('can be worked by keyboard alone', async () => {
      const { page, popup } = await read(session, addresses(session.site.port)[0]?.url ?? '');
      const controls = await popup.evaluate(() =>
        [...document.querySelectorAll('button')].map((button) => ({
          name: button.textContent?.trim(),
          reached: button.tabIndex === 0,
          role: button.getAttribute('role'),
          checked: button.getAttribute('aria-checked'),
        })),
      );
      assert.ok(controls.length >= 7, JSON.stringify(controls));
      for (const { name: label, reached, role, checked } of controls) {
        assert.ok(label && reached, JSON.stringify(controls));
        if (role === 'switch') assert.match(checked, /true|false/);
      }
      await popup.close();
      await page.close();
    });

    it('works in a private window and says that nothing is kept', async () => {
      const page = await session.openPrivate(addresses(session.site.port)[1]?.url ?? '');
      const popup = await session.click(page);
      await popup.waitFor(() => document.querySelector('h1'));
      assert.match(await words(popup), /Private window: nothing of this page is kept/);
      assert.equal((await stateOf(popup)).private, true);
      assert.ok(((await painted(page))['quoth-quote'] ?? 0) > 0);
      await popup.close();
      await page.close();
    });

    it('says so where no extension may read', async () => {
      const page = await session.openOwn('options/options.html');
      const popup = await session.click(page);
      await popup.waitFor(() => document.querySelector('.note'));
      assert.match(await words(popup), /lets no extension read this page/);
      await popup.close();
      await page.close();
    });
  });

  describe(`${name}, a site that is always read`, { timeout: 600_000 }, () => {
    it('is read as it opens, without a click', async () => {
      const site = await serve();
      const [before, later] = addresses(site.port).map(({ url }) => url);
      const session = await launch(name, { hosts: true, site, first: before });
      try {
        // A tab that was there before the leave was given is read too.
        const [open] = (await session.browser.puppeteer.pages()).filter((p) => p.url() === before);
        await until(
          async () => ((await painted(/** @type {any} */ (open)))['quoth-quote'] ?? 0) > 0,
          'the tab that was open is marked',
        );
        const own = await session.openOwn('options/options.html');
        const registered = await own.evaluate(() => chrome.scripting.getRegisteredContentScripts());
        assert.deepEqual(
          registered.map(({ js, runAt }) => ({ js, runAt })),
          [{ js: ['content.js'], runAt: 'document_idle' }],
        );
        const page = await session.open(later ?? '');
        await until(async () => ((await painted(page))['quoth-quote'] ?? 0) > 0, 'the page is marked');
      } finally {
        await session.close();
        await site.close();
      }
    });
  });
}
