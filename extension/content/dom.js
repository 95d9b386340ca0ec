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
 * Text from the reader's history. A page can search a closed shadow root with `window.find` and so
 * guess at words in it; what a style sheet generates is not found, nor selected, yet is read out.
 * @param {string} text
 * @param {string} [name]
 * @param {Props} [props]
 */
export function secret(text, name = 'span', props = {}) {
  return h(name, { ...props, 'data-text': text });
}

/**
 * Makes an element's children be like new ones and leaves in place what did not change, so that a
 * press under way and the focus are not lost.
 * @param {Element} parent
 * @param {...(Node | string | false | null | undefined)} children
 */
export function patch(parent, ...children) {
  const fresh = document.createElement('div');
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false && child !== '') fresh.append(child);
  }
  const wanted = [...fresh.childNodes];
  const there = [...parent.childNodes];
  wanted.forEach((next, i) => {
    const old = there[i];
    if (!old) parent.append(next);
    else if (!old.isEqualNode(next)) {
      if (
        old instanceof Element &&
        next instanceof Element &&
        old.cloneNode().isEqualNode(next.cloneNode())
      ) {
        patch(old, ...next.childNodes);
      } else {
        old.replaceWith(next);
      }
    }
  });
  for (const old of there.slice(wanted.length)) old.remove();
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
