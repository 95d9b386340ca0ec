//! All that was read of one page, and the form in which it leaves the core.

use crate::actors::{self, Actor};
use crate::article::{self, Article, State};
use crate::page::Page;
use crate::quotes::{self, Quote};
use crate::text::Span;
use crate::text::offsets::{Offsets, Unit};
use serde::Serialize;

/// All of it for one page.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The article and what is not.
    pub article: Article,
    /// Who is named; ids are indices.
    pub actors: Vec<Actor>,
    /// Who said what, in order.
    pub quotes: Vec<Quote>,
    /// There were more quotations than are judged, and the rest was not; see [`quotes::MOST`].
    pub quotes_cut: bool,
    /// Bytes of words that may not be the article's own; see [`article::doubtful`].
    pub doubtful: Vec<Span>,
}

/// Reads a page. Pure: the same page gives the same reading, on every platform.
pub fn read(page: &Page) -> Reading {
    understand(article::extract(page))
}

/// Reads plain text, taken as the article as it stands.
pub fn read_text(text: &str) -> Reading {
    understand(article::from_text(text))
}

/// Reads an article that has been taken out of its page.
pub fn understand(article: Article) -> Reading {
    if matches!(article.state, State::NotArticle(_)) {
        return Reading { article, ..Reading::default() };
    }
    let mut actors = actors::find(&article);
    let quotes = quotes::quote(&article, &mut actors);
    let doubtful = article::doubtful(&article.text);
    Reading { article, actors, quotes: quotes.all, quotes_cut: quotes.cut, doubtful }
}

/// A half-open range in the unit that was asked for.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Range {
    pub start: usize,
    pub end: usize,
}

/// A reading as JSON lines and browsers see it; fields as in the contract of the native program.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the contract's fields")]
pub struct Output<'r> {
    pub url: &'r str,
    pub title: &'r str,
    pub byline: Option<&'r str>,
    pub published: Option<&'r str>,
    pub modified: Option<&'r str>,
    pub outlet: Option<&'r str>,
    pub language: Option<&'r str>,
    /// article, preview or none.
    pub state: &'static str,
    /// Why it is no article.
    pub reason: Option<&'static str>,
    /// The page was read up to a limit alone.
    pub cut: bool,
    /// The quotations were judged up to a limit alone.
    pub quotes_cut: bool,
    pub text: &'r str,
    pub blocks: Vec<BlockOut>,
    pub actors: Vec<ActorOut<'r>>,
    pub quotes: Vec<QuoteOut>,
    /// Words that may not be the article's own.
    pub doubtful: Vec<Range>,
}

/// A block of the article.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the contract's fields")]
pub struct BlockOut {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
}

/// An actor with its mentions.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the contract's fields")]
pub struct ActorOut<'r> {
    pub id: u32,
    pub name: &'r str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub titles: &'r [String],
    pub aliases: &'r [String],
    pub key: &'r str,
    pub salience: f32,
    pub mentions: Vec<MentionOut>,
}

/// A mention of an actor.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the contract's fields")]
pub struct MentionOut {
    pub start: usize,
    pub end: usize,
    pub form: &'static str,
}

/// A quotation.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the contract's fields")]
pub struct QuoteOut {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
    pub speaker: Option<u32>,
    pub speaker_mention: Option<Range>,
    pub cue: Option<Range>,
    pub confidence: f32,
    pub candidates: Vec<CandidateOut>,
}

/// Who else may have spoken.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct CandidateOut {
    pub actor: u32,
    pub likelihood: f32,
}

impl Reading {
    /// The reading with all offsets in `unit`.
    pub fn output(&self, unit: Unit) -> Output<'_> {
        let a = &self.article;
        let offsets = Offsets::new(&a.text, unit);
        let range = |s: Span| Range { start: offsets.at(s.start), end: offsets.at(s.end) };
        let (state, reason) = match a.state {
            State::Article => ("article", None),
            State::Preview => ("preview", None),
            State::NotArticle(why) => ("none", Some(why)),
        };
        Output {
            url: &a.url,
            title: &a.title,
            byline: a.byline.as_deref(),
            published: a.published.as_deref(),
            modified: a.modified.as_deref(),
            outlet: a.outlet.as_deref(),
            language: a.language.as_deref(),
            state,
            reason,
            cut: a.cut,
            quotes_cut: self.quotes_cut,
            text: &a.text,
            blocks: a.blocks.iter().map(|b| block_out(range(b.span), b.kind.name())).collect(),
            actors: self.actors.iter().map(|actor| actor_out(actor, range)).collect(),
            quotes: self.quotes.iter().map(|q| quote_out(q, range)).collect(),
            doubtful: self.doubtful.iter().map(|&s| range(s)).collect(),
        }
    }
}

const fn block_out(range: Range, kind: &'static str) -> BlockOut {
    BlockOut { start: range.start, end: range.end, kind }
}

fn actor_out(actor: &Actor, range: impl Fn(Span) -> Range) -> ActorOut<'_> {
    let mentions = actor.mentions.iter().map(|m| {
        let Range { start, end } = range(m.span);
        MentionOut { start, end, form: m.form.name() }
    });
    ActorOut {
        id: actor.id,
        name: &actor.name,
        kind: actor.kind.name(),
        titles: &actor.titles,
        aliases: &actor.aliases,
        key: &actor.key,
        salience: actor.salience,
        mentions: mentions.collect(),
    }
}

fn quote_out(quote: &Quote, range: impl Fn(Span) -> Range) -> QuoteOut {
    let Range { start, end } = range(quote.span);
    QuoteOut {
        start,
        end,
        kind: quote.kind.name(),
        speaker: quote.speaker,
        speaker_mention: quote.speaker_mention.map(&range),
        cue: quote.cue.map(&range),
        confidence: quote.confidence,
        candidates: quote
            .candidates
            .iter()
            .map(|&(actor, likelihood)| CandidateOut { actor, likelihood })
            .collect(),
    }
}
