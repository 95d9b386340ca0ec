//! Who said what: quotations, their cues and their speakers.
//!
//! ```text
//! marks ─▶ words ─▶ scene ─▶ evidence ─▶ candidates ─▶ ranker ─▶ speaker ─▶ together ─▶ heard
//!            │        └─▶ indirect ─▶ proposal ───────────▲
//!            └─ cues, grammar, clause, phrases, subject, asides, verbs, unnamed, spokespeople, pronouns
//! ```
#![allow(
    clippy::many_single_char_names,
    reason = "v a view, i an item of it, t a token, p a phrase, n a name"
)]

mod asides;
mod beside;
mod broken;
mod candidates;
mod clause;
mod cues;
mod evidence;
#[cfg(feature = "train")]
mod fragments;
mod given;
mod glyphs;
mod grammar;
mod heard;
mod indirect;
mod introduced;
mod judge;
mod kin;
mod kinds;
#[cfg(feature = "train")]
mod lessons;
mod marks;
mod nested;
mod phrases;
mod pronouns;
mod proposal;
mod ranker;
mod scene;
mod speaker;
mod spokespeople;
mod subject;
mod together;
mod told;
#[cfg(feature = "train")]
pub mod train;
mod unnamed;
mod verbs;
mod words;

use crate::actors::Actor;
use crate::article::Article;
use crate::model::Model;
use crate::text::Span;
use std::sync::OnceLock;

/// How words are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// A clause or sentence in marks.
    Direct,
    /// A marked fragment inside the reporter's sentence.
    Mixed,
    /// Reported speech without marks.
    Indirect,
}

impl QuoteKind {
    /// The name in the JSON lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// One quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Bytes of the article's text, marks included.
    pub span: Span,
    /// How it is quoted.
    pub kind: QuoteKind,
    /// The speaker's actor id, where the rules or the score are sure enough to say.
    pub speaker: Option<u32>,
    /// The words that name the speaker here.
    pub speaker_mention: Option<Span>,
    /// The words that tell of speech.
    pub cue: Option<Span>,
    /// How likely the speaker is right, 0 to 1.
    pub confidence: f32,
    /// Who else it may be: actor ids with their likelihood, best first, at most four.
    pub candidates: Vec<(u32, f32)>,
}

/// The ranker's weights, made by `quoth train speakers`.
static WEIGHTS: &[u8] = include_bytes!("../../weights/speakers.bin");

fn ranker() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::from_bytes(WEIGHTS).ok()).as_ref()
}

/// Stretches in marks, and as many reported clauses, that are judged in one article. Each costs far more
/// than reading its letters does; the longest articles have a few hundred.
pub const MOST: usize = 2048;

/// The quotations of an article.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// In order of their starts.
    pub all: Vec<Quote>,
    /// There were more than [`MOST`], and the rest was not judged.
    pub cut: bool,
}

/// Finds the quotations of an article. Speakers that have no name ("a spokeswoman") and pronoun or
/// description mentions that speak are added to `actors`.
pub fn quote(article: &Article, actors: &mut Vec<Actor>) -> Quotes {
    ranker().map_or_else(Quotes::default, |model| quote_with(article, actors, model))
}

/// As [`quote`], with a given ranker.
pub fn quote_with(article: &Article, actors: &mut Vec<Actor>, model: &Model) -> Quotes {
    let mut blocks: Vec<Span> = article.blocks.iter().map(|b| b.span).collect();
    let mut marked = marks::pair(&article.text, &blocks);
    let end = marks::bound(&mut marked, MOST);
    if let Some(end) = end {
        // What follows is not looked at, or words in marks would be read as the reporter's.
        for b in &mut blocks {
            *b = Span::new(b.start.min(end), b.end.min(end));
        }
    }
    let words = words::Words::new(&article.text, &blocks);
    let scene = scene::Scene::new(words, marked, actors, blocks.len());
    let reported = scene.reported();
    let cut = end.is_some() || reported.len() >= MOST;
    let said = speaker::attribute(&scene, reported, model);
    let heard = heard::hear(&scene, &said);
    Quotes { all: heard::enter(heard, said, &article.text, actors), cut }
}
