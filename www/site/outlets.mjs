/** The invented outlets: each has its own layout, look and sections. */

/**
 * @typedef {object} Outlet
 * @property {string} name as the page shows it
 * @property {string} host first label of its host name
 * @property {'semantic' | 'soup' | 'tables' | 'live' | 'longread'} layout
 * @property {string} tagline
 * @property {string[]} sections
 * @property {string} ink main colour
 * @property {string} tint
 * @property {string} [zone] time zone of the dates it prints
 */

const WIRE = ['World', 'Business', 'Markets', 'Science', 'Fact check'];
const LOCAL = ['Local', 'Sports', 'Opinion', 'Obituaries', 'Flyers', 'Subscribe'];
const LONG = ['Today', 'Foreign', 'Essays', 'Books', 'Weekend', 'Crossword'];
const EAST = ['News', 'Region', 'Culture', 'Weather', 'Adverts'];

/** @type {Record<string, Outlet>} by the outlet's name in the articles */
export const OUTLETS = {
  'Delta Wire': outlet(
    'Delta Wire',
    'delta-wire',
    'semantic',
    'News from the low countries, since 1948',
    WIRE,
    '#0a3d62',
    '#e8f1f8',
  ),
  'Northern Wire Service': outlet(
    'Northern Wire Service',
    'northern-wire',
    'semantic',
    'First from the far north',
    WIRE,
    '#1f3a2e',
    '#e6f0ea',
  ),
  'Tricontinental Press': outlet(
    'Tricontinental Press',
    'tricontinental',
    'semantic',
    'Three continents, one desk',
    WIRE,
    '#6b1d1d',
    '#f8ecec',
  ),
  'The Kitchener Evening Telegram': outlet(
    'The Kitchener Evening Telegram',
    'kitchener-telegram',
    'soup',
    'Your city. Your evening.',
    LOCAL,
    '#b3001b',
    '#fff1f2',
  ),
  'The Saanich Harbour News': outlet(
    'The Saanich Harbour News',
    'saanich-harbour',
    'soup',
    'The Peninsula’s own',
    LOCAL,
    '#005b6e',
    '#e9f6f8',
  ),
  'Galway Bay Courier': outlet(
    'Galway Bay Courier',
    'galway-courier',
    'soup',
    'From Kinvara to Carraroe',
    LOCAL,
    '#2e5e1e',
    '#eef6ea',
  ),
  'The Biscayne Courier': outlet(
    'The Biscayne Courier',
    'biscayne-courier',
    'soup',
    'South Florida, first thing',
    LOCAL,
    '#d35400',
    '#fff4ea',
  ),
  'The Daily Skerry': outlet(
    'The Daily Skerry',
    'daily-skerry',
    'soup',
    'Loudest rock in the sea',
    LOCAL,
    '#c2002f',
    '#ffeef2',
  ),
  'Purse & Ladle (blog)': outlet(
    'Purse & Ladle',
    'purse-and-ladle',
    'soup',
    'Money, kitchens and other hot things',
    ['Recipes', 'Money', 'Ask us', 'About'],
    '#7b4b94',
    '#f6effa',
  ),
  'Pajūrio Balsas (English)': outlet(
    'Pajūrio Balsas',
    'pajurio-balsas',
    'tables',
    'English pages',
    EAST,
    '#00538f',
    '#eef3f8',
    'Europe/Vilnius',
  ),
  'Ecoul Dunării (English page)': outlet(
    'Ecoul Dunării',
    'ecoul-dunarii',
    'tables',
    'English page',
    EAST,
    '#7a3e00',
    '#f8f2ea',
    'Europe/Bucharest',
  ),
  'La Voz del Rímac (English edition)': outlet(
    'La Voz del Rímac',
    'voz-del-rimac',
    'tables',
    'English edition',
    EAST,
    '#8a0f2d',
    '#faeef1',
    'America/Lima',
  ),
  'Hanze Live (live blog)': outlet(
    'Hanze Live',
    'hanze-live',
    'live',
    'As it happens along the IJssel',
    ['Live', 'Town', 'Football', 'Traffic'],
    '#b00020',
    '#fff0f0',
  ),
  'Drill Core (live blog)': outlet(
    'Drill Core',
    'drill-core',
    'live',
    'Mining news, no helmet needed',
    ['Live', 'Copper', 'Gold', 'Deals'],
    '#9a5b00',
    '#fff6e6',
  ),
  'The Pennine Correspondent': outlet(
    'The Pennine Correspondent',
    'pennine-correspondent',
    'longread',
    'Established 1821',
    LONG,
    '#1a1a1a',
    '#f7f4ec',
  ),
  'The Clydesdale Herald': outlet(
    'The Clydesdale Herald',
    'clydesdale-herald',
    'longread',
    'Independent since 1786',
    LONG,
    '#22304a',
    '#f3f1ea',
  ),
  'The Edinburgh Standard-Review': outlet(
    'The Edinburgh Standard-Review',
    'edinburgh-standard',
    'longread',
    'News, letters, argument',
    LONG,
    '#3b1f2b',
    '#f6f1f1',
  ),
};

/**
 * @param {string} name @param {string} host @param {Outlet['layout']} layout @param {string} tagline
 * @param {string[]} sections @param {string} ink @param {string} tint @param {string} [zone]
 * @returns {Outlet}
 */
function outlet(name, host, layout, tagline, sections, ink, tint, zone) {
  return { name, host, layout, tagline, sections, ink, tint, zone };
}

/** @typedef {{ path: string, title: string, art: string, caption: string }} Story */

/** What the demo calls each story, and its picture. @type {Record<string, Story>} */
export const STORIES = {
  'zwolle-kettle-recall': {
    path: 'kettle-recall',
    title: 'The kettle recall',
    art: 'kettle',
    caption: 'A Pluim 3 kettle on a draining board. Owners in eleven countries are asked to unplug theirs.',
  },
  'zwolle-kettle-court': {
    path: 'kettle-court',
    title: 'The kettle ruling',
    art: 'court',
    caption: 'The court house, minutes before the ruling was read.',
  },
  'eilean-darroch-ferry-strike': {
    path: 'ferry-strike',
    title: 'The ferry strike',
    art: 'ferry',
    caption: 'The Lady of Lorne tied up beside the linkspan on Wednesday.',
  },
  'umasqa-copper-strike': {
    path: 'copper-strike',
    title: 'The copper strike',
    art: 'mine',
    caption: 'The terraces of Cerro Umasqa at first light, with no truck moving.',
  },
};

/** @param {import('./markup.mjs').Article} a @returns {Outlet} */
export function outletOf(a) {
  const outlet = OUTLETS[a.outlet];
  if (!outlet) throw new Error(`no outlet ${a.outlet}`);
  return outlet;
}

/** @param {import('./markup.mjs').Article} a @returns {Story} */
export function storyOf(a) {
  const story = STORIES[a.story];
  if (!story) throw new Error(`no story ${a.story}`);
  return story;
}
