//! The headline: what the metadata and the heading above the article's text agree on.
//!
//! Pages give up to three headlines: the one that stands above the text, the one in JSON-LD and the
//! shared one (`og:title`), each perhaps with a kicker before it or the outlet's name around it. Where
//! the metadata disagree, what is seen on the page decides.

use super::blocks::is_block;
use super::extract::Choice;
use super::linked::tidy;
use super::view::{View, plain};
use super::{BlockKind, state};
use crate::model::hash_text;
use crate::page::{NO_PARENT, Tag};
use std::sync::LazyLock;

/// The headline of the article.
pub(crate) fn find(view: &View, choice: &Choice, names: &Names) -> String {
    let meta = &view.meta;
    let shown = shown(view, choice, names);
    let seen = shown.as_ref().map(|s| s.whole.as_str());
    let named = meta.first(&["headline"]);
    let linked = meta.linked.headline.as_deref().map(|t| names.off(t, &[]));
    let title = names.off(&meta.title, &[seen, named, linked]);
    let raw = meta.first(&["og:title", "twitter:title", "dc.title", "title"]);
    let shared = raw.map(|raw| {
        let cut = names.off(raw, &[linked]);
        if linked.is_some_and(|l| same(l, cut)) {
            return cut;
        }
        let cut = names.off(raw, &[seen, named, linked]);
        named.filter(|n| letters(n).len() > 8 && letters(cut).starts_with(&letters(n))).unwrap_or(cut)
    });
    let chosen = match (linked, shared) {
        (Some(linked), Some(shared)) => both(view, shown.as_ref(), linked, shared),
        (Some(only), None) | (None, Some(only)) => one(view, shown.as_ref(), only, title),
        (None, None) => {
            let head = view.headline.map(|i| view.segments.words(i));
            seen.filter(|_| shown.as_ref().is_some_and(|s| s.first)).or(head).unwrap_or(title)
        }
    };
    chosen.to_owned()
}

/// JSON-LD and the shared headline are there.
fn both<'t>(view: &View, shown: Option<&'t Shown>, linked: &'t str, shared: &'t str) -> &'t str {
    if same(linked, shared) {
        // News agencies' systems say in both what the headline is; others write both for searching.
        return shown.filter(|s| !news(view) && s.first).map_or(linked, |s| &s.whole);
    }
    let Some(shown) = shown else { return linked };
    if shown.says(shared) {
        return shared;
    }
    if shown.says(linked) {
        // A headline with its kicker run together is one for machines.
        let joined = same(linked, &shown.whole) && shown.kicker();
        return if joined && news(view) { shared } else { linked };
    }
    if shown.first && !news(view) { &shown.whole } else { linked }
}

/// Only one of them is there.
fn one<'t>(view: &View, shown: Option<&'t Shown>, only: &'t str, title: &str) -> &'t str {
    let Some(shown) = shown else { return only };
    if shown.says(only) {
        return only;
    }
    // Each with a kicker of its own before the same headline.
    let (key, whole) = (letters(only), letters(&shown.whole));
    let shared_end = |part: &&String| {
        let part = letters(part);
        part.chars().count() > 12 && key.ends_with(&part) && whole.ends_with(&part)
    };
    if let Some(part) = shown.parts.iter().find(shared_end) {
        return part;
    }
    let agreed = same(only, title)
        && view.meta.first(&["twitter:title"]).is_some_and(|t| letters(t).starts_with(&key));
    if shown.first && !news(view) && !agreed { &shown.whole } else { only }
}

fn news(view: &View) -> bool {
    view.meta.linked.article.as_deref().is_some_and(|kind| kind.contains("NewsArticle"))
}

/// Letters and digits alone.
fn letters(text: &str) -> String {
    plain(text).replace(' ', "")
}

fn same(a: &str, b: &str) -> bool {
    let a = letters(a);
    !a.is_empty() && a == letters(b)
}

/// The heading that stands above the article's text.
struct Shown {
    whole: String,
    /// The texts of its inner elements and its own bare texts.
    parts: Vec<String>,
    /// Whether it is an `h1`.
    first: bool,
}

impl Shown {
    /// Whether it, or a part of it, says just this.
    fn says(&self, text: &str) -> bool {
        same(&self.whole, text) || self.parts.iter().any(|p| same(p, text))
    }

    /// Whether one of its parts is the headline after a kicker.
    fn kicker(&self) -> bool {
        let whole = letters(&self.whole);
        self.parts.iter().any(|p| {
            let part = letters(p);
            part.chars().count() > 12 && part.len() < whole.len() && whole.ends_with(&part)
        })
    }
}

/// Names of elements that say where on the site the page is.
static PATHS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    ["bread", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "nav", "navigation", "menu", "subnav"]
        .map(hash_text)
        .to_vec()
});

/// The last `h1`, or failing that the last `h2`, above the article's first paragraph that is no part of
/// a list, a path or a link.
fn shown(view: &View, choice: &Choice, names: &Names) -> Option<Shown> {
    let text = |k: &Option<BlockKind>| {
        !matches!(k, None | Some(BlockKind::Headline | BlockKind::Byline | BlockKind::Caption))
    };
    let first = (0..choice.kinds.len()).find(|&i| text(&choice.kinds[i]) && view.facts[i].prose)?;
    let page = view.page;
    let end = view.segments.list[first].node;
    let mut best: Option<(bool, u32)> = None;
    for i in 0..end {
        let top = match page.nodes[i as usize].tag {
            Tag::H1 => true,
            Tag::H2 if best.is_none_or(|(top, _)| !top) => false,
            _ => continue,
        };
        if apart(view, i, top) {
            continue;
        }
        let words = letters(&inner(view, i));
        if words.is_empty() || words.chars().count() > 220 || top && names.has(&words) {
            continue;
        }
        best = Some((top, i));
    }
    let (first, at) = best?;
    let whole = inner(view, at);
    let key = letters(&whole);
    let mut parts = Vec::new();
    for i in (at + 1..page.nodes[at as usize].end).take(40) {
        let node = &page.nodes[i as usize];
        if node.tag == Tag::Text && node.parent != at {
            continue;
        }
        let part = if node.tag == Tag::Text { tidy(page.data(i as usize)) } else { inner(view, i) };
        let words = letters(&part);
        if !words.is_empty() && words != key {
            parts.push(part);
        }
    }
    Some(Shown { whole, parts, first })
}

/// Whether a heading stands in a list or a path, or (but for an `h1`) links somewhere.
fn apart(view: &View, heading: u32, top: bool) -> bool {
    let nodes = &view.page.nodes;
    let mut at = heading;
    for _ in 0..5 {
        let node = &nodes[at as usize];
        let named = view.names_of(at).iter().any(|n| PATHS.contains(n) || state::WALLS.contains(n));
        let link = !top && node.tag == Tag::A;
        if named || link || matches!(node.tag, Tag::Li | Tag::Ol | Tag::Ul | Tag::Nav) {
            return true;
        }
        at = node.parent;
        if at == NO_PARENT {
            break;
        }
    }
    !top && (heading..nodes[heading as usize].end).any(|i| nodes[i as usize].tag == Tag::A)
}

/// The words inside an element; a space where a block begins or ends.
fn inner(view: &View, at: u32) -> String {
    let page = view.page;
    let mut out = String::new();
    let mut ends: Vec<u32> = Vec::new();
    for i in at..page.nodes[at as usize].end.min(at + 200) {
        while ends.last().is_some_and(|&end| end <= i) {
            ends.pop();
            out.push(' ');
        }
        let node = &page.nodes[i as usize];
        if node.tag == Tag::Text {
            out.push_str(page.data(i as usize));
        } else if is_block(node.tag) || node.tag == Tag::Br {
            out.push(' ');
            ends.push(node.end);
        }
    }
    tidy(&out)
}

/// What the outlet is called, letters and digits alone.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn new(view: &View, outlet: Option<&str>) -> Self {
        let url = [view.page.url.as_str(), &view.meta.canonical, view.meta.first(&["og:url"]).unwrap_or("")];
        let host = url.into_iter().map(host).find(|h| !h.is_empty()).unwrap_or("");
        let names = [outlet, view.meta.linked.publisher.as_deref(), Some(host)];
        let mut names: Vec<String> = names.into_iter().flatten().map(letters).collect();
        names.retain(|n| n.chars().count() > 1);
        names.dedup();
        Self(names)
    }

    /// Whether a text is one of the names, more of it or less.
    pub(super) fn is(&self, text: &str) -> bool {
        self.has(&letters(text))
    }

    /// Whether a text begins with one of the names.
    pub(super) fn begin(&self, text: &str) -> bool {
        let text = letters(text);
        self.0.iter().any(|n| text.starts_with(n.as_str()))
    }

    /// Whether `key` is one of the names, more of it or less.
    fn has(&self, key: &str) -> bool {
        key.chars().count() > 1
            && self.0.iter().any(|n| n.contains(key) || key.contains(n.as_str()) && key.len() <= n.len() * 3)
    }

    /// Takes the names off both ends of a title, or whatever stands around one of the headlines that
    /// are known.
    fn off<'t>(&self, title: &'t str, known: &[Option<&str>]) -> &'t str {
        let known: Vec<String> = known.iter().flatten().map(|k| letters(k)).collect();
        let mut title = title.trim();
        for _ in 0..3 {
            let seams = seams(title);
            let sides = seams.iter().flat_map(|&(a, b)| [title[..a].trim_end(), title[b..].trim_start()]);
            for side in sides {
                let key = letters(side);
                if key.len() > 8 && known.contains(&key) {
                    return side;
                }
            }
            let (Some(&first), Some(&last)) = (seams.first(), seams.last()) else { break };
            let (head, tail) = (title[..last.0].trim_end(), title[last.1..].trim_start());
            let bar = title[last.0..last.1].contains(['|', '｜', 'ㅣ']);
            let short = tail.split_whitespace().count() <= 3
                && tail.chars().next().is_some_and(|c| !c.is_lowercase())
                && head.split_whitespace().count() > 2;
            if self.has(&letters(tail)) || bar && short {
                title = head;
                continue;
            }
            let (head, tail) = (title[..first.0].trim_end(), title[first.1..].trim_start());
            if self.has(&letters(head)) && plain(tail).split(' ').count() > 3 {
                title = tail;
                continue;
            }
            break;
        }
        title
    }
}

/// Where a title may be put together from parts: first byte and byte after the last of each sign.
fn seams(title: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in title.char_indices() {
        let end = at + c.len_utf8();
        let spaced = before == ' ' && title[end..].starts_with(' ');
        let seam = match c {
            '|' | '｜' | '：' | 'ㅣ' => true,
            '-' if before == '-' => true,
            '-' | '–' | '—' | '·' | '•' | '»' => spaced,
            _ => false,
        };
        if seam {
            out.push((if c == '-' && before == '-' { at - 1 } else { at }, end));
        }
        before = c;
    }
    out
}

/// The host's main name: `example` of `www.example.co.uk`.
fn host(url: &str) -> &str {
    let host = url.split("//").nth(1).unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
    host.split('.').filter(|part| *part != "www").max_by_key(|part| part.len()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_off_both_ends() {
        let names = Names(vec!["harbournews".to_owned(), "harbour".to_owned()]);
        for title in [
            "Ferry back in service - Harbour News",
            "Ferry back in service | Politics | Harbour News",
            "Harbour | Ferry back in service",
            "Ferry back in service：Harbour News",
        ] {
            assert_eq!(names.off(title, &[]), "Ferry back in service");
        }
        assert_eq!(names.off("Ferry – back in service", &[]), "Ferry – back in service");
        let known = "Ferry: back in service";
        assert_eq!(names.off("Ferry: back in service - Some other words", &[Some(known)]), known);
    }

    #[test]
    fn seams_need_space_but_for_bars() {
        assert_eq!(seams("a-b - c|d--e"), [(4, 5), (7, 8), (9, 11)]);
    }
}
