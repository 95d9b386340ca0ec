//! Where a block stands on the page, and the blocks beside it.

use super::{FEW, PageFacts, heading, steps, tenth};
use crate::article::view::{Fact, View};
use crate::model::{Feature, Sink};
use crate::page::Tag;

#[inline(never)]
pub(super) fn place(view: &View, i: usize, page: &PageFacts, before: u32, total: u32, out: &mut impl Sink) {
    let fact = &view.facts[i];
    let words = steps(fact.words) / 3;
    out.push(Feature::new(20).number(tenth(i as u32, view.facts.len() as u32)).number(words));
    out.push(Feature::new(21).number(tenth(before, total)).number(words));
    let side = match view.headline {
        None => 0,
        Some(h) if i == h => 1,
        Some(h) if i < h => 2 + steps((h - i) as u32).min(9),
        Some(h) => 20 + steps((i - h) as u32),
    };
    out.push(Feature::new(22).number(side).number(words));
    out.push(Feature::new(23).number(side).number(u32::from(fact.prose)).number(u32::from(fact.link_step)));
    let (a, b) = (steps(page.prose_before[i]), steps(page.prose_after[i]));
    out.push(Feature::new(24).number(a).number(words));
    out.push(Feature::new(25).number(b).number(words));
    out.push(Feature::new(26).number(a.min(7)).number(b.min(7)).number(u32::from(fact.link_step)));
    // Where it stands to the container that holds most of the running text.
    let node = view.segments.list[i].node;
    let relation = if view.inside(node, view.top) {
        let depth = view.up(i).take_while(|&n| n != view.top).count();
        depth.min(7) as u32
    } else if node < view.top {
        10
    } else {
        11
    };
    out.push(Feature::new(27).number(relation).number(words).number(u32::from(fact.link_step)));
    out.push(Feature::new(28).number(relation).number(view.page.nodes[node as usize].tag as u32));
    // How far up one has to go from the block to reach the top container's branch.
    let up = view.up(i).take_while(|&n| !view.inside(view.top, n)).count().min(8) as u32;
    out.push(Feature::new(29).number(up).number(words).number(u32::from(node > view.top)));
    if let Some(h) = view.headline {
        let head = view.segments.list[h].node;
        let up = view.up(i).take_while(|&n| !view.inside(head, n)).count().min(9) as u32;
        out.push(Feature::new(30).number(up).number(words));
    }
    let share = tenth(view.sums[view.top as usize].prose_text, view.sums[0].text.max(1));
    out.push(Feature::new(31).number(relation).number(share).number(words));
}

/// A short summary of a block, to be used by its neighbours.
fn summary(fact: &Fact, tag: Tag) -> u32 {
    steps(fact.words) * 64
        + u32::from(fact.link_step) * 8
        + u32::from(fact.prose) * 4
        + u32::from(heading(tag)) * 2
}

/// What stands beside a block; `lowers`: of blocks of few words their hash in lower case.
#[inline(never)]
pub(super) fn neighbours(view: &View, i: usize, lowers: &[u32], out: &mut impl Sink) {
    let list = &view.segments.list;
    let tag = |j: usize| view.page.nodes[list[j].node as usize].tag;
    let words = steps(view.facts[i].words) / 3;
    let own = summary(&view.facts[i], tag(i));
    for (n, offset) in [-2i32, -1, 1, 2].into_iter().enumerate() {
        let j = i as i64 + i64::from(offset);
        let Some(fact) = usize::try_from(j).ok().and_then(|j| view.facts.get(j)) else {
            out.push(Feature::new(80).number(n as u32));
            continue;
        };
        let j = j as usize;
        let theirs = summary(fact, tag(j));
        out.push(Feature::new(81).number(n as u32).number(theirs).number(words));
        if offset.abs() == 1 {
            out.push(Feature::new(82).number(n as u32).number(theirs).number(own));
            let same = list[j].node == list[i].node
                || view.page.nodes[list[j].node as usize].parent
                    == view.page.nodes[list[i].node as usize].parent;
            out.push(
                Feature::new(83)
                    .number(n as u32)
                    .number(u32::from(same))
                    .number(u32::from(fact.path == view.facts[i].path))
                    .number(u32::from(fact.prose))
                    .number(words),
            );
            out.push(Feature::new(84).number(n as u32).number(tag(j) as u32).number(tag(i) as u32));
            if fact.words <= FEW {
                out.push(Feature::new(85).number(n as u32).number(lowers[j]));
            }
            for &name in view.names_of(list[j].node) {
                out.push(Feature::new(86).number(n as u32).number(name));
            }
        }
    }
    let around = |range: std::ops::Range<usize>| {
        view.facts.get(range).map_or(0, |facts| facts.iter().filter(|f| f.prose).count() as u32)
    };
    let before = around(i.saturating_sub(5)..i);
    let after = around((i + 1).min(view.facts.len())..(i + 6).min(view.facts.len()));
    out.push(Feature::new(87).number(before).number(after).number(words));
}
