/** Makes elements for our own shadow root; text only ever enters as text nodes. */

/**
 * @typedef {Record<string, string | number | boolean | EventListener | undefined | null>} Props
 *   attributes; `onclick` and the like are listeners
 */

/**
 * Makes an element.
 * @param {string} name
 * @param {Props} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(name, props = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/**
 * A drawing of one path on a 16 by 16 field.
 * @param {string} path
 * @returns {SVGElement}
 */
export function drawing(path) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(space, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/**
 * A message of the reader's language.
 * @param {string} key
 * @param {...(string | number)} values
 */
export function t(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String));
}

/**
 * A message with a number, by the language's plural: `keyOne`, `keyOther`.
 * @param {string} key
 * @param {number} n
 * @param {...(string | number)} values
 */
export function counted(key, n, ...values) {
  const language = chrome.i18n.getUILanguage();
  const form = new Intl.PluralRules(language).select(n) === 'one' ? 'One' : 'Other';
  return t(key + form, n.toLocaleString(language), ...values);
}

/**
 * A date as the reader writes it; empty where there is none.
 * @param {string | null | undefined} date RFC 3339, or a day
 */
export function day(date) {
  if (!date) return '';
  // A bare day is that day everywhere; a time is shown in the reader's own zone.
  const bare = /^\d{4}-\d{2}-\d{2}$/.test(date);
  const at = new Date(bare ? `${date}T00:00:00Z` : date);
  if (Number.isNaN(at.getTime())) return '';
  return at.toLocaleDateString(chrome.i18n.getUILanguage(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: bare ? 'UTC' : undefined,
  });
}
