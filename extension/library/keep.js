/** What is kept and how much of it; taking it out, taking it in, deleting it. */

import { counted, h, t } from '../content/dom.js';
import { ask } from '../protocol.js';
import { annotationPage, annotations, line, markdown } from './exchange.js';
import { readWaiting, take, waiting } from './imports.js';
import { size } from './parts.js';

/** @import { Place } from './parts.js' */
/** @import { Shelf } from './shelf.js' */

/** Records read at once. */
const SOME = 500;

/** @param {Place} place @returns {Promise<Node[]>} */
export async function drawKeep(place) {
  const { shelf } = place;
  const [{ totals, damage }, { limits }, { trouble }] = await Promise.all([
    shelf.store.notes(),
    ask({ type: 'settings' }),
    chrome.storage.local.get('trouble'),
  ]);
  const why = /** @type {{ why: string } | undefined} */ (trouble)?.why;
  const file = /** @type {HTMLInputElement} */ (
    h('input', {
      type: 'file',
      accept: '.jsonl,.json,.txt',
      hidden: true,
      onchange: () => taken(place, file),
    })
  );
  return [
    why ? h('p', { class: 'note warn' }, t('libTrouble', why)) : null,
    h(
      'section',
      { class: 'card page' },
      h('h2', {}, t('libRoom')),
      h('p', {}, `${counted('libArticle', totals.count)} · ${size(totals.bytes)}`),
      meter(
        totals.bytes / (limits.megabytes * 1e6),
        t('libOf', size(totals.bytes), size(limits.megabytes * 1e6)),
      ),
      meter(
        totals.count / limits.articles,
        t('libOf', totals.count.toLocaleString(), limits.articles.toLocaleString()),
      ),
      h('p', { class: 'soft small' }, t('libLimitsNote', limits.days)),
    ),
    ...(damage.length
      ? [
          h(
            'section',
            { class: 'card page' },
            h('h2', {}, t('libDamage')),
            h('p', { class: 'soft small' }, t('libDamageNote')),
            h(
              'ul',
              { class: 'rows' },
              ...damage.map((d) =>
                h(
                  'li',
                  {},
                  h('span', {}, new Date(d.when).toLocaleString()),
                  h('span', {}, t('libMended', d.mended, d.lost)),
                ),
              ),
            ),
            h(
              'p',
              { class: 'actions' },
              h(
                'button',
                {
                  class: 'button',
                  onclick: async () => {
                    await shelf.store.settle();
                    await place.again();
                  },
                },
                t('libUnderstood'),
              ),
            ),
          ),
        ]
      : []),
    h(
      'section',
      { class: 'card page' },
      h('h2', {}, t('libOut')),
      h('p', { class: 'soft small' }, t('libOutNote')),
      h(
        'p',
        { class: 'actions' },
        h('button', { class: 'button', onclick: () => out(place, 'jsonl') }, t('libOutLines')),
        h('button', { class: 'button', onclick: () => out(place, 'md') }, t('libOutMarkdown')),
        h('button', { class: 'button', onclick: () => out(place, 'jsonld') }, t('libOutAnnotations')),
      ),
    ),
    h(
      'section',
      { class: 'card page' },
      h('h2', {}, t('libIn')),
      h('p', { class: 'soft small' }, t('libInNote')),
      file,
      h(
        'p',
        { class: 'actions' },
        h('button', { class: 'button', onclick: () => file.click() }, t('libInFile')),
      ),
    ),
    h(
      'section',
      { class: 'card page' },
      h('h2', {}, t('libAll')),
      h('p', { class: 'soft small' }, t('libAllNote')),
      h(
        'p',
        { class: 'actions' },
        h('button', { class: 'button bad', onclick: () => clear(place) }, t('libAllDelete')),
      ),
    ),
  ].filter((n) => n !== null);
}

/** @param {number} part @param {string} text */
function meter(part, text) {
  return h(
    'p',
    { class: 'meter' },
    h('meter', { min: 0, max: 1, high: 0.9, value: Math.min(1, part || 0), 'aria-label': text }),
    h('span', { class: 'soft small' }, text),
  );
}

/** Shows how far a long work is. @param {Place['say']} say @param {string} what */
function bar(say, what) {
  const progress = /** @type {HTMLProgressElement} */ (
    h('progress', { max: 1, value: 0, 'aria-label': what })
  );
  say(what);
  document.querySelector('.said')?.append(progress);
  return (/** @type {number} */ part) => {
    progress.value = part;
  };
}

/** @param {Place} place @param {'jsonl' | 'md' | 'jsonld'} kind */
async function out({ shelf, say }, kind) {
  const move = bar(say, t('libWriting'));
  const keys = shelf.catalogue.keys();
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {object[]} */
  const items = [];
  for (let i = 0; i < keys.length; i += SOME) {
    const shown = await shelf.shown(keys.slice(i, i + SOME));
    const visits = shown.map((s) => s.visit);
    if (kind === 'jsonl')
      parts.push(shown.map((s) => `${line(JSON.parse(shelf.store.whole(s.json)))}\n`).join(''));
    else if (kind === 'md') parts.push(visits.map((v) => `${markdown(v)}\n\n`).join(''));
    else for (const v of visits) items.push(...annotations(v));
    move(i / keys.length);
  }
  if (kind === 'jsonld') parts.push(annotationPage(items));
  const types = { jsonl: 'application/x-ndjson', md: 'text/markdown', jsonld: 'application/ld+json' };
  const url = URL.createObjectURL(new Blob(parts, { type: types[kind] }));
  const link = h('a', { href: url, download: `quoth-${new Date().toISOString().slice(0, 10)}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say(counted('libWritten', keys.length));
}

/** @param {Place} place @param {HTMLInputElement} input */
async function taken(place, input) {
  const [file] = input.files ?? [];
  if (!file) return;
  place.say(t('libTaking'));
  await take(place.shelf.store, file);
  await resume(place.shelf, place.say);
  await place.again();
}

/**
 * Reads what an import left, now or from an earlier time.
 * @param {Shelf} shelf
 * @param {Place['say']} say
 * @returns {Promise<boolean>} whether there was anything
 */
export async function resume(shelf, say) {
  const lines = await waiting(shelf.store);
  if (!lines) return false;
  const before = shelf.store.size;
  const move = bar(say, t('libReading'));
  const { limits } = await ask({ type: 'settings' });
  const { bad } = await readWaiting(shelf.store, limits, ({ done, total }) => move(done / total));
  await shelf.sync();
  const fresh = counted('libTaken', shelf.store.size - before);
  say(bad ? `${fresh} ${counted('libBad', bad)}` : fresh);
  return true;
}

/** @param {Place} place */
function clear(place) {
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog',
      { class: 'card' },
      h('h2', {}, t('libAllSure')),
      h('p', {}, t('libAllNote')),
      h(
        'form',
        { method: 'dialog', class: 'actions' },
        h('button', { class: 'button', value: '', autofocus: true }, t('libCancel')),
        h('button', { class: 'button bad', value: 'yes' }, t('libAllDelete')),
      ),
    )
  );
  dialog.addEventListener('close', async () => {
    dialog.remove();
    if (dialog.returnValue !== 'yes') return;
    await place.shelf.store.clear();
    await place.shelf.sync();
    await chrome.storage.local.remove('trouble');
    place.say(t('libAllGone'));
    await place.again();
  });
  document.body.append(dialog);
  dialog.showModal();
}
