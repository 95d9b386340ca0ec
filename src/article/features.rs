//! What the labeller sees of each block.

use super::view::{Fact, View, plain};
use crate::model::{Feature, Features, hash_text};
use crate::page::{NO_PARENT, Tag};

/// Words of the page's own address and metadata that blocks are compared with.
struct Known {
    title: String,
    description: String,
    body: String,
    authors: Vec<String>,
}

/// Steps on a logarithmic scale, for lengths and counts.
pub(crate) fn steps(n: u32) -> u32 {
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

pub(crate) fn tenth(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 10).checked_div(u64::from(whole)).unwrap_or(0).min(10) as u32
}

/// A short summary of a block, to be used by its neighbours.
fn summary(fact: &Fact, tag: Tag) -> u32 {
    steps(fact.words) * 64
        + u32::from(fact.link_step) * 8
        + u32::from(fact.prose) * 4
        + u32::from(heading(tag)) * 2
}

const fn heading(tag: Tag) -> bool {
    matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}

/// The features of all blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// What the first pass sees.
    pub all: Features,
    /// The same without words and names, which the second pass knows through the first's verdict.
    pub core: Features,
}

impl Seen {
    fn push(&mut self, feature: Feature) {
        self.all.push(feature);
        self.core.push(feature);
    }

    /// A feature made of words or names.
    fn lex(&mut self, feature: Feature) {
        self.all.push(feature);
    }

    fn end_item(&mut self) {
        self.all.end_item();
        self.core.end_item();
    }
}

/// Makes the features: one item a block.
pub(crate) fn first(view: &View) -> Seen {
    let mut out = Seen::default();
    let known = Known {
        title: view.meta.headline().map(plain).unwrap_or_default(),
        description: view.meta.description().map(plain).unwrap_or_default(),
        body: view.meta.linked.body.as_deref().map(plain).unwrap_or_default(),
        authors: view.meta.linked.authors.iter().map(|a| plain(a)).filter(|a| a.len() > 3).collect(),
    };
    let total: u32 = view.facts.iter().map(|f| f.words).sum();
    let page = PageFacts::new(view);
    let mut before = 0;
    let mut under = None;
    for i in 0..view.facts.len() {
        text(view, i, &mut out);
        below(view, i, under, &mut out);
        links(view, i, &mut out);
        let tag = view.page.nodes[view.segments.list[i].node as usize].tag;
        if heading(tag) && view.facts[i].words <= 12 {
            under = Some(i);
        }
        place(view, i, &page, before, total, &mut out);
        markup(view, i, &page, &mut out);
        known_text(view, i, &known, &mut out);
        neighbours(view, i, &mut out);
        out.end_item();
        before += view.facts[i].words;
    }
    out
}

/// Facts of the whole page.
struct PageFacts {
    articles: u32,
    has_main: bool,
    has_body_prop: bool,
    kind: u32,
    /// Distance in blocks to the nearest running text before and after, per block.
    prose_before: Vec<u32>,
    prose_after: Vec<u32>,
    /// First and last block of running text.
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

fn text(view: &View, i: usize, out: &mut Seen) {
    let fact = &view.facts[i];
    let segment = &view.segments.list[i];
    let tag = view.page.nodes[segment.node as usize].tag;
    let words = steps(fact.words);
    let links = u32::from(fact.link_step);
    let tag_number = tag as u32;
    out.push(Feature::new(1).number(words).number(links).number(tag_number));
    out.push(Feature::new(2).number(words).number(u32::from(fact.last)).number(links));
    out.push(Feature::new(3).number(u32::from(fact.first)).number(u32::from(fact.last)).number(words / 3));
    out.push(Feature::new(4).number(steps(fact.commas)).number(steps(fact.stops)).number(links));
    out.push(Feature::new(5).number(tenth(fact.digits, fact.digits + fact.letters)).number(words));
    out.push(Feature::new(6).number(tenth(fact.capitals, fact.letters)).number(words));
    let len = segment.span.len() as u32;
    let whole = |part: u32| match tenth(part, len) {
        0 => 0,
        1..=8 => 1,
        _ => 2,
    };
    out.push(Feature::new(7).number(whole(segment.bold)).number(whole(segment.italic)).number(words / 2));
    out.push(Feature::new(8).number(steps(segment.links)).number(words));
    let text = view.segments.words(i);
    let lower = text.chars().take(400).collect::<String>().to_lowercase();
    let mut tokens = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    if fact.words <= 9 {
        let mut all = Feature::new(9);
        let mut any = false;
        for w in tokens.by_ref() {
            if w.bytes().all(|b| b.is_ascii_digit()) {
                all = all.text("0");
                continue;
            }
            any = true;
            all = all.text(w);
            out.lex(Feature::new(10).text(w));
            out.lex(Feature::new(11).text(w).number(words).number(links));
        }
        if any {
            out.lex(all);
        }
    } else if let (Some(a), Some(b)) = (tokens.next(), tokens.next()) {
        out.lex(Feature::new(12).text(a).number(words / 3));
        out.lex(Feature::new(13).text(a).text(b));
        if let Some(c) = tokens.next() {
            out.lex(Feature::new(14).text(a).text(b).text(c));
        }
        if fact.words <= 40 {
            let mut before = "";
            for w in [a, b].into_iter().chain(tokens).take(30) {
                out.lex(Feature::new(15).text(w).number(words / 3));
                out.lex(Feature::new(19).text(before).text(w));
                before = w;
            }
        }
    }
    for (n, mark) in
        ["©", "@", "http", "|", "…", " » ", "→", "(c)", "all rights", "%", "$", "€"].iter().enumerate()
    {
        if lower.contains(mark) {
            out.push(Feature::new(16).number(n as u32).number(words / 3));
        }
    }
    if fact.repeated {
        out.push(Feature::new(17).number(words));
    }
    if fact.prose {
        out.push(Feature::new(18).number(words).number(links));
    }
}

/// The heading above a block, where it stands in the same section.
fn below(view: &View, i: usize, under: Option<usize>, out: &mut Seen) {
    let Some(h) = under else { return };
    let list = &view.segments.list;
    let section = view.page.nodes[list[h].node as usize].parent;
    let section = if view.sums[section as usize].blocks <= 1 {
        view.page.nodes[section as usize].parent
    } else {
        section
    };
    if section == NO_PARENT {
        return;
    }
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
        out.lex(Feature::new(92).number(inside).text(w));
    }
    out.lex(all);
}

/// Where the links of a block lead, and pictures right before it.
fn links(view: &View, i: usize, out: &mut Seen) {
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
                out.lex(Feature::new(93).text(host));
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
                out.lex(Feature::new(96).text(part));
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

fn place(view: &View, i: usize, page: &PageFacts, before: u32, total: u32, out: &mut Seen) {
    let fact = &view.facts[i];
    let words = steps(fact.words) / 3;
    out.push(Feature::new(20).number(tenth(i as u32, view.facts.len() as u32)).number(words));
    out.push(Feature::new(21).number(tenth(before, total)).number(words));
    let side = match view.headline {
        None => 0,
        Some(h) if i == h => 1,
        Some(h) if i < h => 2 + steps((h - i) as u32).min(9),
        Some(h) => 20 + steps((i - h) as u32),
    };
    out.push(Feature::new(22).number(side).number(words));
    out.push(Feature::new(23).number(side).number(u32::from(fact.prose)).number(u32::from(fact.link_step)));
    let (a, b) = (steps(page.prose_before[i]), steps(page.prose_after[i]));
    out.push(Feature::new(24).number(a).number(words));
    out.push(Feature::new(25).number(b).number(words));
    out.push(Feature::new(26).number(a.min(7)).number(b.min(7)).number(u32::from(fact.link_step)));
    // Where it stands to the container that holds most of the running text.
    let node = view.segments.list[i].node;
    let relation = if view.inside(node, view.top) {
        let depth = view.up(i).take_while(|&n| n != view.top).count();
        depth.min(7) as u32
    } else if node < view.top {
        10
    } else {
        11
    };
    out.push(Feature::new(27).number(relation).number(words).number(u32::from(fact.link_step)));
    out.push(Feature::new(28).number(relation).number(view.page.nodes[node as usize].tag as u32));
    // How far up one has to go from the block to reach the top container's branch.
    let up = view.up(i).take_while(|&n| !view.inside(view.top, n)).count().min(8) as u32;
    out.push(Feature::new(29).number(up).number(words).number(u32::from(node > view.top)));
    if let Some(h) = view.headline {
        let head = view.segments.list[h].node;
        let up = view.up(i).take_while(|&n| !view.inside(head, n)).count().min(9) as u32;
        out.push(Feature::new(30).number(up).number(words));
    }
    let share = tenth(view.sums[view.top as usize].prose_text, view.sums[0].text.max(1));
    out.push(Feature::new(31).number(relation).number(share).number(words));
}

fn markup(view: &View, i: usize, page: &PageFacts, out: &mut Seen) {
    let segment = &view.segments.list[i];
    let fact = &view.facts[i];
    let nodes = &view.page.nodes;
    let words = steps(fact.words) / 3;
    let prose = u32::from(fact.prose);
    let all = view.sums[0];
    let mut path = Feature::new(40);
    let mut seen: [u32; 64] = [0; 64];
    let mut seen_len = 0;
    let (mut in_article, mut in_main, mut hidden) = (0, false, false);
    for (level, at) in view.up(i).enumerate() {
        let tag = nodes[at as usize].tag;
        if level < 3 {
            path = path.number(tag as u32);
            out.push(path.number(u32::from(fact.link_step)));
        }
        match tag {
            Tag::Article => in_article += 1,
            Tag::Main => in_main = true,
            _ => {}
        }
        hidden |= nodes[at as usize].flags & crate::page::HIDDEN != 0;
        if !matches!(tag, Tag::Div | Tag::Body | Tag::Html | Tag::P | Tag::Span) {
            out.push(Feature::new(41).number(tag as u32).number(prose));
        }
        if matches!(tag, Tag::Body | Tag::Html) {
            // Theirs are the page's names, not the block's.
            for &name in view.names_of(at) {
                out.lex(Feature::new(42).number(name).number(prose));
            }
            continue;
        }
        for &name in view.names_of(at) {
            if level < 2 {
                out.lex(Feature::new(43 + level as u32).number(name));
                out.lex(Feature::new(45 + level as u32).number(name).number(words));
            } else if level == 2 {
                out.lex(Feature::new(47).number(name));
            }
            if seen_len < seen.len() && !seen[..seen_len].contains(&name) {
                seen[seen_len] = name;
                seen_len += 1;
                out.lex(Feature::new(48).number(name));
                out.lex(Feature::new(49).number(name).number(prose));
            }
        }
        if level < 6 {
            let sums = view.sums[at as usize];
            let links = tenth(sums.linked, sums.text);
            let share = tenth(sums.text, all.text);
            let level = level as u32;
            out.push(Feature::new(50).number(level).number(links).number(steps(sums.prose)));
            out.push(Feature::new(51).number(level).number(share).number(steps(sums.blocks)));
            out.push(Feature::new(52).number(level).number(tenth(sums.prose_text, sums.text)).number(words));
            out.push(
                Feature::new(53)
                    .number(level)
                    .number(tenth(sums.prose_text, all.prose_text))
                    .number(u32::from(fact.link_step))
                    .number(words),
            );
        }
    }
    // Inline markup that holds the whole block.
    let inner = nodes[segment.first as usize].parent;
    if inner != NO_PARENT && inner != segment.node {
        let end = nodes[inner as usize].end;
        let whole = segment.last < end;
        out.push(
            Feature::new(54).number(nodes[inner as usize].tag as u32).number(u32::from(whole)).number(words),
        );
        for &name in view.names_of(inner) {
            out.lex(Feature::new(55).number(name).number(u32::from(whole)));
        }
    }
    let article = match (page.articles, in_article) {
        (0, _) => 0,
        (1, 0) => 1,
        (1, _) => 2,
        (_, 0) => 3,
        (_, 1) => 4,
        _ => 5,
    };
    out.push(Feature::new(56).number(article).number(words).number(u32::from(fact.link_step)));
    if page.has_main {
        out.push(Feature::new(57).number(u32::from(in_main)).number(words));
    }
    if page.has_body_prop {
        let inside = view.inside(segment.node, page.body_prop);
        out.push(Feature::new(58).number(u32::from(inside)).number(words));
        out.push(Feature::new(59).number(u32::from(inside)).number(prose).number(u32::from(fact.link_step)));
    }
    if hidden {
        out.push(Feature::new(60).number(prose));
    }
    out.push(Feature::new(61).number(page.kind).number(prose));
    if let Some([count, total, links, prose]) = view.paths.get(&fact.path) {
        let mean = steps(total / count);
        out.push(Feature::new(62).number(steps(*count)).number(mean));
        out.push(Feature::new(63).number(steps(*count)).number(tenth(*prose, *count)).number(words));
        out.push(Feature::new(64).number(links / count).number(mean).number(words));
    }
}

fn known_text(view: &View, i: usize, known: &Known, out: &mut Seen) {
    let fact = &view.facts[i];
    let words = steps(fact.words) / 3;
    let text = plain(view.segments.words(i));
    if text.is_empty() {
        out.push(Feature::new(70));
        return;
    }
    if view.headline == Some(i) {
        out.push(Feature::new(71));
    } else if text == known.title {
        out.push(Feature::new(72));
    }
    if text.len() > 20 && known.description.len() > 20 {
        if known.description == text {
            out.push(Feature::new(73).number(1));
        } else if text.starts_with(known.description.trim_end_matches(' ')) {
            out.push(Feature::new(73).number(2));
        } else if known.description.starts_with(&text) {
            out.push(Feature::new(73).number(3));
        }
    }
    if known.body.len() > 200 {
        let held = text.len() > 3 && known.body.contains(&text);
        out.push(Feature::new(74).number(u32::from(held)).number(words));
        out.push(
            Feature::new(75)
                .number(u32::from(held))
                .number(u32::from(fact.link_step))
                .number(u32::from(fact.prose)),
        );
    }
    if fact.words < 30 && known.authors.iter().any(|a| text.contains(a.as_str())) {
        out.push(Feature::new(76).number(words));
    }
}

fn neighbours(view: &View, i: usize, out: &mut Seen) {
    let list = &view.segments.list;
    let tag = |j: usize| view.page.nodes[list[j].node as usize].tag;
    let words = steps(view.facts[i].words) / 3;
    let own = summary(&view.facts[i], tag(i));
    for (n, offset) in [-2i32, -1, 1, 2].into_iter().enumerate() {
        let j = i as i64 + i64::from(offset);
        let Some(fact) = usize::try_from(j).ok().and_then(|j| view.facts.get(j)) else {
            out.push(Feature::new(80).number(n as u32));
            continue;
        };
        let j = j as usize;
        let theirs = summary(fact, tag(j));
        out.push(Feature::new(81).number(n as u32).number(theirs).number(words));
        if offset.abs() == 1 {
            out.push(Feature::new(82).number(n as u32).number(theirs).number(own));
            let same = list[j].node == list[i].node
                || view.page.nodes[list[j].node as usize].parent
                    == view.page.nodes[list[i].node as usize].parent;
            out.push(
                Feature::new(83)
                    .number(n as u32)
                    .number(u32::from(same))
                    .number(u32::from(fact.path == view.facts[i].path))
                    .number(u32::from(fact.prose))
                    .number(words),
            );
            out.push(Feature::new(84).number(n as u32).number(tag(j) as u32).number(tag(i) as u32));
            if fact.words <= 6 {
                let lower = view.segments.words(j).to_lowercase();
                out.lex(Feature::new(85).number(n as u32).text(&lower));
            }
            for &name in view.names_of(list[j].node) {
                out.lex(Feature::new(86).number(n as u32).number(name));
            }
        }
    }
    let around = |range: std::ops::Range<usize>| {
        view.facts.get(range).map_or(0, |facts| facts.iter().filter(|f| f.prose).count() as u32)
    };
    let before = around(i.saturating_sub(5)..i);
    let after = around((i + 1).min(view.facts.len())..(i + 6).min(view.facts.len()));
    out.push(Feature::new(87).number(before).number(after).number(words));
}
