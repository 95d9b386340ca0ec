//! What is mended of the labeller's choice: what no reader would part, and what is surely not the article.

use super::view::View;
use super::{dates, furniture, state};
use crate::model::hash_text;
use crate::page::{NO_PARENT, Tag};
use std::collections::HashMap;

/// Mends what no reader would part: text of the very element that holds kept running text before it,
/// posts, paragraphs in line with the kept ones, the times of a live blog's entries, boxes that are named as
/// furniture, who wrote it and when above the text or below, and a paywall's own words at the end.
pub(super) fn mend(view: &View, body: &mut [bool]) {
    let list = &view.segments.list;
    for i in 1..body.len() {
        let fact = &view.facts[i];
        let same =
            |j: usize| body.get(j) == Some(&true) && list[j].node == list[i].node && view.facts[j].prose;
        let ended = matches!(fact.last, 1..=3) && fact.words >= 5;
        let between = fact.words >= 8 && same(i + 1);
        if !body[i] && fact.link_step == 0 && (ended || between) && same(i - 1) {
            body[i] = true;
        }
    }
    posts(view, body);
    tables(view, body);
    others(view, body);
    in_line(view, body);
    boxes(view, body);
    wall(view, body);
    contacts(view, body);
    datelines(view, body);
    times(view, body);
}

/// Keeps a post that is set into the text whole: who wrote it and when stands at its end.
fn posts(view: &View, body: &mut [bool]) {
    for i in 1..body.len() {
        if body[i] || !body[i - 1] || view.facts[i].words > 20 {
            continue;
        }
        let node = view.segments.list[i - 1].node;
        let post = view.up(i).take(4).find(|&n| furniture::is_post(view, n));
        if post.is_some_and(|post| view.inside(node, post)) {
            body[i] = true;
        }
    }
}

/// Keeps a table of data whole, its head too, where most of it is kept.
fn tables(view: &View, body: &mut [bool]) {
    let nodes = &view.page.nodes;
    let near = |i: usize| view.up(i).take(5).find(|&n| nodes[n as usize].tag == Tag::Table);
    let around: Vec<Option<u32>> = (0..body.len())
        .map(|i| near(i).filter(|&t| view.sums[t as usize].blocks >= 4 && view.sums[t as usize].prose == 0))
        .collect();
    let mut kept: HashMap<u32, u32> = HashMap::new();
    for table in (0..body.len()).filter(|&i| body[i]).filter_map(|i| around[i]) {
        *kept.entry(table).or_default() += 1;
    }
    for (i, table) in around.into_iter().enumerate() {
        let whole =
            table.is_some_and(|t| kept.get(&t).is_some_and(|&n| n * 3 >= view.sums[t as usize].blocks * 2));
        body[i] |= whole;
    }
}

/// Drops lines that say that they lead to another article, and are links for the most part.
fn others(view: &View, body: &mut [bool]) {
    for (i, kept) in body.iter_mut().enumerate() {
        let fact = &view.facts[i];
        if !*kept || fact.words > 25 || fact.link_step < 2 {
            continue;
        }
        let said = view.segments.words(i).trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if SIGNS.iter().any(|s| said.starts_with(s)) {
            *kept = false;
        }
    }
}

/// Drops what stands above or below the text and tells of it alone: a date with or without a count beside
/// it, and right below the headline a line that has the shape of a name.
fn datelines(view: &View, body: &mut [bool]) {
    // The standfirst may be the first running text; the line then stands below it.
    let mut prose = (0..body.len()).filter(|&i| body[i] && view.facts[i].prose);
    let Some(first) = prose.next() else { return };
    let second = prose.next().unwrap_or(first);
    let last = (first..body.len()).rev().find(|&i| body[i] && view.facts[i].prose).unwrap_or(first);
    let above = first.saturating_sub(8)..second.min(first + 8);
    for i in above.chain(last + 1..body.len()) {
        let fact = &view.facts[i];
        let text = view.segments.words(i);
        let date = fact.digits >= 6
            && fact.words <= 12
            && fact.letters <= fact.digits * 2
            && (i < second || dates::written(text, false).is_some());
        let minutes = i < second && fact.words <= 7 && fact.digits > 0 && is_time_to_read(text);
        let heading = matches!(
            view.page.nodes[view.segments.list[i].node as usize].tag,
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6
        );
        let below = i > 0 && view.headline == Some(i - 1);
        let bold = view.segments.list[i].bold > 0;
        if date || minutes || below && !heading && !bold && is_name(text) {
            body[i] = false;
        }
    }
}

/// Whether a line says how long it takes to read the article.
fn is_time_to_read(line: &str) -> bool {
    const SAID: [&str; 18] = [
        "min read",
        "mins read",
        "minute read",
        "minutes read",
        "read time",
        "reading time",
        "time to read",
        "lesezeit",
        "temps de lecture",
        "de lecture",
        "tiempo de lectura",
        "tempo de leitura",
        "tempo di lettura",
        "leestijd",
        "lästid",
        "læsetid",
        "czas czytania",
        "okuma süresi",
    ];
    let line = line.to_lowercase();
    SAID.iter().any(|said| line.contains(said))
}

/// Whether a line is two or three words of letters, each with a capital and small letters after it.
fn is_name(line: &str) -> bool {
    let mut words = 0;
    for word in line.split(' ') {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let small = letters.clone().any(char::is_lowercase);
        if !capital || !small || !letters.all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’')) {
            return false;
        }
        words += 1;
    }
    matches!(words, 2 | 3)
}

/// Keeps the times of a live blog's entries: blocks that are a time element, two or more of them by one
/// template, each right before a block that is kept in the same parent.
fn times(view: &View, body: &mut [bool]) {
    let nodes = &view.page.nodes;
    let list = &view.segments.list;
    let entries: Vec<usize> = (0..body.len().saturating_sub(1))
        .filter(|&i| {
            let inner = nodes[list[i].first as usize].parent;
            let time = inner != NO_PARENT
                && nodes[inner as usize].tag == Tag::Time
                && view.facts[i].words <= 8
                && list[i].last < nodes[inner as usize].end;
            let next = nodes[list[i + 1].node as usize].parent;
            time && !body[i]
                && body[i + 1]
                && (next == list[i].node || next == nodes[list[i].node as usize].parent)
        })
        .collect();
    let mut alike: HashMap<u32, u32> = HashMap::new();
    for &i in &entries {
        *alike.entry(view.facts[i].path).or_default() += 1;
    }
    for i in entries {
        body[i] = alike.get(&view.facts[i].path).is_some_and(|&n| n > 1);
    }
}

/// How lines and links begin that lead to another article.
const SIGNS: [&str; 12] = [
    "read more",
    "read also",
    "also read",
    "see also",
    "see more",
    "read:",
    "related:",
    "lesen sie auch",
    "lire aussi",
    "lea también",
    "leggi anche",
    "lees ook",
];

/// The link at the end of block `i` that leads to another article and says so, after a whole sentence.
pub(super) fn tail(view: &View, i: usize) -> Option<u32> {
    let segment = &view.segments.list[i];
    let nodes = &view.page.nodes;
    if segment.links == 0 || view.facts[i].link_step == 4 {
        return None;
    }
    let link = std::iter::successors(Some(segment.last), |&n| {
        Some(nodes[n as usize].parent).filter(|&p| p != NO_PARENT && p != segment.node)
    })
    .find(|&n| nodes[n as usize].tag == Tag::A)?;
    if link <= segment.first || nodes[link as usize].end <= segment.last {
        return None;
    }
    let said: String = (link..nodes[link as usize].end).map(|n| view.page.data(n as usize)).collect();
    let said = said.trim_start().to_lowercase();
    let before: String = (segment.first..link).map(|n| view.page.data(n as usize)).collect();
    let whole = before.trim_end().ends_with(['.', '!', '?', '”', '"', '’', '»', '。']);
    let words = before.split_whitespace().count();
    (whole && words >= 6 && SIGNS.iter().any(|s| said.starts_with(s))).then_some(link)
}

/// Drops how to reach the outlet where it closes the article: blocks at the end that give a mail address
/// and do not end as a sentence does.
fn contacts(view: &View, body: &mut [bool]) {
    let all = kept_words(view, body, 0..body.len());
    for i in (0..body.len()).rev().filter(|&i| body[i]).collect::<Vec<_>>() {
        let fact = &view.facts[i];
        if fact.last == 1 || fact.words * 5 > all || !has_mail(view.segments.words(i)) {
            break;
        }
        body[i] = false;
    }
}

/// Whether a text gives a mail address: a word with an @ between letters or digits and a dot after it.
fn has_mail(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(|c: char| c.is_ascii_alphanumeric())
                && host.starts_with(|c: char| c.is_ascii_alphanumeric())
                && host.trim_end_matches('.').contains('.')
        })
    })
}

/// The words that are kept in a range of blocks.
fn kept_words(view: &View, body: &[bool], range: std::ops::Range<usize>) -> u32 {
    range.filter(|&i| body[i]).map(|i| view.facts[i].words).sum()
}

/// Keeps whole sentences without links that stand in line with kept paragraphs: in the same parent, by
/// the same template.
fn in_line(view: &View, body: &mut [bool]) {
    let nodes = &view.page.nodes;
    let list = &view.segments.list;
    let sure = |i: &usize| body[*i] && view.facts[*i].prose;
    let Some(first) = (0..body.len()).find(sure) else { return };
    let Some(last) = (0..body.len()).rev().find(sure) else { return };
    let mut mates: HashMap<(u32, u32), u32> = HashMap::new();
    let twin = |node: u32| {
        let class = view.page.attr(node as usize, "class").unwrap_or_default();
        (nodes[node as usize].parent, hash_text(class))
    };
    let mut twins: HashMap<(u32, u32), u32> = HashMap::new();
    for i in (first..=last).filter(sure) {
        *mates.entry((nodes[list[i].node as usize].parent, view.facts[i].path)).or_default() += 1;
        *twins.entry(twin(list[i].node)).or_default() += 1;
    }
    for i in first..body.len() {
        let fact = &view.facts[i];
        let whole = fact.link_step == 0
            && fact.last == 1
            && fact.words >= 6
            && !fact.repeated
            && matches!(fact.first, 3 | 8 | 9 | 11);
        if body[i] || !whole {
            continue;
        }
        let parent = nodes[list[i].node as usize].parent;
        let mate = mates.get(&(parent, fact.path)).is_some_and(|&n| n >= 2);
        // Or one level further in, in an element like those that hold the kept paragraphs.
        let inner = fact.prose
            && list[i].links == 0
            && parent != NO_PARENT
            && nodes[parent as usize].tag == Tag::Div
            && twins.get(&twin(parent)).is_some_and(|&n| n >= 2);
        if mate || inner {
            body[i] = true;
        }
    }
}

/// Drops small boxes inside the article that are named as furniture.
fn boxes(view: &View, body: &mut [bool]) {
    let all = kept_words(view, body, 0..body.len());
    let mut i = 0;
    while i < body.len() {
        if body[i] {
            let root = view.up(i).take(4).filter(|&n| furniture::box_named(view, n)).last();
            if let Some(root) = root {
                let end = (i..body.len())
                    .find(|&j| !view.inside(view.segments.list[j].node, root))
                    .unwrap_or(body.len());
                let words = kept_words(view, body, i..end);
                if words < 60 && words * 5 < all {
                    body[i..end].fill(false);
                }
                i = end;
                continue;
            }
        }
        i += 1;
    }
}

/// Drops what is kept of a paywall at the article's end.
fn wall(view: &View, body: &mut [bool]) {
    let all = kept_words(view, body, 0..body.len());
    let first = (0..body.len()).find(|&i| {
        body[i] && view.up(i).take(4).any(|n| view.names_of(n).iter().any(|name| state::WALLS.contains(name)))
    });
    if let Some(first) = first
        && kept_words(view, body, first..body.len()) * 3 < all
    {
        body[first..].fill(false);
    }
}
