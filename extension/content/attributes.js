/** What is kept of an element's attributes. */

/** Attributes that are kept; `page::ATTRIBUTES`. */
const ATTRIBUTES = new Set([
  'alt',
  'aria-hidden',
  'aria-label',
  'aria-modal',
  'class',
  'content',
  'data-component',
  'data-name',
  'data-testid',
  'data-type',
  'datetime',
  'hidden',
  'href',
  'http-equiv',
  'id',
  'itemprop',
  'itemscope',
  'itemtype',
  'lang',
  'name',
  'property',
  'rel',
  'role',
  'src',
  'style',
  'title',
  'type',
]);

/** Each of them as it is written before its value. */
const KEYS = new Map([...ATTRIBUTES].map((name) => [name, `${name}=`]));

/** UTF-16 units of a value; `page::MAX_ATTRIBUTE`. */
const MAX_ATTRIBUTE = 512;

/**
 * An element's kept attributes, joined.
 * @param {Element} element
 * @param {string} name the element's
 */
export function attributes(element, name) {
  let all = '';
  const names = element.getAttributeNames();
  for (let i = 0; i < names.length; i++) {
    const key = /** @type {string} */ (names[i]);
    const before = KEYS.get(key);
    if (before === undefined || (key === 'src' && name === 'img')) continue;
    let value = element.getAttribute(key) ?? '';
    if (value.length > MAX_ATTRIBUTE) {
      const split = (value.charCodeAt(MAX_ATTRIBUTE - 1) & 0xfc00) === 0xd800;
      value = value.slice(0, split ? MAX_ATTRIBUTE - 1 : MAX_ATTRIBUTE);
    }
    if (value.includes('\u001f')) value = value.replaceAll('\u001f', ' ');
    all += all === '' ? before + value : `\u001f${before}${value}`;
  }
  return all;
}
