/** Our style sheets: given to the document or the shadow root as constructed sheets, never as elements. */

/**
 * Adds a sheet to the document; the page's own stay as they are.
 * @param {CSSStyleSheet} sheet
 */
export function adopt(sheet) {
  const sheets = document.adoptedStyleSheets;
  if (!sheets.includes(sheet)) document.adoptedStyleSheets = [...sheets, sheet];
}

/**
 * Takes it out again.
 * @param {CSSStyleSheet} sheet
 */
export function disown(sheet) {
  const sheets = document.adoptedStyleSheets;
  if (sheets.includes(sheet)) document.adoptedStyleSheets = sheets.filter((other) => other !== sheet);
}
