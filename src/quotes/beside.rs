//! Who a description is by what stands right beside it: "its director, Rita Moura", "a gang known as the
//! Foxes", "her letter".

use super::grammar::{auxiliary, determiner, preposition};
use super::phrases::{Phrase, What};
use super::scene::{Name, Scene};
use super::unnamed::body;
use super::words::{Kind, NONE};
use crate::actors::ActorType;
use crate::text::Span;

/// What somebody says or writes with: "her letter" says what she says.
const MEDIA: &[&str] = &[
    "report",
    "letter",
    "statement",
    "post",
    "message",
    "book",
    "reply",
    "answer",
    "response",
    "view",
    "verdict",
    "words",
    "tweet",
    "email",
    "note",
    "article",
    "column",
    "speech",
    "testimony",
    "memoir",
    "diary",
    "voice",
    "question",
    "memo",
    "caption",
    "text",
    "essay",
    "judgment",
    "ruling",
    "will",
];

/// How many words may stand between a description and the mark after what belongs to it.
const TAIL: usize = 10;

impl Scene<'_> {
    fn word_at(&self, i: usize, block: u32) -> &str {
        if self.words.tokens.get(i).is_some_and(|t| t.block == block) { self.words.lower(i) } else { "" }
    }

    /// The first token after the description and what belongs to it: past "of the agency", up to a mark,
    /// a verb or a name that is not part of it.
    fn past_tail(&self, last: usize, block: u32) -> usize {
        let mut i = last + 1;
        if !preposition(self.word_at(i, block)) {
            return i;
        }
        for _ in 0..TAIL {
            let word = self.word_at(i, block);
            let verb = auxiliary(word) && self.words.tokens[i].kind != Kind::Possessive
                || self.words.cue(i).is_some_and(|c| c.past_or_present() && !self.words.tokens[i].capital);
            let ends = word.is_empty() || self.words.tokens[i].kind == Kind::Punct || verb;
            if ends || matches!(word, "who" | "which" | "that" | "and" | "but") {
                break;
            }
            if self.bare_name(i).is_some_and(|n| n.first == i && self.kind_of(n.actor) == ActorType::Person)
                && !preposition(self.word_at(i - 1, block))
            {
                break;
            }
            i += 1;
        }
        i
    }

    fn person(&self, n: &Name) -> bool {
        self.kind_of(n.actor) == ActorType::Person
    }

    /// The actor whom the name right beside the description `p` names.
    pub(super) fn beside(&self, p: Phrase) -> Option<u32> {
        let head = self.words.lower(p.last);
        let token = self.words.tokens[p.last];
        let plural = head.ends_with('s') && !head.ends_with("ss") && head != "police";
        if p.what != What::Nominal || plural || token.quote != NONE && p.first == p.last {
            return None;
        }
        self.named_after(p, token.block).or_else(|| self.named_before(p, token.block, head))
    }

    /// "a gang known as the Foxes", "the coach, the Czech Ola Vik,", "the head of the authority Ola Vik".
    fn named_after(&self, p: Phrase, block: u32) -> Option<u32> {
        let mut i = p.last + 1;
        if matches!(self.word_at(i, block), "known" | "called" | "named" | "nicknamed" | "dubbed") {
            i += 1;
            while matches!(self.word_at(i, block), "as" | "the" | "only" | "simply") {
                i += 1;
            }
            return self.bare_name(i).map(|n| n.actor);
        }
        i = self.past_tail(p.last, block);
        let tail = i > p.last + 1;
        let comma = self.word_at(i, block) == ",";
        if comma {
            i += 1;
        } else if !tail {
            return None;
        }
        for _ in 0..3 {
            if self.bare_name(i).is_some_and(|n| self.person(&n)) {
                break;
            }
            let t = self.words.tokens.get(i).filter(|t| t.block == block && t.kind == Kind::Word)?;
            if !(comma
                && (t.capital
                    || determiner(self.words.lower(i))
                    || matches!(self.words.lower(i), "former" | "late")))
            {
                return None;
            }
            i += 1;
        }
        let n = self.bare_name(i).filter(|n| n.first == i && self.person(n))?;
        let after = self.word_at(n.last + 1, block);
        let closed = after.is_empty()
            || self.words.tokens[n.last + 1].kind == Kind::Mark
            || matches!(
                after,
                "," | "."
                    | ":"
                    | ";"
                    | "—"
                    | "–"
                    | "("
                    | ")"
                    | "?"
                    | "!"
                    | "of"
                    | "from"
                    | "who"
                    | "in"
                    | "at"
                    | "for"
            );
        (closed || !comma).then_some(n.actor)
    }

    /// "Rita Moura, the minister:", "Oslo Cables (OC), a maker of wire,".
    fn named_before(&self, p: Phrase, block: u32, head: &str) -> Option<u32> {
        let i = self.past_tail(p.last, block);
        let word = self.word_at(i, block);
        let aside = matches!(word, "," | ":" | ";" | "." | "(" | ")" | "—" | "–" | "who" | "which" | "")
            && !(word.is_empty() && i == p.last + 1);
        let mut at = p.first.checked_sub(1)?;
        if !aside || self.word_at(at, block) != "," {
            return None;
        }
        at = at.checked_sub(1)?;
        if self.word_at(at, block) == ")" {
            at = (at.saturating_sub(8)..at).rev().find(|&k| self.word_at(k, block) == "(")?.checked_sub(1)?;
        }
        let n = self.bare_name(at)?;
        let fits = match self.kind_of(n.actor) {
            ActorType::Person => !body(head),
            ActorType::Organisation => body(head),
            _ => false,
        };
        // A name in a row of names is not what the next description describes: "told Vik, a clerk, that".
        fits.then_some(n.actor)
    }

    /// Whose words are in the letter, report or answer that a phrase names: a name's actor, or the token
    /// of the pronoun that owns it.
    pub(super) fn owned(&self, p: Phrase) -> Option<Result<u32, usize>> {
        if p.what != What::Nominal || !MEDIA.contains(&self.words.lower(p.last)) {
            return None;
        }
        if matches!(self.words.lower(p.first), "his" | "her" | "their" | "its") {
            return Some(Err(p.first));
        }
        let owner = (p.first + 1..p.last).rev().find(|&t| self.words.tokens[t].kind == Kind::Possessive)?;
        self.bare_name(owner - 1).map(|n| Ok(n.actor))
    }

    /// The description with what tells whose it is: "the head of the school", "a spokesman for the union".
    pub(super) fn whole(&self, p: Phrase) -> Span {
        let tokens = &self.words.tokens;
        let span = Span::new(tokens[p.first].span.start, tokens[p.last].span.end);
        let block = tokens[p.last].block;
        let from = p.last + 2;
        if p.what != What::Nominal || !matches!(self.word_at(p.last + 1, block), "of" | "for") {
            return span;
        }
        let end = self.past_tail(p.last, block);
        let fits = end > from
            && (determiner(self.words.lower(from)) || tokens[from].capital)
            && !(from..end).any(|t| preposition(self.words.lower(t)) && self.words.lower(t) != "of");
        if fits { Span::new(span.start, tokens[end - 1].span.end) } else { span }
    }

    /// Whether a name stands in a line that only says who wrote: "By Rita Moura".
    pub(super) fn byline(&self, n: &Name) -> bool {
        let block = self.words.tokens[n.first].block;
        self.blocks
            .get(block as usize)
            .is_some_and(|&(from, to)| to - from <= 10 && self.words.lower(from) == "by")
    }
}
