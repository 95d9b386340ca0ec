//! Trains the speakers' ranker on the project's own articles, and measures it by cross-validation.

use super::candidates::Candidate;
use super::evidence::Rule;
use super::lessons::{FOLDS, Lesson, broken, lessons};
use super::phrases::{Phrase, What};
use super::scene::Scene;
use super::speaker::Walk;
use super::unnamed::Who;
use super::words::Words;
use super::{fragments, judge, kinds, marks};
use crate::actors::markup::Quoted;
use crate::actors::{self, Actor, Form};
use crate::model::train::{Example, Gold, Options, train};
use crate::model::{Features, Model};
use crate::reading::Reading;
use crate::text::Span;
use crate::text::offsets::Unit;
use serde_json::Value;
use std::io;
use std::path::Path;

/// How the ranker is trained.
pub fn options() -> Options {
    Options {
        labels: 1,
        bits: 16,
        epochs: 8,
        averaged: 4,
        alpha: 0.08,
        beta: 1.0,
        l1: 1.0,
        l2: 1.0,
        min_count: 2,
        seed: 1,
        ..Options::default()
    }
}

/// What words in marks that nobody said count against those that somebody did: they are few.
const UNSAID: f32 = 3.0;

/// Whether a word of saying or a mark leads straight to the candidate.
fn strong(c: &Candidate) -> bool {
    use Rule::{According, Colon, Dash, Inverted, Participle, SubjectLeft, SubjectRight};
    c.rules.first().is_some_and(|r| {
        matches!(r.0, Inverted | SubjectRight | According | SubjectLeft | Participle | Colon | Dash)
    })
}

/// How much of both spans they share.
fn share(a: Span, b: Span) -> f32 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let all = a.end.max(b.end) - a.start.min(b.start);
    both as f32 / all.max(1) as f32
}

impl Lesson {
    /// The gold id that most of an actor's mentions touch.
    fn ids(&self, actors: &[Actor]) -> Vec<Option<&str>> {
        let of = |actor: &Actor| {
            let mut votes: Vec<(&str, usize)> = Vec::new();
            for m in actor.mentions.iter().filter(|m| m.form != Form::Title) {
                for (_, id) in self.mentions.iter().filter(|(s, _)| s.overlaps(m.span)) {
                    match votes.iter_mut().find(|v| v.0 == id) {
                        Some(v) => v.1 += 1,
                        None => votes.push((id, 1)),
                    }
                }
            }
            votes.into_iter().max_by_key(|v| v.1).map(|v| v.0)
        };
        actors.iter().map(of).collect()
    }

    fn id_at(&self, span: Span) -> Option<&str> {
        self.mentions.iter().find(|(s, _)| s.overlaps(span)).map(|(_, id)| id.as_str())
    }

    /// The gold quotation that `span` is.
    fn quote_at(&self, span: Span) -> Option<&Quoted> {
        let marked = self.quotes.iter().filter(|q| q.kind != "indirect");
        marked
            .max_by(|a, b| share(a.span, span).total_cmp(&share(b.span, span)))
            .filter(|q| share(q.span, span) > 0.75)
    }

    /// What the judge can learn from the words in marks at `span`, as `describe` sees them.
    fn verdict(&self, span: Span, worth: f32, describe: impl FnOnce() -> Features) -> Option<Example> {
        let gold = self.quote_at(span)?;
        let said = gold.kind == "direct" || gold.kind == "mixed";
        let (gold, weight) = (Gold::Choice(usize::from(!said)), if said { worth } else { UNSAID });
        Some(Example { features: describe(), gold, weight })
    }

    /// What the ranker can learn from the article.
    fn examples(&self, model: &Model, out: &mut Vec<Example>) {
        let article = &self.marked.article;
        let actors = actors::resolve(article, &self.names);
        let ids = self.ids(&actors);
        let blocks: Vec<Span> = article.blocks.iter().map(|b| b.span).collect();
        let words = Words::new(&article.text, &blocks);
        let scene = Scene::new(words, marks::pair(&article.text, &blocks), &actors, blocks.len());
        let mut walk = Walk::new(&scene, model);
        let actor_of = |id: Option<&str>| ids.iter().position(|i| i.is_some() && *i == id).map(|a| a as u32);
        let mut reported = scene.reported().into_iter().peekable();
        for q in 0..=scene.marked.len() {
            let start = scene.marked.get(q).map_or(usize::MAX, |m| m.span.start);
            while let Some(r) = reported.next_if(|r| r.span.start < start) {
                let block = article.blocks.iter().position(|b| b.span.contains(r.span));
                if block.is_some_and(|b| !self.marked.judged[b]) {
                    continue;
                }
                let right = self.quotes.iter().find(|g| g.kind == "indirect" && share(g.span, r.span) >= 0.5);
                if let Some(g) = right
                    && let Some(actor) = actor_of(g.speaker.as_deref())
                {
                    walk.heard(actor, r.span.end);
                }
                if !self.drawn.is_empty() {
                    continue;
                }
                out.push(Example {
                    features: r.features,
                    gold: Gold::Choice(usize::from(right.is_none())),
                    weight: 1.0,
                });
            }
            if q == scene.marked.len() {
                break;
            }
            let frame = scene.frame(q);
            let own = scene.evidence(q, &frame);
            let verdict = kinds::kind(&scene, q, &frame, &own);
            let judged = self.marked.judged.get(scene.marked[q].block as usize) != Some(&false);
            let teaches = self.drawn.is_empty() || self.drawn.contains(&scene.marked[q].span);
            let worth = if self.drawn.is_empty() { 1.0 } else { fragments::WORTH };
            if judged && teaches && scene.marked[q].depth == 0 {
                out.extend(self.verdict(scene.marked[q].span, worth, || {
                    judge::describe(&scene, q, &frame, &own, verdict)
                }));
            }
            let Some(gold) = self.quote_at(scene.marked[q].span) else { continue };
            if gold.kind == "scare" || gold.kind == "title" {
                continue;
            }
            let Some(turn) = walk.turn(q) else { continue };
            let id_of = |i: usize| -> Option<&str> {
                let (who, phrase) = (turn.who[i].0, turn.candidates[i].phrase);
                let tokens = &scene.words.tokens;
                let span = Span::new(tokens[phrase.first].span.start, tokens[phrase.last].span.end);
                self.id_at(span).or(match who {
                    Who::Actor(a) => ids.get(a as usize).copied().flatten(),
                    _ => None,
                })
            };
            let mut all: Vec<usize> = match &gold.speaker {
                Some(speaker) => (0..turn.candidates.len()).filter(|&i| id_of(i) == Some(speaker)).collect(),
                None => Vec::new(),
            };
            // "the governor", where nobody marked whom that is: still the words that name the speaker.
            let nameless = |i: usize| {
                matches!(turn.candidates[i].phrase.what, What::Nominal | What::Run) && id_of(i).is_none()
            };
            let first = (0..turn.candidates.len().min(1)).find(|&i| {
                gold.speaker.is_none() && id_of(i).is_none() && turn.who[i].0 == Who::Unknown
                    || nameless(i) && strong(&turn.candidates[i])
            });
            if let Some(first) = first
                && !all.contains(&first)
            {
                all.insert(0, first);
            }
            if let Some(&i) = all.first() {
                let phrase = turn.candidates[i].phrase;
                let known = turn.who[i].0 != Who::Unknown;
                if teaches {
                    out.extend(self.reference(&scene, &walk, &ids, phrase, known, gold.speaker.as_deref()));
                }
                // What follows builds on who it truly was.
                let who = actor_of(gold.speaker.as_deref()).map_or(turn.who[i].0, Who::Actor);
                walk.settle(q, Some(phrase), who, 1.0);
            } else {
                walk.settle(q, turn.candidates.first().map(|c| c.phrase), Who::Unknown, 1.0);
            }
            // A speaker that no candidate is: better nobody than somebody else.
            let weight = if all.is_empty() && gold.speaker.is_some() { 0.5 } else { 1.0 };
            let right = if all.is_empty() { vec![turn.candidates.len()] } else { all };
            if teaches {
                out.push(Example {
                    features: turn.features,
                    gold: Gold::Choices(right),
                    weight: weight * worth,
                });
            }
        }
    }

    /// Whom a pronoun or a description that names the speaker stands for, where that can be learned.
    /// `known`: the description stands for somebody already named.
    fn reference(
        &self,
        scene: &Scene,
        walk: &Walk,
        ids: &[Option<&str>],
        phrase: Phrase,
        known: bool,
        speaker: Option<&str>,
    ) -> Vec<Example> {
        let place = |list: &[u32], id: Option<&str>| {
            list.iter().position(|&a| ids.get(a as usize).copied().flatten() == id)
        };
        let mut out = Vec::new();
        if scene.third_person(phrase.what, phrase.first) {
            let (list, features) = scene.meant(phrase.first, walk.spoken());
            let at = speaker.and_then(|s| place(&list, Some(s))).unwrap_or(list.len());
            out.push(Example { features, gold: Gold::Choice(at), weight: 1.0 });
        }
        if known && scene.definite(phrase) {
            let tokens = &scene.words.tokens;
            let span = Span::new(tokens[phrase.first].span.start, tokens[phrase.last].span.end);
            if let Some(id) = self.id_at(span) {
                let (list, features) = scene.describable(phrase.last, walk.spoken());
                let at = place(&list, Some(id));
                // Named, but not among the persons before: nothing to learn.
                if at.is_some() || !ids.contains(&Some(id)) {
                    let right = at.unwrap_or(list.len());
                    out.push(Example { features, gold: Gold::Choice(right), weight: 1.0 });
                }
            }
        }
        out
    }
}

/// Learns twice: the second time pronouns are led back by what was learned the first time.
fn learn(lessons: &[&Lesson]) -> io::Result<(Model, Vec<u8>)> {
    let mut bytes = train(Vec::new(), &options());
    for _ in 0..2 {
        let model = Model::from_bytes(&bytes).map_err(|e| broken(&e.to_string()))?;
        let mut examples = Vec::new();
        for l in lessons {
            l.examples(&model, &mut examples);
        }
        bytes = train(examples, &options());
    }
    Ok((Model::from_bytes(&bytes).map_err(|e| broken(&e.to_string()))?, bytes))
}

/// Trains what ships and writes `speakers.bin` into `weights`; gives lines to print.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn run(shared: &Path, own: &Path, weights: &Path, cache: Option<&Path>) -> io::Result<Vec<String>> {
    let lessons = lessons(shared, own, cache)?;
    let (_, bytes) = learn(&lessons.iter().collect::<Vec<_>>())?;
    std::fs::write(weights.join("speakers.bin"), &bytes)?;
    Ok(vec![format!("speakers.bin {} bytes from {} articles", bytes.len(), lessons.len())])
}

/// Five-fold cross-validation over the stories of the corpus, names included: readings of every article
/// by scorers that did not learn from its story, as JSON lines in `out`, for the scorer of the gold data.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn cross_validate(
    shared: &Path,
    own: &Path,
    cache: Option<&Path>,
    out: &Path,
) -> io::Result<Vec<String>> {
    let lessons = lessons(shared, own, cache)?;
    let mut lines = String::new();
    for fold in 0..FOLDS {
        let (model, _) = learn(&lessons.iter().filter(|l| l.own || l.fold != fold).collect::<Vec<_>>())?;
        for l in lessons.iter().filter(|l| !l.own && l.drawn.is_empty() && l.fold == fold) {
            let article = l.marked.article.clone();
            let mut actors = actors::resolve(&article, &l.names);
            let quotes = super::quote_with(&article, &mut actors, &model).all;
            let reading = Reading { article, actors, quotes, ..Reading::default() };
            let mut value = serde_json::to_value(reading.output(Unit::CodePoint))?;
            value["id"] = Value::String(l.marked.id.clone());
            lines.push_str(&value.to_string());
            lines.push('\n');
        }
    }
    std::fs::write(out, lines)?;
    Ok(vec![format!("{} readings in {}", lessons.len(), out.display())])
}
