//! HTML text read into a [`Page`], for the native program.
//!
//! html5ever does the parsing; its sink here is a light linked tree that keeps only what a page
//! keeps, and is then laid flat without recursion.

mod raw;
mod tree;

use super::{MAX_DEPTH, MAX_NODES, MAX_TEXT, Page, Tag};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName};
use markup5ever::TokenizerResult;
use markup5ever::interface::ElemName;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tree::{NONE, Raw, Tree, keep, room};

/// Reads HTML by the standard's parsing rules, in time linear in its length; what goes beyond the
/// limits of [`super`] is left out and [`Page::cut`] set.
pub fn parse(html: &str, url: &str) -> Page {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let builder = TreeBuilder::new(Sink::new(html.len()), TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(
        Gate { builder, dropped: Cell::new(0), unread: Cell::new(None) },
        TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() },
    );
    let input = BufferQueue::default();
    let mut at = 0;
    while at < html.len() {
        // Piece by piece, so that scripts and styles are passed over at a glance.
        let to = raw::start(html, at).unwrap_or(html.len());
        input.push_back(StrTendril::from_slice(&html[at..to]));
        // Scripts do not run and the encoding is known, so every stop is passed over.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        at = tokenizer.sink.unread.take().and_then(|tag| raw::end(html, to, tag)).unwrap_or(to);
    }
    tokenizer.end();
    let mut page = tokenizer.sink.builder.sink.tree.into_inner().flatten();
    url.clone_into(&mut page.url);
    page
}

/// Lets tokens through to the tree builder unless the page is full or its nesting too deep: the
/// builder's work per tag grows with the depth, so hostile nesting is stopped before it.
struct Gate {
    builder: TreeBuilder<u32, Sink>,
    /// Start tags held back whose end tags are to come.
    dropped: Cell<u32>,
    /// The element whose start tag was the last token, where what it holds is raw text that is not kept.
    unread: Cell<Option<Tag>>,
}

impl TokenSink for Gate {
    type Handle = u32;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<u32> {
        let sink = &self.builder.sink;
        self.unread.set(None);
        match &token {
            Token::EOFToken => {}
            Token::CommentToken(_) => return TokenSinkResult::Continue,
            _ if sink.full.get() => return TokenSinkResult::Continue,
            Token::TagToken(tag) if sink.depth.get() as usize > MAX_DEPTH || self.dropped.get() > 0 => {
                let tags = self.dropped.get();
                let passes = matches!(
                    &*tag.name,
                    "script"
                        | "style"
                        | "textarea"
                        | "title"
                        | "noscript"
                        | "iframe"
                        | "br"
                        | "img"
                        | "hr"
                        | "input"
                );
                if tag.kind == TagKind::EndTag && tags > 0 && !passes {
                    self.dropped.set(tags - 1);
                    return TokenSinkResult::Continue;
                }
                if tag.kind == TagKind::StartTag && !passes && !tag.self_closing {
                    self.dropped.set(tags + 1);
                    sink.tree.borrow_mut().cut = true;
                    return TokenSinkResult::Continue;
                }
            }
            _ => {}
        }
        let result = self.builder.process_token(token, line);
        if matches!(result, TokenSinkResult::RawData(_)) {
            self.unread.set(sink.unread.get());
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

struct Sink {
    tree: RefCell<Tree>,
    /// A limit on nodes or text is reached.
    full: Cell<bool>,
    /// Depth of the node that was last opened or whose child was last closed.
    depth: Cell<u32>,
    /// The element that was last made, where no text in it is kept.
    unread: Cell<Option<Tag>>,
}

/// An element's name as the builder asks for it.
#[derive(Debug)]
struct Name(Rc<QualName>);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn new(len: usize) -> Self {
        let mut tree = Tree {
            nodes: Vec::with_capacity(len / 128),
            text: String::with_capacity(len / 4),
            attrs: String::with_capacity(len / 4),
            ..Tree::default()
        };
        tree.add(Tag::Other, 0, (0, 0)); // the document
        Self {
            tree: RefCell::new(tree),
            full: Cell::new(false),
            depth: Cell::new(0),
            unread: Cell::new(None),
        }
    }

    /// Puts text at the end of `parent` or before `sibling`, joined to a text node beside it.
    fn put_text(&self, parent: u32, sibling: u32, text: &str) {
        let mut tree = self.tree.borrow_mut();
        let tree = &mut *tree;
        if tree.nodes[parent as usize].dropped {
            return;
        }
        let text = room(text, MAX_TEXT.saturating_sub(tree.text.len()), &mut tree.cut);
        self.full.set(self.full.get() || tree.cut && tree.text.len() + text.len() + 4 > MAX_TEXT);
        if text.is_empty() {
            return;
        }
        let before = match sibling {
            NONE => tree.nodes[parent as usize].last,
            s => tree.nodes[s as usize].prev,
        };
        if before != NONE && tree.nodes[before as usize].tag == Tag::Text {
            let (from, to) = (tree.nodes[before as usize].from, tree.nodes[before as usize].to);
            if to as usize != tree.text.len() {
                // Its data stands further up; joining copies it to the end. Foster-parented text
                // alone comes here, and the copies count against the limit.
                let data = tree.text[from as usize..to as usize].to_owned();
                tree.nodes[before as usize].from = tree.text.len() as u32;
                tree.text.push_str(&data);
            }
            tree.text.push_str(text);
            tree.nodes[before as usize].to = tree.text.len() as u32;
            return;
        }
        let from = tree.text.len() as u32;
        tree.text.push_str(text);
        let node = tree.add(Tag::Text, NONE, (from, tree.text.len() as u32));
        tree.insert(parent, sibling, node);
        self.check(tree);
    }

    fn check(&self, tree: &mut Tree) {
        if tree.nodes.len() >= MAX_NODES {
            tree.cut = true;
            self.full.set(true);
        }
    }
}

/// The elements of the head that are kept.
const fn of_head(tag: Tag) -> bool {
    matches!(tag, Tag::Title | Tag::Meta | Tag::Link | Tag::Noscript)
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Name {
        let tree = self.tree.borrow();
        Name(Rc::clone(&tree.names[tree.nodes[*target as usize].name as usize]))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> u32 {
        let mut tree = self.tree.borrow_mut();
        let tree = &mut *tree;
        let tag = Tag::from_name(&name.local);
        let from = tree.attrs.len() as u32;
        let json = tag == Tag::Script
            && attributes.iter().any(|a| &*a.name.local == "type" && a.value.trim() == "application/ld+json");
        let dropped = matches!(tag, Tag::Script | Tag::Style | Tag::Template) && !json;
        if !dropped {
            for a in &attributes {
                keep(tree, tag, &a.name.local, &a.value, from);
            }
        }
        let silent = dropped && tag != Tag::Template || tag == Tag::Noscript;
        self.unread.set(silent.then_some(tag));
        let name = tree.name(tag, name);
        let node = tree.add(tag, name, (from, tree.attrs.len() as u32));
        tree.nodes[node as usize].dropped = dropped;
        if flags.template {
            let holder = tree.add(Tag::Other, name, (0, 0));
            tree.contents.push((node, holder));
        }
        self.check(tree);
        node
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        let mut tree = self.tree.borrow_mut();
        let node = tree.add(Tag::Other, NONE, (0, 0));
        tree.nodes[node as usize].dropped = true;
        node
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> u32 {
        self.create_comment(data)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        match child {
            NodeOrText::AppendText(text) => self.put_text(*parent, NONE, &text),
            NodeOrText::AppendNode(node) => {
                let mut tree = self.tree.borrow_mut();
                tree.detach(node);
                tree.insert(*parent, NONE, node);
                let (above, tag) = (tree.nodes[*parent as usize].tag, tree.nodes[node as usize].tag);
                let json = tag == Tag::Script && !tree.nodes[node as usize].dropped;
                if above == Tag::Head && !of_head(tag) && !json {
                    tree.nodes[node as usize].dropped = true;
                }
                self.depth.set(tree.nodes[node as usize].depth);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &u32, prev: &u32, child: NodeOrText<u32>) {
        if self.tree.borrow().nodes[*element as usize].parent == NONE {
            self.append(prev, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &u32) {
        let depth = self.tree.borrow().nodes[*node as usize].depth;
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &u32) -> u32 {
        let tree = self.tree.borrow();
        tree.contents.iter().rev().find(|(t, _)| t == target).map_or(*target, |(_, c)| *c)
    }

    fn same_node(&self, x: &u32, y: &u32) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        let parent = self.tree.borrow().nodes[*sibling as usize].parent;
        if parent == NONE {
            return;
        }
        match child {
            NodeOrText::AppendText(text) => self.put_text(parent, *sibling, &text),
            NodeOrText::AppendNode(node) => {
                let mut tree = self.tree.borrow_mut();
                tree.detach(node);
                tree.insert(parent, *sibling, node);
                self.depth.set(tree.nodes[node as usize].depth);
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &u32, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let tree = &mut *tree;
        let Raw { tag, from, to, .. } = tree.nodes[*target as usize];
        let old = tree.attrs[from as usize..to as usize].to_owned();
        let start = tree.attrs.len() as u32;
        tree.attrs.push_str(&old);
        for a in attributes {
            if !old.split('\u{1f}').any(|o| o.split_once('=').is_some_and(|(n, _)| *n == *a.name.local)) {
                keep(tree, tag, &a.name.local, &a.value, start);
            }
        }
        let node = &mut tree.nodes[*target as usize];
        (node.from, node.to) = (start, tree.attrs.len() as u32);
    }

    fn remove_from_parent(&self, target: &u32) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut tree = self.tree.borrow_mut();
        while tree.nodes[*node as usize].first != NONE {
            let child = tree.nodes[*node as usize].first;
            tree.detach(child);
            tree.insert(*new_parent, NONE, child);
        }
    }

    fn attach_declarative_shadow(&self, location: &u32, template: &u32, _: &[Attribute]) -> bool {
        self.tree.borrow_mut().contents.push((*template, *location));
        true
    }
}
