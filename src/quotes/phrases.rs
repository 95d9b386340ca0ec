//! Noun phrases: who stands as the subject of a verb, before or after it.

use super::grammar::{
    OBJECT_PRONOUNS, SUBJECT_PRONOUNS, adverb, auxiliary, common_verb, conjunction, determiner, preposition,
    speaker_noun, time,
};
use super::scene::{Scene, View};
use super::words::Kind;
use crate::actors::{ActorType, Form};
use crate::text::Span;

/// What a noun phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum What {
    /// A mention of the actor with this id.
    Name(u32),
    /// Capitalised words that no actor covers.
    Run,
    Pronoun,
    /// "a spokeswoman", "the minister", "officials".
    Nominal,
}

/// A noun phrase that may name a speaker, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Phrase {
    pub(super) first: usize,
    /// The last token of the phrase's core, its head.
    pub(super) last: usize,
    pub(super) what: What,
    /// The "who" that stands for it before the verb.
    pub(super) who: Option<usize>,
}

/// A phrase longer than this is no phrase.
const LONGEST: usize = 9;

/// Whether a word describes the noun before it: "a source close to the minister", "officials familiar with".
fn stands_behind(word: &str) -> bool {
    matches!(word, "close" | "familiar" | "involved" | "briefed")
}

impl Scene<'_> {
    /// The phrase's bytes.
    pub(super) fn span(&self, p: Phrase) -> Span {
        let tokens = &self.words.tokens;
        if let Some(who) = p.who {
            return tokens[who].span;
        }
        Span::new(tokens[p.first].span.start, tokens[p.last].span.end)
    }

    fn word(&self, v: &View, i: usize) -> &str {
        v.get(i).map_or("", |&t| self.words.lower(t))
    }

    fn is_word(&self, v: &View, i: usize) -> bool {
        v.get(i).is_some_and(|&t| matches!(self.words.tokens[t].kind, Kind::Word | Kind::Number))
    }

    /// Whether item `i` can stand in a noun phrase.
    fn nounish(&self, v: &View, i: usize) -> bool {
        if !self.is_word(v, i) {
            return false;
        }
        let (token, word) = (v[i], self.word(v, i));
        if self.bare_name(token).is_some() {
            return true;
        }
        let verb = self
            .words
            .cue(token)
            .is_some_and(|c| c.past_or_present() && !self.words.tokens[token].capital && !speaker_noun(word));
        !(verb
            || auxiliary(word)
            || adverb(word)
            || preposition(word)
            || conjunction(word)
            || common_verb(word)
            || SUBJECT_PRONOUNS.contains(&word))
    }

    /// The noun phrase whose last word is item `i`.
    pub(super) fn phrase_ending(&self, v: &View, i: usize) -> Option<Phrase> {
        let token = *v.get(i)?;
        if let Some(name) = self.name(token) {
            return Some(self.widen(
                v,
                i,
                Phrase { first: name.first, last: name.last, what: What::Name(name.actor), who: None },
            ));
        }
        let word = self.word(v, i);
        if SUBJECT_PRONOUNS.contains(&word) {
            return Some(Phrase { first: token, last: token, what: What::Pronoun, who: None });
        }
        if i > 0 && stands_behind(word) && self.nounish(v, i - 1) {
            return self.phrase_ending(v, i - 1);
        }
        // "42", but "the 19-year-old"
        let number = self.words.tokens[token].kind == Kind::Number && !word.ends_with("-old");
        if number || !self.nounish(v, i) {
            return None;
        }
        let mut first = i;
        let mut determined = determiner(word);
        while first > 0 && i - first < LONGEST && !determined {
            let before = first - 1;
            if self.words.tokens[v[before]].kind == Kind::Possessive && before > 0 {
                // "the country's president": the owner belongs to it.
                let owner = self.phrase_ending_simple(v, before - 1);
                first = owner;
                determined = true;
                continue;
            }
            if determiner(self.word(v, before)) {
                first = before;
                determined = true;
                // "one of the", "all the" stay outside.
                continue;
            }
            if !self.nounish(v, before) || v[before] + 1 != v[first] {
                break;
            }
            first = before;
        }
        let run = self.words.tokens[token].capital && !determiner(self.word(v, first));
        let what = if run { What::Run } else { What::Nominal };
        let mut start = first;
        if run {
            // The capitalised tail is the name.
            start = i;
            while start > first && self.words.tokens[v[start - 1]].capital {
                start -= 1;
            }
        }
        Some(Phrase { first: v[start], last: token, what, who: None })
    }

    /// First item of the owner's phrase that ends at item `i`.
    pub(super) fn phrase_ending_simple(&self, v: &View, i: usize) -> usize {
        let mut first = i;
        if let Some(name) = self.name(v[i]) {
            while first > 0 && v[first - 1] >= name.first {
                first -= 1;
            }
        } else {
            while first > 0 && i - first < 5 && !determiner(self.word(v, first)) {
                if !(determiner(self.word(v, first - 1)) || self.nounish(v, first - 1)) {
                    break;
                }
                first -= 1;
            }
        }
        first
    }

    /// A title before or a description around a name leads to the name.
    fn widen(&self, v: &View, i: usize, p: Phrase) -> Phrase {
        // The mention is a title or description whose bare name follows.
        if let Some(&next) = v.get(i + 1)
            && self.name(v[i]).is_some_and(|n| n.form != Form::Name)
            && let Some(name) = self.bare_name(next)
        {
            return Phrase { first: name.first, last: name.last, what: What::Name(name.actor), who: None };
        }
        p
    }

    /// The noun phrase that begins at item `i`.
    pub(super) fn phrase_starting(&self, v: &View, i: usize) -> Option<Phrase> {
        let token = *v.get(i)?;
        let word = self.word(v, i);
        if SUBJECT_PRONOUNS.contains(&word) && word != "who" {
            return Some(Phrase { first: token, last: token, what: What::Pronoun, who: None });
        }
        // "according to her,"
        if OBJECT_PRONOUNS.contains(&word) && (word != "her" || !self.is_word(v, i + 1)) {
            return Some(Phrase { first: token, last: token, what: What::Pronoun, who: None });
        }
        let mut end = i;
        let mut name = None;
        while end < v.len() && end - i < LONGEST + 3 {
            let t = v[end];
            if let Some(n) = self.bare_name(t) {
                // "said NATO chief Mark Rutte": the last name in a row; "Rutte's spokesman": the owner is none.
                let mut after = end + 1;
                while v.get(after).is_some_and(|&t| t <= n.last) {
                    after += 1;
                }
                name = Some((n, end));
                end = after;
                continue;
            }
            if self.words.tokens[t].kind == Kind::Possessive {
                name = None;
                end += 1;
                continue;
            }
            let titled = self.name(t).is_some();
            if end > i && determiner(self.word(v, end)) && !titled {
                break;
            }
            if !(self.nounish(v, end) || titled || (end == i && determiner(self.word(v, end)))) {
                break;
            }
            if end > i && time(self.word(v, end)) && self.words.tokens[t].capital {
                break;
            }
            end += 1;
        }
        if end == i {
            return None;
        }
        if let Some((n, at)) = name {
            // "NATO spokeswoman": a body's name before a lower-case noun is no speaker; a person's is.
            let mut tail = at;
            while v.get(tail).is_some_and(|&t| t <= n.last) {
                tail += 1;
            }
            let noun_after = tail < end && speaker_noun(self.word(v, end - 1));
            // "said one Vik confidant" is not Vik; "said Vik president" hardly another.
            let another = determiner(word) && n.first > token;
            if !noun_after || self.kind_of(n.actor) == ActorType::Person && !another {
                return Some(Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None });
            }
        }
        let mut last = end - 1;
        while last > i
            && (adverb(self.word(v, last)) || time(self.word(v, last)) || stands_behind(self.word(v, last)))
        {
            last -= 1;
        }
        if let Some(n) = self.name(v[last]) {
            return Some(Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None });
        }
        // "said Ola Vik": capitals that no actor covers; the last run of them.
        let mut run = last;
        while run > i && self.words.tokens[v[run - 1]].capital {
            run -= 1;
        }
        if self.words.tokens[v[last]].capital && !determiner(self.word(v, run)) {
            return Some(Phrase { first: v[run], last: v[last], what: What::Run, who: None });
        }
        Some(Phrase { first: token, last: v[last], what: What::Nominal, who: None })
    }
}
