//! Furniture out; headline, byline, date and language in: a [`Page`] becomes an [`Article`].

#[cfg(feature = "train")]
mod align;
mod blocks;
mod byline;
mod calendar;
mod dates;
mod doubtful;
mod extract;
mod facts;
mod features;
mod furniture;
mod label;
mod language;
mod linked;
#[cfg(feature = "train")]
pub mod measure;
mod mend;
mod meta;
mod plain;
mod second;
mod state;
mod title;
#[cfg(feature = "train")]
pub mod train;
mod view;

pub use doubtful::doubtful;

use crate::page::Page;
use crate::text::Span;

/// What a block of the article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum BlockKind {
    Headline,
    Byline,
    Standfirst,
    Paragraph,
    Heading,
    ListItem,
    Quote,
    Caption,
    Table,
}

impl BlockKind {
    /// The name in the JSON lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Standfirst => "standfirst",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::ListItem => "list_item",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::Table => "table",
        }
    }
}

/// One block of the article's text.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Bytes of [`Article::text`].
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The page's element that holds it; none for plain text.
    pub node: Option<u32>,
}

/// A run of the article's text taken unchanged from the page's.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Bytes of [`Article::text`].
    pub span: Span,
    /// First byte in [`Page::text`]; the run is as long as `span`.
    pub source: usize,
}

/// Why a part of the page is not the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum FurnitureKind {
    Navigation,
    Related,
    Promotion,
    Advert,
    Share,
    Comments,
    Legal,
    Overlay,
    Duplicate,
    Other,
}

impl FurnitureKind {
    /// The name in readings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Related => "related",
            Self::Promotion => "promotion",
            Self::Advert => "advert",
            Self::Share => "share",
            Self::Comments => "comments",
            Self::Legal => "legal",
            Self::Overlay => "overlay",
            Self::Duplicate => "duplicate",
            Self::Other => "other",
        }
    }
}

/// A subtree of the page that is not the article: its root element, or a text node that stands bare
/// among the article's.
#[derive(Clone, Copy, Debug)]
pub struct Furniture {
    /// Index into [`Page::nodes`].
    pub node: u32,
    /// Why.
    pub kind: FurnitureKind,
}

/// What the page turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// An article, whole.
    #[default]
    Article,
    /// The free part of an article behind a paywall.
    Preview,
    /// No article: a home page, search, shop, video, login.
    NotArticle(&'static str),
}

/// The article of a page, or plain text taken as an article.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The page's address, or empty.
    pub url: String,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: String,
    /// Who wrote it, as the page says.
    pub byline: Option<String>,
    /// When it was published, RFC 3339 with the page's own zone; a bare day where no time is known.
    pub published: Option<String>,
    /// When it was last changed, likewise.
    pub modified: Option<String>,
    /// The language's BCP 47 tag.
    pub language: Option<String>,
    /// The text: blocks in reading order, joined by a blank line.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// Where the text stands on the page, in order; empty for plain text.
    pub pieces: Vec<Piece>,
    /// What is to be cleared away: roots of subtrees, none inside another.
    pub furniture: Vec<Furniture>,
    /// What the page is.
    pub state: State,
    /// A limit was reached and the rest of the page was not read.
    pub cut: bool,
}

/// Takes the article out of a page.
pub fn extract(page: &Page) -> Article {
    extract::extract(page)
}

/// Takes plain text as the article as it stands: `text` is kept unchanged, its first
/// paragraph is the headline block. Title, byline and day are read from the lines before the text.
pub fn from_text(text: &str) -> Article {
    plain::read(text)
}
