//! The names of elements (classes, ids, roles and the like) split into words, hashed.

use super::View;
use crate::model::{TextHash, hash_text};
use crate::page::NO_PARENT;

impl View<'_> {
    /// Splits the names of every element that holds text into hashed words.
    pub(super) fn name_elements(&mut self) {
        let page = self.page;
        let mut wanted = vec![false; page.nodes.len()];
        for segment in &self.segments.list {
            for start in [segment.node, page.nodes[segment.first as usize].parent] {
                let mut at = start;
                while at != NO_PARENT && !std::mem::replace(&mut wanted[at as usize], true) {
                    at = page.nodes[at as usize].parent;
                }
            }
        }
        let mut splits = Splits::new();
        for (i, wanted) in wanted.into_iter().enumerate() {
            if !wanted {
                continue;
            }
            let start = self.names.len() as u32;
            let mut parts = 0;
            for (name, value) in page.attributes(i) {
                match name {
                    "class" | "id" | "data-testid" | "data-component" | "data-name" | "data-type"
                    | "role" | "itemprop" | "aria-label" => splits.add(value, &mut self.names),
                    "itemtype" => {
                        splits.add(value.rsplit('/').next().unwrap_or_default(), &mut self.names);
                    }
                    "hidden" | "aria-modal" => self.names.push(hash_text(name)),
                    "aria-hidden" if value == "true" => self.names.push(hash_text(name)),
                    "style" if hides(value) => self.names.push(hash_text("display:none")),
                    _ => continue,
                }
                parts += 1;
            }
            // The words of one name are in order already.
            if parts > 1 {
                sort(&mut self.names, start as usize);
            }
            self.names.truncate(start as usize + 24);
            self.name_ranges[i] = (start, self.names.len() as u32);
        }
    }
}

/// Sorts what stands from `from` on; each once.
fn sort(names: &mut Vec<u32>, from: usize) {
    names[from..].sort_unstable();
    let mut kept = from;
    for at in from..names.len() {
        if at == from || names[at] != names[at - 1] {
            names[kept] = names[at];
            kept += 1;
        }
    }
    names.truncate(kept);
}

/// Names that were split of late, with their words in order: elements of a list are named alike.
struct Splits<'p> {
    /// By [`Splits::place`], a name and where its words stand.
    names: Vec<(&'p str, u32, u32)>,
    words: Vec<u32>,
}

impl<'p> Splits<'p> {
    const NAMES: usize = 512;

    fn new() -> Self {
        Self { names: vec![("", 0, 0); Self::NAMES], words: Vec::new() }
    }

    /// Names that differ at their end or in length are likely to have each a place.
    fn place(name: &str) -> usize {
        let end = name.as_bytes().last_chunk().map_or(0, |end| u64::from_le_bytes(*end));
        ((end ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % Self::NAMES
    }

    /// Adds a name's words.
    fn add(&mut self, name: &'p str, out: &mut Vec<u32>) {
        let known = &mut self.names[Self::place(name)];
        if known.0 != name {
            let from = self.words.len();
            split_name(name, &mut self.words);
            sort(&mut self.words, from);
            *known = (name, from as u32, self.words.len() as u32);
        }
        out.extend_from_slice(&self.words[known.1 as usize..known.2 as usize]);
    }
}

/// Whether an inline style hides the element.
fn hides(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let flat: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    flat.contains("display:none") || flat.contains("visibility:hidden")
}

/// Splits class names, ids and labels into words: at everything but letters and where a capital
/// follows a small letter.
fn split_name(value: &str, out: &mut Vec<u32>) {
    let mut small = false;
    if value.is_ascii() {
        // The same without looking characters up, for nearly all names.
        let (mut word, mut len) = (TextHash::new(), 0);
        for b in value.bytes().take(400).chain([b' ']) {
            let letter = b.is_ascii_alphabetic();
            if len > 0 && (!letter || b.is_ascii_uppercase() && small) {
                if len > 1 && len < 24 {
                    out.push(word.finish());
                }
                (word, len) = (TextHash::new(), 0);
            }
            if letter {
                (word, len) = (word.byte(b.to_ascii_lowercase()), len + 1);
            }
            small = b.is_ascii_lowercase();
        }
        return;
    }
    let mut word = String::new();
    for c in value.chars().take(400).chain([' ']) {
        let boundary = !c.is_alphabetic() || (c.is_uppercase() && small);
        if boundary && !word.is_empty() {
            if word.len() > 1 && word.len() < 24 {
                out.push(hash_text(&word));
            }
            word.clear();
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
}
