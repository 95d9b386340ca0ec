//! Finds names: tokens through the scorer, then what the found names tell of each other.

use super::adopt::{adopt, titles_off};
use super::features::Seen;
use super::gazetteer::{CITY, COUNTRY, Gazetteer, PLACE, Print, REGION, TOWN};
use super::tokens::{Word, Words};
use super::{ActorType, NameMention};
use crate::article::Article;
use crate::model::{Edges, Features, Model, hash_texts};
use crate::order::Order;
use crate::text::Span;
use std::sync::OnceLock;

/// Labels: 0 outside; 1 + 2k begins, 2 + 2k goes on with a name of kind k.
pub(crate) const LABELS: usize = 9;

pub(crate) const KINDS: [ActorType; 4] =
    [ActorType::Person, ActorType::Organisation, ActorType::Place, ActorType::Other];

/// Kinds of the table that are places.
pub(super) const PLACES: u16 = CITY | COUNTRY | REGION | TOWN | PLACE;

/// Words before a country or region that make a part of it.
const COMPASS: [u32; 9] =
    hash_texts(["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"]);

/// The kind of a label that is not outside.
pub(crate) const fn kind_of(label: u8) -> ActorType {
    KINDS[(label as usize - 1) / 2 % 4]
}

/// The label that begins a name of this kind; the next one goes on with it.
#[cfg(feature = "train")]
pub(crate) fn begin(kind: ActorType) -> u8 {
    KINDS.iter().position(|&k| k == kind).map_or(0, |at| 1 + 2 * at as u8)
}

/// The scorer and the known names.
#[derive(Debug)]
pub struct Namer {
    pub(crate) model: Model,
    pub(crate) gazetteer: Gazetteer,
}

impl Namer {
    /// The one that ships; `None` only where its files are damaged, which a test rules out.
    pub fn shipped() -> Option<&'static Self> {
        static NAMER: OnceLock<Option<Namer>> = OnceLock::new();
        let load = || {
            let model = Model::from_bytes(include_bytes!("../../weights/actors.bin")).ok()?;
            let gazetteer = Gazetteer::from_bytes(include_bytes!("../../weights/names.bin"))?;
            (model.labels() == LABELS).then_some(Self { model, gazetteer })
        };
        NAMER.get_or_init(load).as_ref()
    }

    /// The names of an article, in order, none overlapping.
    pub fn name(&self, article: &Article) -> Vec<NameMention> {
        self.name_words(&article.text, &Words::new(article, &self.gazetteer))
    }

    pub(crate) fn name_words(&self, text: &str, words: &Words) -> Vec<NameMention> {
        let seen = Seen::new(text, words);
        let (mut features, mut places) = (Features::new(), Vec::new());
        let mut found = Vec::new();
        let mut likely = None;
        for (index, block) in words.blocks.iter().enumerate() {
            features.clear();
            places.clear();
            seen.features(index, &mut features, &mut places);
            let scores = self.model.scores(&features);
            // Between tokens that no name holds, each stretch is read by itself.
            let mut scores = scores.as_slice();
            for places in places.chunk_by(|&a, &b| a + 1 == b) {
                let start = block.start + places[0] as usize;
                let within = |at: usize| block.contains(&at).then_some(0);
                let edges =
                    Edges { before: within(start.wrapping_sub(1)), after: within(start + places.len()) };
                let here;
                (here, scores) = scores.split_at(places.len() * LABELS);
                let labels = self.model.decode_between(here, edges);
                if labels.iter().any(|&label| label != 0) {
                    let likely = likely.get_or_insert_with(|| self.model.to_marginals());
                    spans(start, &labels, likely.between(here, edges), &mut found);
                }
            }
        }
        whole_countries(words, &mut found);
        titles_off(text, words, &mut found);
        known_places(words, &self.gazetteer, &mut found);
        adopt(text, words, &mut found);
        found.iter().map(|name| name.mention(words)).collect()
    }
}

/// A name by its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: ActorType,
    pub(super) confidence: f32,
}

impl Found {
    pub(super) fn mention(&self, words: &Words) -> NameMention {
        let span = Span::new(words.words[self.start].span.start, words.words[self.end - 1].span.end);
        NameMention { span, kind: self.kind, confidence: self.confidence }
    }
}

fn spans(first: usize, labels: &[u8], marginals: &[f32], found: &mut Vec<Found>) {
    let mut at = 0;
    while at < labels.len() {
        let label = labels[at];
        if label == 0 {
            at += 1;
            continue;
        }
        let begin = at;
        let mut likely = marginals[at * LABELS + usize::from(label)];
        at += 1;
        while at < labels.len() && labels[at] == label + label % 2 {
            likely = likely.min(marginals[at * LABELS + usize::from(labels[at])]);
            at += 1;
        }
        found.push(Found { start: first + begin, end: first + at, kind: kind_of(label), confidence: likely });
    }
}

/// A country's name of several words is never cut: what was found inside it becomes the country.
fn whole_countries(words: &Words, found: &mut Vec<Found>) {
    let first = |at: usize| words.words[at].place == 2 && words.words[at].phrase & COUNTRY != 0;
    let mut changed = false;
    let mut at = 0;
    while at < found.len() {
        let name = found[at];
        // The phrase that the name begins or lies in.
        let start = (name.start.saturating_sub(3)..=name.start).rev().find(|&i| words.words[i].place < 3);
        let Some(start) = start.filter(|&i| first(i)) else {
            at += 1;
            continue;
        };
        let length = words.words[start..].iter().position(|w| w.place == 4).map_or(1, |last| last + 1);
        let end = start + length;
        let inside = name.end <= end && (name.start, name.end) != (start, end);
        if inside && (at == 0 || found[at - 1].end <= start) {
            let parts = found[at..].iter().take_while(|n| n.start < end).count();
            // A longer name reaching out of the phrase keeps its words.
            if found[at + parts - 1].end <= end {
                let country =
                    Found { start, end, kind: ActorType::Place, confidence: name.confidence.max(0.7) };
                found.splice(at..at + parts, [country]);
                changed = true;
            }
        }
        at += 1;
    }
    if changed {
        found.order_by_key(|name| name.start);
    }
}

/// A name that the table knows as a place and as nothing else is one, unless the scorer is sure that it is an
/// organisation. Of a country's or region's name of several words, with a compass word before it or not, it has
/// to be surer: texts it learned from mark states that act as organisations, and few such names are in them.
fn known_places(words: &Words, gazetteer: &Gazetteer, found: &mut [Found]) {
    let known = |words: &[Word]| {
        gazetteer.get(words.iter().fold(Print::new(), |print, w| print.word(w.low)).finish())
    };
    let land = |kinds: u16| kinds != 0 && kinds & !(COUNTRY | REGION) == 0;
    for name in found.iter_mut().filter(|name| name.kind == ActorType::Organisation) {
        let name_words = &words.words[name.start..name.end];
        let kinds = known(name_words);
        let compass = match name_words {
            [first, rest @ ..] if kinds == 0 && COMPASS.contains(&first.low) => land(known(rest)),
            _ => false,
        };
        let sure = if compass || land(kinds) && name_words.len() > 1 { 0.95 } else { 0.6 };
        if name.confidence < sure && (compass || kinds != 0 && kinds & !PLACES == 0) {
            name.kind = ActorType::Place;
        }
    }
}
