//! What the learned judge sees of a clause that may be reported speech.

use super::cues::Class;
use super::evidence::Evidence;
use super::grammar::{SUBJECT_PRONOUNS, determiner, preposition};
use super::indirect::{Reported, Shape};
use super::phrases::What;
use super::ranker::step;
use super::scene::{Scene, View};
use super::words::{Kind, NONE};
use crate::model::{Feature, Features};
use crate::text::Span;

impl Scene<'_> {
    /// The kind of what a clause begins with: a number for each.
    fn object(&self, v: &View, from: usize) -> u32 {
        let word = self.low(v, from);
        match self.words.tokens[v[from]].kind {
            Kind::Number => 1,
            Kind::Word if SUBJECT_PRONOUNS.contains(&word) || word == "there" => 2,
            Kind::Word if matches!(word, "a" | "an") => 3,
            Kind::Word if determiner(word) => 4,
            Kind::Word if preposition(word) => 5,
            Kind::Word if word.ends_with("ing") => 6,
            Kind::Word if self.bare_name(v[from]).is_some() => 7,
            Kind::Word => 8,
            _ => 9,
        }
    }

    /// Proposes items `from..to` as reported by the word at item `k`.
    pub(super) fn propose(
        &self,
        v: &View,
        (shape, from, to): (Shape, usize, usize),
        k: usize,
        evidence: Evidence,
        out: &mut Vec<Reported>,
    ) {
        if to <= from || to > v.len() || (from..to).any(|i| self.is_quote(v[i], NONE)) {
            return;
        }
        let tokens = &self.words.tokens;
        let span = Span::new(tokens[v[from]].span.start, tokens[v[to - 1]].span.end);
        let mut f = Features::new();
        let cue = self.words.cue(v[k]);
        let lemma = cue.map_or(9999, |c| u32::from(c.lemma));
        let class = cue.map_or(9, |c| match c.class {
            Class::Say => 0,
            Class::Tell => 1,
            Class::Call => 2,
            Class::Weak => 3,
            Class::Particle(_) => 4,
        });
        let inflection = cue.map_or(9, |c| c.inflection as u32);
        let s = shape as u32;
        let what = match evidence.phrase.what {
            What::Name(a) => self.kind_of(a) as u32,
            What::Run => 5,
            What::Pronoun => 6 + u32::from(matches!(self.words.lower(evidence.phrase.first), "i" | "we")),
            What::Nominal => {
                8 + u32::from(super::grammar::speaker_noun(self.words.lower(evidence.phrase.last)))
            }
        };
        let head = u32::from(tokens[v[0]].block == 0);
        let finite = u32::from((from..to).any(|i| self.finite(v, i)));
        let length = step(to - from);
        let gap = step(from.abs_diff(k));
        let near = step(evidence.phrase.last.abs_diff(v[k]));
        let quotes = u32::from(v.iter().any(|&t| self.is_quote(t, NONE)));
        let opening = crate::model::hash_text(self.low(v, from));
        let prior = crate::model::hash_text(if k > 0 { self.low(v, k - 1) } else { "" });
        // What comes first tells other senses: "recalling 640,000 cars", "told off", "held the ball".
        let object = self.object(v, from);
        let held = k > 0 && super::grammar::auxiliary(self.low(v, k - 1));
        for feature in [
            Feature::new(140).number(lemma).number(object),
            Feature::new(141).number(s).number(object).number(class),
            Feature::new(142).number(u32::from(held)).number(inflection).number(s).number(object),
            Feature::new(60),
            Feature::new(61).number(s).number(class).number(inflection),
            Feature::new(62).number(lemma),
            Feature::new(63).number(lemma).number(s),
            Feature::new(64).number(s).number(what),
            Feature::new(65).number(s).number(finite).number(length),
            Feature::new(66).number(s).number(gap),
            Feature::new(67).number(s).number(near),
            Feature::new(68).number(head).number(s).number(inflection),
            Feature::new(69).number(quotes).number(s),
            Feature::new(70).number(opening).number(s),
            Feature::new(71).number(lemma).number(what),
            Feature::new(72).number(prior),
            Feature::new(73).number(what).number(class).number(inflection),
            Feature::new(74).number(evidence.rule as u32).number(s),
            Feature::new(75).number(lemma).number(inflection),
        ] {
            f.push(feature);
        }
        f.end_item();
        f.push(Feature::new(59));
        f.end_item();
        out.push(Reported { span, evidence, features: f });
    }
}
