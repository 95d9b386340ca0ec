//! Whether the page is an article, the free part of one, or none.

use super::extract::Choice;
use super::view::View;
use super::{BlockKind, State};
use crate::model::hash_text;
use crate::page::Tag;
use std::sync::LazyLock;

/// Fewer words than this are no article, nor are twice as many that nothing calls one.
const LEAST: u32 = 25;
/// Below this a page that nothing calls an article must not look like a list of links.
const SHORT: u32 = 150;
/// A preview shows less than this.
const PREVIEW: u32 = 400;

/// Hashes of words that name a paywall.
pub(crate) static WALLS: LazyLock<[u32; 7]> = LazyLock::new(|| {
    ["paywall", "paywalled", "regwall", "piano", "paygate", "metered", "bezahlschranke"].map(hash_text)
});

/// Judges the page by how much text was chosen, what the metadata call it and where it stands.
pub(crate) fn judge(view: &View, choice: &Choice) -> State {
    let words: u32 = (0..choice.kinds.len())
        .filter(|&i| !matches!(choice.kinds[i], None | Some(BlockKind::Headline | BlockKind::Byline)))
        .map(|i| view.facts[i].words)
        .sum();
    let meta = &view.meta;
    let kind = meta.first(&["og:type"]).unwrap_or("").to_ascii_lowercase();
    let called = meta.linked.article.is_some()
        || kind == "article"
        || meta.first(&["article:published_time"]).is_some();
    let all = view.sums.first().copied().unwrap_or_default();
    let links = all.linked * 2 > all.text;
    let path = path(&view.page.url);
    // Headings that are links, each with a line or two under it: a list of other articles. At the root of a site a
    // heading counts where only what is under it is kept, and dates and short lines between do not speak against it.
    let kept = choice.kinds.iter().flatten().count();
    let home = path.is_empty() && !view.page.url.is_empty();
    let long = |i: usize| choice.keeps(i) && view.facts[i].words >= 8 && view.facts[i].link_step < 3;
    let paragraphs = (0..choice.kinds.len()).filter(|&i| long(i)).count();
    let above =
        |i: usize| is_heading(view, i) && choice.kinds.iter().skip(i + 1).take(2).any(Option::is_some);
    let teaser =
        |i: usize| choice.kinds[i] == Some(BlockKind::Heading) || home && !choice.keeps(i) && above(i);
    let teasers = (0..choice.kinds.len()).filter(|&i| view.facts[i].link_step >= 3 && teaser(i)).count();
    let prose = (0..choice.kinds.len()).any(|i| choice.keeps(i) && view.facts[i].prose);
    let list = teasers >= 5 && (teasers * 3 >= kept || home && teasers * 2 >= paragraphs);
    if !called && (list || !prose && words < SHORT && teasers > 0) {
        return State::NotArticle(why(view, &kind, path));
    }
    if words < LEAST || !called && words < SHORT && (links || home || words < LEAST * 2) {
        return State::NotArticle(why(view, &kind, path));
    }
    if words < PREVIEW && (meta.linked.paid || walled(view, choice)) {
        return State::Preview;
    }
    State::Article
}

/// Whether a block stands in a heading below the first rank.
fn is_heading(view: &View, block: usize) -> bool {
    view.up(block).take(3).any(|n| matches!(view.page.nodes[n as usize].tag, Tag::H2 | Tag::H3 | Tag::H4))
}

/// The address's path and query without the slashes around it.
fn path(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/')
}

fn why(view: &View, kind: &str, path: &str) -> &'static str {
    let page = view.page;
    let other = view.meta.linked.other.as_deref().unwrap_or("");
    let tags = |tag: Tag| page.nodes.iter().enumerate().filter(move |(_, n)| n.tag == tag);
    let password = tags(Tag::Input).any(|(i, _)| page.attr(i, "type") == Some("password"));
    if password || ["login", "signin", "sign-in"].iter().any(|w| path.starts_with(w)) {
        "login"
    } else if other == "SearchResultsPage" || path.starts_with("search") || path.contains("?q=") {
        "search"
    } else if kind.contains("product") || other == "Product" {
        "shop"
    } else if kind.contains("video") || other == "VideoObject" || tags(Tag::Video).count() == 1 {
        "video"
    } else if path.is_empty()
        || kind == "website"
        || matches!(other, "WebSite" | "CollectionPage" | "ItemList")
        || view.sums.first().is_some_and(|s| s.linked * 2 > s.text)
    {
        "home page or list"
    } else {
        "no text"
    }
}

/// Whether an element named as a paywall shows text after the article's last block.
fn walled(view: &View, choice: &Choice) -> bool {
    let Some(last) = choice.kinds.iter().rposition(Option::is_some) else { return false };
    (last + 1..(last + 12).min(choice.kinds.len()))
        .any(|i| view.up(i).take(5).any(|n| view.names_of(n).iter().any(|name| WALLS.contains(name))))
}
