/**
 * Shows Quoth at work: a real browser with the built extension opens pages one after another,
 * reads each by the toolbar button, and what it found is told here. `cargo xtask run` calls it.
 *
 *     node tools/run.mjs [--browser chromium|firefox] [--headless] [PAGE.html|URL …]
 */

import { mkdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, pause, ROOT, until } from '../tests/browser/harness.mjs';
import { serve } from '../www/server.mjs';
import { addresses } from '../www/site/site.mjs';
import { tell } from './summary.mjs';

/** The story of the demo: five outlets, one after another. */
const STORY = 'zwolle-kettle-recall';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: 'string', default: 'chromium' },
    headless: { type: 'boolean', default: false },
  },
});
const headless = values.headless || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const name = values.browser === 'firefox' ? 'firefox' : 'chromium';
const out = join(ROOT, 'out', 'run', name);

/** Pages on disk are served, each from a host of its own. @type {Record<string, string>} */
const files = {};
for (const path of positionals.filter((p) => !/^https?:/.test(p)))
  files[`/${basename(path)}`] = resolve(path);

const site = await serve({ files });
const urls =
  positionals.length > 0
    ? positionals.map((p) => (/^https?:/.test(p) ? p : `${site.host(label(p))}/${basename(p)}`))
    : addresses(site.port)
        .filter((a) => a.story === STORY)
        .map((a) => a.url);

await mkdir(out, { recursive: true });
const session = await launch(name, { site, headless });
/** @type {import('puppeteer-core').Page | undefined} */
let last;
let failed = 0;
try {
  for (const [i, url] of urls.entries()) {
    const shot = join(out, `${i + 1}-${label(url)}.png`);
    try {
      if (headless) await last?.close();
      const page = await session.open(url, { width: 1360, height: 900 });
      last = page;
      console.log(tell(i + 1, urls.length, url, await read(page, shot)));
      console.log(`   picture   ${relative(ROOT, shot)}\n`);
    } catch (error) {
      failed += 1;
      console.log(
        `${i + 1}/${urls.length}  ${url}\n   FAILED    ${error instanceof Error ? error.message : error}\n`,
      );
    }
  }
  if (headless) {
    console.log(
      `There is no display, so ${name} ran out of sight. The pictures are in ${relative(ROOT, out)}/.`,
    );
  } else {
    console.log(
      `${name} stays open: rest on a mark, press the toolbar button, open the news stand at ${site.origin}/.`,
    );
    console.log('Close its window to end.');
    await closed();
  }
} finally {
  await session.close();
  await site.close();
}
process.exitCode = failed > 0 ? 1 : 0;

/** A short name of a page for its host and its picture. @param {string} path */
function label(path) {
  const host = /^https?:\/\/([^/:]+)/.exec(path)?.[1]?.replace(/^www\.|\.localhost$/g, '');
  const plain = (host ?? basename(path).replace(/\.html?$/i, '')).toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '').slice(0, 60) || 'page';
}

/**
 * Reads a page as a person does: toolbar button, popup, panel.
 * @param {import('puppeteer-core').Page} page
 * @param {string} shot where the picture goes
 */
async function read(page, shot) {
  const popup = await session.click(page);
  /** @param {object} message */
  const say = (message) =>
    popup.evaluate(async (/** @type {object} */ message) => {
      const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
      return chrome.tabs.sendMessage(/** @type {number} */ (tab?.id), message);
    }, message);
  /** @type {import('../extension/protocol.js').PageState} */
  let state = await until(async () => {
    const now = await say({ type: 'state' });
    return !['unread', 'reading'].includes(now.status) && (now.status !== 'read' || now.ms.painted) && now;
  }, 'the page is read');
  // The library answers after the marks are painted.
  await pause(400);
  state = await say({ type: 'state' });
  await popup.screenshot(shot.replace(/\.png$/, '-popup.png')).catch(() => undefined);
  if (state.status === 'read') await say({ type: 'panel', open: true });
  await popup.close().catch(() => undefined);
  const found = state.status === 'read' ? await session.waitInside(page, listed) : undefined;
  await pause(300);
  await page.screenshot({ path: /** @type {`${string}.png`} */ (shot) });
  return { state, found };
}

/**
 * What the panel lists. Runs in the page; the way into the closed root is the browser's protocol.
 * @param {ShadowRoot} root
 */
function listed(root) {
  /** What the reader sees: words from earlier visits are generated content. @param {Element} at @param {string} selector */
  const words = (at, selector) => {
    const found = at.querySelector(selector);
    if (!found) return '';
    const secret = [found, ...found.querySelectorAll('[data-text]')].map((e) => e.getAttribute('data-text'));
    return secret.filter(Boolean).join(' ') || (found.textContent?.trim() ?? '');
  };
  /** @param {string} selector @param {Element | ShadowRoot} [at] */
  const all = (selector, at = root) => [...at.querySelectorAll(selector)];
  if (!root.querySelector('#panel section')) return undefined;
  return {
    said: all('#panel .speaker').map((group) => ({
      speaker: words(group, '.name'),
      unclear: group.classList.contains('unclear'),
      quotes: all('.quotes .words', group).map((q) => q.textContent?.trim() ?? ''),
    })),
    named: all('#panel .actors li').map((item) => ({
      name:
        [...(item.querySelector('.who')?.childNodes ?? [])].map((n) => n.textContent ?? '')[0]?.trim() ?? '',
      title: words(item, '.who .small'),
      type: words(item, '.type'),
      count: words(item, '.count'),
    })),
    related: all('#panel .related > li').map((item) => ({
      where: words(item, 'p.small'),
      title: words(item, 'p:nth-of-type(2)'),
      same: all('figure.pair', item).map((pair) => ({
        relation: words(pair, 'figcaption'),
        text: words(pair, 'div .words'),
      })),
    })),
  };
}

/** Until the person closes the browser. */
async function closed() {
  const browser = session.browser.puppeteer;
  await new Promise((done) => {
    browser?.once('disconnected', done);
    process.once('SIGINT', done);
  });
}
