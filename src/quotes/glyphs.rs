//! What a single quotation mark can be: opening, closing, apostrophe.

use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Angle,
    SingleAngle,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) glyph: char,
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
}

/// How many marks ahead a single mark looks for its partner.
const AHEAD: usize = 24;

pub(super) const fn family_of(glyph: char) -> Family {
    match glyph {
        '\'' | '‘' | '’' | '‚' | '‛' => Family::Single,
        '«' | '»' => Family::Angle,
        '‹' | '›' => Family::SingleAngle,
        _ => Family::Double,
    }
}

/// The family of the mark that `block` begins with.
pub(super) fn opener(block: &str) -> Option<Family> {
    let mut chars = block.trim_start().chars().skip_while(|c| matches!(c, '(' | '[' | '—' | '–' | '…'));
    let first = chars.next()?;
    let next = chars.next()?;
    (matches!(first, '"' | '“' | '”' | '„' | '\'' | '‘' | '«' | '»' | '‹') && !next.is_whitespace())
        .then(|| family_of(first))
}

/// Whether the first mark of `family` in `block` closes.
pub(super) fn closes_first(block: &str, family: Family) -> bool {
    if family == Family::Single {
        return false;
    }
    let mut before = None;
    let mut chars = block.chars().peekable();
    while let Some(glyph) = chars.next() {
        let after = chars.peek().copied();
        if matches!(glyph, '"' | '“' | '”' | '„' | '«' | '»') && family_of(glyph) == family {
            let m = Mark { at: 0, len: 0, glyph, before, after };
            return closing(&m) && !opening(&m) && glyph != '“' && glyph != '„';
        }
        before = Some(glyph);
    }
    false
}

pub(super) fn spaced(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

pub(super) fn ends_well(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '.' | ',' | '?' | '!' | '…'))
}

/// Whether the mark can open: nothing, space or an opening mark before it, a word after it.
pub(super) fn opening(m: &Mark) -> bool {
    let before = m.before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '['
                    | '{'
                    | '—'
                    | '–'
                    | '-'
                    | '/'
                    | ':'
                    | '“'
                    | '‘'
                    | '„'
                    | '‚'
                    | '«'
                    | '‹'
                    | '"'
                    | '\''
                    | '…'
                    | '>'
                    | '|'
                    | '\u{200b}'
            )
    });
    let after = m.after.is_some_and(|c| {
        !c.is_whitespace() && !matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’')
    });
    before && after
}

/// Whether the mark can close: a word or a stop before it, no letter after it.
pub(super) fn closing(m: &Mark) -> bool {
    m.before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '“' | '‘' | '„' | '«'))
        && !m.after.is_some_and(|c| c.is_alphanumeric() && !ends_well(m.before))
}

/// A mark between two letters is an apostrophe.
pub(super) fn apostrophe(m: &Mark) -> bool {
    family_of(m.glyph) == Family::Single
        && m.before.is_some_and(char::is_alphanumeric)
        && m.after.is_some_and(char::is_alphanumeric)
}

/// ’tis, ’em, ’90s: the mark stands for letters left out.
pub(super) fn elision(text: &str, m: &Mark) -> bool {
    const ELIDED: &[&str] = &[
        "em", "tis", "twas", "til", "till", "cause", "bout", "n", "round", "cos", "cuz", "nuff", "er", "im",
    ];
    let rest = &text[m.at + m.len..];
    let end =
        rest.char_indices().take(8).find(|(_, c)| !c.is_alphanumeric()).map_or(rest.len().min(8), |(i, _)| i);
    let word = rest.get(..end).unwrap_or("");
    let decade = word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && word.len() <= 3;
    decade || ELIDED.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether a single mark after a word may be that of a plural owner: "the workers' vote".
pub(super) fn possessive(text: &str, m: &Mark) -> bool {
    let rest = text[m.at + m.len..].strip_prefix(' ');
    matches!(m.before, Some('s' | 'S' | 'z' | 'x' | 'n'))
        && rest.is_some_and(|r| r.starts_with(char::is_alphanumeric))
}

/// Whether a surer closing mark comes before the next opening one.
pub(super) fn closes_later(text: &str, ahead: &[Mark]) -> bool {
    for m in ahead.iter().take(AHEAD).filter(|m| family_of(m.glyph) == Family::Single && !apostrophe(m)) {
        if m.glyph == '‘' || (opening(m) && !elision(text, m) && !closing(m)) {
            return false;
        }
        if closing(m) && !possessive(text, m) {
            return true;
        }
    }
    false
}

/// Whether a single mark that never closes is still one that opens: at the block's start or after a
/// colon, comma or a sentence's end, before a capital.
pub(super) fn anchored(text: &str, block: Span, m: &Mark) -> bool {
    // A short look back is enough, and keeps the work linear.
    let near =
        text[block.start..m.at].char_indices().rev().nth(23).map_or(block.start, |(i, _)| block.start + i);
    let before = text[near..m.at].trim_end();
    let starts = before.is_empty() || before.ends_with([':', ',']) || !before.contains(char::is_alphabetic);
    // “… from the station. ‘They left.”: a sentence of its own.
    let sentence = before.ends_with(['.', '?', '!']) && before.len() < m.at - near;
    (starts || sentence) && m.after.is_some_and(char::is_uppercase)
}

/// Whether most words of `text` are in lower case.
pub(super) fn running(text: &str) -> bool {
    let (mut all, mut lower) = (0, 0);
    for word in text.split_whitespace() {
        all += 1;
        lower += usize::from(word.starts_with(char::is_lowercase));
    }
    lower * 2 > all
}

/// Whether a double mark with nothing open opens though no space stands before it: `a nod to“fair play”`.
pub(super) fn glued(m: &Mark) -> bool {
    matches!(m.glyph, '"' | '“')
        && m.before.is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | ',' | '”'))
        && m.after.is_some_and(char::is_alphabetic)
}
