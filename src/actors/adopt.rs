//! Repeats of a found name take its label, and names that go together one kind.

use super::ActorType;
use super::gazetteer::{CITY, COUNTRY, DEMONYM, FIRST, ORGANISATION, REGION, SURNAME, TITLE};
use super::names::{Found, KINDS, PLACES};
use super::same::near_spelling;
use super::tokens::{Case, Style, Word, Words};
use crate::model::hash_texts;
use crate::order::Order;
use crate::text::Span;
use crate::text::fold::fold;
use std::collections::HashMap;

/// The article.
const THE: u32 = hash_texts(["the"])[0];

/// Words after a body that does something or has something.
const ACTS: [u32; 18] = hash_texts([
    "'s", "’s", "said", "says", "has", "had", "is", "was", "will", "would", "did", "does", "rose", "fell",
    "told", "plans", "makes", "made",
]);

/// Words before a place.
const BEFORE_PLACE: [u32; 10] =
    hash_texts(["in", "at", "from", "near", "to", "of", "the", "across", "outside", "around"]);

/// A kind is changed below this confidence only.
const SURE: f32 = 0.9;

/// A body is a person of that surname below this confidence.
const SURER: f32 = 0.98;

/// Capitalised repeats of a found name take its label, and so do repeats of a person's surname.
pub(super) fn adopt(text: &str, words: &Words, found: &mut Vec<Found>) {
    let told = Told::new(text, words, found);
    for name in found.iter_mut() {
        name.kind = told.kind(text, words, name);
    }
    articles_off(text, words, &told.surnames, found);
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
            let end = told.adopt_at(text, &words.words[..block.end], at, &taken, &mut added);
            at = end.max(at + 1);
        }
    }
    found.extend(added);
    found.order_by_key(|name| name.start);
}

/// "Rep. Ola Vik", "Texas Sen. Ola Vik": the title is no part of the person's name, nor of the state's.
pub(super) fn titles_off(text: &str, words: &Words, found: &mut [Found]) {
    for name in found.iter_mut().filter(|n| n.kind == ActorType::Person && n.end - n.start > 2) {
        let title = &words.words[name.start];
        if title.known & TITLE != 0 && text[title.span.end..].starts_with(". ") {
            let stop = words.words[name.start + 1].span.of(text) == ".";
            name.start += 1 + usize::from(stop);
        }
    }
    for at in 1..found.len() {
        let next = found[at];
        let name = &mut found[at - 1];
        let title = &words.words[name.end - 1];
        let beside = next.kind == ActorType::Person
            && next.start <= name.end + 1
            && text[title.span.end..].starts_with(". ");
        if !beside || name.end - name.start < 2 || title.known & TITLE == 0 {
            continue;
        }
        name.end -= 1;
        let first = &words.words[name.start];
        if name.end - name.start == 1 {
            name.kind = match first.known {
                kinds if kinds & DEMONYM != 0 => ActorType::Other,
                kinds if kinds & (COUNTRY | REGION | CITY) != 0 => ActorType::Place,
                _ => name.kind,
            };
        }
    }
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

/// What the names found tell of others.
#[derive(Debug, Default)]
struct Told<'t> {
    /// How sure each name is of each kind, all its places together.
    votes: HashMap<&'t str, [f32; 4]>,
    /// The last words of persons' names of several.
    surnames: HashMap<&'t str, f32>,
    /// The first words of bodies' names of several.
    bodies: HashMap<&'t str, f32>,
}

impl<'t> Told<'t> {
    fn new(text: &'t str, words: &Words, found: &[Found]) -> Self {
        let mut told = Self::default();
        for name in found {
            if name.kind == ActorType::Organisation && name.end - name.start > 1 && name.confidence > 0.6 {
                let first = &words.words[name.start];
                if first.case == Case::Capital && first.low != THE {
                    *told.bodies.entry(first.span.of(text)).or_default() += name.confidence;
                }
            }
            let written = name.mention(words).span.of(text);
            told.votes.entry(written).or_default()[name.kind as usize] += name.confidence;
            if name.kind == ActorType::Person && name.end - name.start > 1 && name.confidence > 0.6 {
                let last = words.words[name.end - 1].span.of(text);
                *told.surnames.entry(last).or_default() += name.confidence;
            }
        }
        told
    }

    /// What a name is by all that is told: one name has one kind, unless the scorer is sure.
    fn kind(&self, text: &str, words: &Words, name: &Found) -> ActorType {
        let Self { votes, surnames, bodies } = self;
        let written = name.mention(words).span.of(text);
        let kinds = votes.get(written).copied().unwrap_or_default();
        let [person, organisation, ..] = kinds;
        let (best, sum) =
            kinds.iter().enumerate().fold((0, 0.0), |b, (k, &v)| if v > b.1 { (k, v) } else { b });
        let surname = surnames.get(written).copied();
        let unsure = name.confidence < SURE;
        let mut kind = name.kind;
        // A person and a firm may share a name only where the person has another as well.
        let person_too = best == 0 || kind == ActorType::Person;
        let more = if person_too && surname.is_none() { 1.0 } else { 2.0 };
        if unsure && sum > more * kinds[kind as usize] {
            kind = KINDS[best];
        }
        let parts = &words.words[name.start..name.end];
        let first = &parts[0];
        // "Beacon's partner", after Beacon Assurance.
        let firm = surname.is_none() && bodies.get(written).is_some_and(|&body| body > person);
        if unsure && firm && first.known & !ORGANISATION == 0 && kind == ActorType::Person {
            kind = ActorType::Organisation;
        }
        // "Declan Foy", taken for a club, and then "said Foy".
        if unsure && kind == ActorType::Organisation && parts.len() == 2 && first.known & FIRST != 0 {
            let last = votes.get(parts[1].span.of(text));
            if last.is_some_and(|last| last[0] > name.confidence && last[1] == 0.0) {
                kind = ActorType::Person;
            }
        }
        let Some(surname) = surname else { return kind };
        // "Brest was one of the two", after Anton Brest; but "in Brest" is the town.
        let before = name.start.checked_sub(1).map_or(0, |t| words.words[t].low);
        let town = first.known & PLACES != 0 && BEFORE_PLACE.contains(&before);
        let his = match kind {
            ActorType::Place => unsure && !town,
            ActorType::Organisation => {
                name.confidence < SURER
                    && first.case == Case::Capital
                    && surname > organisation
                    && !bodies.contains_key(written)
            }
            _ => false,
        };
        if his { ActorType::Person } else { kind }
    }

    /// The longest repeat that begins at `at`: pushes it and gives its end.
    fn adopt_at(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
        taken: &[bool],
        added: &mut Vec<Found>,
    ) -> usize {
        let Self { votes, surnames, bodies } = self;
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
                if end == at + 1 && !joined && !words[at].starts && surnames.contains_key(written) {
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
}
