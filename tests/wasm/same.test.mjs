/** The core in WebAssembly says of every demo article what the native program says of it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { initSync, read_text } from '../../extension/wasm/quoth.js';
import { articles } from '../../www/site/markup.mjs';

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

initSync({ module: readFileSync(here('../../extension/wasm/quoth.wasm')) });
const native = process.env.QUOTH_NATIVE ?? here('../../target/release/quoth');

const texts = articles(here('../../www/articles')).map((a) =>
  [a.headline, ...a.paragraphs.filter((p) => p.kind === 'text').map((p) => p.text)].join('\n\n'),
);
// Offsets count differently from here on.
texts.push('\u{1f5f3} Vote\n\n\u{1f468}\u200d\u{1f33e} “Fine \u{1f44d},” said Ann Lee of Nuuk.');

const input = texts.map((text, id) => JSON.stringify({ id, text })).join('\n');
const answers = execFileSync(native, ['batch'], { input, maxBuffer: 1 << 30, encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** All numbers under `start` and `end` counted in UTF-16 units. @param {any} value @param {number[]} units */
function inUnits(value, units) {
  if (Array.isArray(value)) for (const v of value) inUnits(v, units);
  else if (value && typeof value === 'object') {
    for (const [key, v] of Object.entries(value)) {
      if ((key === 'start' || key === 'end') && typeof v === 'number') value[key] = units[v];
      else inUnits(v, units);
    }
  }
}

/** Likelihoods may differ in their last digits: the platforms' exponentials do. @param {string} _ @param {any} v */
const rounded = (_, v) => (typeof v === 'number' && !Number.isInteger(v) ? Math.round(v * 1e3) / 1e3 : v);

for (const [i, text] of texts.entries()) {
  test(`WebAssembly reads as native: ${text.slice(0, 50).split('\n')[0]}`, () => {
    const mine = JSON.parse(read_text(text), rounded);
    const { id, ms, related, ...theirs } = JSON.parse(JSON.stringify(answers[i]), rounded);
    assert.equal(id, i);
    const units = [0];
    for (const c of text) units.push(/** @type {number} */ (units.at(-1)) + c.length);
    inUnits(theirs, units);
    assert.deepEqual(mine, theirs);
  });
}
