//! The elements around a block, their names, and what the same template makes elsewhere.

use super::above::Above;
use super::{PageFacts, steps, tenth};
use crate::article::view::{Fact, View};
use crate::model::{Feature, Sink};
use crate::page::{HIDDEN, NO_PARENT, Node, Tag};

/// Names of a block that count at most.
pub(super) const NAMES: usize = 64;

/// The names seen so far, [`NAMES`] at most.
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
        if self.len == NAMES as u32 {
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

/// What stands around a block.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    pub articles: u32,
    pub main: bool,
    pub hidden: bool,
}

impl Around {
    /// With one more element.
    pub(super) fn with(self, node: &Node) -> Self {
        Self {
            articles: self.articles + u32::from(node.tag == Tag::Article),
            main: self.main || node.tag == Tag::Main,
            hidden: self.hidden || node.flags & HIDDEN != 0,
        }
    }
}

/// Whether an element's tag says something of what is in it.
pub(super) const fn tells(tag: Tag) -> bool {
    !matches!(tag, Tag::Div | Tag::Body | Tag::Html | Tag::P | Tag::Span)
}

/// The elements around a block, one by one.
fn elements(view: &View, i: usize, out: &mut impl Sink) -> Around {
    let fact = &view.facts[i];
    let nodes = &view.page.nodes;
    let words = steps(fact.words) / 3;
    let prose = u32::from(fact.prose);
    let mut path = Feature::new(40);
    let mut seen = Once::new();
    let mut around = Around::default();
    for (level, at) in view.up(i).enumerate() {
        let tag = nodes[at as usize].tag;
        if level < 3 {
            path = path.number(tag as u32);
            out.push(path.number(u32::from(fact.link_step)));
        }
        around = around.with(&nodes[at as usize]);
        if tells(tag) {
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
        if level < LEVELS {
            for feature in
                holding(view, at, level as u32).into_iter().chain(held(view, at, level as u32, fact))
            {
                out.push(feature);
            }
        }
    }
    around
}

/// Elements around a block of which it is told what they hold.
pub(super) const LEVELS: usize = 6;

/// What an element holds.
pub(super) fn holding(view: &View, at: u32, level: u32) -> [Feature; 2] {
    let sums = view.sums[at as usize];
    let links = tenth(sums.linked, sums.text);
    let share = tenth(sums.text, view.sums[0].text);
    [
        Feature::new(50).number(level).number(links).number(steps(sums.prose)),
        Feature::new(51).number(level).number(share).number(steps(sums.blocks)),
    ]
}

/// What an element holds beside a block like this.
pub(super) fn held(view: &View, at: u32, level: u32, fact: &Fact) -> [Feature; 2] {
    let (sums, all) = (view.sums[at as usize], view.sums[0]);
    let words = steps(fact.words) / 3;
    [
        Feature::new(52).number(level).number(tenth(sums.prose_text, sums.text)).number(words),
        Feature::new(53)
            .number(level)
            .number(tenth(sums.prose_text, all.prose_text))
            .number(u32::from(fact.link_step))
            .number(words),
    ]
}

#[inline(never)]
pub(super) fn markup<S: Sink>(view: &View, i: usize, page: &PageFacts, above: &mut Above, out: &mut S) {
    let segment = &view.segments.list[i];
    let fact = &view.facts[i];
    let nodes = &view.page.nodes;
    let words = steps(fact.words) / 3;
    let prose = u32::from(fact.prose);
    let summed = if S::SUMS { above.add(view, i, out) } else { None };
    let around = summed.unwrap_or_else(|| elements(view, i, out));
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
    let article = match (page.articles, around.articles) {
        (0, _) => 0,
        (1, 0) => 1,
        (1, _) => 2,
        (_, 0) => 3,
        (_, 1) => 4,
        _ => 5,
    };
    out.push(Feature::new(56).number(article).number(words).number(u32::from(fact.link_step)));
    if page.has_main {
        out.push(Feature::new(57).number(u32::from(around.main)).number(words));
    }
    if page.has_body_prop {
        let inside = view.inside(segment.node, page.body_prop);
        out.push(Feature::new(58).number(u32::from(inside)).number(words));
        out.push(Feature::new(59).number(u32::from(inside)).number(prose).number(u32::from(fact.link_step)));
    }
    if around.hidden {
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
