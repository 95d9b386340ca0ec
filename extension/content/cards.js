/**
 * Cards: open after a rest on a mark or by keyboard, stay a moment, close with Escape, are pinned by
 * a click. Clicks and selections on the page stay the page's.
 */

import { actorCard, doubtfulCard, quoteCard } from './card-views.js';
import { lower, raise } from './host.js';
import { rangeOf } from './marks.js';
import { choose } from './paint.js';
import { placeCard, sentenceBox, under } from './places.js';
import { h } from './dom.js';

/** @import { Article } from './article.js' */
/** @import { Host } from './host.js' */
/** @import { Mark } from './marks.js' */
/** @import { View } from './view.js' */

/** Milliseconds the pointer rests on a mark before its card opens. */
const REST = 500;

/** Milliseconds a card stays after the pointer left. */
const STAY = 300;

/** Milliseconds between two looks at what is under a moving pointer. */
const LOOK = 60;

/** What draws the card of a mark. */
const CARDS = { actor: actorCard, quote: quoteCard, doubtful: doubtfulCard };

export class Cards {
  /** @param {Host} host @param {View} view */
  constructor(host, view) {
    this.host = host;
    this.view = view;
    this.card = h('div', { id: 'card', popover: 'manual', role: 'dialog', tabindex: -1 });
    this.card.addEventListener('pointerenter', () => clearTimeout(this.closing));
    this.card.addEventListener('pointerleave', () => this.leave());
    host.ui.append(this.card);
    this.pinned = false;
    /** What the open card is about. @type {{ article: Article, mark: Mark } | null} */
    this.open = null;
    /** What the pointer is on. @type {{ article: Article, mark: Mark } | null} */
    this.pointed = null;
    /** @type {HTMLElement | null} */
    this.from = null;
    this.x = 0;
    this.y = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.looking = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.opening = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.closing = undefined;
  }

  /** Starts to follow the pointer. @param {AbortSignal} signal ends it */
  follow(signal) {
    const how = { signal, passive: true, capture: true };
    addEventListener('pointermove', (event) => this.move(event), how);
    addEventListener('click', (event) => this.click(event), how);
    addEventListener('scroll', () => this.scrolled(), how);
    addEventListener('resize', () => this.place(), how);
    document.documentElement.addEventListener('pointerleave', () => this.point(null), how);
    signal.addEventListener('abort', () => this.close());
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (this.host.holds(event) || event.pointerType === 'touch') return;
    this.x = event.clientX;
    this.y = event.clientY;
    this.looking ??= setTimeout(() => {
      this.looking = undefined;
      this.look();
    }, LOOK);
  }

  look() {
    const found = under(this.view.articles, this.x, this.y);
    const mark = found?.marks.find(({ kind }) => this.view.layers[kind === 'quote' ? 'quotes' : 'actors']);
    this.point(found && mark ? { article: found.article, mark } : null);
  }

  /** @param {{ article: Article, mark: Mark } | null} target */
  point(target) {
    if (target?.mark === this.pointed?.mark) return;
    this.pointed = target;
    clearTimeout(this.opening);
    if (!this.pinned) choose(target ? target.article.alike(target.mark) : []);
    if (!target) {
      this.leave();
      return;
    }
    if (this.open?.mark === target.mark) clearTimeout(this.closing);
    else if (!this.pinned) {
      this.leave();
      this.opening = setTimeout(() => this.show(target.article, target.mark), REST);
    }
  }

  /** Closes a moment after the pointer left, unless it comes back. */
  leave() {
    clearTimeout(this.closing);
    if (this.open && !this.pinned) this.closing = setTimeout(() => this.close(), STAY);
  }

  /** A click on a mark pins its card; what the click does to the page is the page's. @param {MouseEvent} event */
  click(event) {
    if (this.host.holds(event) || event.button !== 0) return;
    if (!getSelection()?.isCollapsed) return;
    const found = under(this.view.articles, event.clientX, event.clientY);
    const mark = found?.marks.find(({ kind }) => this.view.layers[kind === 'quote' ? 'quotes' : 'actors']);
    const target = /** @type {Element | null} */ (event.target instanceof Element ? event.target : null);
    if (!found || !mark) this.close();
    else if (!target?.closest('a[href], button, input, select, textarea, label, summary'))
      this.show(found.article, mark, { pin: true });
  }

  /**
   * Opens the card of a mark.
   * @param {Article} article
   * @param {Mark} mark
   * @param {{ pin?: boolean, focus?: boolean }} [how]
   */
  show(article, mark, { pin = false, focus = false } = {}) {
    if (!rangeOf(mark)) return;
    clearTimeout(this.opening);
    clearTimeout(this.closing);
    this.open = { article, mark };
    this.pinned = pin || focus;
    this.draw();
    choose(article.alike(mark));
    this.host.show();
    raise(this.card);
    this.place();
    if (focus) {
      this.from ??= this.host.focused ?? /** @type {HTMLElement | null} */ (document.activeElement);
      this.card.focus({ preventScroll: true });
    }
  }

  /** Draws the open card anew. */
  draw() {
    if (!this.open) return;
    const { article, mark } = this.open;
    const inside = CARDS[mark.kind](article, mark, this);
    this.card.setAttribute('aria-label', inside.getAttribute('data-label') ?? '');
    inside.removeAttribute('data-label');
    this.card.replaceChildren(inside);
    this.card.scrollTop = 0;
  }

  /** Puts the open card where it belongs. */
  place() {
    if (!this.open) return;
    const range = rangeOf(this.open.mark);
    const box = sentenceBox(this.open.mark);
    if (!range || !box) {
      this.close();
      return;
    }
    const own = range.getClientRects()[0] ?? range.getBoundingClientRect();
    this.card.style.maxHeight = '';
    const { left, top, height } = placeCard(
      box,
      own,
      this.card.offsetWidth,
      this.card.offsetHeight,
      this.view.panel?.box,
    );
    if (height < this.card.offsetHeight) this.card.style.maxHeight = `${height}px`;
    this.card.style.left = `${left}px`;
    this.card.style.top = `${top}px`;
  }

  scrolled() {
    if (!this.open) return;
    if (this.pinned) this.place();
    else this.close();
  }

  /** @returns {boolean} whether a card was open */
  close() {
    clearTimeout(this.opening);
    clearTimeout(this.closing);
    if (!this.open) return false;
    this.open = null;
    this.pinned = false;
    choose(this.pointed ? this.pointed.article.alike(this.pointed.mark) : []);
    const back = this.host.focused && this.card.contains(this.host.focused) ? this.from : null;
    this.from = null;
    lower(this.card);
    back?.focus({ preventScroll: true });
    return true;
  }
}
