//! The subject of a verb of saying: before it, past appositives and asides, or after it.

use super::grammar::{
    OBJECT_PRONOUNS, adverb, auxiliary, conjunction, determiner, preposition, speaker_noun, time,
};
use super::phrases::{Phrase, What};
use super::scene::{Scene, View};
use super::words::Kind;
use crate::actors::ActorType;

impl Scene<'_> {
    pub(super) fn low(&self, v: &View, i: usize) -> &str {
        v.get(i).map_or("", |&t| self.words.lower(t))
    }

    /// The subject of the verb at item `verb` of the view, looking left.
    pub(super) fn subject_before(&self, v: &View, verb: usize) -> Option<Phrase> {
        let mut i = self.skip_left(v, verb)?;
        loop {
            let word = self.low(v, i);
            match word {
                ")" | "]" => {
                    let open = if word == ")" { "(" } else { "[" };
                    while i > 0 && self.low(v, i) != open {
                        i -= 1;
                    }
                    i = i.checked_sub(1)?;
                }
                "," | "–" | "—" | "-" => {
                    return self.over_aside(v, i);
                }
                "who" | "which" | "that" => {
                    let before = i.checked_sub(1)?;
                    let before = if self.low(v, before) == "," { before.checked_sub(1)? } else { before };
                    let who = (word == "who").then_some(v[i]);
                    let p = self.phrase_chain(v, before)?;
                    // "Gavin Nichols, a Democrat, who": the aside is not who.
                    let start = v.partition_point(|&t| t < p.first);
                    if word == "who"
                        && matches!(p.what, What::Name(a) if self.kind_of(a) == ActorType::Other)
                        && start >= 2
                        && matches!(self.low(v, start - 1), "a" | "an")
                        && self.low(v, start - 2) == ","
                        && let Some(named) = self.over_aside(v, before + 1)
                    {
                        return Some(named);
                    }
                    let p = who.and_then(|_| self.person_inside(v, p, before)).unwrap_or(p);
                    return Some(Phrase { who, ..p });
                }
                "and" | "but" | "then" | "or" => return self.clause_subject(v, i),
                _ => {
                    if OBJECT_PRONOUNS.contains(&word) && word != "her" {
                        return self.clause_subject(v, i);
                    }
                    return self.phrase_chain(v, i).or_else(|| self.clause_subject(v, i));
                }
            }
        }
    }

    /// The person whom "who" takes up where the phrase before it is none: "the one from Ola Vik in Oslo, who".
    fn person_inside(&self, v: &View, p: Phrase, end: usize) -> Option<Phrase> {
        let person = |what| matches!(what, What::Name(a) if self.kind_of(a) == ActorType::Person);
        if person(p.what) || p.what == What::Nominal && speaker_noun(self.words.lower(p.last)) {
            return None;
        }
        let from = v.partition_point(|&t| t < p.first);
        (from..=end).rev().filter_map(|i| self.bare_name(v[i])).find_map(|n| {
            let what = What::Name(n.actor);
            person(what).then_some(Phrase { first: n.first, last: n.last, what, who: None })
        })
    }

    /// Steps left from the verb over auxiliaries, adverbs and times: "has also on Monday repeatedly said".
    fn skip_left(&self, v: &View, verb: usize) -> Option<usize> {
        let mut i = verb.checked_sub(1)?;
        for _ in 0..12 {
            let word = self.low(v, i);
            let step = if auxiliary(word) && self.words.tokens[v[i]].kind != Kind::Possessive
                || adverb(word)
                || matches!(word, "to" | "'s" | "’s" | "'d" | "’d" | "'ve" | "’ve")
                    && i > 0
                    && (self.pronoun(v, i - 1) || word == "to")
            {
                if word == "to" { self.before_infinitive(v, i) } else { 1 }
            } else if time(word) {
                let mut n = 1;
                while n < 4
                    && i >= n
                    && (time(self.low(v, i - n))
                        || matches!(
                            self.low(v, i - n),
                            "on" | "this"
                                | "last"
                                | "next"
                                | "late"
                                | "early"
                                | "in"
                                | "at"
                                | "that"
                                | "earlier"
                                | "the"
                                | "same"
                        )
                        || self.words.tokens[v[i - n]].kind == Kind::Number)
                {
                    n += 1;
                }
                n
            } else if self.words.tokens[v[i]].kind == Kind::Number
                && i > 0
                && (time(self.low(v, i - 1)) || self.low(v, i - 1) == "in")
            {
                2
            } else {
                return Some(i);
            };
            i = i.checked_sub(step)?;
        }
        Some(i)
    }

    fn pronoun(&self, v: &View, i: usize) -> bool {
        matches!(self.low(v, i), "he" | "she" | "they" | "i" | "we" | "it" | "who")
    }

    /// How many items "went on to", "declined to", "is expected to" take before the infinitive.
    pub(super) fn before_infinitive(&self, v: &View, to: usize) -> usize {
        let mut n = 1;
        while n < 5 && to >= n {
            let word = self.low(v, to - n);
            let part = matches!(
                word,
                "on" | "went"
                    | "goes"
                    | "going"
                    | "began"
                    | "begins"
                    | "continued"
                    | "moved"
                    | "used"
                    | "happened"
                    | "is"
                    | "was"
                    | "expected"
                    | "likely"
                    | "out"
                    | "hastened"
                    | "came"
                    | "quick"
                    | "seemed"
                    | "seems"
                    | "appeared"
                    | "took"
                    | "twitter"
                    | "facebook"
                    | "wanted"
                    | "wants"
                    | "tried"
                    | "refused"
                    | "declined"
                    | "forced"
                    | "started"
                    | "not"
                    | "had"
                    | "has"
                    | "able"
                    | "liked"
                    | "likes"
                    | "sought"
                    | "eager"
                    | "stopped"
                    | "paused"
                    | "just"
            ) || adverb(word);
            if !part {
                break;
            }
            n += 1;
        }
        n
    }

    /// The phrase ending at item `i`, led back over what depends on it: "the head of the agency" for
    /// "the agency".
    pub(super) fn phrase_chain(&self, v: &View, i: usize) -> Option<Phrase> {
        let inner = self.phrase_ending(v, i)?;
        if inner.what == What::Pronoun {
            return Some(inner);
        }
        let mut outer = inner;
        for _ in 0..5 {
            let at = v.partition_point(|&t| t < outer.first);
            let Some(mut prep) = at.checked_sub(1) else { break };
            // Adjectives and titles before a name.
            let mut stepped = 0;
            // "Albania's agency" hangs as a whole.
            if self.words.tokens[v[prep]].kind == Kind::Possessive && prep > 0 {
                let Some(before) = self.phrase_ending_simple(v, prep - 1).checked_sub(1) else { break };
                prep = before;
            }
            while stepped < 5 && prep > 0 && self.modifies(v, prep) {
                prep -= 1;
                stepped += 1;
            }
            let word = self.low(v, prep);
            if matches!(word, "and" | "or") && outer.what != inner.what && prep > 0 {
                break;
            }
            if !preposition(word) {
                break;
            }
            if matches!(
                word,
                "after" | "before" | "during" | "since" | "until" | "despite" | "like" | "about"
            ) {
                break;
            }
            let before = prep.checked_sub(1).map(|b| self.past_brackets(v, b));
            let Some(before) = before else {
                // The whole chain hangs on a leading preposition: "In the wake of the attack officials said".
                return Some(inner);
            };
            match self.phrase_ending(v, before) {
                Some(p) if p.what != What::Pronoun && !time(self.low(v, before)) => outer = p,
                _ => break,
            }
        }
        // A place or a plain noun that only hangs on another noun does not speak.
        Some(outer)
    }

    /// The item before the brackets that end at item `i`, else `i` itself.
    fn past_brackets(&self, v: &View, i: usize) -> usize {
        if self.low(v, i) != ")" {
            return i;
        }
        let open = (i.saturating_sub(8)..i).rev().find(|&k| self.low(v, k) == "(");
        open.and_then(|o| o.checked_sub(1)).unwrap_or(i)
    }

    fn modifies(&self, v: &View, i: usize) -> bool {
        let word = self.low(v, i);
        let t = self.words.tokens[v[i]];
        matches!(t.kind, Kind::Word | Kind::Number)
            && !preposition(word)
            && !conjunction(word)
            && !auxiliary(word)
            && (determiner(word)
                || t.capital
                || speaker_noun(word)
                || word == "former"
                || word.ends_with("an")
                // "the polling firm Prairie Pulse", "the opposition Sumak Party"
                || matches!(self.low(v, i.wrapping_sub(1)), "the" | "its" | "his" | "her" | "of")
                    && self.words.cue(v[i]).is_none())
    }

    /// The subject of the clause that holds item `i`: the first that can be one, no preposition before it.
    pub(super) fn clause_subject(&self, v: &View, i: usize) -> Option<Phrase> {
        let mut best = None;
        let mut at = self.main_clause(v, 0, i.min(v.len())).unwrap_or(0);
        // "Others saw risk: Ola Vik cut her rating and said": a person leads the clause after the colon.
        let colon = (at..i.min(v.len())).rev().find(|&k| matches!(self.low(v, k), ":" | ";"));
        if let Some(k) = colon.filter(|&k| {
            v.get(k + 1)
                .and_then(|&t| self.bare_name(t))
                .is_some_and(|n| n.last < v[i.min(v.len() - 1)] && self.kind_of(n.actor) == ActorType::Person)
        }) {
            at = k + 1;
        }
        let mut after_preposition = false;
        while at < i.min(v.len()) {
            let token = v[at];
            let word = self.low(v, at);
            if preposition(word) {
                after_preposition = true;
                at += 1;
                continue;
            }
            if matches!(word, "," | ":" | ";" | "—" | "–") {
                after_preposition = false;
                at += 1;
                continue;
            }
            let name = self.bare_name(token);
            if self.pronoun(v, at) && word != "it" && word != "who" {
                return Some(Phrase { first: token, last: token, what: What::Pronoun, who: None });
            }
            if let Some(n) = name {
                let mut next = at + 1;
                while v.get(next).is_some_and(|&t| t <= n.last) {
                    next += 1;
                }
                let owner = v.get(next).is_some_and(|&t| self.words.tokens[t].kind == Kind::Possessive);
                let speaker = matches!(
                    self.kind_of(n.actor),
                    ActorType::Person | ActorType::Organisation | ActorType::Other
                );
                let phrase = Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None };
                if !after_preposition && !owner && speaker && !speaker_noun(self.low(v, next)) {
                    return Some(phrase);
                }
                if best.is_none() && self.kind_of(n.actor) == ActorType::Person {
                    best = Some(phrase);
                }
                if !owner {
                    after_preposition = false;
                }
                at = next;
                continue;
            }
            if speaker_noun(word)
                && !speaker_noun(self.low(v, at + 1))
                && self.name(v.get(at + 1).copied().unwrap_or(usize::MAX)).is_none()
            {
                if !after_preposition && let Some(p) = self.phrase_ending(v, at) {
                    return Some(p);
                }
                after_preposition = false;
            }
            if (auxiliary(word)
                || self.cue_at(v, at).is_some_and(|c| c.past_or_present() && self.verbal(v, at, c)))
                && self.words.tokens[token].kind == Kind::Word
            {
                // The first finite verb: its subject ends right before it.
                if let Some(before) = at.checked_sub(1)
                    && let Some(p) = self.phrase_chain(v, before)
                    && !time(self.low(v, before))
                {
                    return Some(best.filter(|b| b.first > p.last).unwrap_or(p));
                }
                after_preposition = false;
            }
            at += 1;
        }
        best
    }

    /// The subject that stands after the verb at item `verb`: "said Rutte, a former minister".
    pub(super) fn subject_after(&self, v: &View, verb: usize) -> Option<Phrase> {
        let mut i = verb + 1;
        while adverb(self.low(v, i)) {
            i += 1;
        }
        // "read out the clerk"
        if matches!(self.low(v, i), "out" | "up" | "back")
            && v.get(i + 1).is_some_and(|&t| self.words.tokens[t].capital || determiner(self.words.lower(t)))
        {
            i += 1;
        }
        let word = self.low(v, i);
        if OBJECT_PRONOUNS.contains(&word) && word != "her"
            || matches!(word, "that" | "in" | "on" | "at" | "to" | "of" | "during" | "after")
        {
            return None;
        }
        let p = self.phrase_starting(v, i)?;
        // "said its director, Ola Vik."
        if p.what == What::Nominal || matches!(p.what, What::Name(a) if self.kind_of(a) != ActorType::Person)
        {
            let mut after = v.partition_point(|&t| t <= p.last);
            // "the head of the agency, Ola Vik"
            for _ in 0..8 {
                if self.low(v, after) == "," || after >= v.len() {
                    break;
                }
                after += 1;
            }
            if self.low(v, after) == ","
                && let Some(q) = self.phrase_starting(v, after + 1)
                && let What::Name(a) = q.what
                && self.kind_of(a) == ActorType::Person
                && v.get(after + 1).is_some_and(|&t| t == q.first || self.name(t).is_some())
                && (p.what == What::Nominal
                    || self.words.lower(p.last).chars().next().is_some_and(char::is_lowercase))
            {
                let close = v.partition_point(|&t| t <= q.last);
                if close >= v.len()
                    || matches!(
                        self.low(v, close),
                        "," | "." | ";" | ":" | "—" | "–" | "(" | "of" | "from" | "who"
                    )
                {
                    return Some(q);
                }
            }
        }
        Some(p)
    }
}
