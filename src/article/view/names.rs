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
        for (i, wanted) in wanted.into_iter().enumerate() {
            if !wanted {
                continue;
            }
            let start = self.names.len() as u32;
            for (name, value) in page.attributes(i) {
                match name {
                    "class" | "id" | "data-testid" | "data-component" | "data-name" | "data-type"
                    | "role" | "itemprop" | "aria-label" => split_name(value, &mut self.names),
                    "itemtype" => {
                        split_name(value.rsplit('/').next().unwrap_or_default(), &mut self.names);
                    }
                    "hidden" | "aria-modal" => self.names.push(hash_text(name)),
                    "aria-hidden" if value == "true" => self.names.push(hash_text(name)),
                    "style" if hides(value) => self.names.push(hash_text("display:none")),
                    _ => {}
                }
            }
            let from = start as usize;
            self.names[from..].sort_unstable();
            let mut kept = from;
            for at in from..self.names.len() {
                if at == from || self.names[at] != self.names[at - 1] {
                    self.names[kept] = self.names[at];
                    kept += 1;
                }
            }
            self.names.truncate(kept.min(from + 24));
            self.name_ranges[i] = (start, self.names.len() as u32);
        }
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
