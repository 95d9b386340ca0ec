//! Whose word a spokesperson gives, or who they are: "a spokeswoman for the union", "a spokesperson said".

use super::grammar::{determiner, spokesperson};
use super::phrases::{Phrase, What};
use super::scene::Scene;
use super::unnamed::{body, sure};
use crate::actors::{ActorType, Form};

/// How many mentions are asked whether they are all of one body.
const LOOKED: usize = 1000;

/// How many tokens on a spokesperson's name is looked for.
const LATER: usize = 120;

impl Scene<'_> {
    /// Whose spokesperson a phrase means, or who that is.
    pub(super) fn spokesperson(&self, p: Phrase, head: &str, first: &str) -> Option<(u32, f32)> {
        if !(spokesperson(head) || head == "doctors" || head == "workers") {
            return None;
        }
        let speaks = head.starts_with("spokes");
        if speaks && let Some(person) = self.named_next(p).or_else(|| self.named_later(p, head)) {
            return Some((person, sure::NEXT));
        }
        if let Some(body) = self.body_of(p) {
            return Some((body, sure::BESIDE));
        }
        if !speaks {
            return None;
        }
        if matches!(first, "the" | "that")
            && let Some(person) = self.titled(p)
        {
            return Some((person, sure::TITLED));
        }
        let before = if p.last > p.first { self.words.lower(p.last - 1) } else { "" };
        if before.is_empty() || determiner(before) && !matches!(before, "its" | "their") {
            return self.bare_body(p);
        }
        // "A club spokesman", "its spokeswoman": of the body named last.
        self.last_body(p, before).map(|body| (body, sure::LAST))
    }

    /// The body that "a spokesperson" speaks for where nothing beside it says: what is told of in the
    /// sentence before, the one body named there, or the only one of the article.
    fn bare_body(&self, p: Phrase) -> Option<(u32, f32)> {
        let here = self.words.tokens[p.first];
        let organisation = |a: u32| self.kind_of(a) == ActorType::Organisation;
        let before = here.sentence.checked_sub(1).and_then(|s| self.sentences.get(s as usize)).copied();
        if let Some((from, to)) = before.filter(|b| self.words.tokens[b.0].block + 1 >= here.block) {
            let from = from.max(to.saturating_sub(super::evidence::WINDOW));
            let v = self.view(from, to, super::words::NONE);
            let subject = self.clause_subject(&v, v.len()).and_then(|s| match s.what {
                What::Name(actor) => Some(actor),
                What::Nominal if body(self.words.lower(s.last)) => {
                    self.last_body(s, self.words.lower(s.last))
                }
                _ => None,
            });
            if let Some(actor) = subject.filter(|&a| organisation(a)) {
                return Some((actor, sure::SUBJECT));
            }
            let one = self.only(self.names.partition_point(|n| n.first < from), p.first, organisation);
            if one.is_some() {
                return one.map(|a| (a, sure::ONLY));
            }
        }
        self.only(0, usize::MAX, organisation).map(|a| (a, sure::ONLY))
    }

    /// The one actor that fits among the mentions from the `from`th on, before token `to`.
    fn only(&self, from: usize, to: usize, fits: impl Fn(u32) -> bool) -> Option<u32> {
        let mut all = self.names[from..]
            .iter()
            .take(LOOKED)
            .take_while(|n| n.first < to)
            .filter(|n| fits(n.actor) && !self.byline(n))
            .map(|n| n.actor);
        let one = all.next()?;
        all.all(|a| a == one).then_some(one)
    }

    /// The person whom the next sentence names for the first time as the one who speaks.
    fn named_next(&self, p: Phrase) -> Option<u32> {
        let here = self.words.tokens[p.last];
        (1..=2).find_map(|n| {
            let &(from, to) = self.sentences.get(here.sentence as usize + n)?;
            (self.words.tokens[from].block <= here.block + 1)
                .then(|| self.named_first(from, to))
                .flatten()
                .filter(|_| n == 1 || self.words.tokens[from].block == here.block)
        })
    }

    /// The person whom the text soon after names as "the spokesman, Ola Vik".
    fn named_later(&self, p: Phrase, head: &str) -> Option<u32> {
        if !matches!(self.words.lower(p.first), "a" | "an") {
            return None;
        }
        (p.last + 2..(p.last + LATER).min(self.words.tokens.len())).find_map(|t| {
            let the = self.words.lower(t) == head && self.words.lower(t - 1) == "the";
            if !the {
                return None;
            }
            let titled = self.name(t).filter(|n| n.form == Form::Title).map(|n| n.actor);
            titled
                .or_else(|| self.beside(self.phrase_at(t)?))
                .filter(|&a| self.kind_of(a) == ActorType::Person)
        })
    }

    /// The person whom the sentence of tokens `from..to` names for the first time, at its head or as the
    /// one who speaks.
    fn named_first(&self, from: usize, to: usize) -> Option<u32> {
        let v = self.view(from, to.min(from + super::evidence::WINDOW), super::words::NONE);
        let at = self.names.partition_point(|n| n.first < from);
        let (i, n) = self.names[at..]
            .iter()
            .enumerate()
            .take(4)
            .find(|(_, n)| self.kind_of(n.actor) == ActorType::Person && n.form == Form::Name)?;
        let new = n.last < to
            && self.words.tokens[n.first].quote == super::words::NONE
            && !self.names[..at + i]
                .iter()
                .rev()
                .take(400)
                .any(|x| x.actor == n.actor && x.form == Form::Name);
        let after = v.partition_point(|&t| t <= n.last);
        let speaks = (after..(after + 3).min(v.len()))
            .any(|k| self.cue_at(&v, k).is_some_and(super::cues::Cue::past_or_present))
            || matches!(self.low(&v, after), "would" | "did" | "declined");
        // "Ola Vik hung up", "Her name is Ola Vik", "He was Ola Vik"; but "Ola Vik, a lawyer," is another.
        let lead = v.iter().take_while(|&&t| t < n.first).count();
        let aside = self.words.lower(n.last + 1) == ",";
        let other = aside
            && determiner(self.words.lower(n.last + 2))
            && !(n.last + 3..n.last + 7).any(|t| self.words.lower(t).starts_with("spokes"));
        let head = match lead {
            0 => !(other || aside && speaks),
            2..=4 => {
                matches!(self.low(&v, 0), "he" | "she" | "her" | "his" | "that" | "it")
                    && matches!(self.low(&v, lead - 1), "was" | "is")
            }
            _ => false,
        };
        (new && !other && (speaks || head)).then_some(n.actor)
    }

    /// The body that a spokesperson speaks for: named inside the phrase or right after it.
    fn body_of(&self, p: Phrase) -> Option<u32> {
        let inside = (p.first..p.last).filter_map(|t| self.name(t)).find(|n| {
            matches!(self.kind_of(n.actor), ActorType::Organisation | ActorType::Place)
                || n.form == Form::Description
        });
        if let Some(n) = inside {
            return Some(n.actor);
        }
        if !matches!(self.words.lower(p.last + 1), "for" | "of" | "at" | "from" | "with" | "in") {
            return None;
        }
        let block = self.words.tokens[p.last].block;
        (p.last + 2..p.last + 9)
            .take_while(|&t| self.words.tokens.get(t).is_some_and(|x| x.block == block))
            .take_while(|&t| !matches!(self.words.lower(t), "," | "." | ":" | "said" | "says" | "told"))
            .filter_map(|t| self.name(t))
            .find(|n| {
                matches!(self.kind_of(n.actor), ActorType::Organisation | ActorType::Place)
                    || n.form == Form::Description
            })
            .map(|n| n.actor)
    }
}
