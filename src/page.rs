//! What was read from a document, with no judgement: one flat record a node, the text once.

#[cfg(not(target_arch = "wasm32"))]
pub mod html;
mod tag;

use std::fmt;
pub use tag::Tag;

/// The parent index of a root.
pub const NO_PARENT: u32 = u32::MAX;

/// The reader saw that the node is not rendered (`display: none`, `hidden`, zero size).
pub const HIDDEN: u32 = 1;

/// The attributes that are kept of an element, in any order; every other is left out.
///
/// Names are lower case. A value longer than [`MAX_ATTRIBUTE`] is cut there; U+001F in it becomes
/// a space. An attribute without a value (`hidden`) is kept as `hidden=`. An `img` keeps `alt` but
/// not `src`: addresses of pictures say little and are long.
pub const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-hidden",
    "aria-label",
    "aria-modal",
    "class",
    "content",
    "data-component",
    "data-name",
    "data-testid",
    "data-type",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "rel",
    "role",
    "src",
    "style",
    "title",
    "type",
];

/// Length in UTF-16 units after which an attribute's value is cut (before a character that would
/// reach over it).
pub const MAX_ATTRIBUTE: usize = 512;

/// Nodes (elements and text nodes together) after which reading stops and [`Page::cut`] is set.
pub const MAX_NODES: usize = 150_000;

/// UTF-16 units of text after which reading stops (the text node that reaches over it is cut
/// there, before a character that would reach over it) and [`Page::cut`] is set.
pub const MAX_TEXT: usize = 4_000_000;

/// Elements above a node, the root included, from which on a node is not read as a child of its
/// own parent: a deeper element is left out as an element, its text becomes the child of its
/// ancestor at this depth and [`Page::cut`] is set. Browsers' parsers stop nesting at 512.
pub const MAX_DEPTH: usize = 512;

/// Elements of which only the element itself is kept, nothing inside: what they hold is no text of
/// the page (controls, drawings, what is shown where something cannot be).
pub const HOLLOW: &[Tag] = &[
    Tag::Audio,
    Tag::Canvas,
    Tag::Iframe,
    Tag::Noscript,
    Tag::Object,
    Tag::Select,
    Tag::Svg,
    Tag::Textarea,
    Tag::Video,
];

/// One element or text node.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Index of the parent, smaller than this node's own, or [`NO_PARENT`].
    pub parent: u32,
    /// Index after the last node of the subtree.
    pub end: u32,
    /// Which element it is; [`Tag::Text`] for a text node.
    pub tag: Tag,
    /// Bits: [`HIDDEN`].
    pub flags: u32,
    /// Text node: first byte in [`Page::text`]. Element: first byte in [`Page::attrs`].
    pub from: u32,
    /// Text node: byte after the last in [`Page::text`]. Element: likewise in [`Page::attrs`].
    pub to: u32,
}

/// A document, flat: nodes in document order, parents before children.
///
/// Kept of elements: `html`, `head`, `body`, all of the body and, of the head, `title`, `meta`,
/// `link` and `script type="application/ld+json"` (with its text; such a script is kept in the body
/// too). Other scripts, styles, templates and comments are left out by whoever reads the document,
/// and so is all inside the [`HOLLOW`] elements. Attributes kept are [`ATTRIBUTES`]. Text nodes that
/// stand side by side are one node; limits are [`MAX_NODES`], [`MAX_TEXT`], [`MAX_DEPTH`]. Open
/// shadow roots are read as children of their host, before its own children.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The document's address, or empty.
    pub url: String,
    /// All text nodes' data, one after another in document order, unchanged.
    pub text: String,
    /// All kept attributes: `name=value` joined by U+001F, an element's together.
    pub attrs: String,
    /// The nodes in document order.
    pub nodes: Vec<Node>,
    /// Where each element stands on the rendered page: x, y, width, height in CSS pixels; either
    /// empty (not known, as in the native program) or one entry a node (zero for text nodes).
    pub boxes: Vec<[i32; 4]>,
    /// The reader stopped before the document's end (a limit on nodes or text).
    pub cut: bool,
}

/// Why columns are no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError(&'static str);

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the page's records do not fit: {}", self.0)
    }
}

impl std::error::Error for PageError {}

/// `u32` values a node in the records that [`Page::from_columns`] takes.
pub const COLUMNS: usize = 5;

impl Page {
    /// Builds a page from what a browser script read.
    ///
    /// `names` holds the distinct lower-case element names, joined by line feeds. `records` holds
    /// five values a node: parent index (or [`NO_PARENT`]), 0 for a text node or 1 + index of the
    /// element's name, flags, then start and end **in UTF-16 units** into `text` (text nodes) or
    /// `attrs` (elements). Starts must not decrease within either string.
    ///
    /// # Errors
    /// If the records are cut short, a parent does not come before its child or offsets go
    /// backwards or out of bounds.
    pub fn from_columns(
        url: &str,
        text: String,
        attrs: String,
        names: &str,
        records: &[u32],
    ) -> Result<Self, PageError> {
        if !records.len().is_multiple_of(COLUMNS) {
            return Err(PageError("a record is cut short"));
        }
        let tags: Vec<Tag> = names.split('\n').map(Tag::from_name).collect();
        let mut nodes = Vec::with_capacity(records.len() / COLUMNS);
        let mut in_text = Walk::new(&text);
        let mut in_attrs = Walk::new(&attrs);
        for (i, r) in records.chunks_exact(COLUMNS).enumerate() {
            let (parent, name, flags) = (r[0], r[1] as usize, r[2]);
            if parent != NO_PARENT && parent as usize >= i {
                return Err(PageError("a child comes before its parent"));
            }
            let tag = match name {
                0 => Tag::Text,
                n => *tags.get(n - 1).ok_or(PageError("an element has no name"))?,
            };
            let walk = if name == 0 { &mut in_text } else { &mut in_attrs };
            let from = walk.to(r[3]).ok_or(PageError("an offset goes backwards or out"))?;
            let to = walk.to(r[4]).ok_or(PageError("an offset goes backwards or out"))?;
            nodes.push(Node { parent, end: 0, tag, flags, from, to });
        }
        let mut page = Self { url: url.to_owned(), text, attrs, nodes, ..Self::default() };
        page.close();
        Ok(page)
    }

    /// Sets every node's `end` from the parents.
    pub(crate) fn close(&mut self) {
        for i in (0..self.nodes.len()).rev() {
            let end = self.nodes[i].end.max(i as u32 + 1);
            self.nodes[i].end = end;
            let parent = self.nodes[i].parent;
            if parent != NO_PARENT {
                let p = &mut self.nodes[parent as usize].end;
                *p = (*p).max(end);
            }
        }
    }

    /// The data of text node `i`; empty for an element.
    pub fn data(&self, i: usize) -> &str {
        let n = &self.nodes[i];
        if n.tag == Tag::Text { &self.text[n.from as usize..n.to as usize] } else { "" }
    }

    /// The attributes of element `i` as name and value; a text node has none.
    pub fn attributes(&self, i: usize) -> impl Iterator<Item = (&str, &str)> {
        let n = &self.nodes[i];
        let all = if n.tag == Tag::Text { "" } else { &self.attrs[n.from as usize..n.to as usize] };
        let mut rest = all;
        std::iter::from_fn(move || {
            while !rest.is_empty() {
                let (one, after) = rest.split_at(memchr::memchr(0x1f, rest.as_bytes()).unwrap_or(rest.len()));
                rest = after.get(1..).unwrap_or("");
                if let Some(at) = one.bytes().position(|b| b == b'=') {
                    return Some((&one[..at], &one[at + 1..]));
                }
            }
            None
        })
    }

    /// The value of element `i`'s attribute `name`.
    pub fn attr(&self, i: usize, name: &str) -> Option<&str> {
        self.attributes(i).find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// The text node that holds byte `at` of [`Page::text`].
    pub fn text_node_at(&self, at: usize) -> Option<usize> {
        // Text nodes' starts do not decrease, but elements stand between them.
        let texts = self.nodes.iter().enumerate().filter(|(_, n)| n.tag == Tag::Text);
        texts
            .take_while(|(_, n)| n.from as usize <= at)
            .filter(|(_, n)| at < n.to as usize)
            .last()
            .map(|(i, _)| i)
    }
}

/// Turns rising UTF-16 offsets into byte offsets in one pass.
struct Walk<'t> {
    text: &'t str,
    /// Nothing else in it.
    ascii: bool,
    byte: usize,
    unit: u32,
}

impl<'t> Walk<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text, ascii: text.is_ascii(), byte: 0, unit: 0 }
    }

    fn to(&mut self, unit: u32) -> Option<u32> {
        let mut rest = unit.checked_sub(self.unit)?;
        let bytes = self.text.as_bytes();
        // Plain text has as many bytes as units.
        let end = self.byte + rest as usize;
        if bytes.get(self.byte..end).is_some_and(|part| self.ascii || part.is_ascii()) {
            (self.byte, self.unit) = (end, unit);
            return Some(end as u32);
        }
        while rest > 0 {
            let b = *bytes.get(self.byte)?;
            let (len, units) = match b {
                0..0x80 => (1, 1),
                0x80..0xe0 => (2, 1),
                0xe0..0xf0 => (3, 1),
                _ => (4, 2),
            };
            self.byte += len;
            rest = rest.checked_sub(units)?;
        }
        self.unit = unit;
        Some(self.byte as u32)
    }
}
