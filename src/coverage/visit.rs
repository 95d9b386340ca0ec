//! What the library keeps of an article that was read.

use super::sketch::{self, Sketch, Source};
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
    /// When it was read, milliseconds since 1970-01-01 UTC; 0 where unknown.
    pub visited: f64,
    /// The language's BCP 47 tag, or empty.
    pub language: String,
    /// Words the article has.
    pub length: u32,
    /// Kept when older visits go.
    pub pinned: bool,
    /// Quotations with their speakers.
    pub quotes: Vec<SavedQuote>,
    /// Named actors.
    pub actors: Vec<SavedActor>,
    /// The words of the sketch's terms, most telling first.
    pub words: Vec<String>,
    /// What is compared.
    pub sketch: Sketch,
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
    /// It stands in the headline.
    pub headline: bool,
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

/// Makes the visit that the library keeps of a reading. `visited`: milliseconds since 1970-01-01 UTC, 0
/// where it is not known.
pub fn visit(id: &str, reading: &Reading, visited: f64) -> Visit {
    let a = &reading.article;
    let actor = |id: u32| reading.actors.get(id as usize);
    let quotes = reading.quotes.iter().map(|q| {
        let speaker = q.speaker.and_then(actor);
        SavedQuote {
            text: bare(q.span.of(&a.text)).to_owned(),
            kind: q.kind.name().to_owned(),
            speaker: speaker.map_or_else(String::new, |s| s.name.clone()),
            key: speaker.map_or_else(String::new, |s| s.key.clone()),
            headline: a.blocks.first().is_some_and(|b| b.span.contains(q.span))
                && a.title == a.blocks[0].span.of(&a.text),
        }
    });
    let quotes: Vec<SavedQuote> = quotes.collect();
    let actors: Vec<SavedActor> = reading
        .actors
        .iter()
        .map(|x| SavedActor {
            name: x.name.clone(),
            kind: x.kind.name().to_owned(),
            key: x.key.clone(),
            mentions: x.mentions.len() as u32,
        })
        .collect();
    let outlet = a.outlet.clone().unwrap_or_else(|| host(&a.url).to_owned());
    let source = Source {
        title: &a.title,
        text: &a.text,
        outlet: &outlet,
        published: a.published.as_deref(),
        visited,
        actors: &actors,
    };
    let made = sketch::sketch(source);
    Visit {
        id: id.to_owned(),
        url: a.url.clone(),
        title: a.title.clone(),
        outlet,
        published: a.published.clone(),
        visited,
        language: a.language.clone().unwrap_or_default(),
        length: a.text.split_whitespace().count() as u32,
        pinned: false,
        quotes,
        actors,
        words: made.words,
        sketch: made.sketch,
    }
}

/// The host of an address without `www.`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host)
}

/// A quotation without its marks and the white space around them.
pub(super) fn bare(quote: &str) -> &str {
    quote.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '\'' | '‘' | '’' | '‚')
    })
}
