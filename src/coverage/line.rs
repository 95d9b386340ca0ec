//! Lines of articles taken into a library: as it wrote them out itself, as the native program gives back what it
//! read, or texts that are still to be read.

use super::sketch::{self, Source};
use super::{SavedActor, SavedQuote, Visit, visit};
use crate::reading;
use serde::Deserialize;
use std::fmt;

/// Why a line brings no visit.
#[derive(Debug)]
pub struct LineError(String);

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LineError {}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    id: String,
    url: Option<String>,
    title: String,
    outlet: Option<String>,
    published: Option<String>,
    date: Option<String>,
    language: Option<String>,
    text: Option<String>,
    actors: Option<Vec<ActorLine>>,
    quotes: Option<Vec<QuoteLine>>,
    visit: Option<Visit>,
}

#[derive(Deserialize)]
struct ActorLine {
    id: u32,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    mentions: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct QuoteLine {
    start: usize,
    end: usize,
    kind: String,
    speaker: Option<u32>,
}

/// The visit of a line. With `visit`, that is it; with `text`, `actors` and `quotes` (offsets in code points), as
/// the native program writes, they are taken as they are; a `text` alone is read. `visited`: milliseconds since
/// 1970-01-01 UTC.
///
/// # Errors
/// If the line is no JSON object, has neither `visit` nor `text`, or neither `url` nor `id`.
pub fn visit_of(line: &str, visited: f64) -> Result<Visit, LineError> {
    let line: Line = serde_json::from_str(line).map_err(|e| LineError(e.to_string()))?;
    if let Some(visit) = line.visit {
        return if visit.id.is_empty() { Err(LineError("the visit has no id".into())) } else { Ok(visit) };
    }
    let Some(text) = line.text else { return Err(LineError("neither visit nor text".into())) };
    let url = line.url.unwrap_or_default();
    let id = if url.is_empty() { line.id } else { url.clone() };
    if id.is_empty() {
        return Err(LineError("neither url nor id".into()));
    }
    let published = line.published.or(line.date);
    if let (Some(actors), Some(quotes)) = (line.actors, line.quotes) {
        let (title, outlet) = (line.title, line.outlet.unwrap_or_default());
        let actors: Vec<(u32, SavedActor)> = actors.into_iter().map(saved).collect();
        let quotes = said(&text, quotes, &actors);
        let actors: Vec<SavedActor> = actors.into_iter().map(|(_, a)| a).collect();
        let made = sketch::sketch(Source {
            title: &title,
            text: &text,
            outlet: &outlet,
            published: published.as_deref(),
            visited,
            actors: &actors,
        });
        let length = text.split_whitespace().count() as u32;
        let language = line.language.unwrap_or_default();
        let (words, sketch) = (made.words, made.sketch);
        return Ok(Visit {
            id,
            url,
            title,
            outlet,
            published,
            visited,
            language,
            length,
            quotes,
            actors,
            words,
            sketch,
            ..Visit::default()
        });
    }
    let mut read = reading::read_text(&text);
    if !line.title.is_empty() {
        read.article.title = line.title;
    }
    read.article.url = url;
    read.article.outlet = line.outlet;
    read.article.published = published;
    Ok(visit(&id, &read, visited))
}

fn saved(a: ActorLine) -> (u32, SavedActor) {
    let mentions = a.mentions.len() as u32;
    (a.id, SavedActor { name: a.name, kind: a.kind, key: a.key, mentions })
}

/// Quotations with their words cut out of the text; those that point outside it are left out.
fn said(text: &str, quotes: Vec<QuoteLine>, actors: &[(u32, SavedActor)]) -> Vec<SavedQuote> {
    let mut at: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    at.push(text.len());
    let cut = |q: QuoteLine| {
        let words = text.get(*at.get(q.start)?..*at.get(q.end)?)?;
        let speaker = q.speaker.and_then(|id| actors.iter().find(|(i, _)| *i == id)).map(|(_, a)| a);
        Some(SavedQuote {
            text: visit::bare(words).to_owned(),
            kind: q.kind,
            speaker: speaker.map_or_else(String::new, |a| a.name.clone()),
            key: speaker.map_or_else(String::new, |a| a.key.clone()),
            headline: false,
        })
    };
    quotes.into_iter().filter_map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_native_program_is_taken_as_it_is() {
        let line = r#"{"id":"x","url":"https://a.example/1","title":"Über the hinge","outlet":"Delta","published":"2026-02-03",
            "text":"Über the hinge\n\n“We drew it badly,” said Ana Berg.","actors":[{"id":7,"name":"Ana Berg","type":"person",
            "key":"ana berg","mentions":[{"start":42,"end":50,"form":"name"}]}],
            "quotes":[{"start":16,"end":36,"kind":"direct","speaker":7},{"start":16,"end":999,"kind":"direct","speaker":null}]}"#;
        let v = visit_of(line, 5.0).unwrap();
        assert_eq!((v.id.as_str(), v.outlet.as_str(), v.quotes.len()), ("https://a.example/1", "Delta", 1));
        assert_eq!(
            (v.quotes[0].text.as_str(), v.quotes[0].speaker.as_str()),
            ("We drew it badly,", "Ana Berg")
        );
        assert!(!v.sketch.terms.is_empty());
        let again = serde_json::json!({ "visit": v }).to_string();
        assert_eq!(visit_of(&again, 9.0).unwrap(), v);
    }

    #[test]
    fn texts_are_read_and_other_lines_are_refused() {
        assert_eq!(visit_of(r#"{"id":"a","text":"Head\n\nBody."}"#, 1.0).unwrap().title, "Head");
        for bad in
            ["", "[]", "{}", r#"{"text":"x"}"#, r#"{"id":"a"}"#, r#"{"visit":{}}"#, r#"{"id":3,"text":"x"}"#]
        {
            assert!(visit_of(bad, 1.0).is_err(), "{bad}");
        }
    }
}
