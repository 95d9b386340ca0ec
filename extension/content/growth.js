/** A page that changes after it was read: marks that go, text that comes, the next article, another address. */

/** @import { View } from './view.js' */
/** @import { Change } from './watch.js' */

/** Milliseconds between two readings of a page that grows, at least; doubled each time. */
const APART = 1500;

/** The longest wait between two readings. */
const FARTHEST = 60_000;

/** UTF-16 units that the rest of a page must hold to be another article below the first. */
const ANOTHER = 800;

export class Growth {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.wait = APART;
    this.notBefore = 0;
    /** The reading that waits. @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    /** Whether that reading looks for an article below the others. */
    this.next = false;
    /** What happened while the page was being read. @type {Change | undefined} */
    this.missed = undefined;
  }

  /** Forgets the reading that waits. */
  stop() {
    clearTimeout(this.again);
    this.again = undefined;
    this.missed = undefined;
  }

  /** Looks at what happened while the page was being read. */
  async catchUp() {
    const { missed } = this;
    this.missed = undefined;
    if (missed) await this.changed(missed);
  }

  /** @param {Change} change */
  async changed(change) {
    if (this.view.status === 'reading') this.missed = both(this.missed, change);
    if (this.view.status !== 'read' && this.view.status !== 'none') return;
    const { texts, removed, grown, another, moved } = change;
    let repaint = false;
    for (const { marks } of this.view.articles) {
      // What was taken out is found by looking at the marked nodes alone.
      if (marks.check(removed ? [...marks.byNode.keys()] : texts)) repaint = true;
    }
    const standing = this.view.articles.filter((article) => article.stands);
    const gone = this.view.articles.length > 0 && standing.length === 0;
    if (gone || (moved && this.view.status === 'none')) {
      this.wait = APART;
      this.view.clean();
      this.view.status = 'unread';
      await this.view.read();
      return;
    }
    if (standing.length < this.view.articles.length) {
      this.view.articles = standing;
      repaint = true;
    }
    if (repaint) {
      this.view.paint();
      // A card whose mark is gone closes.
      this.view.cards?.place();
    }
    if (moved) {
      this.wait = APART;
      this.notBefore = Math.min(this.notBefore, performance.now() + APART / 3);
    }
    if (grown || moved) this.readAgain(moved || (another && this.view.articles.length > 0));
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
    if (this.view.status !== 'read' && this.view.status !== 'none') return;
    const turn = ++this.view.turn;
    // Where all that was found is short, the page was read before its text came: then it is read anew.
    const [only, second] = this.view.articles;
    if (only && !second && only.reading.text.length < ANOTHER) next = false;
    const settled =
      next || this.view.articles.length > 1 ? this.view.articles.slice(0, next ? undefined : -1) : [];
    // The head speaks of the first article.
    const skip = new Set(
      /** @type {Node[]} */ (
        settled.flatMap(({ blocks, furniture }) => [...blocks, ...furniture.map(([root]) => root)])
      ),
    );
    if (settled.length > 0) {
      skip.add(document.head);
      // Several may have come at once: each is read by itself.
      for (const later of afterNext(settled.flatMap(({ blocks }) => blocks))) skip.add(later);
    }
    const { reason } = this.view;
    const article = await this.view.take(skip);
    if (turn !== this.view.turn) return;
    const another = settled.length > 0;
    if (!article || (another && article.reading.text.length < ANOTHER)) {
      if (this.view.articles.length > 0) this.view.reason = reason;
      return;
    }
    const before = this.view.articles[settled.length];
    this.view.articles = [...settled, article];
    this.view.status = 'read';
    if (before) {
      article.related = before.related;
      for (const index of before.corrected) {
        const actor = before.reading.actors[before.reading.quotes[index]?.speaker ?? -1];
        article.correctAll(before.words(index), actor?.name ?? '');
      }
    }
    await this.view.show();
    if (turn !== this.view.turn) return;
    if (another && !before) {
      // There may be one more below it.
      this.wait = APART;
      this.readAgain(true);
    }
    if (this.view.panel?.isOpen) this.view.panel.draw();
    if (!before || before.reading.text !== article.reading.text) this.view.relate(article);
    this.view.publish();
  }
}

/** Two changes as one. @param {Change | undefined} a @param {Change} b @returns {Change} */
function both(a, b) {
  if (!a) return b;
  return {
    texts: new Set([...a.texts, ...b.texts]),
    removed: a.removed || b.removed,
    grown: a.grown || b.grown,
    another: a.another || b.another,
    moved: a.moved || b.moved,
  };
}

/**
 * What holds the headlines after the next one that is not read yet, and not that one.
 * @param {Element[]} read blocks of the articles that are read
 * @returns {Element[]}
 */
function afterNext(read) {
  const heads = [...document.querySelectorAll('h1')].filter(
    (head) => !read.some((block) => block.contains(head) || head.contains(block)),
  );
  const next = heads[0];
  if (!next) return [];
  return heads.slice(1).flatMap((head) => {
    /** @type {Element} */
    let root = head;
    while (root.parentElement && !root.parentElement.contains(next)) root = root.parentElement;
    return root.contains(next) ? [] : [root];
  });
}
