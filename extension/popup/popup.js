/** The popup: reads the page in front, says what was found, switches each layer. */

import { counted, h, patch, t } from '../content/dom.js';
import { ask, siteOf } from '../protocol.js';

/** @import { Layer, PageState, ToPage } from '../protocol.js' */

const main = /** @type {HTMLElement} */ (document.getElementById('popup'));
document.documentElement.lang = chrome.i18n.getUILanguage();
document.documentElement.dir = chrome.i18n.getMessage('@@bidi_dir') || 'ltr';

/** The tab the popup is about. @type {chrome.tabs.Tab | undefined} */
let tab;
/** @type {chrome.runtime.Port | undefined} */
let port;
/** @type {PageState | undefined} */
let state;
/** Whether this site is always read. */
let always = false;

start();

async function start() {
  ask({ type: 'wake' }).catch(console.warn);
  [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  draw();
  const origins = origin();
  if (origins)
    chrome.permissions.contains({ origins }).then((has) => {
      always = has;
      draw();
    });
  if (tab?.id === undefined) return;
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ['/content.js'] });
  } catch {
    draw('closed');
    return;
  }
  port = chrome.tabs.connect(tab.id, { name: 'popup' });
  port.onMessage.addListener((message) => {
    state = message;
    draw();
  });
  port.onDisconnect.addListener(() => draw('closed'));
}

/** @param {ToPage} message */
function tell(message) {
  port?.postMessage(message);
}

/** The site's pattern for the browser's permissions; none for pages that are no site. */
function origin() {
  const { protocol, hostname } = new URL(tab?.url ?? 'about:blank');
  return /^https?:$/.test(protocol) ? [`*://${hostname}/*`] : null;
}

/** @param {'closed'} [what] */
function draw(what) {
  const focused = document.activeElement?.getAttribute('data-key');
  const inside = what === 'closed' ? [h('p', { class: 'note' }, t('cannotRead'))] : body();
  patch(main, head(), ...inside, foot());
  // What was replaced gives its focus to what came in its place.
  if (focused && document.activeElement === document.body) {
    /** @type {HTMLElement | null} */ (main.querySelector(`[data-key="${focused}"]`))?.focus();
  }
}

function head() {
  return h(
    'header',
    {},
    h('img', { src: '../icons/48.png', alt: '' }),
    h('b', {}, t('name')),
    h('span', { class: 'soft small' }, siteOf(tab?.url ?? '')),
  );
}

/** @returns {(Node | string)[]} */
function body() {
  if (!state || state.status === 'reading' || state.status === 'unread')
    return [h('p', { class: 'wait' }, t('readingNow'))];
  const again = h(
    'button',
    { class: 'main', 'data-key': 'again', onclick: () => tell({ type: 'read' }) },
    t('readAgain'),
  );
  const secret = state.private ? h('p', { class: 'note' }, t('privateNote')) : '';
  switch (state.status) {
    case 'failed':
      return [h('h1', {}, t('failed')), h('p', { class: 'note warn' }, state.reason ?? ''), again];
    case 'off':
      return [h('h1', {}, state.title), h('p', { class: 'note' }, t('asItWas')), again, site(), secret];
    case 'none':
      return [h('h1', {}, t('noArticle')), h('p', { class: 'soft' }, why(state.reason)), site(), secret];
    default:
      return found(state, secret);
  }
}

/** @param {PageState} page @param {Node | string} secret */
function found(page, secret) {
  const cleared = Object.values(page.furniture).reduce((sum, n) => sum + n, 0);
  const named = [
    page.people > 0 && counted('people', page.people),
    page.organisations > 0 && counted('organisations', page.organisations),
    page.places > 0 && counted('places', page.places),
  ].filter(Boolean);
  const quotes = [
    page.quotes > 0 ? counted('quotations', page.quotes) : t('noQuotes'),
    page.unclear > 0 && counted('unclear', page.unclear),
  ].filter(Boolean);
  return [
    h('h1', {}, page.title),
    h('p', { class: 'soft small' }, page.outlet),
    page.preview ? h('p', { class: 'note' }, t('previewNote')) : '',
    page.cut ? h('p', { class: 'note' }, t('cutNote')) : '',
    page.quotesCut ? h('p', { class: 'note' }, t('quotesCutNote')) : '',
    h(
      'div',
      { class: 'layers' },
      layer(
        'furniture',
        t('layerFurniture'),
        cleared > 0 ? counted('cleared', cleared) : t('nothingCleared'),
      ),
      layer('actors', t('whoIsNamed'), named.length > 0 ? named.join(', ') : t('noActors')),
      layer('quotes', t('whoSaidWhat'), quotes.join(', ')),
    ),
    site(),
    h(
      'button',
      { class: 'main', 'data-key': 'panel', onclick: openPanel },
      page.related > 0 ? counted('panelWithRelated', page.related) : t('openPanel'),
    ),
    secret,
  ];
}

/** @param {Layer} name @param {string} title @param {string} count */
function layer(name, title, count) {
  const on = state?.layers[name] ?? true;
  return switcher(`layer-${name}`, title, count, on, () => tell({ type: 'layer', layer: name, on: !on }));
}

/** @param {string} key @param {string} title @param {string} line @param {boolean} on @param {() => void} turn */
function switcher(key, title, line, on, turn) {
  return h(
    'button',
    { class: 'row', role: 'switch', 'aria-checked': String(on), 'data-key': key, onclick: turn },
    h('span', {}, h('b', {}, title), h('span', { class: 'soft small' }, line)),
    h('span', { class: 'switch' }),
  );
}

function site() {
  const origins = origin();
  if (!origins) return '';
  return h(
    'div',
    { class: 'site' },
    switcher(
      'always',
      t('always'),
      t(always ? 'alwaysOn' : 'alwaysOff', siteOf(tab?.url ?? '')),
      always,
      () => {
        // Before any await: the browser asks only inside the click.
        const asked = always
          ? chrome.permissions.remove({ origins })
          : chrome.permissions.request({ origins });
        asked.then((done) => {
          if (done) always = !always;
          draw();
        }, console.warn);
      },
    ),
  );
}

function openPanel() {
  tell({ type: 'panel', open: true });
  // The message goes out first.
  setTimeout(() => window.close(), 50);
}

function foot() {
  const shown = state?.status === 'read';
  return h(
    'footer',
    {},
    shown
      ? h(
          'button',
          { 'data-key': 'undo', title: t('undoKey'), onclick: () => tell({ type: 'undo' }) },
          t('undo'),
        )
      : h('span'),
    h(
      'span',
      {},
      h('button', { 'data-key': 'library', onclick: () => open('library') }, t('library')),
      h('button', { 'data-key': 'options', onclick: () => open('options') }, t('options')),
    ),
  );
}

/** @param {'library' | 'options'} page */
function open(page) {
  ask({ type: 'open', page }).then(() => window.close(), console.warn);
}

/** Why it is no article, in the reader's language where there are words for it. @param {string | null} reason */
function why(reason) {
  const key = `reason_${(reason ?? '').replace(/[^a-z]+/gi, '_')}`;
  return t(key) || t('reason_other');
}
