//! The document while it is being built: a linked tree that is laid flat without recursion.

use super::super::{ATTRIBUTES, HOLLOW, MAX_ATTRIBUTE, MAX_DEPTH, NO_PARENT, Node, Page, Tag};
use html5ever::QualName;
use std::rc::Rc;

pub(super) const NONE: u32 = u32::MAX;

/// An element or text node while the document is being built.
pub(super) struct Raw {
    pub parent: u32,
    pub first: u32,
    pub last: u32,
    pub prev: u32,
    pub next: u32,
    pub tag: Tag,
    /// Not kept, with all inside it.
    pub dropped: bool,
    pub depth: u32,
    /// Bytes of `Tree::text` or `Tree::attrs`.
    pub from: u32,
    pub to: u32,
    /// Index into `Tree::names`; for a template's shadow host, see `Tree::contents`.
    pub name: u32,
}

/// The document while it is being built.
#[derive(Default)]
pub(super) struct Tree {
    pub nodes: Vec<Raw>,
    pub names: Vec<Rc<QualName>>,
    pub text: String,
    pub attrs: String,
    /// Of each tag the name that was last added, one more than its index; 0 where there is none yet.
    pub last: Vec<u32>,
    /// Templates and the nodes that hold their contents.
    pub contents: Vec<(u32, u32)>,
    pub cut: bool,
}

/// As much of `text` as fits into `room` bytes; `cut` is set if some does not.
pub(super) fn room<'t>(text: &'t str, room: usize, cut: &mut bool) -> &'t str {
    if text.len() <= room {
        return text;
    }
    *cut = true;
    &text[..text.floor_char_boundary(room)]
}

impl Tree {
    /// The index of a name, which elements of the same tag mostly share.
    pub(super) fn name(&mut self, tag: Tag, name: QualName) -> u32 {
        self.last.resize(self.last.len().max(tag as usize + 1), 0);
        let last = &mut self.last[tag as usize];
        if *last == 0 || *self.names[*last as usize - 1] != name {
            self.names.push(Rc::new(name));
            *last = self.names.len() as u32;
        }
        *last - 1
    }

    pub(super) fn add(&mut self, tag: Tag, name: u32, (from, to): (u32, u32)) -> u32 {
        self.nodes.push(Raw {
            parent: NONE,
            first: NONE,
            last: NONE,
            prev: NONE,
            next: NONE,
            tag,
            dropped: false,
            depth: 0,
            from,
            to,
            name,
        });
        self.nodes.len() as u32 - 1
    }

    /// Puts `child`, which has no parent, before `sibling`, or last where that is [`NONE`].
    pub(super) fn insert(&mut self, parent: u32, sibling: u32, child: u32) {
        let before = match sibling {
            NONE => std::mem::replace(&mut self.nodes[parent as usize].last, child),
            s => std::mem::replace(&mut self.nodes[s as usize].prev, child),
        };
        match before {
            NONE => self.nodes[parent as usize].first = child,
            b => self.nodes[b as usize].next = child,
        }
        let depth = self.nodes[parent as usize].depth + 1;
        let node = &mut self.nodes[child as usize];
        (node.parent, node.prev, node.next, node.depth) = (parent, before, sibling, depth);
    }

    pub(super) fn detach(&mut self, child: u32) {
        let Raw { parent, prev, next, .. } = self.nodes[child as usize];
        if parent == NONE {
            return;
        }
        match prev {
            NONE => self.nodes[parent as usize].first = next,
            p => self.nodes[p as usize].next = next,
        }
        match next {
            NONE => self.nodes[parent as usize].last = prev,
            n => self.nodes[n as usize].prev = prev,
        }
        let node = &mut self.nodes[child as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    /// Lays the tree flat in document order.
    pub(super) fn flatten(self) -> Page {
        let mut page = Page {
            text: String::with_capacity(self.text.len()),
            attrs: String::with_capacity(self.attrs.len()),
            nodes: Vec::with_capacity(self.nodes.len()),
            cut: self.cut,
            ..Page::default()
        };
        // The indices in `page` of the open elements above `at`, and their number of children.
        let mut open: Vec<u32> = Vec::new();
        let mut at = self.nodes[0].first;
        while at != NONE {
            let raw = &self.nodes[at as usize];
            let deep = open.len() > MAX_DEPTH;
            let mut inside = false;
            if !(raw.dropped || deep && raw.tag != Tag::Text) {
                let (from, to) = (raw.from as usize, raw.to as usize);
                let (all, part) = match raw.tag {
                    Tag::Text => (&mut page.text, &self.text[from..to]),
                    _ => (&mut page.attrs, &self.attrs[from..to]),
                };
                let from = all.len() as u32;
                all.push_str(part);
                let to = all.len() as u32;
                let parent = open.last().copied().unwrap_or(NO_PARENT);
                page.nodes.push(Node { parent, end: 0, tag: raw.tag, flags: 0, from, to });
                inside = raw.first != NONE && !HOLLOW.contains(&raw.tag);
            } else if !raw.dropped {
                page.cut = true;
            }
            if inside {
                open.push(page.nodes.len() as u32 - 1);
                at = raw.first;
                continue;
            }
            let mut up = at;
            at = loop {
                let raw = &self.nodes[up as usize];
                if raw.next != NONE {
                    break raw.next;
                }
                up = raw.parent;
                if up == NONE || up == 0 {
                    break NONE;
                }
                open.pop();
            };
        }
        page.close();
        page
    }
}

/// Appends one attribute if it is among [`ATTRIBUTES`]; `start` is where the element's begin.
pub(super) fn keep(tree: &mut Tree, tag: Tag, name: &str, value: &str, start: u32) {
    if ATTRIBUTES.binary_search(&name).is_err() || tag == Tag::Img && name == "src" {
        return;
    }
    if tree.attrs.len() > start as usize {
        tree.attrs.push('\u{1f}');
    }
    tree.attrs.push_str(name);
    tree.attrs.push('=');
    if value.len() <= MAX_ATTRIBUTE && !value.as_bytes().contains(&0x1f) {
        tree.attrs.push_str(value);
        return;
    }
    let mut units = 0;
    for c in value.chars() {
        units += c.len_utf16();
        if units > MAX_ATTRIBUTE {
            break;
        }
        tree.attrs.push(if c == '\u{1f}' { ' ' } else { c });
    }
}
