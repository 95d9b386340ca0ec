/** What is read and shown of one page: the one place that knows all the parts and tells them what to do. */

import { Article } from './article.js';
import { Bar } from './bar.js';
import { Cards } from './cards.js';
import { Clearing, overlays, restyle } from './clear.js';
import { groundOf } from './colours.js';
import * as core from './core.js';
import { Growth } from './growth.js';
import { Host } from './host.js';
import { follow as followKeys } from './keys.js';
import { dress, paint, unpaint } from './paint.js';
import { Panel } from './panel.js';
import { ask, DEFAULTS, siteOf } from '../protocol.js';
import { breath } from './slices.js';
import { snapshot } from './snapshot.js';
import { describe } from './state.js';
import { Walk } from './walk.js';
import { address, Watch } from './watch.js';

/** @import { FurnitureKind, Layer, PageSettings, PageState, Reading } from '../protocol.js' */

/** Milliseconds after reading at which overlays that came late are looked for. */
const LATE = [400, 1500, 4000];

/** UTF-16 units of running text below which there is no article. */
const LEAST = 200;

export class View {
  constructor() {
    /** @type {PageState['status']} */
    this.status = 'unread';
    /** @type {string | null} */
    this.reason = null;
    /** @type {Article[]} */
    this.articles = [];
    /** @type {PageSettings} */
    this.settings = { layers: DEFAULTS.layers, back: [], allMentions: false, private: true, corrections: [] };
    this.layers = { ...DEFAULTS.layers };
    /** @type {Set<FurnitureKind>} */
    this.back = new Set();
    /** @type {PageState['where']} */
    this.where = null;
    /** @type {Record<string, number>} */
    this.ms = {};
    this.slices = 0;
    /** Told of every change of state. @type {Set<(state: PageState) => void>} */
    this.listeners = new Set();
    /** Counts readings: a later one makes an earlier one's end void. */
    this.turn = 0;
    /** @type {Host | null} */
    this.host = null;
    this.clearing = new Clearing();
    /** @type {Cards | undefined} */
    this.cards = undefined;
    /** @type {Panel | undefined} */
    this.panel = undefined;
    /** @type {Bar | undefined} */
    this.bar = undefined;
    /** @type {Watch | undefined} */
    this.watching = undefined;
    /** Ends our listeners on the page. @type {AbortController | undefined} */
    this.ending = undefined;
    this.growth = new Growth(this);
    this.walk = new Walk(this);
  }

  get isPrivate() {
    return this.settings.private;
  }

  /** The article that is being looked at. */
  get current() {
    const middle = innerHeight / 2;
    const above = this.articles.filter(
      ({ blocks }) => (blocks[0]?.getBoundingClientRect().top ?? 0) < middle,
    );
    return above.at(-1) ?? this.articles[0];
  }

  /** Reads the page, unless it is read or being read. */
  async read() {
    if (this.status === 'reading' || this.status === 'read') return;
    this.status = 'reading';
    this.publish();
    const started = performance.now();
    const settled = this.settle();
    const turn = ++this.turn;
    try {
      // From before the first look: what comes while the page is read must not be missed.
      this.watch();
      const article = await this.take(new Set(), settled);
      if (turn !== this.turn) return;
      this.surface();
      if (article) {
        this.articles = [article];
        this.status = 'read';
        await this.show();
        if (turn !== this.turn) return;
        this.ms.total = performance.now() - started;
        await painted();
        this.ms.painted = performance.now() - started;
        this.relate(article);
      } else {
        this.status = 'none';
      }
      void this.growth.catchUp();
    } catch (error) {
      this.fail(error);
    }
    this.publish();
  }

  /** Asks how to show the page; without an answer, as it was last or by default. */
  async settle() {
    try {
      this.settings = await ask({ type: 'page-settings', url: address() });
    } catch (error) {
      console.warn('Quoth: no settings:', error);
    }
    this.layers = { ...this.settings.layers };
    this.back = new Set(this.settings.back);
  }

  /**
   * Reads the document, or what of it is not to be skipped.
   * @param {Set<Node>} skip
   * @param {Promise<void>} [settled] how to show it is known
   * @returns {Promise<Article | null>} none: no article
   */
  async take(skip, settled) {
    if (this.host) skip.add(this.host.element);
    const shot = await snapshot(document, { skip });
    const { answer, where, ms } = await core.read(shot, Date.now());
    await settled;
    this.where = where;
    this.ms.snapshot = shot.ms;
    this.ms.core = ms;
    this.slices = shot.slices;
    const { state, reason } = answer.reading;
    this.reason = state === 'none' ? (reason ?? 'no article') : null;
    if (state === 'none') return null;
    if (running(answer.reading) < LEAST) {
      // Too little was recognised to clear all else away for it.
      this.reason = 'no article';
      return null;
    }
    return new Article(answer, shot, this.settings.corrections);
  }

  /** Shows all that is switched on. */
  async show() {
    const { turn } = this;
    for (const { blocks } of this.articles) this.clearing.keep(blocks);
    for (const { furniture, large } of this.articles) this.clearing.add(furniture, large);
    const started = performance.now();
    await this.clearing.apply(this.layers.furniture, this.back);
    if (turn !== this.turn) return;
    if (this.clearing.large.size > 0) await painted();
    await this.overlays();
    if (turn !== this.turn) return;
    this.ms.clear = performance.now() - started;
    if (this.clearing.large.size > 0) {
      // For a new sheet the browser looks at every element: in a task of its own.
      dress(this.articles);
      restyle();
      await breath();
      if (turn !== this.turn) return;
    }
    this.paint();
    this.ms.paint = performance.now() - started - this.ms.clear;
    if (this.host) this.host.ground = groundOf(this.articles[0]?.blocks[0] ?? document.body);
    this.bar?.show();
    for (const late of LATE) setTimeout(() => this.lateOverlays(turn), late);
  }

  paint() {
    paint(this.articles, this.layers, this.settings.allMentions);
  }

  async overlays() {
    const { turn } = this;
    // One may lie under another.
    for (let round = 0; round < 4; round++) {
      if (!this.host || !this.layers.furniture || this.back.has('overlay')) return;
      const all = await overlays(this.clearing.kept, this.host.element);
      const found = all.filter((root) => !this.clearing.roots.has(root));
      if (found.length === 0 || turn !== this.turn || !this.layers.furniture) return;
      this.clearing.add(found.map((root) => [root, 'overlay']));
      await this.clearing.apply(true, this.back);
    }
  }

  /** @param {number} turn */
  async lateOverlays(turn) {
    if (turn !== this.turn || this.status !== 'read') return;
    const before = this.clearing.roots.size;
    await this.overlays();
    if (this.clearing.roots.size === before || turn !== this.turn) return;
    this.bar?.draw();
    this.publish();
  }

  /** Clears, or brings back, by what is switched on now. */
  async clear() {
    await this.clearing.apply(this.layers.furniture, this.back);
    await this.overlays();
    this.bar?.draw();
    this.publish();
  }

  /** Makes our surface in the page, once. */
  surface() {
    if (!this.host) {
      this.host = new Host();
      this.cards = new Cards(this.host, this);
      this.panel = new Panel(this.host, this);
      this.bar = new Bar(this.host, this);
    }
    if (this.ending && !this.ending.signal.aborted) return;
    this.ending = new AbortController();
    this.cards?.follow(this.ending.signal);
    followKeys(this, this.ending.signal);
  }

  watch() {
    this.watching?.stop();
    this.watching = new Watch((change) => this.growth.changed(change));
    this.watching.start();
  }

  /** Asks the library for related coverage; it keeps the visit. @param {Article} article */
  async relate(article) {
    try {
      const { related } = await ask({ type: 'visit', url: article.url, visit: article.visit });
      article.related = related;
      if (this.panel?.isOpen) this.panel.draw();
      this.publish();
    } catch (error) {
      console.warn('Quoth: related coverage could not be looked up:', error);
    }
  }

  /** Takes all we show away; the page is as it was. */
  clean() {
    this.turn++;
    this.growth.stop();
    this.articles = [];
    unpaint();
    this.clearing.restore();
    this.ending?.abort();
    this.panel?.close();
    this.bar?.hide();
    this.host?.remove();
    this.watching?.stop();
  }

  undo() {
    if (this.status === 'unread' || this.status === 'off') return;
    this.clean();
    this.status = 'off';
    this.publish();
    // One key brings it back.
    this.ending = new AbortController();
    followKeys(this, this.ending.signal);
  }

  /** Reads, or undoes. */
  async toggle() {
    if (this.status === 'read' || this.status === 'none') this.undo();
    else {
      this.ending?.abort();
      await this.read();
    }
  }

  /** @param {Layer} layer @param {boolean} on */
  setLayer(layer, on) {
    this.layers[layer] = on;
    if (this.status === 'read') {
      if (layer === 'furniture') void this.clear();
      else this.cards?.close();
      this.paint();
      this.bar?.draw();
    }
    this.remember();
    this.publish();
  }

  /** @param {FurnitureKind} kind @param {boolean} back */
  bringBack(kind, back) {
    if (back) this.back.add(kind);
    else this.back.delete(kind);
    this.layers.furniture = true;
    void this.clear();
    this.remember();
  }

  /** Keeps the choice for this site; the background keeps nothing of private windows. */
  remember() {
    const choice = { layers: { ...this.layers }, back: [...this.back] };
    ask({ type: 'site', host: siteOf(location.href), choice }).catch((error) =>
      console.warn('Quoth: the choice was not kept:', error),
    );
  }

  /** @param {Article} article @param {number} index @param {number | null} actor */
  correct(article, index, actor) {
    article.correct(index, actor);
    this.paint();
    if (this.panel?.isOpen) this.panel.draw();
    const speaker = actor === null ? '' : (article.reading.actors[actor]?.name ?? '');
    const correction = { quote: article.words(index), speaker };
    this.settings.corrections = [
      ...this.settings.corrections.filter(({ quote }) => quote !== correction.quote),
      correction,
    ];
    ask({ type: 'correct', url: address(), correction }).catch((error) =>
      console.warn('Quoth: the correction was not kept:', error),
    );
    this.publish();
  }

  openPanel() {
    this.panel?.open();
  }

  /** @param {boolean} [open] */
  togglePanel(open) {
    if (this.status !== 'read' || !this.panel) return;
    if (open ?? !this.panel.isOpen) this.panel.open();
    else this.panel.close();
  }

  /** @param {unknown} error */
  fail(error) {
    this.clean();
    this.status = 'failed';
    this.reason = error instanceof Error ? error.message : String(error);
    console.error('Quoth:', error);
  }

  publish() {
    const state = describe(this);
    for (const listener of this.listeners) listener(state);
  }
}

/** UTF-16 units of running text. @param {Reading} reading */
function running({ blocks }) {
  const heads = ['headline', 'byline', 'caption'];
  return blocks.reduce((sum, { start, end, kind }) => sum + (heads.includes(kind) ? 0 : end - start), 0);
}

/** Waits until what was painted is on the screen; a hidden page paints nothing and waits for nothing. */
function painted() {
  if (document.hidden) return Promise.resolve();
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 500);
  });
}
