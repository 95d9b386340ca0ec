/** Records in blocks, in both browsers: moved there in the background, whatever cuts it off, and changed like any other. */

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import test, { after, before } from 'node:test';
import { BROWSERS, launch, pause, until } from './harness.mjs';
import { made, storePage, withStorePage } from './store-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

let extension = '';
before(async () => {
  extension = await withStorePage();
});
after(() => rm(dirname(extension), { recursive: true, force: true }));

/** @param {number} from @param {number} to */
const lines = (from, to) => Array.from({ length: to - from }, (_, i) => JSON.stringify(made(from + i)));

/** Adds invented visits, read a second apart, some in each call. @param {Page} page @param {number} from @param {number} to @param {number} [some] */
const add = (page, from, to, some = 10) =>
  page.evaluate(
    async (all, first, at) => {
      globalThis.store ??= await globalThis.Store.open();
      const visits = all.map((line, i) => globalThis.core.visitOf(line, 1.7e12 + (first + i) * 1000));
      for (let i = 0; i < visits.length; i += at) await globalThis.store.add(visits.slice(i, i + at));
    },
    lines(from, to),
    from,
    some,
  );

/** Packs all that can be. @param {Page} page */
const pack = (page) =>
  page.evaluate(async () => {
    const base = await globalThis.db.open();
    while (await globalThis.blocks.packAlone(base));
    base.close();
  });

/** What a fresh store finds, and where. @param {Page} page */
const look = (page) =>
  page.evaluate(async () => {
    const store = await globalThis.Store.open();
    const keys = store.keys();
    const records = await store.records(keys);
    const { transact, result } = globalThis.db;
    const stores = ['records', 'blocks'];
    const [alone, blocks, all] = await transact(store.db, stores, 'readonly', (/** @type {any} */ get) =>
      Promise.all([
        result(get('records').count()),
        result(get('blocks').count()),
        globalThis.blocks.allKeys(get),
      ]),
    );
    return {
      size: store.size,
      whole: records.filter(Boolean).length,
      twice: all.length - new Set(all).size,
      alone,
      blocks,
      ...(await store.notes()),
    };
  });

/** Whether a database is there that the test made beside the library's, and Quoth never opens. @param {Page} page */
const beside = (page) =>
  page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'beside'));

/** A library as version 1 wrote it: every record alone. @param {Page} page @param {number} count */
const asBefore = (page, count) =>
  page.evaluate(
    async (all) => {
      const { core, db } = globalThis;
      await db.result(indexedDB.deleteDatabase('quoth'));
      (await db.result(indexedDB.open('beside'))).close();
      const asked = indexedDB.open('quoth', 1);
      asked.onupgradeneeded = () => {
        const fresh = asked.result;
        for (const name of ['segments', 'rows', 'imports'])
          fresh.createObjectStore(name, { autoIncrement: true });
        fresh.createObjectStore('notes');
        fresh.createObjectStore('corrections').createIndex('key', 'key');
        fresh.createObjectStore('records').createIndex('visited', 'visited');
      };
      const base = await db.result(asked);
      const library = new core.Library();
      const totals = { count: 0, bytes: 0, dead: 0 };
      const names = ['segments', 'rows', 'records', 'notes'];
      await db.transact(base, names, 'readwrite', async (/** @type {any} */ get) => {
        for (const [i, line] of all.entries()) {
          const visited = 1.7e12 + i * 1000;
          const { key, frame, row, record } = library.add(core.visitOf(line, visited));
          get('segments').add(frame);
          get('rows').add(row);
          const size = frame.length + record.length;
          get('records').put({ visited, pinned: i === 3, size, data: record }, key);
          totals.count += 1;
          totals.bytes += size;
        }
        get('notes').put(totals, 'totals');
      });
      base.close();
    },
    lines(0, count),
  );

for (const name of BROWSERS) {
  test(`${name}: a library of before blocks is moved, whatever cuts it off, and nothing is lost`, {
    timeout: 600_000,
  }, async () => {
    const count = 1500;
    const quoth = await launch(name, { extension });
    try {
      // See faults.test.mjs.
      await quoth.restart();
      await asBefore(await storePage(quoth), count);
      let cuts = 0;
      let thrown = 0;
      for (let left = count; left >= 64; cuts += 1) {
        const page = await storePage(quoth);
        const seen = await look(page);
        if (!seen.size && !(await beside(page))) {
          // Killed again and again within seconds, Chromium throws away all that pages of the extension keep,
          // databases that Quoth never opens too. Nothing of it is ours to hold: from the beginning.
          thrown += 1;
          console.log(`# ${name}: the browser threw away every database of the extension, ${thrown} times`);
          assert.ok(thrown < 5, 'the browser throws everything away');
          await asBefore(page, count);
          left = count;
          continue;
        }
        assert.deepEqual([seen.size, seen.whole, seen.twice, seen.damage.length], [count, count, 0, 0]);
        assert.ok(seen.alone <= left, 'it goes on where it was');
        left = seen.alone;
        // Not waited for: the browser is killed in the middle of it, a little later each time.
        const packing = pack(page).catch(() => undefined);
        await pause(20 + cuts * 30);
        await quoth.restart({ kill: true });
        await packing;
      }
      assert.ok(cuts > 2, `cut off ${cuts} times`);
      const page = await storePage(quoth);
      const moved = await look(page);
      assert.deepEqual([moved.size, moved.whole, moved.twice, moved.damage.length], [count, count, 0, 0]);
      assert.ok(moved.blocks > 10 && moved.alone < 64, JSON.stringify(moved));
      // The pinned one stays pinned when the oldest go.
      const left = await page.evaluate(async (id) => {
        const store = await globalThis.Store.open();
        await store.limit({ articles: 100, days: Infinity, megabytes: Infinity });
        const key = globalThis.core.keyOf(id);
        return [store.size, store.keys().includes(key), ...(await store.pinned([key]))];
      }, made(3).id);
      assert.deepEqual(left, [100, true, true]);
      const end = await look(page);
      assert.deepEqual([end.whole, end.twice, end.totals.count], [100, 0, 100]);
      console.log(`# ${name}: cut off ${cuts} times, ${count} records moved, none lost`);
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: records are moved by itself, after a write and after an opening`, async () => {
    const quoth = await launch(name, { extension });
    try {
      const page = await storePage(quoth);
      await asBefore(page, 200);
      await add(page, 200, 201);
      await until(async () => (await look(page)).alone < 64, 'what was alone is packed after a write');
      const { blocks, whole } = await look(page);
      assert.ok(blocks > 0 && whole === 201);
      await add(page, 201, 300);
      await quoth.restart();
      const later = await storePage(quoth);
      await later.evaluate(() => globalThis.Store.open());
      await until(async () => (await look(later)).alone < 64, 'and after an opening');
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: records in blocks are updated, set right, pinned and deleted like others`, async () => {
    const quoth = await launch(name, { extension });
    try {
      const page = await storePage(quoth);
      await add(page, 0, 100, 100);
      await add(page, 100, 130);
      const packed = await look(page);
      assert.ok(packed.blocks > 0 && packed.alone < 64, 'many at once go into blocks without waiting');
      const [id, story] = [made(0).id, made(5).id];
      const changed = await page.evaluate(
        async (one, other) => {
          const { store, core } = globalThis;
          const [key, second] = [core.keyOf(one), core.keyOf(other)];
          const [json] = await store.records([key]);
          const visit = JSON.parse(json);
          const [quote] = visit.quotes;
          await store.correct(one, { quote: quote.text, speaker: 'Bo Berg' });
          await store.pin(second, true);
          const [after] = await store.records([key]);
          return [JSON.parse(after).quotes[0].speaker, ...(await store.pinned([key, second]))];
        },
        id,
        story,
      );
      assert.deepEqual(changed, ['Bo Berg', false, true]);
      // Read again: the correction and the pin stay, nothing is there twice.
      await add(page, 0, 10);
      await pack(page);
      const again = await page.evaluate(
        async (one, other) => {
          const { store, core } = globalThis;
          const [json] = await store.records([core.keyOf(one)]);
          return [JSON.parse(json).quotes[0].speaker, ...(await store.pinned([core.keyOf(other)]))];
        },
        id,
        story,
      );
      assert.deepEqual(again, ['Bo Berg', true]);
      const seen = await look(page);
      assert.deepEqual([seen.size, seen.whole, seen.twice, seen.totals.count], [130, 130, 0, 130]);
      // Deleted: no block has a word of it.
      const left = await page.evaluate(
        async (all) => {
          const { store, core, db } = globalThis;
          await store.remove(all.map(core.keyOf));
          const { result } = db;
          const blocks = await db.transact(store.db, ['blocks'], 'readonly', (/** @type {any} */ get) =>
            result(get('blocks').getAll()),
          );
          const held = blocks.flatMap((/** @type {any} */ block) =>
            all.filter((id) => core.recordOf(block.data, core.keyOf(id))),
          );
          return [held.length, ...(await store.records(all.map(core.keyOf)))];
        },
        [made(1).id, made(40).id, made(41).id],
      );
      assert.deepEqual(left, [0, '', '', '']);
      const end = await look(page);
      assert.deepEqual([end.size, end.whole, end.totals.count, end.damage.length], [127, 127, 127, 0]);
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: a flipped byte in a block costs its record alone, and is said once`, async () => {
    const quoth = await launch(name, { extension });
    try {
      const page = await storePage(quoth);
      await add(page, 0, 200, 100);
      await pack(page);
      /** @param {number} part where in the block @returns {Promise<string[]>} the records that cannot be read */
      const flip = (part) =>
        page.evaluate(async (at) => {
          const { store, db } = globalThis;
          await db.transact(store.db, ['blocks'], 'readwrite', async (/** @type {any} */ get) => {
            const [[key], [block]] = await db.entries(get('blocks'));
            block.data[Math.floor(block.data.length * at)] ^= 0x55;
            get('blocks').put(block, key);
          });
          const keys = store.keys();
          const records = await store.records(keys);
          return keys.filter((/** @type {string} */ _, /** @type {number} */ i) => !records[i]);
        }, part);
      const first = await flip(0.5);
      assert.equal(first.length, 1);
      const second = await flip(0);
      assert.equal(second.length, 2, 'the head of the first frame');
      const said = await look(page);
      assert.deepEqual([said.size, said.whole], [200, 198]);
      assert.deepEqual(
        said.damage.map((/** @type {any} */ d) => [d.mended, d.lost]),
        [
          [0, 1],
          [0, 1],
        ],
      );
      // Read again, they are whole again; deleting beside them touches no other.
      await add(page, 0, 200, 10);
      const { whole, size, twice } = await look(page);
      assert.deepEqual([whole, size, twice], [200, 200, 0]);
    } finally {
      await quoth.close();
    }
  });

  test(`${name}: a library that a later version wrote is left as it is, and said`, async () => {
    const quoth = await launch(name, { extension });
    try {
      const page = await storePage(quoth);
      await add(page, 0, 5);
      await page.evaluate(async () => {
        globalThis.store.db.close();
        const { db } = globalThis;
        const asked = indexedDB.open('quoth', 99);
        asked.onupgradeneeded = () => asked.result.createObjectStore('later');
        (await db.result(asked)).close();
      });
      const why = await page.evaluate(() =>
        globalThis.Store.open().catch((/** @type {Error} */ e) => e.message),
      );
      assert.match(String(why), /newer version of Quoth/);
      const library = await quoth.openOwn('library/library.html');
      await until(
        () => library.evaluate(() => /newer version of Quoth/.test(document.body.innerText)),
        'the library page says it',
      );
      const left = await page.evaluate(async () => {
        const { db } = globalThis;
        const base = await db.result(indexedDB.open('quoth'));
        const count = await db.transact(base, ['records'], 'readonly', (/** @type {any} */ get) =>
          db.result(get('records').count()),
        );
        const out = [base.version, count];
        base.close();
        return out;
      });
      assert.deepEqual(left, [99, 5]);
    } finally {
      await quoth.close();
    }
  });
}
