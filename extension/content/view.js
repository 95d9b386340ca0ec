/** What is read and shown of one page: the one place that knows all the parts and tells them what to do. */

import { Article } from './article.js';
import { Bar } from './bar.js';
import { Cards } from './cards.js';
import { Clearing, overlays } from './clear.js';
import { groundOf } from './colours.js';
import * as core from './core.js';
import { t } from './dom.js';
import { Host } from './host.js';
import { follow as followKeys } from './keys.js';
import { isClear, paint, unpaint } from './paint.js';
import { goTo } from './places.js';
import { Panel } from './panel.js';
import { ask, DEFAULTS, siteOf } from '../protocol.js';
import { snapshot } from './snapshot.js';
import { address, Watch } from './watch.js';

/** @import { FurnitureKind, Layer, PageSettings, PageState, Reading } from '../protocol.js' */
/** @import { Mark } from './marks.js' */
/** @import { Change } from './watch.js' */

/** Milliseconds after reading at which overlays that came late are looked for. */
const LATE = [400, 1500, 4000];

/** Milliseconds between two readings of a page that grows, at least; doubled each time. */
const APART = 1500;

/** The longest wait between two readings. */
const FARTHEST = 60_000;

/** UTF-16 units that the rest of a page must hold to be another article below the first. */
const ANOTHER = 800;

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
    /** Told of every change of state. @type {Set<(state: PageState) => void>} */
    this.listeners = new Set();
    /** Counts readings: a later one makes an earlier one's end void. */
    this.turn = 0;
    this.wait = APART;
    this.notBefore = 0;
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
    /** The reading that waits. @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    /** Whether that reading looks for an article below the others. */
    this.next = false;
    /** The quotation gone to last. @type {{ article: Article, index: number } | undefined} */
    this.at = undefined;
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
    const settings = ask({ type: 'page-settings', url: address() }).catch(() => this.settings);
    const turn = ++this.turn;
    try {
      const reading = this.take(new Set());
      this.settings = await settings;
      this.layers = { ...this.settings.layers };
      this.back = new Set(this.settings.back);
      const article = await reading;
      if (turn !== this.turn) return;
      this.surface();
      this.watch();
      if (article) {
        this.articles = [article];
        this.status = 'read';
        this.show();
        this.ms.total = performance.now() - started;
        await painted();
        this.ms.painted = performance.now() - started;
        this.relate(article);
      } else {
        this.status = 'none';
      }
    } catch (error) {
      this.fail(error);
    }
    this.publish();
  }

  /**
   * Reads the document, or what of it is not to be skipped.
   * @param {Set<Node>} skip
   * @returns {Promise<Article | null>} none: no article
   */
  async take(skip) {
    if (this.host) skip.add(this.host.element);
    const shot = await snapshot(document, { skip });
    const { answer, where, ms } = await core.read(shot, Date.now());
    this.where = where;
    this.ms.snapshot = shot.ms;
    this.ms.core = ms;
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
  show() {
    for (const { blocks } of this.articles) this.clearing.keep(blocks);
    for (const { furniture } of this.articles) this.clearing.add(furniture);
    const started = performance.now();
    this.clearing.apply(this.layers.furniture, this.back);
    this.overlays();
    this.ms.clear = performance.now() - started;
    this.paint();
    this.ms.paint = performance.now() - started - this.ms.clear;
    if (this.host) this.host.ground = groundOf(this.articles[0]?.blocks[0] ?? document.body);
    this.bar?.show();
    for (const late of LATE) setTimeout(() => this.lateOverlays(this.turn), late);
  }

  paint() {
    paint(this.articles, this.layers, this.settings.allMentions);
  }

  overlays() {
    // One may lie under another.
    for (let round = 0; round < 4; round++) {
      if (!this.host || !this.layers.furniture || this.back.has('overlay')) return;
      const found = overlays(this.clearing.kept, this.host.element).filter(
        (root) => !this.clearing.roots.has(root),
      );
      if (found.length === 0) return;
      this.clearing.add(found.map((root) => [root, 'overlay']));
      this.clearing.apply(true, this.back);
    }
  }

  /** @param {number} turn */
  lateOverlays(turn) {
    if (turn !== this.turn || this.status !== 'read') return;
    const before = this.clearing.roots.size;
    this.overlays();
    if (this.clearing.roots.size === before) return;
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
    this.watching = new Watch((change) => this.changed(change));
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

  /** @param {Change} change */
  async changed({ texts, removed, grown, another, moved }) {
    if (this.status !== 'read' && this.status !== 'none') return;
    let repaint = false;
    for (const { marks } of this.articles) {
      // What was taken out is found by looking at the marked nodes alone.
      if (marks.check(removed ? [...marks.byNode.keys()] : texts)) repaint = true;
    }
    const standing = this.articles.filter((article) => article.stands);
    const gone = this.articles.length > 0 && standing.length === 0;
    if (gone || (moved && this.status === 'none')) {
      this.wait = APART;
      this.clean();
      this.status = 'unread';
      await this.read();
      return;
    }
    if (standing.length < this.articles.length) {
      this.articles = standing;
      repaint = true;
    }
    if (repaint) this.paint();
    if (moved) {
      this.wait = APART;
      this.notBefore = Math.min(this.notBefore, performance.now() + APART / 3);
    }
    if (grown || moved) this.readAgain(moved || (another && this.articles.length > 0));
  }

  /**
   * Reads again what has grown, not more often than it is worth.
   * @param {boolean} next whether an article may have come below the others
   */
  readAgain(next) {
    this.next ||= next;
    if (this.again !== undefined) return;
    const run = async () => {
      this.again = undefined;
      const below = this.next;
      this.next = false;
      const started = performance.now();
      this.wait = Math.min(this.wait * 2, FARTHEST);
      try {
        await this.grow(below);
      } catch (error) {
        console.warn('Quoth: the page could not be read again:', error);
      }
      // A page whose reading takes long is read the more seldom.
      const cost = performance.now() - started;
      this.notBefore = performance.now() + Math.max(this.wait, 20 * cost);
    };
    this.again = setTimeout(run, Math.max(0, this.notBefore - performance.now()));
  }

  /** @param {boolean} next whether an article may have come below the others */
  async grow(next) {
    if (this.status !== 'read' && this.status !== 'none') return;
    const turn = ++this.turn;
    const settled = next || this.articles.length > 1 ? this.articles.slice(0, next ? undefined : -1) : [];
    // The head speaks of the first article.
    const skip = new Set(
      /** @type {Node[]} */ (
        settled.flatMap(({ blocks, furniture }) => [...blocks, ...furniture.map(([root]) => root)])
      ),
    );
    if (settled.length > 0) skip.add(document.head);
    const { reason } = this;
    const article = await this.take(skip);
    if (turn !== this.turn) return;
    const another = settled.length > 0;
    if (!article || (another && article.reading.text.length < ANOTHER)) {
      if (this.articles.length > 0) this.reason = reason;
      return;
    }
    const before = this.articles[settled.length];
    this.articles = [...settled, article];
    this.status = 'read';
    if (before) {
      article.related = before.related;
      for (const index of before.corrected) {
        const actor = before.reading.actors[before.reading.quotes[index]?.speaker ?? -1];
        article.correctAll(before.words(index), actor?.name ?? '');
      }
    }
    this.show();
    if (this.panel?.isOpen) this.panel.draw();
    if (!before || before.reading.text !== article.reading.text) this.relate(article);
    this.publish();
  }

  /** Takes all we show away; the page is as it was. */
  clean() {
    this.turn++;
    clearTimeout(this.again);
    this.again = undefined;
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
      if (layer === 'furniture') {
        this.clearing.apply(on, this.back);
        this.overlays();
      } else {
        this.cards?.close();
      }
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
    this.clearing.apply(true, this.back);
    this.overlays();
    this.bar?.draw();
    this.remember();
    this.publish();
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

  /** Goes to a mark and opens its card. @param {Article} article @param {Mark} mark */
  visit(article, mark) {
    if (!goTo(mark)) return;
    this.cards?.show(article, mark, { pin: true, focus: true });
  }

  /** @param {Article} article @param {number} index of a quotation */
  visitQuote(article, index) {
    const mark = article.marks.quotes[index];
    const quote = article.reading.quotes[index];
    if (!mark || !quote) return;
    this.at = { article, index };
    this.visit(article, mark);
    this.panel?.current(index);
    const speaker = isClear(quote) ? article.reading.actors[quote.speaker ?? -1]?.name : t('speakerUnclear');
    this.host?.say(
      `${t('nthQuote', index + 1, article.reading.quotes.length)}. ${speaker}: ${article.words(index)}`,
    );
  }

  /** Walks from quotation to quotation. @param {1 | -1} by */
  walk(by) {
    const article = this.current;
    if (!article || article.reading.quotes.length === 0) return;
    const { quotes } = article.marks;
    const n = quotes.length;
    let index = this.at?.article === article ? this.at.index + by : by > 0 ? firstInView(quotes) : n - 1;
    for (let tried = 0; tried < n; tried++, index += by) {
      index = (index + n) % n;
      if ((quotes[index]?.runs.length ?? 0) > 0) break;
    }
    this.visitQuote(article, index);
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

  /** @returns {PageState} */
  state() {
    const article = this.articles.length > 0 ? this.current : undefined;
    const { actors = [], quotes = [] } = article?.reading ?? {};
    const named = actors.filter(({ mentions }) => mentions.some(({ form }) => form === 'name'));
    return {
      status: this.status,
      reason: this.reason,
      title: article?.reading.title ?? document.title,
      outlet: article?.reading.outlet ?? siteOf(location.href),
      preview: article?.reading.state === 'preview',
      cut: article?.reading.cut ?? false,
      quotes: quotes.length,
      unclear: quotes.filter((quote) => !isClear(quote)).length,
      people: named.filter(({ type }) => type === 'person').length,
      organisations: named.filter(({ type }) => type === 'organisation').length,
      places: named.filter(({ type }) => type === 'place').length,
      furniture: this.clearing.counts(),
      related: article?.related.length ?? 0,
      layers: { ...this.layers },
      where: this.where,
      private: this.isPrivate,
      ms: { ...this.ms },
    };
  }

  publish() {
    const state = this.state();
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

/** @param {(Mark | undefined)[]} quotes */
function firstInView(quotes) {
  const index = quotes.findIndex((mark) => {
    const node = mark?.runs[0]?.node.parentElement;
    return node && node.getBoundingClientRect().bottom > 0;
  });
  return Math.max(index, 0);
}
