//! What the speakers' ranker learns from: the corpus and the project's own articles, with names as a scorer
//! found them that did not learn from their story.

use super::fragments;
use crate::actors::data::{Marked, json_lines};
use crate::actors::markup::{self, Quoted};
use crate::actors::{self, NameMention};
use crate::text::Span;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

/// An article of the corpus with all that is marked in it and the names that a scorer found which did
/// not learn from its story.
#[derive(Clone, Debug)]
pub(super) struct Lesson {
    pub(super) marked: Marked,
    /// All marked mentions that have an id, titles left out.
    pub(super) mentions: Vec<(Span, String)>,
    pub(super) quotes: Vec<Quoted>,
    pub(super) names: Vec<NameMention>,
    pub(super) fold: usize,
    /// Of the project's own articles: teaches every fold, judges none.
    pub(super) own: bool,
    /// Reported words put in marks: where there are any, nothing else of the article teaches or is judged.
    pub(super) drawn: Vec<Span>,
}

/// Folds of the cross-validation.
pub(super) const FOLDS: usize = 5;

pub(super) fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Reads the corpus; names by cross-fitting, so that the ranker learns from names as found, not as marked.
pub(super) fn lessons(shared: &Path, own: &Path, cache: Option<&Path>) -> io::Result<Vec<Lesson>> {
    let path = shared.join("corpus/corpus.jsonl");
    let texts = json_lines(&path)?;
    let mut stories: Vec<&str> = texts.iter().map(|t| t.story.as_str()).collect();
    stories.sort_unstable();
    stories.dedup();
    let fold_of: HashMap<String, usize> =
        stories.iter().enumerate().map(|(i, s)| ((*s).to_owned(), i % FOLDS)).collect();
    let raw = std::fs::read_to_string(&path)?;
    let mut out = Vec::new();
    for (line, marked) in raw.lines().filter(|l| !l.trim().is_empty()).zip(texts) {
        let value: Value = serde_json::from_str(line).map_err(|_| broken("corpus line"))?;
        let fold = fold_of.get(&marked.story).copied().unwrap_or(0);
        out.push(lesson(&value, marked, fold).ok_or_else(|| broken("corpus line"))?);
    }
    let mut written = markup::written(&own.join("articles"))?;
    written.extend(markup::written(&own.join("speech"))?);
    // By the name alone, so that a story keeps its fold when others come.
    let mut fold_of = fold_of;
    fold_of.extend(written.iter().map(|w| {
        let story = w.marked.story.clone();
        let fold = crate::model::hash_text(&story) as usize % FOLDS;
        (story, fold)
    }));
    out.extend(written.into_iter().map(|w| {
        let fold = fold_of.get(&w.marked.story).copied().unwrap_or(0);
        let names = Vec::new();
        Lesson {
            marked: w.marked,
            mentions: w.mentions,
            quotes: w.quotes,
            names,
            fold,
            own: true,
            drawn: Vec::new(),
        }
    }));
    let cached = cache.and_then(|c| std::fs::read_to_string(c).ok());
    let mut known: BTreeMap<String, Vec<Found>> = match cached {
        Some(raw) => serde_json::from_str(&raw).map_err(|_| broken("cached names"))?,
        None => BTreeMap::new(),
    };
    let place = |l: &Lesson| format!("{}/{}", l.marked.story, l.marked.id);
    let mut material = None;
    for fold in 0..FOLDS {
        let here = |l: &&mut Lesson| l.fold == fold;
        if out.iter_mut().filter(here).any(|l| !known.contains_key(&place(l))) {
            if material.is_none() {
                material = Some(actors::train::material(shared, own)?);
            }
            let Some(material) = &material else { continue };
            let held = |t: &&Marked| fold_of.get(&t.story) == Some(&fold);
            let texts = material.corpus.iter().chain(&material.sets).filter(|t| !held(t));
            let (namer, _) = actors::train::learn(texts, &material.known, &actors::train::options())?;
            for l in out.iter().filter(|l| l.fold == fold) {
                let names = namer.name(&l.marked.article);
                let found =
                    names.iter().map(|n| (n.span.start, n.span.end, n.kind as u8, n.confidence)).collect();
                known.insert(place(l), found);
            }
        }
        for lesson in out.iter_mut().filter(here) {
            let names = known.get(&place(lesson)).cloned().unwrap_or_default();
            lesson.names = names.into_iter().filter_map(name).collect();
        }
    }
    if let Some(cache) = cache {
        std::fs::write(cache, serde_json::to_string(&known)?)?;
    }
    let drawn: Vec<Lesson> = out.iter().filter_map(fragments::draw).collect();
    out.extend(drawn);
    Ok(out)
}

/// A name as it is kept: start, end, kind, confidence.
type Found = (usize, usize, u8, f32);

fn name((start, end, kind, confidence): Found) -> Option<NameMention> {
    use actors::ActorType::{Organisation, Other, Person, Place};
    let kind = [Person, Organisation, Place, Other].into_iter().find(|k| *k as u8 == kind)?;
    Some(NameMention { span: Span::new(start, end), kind, confidence })
}

fn lesson(value: &Value, marked: Marked, fold: usize) -> Option<Lesson> {
    let text = &marked.article.text;
    let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let span = |v: &Value| -> Option<Span> {
        let place = |key: &str| at.get(v[key].as_u64()? as usize).copied();
        Some(Span::new(place("start")?, place("end")?))
    };
    let mut mentions = Vec::new();
    for m in value["mentions"].as_array()? {
        if let (Some(id), true) = (m["id"].as_str(), m["type"] != "title") {
            mentions.push((span(m)?, id.to_owned()));
        }
    }
    let mut quotes = Vec::new();
    for q in value["quotes"].as_array()? {
        let speaker = q["speaker"].as_str().filter(|s| *s != "unknown").map(str::to_owned);
        quotes.push(Quoted { span: span(q)?, kind: q["kind"].as_str()?.to_owned(), speaker });
    }
    Some(Lesson { marked, mentions, quotes, names: Vec::new(), fold, own: false, drawn: Vec::new() })
}
