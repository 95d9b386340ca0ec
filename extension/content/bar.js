/** The quiet bar: how much was cleared, by kind, each kind to be brought back; it rests when left alone. */

import { counted, drawing, h, patch, t } from './dom.js';
import { lower, raise } from './host.js';

/** @import { FurnitureKind } from '../protocol.js' */
/** @import { Host } from './host.js' */
/** @import { View } from './view.js' */

const UNDO = 'M3 7h7a3.500 3.500 0 0 1 0 7H7M3 7l3-3M3 7l3 3';
const LIST = 'M3 4h10M3 8h10M3 12h6';
const SWEEP = 'M3 13h10M4 10l6-7 2 2-5 5z';
const MARKS =
  'M1.500 9.500c0-3.500 1.800-5.600 4.800-6.300l.3 1.200C5 5 4.200 5.900 4.200 6.800a2.700 2.700 0 1 1-2.700 2.700zM8.500 9.500c0-3.500 1.800-5.600 4.800-6.300l.3 1.200c-1.600.6-2.400 1.500-2.400 2.400a2.700 2.700 0 1 1-2.700 2.700z';

/** Milliseconds after which the bar rests. */
const AWAKE = 6000;

export class Bar {
  /** @param {Host} host @param {View} view */
  constructor(host, view) {
    this.host = host;
    this.view = view;
    this.bar = h('div', { id: 'bar', popover: 'manual', role: 'region', 'aria-label': t('name') });
    this.showsKinds = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    this.bar.addEventListener('pointerenter', () => this.wake());
    this.bar.addEventListener('pointerleave', () => this.tire());
    this.bar.addEventListener('focusin', () => this.wake());
    this.bar.addEventListener('focusout', () => this.tire());
    host.ui.append(this.bar);
  }

  show() {
    this.draw();
    this.host.show();
    raise(this.bar);
    this.wake();
    this.tire();
  }

  hide() {
    clearTimeout(this.resting);
    this.showsKinds = false;
    lower(this.bar);
  }

  wake() {
    clearTimeout(this.resting);
    this.bar.classList.remove('rest');
  }

  tire() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.showsKinds || this.bar.matches(':focus-within, :hover')) return;
      this.bar.classList.add('rest');
    }, AWAKE);
  }

  draw() {
    const { view } = this;
    const counts = view.clearing.counts();
    const kinds = /** @type {[FurnitureKind, number][]} */ (Object.entries(counts)).sort(
      ([, a], [, b]) => b - a,
    );
    const cleared = view.layers.furniture
      ? kinds.reduce((sum, [kind, n]) => sum + (view.back.has(kind) ? 0 : n), 0)
      : 0;
    const quotes = view.current?.reading.quotes.length ?? 0;
    const focused = this.host.focused?.getAttribute('data-key');
    patch(
      this.bar,
      this.showsKinds && kinds.length > 0 ? this.kinds(kinds) : '',
      h(
        'div',
        { class: 'row' },
        h(
          'button',
          {
            class: 'mark',
            'data-key': 'mark',
            'aria-label': t('panelTitle'),
            title: t('panelTitle'),
            onclick: () => view.togglePanel(),
          },
          drawing(MARKS),
        ),
        kinds.length > 0 &&
          h(
            'button',
            {
              'data-key': 'kinds',
              'aria-expanded': String(this.showsKinds),
              onclick: () => this.toggleKinds(),
            },
            drawing(SWEEP),
            counted('cleared', cleared),
          ),
        h(
          'button',
          { 'data-key': 'panel', onclick: () => view.togglePanel() },
          drawing(LIST),
          counted('quotations', quotes),
        ),
        h(
          'button',
          { 'data-key': 'undo', title: t('undoKey'), onclick: () => view.undo() },
          drawing(UNDO),
          t('undo'),
        ),
      ),
    );
    if (focused && !this.host.focused)
      /** @type {HTMLElement | null} */ (this.bar.querySelector(`[data-key="${focused}"]`))?.focus();
  }

  toggleKinds() {
    this.showsKinds = !this.showsKinds;
    this.draw();
  }

  /** @param {[FurnitureKind, number][]} kinds */
  kinds(kinds) {
    return h(
      'div',
      { class: 'kinds' },
      h('p', {}, t('clearedHere')),
      h(
        'ul',
        {},
        ...kinds.map(([kind, n]) => {
          const gone = this.view.layers.furniture && !this.view.back.has(kind);
          return h(
            'li',
            {},
            h(
              'button',
              {
                'data-key': `kind-${kind}`,
                'aria-pressed': String(!gone),
                onclick: () => this.view.bringBack(kind, gone),
              },
              h('span', {}, `${t(`kind_of_${kind}`)} `, h('span', { class: 'soft' }, String(n))),
              h('span', { class: 'state' }, gone ? t('bringBack') : t('clearAgain')),
            ),
          );
        }),
      ),
    );
  }
}
