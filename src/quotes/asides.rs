//! Asides between a subject and its verb: "Rutte, a former minister, said".

use super::grammar::{adverb, auxiliary, determiner, preposition, speaker_noun};
use super::phrases::{Phrase, What};
use super::scene::{Scene, View};
use super::words::Kind;
use crate::actors::ActorType;

/// How many commas an appositive may reach back over.
const COMMAS: usize = 4;

impl Scene<'_> {
    /// The subject before an aside that ends with the comma at item `comma`: "Rutte, a former minister, said".
    pub(super) fn over_aside(&self, v: &View, comma: usize) -> Option<Phrase> {
        let mut end = comma;
        let mut fallback = None;
        for _ in 0..COMMAS {
            let open = (0..end).rev().take(60).find(|&i| self.divides(v, i));
            let from = open.map_or(0, |o| o + 1);
            // The aside itself may be the name: "its director, Ola Vik, said".
            if let Some(p) = self.phrase_chain(v, end.checked_sub(1)?)
                && let What::Name(actor) = p.what
                && self.kind_of(actor) == ActorType::Person
                && v[from..end].iter().all(|&t| {
                    t <= p.last
                        && (t >= p.first
                            || self.name(t).is_some()
                            || self.words.tokens[t].capital
                            || self.words.lower(t).ends_with("-old"))
                })
            {
                return Some(p);
            }
            let Some(open) = open else { break };
            let before = open.checked_sub(1)?;
            // "The builder, Baluyot & Sons, said": the name is the aside.
            if self.name(v[from]).is_some()
                && let Some(p) = self.phrase_starting(v, from)
                && matches!(p.what, What::Name(_))
                && self
                    .phrase_ending(v, before)
                    .is_some_and(|q| q.what == What::Nominal && determiner(self.words.lower(q.first)))
            {
                return Some(p);
            }
            let aside = self.aside(v, from, end);
            if let Some(p) = self.phrase_chain(v, before) {
                if let Some(name) = self.apposed(v, p) {
                    return Some(name);
                }
                let clear = aside && self.starts_clause(v, p);
                if clear {
                    return Some(p);
                }
                if aside && fallback.is_none() {
                    fallback = Some(p);
                }
            }
            end = open;
        }
        fallback.or_else(|| self.clause_subject(v, comma))
    }

    /// The person whom the phrase, without article of its own, describes: "Ola Vik, lecturer at Oslo, who".
    fn apposed(&self, v: &View, p: Phrase) -> Option<Phrase> {
        let at = v.partition_point(|&t| t < p.first);
        if p.what != What::Nominal || at < 2 || self.low(v, at - 1) != "," {
            return None;
        }
        let name = self.phrase_ending(v, at - 2)?;
        matches!(name.what, What::Name(a) if self.kind_of(a) == ActorType::Person).then_some(name)
    }

    /// Whether item `i` divides a sentence into asides.
    fn divides(&self, v: &View, i: usize) -> bool {
        matches!(self.low(v, i), "," | "–" | "—" | "(" | ";" | ":")
            || (self.low(v, i) == "-" && i > 0 && v[i - 1] + 1 == v[i])
    }

    /// Whether items `from..to` look like an aside on a name, not a clause.
    fn aside(&self, v: &View, from: usize, to: usize) -> bool {
        let word = self.low(v, from);
        let token = v.get(from).map(|&t| self.words.tokens[t]);
        from < to
            && (determiner(word)
                || preposition(word)
                || adverb(word)
                || matches!(
                    word,
                    "who"
                        | "whose"
                        | "which"
                        | "where"
                        | "when"
                        | "speaking"
                        | "himself"
                        | "herself"
                        | "and"
                        | "or"
                        | "both"
                        | "while"
                        | "as"
                        | "but"
                        | "not"
                        | "now"
                        | "then"
                )
                || token.is_some_and(|t| t.kind == Kind::Number || t.capital)
                || word.ends_with("ing")
                || word.ends_with("ed")
                || speaker_noun(self.low(v, to - 1))
                || (from..to).any(|i| speaker_noun(self.low(v, i)) || preposition(self.low(v, i))))
    }

    /// Whether a clause begins where the phrase does.
    fn starts_clause(&self, v: &View, p: Phrase) -> bool {
        let at = v.partition_point(|&t| t < p.first);
        let Some(mut before) = at.checked_sub(1) else { return true };
        // Titles and descriptions stand before a name: "former Dutch Prime Minister Mark Rutte".
        for step in 0..6 {
            let word = self.low(v, before);
            // "a practice which Ola Vik, of the chamber, described"
            if step == 0 && matches!(word, "which" | "whom" | "what") {
                return true;
            }
            if matches!(
                word,
                "," | ";"
                    | ":"
                    | "–"
                    | "—"
                    | "-"
                    | ")"
                    | "that"
                    | "and"
                    | "but"
                    | "as"
                    | "when"
                    | "while"
                    | "because"
                    | "if"
                    | "though"
                    | "although"
                    | "."
                    | "?"
                    | "!"
            ) || self.words.tokens[v[before]].kind == Kind::Mark
            {
                return true;
            }
            if preposition(word) || auxiliary(word) || matches!(word, "who" | "which" | "whose" | "where") {
                return false;
            }
            match before.checked_sub(1) {
                Some(b) => before = b,
                None => return true,
            }
        }
        false
    }
}
