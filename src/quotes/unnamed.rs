//! Whom a phrase without a name stands for: "a spokeswoman for the union", "the minister", "my mother".

use super::grammar::{determiner, spokesperson};
use super::phrases::{Phrase, What};
use super::scene::{Name, Scene};
use crate::actors::{Actor, ActorType, Form};

/// Who is behind a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// An actor of the article.
    Actor(u32),
    /// Somebody without a name, known by the phrase with this last token.
    Unnamed(usize),
    /// Nobody that can be told apart.
    Unknown,
}

/// Bodies whose plain noun stands for the one named last.
const BODIES: &[&str] = &[
    "company",
    "firm",
    "group",
    "agency",
    "organisation",
    "organization",
    "charity",
    "club",
    "team",
    "party",
    "bank",
    "council",
    "ministry",
    "commission",
    "committee",
    "union",
    "association",
    "alliance",
    "federation",
    "university",
    "hospital",
    "school",
    "newspaper",
    "paper",
    "broadcaster",
    "network",
    "airline",
    "operator",
    "developer",
    "manufacturer",
    "maker",
    "retailer",
    "regulator",
    "watchdog",
    "court",
    "tribunal",
    "police",
    "department",
    "office",
    "institute",
    "foundation",
    "museum",
    "campaign",
    "government",
    "board",
    "authority",
    "gang",
    "band",
];

/// Nouns for people whose word is given without anybody being meant.
const NOBODY: &[&str] = &[
    "source",
    "sources",
    "official",
    "officials",
    "insider",
    "insiders",
    "expert",
    "experts",
    "analyst",
    "analysts",
    "critics",
    "observers",
    "some",
    "many",
    "others",
    "one",
    "people",
    "residents",
    "locals",
    "witnesses",
    "fans",
    "supporters",
    "reports",
    "voters",
    "traders",
    "investors",
    "diplomats",
    "aides",
    "lawyers",
    "user",
    "users",
    "report",
    "study",
    "poll",
    "headline",
    "article",
    "editorial",
    "memo",
    "petition",
    "clip",
    "ad",
    "survey",
    "lawsuit",
    "complaint",
    "transcript",
    "sign",
    "document",
    "percent",
    "somebody",
    "someone",
    "everyone",
    "nobody",
    "strategist",
    "colleagues",
    "friends",
];

/// Whether `word` (lower case) is a noun for a body.
pub(super) fn body(word: &str) -> bool {
    BODIES.contains(&word)
}

impl Scene<'_> {
    /// Who is behind a phrase that is no pronoun.
    pub(super) fn who(&self, p: Phrase) -> Who {
        match p.what {
            What::Name(actor) => return Who::Actor(actor),
            What::Run => return Who::Unnamed(p.last),
            What::Pronoun => return Who::Unknown,
            What::Nominal => {}
        }
        let head = self.words.lower(p.last);
        let first = self.words.lower(p.first);
        // "her", "that": no description of anybody.
        if p.first == p.last && determiner(head) {
            return Who::Unknown;
        }
        if let Some(actor) = self.beside(p) {
            return Who::Actor(actor);
        }
        if let Some(Ok(actor)) = self.owned(p) {
            return Who::Actor(actor);
        }
        if spokesperson(head) || head == "doctors" || head == "workers" {
            if head.starts_with("spokes")
                && let Some(person) = self.named_next(p)
            {
                return Who::Actor(person);
            }
            if let Some(body) = self.body_of(p) {
                return Who::Actor(body);
            }
            // "A club spokesman", "its spokeswoman": of the body named last.
            if head.starts_with("spokes")
                && let Some(body) =
                    self.last_body(p, if p.last > p.first { self.words.lower(p.last - 1) } else { head })
            {
                return Who::Actor(body);
            }
        }
        // A headline leaves the article out: "premier says".
        if self.words.tokens[p.first].block == 0
            && p.first == p.last
            && let Some(actor) = self.titled_later(head)
        {
            return Who::Actor(actor);
        }
        let definite = matches!(first, "the" | "this" | "that" | "its" | "his" | "her" | "their");
        if definite {
            if let Some(actor) = self.titled(p) {
                return Who::Actor(actor);
            }
            if BODIES.contains(&head)
                && let Some(actor) = self.last_body(p, head)
            {
                return Who::Actor(actor);
            }
        }
        let plural = head.ends_with('s')
            && !head.ends_with("ss")
            && !matches!(first, "my" | "his" | "her" | "the" | "our" | "their");
        if NOBODY.contains(&head) || plural || (!determiner(first) && head == first) {
            return Who::Unknown;
        }
        Who::Unnamed(p.last)
    }

    /// Whether a phrase may be another word for a person named before: "the 54-year-old", "the senator".
    pub(super) fn definite(&self, p: Phrase) -> bool {
        let head = self.words.lower(p.last);
        let plural = head.ends_with('s') && !head.ends_with("ss");
        p.what == What::Nominal
            && p.first < p.last
            && matches!(self.words.lower(p.first), "the" | "this")
            && !plural
            && !head.starts_with("spokes")
            && !BODIES.contains(&head)
            && !NOBODY.contains(&head)
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
        // "Ola Vik hung up", "Her name is Ola Vik", "He was Ola Vik".
        let lead = v.iter().take_while(|&&t| t < n.first).count();
        let head = match lead {
            0 => self.words.lower(n.last + 1) != "," || !speaks,
            2..=4 => {
                matches!(self.low(&v, 0), "he" | "she" | "her" | "his" | "that" | "it")
                    && matches!(self.low(&v, lead - 1), "was" | "is")
            }
            _ => false,
        };
        (new && (speaks || head)).then_some(n.actor)
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

    /// The person before the phrase whose title holds its head: "the minister" for Minister Rita Moura.
    fn titled(&self, p: Phrase) -> Option<u32> {
        let head = self.words.lower(p.last);
        let end = self.names.partition_point(|n| n.first < p.first);
        let holds = |actor: u32| {
            self.actors.get(actor as usize).is_some_and(|a| {
                a.titles
                    .iter()
                    .any(|t| t.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == head))
            })
        };
        self.names[..end].iter().rev().take(80).map(|n| n.actor).find(|&a| holds(a))
    }

    /// The one person of the article whose title holds the word.
    fn titled_later(&self, head: &str) -> Option<u32> {
        let holds = |a: &&Actor| {
            a.kind == ActorType::Person
                && a.titles
                    .iter()
                    .any(|t| t.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == head))
        };
        let mut all = self.actors.iter().filter(holds);
        let one = all.next()?;
        all.next().is_none().then_some(one.id)
    }

    /// The body named last before the phrase, one with the noun in its name first.
    fn last_body(&self, p: Phrase, head: &str) -> Option<u32> {
        let end = self.names.partition_point(|n| n.first < p.first);
        let before = || {
            self.names[..end]
                .iter()
                .rev()
                .take(40)
                .filter(|n| self.kind_of(n.actor) == ActorType::Organisation && !self.byline(n))
        };
        let named = before().find(|n| {
            self.actors.get(n.actor as usize).is_some_and(|a| a.name.to_lowercase().contains(head))
        });
        let close = |n: &&Name| {
            self.words.tokens[p.first].sentence.abs_diff(self.words.tokens[n.first].sentence) <= 3
        };
        // One that only hangs on a preposition ("owned by X, on X") is not what is told of.
        let free = |n: &&Name| {
            n.first.checked_sub(1).is_none_or(|b| !super::grammar::preposition(self.words.lower(b)))
        };
        let near = before().filter(close).find(free).or_else(|| before().find(close));
        named.or(near).map(|n| n.actor)
    }
}
