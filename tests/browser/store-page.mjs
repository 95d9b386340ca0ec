/** The extension's own store, opened to the tests in a page that only their build has. */

import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { DIST, ROOT, until } from './harness.mjs';

const SOURCE = `
import { Store, correctionsOf } from '${ROOT}/extension/store/store.js';
import * as db from '${ROOT}/extension/store/db.js';
import * as blocks from '${ROOT}/extension/store/blocks.js';
import * as imports from '${ROOT}/extension/library/imports.js';
import { Shelf } from '${ROOT}/extension/library/shelf.js';
import init, * as core from '${ROOT}/extension/wasm/quoth.js';
globalThis.ready = init({ module_or_path: chrome.runtime.getURL('quoth.wasm') });
Object.assign(globalThis, { Store, Shelf, correctionsOf, blocks, db, core, imports });
`;

/**
 * A copy of the build with \`test/store.html\`, whose globals are the store's modules.
 * @param {string} [more] further script of that page
 * @returns {Promise<string>} its folder
 */
export async function withStorePage(more = '') {
  const folder = join(await mkdtemp(join(tmpdir(), 'quoth-store-')), 'extension');
  await cp(DIST, folder, { recursive: true });
  await mkdir(join(folder, 'test'));
  await writeFile(
    join(folder, 'test/store.html'),
    '<!doctype html><meta charset="utf-8"><title>store</title><script type="module" src="store.js"></script>',
  );
  await build({
    stdin: { contents: SOURCE + more, resolveDir: ROOT, sourcefile: 'store-page.js' },
    bundle: true,
    format: 'esm',
    outfile: join(folder, 'test/store.js'),
    logLevel: 'warning',
  });
  return folder;
}

/**
 * An invented visit, told apart by its number; numbers that share their tens tell one story.
 * @param {number} n
 */
export function made(n) {
  const story = Math.floor(n / 10);
  const name = `Ana${story} Velden${story}`;
  const words = Array.from({ length: 24 }, (_, i) => `term${story}x${i}`);
  const text = `${name} opens the ${words[0]} ${words[1]} in Town${story} only${n}\n\n${words.join(' ')} said in paper ${n % 10}. “The ${words[2]} of the ${words[3]} is ${words[4]} and stays ${words[5]},” said ${name}.`;
  return {
    id: `https://paper${n % 10}.example/${story}/${n}`,
    url: `https://paper${n % 10}.example/${story}/${n}`,
    outlet: `Paper ${n % 10}`,
    published: new Date(1.7e12 + story * 86_400_000 + (n % 10) * 3_600_000).toISOString(),
    title: text.split('\n')[0],
    text,
  };
}

/** @param {import('./harness.mjs').Session} quoth @returns {Promise<import('puppeteer-core').Page>} a page with the store's modules */
export async function storePage(quoth) {
  const page = await quoth.openOwn('test/store.html', { width: 400, height: 300 });
  await until(() => page.evaluate(() => globalThis.ready?.then(() => true)), 'the core is there');
  return page;
}
