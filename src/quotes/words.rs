//! The words, numbers and marks of an article, each with its block, sentence and quotation.

use super::cues::{self, Cue};
use super::marks::Marked;
use crate::text::Span;
use crate::text::sentences::sentences;

/// No quotation, sentence or mention.
pub(super) const NONE: u32 = u32::MAX;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// `'s` after a word.
    Possessive,
    /// A quotation mark that pairs, of a quotation that is kept.
    Mark,
    Punct,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// The block it stands in.
    pub(super) block: u32,
    /// The sentence it stands in, where a quotation counts as one word.
    pub(super) sentence: u32,
    /// The innermost quotation it stands in, or [`NONE`].
    pub(super) quote: u32,
}

/// All tokens of a text.
#[derive(Debug)]
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    /// The text with ASCII letters in lower case: same offsets.
    lower: String,
    pub(super) tokens: Vec<Token>,
}

impl<'t> Words<'t> {
    /// Cuts `blocks` of `text` into tokens.
    pub(super) fn new(text: &'t str, blocks: &[Span]) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        for (block, span) in blocks.iter().enumerate() {
            cut(text, *span, block as u32, &mut tokens);
        }
        Self { text, lower: text.to_ascii_lowercase(), tokens }
    }

    /// The token's words.
    pub(super) fn text(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The token's words in lower case (ASCII letters alone).
    pub(super) fn lower(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.span.of(&self.lower))
    }

    /// The text with ASCII letters in lower case: same offsets.
    pub(super) fn in_lower(&self) -> &str {
        &self.lower
    }

    /// The word of saying at token `i`.
    pub(super) fn cue(&self, i: usize) -> Option<Cue> {
        (self.tokens.get(i)?.kind == Kind::Word).then(|| cues::verb(self.lower(i))).flatten()
    }

    /// The first token that starts at or after byte `at`.
    pub(super) fn at(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start < at)
    }

    /// Enters the quotations and, with each taken as one word, the sentences.
    pub(super) fn enter(&mut self, marked: &[Marked]) {
        for (i, m) in marked.iter().enumerate() {
            // Inner quotations come after outer ones and overwrite them.
            let (from, to) = (self.at(m.span.start), self.at(m.span.end));
            for t in &mut self.tokens[from..to] {
                t.quote = i as u32;
                if t.kind == Kind::Punct && !m.inner.contains(t.span) {
                    t.kind = Kind::Mark;
                }
            }
        }
        let blotted = mask(self.text, marked);
        let mut all = sentences(&blotted).into_iter().enumerate().peekable();
        for t in &mut self.tokens {
            while all.peek().is_some_and(|(_, s)| s.end <= t.span.start) {
                all.next();
            }
            t.sentence = all.peek().map_or(NONE, |&(i, _)| i as u32);
        }
    }
}

/// The text with what is quoted blotted out, so that stops inside do not end the sentence around;
/// the first letter's case and what stands before the closing mark stay. Same offsets.
fn mask(text: &str, marked: &[Marked]) -> String {
    const STOPS: [char; 12] = ['.', ',', '?', '!', '…', ';', '\'', '’', '"', '”', ' ', '-'];
    let mut out = text.as_bytes().to_vec();
    for m in marked.iter().filter(|m| m.depth == 0) {
        let inner = m.inner.of(text);
        let mut keep = inner.trim_end().trim_end_matches(STOPS).len();
        let first = inner.chars().find(|c| c.is_alphanumeric());
        if inner.ends_with(['.', '?', '!', '…', ' ']) && attributed(&text[m.span.end..]) {
            keep = inner.len();
        }
        let fill = &mut out[m.inner.start..m.inner.start + keep];
        fill.fill(b'x');
        if let (Some(byte), true) = (fill.first_mut(), first.is_some_and(|c| !c.is_lowercase())) {
            *byte = b'X';
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Whether `rest`, which follows a quotation that ends like a sentence, still belongs to it: "he said."
fn attributed(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix([' ', '\u{a0}']) else { return false };
    let mut end = 120.min(rest.len());
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let line = rest[..end].split('\n').next().unwrap_or("");
    for (i, raw) in line.split(' ').take(7).enumerate() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        let verb = cues::verb(&lower).is_some_and(|c| c.past_or_present() && c.speech());
        if verb && i > 0 {
            // With words of its own the verb leads on: "He said: “…”", "He said that …".
            let after = line.split(' ').nth(i + 1).unwrap_or("");
            let ends = raw.ends_with(['.', ',', ';']);
            return ends
                || raw == word
                    && !(after.starts_with(['“', '"', '‘', '\'', '„', '«'])
                        || matches!(
                            after,
                            "that" | "he" | "she" | "they" | "it" | "the" | "his" | "her" | "there"
                        ));
        }
        let part = word.starts_with(char::is_uppercase)
            || matches!(
                lower.as_str(),
                "the"
                    | "he"
                    | "she"
                    | "they"
                    | "a"
                    | "an"
                    | "his"
                    | "her"
                    | "one"
                    | "of"
                    | "also"
                    | "later"
                    | "then"
                    | "has"
                    | "had"
                    | "spokesman"
                    | "spokeswoman"
                    | "president"
                    | "minister"
                    | "crowd"
                    | "former"
            );
        if !part
            || raw.ends_with([',', '.', ':', ';'])
                && !raw.ends_with("Mr.")
                && !raw.ends_with("Mrs.")
                && !raw.ends_with("Ms.")
                && !raw.ends_with("Sen.")
                && !raw.ends_with("Rep.")
                && !raw.ends_with("Gov.")
        {
            return false;
        }
    }
    false
}

/// Titles written with a full stop.
const ABBREVIATED: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Adm",
    "Rev", "Jr", "Sr", "St", "Reps", "Sens", "Hon", "Fr", "Det", "Supt", "Cmdr", "Sgt", "Insp", "Messrs",
    "Amb", "Pres",
];

fn cut(text: &str, block: Span, number: u32, tokens: &mut Vec<Token>) {
    let mut push = |start: usize, end: usize, kind| {
        let span = Span::new(start, end);
        let capital = span.of(text).starts_with(char::is_uppercase);
        tokens.push(Token { span, kind, capital, block: number, sentence: NONE, quote: NONE });
    };
    let mut rest = text[block.start..block.end].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let start = block.start + i;
        if c.is_whitespace() || c == '\u{ad}' || c == '\u{200b}' {
            continue;
        }
        if !c.is_alphanumeric() {
            push(start, start + c.len_utf8(), Kind::Punct);
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut possessive = None;
        while let Some(&(j, d)) = rest.peek() {
            let at = block.start + j;
            let mut next = text[at + d.len_utf8()..block.end].chars();
            let after = next.next();
            let letter = after.is_some_and(char::is_alphanumeric);
            let joins = d.is_alphanumeric()
                || (matches!(d, '-' | '\u{2010}' | '\u{2011}' | '&' | '@') && letter)
                || (matches!(d, '\'' | '’') && letter)
                || (matches!(d, '.' | ',') && after.is_some_and(|a| a.is_ascii_digit()) && c.is_ascii_digit())
                // U.S., a.m.: single letters with stops between and after.
                || (d == '.' && initials(&text[start..end], after));
            if !joins {
                break;
            }
            if matches!(d, '\'' | '’')
                && matches!(after, Some('s' | 'S'))
                && !next.next().is_some_and(char::is_alphanumeric)
            {
                possessive = Some(at);
            }
            rest.next();
            end = at + d.len_utf8();
        }
        // Mr., Gov.: the stop belongs to the title.
        if rest.peek().is_some_and(|&(_, d)| d == '.') && ABBREVIATED.contains(&&text[start..end]) {
            rest.next();
            end += 1;
        }
        let kind = if c.is_ascii_digit() { Kind::Number } else { Kind::Word };
        match possessive {
            Some(at) => {
                push(start, at, kind);
                push(at, end, Kind::Possessive);
            }
            None => push(start, end, kind),
        }
    }
}

/// Whether `word` so far is a letter, or letters with stops between, that the stop after it belongs to.
fn initials(word: &str, after: Option<char>) -> bool {
    let mut letters = 0;
    for (i, c) in word.chars().enumerate() {
        match (i % 2, c) {
            (0, c) if c.is_alphabetic() => letters += 1,
            (1, '.') => {}
            _ => return false,
        }
    }
    letters > 1
        || (letters == 1 && (after.is_some_and(char::is_alphabetic) || word.starts_with(char::is_uppercase)))
}
