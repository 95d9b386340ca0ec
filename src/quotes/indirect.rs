//! Reported speech without marks: "Rutte said that …", "…, the ministry announced", "according to Rutte, …".

use super::MOST;
use super::cues::Cue;
use super::evidence::{Evidence, Rule, heading};
use super::grammar::determiner;
use super::phrases::What;
use super::scene::{Scene, View};
use super::words::NONE;
use crate::model::Features;
use crate::order::Order;
use crate::text::Span;

/// How a clause hangs on its verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// said that …
    That,
    /// said …
    Bare,
    /// asked whether …, said how …
    Whether,
    /// told them to …
    To,
    /// …, he said
    After,
    /// according to …
    According,
    /// denied taking …, announced a …
    Noun,
    /// Rutte: no deal
    Colon,
}

/// A clause that may be reported speech.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    pub(super) span: Span,
    pub(super) evidence: Evidence,
    /// One item for speech, one for none.
    pub(super) features: Features,
}

/// Sentences with more items than this are not looked into.
const LONGEST: usize = 160;

impl Scene<'_> {
    /// The clauses that may be reported speech, in order; no more sentences are looked into once there
    /// are [`MOST`].
    pub(super) fn reported(&self) -> Vec<Reported> {
        let mut out: Vec<Reported> = Vec::new();
        for &(from, to) in &self.sentences {
            if out.len() >= MOST {
                break;
            }
            if to <= from || to - from > 4 * LONGEST {
                continue;
            }
            let v = self.view(from, to, NONE);
            if v.len() < 4 || v.len() > LONGEST {
                continue;
            }
            let first = out.len();
            for k in 0..v.len() {
                if self.low(&v, k) == "according" && self.low(&v, k + 1) == "to" {
                    self.according(&v, k, &mut out);
                    continue;
                }
                let Some(cue) = self.cue_at(&v, k) else { continue };
                if !self.words.tokens[v[k]].capital || k == 0 || cue.past_or_present() {
                    self.of_cue(&v, k, cue, &mut out);
                }
            }
            if self.words.tokens[from].block == 0 {
                self.headline(&v, &mut out);
            }
            out[first..].order_by_key(|r| r.span.start);
        }
        out
    }

    fn of_cue(&self, v: &View, k: usize, cue: Cue, out: &mut Vec<Reported>) {
        let Some((shape, from, to)) = self.clause(v, k, cue) else { return };
        let Some(mut evidence) = self.of_verb(v, k, cue).or_else(|| {
            (shape == Shape::After).then(|| self.subject_after(v, k)).flatten().map(|phrase| Evidence {
                phrase,
                rule: Rule::Inverted,
                cue: Some(v[k]),
            })
        }) else {
            return;
        };
        if shape == Shape::After && cue.past_or_present() {
            // "…, said Rutte": the subject may stand behind.
            let behind = self.low(v, k - 1) == ",";
            if behind && let Some(phrase) = self.subject_after(v, k) {
                evidence = Evidence { phrase, rule: Rule::Inverted, cue: Some(v[k]) };
            }
            if evidence.phrase.first < v[to.min(v.len() - 1)] && evidence.phrase.first >= v[from] && !behind {
                return;
            }
        }
        self.propose(v, (shape, from, to), k, evidence, out);
    }

    fn according(&self, v: &View, k: usize, out: &mut Vec<Reported>) {
        let Some(phrase) = self.phrase_starting(v, k + 2) else { return };
        let evidence = Evidence { phrase, rule: Rule::According, cue: Some(v[k + 1]) };
        let after = v.partition_point(|&t| t <= phrase.last);
        let (from, to) = if k < 2 || matches!(self.low(v, k - 1), "but" | "and" | ":" | ";") && k < 4 {
            // According to the mayor of Lyon, …
            let comma = (after..v.len().min(after + 25)).find(|&i| self.low(v, i) == ",");
            let mut from = comma.map_or(after, |c| c + 1);
            // Past an aside on the source.
            if let Some(c) = comma
                && (determiner(self.low(v, c + 1)) || self.low(v, c + 1) == "who")
                && let Some(second) = (c + 1..v.len().min(c + 16)).find(|&i| self.low(v, i) == ",")
                && !(c + 1..second).any(|i| self.finite(v, i))
            {
                from = second + 1;
            }
            (from, self.clause_end(v, from))
        } else {
            let to = if self.low(v, k - 1) == "," { k - 1 } else { k };
            (self.clause_start(v, to), to)
        };
        if to > from + 1 {
            self.propose(v, (Shape::According, from, to), k, evidence, out);
        }
    }

    /// "Rutte: no deal" in a headline.
    fn headline(&self, v: &View, out: &mut Vec<Reported>) {
        let Some(colon) = (1..v.len().min(8)).find(|&i| self.low(v, i) == ":") else { return };
        let Some(name) = self.bare_name(v[colon - 1]) else { return };
        if v.len() < colon + 3 || name.last != v[colon - 1] || heading(self.low(v, colon - 1)) {
            return;
        }
        let phrase = super::phrases::Phrase {
            first: name.first,
            last: name.last,
            what: What::Name(name.actor),
            who: None,
        };
        let evidence = Evidence { phrase, rule: Rule::Colon, cue: None };
        let end = self.clause_end(v, colon + 1);
        self.propose(v, (Shape::Colon, colon + 1, end), colon, evidence, out);
    }
}
