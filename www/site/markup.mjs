/** Corpus articles (header, then one paragraph a line with marks) as plain paragraphs. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Paragraph
 * @property {'text' | 'furniture'} kind
 * @property {string} text
 *
 * @typedef {object} Article
 * @property {string} story
 * @property {string} slug file name without its ending
 * @property {string} outlet
 * @property {Date} date
 * @property {string} dateline
 * @property {string} byline
 * @property {string} headline
 * @property {Paragraph[]} paragraphs
 */

const NAME = /\{[POLMTNR](?: [\w.-]+)?\|([^{}|]+)\}/g;
const QUOTE = /<\/?q\b[^>]*>/g;

/** @param {string} line */
export const plain = (line) => line.replace(QUOTE, '').replace(NAME, '$1');

/**
 * @param {string} source
 * @param {string} slug
 * @returns {Article}
 */
export function parse(source, slug) {
  const lines = source.trim().split('\n');
  const cut = lines.indexOf('---');
  const header = Object.fromEntries(lines.slice(0, cut).map((line) => line.split(/: (.*)/s, 2)));
  return {
    story: header.story,
    slug,
    outlet: header.outlet,
    date: new Date(header.date),
    dateline: header.dateline ?? '',
    byline: header.byline ?? '',
    headline: plain(header.headline),
    paragraphs: lines
      .slice(cut + 1)
      .filter(Boolean)
      .map((line) =>
        line.startsWith('# ')
          ? { kind: 'furniture', text: line.slice(2) }
          : { kind: 'text', text: plain(line) },
      ),
  };
}

/**
 * All articles below `folder`, oldest first.
 * @param {string} folder
 * @returns {Article[]}
 */
export function articles(folder) {
  return readdirSync(folder)
    .flatMap((story) => readdirSync(join(folder, story)).map((file) => join(folder, story, file)))
    .map((path) => parse(readFileSync(path, 'utf8'), path.replace(/^.*[\\/]|\.txt$/g, '')))
    .sort((a, b) => a.date.getTime() - b.date.getTime());
}
