//! The article put together from the blocks that were chosen.

use super::view::{View, plain};
use super::{Article, Block, BlockKind, Piece, State, facts, furniture, label, meta, state};
use crate::model::hash_text;
use crate::page::{NO_PARENT, Page, Tag};
use crate::text::Span;
use std::collections::HashMap;

/// Takes the article out of a page.
pub(crate) fn extract(page: &Page) -> Article {
    let view = View::new(page);
    let mut body = label::label(&view);
    mend(&view, &mut body);
    let choice = Choice::new(&view, &body);
    let mut article = Article { url: page.url.clone(), cut: page.cut, ..Article::default() };
    facts::fill(&mut article, &view, &choice);
    article.state = state::judge(&view, &choice);
    if matches!(article.state, State::NotArticle(_)) {
        // Such a page is left as it is.
        return article;
    }
    for (i, kind) in choice.kinds.iter().enumerate() {
        if let Some(kind) = kind {
            push(&mut article, &view, i, *kind);
        }
    }
    article.furniture = furniture::find(&view, &choice);
    article
}

/// Mends what no reader would part: text of the very element that holds kept running text before it,
/// paragraphs in line with the kept ones, boxes that are named as furniture, and a paywall's own words
/// at the end.
fn mend(view: &View, body: &mut [bool]) {
    let list = &view.segments.list;
    for i in 1..body.len() {
        let fact = &view.facts[i];
        let same = |j: usize| body[j] && list[j].node == list[i].node && view.facts[j].prose;
        if !body[i] && fact.link_step == 0 && matches!(fact.last, 1..=3) && fact.words >= 5 && same(i - 1) {
            body[i] = true;
        }
    }
    in_line(view, body);
    boxes(view, body);
    wall(view, body);
    contacts(view, body);
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

/// What each block of the page is in the article; none for what is not in it.
pub(crate) struct Choice {
    pub kinds: Vec<Option<BlockKind>>,
}

impl Choice {
    fn new(view: &View, body: &[bool]) -> Self {
        let mut kinds: Vec<Option<BlockKind>> = vec![None; body.len()];
        let description = view.meta.description().map(plain).unwrap_or_default();
        let first = body.iter().enumerate().position(|(i, &b)| b && view.facts[i].prose);
        for (i, _) in body.iter().enumerate().filter(|(_, b)| **b) {
            kinds[i] = Some(kind_of(view, i, first, &description));
        }
        if let Some(h) = view.headline {
            // Only a headline that stands before the text is this article's.
            if first.is_none_or(|first| h < first) {
                kinds[h] = Some(BlockKind::Headline);
            }
        }
        if let Some(b) = byline(view, &kinds, first) {
            kinds[b] = Some(BlockKind::Byline);
        }
        Self { kinds }
    }

    /// Whether block `i` is in the article.
    pub(crate) fn keeps(&self, i: usize) -> bool {
        self.kinds[i].is_some()
    }
}

/// What a block of the article is, by the elements around it.
fn kind_of(view: &View, i: usize, first: Option<usize>, description: &str) -> BlockKind {
    let nodes = &view.page.nodes;
    let words = view.facts[i].words;
    let mut kind = BlockKind::Paragraph;
    for (level, at) in view.up(i).enumerate().take(8) {
        let found = match nodes[at as usize].tag {
            Tag::Figcaption | Tag::Caption => Some(BlockKind::Caption),
            Tag::Figure if level > 0 => Some(BlockKind::Caption),
            Tag::Blockquote => Some(BlockKind::Quote),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 if level < 3 => {
                Some(BlockKind::Heading)
            }
            Tag::Li | Tag::Dd | Tag::Dt if level < 4 => Some(BlockKind::ListItem),
            Tag::P if level == 0 && words >= 25 => break,
            Tag::Td | Tag::Th if words < 30 && level < 3 && data_table(view, i) => Some(BlockKind::Table),
            Tag::Article | Tag::Main | Tag::Body => break,
            _ => None,
        };
        if let Some(found) = found {
            kind = found;
            break;
        }
    }
    if kind == BlockKind::Paragraph {
        let bold = view.segments.list[i].bold as usize * 10 > view.segments.list[i].span.len() * 9;
        if bold && words < 15 && !matches!(view.facts[i].last, 1 | 3) {
            return BlockKind::Heading;
        }
    }
    let leads = first.is_some_and(|first| i <= first);
    if leads && matches!(kind, BlockKind::Paragraph | BlockKind::Heading) && words > 5 {
        let text = plain(view.segments.words(i));
        if text.len() > 30
            && description.len() > 30
            && (description == text || i < first.unwrap_or(0) && description.starts_with(&text))
        {
            return BlockKind::Standfirst;
        }
    }
    kind
}

/// Whether the table around block `i` holds data and not the page's layout: many short cells.
fn data_table(view: &View, i: usize) -> bool {
    let table = view.up(i).find(|&n| view.page.nodes[n as usize].tag == Tag::Table);
    table.is_some_and(|t| {
        let sums = view.sums[t as usize];
        sums.blocks >= 4 && sums.text < sums.blocks * 60 && sums.prose == 0
    })
}

/// The block that names who wrote the article: near the headline or the first paragraph, short, with
/// an author's name as the metadata has it or names of the markup that say so.
fn byline(view: &View, kinds: &[Option<BlockKind>], first: Option<usize>) -> Option<usize> {
    let first = first?;
    let from = view.headline.filter(|&h| h < first).map_or(first.saturating_sub(8), |h| h + 1);
    let authors: Vec<String> =
        view.meta.linked.authors.iter().map(|a| plain(a)).filter(|a| a.len() > 3).collect();
    (from..(first + 4).min(kinds.len())).filter(|&i| kinds[i].is_none() && view.facts[i].words <= 20).find(
        |&i| {
            let text = plain(view.segments.words(i));
            authors.iter().any(|a| text.contains(a.as_str())) || text.starts_with("by ") || named(view, i)
        },
    )
}

/// Whether markup around or inside block `i` says that it is who wrote the article.
fn named(view: &View, i: usize) -> bool {
    let segment = &view.segments.list[i];
    let inside = (segment.first..=segment.last)
        .map(|t| view.page.nodes[t as usize].parent)
        .filter(|&n| n != NO_PARENT);
    view.up(i)
        .take(3)
        .chain(inside)
        .any(|n| view.names_of(n).iter().any(|name| meta::AUTHOR_NAMES.contains(name)))
}

/// Adds block `i` of the page to the article's text.
fn push(article: &mut Article, view: &View, i: usize, kind: BlockKind) {
    let segment = &view.segments.list[i];
    if !article.text.is_empty() {
        article.text.push_str("\n\n");
    }
    let start = article.text.len();
    article.text.push_str(view.segments.words(i));
    let pieces = &view.segments.pieces[segment.pieces.0 as usize..segment.pieces.1 as usize];
    let moved = |at: usize| at - segment.span.start + start;
    article.pieces.extend(
        pieces
            .iter()
            .map(|p| Piece { span: Span::new(moved(p.span.start), moved(p.span.end)), source: p.source }),
    );
    article.blocks.push(Block { span: Span::new(start, article.text.len()), kind, node: Some(segment.node) });
}
