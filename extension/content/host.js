/**
 * The one element of our own in the page: a host whose closed shadow root the page cannot look into.
 *
 * What the panel and the cards show comes from the reader's own history. None of it stands in
 * attributes, addresses or events that page scripts can reach.
 */

import STYLE from './style.css';

/** Events that happen in our own surface and are none of the page's business. */
const OURS = [
  'click',
  'auxclick',
  'dblclick',
  'contextmenu',
  'pointerdown',
  'pointerup',
  'pointermove',
  'pointerover',
  'pointerout',
  'mousedown',
  'mouseup',
  'mousemove',
  'mouseover',
  'mouseout',
  'touchstart',
  'touchend',
  'keydown',
  'keyup',
  'keypress',
  'focusin',
  'focusout',
  'input',
  'change',
  'copy',
  'selectstart',
  'wheel',
];

/** Our surface on one page. */
export class Host {
  constructor() {
    /** A name that says nothing and that no page styles. */
    this.element = document.createElement('quoth-surface');
    this.root = this.element.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.root.adoptedStyleSheets = [sheet];
    this.ui = document.createElement('div');
    this.ui.id = 'ui';
    this.ui.dir = chrome.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
    this.ui.lang = chrome.i18n.getUILanguage();
    this.live = document.createElement('div');
    this.live.className = 'unseen';
    this.live.setAttribute('aria-live', 'polite');
    this.ui.append(this.live);
    this.root.append(this.ui);
    for (const type of OURS) {
      this.root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    }
  }

  /** Puts the surface into the page. */
  show() {
    if (!this.element.isConnected) document.documentElement.append(this.element);
  }

  /** Takes it out again. */
  remove() {
    this.element.remove();
  }

  /** @param {import('./colours.js').Ground} ground the page's */
  set ground(ground) {
    this.ui.className = ground === 'dark' ? 'dark' : 'light';
  }

  /** Says something to a screen reader. @param {string} words */
  say(words) {
    this.live.textContent = words;
  }

  /** Whether an event happened in the surface. @param {Event} event */
  holds(event) {
    return event.target === this.element;
  }

  /** The element in the surface that has the focus. */
  get focused() {
    return /** @type {HTMLElement | null} */ (this.root.activeElement);
  }
}

/**
 * Shows a popover of the surface: in the top layer no page element lies over it.
 * @param {HTMLElement} element
 */
export function raise(element) {
  if (element.isConnected && !element.matches(':popover-open')) element.showPopover();
}

/** @param {HTMLElement} element */
export function lower(element) {
  if (element.isConnected && element.matches(':popover-open')) element.hidePopover();
}
