//! Acronyms that a text explains: `Long Name Here (LNH)` and `LNH (Long Name Here)`.

use super::tokens::{Case, Word};
use crate::model::hash_text;
use crate::spread::Spread;
use crate::text::tokens::TokenKind;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

const OPEN: u32 = hash_text("(");
const CLOSE: u32 = hash_text(")");

/// The last and first word of the long name whose initials a word is, all by the hash of their folded text.
pub(super) type Acronyms = HashMap<u32, (u32, u32), BuildHasherDefault<Spread>>;

/// Adds those of one block's words.
pub(super) fn acronyms(text: &str, words: &[Word], found: &mut Acronyms) {
    for (at, word) in words.iter().enumerate() {
        if word.case != Case::Upper || word.span.len() > 10 {
            continue;
        }
        let letters: Vec<char> = word.span.of(text).chars().filter(|c| c.is_alphabetic()).collect();
        let before = at > 0 && words[at - 1].low == OPEN;
        let range = if before {
            initials(text, &words[..at - 1], &letters)
        } else if words.get(at + 1).is_some_and(|w| w.low == OPEN) {
            let close = words[at..].iter().position(|w| w.low == CLOSE).map_or(0, |c| at + c);
            initials(text, words.get(at + 2..close).unwrap_or(&[]), &letters)
        } else {
            None
        };
        if let Some([first, last]) = range {
            found.entry(word.low).or_insert((last, first));
        }
    }
}

/// The hashes of the first and last word of the name at the end of `words` whose capitals are `letters`.
fn initials(text: &str, words: &[Word], letters: &[char]) -> Option<[u32; 2]> {
    let last = words.last().filter(|w| w.kind == TokenKind::Word)?;
    let mut left = letters.len();
    for (steps, word) in words.iter().rev().enumerate() {
        if left == 0 || steps > letters.len() * 2 {
            return None;
        }
        let first = word.span.of(text).chars().next()?;
        if first.to_uppercase().eq(letters[left - 1].to_uppercase()) {
            left -= 1;
            if left == 0 {
                return word.is_capital().then_some([word.low, last.low]);
            }
        } else if word.is_capital() || word.kind == TokenKind::Number {
            return None;
        }
    }
    None
}
