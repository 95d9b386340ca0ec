/** The options: what is shown, what the library keeps, which sites are always read, the keys. */

import { h, t } from '../content/dom.js';
import { ask } from '../protocol.js';

/** @import { Layer, Settings } from '../protocol.js' */

const main = /** @type {HTMLElement} */ (document.getElementById('options'));
document.documentElement.lang = chrome.i18n.getUILanguage();
document.documentElement.dir = chrome.i18n.getMessage('@@bidi_dir') || 'ltr';
document.title = `${t('options')} – ${t('name')}`;

/** @type {Settings} */
let settings;

start();

async function start() {
  settings = await ask({ type: 'settings' });
  await draw();
  chrome.permissions.onAdded.addListener(draw);
  chrome.permissions.onRemoved.addListener(draw);
  // The browser may clear what is not marked as wanted when the disk is full.
  navigator.storage.persist?.().catch(() => undefined);
}

/** @param {Partial<Settings>} change */
async function keep(change) {
  settings = await ask({ type: 'settings', change });
  const said = document.querySelector('.kept');
  if (said) said.textContent = t('optionsKept');
}

async function draw() {
  const { origins = [] } = await chrome.permissions.getAll();
  const commands = await chrome.commands.getAll();
  main.replaceChildren(
    h(
      'header',
      { class: 'head' },
      h('img', { src: '../icons/48.png', alt: '' }),
      h('b', {}, t('name')),
      h(
        'nav',
        { class: 'tabs' },
        h('a', { href: '../library/library.html' }, t('library')),
        h('a', { href: 'options.html', 'aria-current': 'page' }, t('options')),
      ),
    ),
    h('p', { class: 'kept soft small', role: 'status' }),
    shown(),
    saving(),
    sites(origins.filter((o) => /^(\*|https?):/.test(o))),
    limits(),
    keys(commands),
  );
}

function shown() {
  /** @type {[Layer, string, string][]} */
  const layers = [
    ['furniture', 'layerFurniture', 'optFurniture'],
    ['actors', 'whoIsNamed', 'optActors'],
    ['quotes', 'whoSaidWhat', 'optQuotes'],
  ];
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, t('optShown')),
    h('p', { class: 'soft small' }, t('optShownNote')),
    ...layers.map(([layer, title, note]) =>
      choice('checkbox', layer, t(title), t(note), settings.layers[layer], (on) =>
        keep({ layers: { ...settings.layers, [layer]: on } }),
      ),
    ),
    choice('checkbox', 'all', t('optAllMentions'), t('optAllMentionsNote'), settings.allMentions, (on) =>
      keep({ allMentions: on }),
    ),
  );
}

function saving() {
  const choices = /** @type {const} */ ([
    ['sites', 'optSaveSites'],
    ['click', 'optSaveClick'],
    ['nothing', 'optSaveNothing'],
  ]);
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, t('optSaving')),
    h('p', { class: 'soft small' }, t('optSavingNote')),
    h(
      'fieldset',
      { 'aria-label': t('optSaving') },
      ...choices.map(([value, key]) =>
        choice('radio', 'saving', t(key), t(`${key}Note`), settings.saving === value, () =>
          keep({ saving: value }),
        ),
      ),
    ),
  );
}

/** @param {string[]} origins */
function sites(origins) {
  const always = origins.map((origin) =>
    h(
      'li',
      {},
      h('span', {}, origin.replace(/^\*:\/\/|\/\*$/g, '')),
      h(
        'button',
        { class: 'button small', onclick: () => void chrome.permissions.remove({ origins: [origin] }) },
        t('optRemove'),
      ),
    ),
  );
  const own = Object.keys(settings.sites)
    .sort()
    .map((host) =>
      h(
        'li',
        {},
        h('span', {}, host),
        h('button', { class: 'button small', onclick: () => forget(host) }, t('optReset')),
      ),
    );
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, t('optSites')),
    h('p', { class: 'soft small' }, t('optSitesNote')),
    always.length ? h('ul', { class: 'rows' }, ...always) : h('p', { class: 'note' }, t('optNoSites')),
    own.length ? h('h2', {}, t('optOwn')) : null,
    own.length ? h('p', { class: 'soft small' }, t('optOwnNote')) : null,
    own.length ? h('ul', { class: 'rows' }, ...own) : null,
  );
}

/** @param {string} host */
async function forget(host) {
  const { [host]: _gone, ...rest } = settings.sites;
  await keep({ sites: rest });
  await draw();
}

function limits() {
  const names = /** @type {const} */ (['articles', 'days', 'megabytes']);
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, t('optLimits')),
    h('p', { class: 'soft small' }, t('optLimitsNote')),
    ...names.map((name) =>
      h(
        'div',
        { class: 'limit' },
        h('label', { for: name }, t(`optLimit_${name}`)),
        h('input', {
          id: name,
          type: 'number',
          min: 1,
          step: 1,
          value: settings.limits[name],
          onchange: (event) => {
            const input = /** @type {HTMLInputElement} */ (event.target);
            const n = Math.floor(input.valueAsNumber);
            if (n >= 1) void keep({ limits: { ...settings.limits, [name]: n } });
            else input.value = String(settings.limits[name]);
          },
        }),
      ),
    ),
    h(
      'div',
      { class: 'actions' },
      h('a', { class: 'button', href: '../library/library.html#/keep' }, t('optToLibrary')),
    ),
  );
}

/** @param {chrome.commands.Command[]} commands */
function keys(commands) {
  const rows = commands.map((c) => [
    c.name === '_execute_action' ? t('optKeyPopup') : (c.description ?? ''),
    c.shortcut || t('optNoKey'),
  ]);
  const inPage = [
    ['optKeyToggle', 'Alt+Q'],
    ['optKeyNext', 'Alt+N'],
    ['optKeyPrevious', 'Alt+P'],
    ['optKeyClose', 'Esc'],
  ];
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, t('optKeys')),
    h('p', { class: 'soft small' }, t('optKeysNote')),
    h(
      'div',
      { class: 'rows' },
      ...rows.map(([what, key]) => h('div', {}, h('span', {}, what), h('kbd', {}, key))),
      ...inPage.map(([what, key]) => h('div', {}, h('span', {}, t(String(what))), h('kbd', {}, key))),
    ),
    h('div', { class: 'actions' }, h('button', { class: 'button', onclick: changeKeys }, t('optChangeKeys'))),
  );
}

function changeKeys() {
  const own = /** @type {{ openShortcutSettings?: () => void }} */ (chrome.commands);
  if (own.openShortcutSettings) own.openShortcutSettings();
  else void chrome.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

/**
 * @param {'checkbox' | 'radio'} type
 * @param {string} name
 * @param {string} title
 * @param {string} note
 * @param {boolean} on
 * @param {(on: boolean) => unknown} turn
 */
function choice(type, name, title, note, on, turn) {
  return h(
    'label',
    { class: 'choice' },
    h('input', {
      type,
      name,
      checked: on,
      onchange: (event) => void turn(/** @type {HTMLInputElement} */ (event.target).checked),
    }),
    h('span', {}, h('b', {}, title), h('span', { class: 'soft small' }, note)),
  );
}
