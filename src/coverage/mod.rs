//! Related coverage from the reader's own reading: same story, same people, same words.
//!
//! A [`Visit`] is what is kept of an article, made by [`visit()`]. [`Library`] holds the sketches of all visits
//! and finds what belongs with a new one; [`same_quotes`] finds the same words in two visits. The caller keeps
//! the visits' records under their [`key`]s and the library's segment bytes.

pub mod block;
mod bytes;
pub mod catalogue;
pub mod compare;
pub mod day;
pub mod hash;
mod index;
pub mod library;
pub mod likeness;
pub mod line;
mod lists;
mod mates;
mod names;
mod query;
mod reach;
pub mod record;
mod rows;
mod scan;
pub mod score;
pub mod segment;
pub mod shelf;
pub mod sketch;
mod stems;
pub mod terms;
#[cfg(feature = "train")]
pub mod train;
#[cfg(feature = "train")]
pub mod train_terms;
#[cfg(feature = "train")]
pub mod train_utterances;
pub mod utterances;
pub mod visit;
pub mod words;

pub use library::{Added, Library, LoadReport, key};
pub use shelf::Shelf;
pub use utterances::{SameQuote, Spoken, same_quotes};
pub use visit::{SavedActor, SavedQuote, Visit, visit};

use serde::{Deserialize, Serialize};

/// How an earlier visit belongs with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The same event, told by others or by the same outlet again, within days.
    SameStory,
    /// The same thread: what came before, however long ago.
    Earlier,
    /// Another matter with the same people.
    SamePeople,
}

impl Tier {
    /// The name in the JSON lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameStory => "same_story",
            Self::Earlier => "earlier",
            Self::SamePeople => "same_people",
        }
    }
}

/// An earlier visit that the library found, to be shown with its record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The visit's place in the library.
    pub row: u32,
    /// The key of its record.
    pub key: String,
    /// 0 to 1, higher is closer.
    pub score: f32,
    /// How it belongs.
    pub tier: Tier,
    /// Days apart, where both dates are known.
    pub days: Option<f32>,
    /// The share of the shorter text that the longer contains, where it tells of one agency's text.
    pub wire: Option<f32>,
    /// Words that both have, rarest first.
    pub words: Vec<String>,
    /// Persons whom both name, most mentioned first.
    pub people: Vec<String>,
    /// Another hit of the same outlet and tier stands for this one: show it under that card.
    pub folded: bool,
}

/// An earlier visit that belongs with this one, as the JSON lines and the panel show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// The earlier visit's id.
    pub id: String,
    /// 0 to 1, higher is closer.
    pub score: f32,
    /// `same_story`, `earlier` or `same_people`.
    pub tier: &'static str,
    /// Its headline.
    pub title: String,
    /// Its outlet.
    pub outlet: String,
    /// When it was published, where known.
    pub published: Option<String>,
    /// The same words in both.
    pub same_quotes: Vec<SameQuote>,
    /// Its address, or empty.
    pub url: String,
    /// When it was read, milliseconds since 1970-01-01 UTC.
    pub visited: f64,
    /// Words that both have, rarest first.
    pub words: Vec<String>,
    /// Persons whom both name.
    pub people: Vec<String>,
    /// The share of the shorter text that the longer contains, where it tells of one agency's text.
    pub wire: Option<f32>,
    /// Another of the same outlet and tier stands for this one.
    pub folded: bool,
}

/// Joins a hit with the earlier visit's record for showing.
pub fn present(hit: &Hit, visit: &Spoken<'_>, earlier: &Visit) -> Related {
    Related {
        id: earlier.id.clone(),
        score: hit.score,
        tier: hit.tier.name(),
        title: earlier.title.clone(),
        outlet: earlier.outlet.clone(),
        published: earlier.published.clone(),
        same_quotes: visit.same(earlier, hit.tier == Tier::SameStory),
        url: earlier.url.clone(),
        visited: earlier.visited,
        words: hit.words.clone(),
        people: hit.people.clone(),
        wire: hit.wire,
        folded: hit.folded,
    }
}
