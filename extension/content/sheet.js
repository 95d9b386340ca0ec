/**
 * Our style sheets: given to the document as constructed sheets, never as elements.
 *
 * For a new rule a browser looks again at every element that its selector may be about. Rules here name
 * the elements they are about, so that on a large page it need not look at all of them.
 */

/** A sheet of ours and what stands in it. */
export class Sheet {
  constructor() {
    this.sheet = new CSSStyleSheet();
    this.text = '';
  }

  /** @param {string} text of the rules */
  write(text) {
    if (text === this.text) return;
    this.text = text;
    this.sheet.replaceSync(text);
  }

  /** Adds it to the document; the page's own sheets stay as they are. @returns {boolean} whether it was not there */
  adopt() {
    const sheets = document.adoptedStyleSheets;
    if (sheets.includes(this.sheet)) return false;
    document.adoptedStyleSheets = [...sheets, this.sheet];
    return true;
  }

  /** Takes it out again. */
  disown() {
    const sheets = document.adoptedStyleSheets;
    if (sheets.includes(this.sheet)) {
      document.adoptedStyleSheets = sheets.filter((other) => other !== this.sheet);
    }
  }
}

/**
 * A selector's list for elements of these names, each with something behind it.
 * @param {Iterable<Element | null>} elements
 * @param {string} behind
 */
export function named(elements, behind) {
  const names = new Set();
  for (const element of elements) if (element) names.add(element.localName);
  return [...names].map((name) => CSS.escape(name) + behind).join(', ') || `html${behind}`;
}
