//! Who said what: quotations, their cues and their speakers.
//!
//! ```text
//! marks ─▶ words ─▶ scene ─▶ evidence ─▶ candidates ─▶ ranker ─▶ speaker ─▶ together ─▶ heard
//!            │        └─▶ indirect ─▶ proposal ───────────▲
//!            └─ cues, grammar, phrases, subject, asides, verbs, unnamed, pronouns
//! ```
#![allow(
    clippy::many_single_char_names,
    reason = "v a view, i an item of it, t a token, p a phrase, n a name"
)]

mod asides;
mod broken;
mod candidates;
mod cues;
mod evidence;
mod glyphs;
mod grammar;
mod heard;
mod indirect;
mod judge;
mod kinds;
mod marks;
mod phrases;
mod pronouns;
mod proposal;
mod ranker;
mod scene;
mod speaker;
mod subject;
mod together;
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

/// Finds the quotations of an article in order of their starts. Speakers that have no name ("a
/// spokeswoman") and pronoun or description mentions that speak are added to `actors`.
pub fn quote(article: &Article, actors: &mut Vec<Actor>) -> Vec<Quote> {
    ranker().map_or_else(Vec::new, |model| quote_with(article, actors, model))
}

/// As [`quote`], with a given ranker.
pub fn quote_with(article: &Article, actors: &mut Vec<Actor>, model: &Model) -> Vec<Quote> {
    let blocks: Vec<Span> = article.blocks.iter().map(|b| b.span).collect();
    let marked = marks::pair(&article.text, &blocks);
    let words = words::Words::new(&article.text, &blocks);
    let scene = scene::Scene::new(words, marked, actors, blocks.len());
    let said = speaker::attribute(&scene, model);
    let heard = heard::hear(&scene, &said);
    heard::enter(heard, said, &article.text, actors)
}
