//! Whom a phrase without a name stands for: "a spokeswoman for the union", "the minister", "my mother".

use super::grammar::determiner;
use super::phrases::{Phrase, What};
use super::scene::{Name, Scene};
use super::words::Kind;
use crate::actors::{Actor, ActorType, Form, is_demonym};

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

/// How likely each way from a phrase to an actor is right, as measured on articles that taught nothing.
pub(super) mod sure {
    /// What stands right beside the phrase or in it names the actor.
    pub(in crate::quotes) const BESIDE: f32 = 0.97;
    /// The sentence after names the spokesperson.
    pub(in crate::quotes) const NEXT: f32 = 0.9;
    /// The subject of the sentence before is the spokesperson's body.
    pub(in crate::quotes) const SUBJECT: f32 = 0.9;
    /// The only body around.
    pub(in crate::quotes) const ONLY: f32 = 0.8;
    /// The body named last.
    pub(in crate::quotes) const LAST: f32 = 0.75;
    /// Somebody has the noun in their title.
    pub(in crate::quotes) const TITLED: f32 = 0.85;
}

impl Scene<'_> {
    /// Who is behind a phrase that is no pronoun, with how likely that is.
    pub(super) fn named(&self, p: Phrase) -> (Who, f32) {
        match p.what {
            What::Name(actor) => {
                let described = self.name(p.last).is_some_and(|n| n.form == Form::Description);
                return (Who::Actor(actor), if described { sure::NEXT } else { 1.0 });
            }
            What::Run => return (Who::Unnamed(p.last), 1.0),
            What::Pronoun => return (Who::Unknown, 1.0),
            What::Nominal => {}
        }
        let head = self.words.lower(p.last);
        let first = self.words.lower(p.first);
        // "her", "that": no description of anybody.
        if p.first == p.last && determiner(head) {
            return (Who::Unknown, 1.0);
        }
        if let Some(actor) = self.beside(p) {
            return (Who::Actor(actor), sure::BESIDE);
        }
        if let Some(Ok(actor)) = self.owned(p) {
            return (Who::Actor(actor), sure::BESIDE);
        }
        if let Some((actor, sure)) = self.spokesperson(p, head, first) {
            return (Who::Actor(actor), sure);
        }
        // A headline leaves the article out: "premier says". The lead leaves out the name: "a judge ruled".
        let block = self.words.tokens[p.first].block;
        if (block == 0 && p.first == p.last || (1..=2).contains(&block) && matches!(first, "a" | "an"))
            && let Some(actor) = self.titled_later(head)
        {
            return (Who::Actor(actor), sure::TITLED);
        }
        let definite = matches!(first, "the" | "this" | "that" | "its" | "his" | "her" | "their");
        if definite {
            if let Some(actor) = self.titled(p) {
                return (Who::Actor(actor), sure::TITLED);
            }
            if BODIES.contains(&head)
                && let Some(actor) = self.last_body(p, head)
            {
                return (Who::Actor(actor), sure::ONLY);
            }
        }
        let plural = head.ends_with('s')
            && !head.ends_with("ss")
            && !matches!(first, "my" | "his" | "her" | "the" | "our" | "their");
        let nobody = NOBODY.contains(&head)
            || head == "close" && p.last > p.first && NOBODY.contains(&self.words.lower(p.last - 1))
            || first == "one"
            || self.unwilling(p);
        let who = if nobody || plural || (!determiner(first) && head == first) {
            Who::Unknown
        } else {
            Who::Unnamed(p.last)
        };
        (who, 1.0)
    }

    /// Whether somebody is said to have spoken without giving a name: "a manager, who asked not to be named".
    fn unwilling(&self, p: Phrase) -> bool {
        let s = self.words.tokens[p.last].sentence;
        (p.last + 1..p.last + 20)
            .take_while(|&t| self.words.tokens.get(t).is_some_and(|x| x.sentence == s))
            .any(|t| {
                matches!(self.words.lower(t), "anonymity" | "anonymously")
                    || self.words.lower(t) == "named" && self.words.lower(t - 1) == "be"
            })
    }

    /// Whether a phrase may be another word for a person named before: "the 54-year-old", "the senator".
    pub(super) fn definite(&self, p: Phrase) -> bool {
        let head = self.words.lower(p.last);
        let plural = head.ends_with('s') && !head.ends_with("ss");
        // "the victim's son" is somebody else than whom the text has named so far.
        let owned = (p.first..p.last).any(|t| self.words.tokens[t].kind == Kind::Possessive);
        p.what == What::Nominal
            && p.first < p.last
            && !owned
            // "the Queen" is a person of her own, "the Minister" whoever has that title.
            && !self.words.tokens[p.last].capital
            && matches!(self.words.lower(p.first), "the" | "this")
            && !plural
            && !head.starts_with("spokes")
            && !BODIES.contains(&head)
            && !NOBODY.contains(&head)
    }

    /// Whether a phrase is a people's name for one of its own: "the Slovak".
    pub(super) fn of_a_people(&self, p: Phrase) -> bool {
        let word = self.words.lower(p.last);
        matches!(p.what, What::Name(a) if self.kind_of(a) == ActorType::Other)
            && p.first == p.last
            && is_demonym(word)
            && p.first.checked_sub(1).is_some_and(|t| self.words.lower(t) == "the")
    }

    /// The person before the phrase whose title holds its head: "the minister" for Minister Rita Moura.
    pub(super) fn titled(&self, p: Phrase) -> Option<u32> {
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
    pub(super) fn last_body(&self, p: Phrase, head: &str) -> Option<u32> {
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
