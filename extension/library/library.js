/** The library page: its header, and which view the address asks for. */

import { h, t } from '../content/dom.js';
import { drawArticle } from './article.js';
import { drawArticles } from './articles.js';
import { drawKeep, resume } from './keep.js';
import { drawPeople, drawPerson } from './people.js';
import { Shelf } from './shelf.js';
import { drawStory } from './story.js';

const main = /** @type {HTMLElement} */ (document.getElementById('library'));
document.documentElement.lang = chrome.i18n.getUILanguage();
document.documentElement.dir = chrome.i18n.getMessage('@@bidi_dir') || 'ltr';
document.title = `${t('library')} – ${t('name')}`;

/** Views by the first part of the address after `#/`. */
const VIEWS = /** @type {const} */ ({
  '': drawArticles,
  article: drawArticle,
  story: drawStory,
  people: drawPeople,
  person: drawPerson,
  keep: drawKeep,
});

const TABS = /** @type {const} */ ([
  ['', 'libArticles'],
  ['people', 'libPeople'],
  ['keep', 'libKeep'],
]);

const view = h('div', { id: 'view' });
const said = h('p', { class: 'said', role: 'status' });

start();

async function start() {
  main.append(header(), said, view);
  // A large library takes a moment; a small one shows nothing of it.
  const opening = setTimeout(() => view.append(h('progress', { 'aria-label': t('library') })), 150);
  try {
    const shelf = await Shelf.open().finally(() => clearTimeout(opening));
    addEventListener('hashchange', () => draw(shelf));
    await draw(shelf);
    // What another tab read meanwhile.
    document.addEventListener('visibilitychange', async () => {
      if (document.hidden) return;
      const before = shelf.store.size;
      await shelf.sync();
      if (shelf.store.size !== before) await draw(shelf);
    });
    navigator.storage.persist?.().catch(() => undefined);
    if (await resume(shelf, say)) await draw(shelf);
  } catch (error) {
    view.replaceChildren(h('p', { class: 'note warn' }, t('libBroken', String(error))));
  }
}

/**
 * Says something that passes, with a way back where there is one.
 * @param {string} text
 * @param {() => unknown} [undo]
 */
export function say(text, undo) {
  said.replaceChildren(
    text,
    undo
      ? h(
          'button',
          {
            class: 'button small',
            onclick: () => {
              said.replaceChildren();
              void undo();
            },
          },
          t('libUndo'),
        )
      : '',
  );
}

function header() {
  return h(
    'header',
    { class: 'head' },
    h('img', { src: '../icons/48.png', alt: '' }),
    h('b', {}, t('library')),
    h(
      'nav',
      { class: 'tabs' },
      ...TABS.map(([where, key]) => h('a', { href: `#/${where}`, 'data-view': where }, t(key))),
      h('a', { href: '../options/options.html' }, t('options')),
    ),
  );
}

/** Which drawing is the last asked for: a slow one that was overtaken is not shown. */
let turn = 0;

/** @param {Shelf} shelf */
async function draw(shelf) {
  const mine = ++turn;
  const [name = '', rest = ''] = location.hash.replace(/^#\//, '').split(/\/(.*)/s);
  const drawing = VIEWS[/** @type {keyof typeof VIEWS} */ (name)] ?? drawArticles;
  for (const tab of document.querySelectorAll('[data-view]')) {
    const on =
      tab.getAttribute('data-view') ===
      (name === 'person' ? 'people' : name === 'article' || name === 'story' ? '' : name);
    if (on) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
  const drawn = await drawing({ shelf, rest: decodeURIComponent(rest), say, again: () => draw(shelf) });
  if (mine !== turn) return;
  view.replaceChildren(...drawn);
  if (document.activeElement === document.body)
    /** @type {HTMLElement | null} */ (view.querySelector('[autofocus]'))?.focus();
}
