/** What is told of a page: the popup's side of it. */

import { isClear } from './paint.js';
import { siteOf } from '../protocol.js';

/** @import { PageState } from '../protocol.js' */
/** @import { View } from './view.js' */

/**
 * What the popup shows of a page.
 * @param {View} view
 * @returns {PageState}
 */
export function describe(view) {
  const article = view.articles.length > 0 ? view.current : undefined;
  const { actors = [], quotes = [] } = article?.reading ?? {};
  const named = actors.filter(({ mentions }) => mentions.some(({ form }) => form === 'name'));
  return {
    status: view.status,
    reason: view.reason,
    title: article?.reading.title ?? document.title,
    outlet: article?.reading.outlet ?? siteOf(location.href),
    preview: article?.reading.state === 'preview',
    cut: article?.reading.cut ?? false,
    quotesCut: article?.reading.quotes_cut ?? false,
    quotes: quotes.length,
    unclear: quotes.filter((quote) => !isClear(quote)).length,
    people: named.filter(({ type }) => type === 'person').length,
    organisations: named.filter(({ type }) => type === 'organisation').length,
    places: named.filter(({ type }) => type === 'place').length,
    furniture: view.clearing.counts(),
    related: article?.related.length ?? 0,
    layers: { ...view.layers },
    where: view.where,
    private: view.isPrivate,
    ms: { ...view.ms },
    slices: view.slices,
  };
}
