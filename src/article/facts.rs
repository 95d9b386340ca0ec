//! Title, names, dates, outlet and language of an article: from metadata first, from the text where
//! there is none.

use super::extract::Choice;
use super::linked::tidy;
use super::meta::Metadata;
use super::view::View;
use super::{Article, BlockKind, byline, dates, title};
use crate::page::{Page, Tag};

/// Fills the article's facts.
pub(crate) fn fill(article: &mut Article, view: &View, choice: &Choice) {
    let meta = &view.meta;
    article.outlet = outlet(meta);
    let names = title::Names::new(view, article.outlet.as_deref());
    article.title = title::find(view, choice, &names);
    article.byline = byline::find(view, choice, &names);
    article.language.clone_from(&view.language);
    let month_first = month_first(article.language.as_deref(), &view.page.url);
    article.published = published(view, choice, month_first);
    article.modified = modified(view, month_first);
}

fn outlet(meta: &Metadata) -> Option<String> {
    meta.first(&["og:site_name"])
        .map(str::to_owned)
        .or_else(|| meta.linked.publisher.clone())
        .or_else(|| meta.first(&["application-name", "dc.publisher", "publisher"]).map(str::to_owned))
        .filter(|name| !name.is_empty())
}

/// Whether 3/4 is the fourth of March: in the United States, and where an English page does not say
/// where it is from and its address does not either.
fn month_first(language: Option<&str>, url: &str) -> bool {
    let language = language.unwrap_or("").to_ascii_lowercase();
    let host = url.split("//").nth(1).unwrap_or("").split('/').next().unwrap_or("");
    match language.as_str() {
        "en-us" => true,
        "en" | "" => [".com", ".org", ".net", ".us"].iter().any(|end| host.ends_with(end)),
        _ => false,
    }
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_at",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "date",
    "article:published",
    "last-modified",
];

fn published(view: &View, choice: &Choice, month_first: bool) -> Option<String> {
    let meta = &view.meta;
    if let Some(date) = meta.linked.published.as_deref().and_then(|d| dates::machine(d, month_first)) {
        return Some(date);
    }
    for name in PUBLISHED.iter().take(PUBLISHED.len() - 1) {
        if let Some(date) = meta.first(&[name]).and_then(|d| dates::machine(d, month_first)) {
            return Some(date);
        }
    }
    marked(view, &["datePublished", "dateCreated"], month_first)
        .or_else(|| timed(view, choice, month_first))
        .or_else(|| in_title(meta, month_first))
        .or_else(|| in_text(view, choice, month_first))
        .or_else(|| in_address(&view.page.url).or_else(|| in_address(&meta.canonical)))
}

fn modified(view: &View, month_first: bool) -> Option<String> {
    let meta = &view.meta;
    let named = [
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "lastmod",
        "dcterms.modified",
        "dc.date.modified",
    ];
    meta.linked
        .modified
        .as_deref()
        .or_else(|| meta.first(&named))
        .and_then(|d| dates::machine(d, month_first))
        .or_else(|| marked(view, &["dateModified"], month_first))
}

/// The words inside element `i`.
fn inner(page: &Page, i: usize) -> String {
    let end = (page.nodes[i].end as usize).min(i + 40);
    tidy(&(i..end).map(|t| page.data(t)).collect::<Vec<_>>().join(" "))
}

/// A date in microdata.
fn marked(view: &View, props: &[&str], month_first: bool) -> Option<String> {
    let page = view.page;
    (0..page.nodes.len()).find_map(|i| {
        let prop = page.attr(i, "itemprop")?;
        if !prop.split_whitespace().any(|p| props.contains(&p)) {
            return None;
        }
        let said = page.attr(i, "content").or_else(|| page.attr(i, "datetime"));
        said.and_then(|d| dates::machine(d, month_first))
            .or_else(|| dates::written(&inner(page, i), month_first))
    })
}

/// The stretch of the page in which the article's own date stands: nodes from shortly before the
/// headline to shortly after the first paragraph.
fn stretch(view: &View, choice: &Choice) -> Option<(usize, usize)> {
    let body = |k: &Option<BlockKind>| {
        !matches!(k, None | Some(BlockKind::Headline | BlockKind::Byline | BlockKind::Caption))
    };
    let first = (0..choice.kinds.len()).find(|&i| body(&choice.kinds[i]) && view.facts[i].prose)?;
    let head = view.headline.filter(|&h| h < first).unwrap_or(first);
    Some((head.saturating_sub(8), (first + 3).min(choice.kinds.len())))
}

/// The `time` element nearest to the headline.
fn timed(view: &View, choice: &Choice, month_first: bool) -> Option<String> {
    let page = view.page;
    let (from, to) = stretch(view, choice)?;
    let list = &view.segments.list;
    let head = list[view.headline.unwrap_or(from)].first;
    let (from, to) = (list[from].first, list[to - 1].last);
    let mut best: Option<(u32, String)> = None;
    for i in from.saturating_sub(6)..to {
        if page.nodes[i as usize].tag != Tag::Time {
            continue;
        }
        let said = page.attr(i as usize, "datetime").and_then(|d| dates::machine(d, month_first));
        let Some(date) = said.or_else(|| dates::written(&inner(page, i as usize), month_first)) else {
            continue;
        };
        // What stands after the headline counts before what stands above it.
        let far = if i < head { (head - i) * 3 } else { i - head };
        if best.as_ref().is_none_or(|(d, _)| far < *d) {
            best = Some((far, date));
        }
    }
    best.map(|(_, date)| date)
}

/// The date that closes the page's title, after the headline and the outlet's name.
fn in_title(meta: &Metadata, month_first: bool) -> Option<String> {
    let titles = [Some(meta.title.as_str()), meta.first(&["og:title"])];
    titles.into_iter().flatten().find_map(|title| {
        let last = title.rsplit(['|', '–', '—']).next().filter(|last| last.len() < title.len())?;
        dates::written(last, month_first).filter(|_| last.split_whitespace().count() <= 4)
    })
}

/// A date in a short block near the headline, or at the article's foot.
fn in_text(view: &View, choice: &Choice, month_first: bool) -> Option<String> {
    let (from, to) = stretch(view, choice)?;
    let head = view.headline.unwrap_or(from).max(from);
    let short = |i: &usize| view.facts[*i].words <= 30 && view.facts[*i].digits >= 4;
    let read = |i: usize| dates::written(view.segments.words(i), month_first);
    (head..to)
        .filter(short)
        .find_map(read)
        .or_else(|| (from..head).rev().filter(short).find_map(read))
        .or_else(|| {
            let last = choice.kinds.iter().rposition(Option::is_some)?;
            // Lines made alike are a list of other articles with their days.
            let alone = |i: &usize| {
                let path = |j: usize| view.facts.get(j).map(|f| f.path);
                path(*i) != path(i + 1) && path(*i) != path(i.wrapping_sub(1))
            };
            (last.saturating_sub(2)..(last + 6).min(choice.kinds.len()))
                .filter(|i| short(i) && alone(i))
                .find_map(read)
        })
}

/// A day in the page's address: `/2024/11/13/` or `/20241113`.
fn in_address(url: &str) -> Option<String> {
    let path = url.split("//").nth(1)?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    parts.windows(3).find_map(|w| {
        let fits = w[0].len() == 4 && w[1].len() == 2 && (1..=2).contains(&w[2].len());
        fits.then(|| dates::machine(&format!("{}-{}-{:0>2}", w[0], w[1], w[2]), false)).flatten()
    })
}
