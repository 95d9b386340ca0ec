/**
 * What popup, page, background and library say to each other: plain objects, one union a listener.
 *
 * Every message has a `type`; the answer's type stands beside it. An answer that could not be
 * given is `{ error }`. Everything survives JSON: no typed arrays, no dates, no maps.
 * Offsets are UTF-16 units into `Reading.text`, half-open.
 */

/* ---------------------------------------------------------------- settings */

/** @typedef {'furniture' | 'actors' | 'quotes'} Layer */

/** @typedef {Record<Layer, boolean>} Layers which layers are on */

/**
 * Why a part of the page is not the article; the core's `FurnitureKind`.
 * @typedef {'navigation' | 'related' | 'promotion' | 'advert' | 'share' | 'comments' | 'legal'
 *   | 'overlay' | 'duplicate' | 'other'} FurnitureKind
 */

/**
 * What the reader chose for one site (a host without `www.`).
 * @typedef {object} SiteChoice
 * @property {Partial<Layers>} [layers] differs from the general choice
 * @property {FurnitureKind[]} [back] kinds of furniture brought back
 */

/**
 * Kept in `storage.local` under `settings`; the background alone reads and writes it.
 * @typedef {object} Settings
 * @property {Layers} layers for every site without its own choice
 * @property {'nothing' | 'click' | 'sites'} saving what the library keeps: nothing, what the reader
 *   clicked, or that and what is read on the sites that are always read
 * @property {{ articles: number, days: number, megabytes: number }} limits of the library
 * @property {boolean} allMentions mark every mention of an actor, not the first alone
 * @property {Record<string, SiteChoice>} sites by host
 */

/** @type {Settings} */
export const DEFAULTS = {
  layers: { furniture: true, actors: true, quotes: true },
  saving: 'sites',
  limits: { articles: 50_000, days: 400, megabytes: 100 },
  allMentions: false,
  sites: {},
};

/**
 * The host a site's choice is kept under.
 * @param {string} url
 * @returns {string} empty where the address has no host
 */
export function siteOf(url) {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}

/* ----------------------------------------------------------------- reading */

/** @typedef {{ start: number, end: number }} Range */

/** @typedef {'person' | 'organisation' | 'place' | 'other'} ActorType */

/**
 * @typedef {object} Actor
 * @property {number} id its index
 * @property {string} name
 * @property {ActorType} type
 * @property {string[]} titles
 * @property {string[]} aliases
 * @property {string} key identity across articles, or empty
 * @property {number} salience 0 to 1
 * @property {{ start: number, end: number, form: 'name' | 'title' | 'description' | 'pronoun' }[]} mentions
 */

/**
 * @typedef {object} Quote
 * @property {number} start marks included
 * @property {number} end
 * @property {'direct' | 'mixed' | 'indirect'} kind
 * @property {number | null | undefined} speaker an actor's id; none: the speaker is unclear
 * @property {Range | null | undefined} speaker_mention
 * @property {Range | null | undefined} cue
 * @property {number} confidence 0 to 1
 * @property {{ actor: number, likelihood: number }[]} candidates
 */

/**
 * The core's `Output`.
 * @typedef {object} Reading
 * @property {string} url
 * @property {string} title
 * @property {string | null | undefined} byline
 * @property {string | null | undefined} published RFC 3339, or a day
 * @property {string | null | undefined} modified
 * @property {string | null | undefined} outlet
 * @property {string | null | undefined} language
 * @property {'article' | 'preview' | 'none'} state
 * @property {string | null | undefined} reason why it is no article
 * @property {boolean} cut the page was read up to a limit alone
 * @property {boolean} quotes_cut its quotations were judged up to a limit alone
 * @property {string} text
 * @property {{ start: number, end: number, kind: string }[]} blocks
 * @property {Actor[]} actors
 * @property {Quote[]} quotes
 * @property {{ start: number, end: number }[]} doubtful words that may not be the article's own
 */

/**
 * A page, flat: the arguments of `Page::from_columns`.
 * @typedef {object} Columns
 * @property {string} url
 * @property {string} text all text nodes' data, one after another
 * @property {string} attrs kept attributes, `name=value` joined by U+001F
 * @property {string} names distinct lower-case element names, joined by line feeds
 * @property {string} records base64 of five 32-bit numbers a node, low byte first (`columns.js`)
 * @property {boolean} cut the snapshot stopped at a limit
 */

/**
 * What the core makes of one page.
 * @typedef {object} PageReading
 * @property {Reading} reading
 * @property {number[]} marks six a run of marked text: what (0 quotation, 1 actor, 2 doubtful words), index of the
 *   quotation or actor, index of the mention (0 for quotations), node, first and last UTF-16
 *   offset in the node's data
 * @property {number[]} furniture two a root: node, kind (index into `FURNITURE`)
 * @property {number[]} blocks one a block of `reading.blocks`: its node, or 4294967295
 * @property {string} visit JSON of the core's `Visit`, for the library; only the core looks inside
 */

/** Kinds of furniture in the order of their numbers in `PageReading.furniture`. */
export const FURNITURE = /** @type {const} */ ([
  'navigation',
  'related',
  'promotion',
  'advert',
  'share',
  'comments',
  'legal',
  'overlay',
  'duplicate',
  'other',
]);

/* ----------------------------------------------------------------- library */

/**
 * An earlier visit that belongs with this article.
 * @typedef {object} Related
 * @property {string} id
 * @property {string} url http or https, or empty
 * @property {number} score 0 to 1
 * @property {'same_story' | 'earlier'} tier
 * @property {string} title
 * @property {string} outlet
 * @property {string | null} published
 * @property {number} visited milliseconds since 1970
 * @property {SameQuote[]} same_quotes
 */

/**
 * The same words here and there.
 * @typedef {object} SameQuote
 * @property {number} quote index into `Reading.quotes`
 * @property {'exact' | 'trimmed' | 'reworded'} relation
 * @property {string} text the words as the earlier article has them
 * @property {string} speaker whom that article gives them to, or empty
 */

/**
 * A speaker that the reader set right, kept for that article.
 * @typedef {object} Correction
 * @property {string} quote the quotation's words, as they stand in the article
 * @property {string} speaker the actor's name; empty: the speaker is unclear
 */

/* ---------------------------------------------------- messages to the page */

/**
 * What the popup shows of a page.
 * @typedef {object} PageState
 * @property {'unread' | 'reading' | 'read' | 'none' | 'off' | 'failed'} status `none`: no article;
 *   `off`: undone by the reader
 * @property {string | null} reason why it is no article, or what failed
 * @property {string} title
 * @property {string} outlet
 * @property {boolean} preview the free part of a paywalled article
 * @property {boolean} cut the page was read up to a limit alone
 * @property {boolean} quotesCut its quotations were judged up to a limit alone
 * @property {number} quotes
 * @property {number} unclear quotations without a sure speaker
 * @property {number} people
 * @property {number} organisations
 * @property {number} places
 * @property {Partial<Record<FurnitureKind, number>>} furniture roots by kind
 * @property {number} related earlier articles on the same story or people
 * @property {Layers} layers
 * @property {'page' | 'background' | null} where the core ran
 * @property {boolean} private nothing is written
 * @property {Record<string, number>} ms how long each step took
 * @property {number} slices in how many pieces, between which the page goes on, it was read
 */

/**
 * To the content script, from the popup or the background. Each answers `PageState`.
 * @typedef {{ type: 'read' }
 *   | { type: 'toggle' }
 *   | { type: 'state' }
 *   | { type: 'layer', layer: Layer, on: boolean }
 *   | { type: 'undo' }
 *   | { type: 'panel', open?: boolean }
 *   | { type: 'walk', by: 1 | -1 }} ToPage
 */

/* ---------------------------------------------- messages to the background */

/**
 * The content script asks how to show a page. Answer: `PageSettings`.
 * @typedef {{ type: 'page-settings', url: string }} AskPageSettings
 */

/**
 * @typedef {object} PageSettings
 * @property {Layers} layers the site's, else the general
 * @property {FurnitureKind[]} back
 * @property {boolean} allMentions
 * @property {boolean} private the page stands in a private window (`sender.tab.incognito`)
 * @property {Correction[]} corrections for this address
 */

/**
 * Remembers a site's choice; does nothing in a private window. Answer: `Done`.
 * @typedef {{ type: 'site', host: string, choice: SiteChoice }} SaveSite
 */

/**
 * A piece of a large page's columns, sent before `core-read`, that no message holds the page up for
 * long. The first has number 0 and begins anew. Answer: `Done`.
 * @typedef {{ type: 'core-part', number: number, column: 'text' | 'attrs' | 'records', piece: string }} CorePart
 */

/**
 * Reads a page. Answer: `{ json }` of a `PageReading` (`readColumns` in `columns.js`). The columns of
 * which `parts` pieces were sent before are empty here.
 * @typedef {{ type: 'core-read', columns: Columns, visited: number, parts: number }} CoreRead
 */

/**
 * Relates an article to earlier visits and then keeps it (unless the window is private or the
 * reader chose to keep nothing). Answer: `RelatedAnswer`.
 * @typedef {{ type: 'visit', url: string, visit: string }} SendVisit
 */

/**
 * @typedef {object} RelatedAnswer
 * @property {boolean} saved
 * @property {Related[]} related best first
 */

/**
 * Keeps a corrected speaker; does nothing in a private window. Answer: `Done`.
 * @typedef {{ type: 'correct', url: string, correction: Correction }} SaveCorrection
 */

/**
 * A page will be read soon: the background makes the core ready. Answer: `Done`.
 * @typedef {{ type: 'wake' }} Wake
 */

/**
 * Opens one of the extension's pages in a tab. Answer: `Done`.
 * @typedef {{ type: 'open', page: 'library' | 'options' }} OpenPage
 */

/**
 * From options and library page: the settings; with `change`, changed first. Answer: `Settings`.
 * @typedef {{ type: 'settings', change?: Partial<Settings> }} AskSettings
 */

/** @typedef {{ done: true }} Done */

/** @typedef {{ error: string }} Failed */

/**
 * To the background. The library page's own messages join this union in `background/`.
 * @typedef {AskPageSettings | Wake | SaveSite | CorePart | CoreRead | SendVisit | SaveCorrection | OpenPage | AskSettings} ToBackground
 */

/**
 * The answer to each message, by its type.
 * @typedef {object} Answers
 * @property {PageSettings} page-settings
 * @property {Done} site
 * @property {Done} core-part
 * @property {{ json: string }} core-read
 * @property {RelatedAnswer} visit
 * @property {Done} correct
 * @property {Done} wake
 * @property {Done} open
 * @property {Settings} settings
 */

/**
 * Asks the background.
 * @template {ToBackground} M
 * @param {M} message
 * @returns {Promise<Answers[M['type']]>}
 * @throws {Error} with the background's reason, or the browser's when the extension went away
 */
export async function ask(message) {
  const answer = await chrome.runtime.sendMessage(message);
  if (!answer || typeof answer.error === 'string') throw new Error(answer?.error ?? 'no answer');
  return answer;
}
