//! Titles and offices: before a name, behind it, and where they stand for their holder.

use super::gazetteer::{Gazetteer, Print};
use super::lexicon::{BEFORE, FIELDS, GOES_ON, NO_TITLE};
use super::tokens::{Case, Words};
use crate::model::{hash_text, hash_texts};
use crate::text::Span;
use crate::text::fold::fold;
use crate::text::tokens::TokenKind;

/// A title found in the text.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// First and behind the last token, the title alone.
    pub start: usize,
    pub end: usize,
    /// The name (index of the article's names) it belongs to as an office: NATO, Dutch.
    pub of: Option<usize>,
}

/// Asks the words of one article for titles.
#[derive(Debug)]
pub(super) struct Titles<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    pub gazetteer: &'a Gazetteer,
    /// `names[token]`: the name that covers the token.
    pub names: &'a [Option<u32>],
}

const LONGEST: usize = 6;
/// Tokens within which a sentence's edge is looked for.
const REACH: usize = 16;

impl Titles<'_> {
    pub(super) fn folded(&self, at: usize) -> String {
        self.words.words.get(at).map(|w| fold(w.span.of(self.text))).unwrap_or_default()
    }

    /// The hash of the folded text of a token.
    pub(super) fn low(&self, at: usize) -> u32 {
        self.words.words.get(at).map_or(0, |w| w.low)
    }

    pub(super) fn is(&self, at: usize, list: &[u32]) -> bool {
        list.contains(&self.low(at))
    }

    fn name(&self, at: usize) -> Option<usize> {
        self.names.get(at).copied().flatten().map(|n| n as usize)
    }

    /// Whether `start..end` is a known title; full stops do not count.
    fn known(&self, start: usize, end: usize) -> bool {
        if self.words.words[start].kind != TokenKind::Word {
            return false;
        }
        let print = (start..end)
            .filter(|&at| {
                !(self.words.words[at].kind == TokenKind::Mark && self.low(at) == const { hash_text(".") })
            })
            .fold(Print::new(), |print, at| print.word(self.words.words[at].low));
        self.gazetteer.is_title(print.finish())
    }

    /// The longest title that ends before `end`, not reaching before `low`.
    fn ending(&self, end: usize, low: usize) -> Option<usize> {
        (low.max(end.saturating_sub(LONGEST))..end)
            .find(|&start| (start..end).all(|at| self.name(at).is_none()) && self.known(start, end))
    }

    /// The longest title that begins at `start`, not reaching over `high`.
    fn beginning(&self, start: usize, high: usize) -> Option<usize> {
        if self.is(start, &NO_TITLE) || self.words.words.get(start)?.kind != TokenKind::Word {
            return None;
        }
        let (mut print, mut longest) = (Print::new(), None);
        for at in start..high.min(start + LONGEST) {
            if self.name(at).is_some() {
                break;
            }
            let word = &self.words.words[at];
            // The stop of "Gov." belongs to it, that of a sentence does not.
            if word.low != const { hash_text(".") } {
                print = print.word(word.low);
            } else if at == start || self.words.words[at - 1].span.len() > 4 {
                break;
            }
            if self.gazetteer.is_title(print.finish()) {
                longest = Some(at + 1);
            }
        }
        longest
    }

    /// Whether the token at `at` begins a sentence; behind a short word's full stop that is not sure.
    fn fresh(&self, at: usize) -> bool {
        let words = &self.words.words;
        words[at].starts
            && !(at >= 2
                && self.low(at - 1) == const { hash_text(".") }
                && words[at - 2].span.len() <= 4
                && words[at - 2].span.end == words[at - 1].span.start)
    }

    /// `low..high` cut to the sentence of the token `at`, as far as a title may reach.
    fn sentence(&self, at: usize, low: usize, high: usize) -> (usize, usize) {
        let from = low.max(at.saturating_sub(REACH));
        let first = (from + 1..=at).rev().find(|&i| self.fresh(i)).unwrap_or(low);
        let to = high.min(at + 1 + REACH);
        let last = (at + 1..to).find(|&i| self.fresh(i)).unwrap_or(high);
        (first, last)
    }

    /// Where a title's field ends that begins with the token `at`: "of War", "for Home and Health".
    fn field(&self, at: usize, high: usize) -> Option<usize> {
        if at >= high || !self.is(at, &const { hash_texts(["of", "for"]) }) {
            return None;
        }
        let mut end = None;
        for next in at + 1..high.min(at + LONGEST) {
            if self.name(next).is_some() {
                break;
            }
            if self.is(next, &const { hash_texts(["the", "and", "&"]) }) {
                continue;
            }
            if !self.words.words[next].is_capital() {
                break;
            }
            end = Some(next + 1);
        }
        end
    }

    /// The longest title with a field that ends before `end`: "Secretary of War".
    fn ending_in_field(&self, end: usize, low: usize) -> Option<usize> {
        let of = (low.max(end.saturating_sub(LONGEST))..end)
            .rev()
            .find(|&at| self.is(at, &const { hash_texts(["of", "for"]) }))
            .filter(|&of| self.field(of, end) == Some(end))?;
        self.ending(of, low)
    }

    /// The title that stands directly before the token `at`, in a block that begins at `low`.
    pub(super) fn before(&self, at: usize, low: usize) -> Option<Title> {
        let words = &self.words.words;
        let (low, _) = self.sentence(at, low, at + 1);
        let mut end = at;
        // "the firm's chief executive, Name"
        let mut comma = false;
        if end > low && self.low(end - 1) == const { hash_text(",") } {
            (end, comma) = (end - 1, true);
        }
        // "President-elect Name"
        let mut head_end = end;
        if head_end >= low + 3
            && self.is(head_end - 1, &const { hash_texts(["elect", "designate"]) })
            && self.low(head_end - 2) == const { hash_text("-") }
        {
            head_end -= 2;
        }
        let mut start = self.ending(head_end, low).or_else(|| self.ending_in_field(head_end, low))?;
        // Lower-case words that are titles only beside what makes them one: "u", "ma", "center".
        let short = words[start].span.len() < 3 && head_end - start == 1;
        if short && words[start].case == Case::Lower {
            return None;
        }
        while let Some(before) = start.checked_sub(1).filter(|&b| b >= low && self.name(b).is_none()) {
            let word = &words[before];
            let same_run = word.case == Case::Capital && words[start].case == Case::Capital && !word.starts;
            if let Some(earlier) = self.ending(start, low) {
                start = earlier;
            } else if self.is(before, &FIELDS) || same_run && !self.is(before, &BEFORE) && !comma {
                start = before;
            } else if self.is(before, &const { hash_texts(["and"]) }) {
                let Some(earlier) = self.ending(before, low) else { break };
                start = earlier;
            } else {
                break;
            }
        }
        while start < head_end && !matches!(words[start].kind, TokenKind::Word) {
            start += 1;
        }
        if comma && !self.definite(start, low) {
            return None;
        }
        Some(Title { start, end, of: self.office_before(start, low) })
    }

    /// Whether an article, a possessive or a name stands before `start`.
    fn definite(&self, start: usize, low: usize) -> bool {
        (start.saturating_sub(3).max(low)..start).any(|at| {
            self.name(at).is_some()
                || self.words.words[at].kind == TokenKind::Possessive
                || self.is(at, &const { hash_texts(["the", "its", "their", "his", "her", "our"]) })
        })
    }

    /// The name directly before a title, with or without its possessive: "NATO chief", "Lindorm's boss".
    fn office_before(&self, start: usize, low: usize) -> Option<usize> {
        let mut at = start.checked_sub(1)?;
        while at > low && (self.is(at, &BEFORE) || self.words.words[at].kind == TokenKind::Possessive) {
            at -= 1;
        }
        if at < low { None } else { self.name(at) }
    }

    /// The title behind a name that ends before the token `at`: ", the company's chief executive".
    pub(super) fn after(&self, at: usize, high: usize) -> Option<Title> {
        let words = &self.words.words;
        if at >= high || !self.is(at, &const { hash_texts([",", "(", "—"]) }) {
            return None;
        }
        let (_, high) = self.sentence(at, at, high);
        let mut of = None;
        for start in at + 1..high.min(at + 12) {
            if let Some(name) = self.name(start) {
                of = Some(name);
                continue;
            }
            if let Some(end) = self.beginning(start, high) {
                let mut end = end;
                if self.low(end) == const { hash_text("and") } && end + 1 < high {
                    end = self.beginning(end + 1, high).unwrap_or(end);
                }
                end = self.field(end, high).unwrap_or(end);
                // "Ana, Health Minister Rui Vale and …": the title is the next one's.
                if end < high && self.name(end).is_some() {
                    return None;
                }
                if of.is_none() && self.is(end, &const { hash_texts(["of", "at", "for"]) }) {
                    of = (end + 1..high.min(end + 4)).find_map(|at| self.name(at));
                }
                return Some(Title { start, end, of });
            }
            let Some(word) = words.get(start) else { break };
            let goes_on = word.kind == TokenKind::Possessive
                || self.is(start, &FIELDS)
                || self.is(start, &BEFORE)
                || self.is(start, &GOES_ON)
                || word.is_capital();
            if !goes_on {
                return None;
            }
        }
        None
    }

    /// A title at `start` that stands for its holder: "the minister", "NATO chief to …".
    pub(super) fn alone(&self, start: usize, low: usize, high: usize) -> Option<Title> {
        if self.is(start, &NO_TITLE) {
            return None;
        }
        let mut head = start;
        while head < high
            && self.is(head, &FIELDS)
            && self.name(head).is_none()
            && !self.known(head, head + 1)
        {
            head += 1;
        }
        // Most words begin no title: only for those that do is the sentence looked for.
        self.beginning(head, high)?;
        let (low, high) = self.sentence(start, low, high);
        let mut end = self.beginning(head, high)?;
        if self.low(end) == const { hash_text("-") }
            && self.is(end + 1, &const { hash_texts(["elect", "designate"]) })
        {
            end += 2;
        }
        end = self.field(end, high).unwrap_or(end);
        // A name behind the title is its holder's, and the title is his.
        if end < high && self.name(end).is_some() {
            return None;
        }
        let of = self.office_before(start, low).or_else(|| {
            self.is(end, &const { hash_texts(["of"]) })
                .then(|| (end + 1..high.min(end + 3)).find_map(|at| self.name(at)))
                .flatten()
        });
        Some(Title { start, end, of })
    }

    /// The words a title is shown with: its office's name directly before it included.
    pub(super) fn shown(&self, title: &Title, office: Option<Span>) -> String {
        let words = &self.words.words;
        let (first, last) = (words[title.start].span, words[title.end - 1].span);
        let mut end = last.end;
        if self.text[end..].starts_with('.') && last.len() <= 4 {
            end += 1;
        }
        let start = office.filter(|o| o.start < first.start).map_or(first.start, |o| o.start);
        let shown = Span::new(start, end).of(self.text);
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The folded words of a title that compare it with others: no fields in front that are only rank.
    pub(super) fn key(&self, title: &Title) -> String {
        let words: Vec<String> = (title.start..title.end)
            .map(|at| self.folded(at))
            .filter(|w| w.chars().all(char::is_alphanumeric) && !BEFORE.contains(&hash_text(w)))
            .collect();
        words.join(" ")
    }
}
