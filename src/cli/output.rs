//! What the program prints of a reading, and reading that cannot take the run down.

use super::input::{Said, Source};
use quoth::Reading;
use quoth::coverage::{Related, Tier};
use quoth::reading::Output;
use quoth::text::offsets::Unit;
use serde::Serialize;
use serde_json::Value;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::time::Instant;

/// A reading as the program prints it.
#[derive(Serialize)]
pub(crate) struct Answer<'r> {
    id: &'r Value,
    #[serde(flatten)]
    reading: Output<'r>,
    related: Vec<Row>,
    /// Milliseconds from HTML or text to the reading.
    ms: f64,
}

impl<'r> Answer<'r> {
    /// The answer for one reading.
    pub(crate) fn new(id: &'r Value, read: &'r Read, related: &'r [Related]) -> Self {
        let related = related.iter().cloned().map(Row::new).collect();
        Self { id, reading: read.reading.output(Unit::CodePoint), related, ms: read.ms }
    }
}

/// An earlier visit. The lines know two tiers: another matter with the same people is `earlier`, and said to be so.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    related: Related,
    same_people: bool,
}

impl Row {
    fn new(mut related: Related) -> Self {
        let same_people = related.tier == Tier::SamePeople.name();
        if same_people {
            related.tier = Tier::Earlier.name();
        }
        Self { related, same_people }
    }
}

/// A reading and how long it took.
pub(crate) struct Read {
    pub reading: Reading,
    /// Milliseconds, to a hundredth.
    ms: f64,
}

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic is kept for the line that caused it, not printed.
pub(crate) fn keep_panics() {
    panic::set_hook(Box::new(|info| {
        PANIC.with_borrow_mut(|p| *p = Some(info.to_string().replace('\n', " ")));
    }));
}

/// Runs a part of the core that must not take the run down.
///
/// # Errors
/// If it panics: the message and its place.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let what = PANIC.with_borrow_mut(Option::take).unwrap_or_default();
        format!("the reader failed on this: {what}")
    })
}

/// Reads a page or a text. What the line says beside it is taken where the page itself is silent.
///
/// # Errors
/// If the core panics on it: the message.
pub(crate) fn read(source: &Source, said: Said) -> Result<Read, String> {
    let begun = Instant::now();
    let mut reading = guarded(|| match source {
        Source::Html(html) => {
            let url = said.url.as_deref().unwrap_or("");
            quoth::read(&quoth::page::html::parse(html, url))
        }
        Source::Text(text) => quoth::read_text(text),
    })?;
    let ms = (begun.elapsed().as_secs_f64() * 1e5).round() / 1e2;
    let article = &mut reading.article;
    if article.url.is_empty() {
        article.url = said.url.unwrap_or_default();
    }
    // What a text's first lines say is only a guess; what a page's metadata say is not.
    if matches!(source, Source::Text(_)) {
        article.title = said.title.unwrap_or_else(|| std::mem::take(&mut article.title));
        article.published = said.published.or(article.published.take());
    } else {
        if article.title.is_empty() {
            article.title = said.title.unwrap_or_default();
        }
        article.published = article.published.take().or(said.published);
    }
    article.outlet = article.outlet.take().or(said.outlet);
    Ok(Read { reading, ms })
}
