//! What speaks for whom: each rule that leads from a quotation to a phrase that may name its speaker.

use super::cues::{Class, Inflection, NOUNS};
use super::grammar::adverb;
use super::phrases::{Phrase, What};
use super::scene::{Scene, View};
use super::words::{Kind, NONE};
use crate::order::Order;

/// The rule that found a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// “…,” said Rutte.
    Inverted,
    /// “…,” Rutte said.
    SubjectRight,
    /// “…,” according to Rutte; or before.
    According,
    /// “…” – Rutte
    Dash,
    /// Rutte said: “…”
    SubjectLeft,
    /// …, adding “…”
    Participle,
    /// Rutte: “…”
    Colon,
    /// The paragraph before ends with a colon.
    ColonBefore,
    /// “…” is how Rutte put it: the cue comes later in the sentence.
    Later,
    /// The quotation before it in the paragraph.
    Continues,
    /// The sentence after.
    Next,
    /// The sentence after says whose words they are: "That is Rita Moura."
    PointedAt,
    /// The first name of the paragraph after.
    NextBlock,
    /// Where a quotation over several paragraphs ends: “… go home,” said Rutte.
    ChainEnd,
    /// The sentence before.
    Before,
    /// The speaker in the paragraph before.
    Carried,
    /// Whom the paragraph before tells of.
    Above,
    /// The subject of the sentence, no cue.
    Subject,
    /// The phrase that owns or wrote a noun of saying: "Rutte's words".
    Owner,
}

/// A phrase that may name the speaker, and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    pub(super) phrase: Phrase,
    pub(super) rule: Rule,
    /// The token that tells of speech.
    pub(super) cue: Option<usize>,
}

/// How a quotation stands in its sentence.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The sentence seen from the quotation's level.
    pub(super) view: View,
    /// The quotation's place in it.
    pub(super) at: usize,
    /// The level: the quotation around it, or [`NONE`].
    pub(super) level: u32,
}

/// How many tokens around a quotation its sentence is looked at.
pub(super) const WINDOW: usize = 300;

/// How many words of saying left of a quotation are asked for their subject, which costs a look at the
/// whole clause each.
const TRIED: usize = 16;

/// How many items right of a quotation a cue is looked for.
const RIGHT: usize = 40;

/// Whether a lower-case word before a colon tells the kind of piece that follows, not who speaks.
pub(super) fn heading(word: &str) -> bool {
    matches!(
        word,
        "q&a"
            | "exclusive"
            | "opinion"
            | "analysis"
            | "watch"
            | "video"
            | "live"
            | "interview"
            | "review"
            | "explainer"
            | "explained"
            | "revealed"
            | "update"
            | "breaking"
            | "comment"
            | "editorial"
    )
}

impl Scene<'_> {
    /// The sentence around quotation `q`.
    pub(super) fn frame(&self, q: usize) -> Frame {
        let m = &self.marked[q];
        let level = m.parent.unwrap_or(NONE);
        let (open, close) = (self.words.at(m.span.start), self.words.at(m.span.end));
        let tokens = &self.words.tokens;
        if level == NONE {
            let first = tokens.get(open).map_or(NONE, |t| t.sentence);
            let last = tokens.get(close.max(open + 1) - 1).map_or(first, |t| t.sentence);
            let bound = |s: u32| self.sentences.get(s as usize).copied().unwrap_or((open, close));
            // A sentence without end is seen through a window, so that the work stays linear.
            let from = bound(first).0.min(open).max(open.saturating_sub(WINDOW));
            let to = bound(last).1.max(close).min(close + WINDOW);
            let view = self.view(from, to, NONE);
            let at = view.partition_point(|&t| t < open);
            return Frame { view, at, level };
        }
        let outer = &self.marked[level as usize];
        let from = self.words.at(outer.inner.start).max(open.saturating_sub(WINDOW));
        let to = self.words.at(outer.inner.end).min(close + WINDOW);
        let view = self.view(from, to, level);
        let at = view.partition_point(|&t| t < open);
        let stop = |&i: &usize| matches!(self.low(&view, i), "." | "?" | "!");
        let from = (0..at).rev().find(stop).map_or(0, |i| i + 1);
        let to = (at + 1..view.len()).find(stop).unwrap_or(view.len());
        Frame { view: view[from..to.max(at)].to_vec(), at: at - from, level }
    }

    /// All that the sentence around quotation `q` tells of its speaker, best first.
    pub(super) fn evidence(&self, q: usize, frame: &Frame) -> Vec<Evidence> {
        let mut out = Vec::new();
        let Frame { view: v, at, .. } = frame;
        let clause = self.ends_clause(q);
        let right = self.right(v, *at, frame.level);
        let left = self.left(v, *at);
        if clause || *at == 0 {
            out.extend(right);
            out.extend(left);
        } else {
            out.extend(left);
            out.extend(right);
        }
        // The weakest come last: a later clause, then the bare subject.
        out.order_by_key(|e| match e.rule {
            Rule::Subject => 2,
            Rule::Later => 1,
            _ => 0,
        });
        out
    }

    /// Whether the quotation ends with a comma or another mark that leads to "he said".
    pub(super) fn ends_clause(&self, q: usize) -> bool {
        let m = &self.marked[q];
        let last = m.inner.of(self.words.text).trim_end().chars().next_back();
        let after = self.words.text[m.span.end..].chars().next();
        matches!(last, Some(',' | '?' | '!' | '—' | '–' | '…' | '-')) || after == Some(',')
    }

    fn right(&self, v: &View, at: usize, level: u32) -> Vec<Evidence> {
        let mut out = Vec::new();
        let mut i = at + 1;
        while matches!(self.low(v, i), "," | "." | ";")
            || (adverb(self.low(v, i)) && self.cue_at(v, i + 1).is_some())
        {
            i += 1;
        }
        let stop =
            (i..v.len()).take(RIGHT).find(|&k| self.is_quote(v[k], level)).unwrap_or(v.len().min(i + RIGHT));
        if matches!(self.low(v, i), "—" | "–" | "-" | "―" | "~") {
            if let Some(p) = self.phrase_starting(v, i + 1)
                && matches!(p.what, What::Name(_) | What::Run)
            {
                out.push(Evidence { phrase: p, rule: Rule::Dash, cue: None });
            }
            i += 1;
        }
        if let Some(cue) = self.cue_at(v, i)
            && matches!(cue.inflection, Inflection::Past | Inflection::Third)
            && let Some(phrase) = self.subject_after(v, i)
        {
            out.push(Evidence { phrase, rule: Rule::Inverted, cue: Some(v[i]) });
            return out;
        }
        // "…”, claiming they knew": what follows hangs on the subject before.
        if self.cue_at(v, i).is_some_and(|c| c.inflection == Inflection::Gerund) {
            return out;
        }
        // "is how", "was what", "as": the words are talked about.
        for k in i..stop {
            let word = self.low(v, k);
            if word == "according" && self.low(v, k + 1) == "to" || word == "per" && k == i {
                let from = k + 1 + usize::from(word == "according");
                if let Some(phrase) = self.phrase_starting(v, from) {
                    out.push(Evidence { phrase, rule: Rule::According, cue: Some(v[from - 1]) });
                }
                break;
            }
            let Some(cue) = self.cue_at(v, k) else { continue };
            if cue.class == Class::Weak && k >= i + 5
                || cue.inflection == Inflection::Gerund
                || !self.verbal(v, k, cue)
            {
                continue;
            }
            let before = self.subject_before(v, k).filter(|p| p.first > v[at]);
            if let Some(phrase) = before {
                let start = v.partition_point(|&t| t < phrase.first);
                let direct = start <= i + 8
                    && (i..start).all(|x| {
                        !matches!(
                            self.low(v, x),
                            "and"
                                | "but"
                                | "that"
                                | "which"
                                | "who"
                                | "whom"
                                | "while"
                                | ","
                                | "as"
                                | ";"
                                | "when"
                        ) && self.cue_at(v, x).is_none_or(|c| c.class == Class::Weak)
                    });
                let rule = if direct { Rule::SubjectRight } else { Rule::Later };
                out.push(Evidence { phrase, rule, cue: Some(v[k]) });
                break;
            }
            if let Some(phrase) = self.subject_after(v, k)
                && k > i
                && matches!(self.low(v, k - 1), "," | "—" | "–")
            {
                out.push(Evidence { phrase, rule: Rule::Inverted, cue: Some(v[k]) });
                break;
            }
        }
        out
    }

    /// Evidence left of item `at`, nearest cue first.
    pub(super) fn left(&self, v: &View, at: usize) -> Vec<Evidence> {
        let mut out: Vec<Evidence> = Vec::new();
        let colon = at > 0 && self.low(v, at - 1) == ":";
        let mut k = at;
        let (mut looked, mut tried) = (0, 0);
        let mut weak = Vec::new();
        while k > 0 && looked < 120 && tried < TRIED && out.len() < 3 {
            k -= 1;
            looked += 1;
            if self.low(v, k) == "to" && k > 0 && self.low(v, k - 1) == "according" {
                if let Some(phrase) = self.phrase_starting(v, k + 1) {
                    weak.push(false);
                    out.push(Evidence { phrase, rule: Rule::According, cue: Some(v[k]) });
                }
                continue;
            }
            // A colon further left begins something new, unless it is a time or a label.
            let Some(cue) = self.cue_at(v, k) else { continue };
            if cue.class == Class::Weak && at - k > 6 && !colon {
                continue;
            }
            tried += 1;
            if self.only_leads(v, k, at) {
                continue;
            }
            if let Some(e) = self.of_verb(v, k, cue) {
                weak.push(cue.class == Class::Weak);
                out.push(e);
            }
        }
        // "Rutte said they want": what they want is Rutte's to say.
        if weak.first() == Some(&true) && weak.contains(&false) {
            let strong = weak.iter().position(|w| !w).unwrap_or(0);
            let e = out.remove(strong.min(out.len() - 1));
            out.insert(0, e);
        }
        if colon && !out.iter().any(|e| e.cue.is_some_and(|c| v[at - 1].saturating_sub(c) < 30)) {
            out.extend(self.before_colon(v, at - 1));
        }
        // "Rutte's statement", "a letter from Rutte"
        if out.is_empty()
            && let Some(k) = (0..at).rev().take(12).find(|&k| NOUNS.contains(&self.low(v, k)))
        {
            out.extend(self.owner(v, k));
        }
        if at > 0
            && let Some(phrase) = self.clause_subject(v, at)
        {
            out.push(Evidence { phrase, rule: Rule::Subject, cue: None });
        }
        out
    }

    /// Whether the cue at item `k` stands in a clause that only leads to the one of item `at`: "When Moura asked
    /// for water, the guard grew".
    fn only_leads(&self, v: &View, k: usize, at: usize) -> bool {
        let mark = |&i: &usize| matches!(self.low(v, i), "," | ";" | ":" | "." | "—" | "–");
        let from = (0..k).rev().take(20).find(mark).map_or(0, |i| i + 1);
        self.main_clause(v, from, at).is_some_and(|main| main > k)
    }

    /// The phrase that a colon at item `colon` introduces as speaking: "Moura:", "And from Ola Vik:".
    fn before_colon(&self, v: &View, colon: usize) -> Option<Evidence> {
        let ends = |&i: &usize| matches!(self.low(v, i), "." | ":" | ";" | "—" | "–" | "-");
        let from = (0..colon).rev().find(ends).map_or(0, |i| i + 1);
        let first = (from..colon).find_map(|i| self.bare_name(v[i]).map(|n| (i, n)));
        // "A:", "2.30 pm:"
        let label = colon.checked_sub(1).is_some_and(|i| {
            matches!(self.low(v, i), "a" | "q" | "am" | "pm")
                || heading(self.low(v, i))
                || self.words.tokens[v[i]].kind == Kind::Number
        });
        if label {
            return None;
        }
        let near = colon.checked_sub(1).and_then(|i| self.phrase_chain(v, i));
        let subject = self.clause_subject(v, colon);
        let named =
            first.map(|(_, n)| Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None });
        let phrase = match (near, subject) {
            (Some(p), _) if colon - from <= 6 && !matches!(p.what, What::Nominal) => p,
            (_, Some(p)) => p,
            (near, None) => named.or(near)?,
        };
        Some(Evidence { phrase, rule: Rule::Colon, cue: None })
    }

    /// Whose the noun of saying at item `k` is.
    fn owner(&self, v: &View, k: usize) -> Option<Evidence> {
        let cue = Some(v[k]);
        if k >= 2 && self.words.tokens[v[k - 1]].kind == Kind::Possessive {
            let phrase = self.phrase_ending(v, k - 2)?;
            return Some(Evidence { phrase, rule: Rule::Owner, cue });
        }
        if matches!(self.low(v, k + 1), "from" | "by" | "of")
            && let Some(phrase) = self.phrase_starting(v, k + 2)
        {
            return Some(Evidence { phrase, rule: Rule::Owner, cue });
        }
        None
    }
}
