//! The elements around a block, their names, and what the same template makes elsewhere.

use super::{PageFacts, steps, tenth};
use crate::article::view::View;
use crate::model::{Feature, Sink};
use crate::page::{NO_PARENT, Tag};

/// The names seen so far, 64 at most.
struct Once {
    /// Each at the place of its low bits or the next free one; 0 is free.
    names: [u32; 128],
    len: u32,
    /// Whether the name 0 was seen.
    zero: bool,
}

impl Once {
    const fn new() -> Self {
        Self { names: [0; 128], len: 0, zero: false }
    }

    /// Adds a name; whether it is new and there was room.
    #[inline]
    fn add(&mut self, name: u32) -> bool {
        if self.len == 64 {
            return false;
        }
        let mut at = name as usize % 128;
        while self.names[at] != 0 && self.names[at] != name {
            at = (at + 1) % 128;
        }
        let new = if name == 0 { !std::mem::replace(&mut self.zero, true) } else { self.names[at] != name };
        self.names[at] = name;
        self.len += u32::from(new);
        new
    }
}

#[inline(never)]
pub(super) fn markup(view: &View, i: usize, page: &PageFacts, out: &mut impl Sink) {
    let segment = &view.segments.list[i];
    let fact = &view.facts[i];
    let nodes = &view.page.nodes;
    let words = steps(fact.words) / 3;
    let prose = u32::from(fact.prose);
    let all = view.sums[0];
    let mut path = Feature::new(40);
    let mut seen = Once::new();
    let (mut in_article, mut in_main, mut hidden) = (0, false, false);
    for (level, at) in view.up(i).enumerate() {
        let tag = nodes[at as usize].tag;
        if level < 3 {
            path = path.number(tag as u32);
            out.push(path.number(u32::from(fact.link_step)));
        }
        match tag {
            Tag::Article => in_article += 1,
            Tag::Main => in_main = true,
            _ => {}
        }
        hidden |= nodes[at as usize].flags & crate::page::HIDDEN != 0;
        if !matches!(tag, Tag::Div | Tag::Body | Tag::Html | Tag::P | Tag::Span) {
            out.push(Feature::new(41).number(tag as u32).number(prose));
        }
        if matches!(tag, Tag::Body | Tag::Html) {
            // Theirs are the page's names, not the block's.
            for &name in view.names_of(at) {
                out.push(Feature::new(42).number(name).number(prose));
            }
            continue;
        }
        for &name in view.names_of(at) {
            if level < 2 {
                out.push(Feature::new(43 + level as u32).number(name));
                out.push(Feature::new(45 + level as u32).number(name).number(words));
            } else if level == 2 {
                out.push(Feature::new(47).number(name));
            }
            if seen.add(name) {
                out.push(Feature::new(48).number(name));
                out.push(Feature::new(49).number(name).number(prose));
            }
        }
        if level < 6 {
            let sums = view.sums[at as usize];
            let links = tenth(sums.linked, sums.text);
            let share = tenth(sums.text, all.text);
            let level = level as u32;
            out.push(Feature::new(50).number(level).number(links).number(steps(sums.prose)));
            out.push(Feature::new(51).number(level).number(share).number(steps(sums.blocks)));
            out.push(Feature::new(52).number(level).number(tenth(sums.prose_text, sums.text)).number(words));
            out.push(
                Feature::new(53)
                    .number(level)
                    .number(tenth(sums.prose_text, all.prose_text))
                    .number(u32::from(fact.link_step))
                    .number(words),
            );
        }
    }
    // Inline markup that holds the whole block.
    let inner = nodes[segment.first as usize].parent;
    if inner != NO_PARENT && inner != segment.node {
        let end = nodes[inner as usize].end;
        let whole = segment.last < end;
        out.push(
            Feature::new(54).number(nodes[inner as usize].tag as u32).number(u32::from(whole)).number(words),
        );
        for &name in view.names_of(inner) {
            out.push(Feature::new(55).number(name).number(u32::from(whole)));
        }
    }
    let article = match (page.articles, in_article) {
        (0, _) => 0,
        (1, 0) => 1,
        (1, _) => 2,
        (_, 0) => 3,
        (_, 1) => 4,
        _ => 5,
    };
    out.push(Feature::new(56).number(article).number(words).number(u32::from(fact.link_step)));
    if page.has_main {
        out.push(Feature::new(57).number(u32::from(in_main)).number(words));
    }
    if page.has_body_prop {
        let inside = view.inside(segment.node, page.body_prop);
        out.push(Feature::new(58).number(u32::from(inside)).number(words));
        out.push(Feature::new(59).number(u32::from(inside)).number(prose).number(u32::from(fact.link_step)));
    }
    if hidden {
        out.push(Feature::new(60).number(prose));
    }
    out.push(Feature::new(61).number(page.kind).number(prose));
    if let Some([count, total, links, prose]) = view.paths.get(fact.path as usize) {
        let mean = steps(total / count);
        out.push(Feature::new(62).number(steps(*count)).number(mean));
        out.push(Feature::new(63).number(steps(*count)).number(tenth(*prose, *count)).number(words));
        out.push(Feature::new(64).number(links / count).number(mean).number(words));
    }
}
