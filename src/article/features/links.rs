//! Where a block's links lead, and the heading and pictures before it.

use super::steps;
use crate::article::view::View;
use crate::model::{Feature, Features};
use crate::page::{NO_PARENT, Tag};

/// Where the links of a block lead, and pictures right before it.
pub(super) fn links(view: &View, i: usize, out: &mut Features) {
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
                (if view.page.url.contains(host) { 3 } else { 4 }, path)
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

/// The heading above a block, where it stands in the same section.
pub(super) fn below(view: &View, i: usize, under: Option<usize>, out: &mut Features) {
    let Some(h) = under else { return };
    let list = &view.segments.list;
    let above = |node: u32| Some(view.page.nodes[node as usize].parent).filter(|&p| p != NO_PARENT);
    let Some(parent) = above(list[h].node) else { return };
    let section = if view.sums[parent as usize].blocks <= 1 { above(parent) } else { Some(parent) };
    let Some(section) = section else { return };
    let inside = u32::from(view.inside(list[i].node, section));
    let words = steps(view.facts[i].words) / 3;
    out.push(Feature::new(90).number(inside).number(steps((i - h) as u32)).number(words));
    if view.headline == Some(h) {
        return;
    }
    let lower = view.segments.words(h).to_lowercase();
    let mut all = Feature::new(91).number(inside);
    for w in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        all = all.text(w);
        out.push(Feature::new(92).number(inside).text(w));
    }
    out.push(all);
}
