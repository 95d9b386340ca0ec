//! Where the clause begins and ends that a word of saying reports.

use super::cues::{Class, Cue, Inflection};
use super::grammar::{OBJECT_PRONOUNS, adverb, auxiliary, common_verb, determiner, preposition, time};
use super::indirect::Shape;
use super::scene::{Scene, View};
use super::words::{Kind, NONE};

impl Scene<'_> {
    /// The clause that the cue at item `k` reports: shape, first item, item after the last.
    pub(super) fn clause(&self, v: &View, k: usize, cue: Cue) -> Option<(Shape, usize, usize)> {
        let end = self.clause_end(v, k + 1);
        // …, he said. …, said Rutte on Monday.
        if self.closes(v, k) {
            let comma = (0..k).rev().take(40).find(|&i| self.low(v, i) == "," && self.led_by(v, i, k))?;
            let from = self.clause_start(v, comma);
            return (comma > from + 2).then_some((Shape::After, from, comma));
        }
        // "She said it of the flooded."
        if matches!(self.low(v, k + 1), "it" | "so" | "this") && preposition(self.low(v, k + 2)) {
            return None;
        }
        let mut i = k + 1;
        if let Class::Particle(_) = cue.class {
            while i < k + 4 && matches!(self.low(v, i), "out" | "on" | "back" | "it" | "clear" | "to" | "say")
            {
                i += 1;
            }
        }
        // Up to the clause: whom it is told, when and where.
        let reach = (i..v.len().min(i + 16)).take_while(|&j| !self.is_quote(v[j], NONE));
        let mut that = None;
        let mut to = None;
        for j in reach {
            let word = self.low(v, j);
            // "looked weary after that race": no conjunction.
            let of_a_noun = matches!(
                self.low(v, j - 1),
                "after"
                    | "before"
                    | "during"
                    | "at"
                    | "in"
                    | "of"
                    | "for"
                    | "from"
                    | "with"
                    | "by"
                    | "about"
                    | "to"
            );
            if word == "that" && !of_a_noun {
                that = Some(j);
                break;
            }
            if matches!(word, "whether" | "if" | "how" | "why" | "what" | "where" | "who" | "when")
                && (j <= i + 5 || j <= i + 10 && word == "what" && self.low(v, j - 1) == ",")
            {
                return Some((Shape::Whether, j, end)).filter(|c| c.2 > c.1 + 2);
            }
            if word == "to" && to.is_none() && j <= i + 8 {
                to = Some(j);
            }
            if matches!(word, ":" | ";" | ".")
                || (j > i && (auxiliary(word) || common_verb(word)))
                || (word == "," && j > i + 10)
            {
                break;
            }
        }
        if let Some(that) = that
            && to.is_none_or(|t| t > that || preposition(self.low(v, t - 1)) || t < i + 3)
        {
            // "said that year", "the statement that": a determiner, not a conjunction.
            return Some((Shape::That, that + 1, end)).filter(|c| c.2 > c.1 + 1);
        }
        if let Some(to) = to
            && (matches!(cue.class, Class::Tell) || to == i)
            && v.get(to + 1).is_none_or(|&t| self.name(t).is_none())
            && !determiner(self.low(v, to + 1))
        {
            return Some((Shape::To, to, end)).filter(|c| c.2 > c.1 + 2);
        }
        self.bare_clause(v, cue, i, end)
    }

    /// The clause that follows the word of saying `cue` without a word that leads to it, from item `i` up to
    /// item `end`, past whom it is told and when.
    fn bare_clause(&self, v: &View, cue: Cue, i: usize, end: usize) -> Option<(Shape, usize, usize)> {
        // "considered herself the favourite"
        if matches!(self.low(v, i), "herself" | "himself" | "themselves" | "itself" | "myself") {
            return None;
        }
        let mut from = i;
        if matches!(cue.class, Class::Tell) {
            // The one who is told.
            if OBJECT_PRONOUNS.contains(&self.low(v, i)) {
                from += 1;
            } else if let Some(p) = self.phrase_starting(v, i) {
                from = v.partition_point(|&t| t <= p.last);
            }
        }
        let from = self.past_times(v, from);
        let word = self.low(v, from);
        let token = *v.get(from)?;
        if self.is_quote(token, NONE)
            || matches!(
                word,
                "," | "." | ":" | ";" | "—" | "–" | "-" | "(" | ")" | "and" | "but" | "as" | "or" | "so"
            )
        {
            return None;
        }
        if preposition(word) && word != "in" || OBJECT_PRONOUNS.contains(&word) && word != "her" {
            return None;
        }
        // The clause's own verb, not that of a clause that hangs on it: "is recalling 640,000 of them because
        // the lid can open".
        let own = (from + 1..end)
            .find(|&j| {
                matches!(
                    self.low(v, j),
                    "because" | "after" | "since" | "when" | "while" | "which" | "who" | "whose" | "although"
                )
            })
            .unwrap_or(end);
        let finite = (from + 1..own).any(|j| self.finite(v, j));
        let shape = if finite { Shape::Bare } else { Shape::Noun };
        if shape == Shape::Noun && !matches!(cue.class, Class::Say | Class::Tell | Class::Call) {
            return None;
        }
        Some((shape, from, end)).filter(|c| c.2 > c.1 + 1)
    }

    /// The first item from `from` on that is no time or adverb: "on Monday", "last week".
    fn past_times(&self, v: &View, mut from: usize) -> usize {
        for _ in 0..6 {
            let word = self.low(v, from);
            // "said Monday's vote", "said next year's event": the clause begins with whose it is.
            let owner = |i: usize| v.get(i).is_some_and(|&t| self.words.tokens[t].kind == Kind::Possessive);
            if time(word) && owner(from + 1) || time(self.low(v, from + 1)) && owner(from + 2) {
                break;
            }
            if time(word)
                || adverb(word)
                || matches!(word, "on" | "earlier" | "late" | "early") && time(self.low(v, from + 1))
            {
                from += 1;
            } else if matches!(word, "last" | "this" | "next") && time(self.low(v, from + 1)) {
                from += 2;
            } else {
                break;
            }
        }
        from
    }

    pub(super) fn finite(&self, v: &View, j: usize) -> bool {
        let word = self.low(v, j);
        auxiliary(word)
            || common_verb(word)
            || self.words.tokens[v[j]].kind == Kind::Word
                && !self.words.tokens[v[j]].capital
                && (word.ends_with("ed") || self.words.cue(v[j]).is_some_and(Cue::past_or_present))
            || word.ends_with("n't")
            || matches!(word, "'s" | "’s" | "'re" | "’re" | "'ll" | "’ll")
                && j > 0
                && matches!(self.low(v, j - 1), "it" | "he" | "she" | "they" | "that" | "we" | "there")
    }

    /// Where the clause that begins at item `from` ends: before what goes back to the reporter.
    pub(super) fn clause_end(&self, v: &View, from: usize) -> usize {
        let mut end = v.len();
        while end > from && matches!(self.low(v, end - 1), "." | "?" | "!" | ";" | "…") {
            end -= 1;
        }
        for j in from + 2..end {
            let word = self.low(v, j);
            if word == ";" {
                return j;
            }
            if word == "," {
                let gerund = self
                    .cue_at(v, j + 1)
                    .is_some_and(|c| c.inflection == Inflection::Gerund && c.class != Class::Weak);
                let and_said = matches!(self.low(v, j + 1), "and" | "but")
                    && (j + 2..(j + 6).min(end)).any(|x| {
                        self.cue_at(v, x).is_some_and(|c| c.past_or_present() && c.speech())
                            && self.verbal_at(v, x)
                    });
                if gerund || and_said || self.low(v, j + 1) == "according" {
                    return j;
                }
            }
            if word == "and" && self.cue_at(v, j + 1).is_some_and(|c| c.past_or_present() && c.speech()) {
                return j;
            }
        }
        end
    }

    fn verbal_at(&self, v: &View, x: usize) -> bool {
        self.cue_at(v, x).is_some_and(|c| self.verbal(v, x, c))
    }

    /// Whether after the cue at item `k` nothing is said any more: the clause came before.
    fn closes(&self, v: &View, k: usize) -> bool {
        let mut i = k + 1;
        // A subject that stands behind: "said Rutte".
        if self.low(v, k.wrapping_sub(1)) == ","
            && let Some(p) = self.subject_after(v, k)
        {
            i = v.partition_point(|&t| t <= p.last);
        }
        let word = self.low(v, i);
        let stop = matches!(word, "." | "," | ";" | "") || i >= v.len();
        let adverbial = time(word)
            || adverb(word)
            || matches!(
                word,
                "in" | "on"
                    | "at"
                    | "during"
                    | "after"
                    | "late"
                    | "earlier"
                    | "last"
                    | "this"
                    | "by"
                    | "from"
                    | "before"
                    | "as"
                    | "when"
                    | "for"
                    | "of"
                    | "with"
            );
        (stop
            || adverbial
            || self.words.tokens.get(v.get(i).copied().unwrap_or(0)).is_some_and(|t| t.kind == Kind::Mark))
            && !(i..v.len().min(i + 14)).any(|j| matches!(self.low(v, j), "that" | ":"))
            && k >= 4
    }

    /// Whether nothing but the cue's subject stands between the comma at item `comma` and the cue.
    fn led_by(&self, v: &View, comma: usize, k: usize) -> bool {
        if comma + 1 == k {
            return true;
        }
        if matches!(self.low(v, comma + 1), "which" | "how" | "who" | "whom" | "than") {
            return false;
        }
        // "told the paper, the local one, what his girl had said"
        if (comma + 1..k).any(|i| matches!(self.low(v, i), "what" | "whatever")) {
            return false;
        }
        let Some(p) = self.subject_before(v, k) else { return false };
        p.first > v[comma] && v.partition_point(|&t| t < p.first) <= comma + 7
    }

    /// The first item of the clause that ends at item `end`.
    pub(super) fn clause_start(&self, v: &View, end: usize) -> usize {
        let mut from = (0..end)
            .rev()
            .find(|&i| matches!(self.low(v, i), ";" | ":") || self.is_quote(v[i], NONE))
            .map_or(0, |i| i + 1);
        // A dateline: "PARIS (AP) —"
        if let Some(dash) = (from..end.min(from + 14)).find(|&i| matches!(self.low(v, i), "—" | "–" | "-"))
            && (from..dash).all(|i| {
                self.words.tokens[v[i]].capital || !matches!(self.words.tokens[v[i]].kind, Kind::Word)
            })
        {
            from = dash + 1;
        }
        while matches!(self.low(v, from), "but" | "and" | ",") {
            from += 1;
        }
        from
    }

    /// Where the main clause before item `to` begins, if a clause that only leads to it stands at item `from`:
    /// "When Moura asked for water, the guard grew".
    pub(super) fn main_clause(&self, v: &View, from: usize, to: usize) -> Option<usize> {
        let leads = matches!(
            self.low(v, from),
            "when"
                | "as"
                | "after"
                | "before"
                | "while"
                | "although"
                | "though"
                | "if"
                | "once"
                | "since"
                | "because"
        );
        let comma = (from + 1..to)
            .rev()
            .filter(|_| leads)
            .take(40)
            .find(|&i| self.low(v, i) == "," && (i + 2..to).any(|j| self.finite(v, j)))?;
        Some(comma + 1)
    }
}
