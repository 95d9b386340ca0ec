//! Related coverage from the reader's own reading: same story, same people, same words.

use crate::reading::Reading;
use serde::{Deserialize, Serialize};

/// What the library keeps of one visit, enough to relate and to show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// The caller's id: the line's id natively, the address in the extension.
    pub id: String,
    /// The page's address, or empty.
    pub url: String,
    /// Headline.
    pub title: String,
    /// Outlet's name, or the address's host.
    pub outlet: String,
    /// When it was published (RFC 3339 or a day), where known.
    pub published: Option<String>,
    /// When it was read, milliseconds since 1970-01-01 UTC.
    pub visited: f64,
    /// Quotations with their speakers.
    pub quotes: Vec<SavedQuote>,
    /// Named actors.
    pub actors: Vec<SavedActor>,
}

/// A quotation as the library keeps it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedQuote {
    /// The words, marks off.
    pub text: String,
    /// direct, mixed or indirect.
    pub kind: String,
    /// The speaker's name, or empty.
    pub speaker: String,
    /// The speaker's identity key, or empty.
    pub key: String,
}

/// An actor as the library keeps it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedActor {
    /// The fullest name.
    pub name: String,
    /// person, organisation, place or other.
    #[serde(rename = "type")]
    pub kind: String,
    /// The identity key, or empty.
    pub key: String,
    /// How often it is mentioned.
    pub mentions: u32,
}

/// Two quotations that carry the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameQuote {
    /// Index into this article's quotations.
    pub quote: usize,
    /// Index into the earlier article's.
    pub other: usize,
    /// exact, trimmed or reworded.
    pub relation: &'static str,
}

/// An earlier visit that belongs with this one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// The earlier visit's id.
    pub id: String,
    /// 0 to 1, higher is closer.
    pub score: f32,
    /// `same_story` or `earlier`.
    pub tier: &'static str,
    /// Its headline.
    pub title: String,
    /// Its outlet.
    pub outlet: String,
    /// When it was published, where known.
    pub published: Option<String>,
    /// The same words in both.
    pub same_quotes: Vec<SameQuote>,
}

/// Makes the visit that the library keeps of a reading.
pub fn visit(id: &str, reading: &Reading, visited: f64) -> Visit {
    let a = &reading.article;
    Visit { id: id.to_owned(), url: a.url.clone(), title: a.title.clone(), visited, ..Visit::default() }
}
