//! What a candidate looks like to the learned ranker.

use super::candidates::Candidate;
use super::evidence::{Frame, Rule};
use super::grammar::{determiner, preposition, speaker_noun};
use super::marks::End;
use super::phrases::What;
use super::scene::Scene;
use super::words::Kind;
use crate::actors::ActorType;
use crate::model::{Feature, Features, hash_text};

/// How a quotation stands, as numbers that its candidates' features share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Bits: what surrounds the quotation.
    bits: u32,
    /// Bits that matter most.
    core: u32,
}

/// A count in steps.
pub(super) const fn step(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

impl Scene<'_> {
    /// How quotation `q` stands.
    pub(super) fn setting(&self, q: usize, frame: &Frame, candidates: &[Candidate]) -> Setting {
        let m = self.marked[q];
        let has = |rules: &[Rule]| candidates.iter().any(|c| c.rules.iter().any(|r| rules.contains(&r.0)));
        let clause = self.ends_clause(q);
        let lone = frame.view.len() <= 2;
        let first = frame.at == 0;
        let words = m.inner.of(self.words.text).split_whitespace().take(6).count();
        let right = has(&[Rule::Inverted, Rule::SubjectRight]);
        let left = has(&[
            Rule::SubjectLeft,
            Rule::Participle,
            Rule::According,
            Rule::Colon,
            Rule::ColonBefore,
            Rule::Owner,
        ]);
        let core = u32::from(clause)
            | u32::from(lone) << 1
            | u32::from(right) << 2
            | u32::from(left) << 3
            | u32::from(m.depth > 0) << 4;
        let bits = core
            | u32::from(first) << 5
            | u32::from(words < 5) << 6
            | u32::from(m.continues) << 7
            | u32::from(has(&[Rule::Continues])) << 8
            | u32::from(m.end != End::Closed) << 9;
        Setting { bits, core }
    }

    /// Writes the features of one candidate. `same_as_last`: it is who spoke the quotation before;
    /// `rank`: its place among the candidates; `persons`: how many other actors are candidates.
    pub(super) fn describe(
        &self,
        c: &Candidate,
        s: Setting,
        same_as_last: bool,
        person: bool,
        f: &mut Features,
    ) {
        let what = self.what_code(c);
        let place = c.place as u32;
        let distance = step(c.distance);
        let none = [(Rule::Subject, 7u8, None)];
        let rules: &[(Rule, u8, Option<usize>)] = if c.rules.is_empty() { &none } else { &c.rules };
        let mut best = 99;
        for (n, &(rule, rank, cue)) in rules.iter().enumerate() {
            let bare = c.rules.is_empty();
            let r = if bare { 90 } else { rule as u32 };
            if n == 0 {
                best = r;
            }
            f.push(Feature::new(1).number(r).number(u32::from(rank)));
            f.push(Feature::new(2).number(r).number(s.bits));
            f.push(Feature::new(3).number(r).number(s.core).number(u32::from(rank)));
            f.push(Feature::new(4).number(r).number(what));
            f.push(Feature::new(5).number(r).number(what).number(s.core));
            f.push(Feature::new(6).number(r).number(distance).number(place));
            f.push(Feature::new(20).number(r));
            if let Some(cue) = cue {
                let Some(verb) = self.words.cue(cue) else { continue };
                let class = hash_text(match verb.class {
                    super::cues::Class::Say => "s",
                    super::cues::Class::Tell => "t",
                    super::cues::Class::Call => "c",
                    super::cues::Class::Weak => "w",
                    super::cues::Class::Particle(_) => "p",
                });
                f.push(Feature::new(7).number(r).number(class).number(verb.inflection as u32));
                f.push(Feature::new(8).number(r).number(u32::from(verb.lemma)));
                f.push(Feature::new(9).number(r).number(class).number(s.core).number(u32::from(rank)));
                f.push(Feature::new(10).number(r).number(class).number(step(c.phrase.first.abs_diff(cue))));
            }
        }
        f.push(Feature::new(11).number(what).number(place));
        f.push(Feature::new(12).number(what).number(s.core));
        f.push(Feature::new(13).number(place).number(distance));
        f.push(Feature::new(14).number(u32::from(same_as_last)).number(s.bits));
        f.push(Feature::new(15).number(u32::from(same_as_last)).number(best).number(s.core));
        f.push(Feature::new(16).number(rules.len() as u32).number(best));
        f.push(Feature::new(21).number(u32::from(person)).number(best));
        let (new, often) = self.standing(c);
        f.push(Feature::new(22).number(new).number(best).number(what));
        f.push(Feature::new(23).number(often).number(best));
        // What stands right before and after it.
        let block = self.words.tokens[c.phrase.first].block;
        let near = |i: Option<usize>| {
            i.and_then(|i| self.words.tokens.get(i).map(|t| (i, t))).filter(|(_, t)| t.block == block)
        };
        let after = near(Some(c.phrase.last + 1)).map_or(0, |(i, t)| self.neighbour(i, t.kind));
        let before = near(c.phrase.first.checked_sub(1)).map_or(0, |(i, t)| self.neighbour(i, t.kind));
        f.push(Feature::new(17).number(after).number(u32::from(c.rules.is_empty())));
        f.push(Feature::new(18).number(before).number(u32::from(c.rules.is_empty())));
        f.push(Feature::new(19).number(before).number(after).number(best));
        f.end_item();
    }

    /// The features of "nobody that is named here".
    pub(super) fn describe_none(s: Setting, f: &mut Features) {
        f.push(Feature::new(30));
        f.push(Feature::new(31).number(s.bits));
        f.push(Feature::new(32).number(s.core));
        f.end_item();
    }

    /// Whether the candidate's name stands here for the first time, and how often it is named, in steps.
    fn standing(&self, c: &Candidate) -> (u32, u32) {
        let What::Name(actor) = c.phrase.what else { return (0, 0) };
        let at = self.words.tokens[c.phrase.first].span.start;
        let Some(a) = self.actors.get(actor as usize) else { return (0, 0) };
        let body = self.blocks.get(1).and_then(|b| self.words.tokens.get(b.0)).map_or(0, |t| t.span.start);
        let first = a.mentions.iter().map(|m| m.span.start).find(|&s| s >= body || s >= at);
        (1 + u32::from(first.is_some_and(|f| f >= at)), 1 + step(a.mentions.len()))
    }

    fn what_code(&self, c: &Candidate) -> u32 {
        match c.phrase.what {
            What::Name(a) => match self.kind_of(a) {
                ActorType::Person => 1,
                ActorType::Organisation => 2,
                ActorType::Place => 3,
                ActorType::Other => 4,
            },
            What::Run => 5,
            What::Pronoun => match self.words.lower(c.phrase.first) {
                "he" | "she" | "him" | "her" => 6,
                "they" | "them" => 7,
                "i" | "we" => 8,
                "who" => 10,
                _ => 9,
            },
            What::Nominal => {
                let head = self.words.lower(c.phrase.last);
                let det = self.words.lower(c.phrase.first);
                11 + u32::from(speaker_noun(head)) * 4
                    + if matches!(det, "the" | "his" | "her" | "my" | "its" | "their") {
                        1
                    } else if determiner(det) {
                        2
                    } else {
                        0
                    }
            }
        }
    }

    fn neighbour(&self, i: usize, kind: Kind) -> u32 {
        let word = self.words.lower(i);
        match kind {
            Kind::Possessive => 1,
            Kind::Mark => 2,
            Kind::Number => 3,
            Kind::Punct => 10 + hash_text(word) % 64,
            Kind::Word => {
                if self.words.cue(i).is_some() {
                    4
                } else if preposition(word)
                    || super::grammar::conjunction(word)
                    || super::grammar::auxiliary(word)
                {
                    100 + hash_text(word) % 4096
                } else if self.words.tokens[i].capital {
                    5
                } else {
                    6
                }
            }
        }
    }
}
