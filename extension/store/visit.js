/** What a record holds, as pages show it: the core's `Visit`. */

/**
 * @typedef {object} SavedQuote
 * @property {string} text the words, marks off
 * @property {'direct' | 'mixed' | 'indirect'} kind
 * @property {string} speaker name, or empty
 * @property {string} key the speaker's identity, or empty
 * @property {boolean} headline
 */

/**
 * @typedef {object} SavedActor
 * @property {string} name
 * @property {'person' | 'organisation' | 'place' | 'other'} type
 * @property {string} key
 * @property {number} mentions
 */

/**
 * @typedef {object} Visit
 * @property {string} id the address
 * @property {string} url
 * @property {string} title
 * @property {string} outlet
 * @property {string | null} published
 * @property {number} visited
 * @property {string} language
 * @property {number} length words
 * @property {boolean} pinned
 * @property {SavedQuote[]} quotes
 * @property {SavedActor[]} actors
 * @property {string[]} words
 * @property {unknown} sketch
 */

/** @import { Correction } from '../protocol.js' */

/**
 * Sets speakers right in a visit.
 * @param {Visit} visit
 * @param {Correction[]} corrections
 * @returns {boolean} whether anything changed
 */
export function correct(visit, corrections) {
  let changed = false;
  for (const { quote, speaker } of corrections) {
    const words = bare(quote);
    for (const q of visit.quotes) {
      if (bare(q.text) !== words || q.speaker === speaker) continue;
      q.speaker = speaker;
      q.key = visit.actors.find((a) => a.name === speaker)?.key ?? '';
      changed = true;
    }
  }
  return changed;
}

/** The words without the marks around them. @param {string} quote */
export const bare = (quote) => quote.replace(/^[\s"'“”„‟«»‹›‘’‚]+|[\s"'“”„‟«»‹›‘’‚]+$/gu, '');
