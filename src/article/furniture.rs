//! What is to be cleared away: the largest subtrees that hold nothing of the article.

mod signs;

use super::extract::Choice;
use super::view::View;
use super::{BlockKind, Furniture, FurnitureKind, dates};
use crate::model::hash_text;
use crate::page::{NO_PARENT, Tag};
pub(crate) use signs::box_named;
use signs::{SIGNS, kind_of, signs};

/// Elements that show something without text.
const fn shows(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Img
            | Tag::Picture
            | Tag::Video
            | Tag::Audio
            | Tag::Iframe
            | Tag::Embed
            | Tag::Object
            | Tag::Canvas
            | Tag::Svg
            | Tag::Table
            | Tag::Input
            | Tag::Button
            | Tag::Select
            | Tag::Textarea
    )
}

/// Finds the roots of furniture, in document order, none inside another.
pub(crate) fn find(view: &View, choice: &Choice) -> Vec<Furniture> {
    if !(0..choice.kinds.len()).any(|i| choice.keeps(i)) {
        return Vec::new();
    }
    let nodes = &view.page.nodes;
    let mut kept = vec![false; nodes.len()];
    let keep = |kept: &mut Vec<bool>, from: u32| {
        let mut at = from;
        while at != NO_PARENT && !std::mem::replace(&mut kept[at as usize], true) {
            at = nodes[at as usize].parent;
        }
    };
    let mut first = None;
    let mut last = 0;
    for i in (0..choice.kinds.len()).filter(|&i| choice.keeps(i)) {
        let segment = &view.segments.list[i];
        // The last node of it that is the article's.
        let end = choice.tails[i].map_or(segment.last, |tail| tail - 1);
        for node in [segment.node, segment.first] {
            keep(&mut kept, node);
        }
        // A block may run over several text nodes with elements between.
        for at in segment.first..=end {
            if nodes[at as usize].tag == Tag::Text && !view.page.data(at as usize).trim().is_empty() {
                keep(&mut kept, at);
            }
        }
        first = first.or(Some(segment.first));
        last = segment.last;
    }
    let Some(first) = first else { return Vec::new() };
    keep_times(view, choice, &mut kept, keep, first, last);
    keep_media(view, &mut kept, keep, first, last);
    let signs = signs();
    let body = nodes.iter().position(|n| n.tag == Tag::Body).unwrap_or(0);
    let mut roots = Vec::new();
    let mut at = body + 1;
    while at < nodes.len() {
        let node = &nodes[at];
        if kept[at] || node.tag == Tag::Text && view.page.data(at).trim().is_empty() {
            at += 1;
            continue;
        }
        if node.tag == Tag::Text {
            // A line below the article that has no element of its own. Above and between its
            // paragraphs such a line is left: it may be the article's after all.
            if at > last as usize {
                roots.push(Furniture { node: at as u32, kind: FurnitureKind::Other });
            }
            at += 1;
            continue;
        }
        let inside = &nodes[at..node.end as usize];
        let kind = kind_of(view, &signs, at as u32, first);
        let seen = view.sums[at].text > 0
            || inside.iter().any(|n| shows(n.tag))
            || has_text(view, at)
            || kind == FurnitureKind::Advert
                && matches!(node.tag, Tag::Div | Tag::Aside | Tag::Section | Tag::Custom);
        let bare = matches!(node.tag, Tag::Script | Tag::Style | Tag::Link | Tag::Meta | Tag::Title);
        if seen && !bare && !(kind == FurnitureKind::Other && is_prose_like_kept(view, &kept, at)) {
            roots.push(Furniture { node: at as u32, kind });
        }
        at = node.end as usize;
    }
    roots
}

/// How many neighbours are looked at in each direction, lest a long list be walked for each.
const NEAR: usize = 12;

/// Whether an element holds a sentence and has the look of a neighbour that is the article: then it
/// is no part of the article's text but stays in view, since hiding a paragraph is the worse mistake.
fn is_prose_like_kept(view: &View, kept: &[bool], at: usize) -> bool {
    const SENTENCE: u32 = 40;
    let nodes = &view.page.nodes;
    let (node, sums) = (&nodes[at], view.sums[at]);
    if node.parent == NO_PARENT || sums.text < SENTENCE || sums.linked * 5 > sums.text {
        return false;
    }
    let last = (at..node.end as usize).rev().find(|&t| !view.page.data(t).trim().is_empty());
    let end =
        last.map_or("", |t| view.page.data(t)).trim_end().trim_end_matches(['”', '’', '"', '\'', '»', ')']);
    if !end.ends_with(['.', '!', '?', '…', '。', '؟']) {
        return false;
    }
    let class = view.page.attr(at, "class");
    let alike = |i: &usize| {
        nodes[*i].tag == node.tag && kept[*i] && view.page.attr(*i, "class") == class && has_text(view, *i)
    };
    let next = |i: &usize| {
        Some(nodes[*i].end as usize).filter(|&i| i < nodes.len() && nodes[i].parent == node.parent)
    };
    if std::iter::successors(next(&at), next).take(NEAR).any(|i| alike(&i)) {
        return true;
    }
    (node.parent as usize + 1..at)
        .rev()
        .take(NEAR * 8)
        .filter(|&i| nodes[i].parent == node.parent)
        .any(|i| alike(&i))
}

fn has_text(view: &View, at: usize) -> bool {
    (at..view.page.nodes[at].end as usize)
        .any(|t| view.page.nodes[t].tag == Tag::Text && !view.page.data(t).trim().is_empty())
}

/// Keeps the times of a live blog's entries and the date line under the headline.
fn keep_times(
    view: &View,
    choice: &Choice,
    kept: &mut Vec<bool>,
    keep: impl Fn(&mut Vec<bool>, u32),
    first: u32,
    last: u32,
) {
    for at in first..=last {
        let node = &view.page.nodes[at as usize];
        if node.tag == Tag::Time && view.sums.get(node.parent as usize).is_some_and(|s| s.prose > 0) {
            kept[at as usize..node.end as usize].fill(true);
            keep(kept, node.parent);
        }
    }
    let Some(head) = choice.kinds.iter().position(|k| *k == Some(BlockKind::Headline)) else { return };
    let Some(body) = (head + 1..choice.kinds.len())
        .find(|&i| !matches!(choice.kinds[i], None | Some(BlockKind::Headline | BlockKind::Byline)))
    else {
        return;
    };
    for i in (head + 1..body).take(6) {
        let fact = &view.facts[i];
        if fact.words <= 12
            && fact.digits >= 4
            && fact.link_step == 0
            && dates::written(view.segments.words(i), false).is_some()
        {
            let segment = &view.segments.list[i];
            for at in segment.first..=segment.last {
                if view.page.nodes[at as usize].tag == Tag::Text {
                    keep(kept, at);
                }
            }
        }
    }
}

/// Keeps the article's pictures, videos, tables and embedded posts: those that stand between its
/// first and last block in a subtree that has no other text than what belongs to them.
fn keep_media(view: &View, kept: &mut Vec<bool>, keep: impl Fn(&mut Vec<bool>, u32), first: u32, last: u32) {
    let nodes = &view.page.nodes;
    for at in first..=last {
        let node = &nodes[at as usize];
        let media = matches!(
            node.tag,
            Tag::Img
                | Tag::Picture
                | Tag::Video
                | Tag::Audio
                | Tag::Iframe
                | Tag::Embed
                | Tag::Object
                | Tag::Figure
                | Tag::Table
        ) || is_post(view, at);
        // A table of one cell is a box around a line, not a table.
        let cells = || {
            nodes[at as usize..node.end as usize]
                .iter()
                .filter(|n| matches!(n.tag, Tag::Td | Tag::Th))
                .count()
        };
        if !media || kept[at as usize] || node.tag == Tag::Table && cells() < 2 {
            continue;
        }
        // The largest subtree around it that holds nothing of the article.
        let mut root = at;
        while nodes[root as usize].parent != NO_PARENT && !kept[nodes[root as usize].parent as usize] {
            root = nodes[root as usize].parent;
        }
        let sums = view.sums[root as usize];
        let post = is_post(view, at);
        let figure = nodes[at as usize..node.end as usize].iter().any(|n| n.tag == Tag::Figcaption)
            || (root..=at).any(|n| nodes[n as usize].tag == Tag::Figure && view.inside(at, n));
        let table = node.tag == Tag::Table && view.sums[at as usize].text == sums.text;
        let few = sums.text < 60 || figure && sums.blocks <= 4 && sums.text < 700 || post || table;
        let linked = sums.linked * 2 > sums.text && sums.text > 0 && !figure && !post;
        let named = view
            .names_of(root)
            .iter()
            .chain(view.names_of(at))
            .any(|n| SIGNS.iter().take(3).flat_map(|(_, w)| w.iter()).any(|w| hash_text(w) == *n));
        if few && !linked && !named {
            for n in at..node.end {
                kept[n as usize] = true;
            }
            // A figure stays with its caption.
            let mut whole = at;
            for n in (root..at).rev() {
                if nodes[n as usize].tag == Tag::Figure && view.inside(at, n) {
                    whole = n;
                }
            }
            for n in whole..nodes[whole as usize].end {
                kept[n as usize] = true;
            }
            keep(kept, nodes[whole as usize].parent);
        }
    }
}

/// Whether the element is a post of a social network or a video set into the text.
pub(crate) fn is_post(view: &View, at: u32) -> bool {
    const POSTS: &[&str] = &[
        "twitter-tweet",
        "instagram-media",
        "tiktok-embed",
        "fb-post",
        "fb-video",
        "bluesky-embed",
        "reddit-embed",
        "twitter-video",
    ];
    match view.page.nodes[at as usize].tag {
        Tag::Blockquote | Tag::Div => view
            .page
            .attr(at as usize, "class")
            .is_some_and(|c| c.split_whitespace().any(|c| POSTS.contains(&c))),
        _ => false,
    }
}
