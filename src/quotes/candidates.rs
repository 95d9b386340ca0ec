//! Who may have spoken a quotation: phrases around it, each with what speaks for it.

use super::evidence::{Evidence, Frame, Rule, WINDOW};
use super::grammar::{PERSONAL, speaker_noun};
use super::marks::End;
use super::phrases::{Phrase, What};
use super::scene::Scene;
use super::words::NONE;
use crate::actors::ActorType;

/// More candidates than this are not weighed.
const MOST: usize = 28;

/// How many paragraphs on the end of a quotation is looked for.
const CHAIN: usize = 12;

/// Where a candidate stands, seen from the quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Left,
    Right,
    SentenceBefore,
    SentenceAfter,
    BlockBefore,
    Elsewhere,
}

/// A phrase that may name the speaker.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) phrase: Phrase,
    /// The rules that lead to it, with their rank among the quotation's evidence and their cue.
    pub(super) rules: Vec<(Rule, u8, Option<usize>)>,
    pub(super) place: Place,
    /// Tokens between it and the quotation.
    pub(super) distance: usize,
}

/// What the quotations before tell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Earlier {
    /// The quotation right before at the same level, with the phrase that was taken for its speaker.
    pub(super) last: Option<(usize, Phrase)>,
}

impl Scene<'_> {
    /// All that tells of the speaker of quotation `q`, around and beyond its sentence, best first.
    pub(super) fn all_evidence(&self, q: usize, frame: &Frame, earlier: Earlier) -> Vec<Evidence> {
        let mut evidence = self.evidence(q, frame);
        let m = self.marked[q];
        if m.depth > 0 {
            if let Some((_, phrase)) = earlier.last.filter(|(p, _)| self.marked[*p].parent == m.parent) {
                evidence.push(Evidence { phrase, rule: Rule::Continues, cue: None });
            }
            return evidence;
        }
        let weak = |e: &Evidence| matches!(e.rule, Rule::Subject | Rule::Later);
        let strong = evidence.iter().any(|e| !weak(e));
        let block = self.blocks[m.block as usize];
        let open = self.words.at(m.span.start);
        let starts = frame.at == 0 && frame.view.first().is_none_or(|&t| t <= block.0);
        let mut extra = Vec::new();
        if starts {
            extra.extend(self.colon_before(m.block as usize));
        }
        let led = !extra.is_empty();
        let carried = earlier.last.and_then(|(p, phrase)| {
            let before = self.marked[p];
            let rule = if before.block == m.block {
                Rule::Continues
            } else if m.continues || before.block + 1 == m.block {
                Rule::Carried
            } else {
                return None;
            };
            Some(Evidence { phrase, rule, cue: None })
        });
        let before = self.sentence_before(open, block.0);
        match carried {
            Some(e) if e.rule == Rule::Continues || m.continues => {
                extra.push(e);
                extra.extend(before);
            }
            e => {
                extra.extend(before);
                extra.extend(e);
            }
        }
        extra.extend(self.sentence_after(q, block.1));
        extra.extend(self.chain_end(q));
        if starts && !strong && !led {
            extra.extend(self.above(m.block as usize));
        }
        if strong && !led {
            evidence.extend(extra);
            return evidence;
        }
        if frame.view.len() <= 2 || led || evidence.is_empty() {
            extra.extend(evidence);
            return extra;
        }
        evidence.extend(extra);
        evidence
    }

    /// Who speaks a quotation that runs over paragraphs, told only at its end.
    fn chain_end(&self, q: usize) -> Vec<Evidence> {
        let mut last = q;
        let mut next = q + 1;
        for _ in 0..CHAIN {
            while self.marked.get(next).is_some_and(|m| m.depth > 0) {
                next += 1;
            }
            let Some(m) = self.marked.get(next) else { break };
            if self.marked[last].end != End::GoesOn || !m.continues || m.block != self.marked[last].block + 1
            {
                break;
            }
            last = next;
            next += 1;
        }
        if last == q {
            return Vec::new();
        }
        let near = self
            .evidence(last, &self.frame(last))
            .into_iter()
            .find(|e| matches!(e.rule, Rule::Inverted | Rule::SubjectRight | Rule::According | Rule::Dash));
        let after = self.sentence_after(last, self.blocks[self.marked[last].block as usize].1);
        near.map(|e| Evidence { rule: Rule::ChainEnd, ..e }).into_iter().chain(after).collect()
    }

    /// What the paragraph before tells where it ends with a colon.
    fn colon_before(&self, block: usize) -> Vec<Evidence> {
        let Some((from, to)) = block.checked_sub(1).and_then(|p| self.blocks.get(p)).copied() else {
            return Vec::new();
        };
        if to <= from || self.words.text(to - 1) != ":" {
            return Vec::new();
        }
        let s = self.words.tokens[to - 1].sentence;
        let from =
            self.sentences.get(s as usize).map_or(from, |s| s.0.max(from)).max(to.saturating_sub(WINDOW));
        let v = self.view(from, to, NONE);
        let mut left = self.left(&v, v.len());
        for e in &mut left {
            e.rule = Rule::ColonBefore;
        }
        left
    }

    /// The last two persons who lead a sentence of the paragraph before, the nearest first.
    fn above(&self, block: usize) -> Vec<Evidence> {
        let Some((from, to)) = block.checked_sub(1).and_then(|p| self.blocks.get(p)).copied() else {
            return Vec::new();
        };
        let mut out: Vec<Evidence> = Vec::new();
        let mut end = to;
        for _ in 0..6 {
            let Some(last) = end.checked_sub(1).filter(|&t| t >= from) else { break };
            let s = self.words.tokens[last].sentence as usize;
            let Some(&(first, _)) = self.sentences.get(s) else { break };
            let first = first.max(from);
            let v = self.view(first, end.min(first + WINDOW), NONE);
            if let Some(phrase) = self.clause_subject(&v, v.len())
                && matches!(phrase.what, What::Name(a) if self.kind_of(a) == ActorType::Person)
                && !out.iter().any(|e| e.phrase.what == phrase.what)
            {
                out.push(Evidence { phrase, rule: Rule::Above, cue: None });
                if out.len() == 2 {
                    break;
                }
            }
            end = first;
        }
        out
    }

    /// What the sentence before token `open` tells, within the block that begins at token `first`.
    fn sentence_before(&self, open: usize, first: usize) -> Option<Evidence> {
        if open <= first {
            return None;
        }
        let s = self.words.tokens[open].sentence.checked_sub(1)?;
        let (from, to) = self.sentences.get(s as usize).copied()?;
        if to <= first {
            return None;
        }
        let to = to.min(open);
        let v = self.view(from.max(first).max(to.saturating_sub(WINDOW)), to, NONE);
        self.left(&v, v.len()).first().map(|e| Evidence { rule: Rule::Before, ..*e })
    }

    /// What the sentence after quotation `q` tells, whose block ends before token `end`.
    fn sentence_after(&self, q: usize, end: usize) -> Option<Evidence> {
        let m = self.marked[q];
        let close = self.words.at(m.span.end);
        let s = self.words.tokens.get(close.checked_sub(1)?)?.sentence;
        let (from, to) = self.sentences.get(s as usize + 1).copied()?;
        // A quotation that is the whole end of its block may be explained by the next block.
        let next_block = from >= end;
        let last = self.words.tokens.get(from)?.block;
        if s == NONE || next_block && (last != m.block + 1 || close + 1 < end) {
            return None;
        }
        let v = self.view(from, to.min(from + WINDOW), NONE);
        if let Some(e) = (1..=3).find_map(|n| self.pointed_at(s as usize + n, m.block)) {
            return Some(e);
        }
        if next_block {
            let n = v
                .iter()
                .take(6)
                .find_map(|&t| self.bare_name(t).filter(|n| self.kind_of(n.actor) == ActorType::Person))?;
            let phrase = Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None };
            return Some(Evidence { phrase, rule: Rule::NextBlock, cue: None });
        }
        let e = self.left(&v, v.len()).first().copied()?;
        Some(Evidence { rule: Rule::Next, ..e })
    }

    /// The person or body that sentence `s` says spoke: "That is Rita Moura", "The speaker was Rita Moura",
    /// "So says Rita Moura".
    fn pointed_at(&self, s: usize, block: u32) -> Option<Evidence> {
        let (from, to) = self.sentences.get(s).copied()?;
        if self.words.tokens.get(from)?.block > block + 1 {
            return None;
        }
        let v = self.view(from, to.min(from + WINDOW), NONE);
        let points = matches!(self.low(&v, 0), "that" | "this" | "so" | "it" | "thus" | "these" | "those")
            && v.get(1).is_some_and(|&t| {
                matches!(self.words.lower(t), "is" | "was" | "are" | "were" | "'s" | "’s")
                    || self.words.cue(t).is_some()
            })
            || self.low(&v, 0) == "the"
                && (matches!(self.low(&v, 1), "speaker" | "words" | "voice" | "author" | "writer")
                    // "The man who asks is Ola Vik."
                    || speaker_noun(self.low(&v, 1))
                        && (2..v.len().min(9)).any(|i| {
                            matches!(self.low(&v, i), "is" | "was") && self.bare_name(v[i]).is_none() &&
                                v.get(i + 1).is_some_and(|&t| self.bare_name(t).is_some())
                        }));
        if !points {
            return None;
        }
        let n = v.iter().take(10).find_map(|&t| {
            self.bare_name(t)
                .filter(|n| matches!(self.kind_of(n.actor), ActorType::Person | ActorType::Organisation))
        })?;
        let phrase = Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None };
        Some(Evidence { phrase, rule: Rule::PointedAt, cue: None })
    }

    /// Whether a candidate is only said to hear the words: "a jury has heard".
    pub(super) fn hears(&self, c: &Candidate) -> bool {
        c.rules
            .first()
            .and_then(|r| r.2)
            .is_some_and(|cue| matches!(self.words.lower(cue), "heard" | "hears"))
    }

    /// The candidates for quotation `q`, those that rules lead to first.
    pub(super) fn candidates(&self, q: usize, frame: &Frame, evidence: &[Evidence]) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        for (rank, e) in evidence.iter().enumerate() {
            let rule = (e.rule, rank.min(6) as u8, e.cue);
            match out.iter_mut().find(|c| c.phrase.first == e.phrase.first && c.phrase.last == e.phrase.last)
            {
                Some(c) => c.rules.push(rule),
                None => out.push(self.candidate(q, frame, e.phrase, vec![rule])),
            }
        }
        let m = self.marked[q];
        let (open, close) = (self.words.at(m.span.start), self.words.at(m.span.end));
        let (mut from, mut to) = match (frame.view.first(), frame.view.last()) {
            (Some(&a), Some(&b)) => (a, b + 1),
            _ => (open, close),
        };
        if m.depth == 0 {
            let s = self.words.tokens[from].sentence;
            if let Some(before) = s.checked_sub(1).and_then(|s| self.sentences.get(s as usize)) {
                from = before.0.min(from);
            }
            if let Some(after) = self.sentences.get(self.words.tokens[to - 1].sentence as usize + 1) {
                to = after.1.max(to).min(self.blocks[m.block as usize].1.max(to));
            }
        }
        let (from, to) = (from.max(open.saturating_sub(2 * WINDOW)), to.min(close + 2 * WINDOW));
        for i in self.view(from, to, frame.level) {
            if out.len() >= MOST {
                break;
            }
            let phrase = if let Some(n) = self.bare_name(i) {
                if n.first != i
                    || !matches!(self.kind_of(n.actor), ActorType::Person | ActorType::Organisation)
                {
                    continue;
                }
                Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None }
            } else if PERSONAL.contains(&self.words.lower(i)) {
                Phrase { first: i, last: i, what: What::Pronoun, who: None }
            } else {
                continue;
            };
            if !out.iter().any(|c| c.phrase.first == phrase.first) {
                out.push(self.candidate(q, frame, phrase, Vec::new()));
            }
        }
        out
    }

    fn candidate(
        &self,
        q: usize,
        frame: &Frame,
        phrase: Phrase,
        rules: Vec<(Rule, u8, Option<usize>)>,
    ) -> Candidate {
        let m = self.marked[q];
        let (open, close) = (self.words.at(m.span.start), self.words.at(m.span.end));
        let t = phrase.first;
        let inside =
            frame.view.first().is_some_and(|&a| t >= a) && frame.view.last().is_some_and(|&b| t <= b);
        let block = self.words.tokens[t].block;
        let place = if inside {
            if t < open { Place::Left } else { Place::Right }
        } else if block == m.block {
            if t < open { Place::SentenceBefore } else { Place::SentenceAfter }
        } else if block + 1 == m.block {
            Place::BlockBefore
        } else {
            Place::Elsewhere
        };
        let distance = if t < open { open - t } else { t.saturating_sub(close) };
        Candidate { phrase, rules, place, distance }
    }
}
