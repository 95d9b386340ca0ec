//! The page's text cut into blocks: runs of inline content between block-level boundaries.

use super::Piece;
use crate::page::{NO_PARENT, Page, Tag};
use crate::text::Span;

/// One run of text between two block-level boundaries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    /// Bytes of [`Segments::text`].
    pub span: Span,
    /// The nearest block-level element around it.
    pub node: u32,
    /// The first text node in it.
    pub first: u32,
    /// The last text node in it.
    pub last: u32,
    /// Bytes that stand in links.
    pub linked: u32,
    /// Number of links that begin in it.
    pub links: u32,
    /// Bytes in bold.
    pub bold: u32,
    /// Bytes in italics.
    pub italic: u32,
    /// Indices into [`Segments::pieces`].
    pub pieces: (u32, u32),
}

/// All blocks of a page, their text with white space collapsed.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    /// The blocks' text, one after another.
    pub text: String,
    /// The blocks in document order.
    pub list: Vec<Segment>,
    /// Where `text` stands on the page; spans are bytes of `text`.
    pub pieces: Vec<Piece>,
}

impl Segments {
    /// The words of block `i`.
    pub(crate) fn words(&self, i: usize) -> &str {
        self.list[i].span.of(&self.text)
    }
}

/// Whether the element starts and ends a block of text.
pub(crate) const fn is_block(tag: Tag) -> bool {
    use Tag::{
        Address, Article, Aside, Blockquote, Body, Button, Caption, Center, Dd, Details, Dialog, Div, Dl, Dt,
        Fieldset, Figcaption, Figure, Footer, Form, H1, H2, H3, H4, H5, H6, Header, Hgroup, Hr, Html, Legend,
        Li, Main, Menu, Nav, Ol, Option, P, Pre, Search, Section, Select, Summary, Table, Tbody, Td, Tfoot,
        Th, Thead, Tr, Ul,
    };
    matches!(
        tag,
        Address
            | Article
            | Aside
            | Blockquote
            | Body
            | Button
            | Caption
            | Center
            | Dd
            | Details
            | Dialog
            | Div
            | Dl
            | Dt
            | Fieldset
            | Figcaption
            | Figure
            | Footer
            | Form
            | H1
            | H2
            | H3
            | H4
            | H5
            | H6
            | Header
            | Hgroup
            | Hr
            | Html
            | Legend
            | Li
            | Main
            | Menu
            | Nav
            | Ol
            | Option
            | P
            | Pre
            | Search
            | Section
            | Select
            | Summary
            | Table
            | Tbody
            | Td
            | Tfoot
            | Th
            | Thead
            | Tr
            | Ul
    )
}

/// Whether element `i` starts and ends a block: block-level elements do, and custom elements that
/// do not stand inside a line of text.
fn breaks(page: &Page, i: usize) -> bool {
    let node = &page.nodes[i];
    match node.tag {
        Tag::Custom => {
            let mut up = node.parent;
            while up != NO_PARENT && !is_block(page.nodes[up as usize].tag) {
                up = page.nodes[up as usize].parent;
            }
            up == NO_PARENT
                || !matches!(
                    page.nodes[up as usize].tag,
                    Tag::P | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6
                )
        }
        tag => is_block(tag),
    }
}

/// Characters that count as white space: Unicode's, and the zero-width ones that pages put in.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Bytes up to the first character that is no white space, or that is.
fn run(text: &str, space: bool) -> usize {
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&b) = bytes.get(at) {
        if b.is_ascii() {
            if matches!(b, b' ' | 9..=13) != space {
                return at;
            }
            at += 1;
        } else {
            match text[at..].chars().next() {
                Some(c) if is_space(c) == space => at += c.len_utf8(),
                _ => return at,
            }
        }
    }
    at
}

/// Bytes up to the first white space that is not one plain space between two words.
fn words(text: &str) -> usize {
    let mut at = run(text, false);
    while text.as_bytes().get(at) == Some(&b' ') {
        let next = run(&text[at + 1..], false);
        if next == 0 {
            break;
        }
        at += 1 + next;
    }
    at
}

/// An open element.
struct Open {
    end: u32,
    tag: Tag,
    block: bool,
    node: u32,
}

/// Cuts the body's text into blocks. A `br` is a space within a block, two in a row end it.
pub(crate) fn cut(page: &Page) -> Segments {
    let mut cutter = Cutter { out: Segments::default(), now: None, space: false, breaks: 0 };
    cutter.out.text.reserve(page.text.len() / 2);
    let mut open: Vec<Open> = Vec::new();
    let (mut links, mut bold, mut italic) = (0u32, 0u32, 0u32);
    // Nodes outside the body (the head) hold no text of the page.
    let mut i = page.nodes.iter().position(|n| n.tag == Tag::Body).unwrap_or(0);
    while i < page.nodes.len() {
        while open.last().is_some_and(|o| o.end as usize <= i) {
            if let Some(o) = open.pop() {
                match o.tag {
                    Tag::A => links -= 1,
                    Tag::B | Tag::Strong => bold -= 1,
                    Tag::Em | Tag::I => italic -= 1,
                    _ => {}
                }
                if o.block {
                    cutter.flush();
                }
            }
        }
        let node = &page.nodes[i];
        match node.tag {
            Tag::Text => {
                let block = open.iter().rev().find(|o| o.block).map_or(0, |o| o.node);
                cutter.text(page, i, block, [links, bold, italic]);
            }
            Tag::Br => cutter.line(),
            Tag::Script | Tag::Style | Tag::Head | Tag::Title => {
                i = node.end as usize;
                continue;
            }
            tag => {
                let block = breaks(page, i);
                if block {
                    cutter.flush();
                }
                match tag {
                    Tag::A => {
                        links += 1;
                        if let Some(now) = &mut cutter.now {
                            now.links += 1;
                        }
                    }
                    Tag::B | Tag::Strong => bold += 1,
                    Tag::Em | Tag::I => italic += 1,
                    _ => {}
                }
                open.push(Open { end: node.end, tag, block, node: i as u32 });
            }
        }
        i += 1;
    }
    cutter.flush();
    cutter.out
}

struct Cutter {
    out: Segments,
    now: Option<Segment>,
    /// White space is due before the next word.
    space: bool,
    /// `br` elements since the last word.
    breaks: u32,
}

impl Cutter {
    fn flush(&mut self) {
        self.space = false;
        self.breaks = 0;
        if let Some(mut now) = self.now.take() {
            now.span.end = self.out.text.len();
            now.pieces.1 = self.out.pieces.len() as u32;
            self.out.list.push(now);
        }
    }

    fn line(&mut self) {
        self.space = true;
        self.breaks += 1;
        if self.breaks > 1 {
            self.flush();
        }
    }

    #[inline(never)]
    fn text(&mut self, page: &Page, i: usize, block: u32, [links, bold, italic]: [u32; 3]) {
        let data = page.data(i);
        let base = page.nodes[i].from as usize;
        let mut at = 0;
        while at < data.len() {
            let rest = &data[at..];
            let blank = run(rest, true);
            self.space |= blank > 0;
            at += blank;
            let rest = &data[at..];
            let word = words(rest);
            if word == 0 {
                break;
            }
            self.breaks = 0;
            let start = self.out.text.len();
            let pieces = self.out.pieces.len() as u32;
            let fresh = self.now.is_none();
            let now = self.now.get_or_insert(Segment {
                span: Span::new(start, start),
                node: block,
                first: i as u32,
                last: i as u32,
                linked: 0,
                links: u32::from(links > 0),
                bold: 0,
                italic: 0,
                pieces: (pieces, pieces),
            });
            now.last = i as u32;
            let mut source = base + at;
            // The space is the page's own where it is one plain space right before the word.
            if std::mem::take(&mut self.space) && !fresh {
                if blank > 0 && data.as_bytes()[at - 1] == b' ' {
                    source -= 1;
                } else {
                    self.out.text.push(' ');
                }
            }
            let from = self.out.text.len();
            self.out.text.push_str(&page.text[source..base + at + word]);
            let to = self.out.text.len();
            let bytes = (to - start) as u32;
            now.linked += if links > 0 { bytes } else { 0 };
            now.bold += if bold > 0 { bytes } else { 0 };
            now.italic += if italic > 0 { bytes } else { 0 };
            match self.out.pieces.last_mut() {
                Some(last) if !fresh && last.span.end == from && last.source + last.span.len() == source => {
                    last.span.end = to;
                }
                _ => self.out.pieces.push(Piece { span: Span::new(from, to), source }),
            }
            at += word;
        }
    }
}
