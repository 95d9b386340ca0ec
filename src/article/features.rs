//! What the labeller's first pass sees of each block: facts on its words, its place and the elements around
//! it, hashed.

mod above;
mod known;
mod links;
mod markup;
mod place;
mod text;

use super::view::View;
use crate::model::{Sink, hash_text};
use crate::page::Tag;
use above::Above;
pub(crate) use known::Told;
use known::{Known, known_text};
use links::{Under, below, links};
use markup::markup;
use place::{neighbours, place};
use text::text;

/// Steps on a logarithmic scale, for lengths and counts.
fn steps(n: u32) -> u32 {
    match n {
        0..=4 => n,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=39 => 9,
        40..=69 => 10,
        70..=120 => 11,
        121..=300 => 12,
        301..=1000 => 13,
        _ => 14,
    }
}

/// A share in tenths.
fn tenth(part: u32, whole: u32) -> u32 {
    // Pages are too short for this to run over: [`crate::page::MAX_TEXT`].
    part.saturating_mul(10).checked_div(whole).unwrap_or(0).min(10)
}

/// Whether a text holds another with this byte in it; quicker than a search made ready for long texts.
fn holds(text: &str, rare: u8, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let within = part.iter().position(|&b| b == rare).unwrap_or(0);
    memchr::memchr_iter(rare, text)
        .any(|at| at.checked_sub(within).is_some_and(|from| text[from..].starts_with(part)))
}

const fn heading(tag: Tag) -> bool {
    matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}

/// Makes the features: one item a block. Gives back what the metadata say of each block.
pub(crate) fn first(view: &View, out: &mut impl Sink) -> Vec<Told> {
    let mut told = Vec::with_capacity(view.facts.len());
    let known = Known::new(view);
    let total: u32 = view.facts.iter().map(|f| f.words).sum();
    let page = PageFacts::new(view);
    // Few words are told to the blocks beside them as they are.
    let lowers: Vec<u32> = (0..view.facts.len())
        .map(|i| {
            let few = view.facts[i].words <= FEW;
            if few { hash_text(&view.segments.words(i).to_lowercase()) } else { 0 }
        })
        .collect();
    let mut before = 0;
    let mut under = None;
    let mut above = Above::default();
    for i in 0..view.facts.len() {
        text(view, i, out);
        below(view, i, under.as_ref(), out);
        links(view, i, out);
        let tag = view.page.nodes[view.segments.list[i].node as usize].tag;
        if heading(tag) && view.facts[i].words <= 12 {
            under = Some(Under::new(view, i));
        }
        place(view, i, &page, before, total, out);
        markup(view, i, &page, &mut above, out);
        told.push(known_text(view, i, &known, out));
        neighbours(view, i, &lowers, out);
        out.end_item();
        before += view.facts[i].words;
    }
    told
}

/// Words of a block that are few.
const FEW: u32 = 6;

/// Facts of the whole page.
struct PageFacts {
    articles: u32,
    has_main: bool,
    has_body_prop: bool,
    kind: u32,
    /// Distance in blocks to the nearest running text before and after, per block.
    prose_before: Vec<u32>,
    prose_after: Vec<u32>,
    /// The element named as the article's body, where `has_body_prop`.
    body_prop: u32,
}

impl PageFacts {
    fn new(view: &View) -> Self {
        let body_prop = hash_text("body");
        let article_prop = hash_text("article");
        let mut facts = Self {
            articles: 0,
            has_main: false,
            has_body_prop: false,
            kind: view.meta.linked.article.as_deref().map_or(0, hash_text),
            prose_before: vec![99; view.facts.len()],
            prose_after: vec![99; view.facts.len()],
            body_prop: 0,
        };
        let all = view.sums.first().map_or(0, |s| s.prose_text);
        let mut best = 0;
        for (i, node) in view.page.nodes.iter().enumerate() {
            match node.tag {
                Tag::Article if view.sums[i].text > 200 => facts.articles += 1,
                Tag::Main => facts.has_main = true,
                _ => {}
            }
            let names = view.names_of(i as u32);
            // The name may stand on a hidden copy too: the one with most running text counts.
            if names.contains(&body_prop)
                && names.contains(&article_prop)
                && view.sums[i].prose_text > best.max(all * 3 / 10)
            {
                best = view.sums[i].prose_text;
                facts.has_body_prop = true;
                facts.body_prop = i as u32;
            }
        }
        let mut last = 99;
        for (i, fact) in view.facts.iter().enumerate() {
            facts.prose_before[i] = last;
            last = if fact.prose { 0 } else { last + 1 };
        }
        last = 99;
        for (i, fact) in view.facts.iter().enumerate().rev() {
            facts.prose_after[i] = last;
            last = if fact.prose { 0 } else { last + 1 };
        }
        facts
    }
}
