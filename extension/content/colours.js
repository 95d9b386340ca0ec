/** Which ground the article stands on, and the colours that can be read there. */

/** @typedef {'light' | 'dark' | 'sepia'} Ground */

/**
 * Colours by ground: the quotation's tint (and the weaker one of an unclear speaker and of reported speech, the stronger
 * one of the chosen quotation) and the underlines of actors.
 * @type {Record<Ground, Record<'quote' | 'unclear' | 'chosen' | 'person' | 'organisation' | 'place' | 'other', string>>}
 */
export const COLOURS = {
  light: {
    quote: 'rgb(86 180 233 / 25%)',
    unclear: 'rgb(86 180 233 / 11%)',
    chosen: 'rgb(86 180 233 / 34%)',
    person: '#0072b2',
    organisation: '#d55e00',
    place: '#009e73',
    other: '#7a7a7a',
  },
  sepia: {
    quote: 'rgb(45 140 195 / 22%)',
    unclear: 'rgb(45 140 195 / 10%)',
    chosen: 'rgb(45 140 195 / 28%)',
    person: '#005a8f',
    organisation: '#a84800',
    place: '#00704f',
    other: '#6b6455',
  },
  dark: {
    quote: 'rgb(86 180 233 / 25%)',
    unclear: 'rgb(86 180 233 / 11%)',
    chosen: 'rgb(86 180 233 / 34%)',
    person: '#6cbcf0',
    organisation: '#ff9d52',
    place: '#3fd0a4',
    other: '#a8a8a8',
  },
};

/**
 * The ground an element's text stands on.
 * @param {Element | null} element
 * @returns {Ground}
 */
export function groundOf(element) {
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    const [r, g, b, alpha] = channels(style.backgroundColor);
    if (alpha < 0.5) {
      // A picture may be the ground: then the text's own colour tells.
      if (style.backgroundImage !== 'none') break;
      continue;
    }
    const light = luminance(r, g, b);
    if (light < 0.25) return 'dark';
    return r - b > 18 && light < 0.93 ? 'sepia' : 'light';
  }
  if (!element) return 'light';
  const [r, g, b] = channels(getComputedStyle(element).color);
  return luminance(r, g, b) > 0.55 ? 'dark' : 'light';
}

/** @param {string} colour as computed @returns {[number, number, number, number]} 0 to 255, alpha 0 to 1 */
function channels(colour) {
  const numbers = (colour.match(/[\d.]+/g) ?? []).map(Number);
  const [r = 0, g = 0, b = 0, alpha = 1] = numbers;
  // color(srgb …) counts to 1.
  const scale = colour.startsWith('color(') ? 255 : 1;
  return [r * scale, g * scale, b * scale, colour === 'transparent' ? 0 : alpha];
}

/** Relative luminance, 0 to 1, after WCAG 2.2. @param {number} r @param {number} g @param {number} b */
function luminance(r, g, b) {
  const [x = 0, y = 0, z = 0] = [r, g, b].map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}
