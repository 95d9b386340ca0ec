//! Signs that people agree on: a standfirst's, a caption's or a post's element, the page's language, a price.

use crate::article::furniture::is_post;
use crate::article::view::View;
use crate::model::hash_text;
use crate::page::Tag;
use std::sync::LazyLock;

/// Hashes of words in the names of elements that hold a standfirst.
static STANDFIRST: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut names = [
        "standfirst",
        "dek",
        "deck",
        "lead",
        "lede",
        "leadin",
        "summary",
        "excerpt",
        "subtitle",
        "subheadline",
        "subhead",
        "subheading",
        "strapline",
        "chapo",
        "intro",
        "introduction",
        "vorspann",
        "sottotitolo",
        "occhiello",
        "entradilla",
        "bajada",
        "copete",
        "perex",
        "ingress",
        "manchet",
        "abstract",
        "description",
        "kicker",
        "synopsis",
        "spot",
    ]
    .map(hash_text)
    .to_vec();
    names.sort_unstable();
    names
});

/// Numbers that [`Signs::of`] gives.
pub(super) const SIGNS: usize = 7;

/// How many elements up the first is that `is`; `NONE` where there is none near.
fn level(view: &View, i: usize, is: impl Fn(u32) -> bool) -> f32 {
    view.up(i).take(6).position(is).map_or(super::NONE, |n| n as f32)
}

/// The signs of a page's blocks.
pub(super) struct Signs {
    /// Of each node whether its names say that it holds a standfirst.
    standfirsts: Vec<bool>,
    /// The language that the page says it is in: 0 where it says none, 1 English, 2 another. What a
    /// standfirst is differs: in English most often a line that sums up, elsewhere the article's beginning.
    language: f32,
}

impl Signs {
    pub(super) fn new(view: &View) -> Self {
        let named = |n| view.names_of(n).iter().any(|name| STANDFIRST.binary_search(name).is_ok());
        let said = [view.meta.lang.as_str(), view.meta.linked.language.as_deref().unwrap_or_default()];
        let language = match said.into_iter().find(|tag| !tag.is_empty()) {
            None => 0.0,
            Some(tag) if tag.get(..2).is_some_and(|t| t.eq_ignore_ascii_case("en")) => 1.0,
            Some(_) => 2.0,
        };
        Self { standfirsts: (0..view.page.nodes.len() as u32).map(named).collect(), language }
    }

    /// The signs of block `i`.
    #[inline(never)]
    pub(super) fn of(&self, view: &View, i: usize) -> [f32; SIGNS] {
        let nodes = &view.page.nodes;
        let inner = nodes[view.segments.list[i].first as usize].parent;
        let named = |n: u32| self.standfirsts.get(n as usize).copied().unwrap_or(false);
        let standfirst = if named(inner) { 0.0 } else { level(view, i, named) };
        let text = view.segments.words(i);
        let money = view.facts[i].digits > 0 && text.contains(['€', '$', '£', '¥', '₹', '₩', '₺', '₽', '%']);
        [
            self.language,
            standfirst,
            level(view, i, |n| matches!(nodes[n as usize].tag, Tag::Figure | Tag::Figcaption | Tag::Caption)),
            level(view, i, |n| nodes[n as usize].tag == Tag::Blockquote && is_post(view, n)),
            super::flag(money),
            level(view, i, |n| nodes[n as usize].tag == Tag::Table),
            view.facts[i].commas as f32,
        ]
    }
}
