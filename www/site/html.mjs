/** A template tag that escapes what is put in; `raw` and other templates pass unchanged. */

class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

/** @param {string} text */
export const raw = (text) => new Html(text);

/** @param {unknown} value @returns {string} */
function put(value) {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(put).join('');
  if (value === null || value === undefined || value === false) return '';
  return String(value).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * @param {TemplateStringsArray} strings
 * @param {unknown[]} values
 */
export const html = (strings, ...values) =>
  new Html(strings.reduce((text, part, i) => text + put(values[i - 1]) + part));

/** JSON that may stand inside a script element. @param {unknown} value */
export const json = (value) => raw(JSON.stringify(value).replace(/</g, '\\u003c'));
