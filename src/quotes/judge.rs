//! What the learned judge sees of words in marks, to tell speech from scare quotes, titles and terms.

use super::QuoteKind;
use super::cues::{Class, NOUNS};
use super::evidence::{Evidence, Frame};
use super::grammar::{determiner, preposition};
use super::kinds::{so_called, title_case, words, work};
use super::phrases::What;
use super::ranker::step;
use super::scene::Scene;
use crate::model::{Feature, Features};

/// What the learned judge sees of quotation `q`: one item for speech, one for none. `verdict` is what the
/// rules say.
pub(super) fn describe(
    scene: &Scene,
    q: usize,
    frame: &Frame,
    evidence: &[Evidence],
    verdict: Option<QuoteKind>,
) -> Features {
    let m = scene.marked[q];
    let inner = m.inner.of(scene.words.text).trim();
    let words = words(scene, q);
    let v = &frame.view;
    let low = |i: Option<usize>| i.map_or("", |i| scene.low(v, i));
    let before = frame.at.checked_sub(1);
    let prior = low(before);
    let second = low(frame.at.checked_sub(2));
    let next = low(Some(frame.at + 1));
    let n = step(words.len());
    let titled = u32::from(title_case(scene, &words));
    let rule = match verdict {
        None => 0,
        Some(QuoteKind::Mixed) => 1,
        Some(_) => 2,
    };
    let capital = u32::from(words.first().is_some_and(|&t| scene.words.tokens[t].capital));
    let end = inner.chars().next_back().map_or(0, |c| match c {
        c if c.is_alphanumeric() => 0,
        ',' => 1,
        '.' => 2,
        '?' | '!' => 3,
        _ => 4,
    });
    let head = u32::from(m.block == 0);
    let first = evidence.first();
    let how = first.map_or(99, |e| e.rule as u32);
    let lemma =
        first.and_then(|e| e.cue).and_then(|c| scene.words.cue(c)).map_or(9999, |c| u32::from(c.lemma));
    let class = (0..frame.at).rev().take(14).find_map(|i| scene.cue_at(v, i).map(|c| (i, c)));
    let near = class.map_or(99, |(i, c)| {
        step(frame.at - i) * 8
            + match c.class {
                Class::Say => 0,
                Class::Tell => 1,
                Class::Call => 2,
                Class::Weak => 3,
                Class::Particle(_) => 4,
            }
    });
    let alone = u32::from(v.len() <= 2);
    let mut f = Features::new();
    let noun = |w: &str| {
        u32::from(NOUNS.contains(&w))
            | u32::from(work(w)) << 1
            | u32::from(so_called(w)) << 2
            | u32::from(determiner(w)) << 3
            | u32::from(preposition(w)) << 4
    };
    let kin = (0..frame.at).rev().take(5).any(|i| work(scene.low(v, i)));
    let what = first.map_or(9, |e| match e.phrase.what {
        What::Name(a) => scene.kind_of(a) as u32,
        What::Run => 5,
        What::Pronoun => 6 + u32::from(scene.words.lower(e.phrase.first) == "they"),
        What::Nominal => 10 + u32::from(scene.words.lower(e.phrase.last).ends_with('s')),
    });
    for feature in [
        Feature::new(122).number(what).number(how).number(n),
        Feature::new(123).number(what).number(lemma),
        Feature::new(124).number(what).number(near),
        Feature::new(100).number(rule),
        Feature::new(101).number(rule).number(n),
        Feature::new(102).number(rule).number(n).number(titled),
        Feature::new(103).number(rule).text(prior),
        Feature::new(104).text(prior).number(n),
        Feature::new(105).text(second).text(prior),
        Feature::new(106).text(next),
        Feature::new(107).number(how).number(n),
        Feature::new(108).number(lemma),
        Feature::new(109).number(near).number(n),
        Feature::new(110).number(end).number(n).number(capital),
        Feature::new(111).number(head).number(n).number(rule),
        Feature::new(112).number(noun(prior)).number(n),
        Feature::new(113).number(noun(second)).number(noun(prior)).number(titled),
        Feature::new(114).number(noun(next)).number(titled),
        Feature::new(115).number(alone).number(n).number(end),
        Feature::new(116).number(u32::from(kin)).number(titled).number(n),
        Feature::new(117).number(u32::from(m.single)).number(n).number(head),
        Feature::new(118).number(how).number(rule).number(titled),
        Feature::new(119).number(m.depth.min(2)).number(how).number(n),
        Feature::new(120).number(capital).number(n).number(noun(prior)),
        Feature::new(121).number(near),
    ] {
        f.push(feature);
    }
    f.end_item();
    f.push(Feature::new(99));
    f.end_item();
    f
}
