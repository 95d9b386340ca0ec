//! What the labeller's second pass sees: the first pass's likelihoods of a block's neighbours,
//! siblings and of all blocks made by the same template (stacked sequential learning, Cohen and
//! Carvalho 2005).

use super::features::{steps, tenth};
use super::view::View;
use crate::model::{Feature, Features};
use crate::page::{NO_PARENT, Tag};
use std::collections::HashMap;

/// A likelihood in steps, finer near 0 and 1.
fn level(p: f32) -> u32 {
    const STEPS: [f32; 11] = [0.005, 0.02, 0.06, 0.15, 0.3, 0.5, 0.7, 0.85, 0.94, 0.98, 0.995];
    STEPS.iter().filter(|&&s| p >= s).count() as u32
}

/// In four steps.
fn coarse(p: f32) -> u32 {
    [0.1, 0.5, 0.9].iter().filter(|&&s| p >= s).count() as u32
}

/// Words and likely words of a group of blocks.
#[derive(Clone, Copy, Default)]
struct Mass {
    words: f32,
    likely: f32,
    blocks: u32,
}

impl Mass {
    fn add(&mut self, words: f32, p: f32) {
        self.words += words;
        self.likely += words * p;
        self.blocks += 1;
    }

    /// The mean likelihood of the others.
    fn others(self, words: f32, p: f32) -> Option<(f32, u32)> {
        let rest = self.words - words;
        (self.blocks > 1 && rest > 0.1)
            .then(|| (((self.likely - words * p) / rest).clamp(0.0, 1.0), self.blocks - 1))
    }
}

/// Makes the second pass's features from the first pass's and the likelihood that each block is the
/// article's text.
#[allow(clippy::too_many_lines, clippy::needless_range_loop, reason = "one table of features")]
pub(crate) fn second(view: &View, first: &Features, likely: &[f32]) -> Features {
    let nodes = &view.page.nodes;
    let list = &view.segments.list;
    let weight = |i: usize| view.facts[i].words.min(60) as f32;
    let mut paths: HashMap<u32, Mass> = HashMap::new();
    let mut sums = vec![Mass::default(); nodes.len()];
    for (i, &p) in likely.iter().enumerate() {
        paths.entry(view.facts[i].path).or_default().add(weight(i), p);
        sums[list[i].node as usize].add(weight(i), p);
    }
    for i in (1..nodes.len()).rev() {
        let parent = nodes[i].parent;
        if parent != NO_PARENT {
            let from = sums[i];
            let to = &mut sums[parent as usize];
            to.words += from.words;
            to.likely += from.likely;
            to.blocks += from.blocks;
        }
    }
    let all = sums.first().copied().unwrap_or_default();
    // The deepest elements that hold most, and nearly all, of what is likely.
    let deepest = |share: f32| {
        (0..nodes.len())
            .rev()
            .find(|&i| sums[i].likely > all.likely * share && sums[i].likely > 0.0)
            .unwrap_or(0) as u32
    };
    let (most, nearly) = (deepest(0.6), deepest(0.92));
    let sure = |i: usize| likely[i] > 0.8 && view.facts[i].words >= 12;
    let n = likely.len();
    let (mut before, mut after) = (vec![99u32; n], vec![99u32; n]);
    let mut last = 99;
    for i in 0..n {
        before[i] = last;
        last = if sure(i) { 0 } else { last + 1 };
    }
    last = 99;
    for i in (0..n).rev() {
        after[i] = last;
        last = if sure(i) { 0 } else { last + 1 };
    }
    let mut out = Features::new();
    let mut passed = 0.0;
    for i in 0..n {
        for &hash in first.item(i) {
            out.push_hash(hash);
        }
        let fact = &view.facts[i];
        let p = likely[i];
        let own = level(p);
        let words = steps(fact.words) / 3;
        let tag = nodes[list[i].node as usize].tag;
        let heading = u32::from(matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6));
        out.push(Feature::new(100).number(own));
        out.push(Feature::new(101).number(own).number(words).number(u32::from(fact.link_step)));
        out.push(Feature::new(102).number(own).number(heading).number(u32::from(fact.prose)));
        if let Some((mean, count)) = paths.get(&fact.path).and_then(|m| m.others(weight(i), p)) {
            out.push(Feature::new(103).number(level(mean)).number(steps(count)));
            out.push(Feature::new(104).number(level(mean)).number(own / 2).number(words));
        }
        for (up, at) in view.up(i).take(5).enumerate() {
            let mass = sums[at as usize];
            let up = up as u32;
            if let Some((mean, count)) = mass.others(weight(i), p) {
                out.push(Feature::new(105).number(up).number(level(mean)).number(words));
                out.push(Feature::new(106).number(up).number(level(mean)).number(own / 2));
                out.push(Feature::new(107).number(up).number(coarse(mean)).number(steps(count).min(9)));
            }
            let share = (mass.likely / all.likely.max(0.1) * 10.0) as u32;
            out.push(Feature::new(108).number(up).number(share.min(10)).number(words));
        }
        let at = |offset: i64| -> u32 {
            usize::try_from(i as i64 + offset).ok().and_then(|j| likely.get(j)).map_or(9, |&p| coarse(p))
        };
        out.push(Feature::new(109).number(at(-1)).number(own / 2).number(at(1)));
        out.push(Feature::new(110).number(at(-2)).number(at(-1)).number(at(1)).number(at(2)).number(words));
        out.push(
            Feature::new(111).number(at(-1)).number(at(-2)).number(at(-3)).number(u32::from(fact.prose)),
        );
        out.push(Feature::new(112).number(at(1)).number(at(2)).number(at(3)).number(u32::from(fact.prose)));
        let (a, b) = (steps(before[i]), steps(after[i]));
        out.push(Feature::new(113).number(a).number(words));
        out.push(Feature::new(114).number(b).number(words));
        out.push(Feature::new(115).number(a.min(8)).number(b.min(8)).number(own / 2));
        out.push(
            Feature::new(116)
                .number(a.min(8))
                .number(b.min(8))
                .number(u32::from(fact.link_step))
                .number(heading),
        );
        let done = (passed / all.likely.max(0.1) * 20.0) as u32;
        out.push(Feature::new(117).number(done).number(words));
        out.push(Feature::new(118).number(done).number(own / 2));
        passed += weight(i) * p;
        for (n, root) in [most, nearly].into_iter().enumerate() {
            let n = n as u32;
            let inside = view.inside(list[i].node, root);
            let depth = if inside {
                view.up(i).take_while(|&x| x != root).count().min(6) as u32
            } else {
                10 + view.up(i).take_while(|&x| !view.inside(root, x)).count().min(6) as u32
            };
            let side = u32::from(list[i].node > root);
            out.push(Feature::new(119).number(n).number(depth).number(side).number(words));
            out.push(Feature::new(120).number(n).number(depth).number(own / 2));
            out.push(Feature::new(121).number(n).number(u32::from(inside)).number(tag as u32));
        }
        out.push(Feature::new(122).number(tenth(all.likely as u32, 1000)).number(own / 2));
        out.end_item();
    }
    out
}
