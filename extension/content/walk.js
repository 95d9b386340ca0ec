/** Going to marks: from a list to the place in the text, from quotation to quotation. */

import { t } from './dom.js';
import { isClear } from './paint.js';
import { goTo } from './places.js';

/** @import { Article } from './article.js' */
/** @import { Mark } from './marks.js' */
/** @import { View } from './view.js' */

export class Walk {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** The quotation gone to last. @type {{ article: Article, index: number } | undefined} */
    this.at = undefined;
  }

  /** Goes to a mark and opens its card. @param {Article} article @param {Mark} mark */
  to(article, mark) {
    if (!goTo(mark)) return;
    this.view.cards?.show(article, mark, { pin: true, focus: true });
  }

  /** @param {Article} article @param {number} index of a quotation */
  toQuote(article, index) {
    const mark = article.marks.quotes[index];
    const quote = article.reading.quotes[index];
    if (!mark || !quote) return;
    this.at = { article, index };
    this.to(article, mark);
    this.view.panel?.current(index);
    const speaker = isClear(quote) ? article.reading.actors[quote.speaker ?? -1]?.name : t('speakerUnclear');
    this.view.host?.say(
      `${t('nthQuote', index + 1, article.reading.quotes.length)}. ${speaker}: ${article.words(index)}`,
    );
  }

  /** Walks from quotation to quotation. @param {1 | -1} by */
  on(by) {
    const article = this.view.current;
    if (!article || article.reading.quotes.length === 0) return;
    const { quotes } = article.marks;
    const n = quotes.length;
    let index = this.at?.article === article ? this.at.index + by : by > 0 ? firstInView(quotes) : n - 1;
    for (let tried = 0; tried < n; tried++, index += by) {
      index = (index + n) % n;
      if ((quotes[index]?.runs.length ?? 0) > 0) break;
    }
    this.toQuote(article, index);
  }
}

/** @param {(Mark | undefined)[]} quotes */
function firstInView(quotes) {
  const index = quotes.findIndex((mark) => {
    const node = mark?.runs[0]?.node.parentElement;
    return node && node.getBoundingClientRect().bottom > 0;
  });
  return Math.max(index, 0);
}
