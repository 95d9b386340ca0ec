//! Quotations that belong together have one speaker: those that run over paragraphs, and words that stand
//! in the headline and again in the text.

use super::QuoteKind;
use super::marks::End;
use super::scene::Scene;
use super::speaker::Said;
use super::unnamed::Who;
use crate::actors::ActorType;

/// Brief quotations that are looked for again, at most; in eight times as many.
const MOST: usize = 40;

/// Gives all parts of a quotation that runs over paragraphs the speaker that is told best.
pub(super) fn chains(scene: &Scene, said: &mut [Said]) {
    let marked: Vec<usize> =
        (0..said.len()).filter(|&i| said[i].marked.is_some_and(|q| scene.marked[q].depth == 0)).collect();
    let mut from = 0;
    while from < marked.len() {
        let mut to = from + 1;
        while to < marked.len() && goes_on(scene, &said[marked[to - 1]], &said[marked[to]]) {
            to += 1;
        }
        if to > from + 1 {
            settle(&marked[from..to], said);
        }
        from = to;
    }
}

fn goes_on(scene: &Scene, a: &Said, b: &Said) -> bool {
    let (Some(a), Some(b)) = (a.marked, b.marked) else { return false };
    let (a, b) = (scene.marked[a], scene.marked[b]);
    a.end == End::GoesOn && b.continues && a.block + 1 == b.block
}

fn settle(parts: &[usize], said: &mut [Said]) {
    let mut totals: Vec<(Who, f32, usize)> = Vec::new();
    for &i in parts {
        for &(who, p) in &said[i].others {
            match totals.iter_mut().find(|t| t.0 == who) {
                Some(t) => t.1 += p,
                None => totals.push((who, p, i)),
            }
        }
    }
    let Some(best) = totals.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
    // The part that names the speaker most surely lends its words to those that name nobody or another.
    let source = parts
        .iter()
        .copied()
        .filter(|&i| said[i].who == best.0)
        .max_by(|&a, &b| said[a].confidence.total_cmp(&said[b].confidence));
    let Some(source) = source else { return };
    let lent = said[source].clone();
    for &i in parts {
        if said[i].who != best.0 {
            let confidence = (best.1 / parts.len() as f32).max(lent.confidence * 0.9);
            said[i] = Said {
                who: lent.who,
                phrase: lent.phrase,
                mention: lent.mention,
                confidence,
                ..said[i].clone()
            };
        }
    }
}

/// A quotation in a headline whose speaker the headline does not surely name is whoever says the same
/// words in the text.
pub(super) fn headline(scene: &Scene, said: &mut [Said]) {
    let text = scene.words.text;
    let heads: Vec<usize> = (0..said.len())
        .filter(|&i| said[i].kind != QuoteKind::Indirect && said[i].marked.is_some_and(|q| brief(scene, q)))
        .take(MOST)
        .collect();
    for i in heads {
        let words = content(said[i].span.of(text));
        if words.is_empty() {
            continue;
        }
        let found = (0..said.len().min(MOST * 8))
            .filter(|&j| j != i && said[j].marked.is_none_or(|q| !brief(scene, q)))
            .map(|j| {
                let other = content(said[j].span.of(text));
                let both = words.iter().filter(|w| other.contains(w)).count();
                // All of a fragment may stand in the headline: "The sea, he said, “takes what it gave”."
                let part = said[j].span.len() + 4 < said[i].span.len();
                let whole = !part || said[j].marked.is_some() && both > 1 && both == other.len();
                let share = if whole { both as f32 / words.len() as f32 } else { 0.0 };
                Echo { at: j, share, both, more: other.len().abs_diff(words.len()) }
            })
            .filter(|e| e.share >= 0.6 && (e.both > 1 || words.len() == 1))
            // Words of nobody that can be told are only the headline's where they are all of it.
            .filter(|e| said[e.at].who != Who::Unknown || e.share > 0.95 && e.more == 0)
            .max_by(|a, b| a.share.total_cmp(&b.share).then(b.more.cmp(&a.more)).then(b.at.cmp(&a.at)));
        let Some(echo) = found.filter(|e| said[e.at].who != said[i].who) else { continue };
        let person = |who| matches!(who, Who::Actor(a) if scene.kind_of(a) == ActorType::Person);
        let sure = person(said[i].who) && said[i].confidence >= 0.9;
        if sure && !person(said[echo.at].who) && echo.share > 0.95 {
            // "a top official said": the headline tells who that is.
            let (who, confidence) = (said[i].who, said[i].confidence.min(SAME));
            let others = vec![(who, confidence)];
            said[echo.at] = Said { who, confidence, others, ..said[echo.at].clone() };
        } else if said[i].confidence < 0.8
            || said[i].who == Who::Unknown
            || echo.share > 0.95 && (echo.more < 3 || !sure)
        {
            let (who, confidence) = (said[echo.at].who, said[echo.at].confidence * echo.share);
            let (phrase, mention) = match said[i].phrase {
                Some(p) if said[i].who == Who::Unknown && scene.one(p) => (said[i].phrase, said[i].mention),
                _ => (None, None),
            };
            said[i] =
                Said { who, phrase, mention, confidence, others: vec![(who, confidence)], ..said[i].clone() };
        }
    }
}

/// How sure it is, at most, that words of the text are those of the headline's speaker.
const SAME: f32 = 0.9;

/// Words of a headline met again in the text.
struct Echo {
    /// Which quotation.
    at: usize,
    /// The share of the headline's words that stand in it, and how many those are.
    share: f32,
    both: usize,
    /// How many words it has more or fewer.
    more: usize,
}

/// Whether a quotation stands in the headline or in a line that is little more than it.
fn brief(scene: &Scene, q: usize) -> bool {
    let m = scene.marked[q];
    let (from, to) = scene.blocks[m.block as usize];
    let (a, b) = (scene.words.at(m.span.start), scene.words.at(m.span.end));
    // "16:20 ‘It took the roof clean off’" in a live blog.
    let (before, after) = (a.saturating_sub(from), to.saturating_sub(b));
    let alone = before + after <= 2 || before <= 4 && after == 0;
    m.depth == 0 && (m.block == 0 || alone && b - a < 14)
}

/// The words that carry what is said, in lower case.
fn content(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3)
        .map(str::to_lowercase)
        .collect()
}
