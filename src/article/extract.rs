//! The article put together from the blocks that were chosen.

use super::mend::{mend, tail};
use super::view::{View, plain};
use super::{Article, Block, BlockKind, Piece, State, byline, facts, furniture, label, meta, state};
use crate::page::{NO_PARENT, Page, Tag};
use crate::text::Span;

/// Takes the article out of a page.
pub(crate) fn extract(page: &Page) -> Article {
    extract_by(page, label::label)
}

/// Likewise, by a labeller of one's own.
pub(crate) fn extract_by(page: &Page, label: impl FnOnce(&View) -> Vec<bool>) -> Article {
    let view = View::new(page);
    let mut body = label(&view);
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
            push(&mut article, &view, i, *kind, choice.tails[i]);
        }
    }
    article.furniture = furniture::find(&view, &choice);
    article
}

/// What each block of the page is in the article; none for what is not in it.
pub(crate) struct Choice {
    pub kinds: Vec<Option<BlockKind>>,
    /// Of each block the link at its end that is not the article's.
    pub tails: Vec<Option<u32>>,
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
        if let Some(b) = byline_block(view, &kinds, first) {
            kinds[b] = Some(BlockKind::Byline);
        }
        let tails = (0..kinds.len())
            .map(|i| if kinds[i] == Some(BlockKind::Paragraph) { tail(view, i) } else { None })
            .collect();
        Self { kinds, tails }
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
fn byline_block(view: &View, kinds: &[Option<BlockKind>], first: Option<usize>) -> Option<usize> {
    let first = first?;
    let from = view.headline.filter(|&h| h < first).map_or(first.saturating_sub(8), |h| h + 1);
    let authors: Vec<String> =
        view.meta.linked.authors.iter().map(|a| plain(a)).filter(|a| a.len() > 3).collect();
    let near: Vec<usize> = (from..(first + 4).min(kinds.len()))
        .filter(|&i| {
            kinds[i].is_none() && view.facts[i].words <= 20 && view.facts[i].letters > view.facts[i].digits
        })
        .collect();
    let says = |&i: &usize| view.segments.words(i).split('|').any(|part| byline::said(part).is_some());
    let names = |&i: &usize| {
        let text = plain(view.segments.words(i));
        authors.iter().any(|a| text.contains(a.as_str())) || text.starts_with("by ") || named(view, i)
    };
    near.iter().copied().find(says).or_else(|| near.iter().copied().find(names))
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

/// Adds block `i` of the page to the article's text, without the link `tail` at its end.
fn push(article: &mut Article, view: &View, i: usize, kind: BlockKind, tail: Option<u32>) {
    let segment = &view.segments.list[i];
    let all = &view.segments.pieces[segment.pieces.0 as usize..segment.pieces.1 as usize];
    let count = tail.map_or(all.len(), |tail| {
        let inside = (tail..view.page.nodes[tail as usize].end)
            .map(|n| &view.page.nodes[n as usize])
            .find(|n| n.tag == Tag::Text)
            .map_or(usize::MAX, |n| n.from as usize);
        all.iter().position(|p| p.source >= inside).unwrap_or(all.len())
    });
    let pieces = &all[..count];
    let Some(last) = pieces.last() else { return };
    if !article.text.is_empty() {
        article.text.push_str("\n\n");
    }
    let start = article.text.len();
    article.text.push_str(Span::new(segment.span.start, last.span.end).of(&view.segments.text));
    let moved = |at: usize| at - segment.span.start + start;
    article.pieces.extend(
        pieces
            .iter()
            .map(|p| Piece { span: Span::new(moved(p.span.start), moved(p.span.end)), source: p.source }),
    );
    article.blocks.push(Block { span: Span::new(start, article.text.len()), kind, node: Some(segment.node) });
}
