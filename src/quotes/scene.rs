//! All that a speaker is told by: words, quotations and who is named where.

use super::marks::Marked;
use super::words::{Kind, NONE, Words};
use crate::actors::{Actor, ActorType, Form};
use crate::order::Order;
use crate::text::Span;

/// A mention of an actor, in tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) actor: u32,
    pub(super) form: Form,
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
}

/// An article made ready for looking for speakers.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) words: Words<'a>,
    pub(super) marked: Vec<Marked>,
    pub(super) actors: &'a [Actor],
    /// Mentions in order.
    pub(super) names: Vec<Name>,
    /// For each token the mention that it is part of, or [`NONE`].
    name_at: Vec<u32>,
    /// First token of each sentence that has one, with its end.
    pub(super) sentences: Vec<(usize, usize)>,
    /// For each block its tokens.
    pub(super) blocks: Vec<(usize, usize)>,
}

/// A stretch of the reporter's words: tokens in order, each quotation only its opening mark.
pub(super) type View = Vec<usize>;

impl<'a> Scene<'a> {
    pub(super) fn new(mut words: Words<'a>, marked: Vec<Marked>, actors: &'a [Actor], blocks: usize) -> Self {
        words.enter(&marked);
        let mut names = Vec::new();
        let mut all: Vec<(Span, u32, Form)> = actors
            .iter()
            .flat_map(|a| a.mentions.iter().map(move |m| (m.span, a.id, m.form)))
            .filter(|m| m.2 != Form::Pronoun)
            .collect();
        all.order_by_key(|m| (m.0.start, usize::MAX - m.0.end));
        let mut name_at = vec![NONE; words.tokens.len()];
        for (span, actor, form) in all {
            let (first, end) = (words.at(span.start), words.at(span.end));
            if first >= end || name_at[first] != NONE {
                continue;
            }
            for slot in &mut name_at[first..end] {
                *slot = names.len() as u32;
            }
            names.push(Name { actor, form, first, last: end - 1 });
        }
        let (mut sentences, mut bounds) = (Vec::new(), vec![(0, 0); blocks]);
        for (i, t) in words.tokens.iter().enumerate() {
            let s = t.sentence as usize;
            if t.sentence != NONE {
                if sentences.len() <= s {
                    sentences.resize(s + 1, (i, i));
                }
                sentences[s].1 = i + 1;
            }
            if let Some(b) = bounds.get_mut(t.block as usize) {
                if b.1 == 0 {
                    b.0 = i;
                }
                b.1 = i + 1;
            }
        }
        Self { words, marked, actors, names, name_at, sentences, blocks: bounds }
    }

    /// The mention that token `i` is part of.
    pub(super) fn name(&self, i: usize) -> Option<Name> {
        let n = *self.name_at.get(i)?;
        self.names.get(n as usize).copied()
    }

    /// The bare name (no title or description) that token `i` is part of.
    pub(super) fn bare_name(&self, i: usize) -> Option<Name> {
        self.name(i).filter(|n| n.form == Form::Name)
    }

    /// What the actor is.
    pub(super) fn kind_of(&self, actor: u32) -> ActorType {
        self.actors.get(actor as usize).map_or(ActorType::Other, |a| a.kind)
    }

    /// The reporter's words among tokens `from..to`, seen from inside quotation `level` ([`NONE`]: from
    /// outside all): a quotation is one item, its opening mark.
    pub(super) fn view(&self, from: usize, to: usize, level: u32) -> View {
        let mut out = View::new();
        let mut i = from;
        while i < to {
            let q = self.words.tokens[i].quote;
            if q == level {
                if self.words.tokens[i].kind != Kind::Mark {
                    out.push(i);
                }
                i += 1;
                continue;
            }
            let Some(child) = self.child(q, level) else {
                i += 1;
                continue;
            };
            // A quotation that began before `from` is no item of its own.
            if self.words.tokens[i].span.start <= self.marked[child].inner.start {
                out.push(i);
            }
            i = self.words.at(self.marked[child].span.end).max(i + 1);
        }
        out
    }

    /// The quotation right inside `level` that holds quotation `q`.
    fn child(&self, mut q: u32, level: u32) -> Option<usize> {
        loop {
            let m = self.marked.get(q as usize)?;
            let parent = m.parent.unwrap_or(NONE);
            if parent == level {
                return Some(q as usize);
            }
            q = parent;
        }
    }

    /// Whether item `i` of a view from `level` stands for a quotation.
    pub(super) fn is_quote(&self, i: usize, level: u32) -> bool {
        self.words.tokens[i].quote != level
    }
}
