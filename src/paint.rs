//! Spans of the article turned back into runs of the page's text nodes, for painting.
//!
//! Nothing is searched for: the article remembers where each piece of its text stands on the page.

use crate::article::{Article, Piece};
use crate::page::{Page, Tag};
use crate::reading::Reading;
use crate::text::Span;
use crate::text::offsets::{Offsets, Unit};

/// A run of one text node's data to be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What the mark says.
    pub mark: Mark,
    /// Index of the text node in [`Page::nodes`].
    pub node: u32,
    /// First UTF-16 unit of the node's data.
    pub start: u32,
    /// UTF-16 unit after the last.
    pub end: u32,
}

/// What a marked run belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The quotation of that index.
    Quote(u32),
    /// An actor's mention: the actor's index and the mention's.
    Mention(u32, u32),
    /// Words that may not be the article's own, the run of that index.
    Doubtful(u32),
}

/// All runs of a reading of `page`: quotations first, then actors, then doubtful words, each in the order of the text.
/// What stands nowhere on the page (a title that only metadata has) has no run.
pub fn runs(page: &Page, reading: &Reading) -> Vec<Run> {
    let places = Places::new(page, &reading.article);
    let mut runs = Vec::new();
    for (i, quote) in reading.quotes.iter().enumerate() {
        places.add(&mut runs, Mark::Quote(i as u32), quote.span);
    }
    for (i, actor) in reading.actors.iter().enumerate() {
        for (k, mention) in actor.mentions.iter().enumerate() {
            places.add(&mut runs, Mark::Mention(i as u32, k as u32), mention.span);
        }
    }
    for (i, &span) in reading.doubtful.iter().enumerate() {
        places.add(&mut runs, Mark::Doubtful(i as u32), span);
    }
    runs
}

/// Where the article's text stands.
struct Places<'p> {
    page: &'p Page,
    pieces: &'p [Piece],
    /// The text nodes that hold something, in order.
    texts: Vec<u32>,
    units: Offsets<'p>,
}

impl<'p> Places<'p> {
    fn new(page: &'p Page, article: &'p Article) -> Self {
        let texts = (0u32..).zip(&page.nodes).filter(|(_, n)| n.tag == Tag::Text && n.from < n.to);
        let texts = texts.map(|(i, _)| i).collect();
        Self { page, pieces: &article.pieces, texts, units: Offsets::new(&page.text, Unit::Utf16) }
    }

    /// Adds the runs of one span of the article.
    fn add(&self, runs: &mut Vec<Run>, mark: Mark, span: Span) {
        let first = self.pieces.partition_point(|p| p.span.end <= span.start);
        let mut open: Option<(usize, usize)> = None;
        for piece in self.pieces[first..].iter().take_while(|p| p.span.start < span.end) {
            let skip = span.start.saturating_sub(piece.span.start);
            let from = piece.source + skip;
            let to = piece.source + piece.span.len().min(span.end - piece.span.start);
            open = match open {
                // White space that the article folds is part of the mark, lest it show gaps.
                Some((start, end)) if self.is_space_between(end, from) => Some((start, to)),
                Some((start, end)) => {
                    self.split(runs, mark, start, end);
                    Some((from, to))
                }
                None => Some((from, to)),
            };
        }
        if let Some((start, end)) = open {
            self.split(runs, mark, start, end);
        }
    }

    /// Whether only white space lies between two bytes of the page's text, not too much of it.
    fn is_space_between(&self, end: usize, from: usize) -> bool {
        const LONGEST: usize = 256;
        from >= end
            && from - end <= LONGEST
            && self.page.text.get(end..from).is_some_and(|t| t.chars().all(char::is_whitespace))
    }

    /// Splits bytes of the page's text at the borders of its text nodes.
    fn split(&self, runs: &mut Vec<Run>, mark: Mark, from: usize, to: usize) {
        let nodes = &self.page.nodes;
        let first = self.texts.partition_point(|&i| nodes[i as usize].to as usize <= from);
        for &i in &self.texts[first..] {
            let node = nodes[i as usize];
            let (start, end) = (from.max(node.from as usize), to.min(node.to as usize));
            if start >= end {
                break;
            }
            // Indentation between two elements is not painted.
            if self.page.text.get(start..end).is_none_or(|t| t.trim().is_empty()) {
                continue;
            }
            let base = self.units.at(node.from as usize);
            let unit = |at: usize| (self.units.at(at) - base) as u32;
            runs.push(Run { mark, node: i, start: unit(start), end: unit(end) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind};
    use crate::quotes::{Quote, QuoteKind};

    /// `<p>“Né”\n  <b>yes</b>, he said</p>`, read as `“Né” yes, he said`.
    fn sample() -> (Page, Reading) {
        let text = "“Né”\n  yes, he said".to_owned();
        let end = |t: &str| t.encode_utf16().count() as u32;
        let (a, b) = (end("“Né”\n  "), end("“Né”\n  yes"));
        let root = u32::MAX;
        let records = [root, 1, 0, 0, 0, 0, 0, 0, 0, a, 0, 2, 0, 0, 0, 2, 0, 0, a, b, 0, 0, 0, b, end(&text)];
        let page = Page::from_columns("", text, String::new(), "p\nb", &records).unwrap();
        let folded = "“Né” yes, he said";
        let word = folded.find("yes").unwrap();
        let pieces = vec![
            Piece { span: Span::new(0, word), source: 0 },
            Piece { span: Span::new(word, folded.len()), source: page.text.find("yes").unwrap() },
        ];
        // The folded space is taken from the line feed of the page.
        let block = Block { span: Span::new(0, folded.len()), kind: BlockKind::Paragraph, node: Some(0) };
        let article = Article { text: folded.into(), pieces, blocks: vec![block], ..Article::default() };
        (page, Reading { article, ..Reading::default() })
    }

    fn quote(span: Span) -> Quote {
        Quote {
            span,
            kind: QuoteKind::Direct,
            speaker: None,
            speaker_mention: None,
            cue: None,
            confidence: 0.0,
            candidates: Vec::new(),
        }
    }

    #[test]
    fn a_span_over_several_nodes_is_split_at_their_borders() {
        let (page, mut reading) = sample();
        let to = reading.article.text.find(',').unwrap();
        reading.quotes.push(quote(Span::new(0, to)));
        let found = runs(&page, &reading);
        let mark = Mark::Quote(0);
        // The first node's run ends after the white space: no gap in the tint.
        assert_eq!(found, [Run { mark, node: 1, start: 0, end: 7 }, Run { mark, node: 3, start: 0, end: 3 }]);
    }

    #[test]
    fn what_has_no_place_on_the_page_has_no_run() {
        let (page, mut reading) = sample();
        reading.article.pieces.clear();
        reading.quotes.push(quote(Span::new(0, 4)));
        assert!(runs(&page, &reading).is_empty());
    }
}
