//! Finds names: tokens through the scorer, then repeats of a found name take its label.

use super::features::Seen;
use super::gazetteer::{CITY, COUNTRY, FIRST, Gazetteer, ORGANISATION, PLACE, Print, REGION, SURNAME, TOWN};
use super::same::near_spelling;
use super::tokens::{Case, Style, Word, Words};
use super::{ActorType, NameMention};
use crate::article::Article;
use crate::model::{Edges, Features, Model, hash_texts};
use crate::order::Order;
use crate::text::Span;
use crate::text::fold::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Labels: 0 outside; 1 + 2k begins, 2 + 2k goes on with a name of kind k.
pub(crate) const LABELS: usize = 9;

pub(crate) const KINDS: [ActorType; 4] =
    [ActorType::Person, ActorType::Organisation, ActorType::Place, ActorType::Other];

/// Kinds of the table that are places.
const PLACES: u16 = CITY | COUNTRY | REGION | TOWN | PLACE;

/// Words before a country or region that make a part of it.
const COMPASS: [u32; 9] =
    hash_texts(["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"]);

/// The article.
const THE: u32 = hash_texts(["the"])[0];

/// Words after a body that does something or has something.
const ACTS: [u32; 18] = hash_texts([
    "'s", "’s", "said", "says", "has", "had", "is", "was", "will", "would", "did", "does", "rose", "fell", "told",
    "plans", "makes", "made",
]);

/// Words before a place.
const BEFORE_PLACE: [u32; 10] =
    hash_texts(["in", "at", "from", "near", "to", "of", "the", "across", "outside", "around"]);

const SURE: f32 = 0.9;

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
        known_places(words, &self.gazetteer, &mut found);
        adopt(text, words, &mut found);
        found.iter().map(|name| name.mention(words)).collect()
    }
}

/// A name by its tokens.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    end: usize,
    kind: ActorType,
    confidence: f32,
}

impl Found {
    fn mention(&self, words: &Words) -> NameMention {
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

/// Capitalised repeats of a found name take its label, and so do repeats of a person's surname.
fn adopt(text: &str, words: &Words, found: &mut Vec<Found>) {
    let mut votes: HashMap<&str, [f32; 4]> = HashMap::new();
    let mut surnames: HashMap<&str, f32> = HashMap::new();
    let mut bodies: HashMap<&str, f32> = HashMap::new();
    for name in found.iter() {
        if name.kind == ActorType::Organisation && name.end - name.start > 1 && name.confidence > 0.6 {
            let first = &words.words[name.start];
            if first.case == Case::Capital && first.low != THE {
                *bodies.entry(first.span.of(text)).or_default() += name.confidence;
            }
        }
        let written = name.mention(words).span.of(text);
        votes.entry(written).or_default()[name.kind as usize] += name.confidence;
        if name.kind == ActorType::Person && name.end - name.start > 1 && name.confidence > 0.6 {
            let last = words.words[name.end - 1].span.of(text);
            *surnames.entry(last).or_default() += name.confidence;
        }
    }
    // One name, one kind, unless the scorer is sure.
    for name in found.iter_mut() {
        let written = name.mention(words).span.of(text);
        let Some(kinds) = votes.get(written) else { continue };
        let (best, sum) =
            kinds.iter().enumerate().fold((0, 0.0), |b, (k, &v)| if v > b.1 { (k, v) } else { b });
        let person = best == 0 || name.kind == ActorType::Person;
        // A person and a firm may share a name only where the person has another as well.
        let surname = surnames.contains_key(written);
        let more = if person && !surname { 1.0 } else { 2.0 };
        if sum > more * kinds[name.kind as usize] && name.confidence < 0.9 {
            name.kind = KINDS[best];
        }
        // "Beacon's partner", after Beacon Assurance.
        let firm = !surname && bodies.get(written).is_some_and(|&body| body > kinds[0]);
        let plain = words.words[name.start].known & !ORGANISATION == 0;
        if firm && plain && name.kind == ActorType::Person && name.confidence < SURE {
            name.kind = ActorType::Organisation;
        }
        // "Brest was one of the two", after Anton Brest.
        let at = name.start.checked_sub(1).map_or(0, |t| words.words[t].low);
        if surname && name.kind == ActorType::Place && name.confidence < SURE && !BEFORE_PLACE.contains(&at) {
            name.kind = ActorType::Person;
        }
    }
    articles_off(text, words, &surnames, found);
    let mut taken = vec![false; words.words.len()];
    for name in found.iter() {
        taken[name.start..name.end].fill(true);
    }
    let mut added = Vec::new();
    for block in &words.blocks {
        let mut at = block.start;
        while at < block.end {
            let word = &words.words[at];
            if taken[at] || !word.is_capital() || word.style == Style::Upper {
                at += 1;
                continue;
            }
            let end = adopt_at(text, &words.words[..block.end], at, &taken, &votes, &surnames, &bodies, &mut added);
            at = end.max(at + 1);
        }
    }
    found.extend(added);
    found.order_by_key(|name| name.start);
}

/// "A Finch aide" at the head of a sentence: the article is no part of a surname.
fn articles_off(text: &str, words: &Words, surnames: &HashMap<&str, f32>, found: &mut [Found]) {
    const ARTICLES: [u32; 3] = hash_texts(["a", "an", "the"]);
    for name in found.iter_mut().filter(|name| name.end - name.start == 2) {
        let (first, last) = (&words.words[name.start], &words.words[name.start + 1]);
        if first.starts && ARTICLES.contains(&first.low) && surnames.contains_key(last.span.of(text)) {
            name.start += 1;
        }
    }
}

/// The longest repeat that begins at `at`: pushes it and gives its end.
fn adopt_at(
    text: &str,
    words: &[Word],
    at: usize,
    taken: &[bool],
    votes: &HashMap<&str, [f32; 4]>,
    surnames: &HashMap<&str, f32>,
    bodies: &HashMap<&str, f32>,
    added: &mut Vec<Found>,
) -> usize {
    let longest = (at + 6).min(words.len());
    for end in (at + 1..=longest).rev() {
        if taken[at..end].contains(&true) {
            continue;
        }
        // Part of a longer capitalised run is another name.
        let joined = words.get(end).is_some_and(|w| w.is_capital() && !taken[end])
            || at > 0 && words[at - 1].is_capital() && !words[at - 1].starts && !taken[at - 1];
        let span = Span::new(words[at].span.start, words[end - 1].span.end);
        let written = span.of(text);
        let Some(kinds) = votes.get(written) else {
            if end == at + 1 && !joined && surnames.contains_key(written) {
                added.push(Found { start: at, end, kind: ActorType::Person, confidence: 0.6 });
                return end;
            }
            // "Coral fell", "Coral's chief", after Coral Systems.
            let plain = words[at].known & !(FIRST | SURNAME | ORGANISATION) == 0;
            let acts = words.get(end).is_some_and(|next| {
                ACTS.contains(&next.low) || {
                    let next = next.span.of(text);
                    next.ends_with("ed") && next.starts_with(char::is_lowercase)
                }
            });
            if end == at + 1 && !joined && plain && acts && bodies.contains_key(written) {
                added.push(Found { start: at, end, kind: ActorType::Organisation, confidence: 0.6 });
                return end;
            }
            // A rare misspelling of one's surname, even where it begins a sentence.
            let word = &words[at];
            let rare = end == at + 1 && !joined && word.case == Case::Capital && word.known == 0;
            if rare
                && surnames.len() <= 200
                && surnames.keys().any(|s| near_spelling(&fold(written), &fold(s)))
            {
                added.push(Found { start: at, end, kind: ActorType::Person, confidence: 0.5 });
                return end;
            }
            continue;
        };
        let (best, sum) =
            kinds.iter().enumerate().fold((0, 0.0), |b, (k, &v)| if v > b.1 { (k, v) } else { b });
        if !joined && sum > 0.7 {
            added.push(Found { start: at, end, kind: KINDS[best], confidence: 0.6 });
            return end;
        }
    }
    at + 1
}
