//! Where a block's links lead, and the heading and pictures before it.

use super::{holds, steps};
use crate::article::view::View;
use crate::model::{Feature, Sink, hash_text};
use crate::page::{NO_PARENT, Tag};

/// Where the links of a block lead, and pictures right before it.
#[inline(never)]
pub(super) fn links(view: &View, i: usize, out: &mut impl Sink) {
    let segment = &view.segments.list[i];
    let nodes = &view.page.nodes;
    let words = steps(view.facts[i].words) / 3;
    if segment.links > 0 {
        let around = view.up(i).take(3).find(|&n| nodes[n as usize].tag == Tag::A);
        let inner = (segment.first..=segment.last).filter(|&n| nodes[n as usize].tag == Tag::A);
        let before = nodes[segment.first as usize].parent;
        let first = (before != NO_PARENT && nodes[before as usize].tag == Tag::A).then_some(before);
        for at in around.into_iter().chain(first).chain(inner).take(3) {
            let href = view.page.attr(at as usize, "href").unwrap_or_default();
            let (kind, path) = if href.is_empty() {
                (0, "")
            } else if let Some(rest) = href.strip_prefix('#') {
                (1, rest)
            } else if href.starts_with("mailto:")
                || href.starts_with("javascript:")
                || href.starts_with("tel:")
            {
                (2, "")
            } else if let Some((_, rest)) = href.split_once("//") {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                let host = host.trim_start_matches("www.");
                out.push(Feature::new(93).text(host));
                let own = host.bytes().next().is_none_or(|first| holds(&view.page.url, first, host));
                (if own { 3 } else { 4 }, path)
            } else {
                (5, href.trim_start_matches('/'))
            };
            let depth = path.split('/').filter(|p| !p.is_empty()).count() as u32;
            out.push(Feature::new(94).number(kind).number(words).number(u32::from(view.facts[i].link_step)));
            out.push(
                Feature::new(95)
                    .number(kind)
                    .number(depth.min(5))
                    .number(steps(path.len() as u32))
                    .number(words),
            );
            if let Some(part) = path.split(['/', '?', '-']).next().filter(|p| !p.is_empty() && p.len() < 20) {
                out.push(Feature::new(96).text(part));
            }
        }
    }
    let media = (segment.first.saturating_sub(12)..segment.first).rev().position(|n| {
        matches!(nodes[n as usize].tag, Tag::Img | Tag::Picture | Tag::Video | Tag::Figure | Tag::Iframe)
    });
    if let Some(far) = media {
        out.push(Feature::new(97).number(far as u32 / 3).number(words).number(u32::from(view.facts[i].last)));
    }
}

/// A heading, for the blocks below it.
pub(super) struct Under {
    block: usize,
    /// The element that it is the heading of; [`NO_PARENT`] where there is none.
    section: u32,
    /// Its words, hashed.
    words: Vec<u32>,
}

impl Under {
    /// Looks at block `h`, a heading.
    pub(super) fn new(view: &View, h: usize) -> Self {
        let nodes = &view.page.nodes;
        let above = |node: u32| if node == NO_PARENT { NO_PARENT } else { nodes[node as usize].parent };
        let mut section = above(view.segments.list[h].node);
        if section != NO_PARENT && view.sums[section as usize].blocks <= 1 {
            section = above(section);
        }
        let lower = view.segments.words(h).to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(hash_text);
        Self { block: h, section, words: words.collect() }
    }
}

/// The heading above a block, where it stands in the same section.
#[inline(never)]
pub(super) fn below(view: &View, i: usize, under: Option<&Under>, out: &mut impl Sink) {
    let Some(under) = under.filter(|under| under.section != NO_PARENT) else { return };
    let inside = u32::from(view.inside(view.segments.list[i].node, under.section));
    let words = steps(view.facts[i].words) / 3;
    out.push(Feature::new(90).number(inside).number(steps((i - under.block) as u32)).number(words));
    if view.headline == Some(under.block) {
        return;
    }
    let mut all = Feature::new(91).number(inside);
    for &word in &under.words {
        all = all.number(word);
        out.push(Feature::new(92).number(inside).number(word));
    }
    out.push(all);
}
