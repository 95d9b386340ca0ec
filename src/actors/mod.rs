//! Who is named: mentions found in an article, and which of them are one actor.

mod acronyms;
mod across;
mod adopt;
#[cfg(feature = "train")]
pub mod data;
mod describe;
#[cfg(feature = "train")]
pub mod eval;
mod features;
pub mod gazetteer;
mod holders;
mod lexicon;
#[cfg(feature = "train")]
pub mod markup;
mod names;
mod rank;
mod reach;
mod resolve;
mod same;
mod sound;
mod sport;
#[cfg(test)]
#[allow(clippy::panic, reason = "a test may panic")]
mod tests;
mod titles;
mod tokens;
#[cfg(feature = "train")]
pub mod train;
#[cfg(feature = "train")]
pub mod vary;

pub use across::{identity, same_in_story};
pub use names::Namer;

use crate::article::Article;
use crate::text::Span;

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ActorType {
    Person,
    Organisation,
    Place,
    Other,
}

impl ActorType {
    /// The name in the JSON lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// The bare name.
    Name,
    /// A title or office beside or in place of the name.
    Title,
    /// A description: the minister, the alliance.
    Description,
    /// A pronoun that speaks.
    Pronoun,
}

impl Form {
    /// The name in the JSON lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Description => "description",
            Self::Pronoun => "pronoun",
        }
    }
}

/// One place where an actor is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the article's text.
    pub span: Span,
    /// How it refers.
    pub form: Form,
}

/// A name found in the text, before it is known whose it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameMention {
    /// Bytes of the article's text: the bare name without title or possessive.
    pub span: Span,
    /// What it names.
    pub kind: ActorType,
    /// How sure the scorer is, 0 to 1.
    pub confidence: f32,
}

/// What the text shows of a person's gender, for pronouns alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Gender {
    Female,
    Male,
}

/// A person, organisation, place or other named thing, with all its mentions.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Unique within the article; equal to the actor's index.
    pub id: u32,
    /// The fullest name; for one who has none, the description.
    pub name: String,
    /// What it is.
    pub kind: ActorType,
    /// Titles and offices, as written, each once.
    pub titles: Vec<String>,
    /// Other forms of the name, each once.
    pub aliases: Vec<String>,
    /// Its mentions in order of the text, none twice.
    pub mentions: Vec<Mention>,
    /// Gender where titles or pronouns show it.
    pub gender: Option<Gender>,
    /// How much the article is about it, 0 to 1.
    pub salience: f32,
    /// The identity key across articles; empty where the name is too weak to tell (see `key`).
    pub key: String,
}

/// Finds the names of an article, in order, none overlapping.
pub fn name(article: &Article) -> Vec<NameMention> {
    Namer::shipped().map(|namer| namer.name(article)).unwrap_or_default()
}

/// The actors of an article: [`name`], then [`resolve()`], with the words told once.
pub fn find(article: &Article) -> Vec<Actor> {
    let Some(namer) = Namer::shipped() else { return Vec::new() };
    let words = tokens::Words::new(article, &namer.gazetteer);
    let mentions = namer.name_words(&article.text, &words);
    resolve::resolve_with(article, &mentions, &words, &namer.gazetteer)
}

/// Whether a word, in lower case, is known as a people's name: "slovak".
pub(crate) fn is_demonym(word: &str) -> bool {
    let kinds = |namer: &Namer| namer.gazetteer.get(gazetteer::Print::of([word]));
    Namer::shipped().is_some_and(|namer| kinds(namer) & gazetteer::DEMONYM != 0)
}

/// Joins mentions into actors; ids are the actors' indices.
pub fn resolve(article: &Article, mentions: &[NameMention]) -> Vec<Actor> {
    resolve::resolve(article, mentions)
}
