//! Stems that bring wordings of one utterance together: inflection off, spellings of both sides of the Atlantic
//! one, number words as figures, and everyday words of one meaning under one of them.

use super::hash;
use super::words::{self, Word};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A word of an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Hash of what it is compared by.
    pub(super) stem: u32,
    /// Hash of what stands for its meaning; the stem's where it has no common equal.
    pub(super) sense: u32,
    /// Hash of the stem's first five letters; 0 for a shorter stem.
    pub(super) prefix: u32,
    /// A figure, as digits or as a word.
    pub(super) number: bool,
    /// The light stem's term, by which the background knows it.
    pub(super) term: u32,
}

/// The tokens of a text, at most `limit`.
pub(super) fn tokens(text: &str, limit: usize) -> Vec<Token> {
    words::words(text).iter().take(limit).flat_map(token).collect()
}

/// A contraction makes two.
fn token(word: &Word) -> Vec<Token> {
    let form = word.form.as_str();
    for (end, more) in
        [("n't", "not"), ("'re", "be"), ("'ve", "have"), ("'ll", "will"), ("'m", "be"), ("'d", "would")]
    {
        if let Some(bare) = form.strip_suffix(end).filter(|b| !b.is_empty()) {
            let bare = match bare {
                "ca" => "can",
                "wo" => "will",
                b => b,
            };
            return vec![plain(bare), plain(more)];
        }
    }
    vec![plain(form)]
}

fn plain(form: &str) -> Token {
    let term = hash::term(words::stem(form));
    if let Some(n) = number(form) {
        let stem = hash::hash32(&n);
        return Token { stem, sense: stem, prefix: 0, number: true, term };
    }
    let base = base(form);
    let stem = hash::hash32(&base);
    let sense = sense(&base).map_or(stem, hash::hash32);
    let prefix = base.get(..5).map_or(0, hash::hash32);
    Token { stem, sense, prefix, number: false, term }
}

/// The base form of a word, or its stem.
fn base(form: &str) -> String {
    irregular(form).map_or_else(|| strip(form), str::to_owned)
}

/// A figure without its separators, or a number word as a figure.
fn number(form: &str) -> Option<String> {
    if form.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = form.chars().filter(|c| *c != ',').collect();
        return Some(plain.trim_end_matches("th").to_owned());
    }
    let names = [
        "zero",
        "",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(n) = names.iter().position(|n| *n == form && !n.is_empty()) {
        return Some(n.to_string());
    }
    let tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"];
    tens.iter().position(|n| *n == form).map(|n| ((n + 3) * 10).to_string())
}

/// Endings of inflection and of words made from words, longest first, with what takes their place.
const ENDINGS: &[(&str, &str)] = &[
    ("isations", "iz"),
    ("izations", "iz"),
    ("isation", "iz"),
    ("ization", "iz"),
    ("ingly", ""),
    ("ments", ""),
    ("nesses", ""),
    ("ations", ""),
    ("ation", ""),
    ("ities", ""),
    ("ising", "iz"),
    ("izing", "iz"),
    ("ment", ""),
    ("ness", ""),
    ("ised", "iz"),
    ("ized", "iz"),
    ("ises", "iz"),
    ("izes", "iz"),
    ("ions", ""),
    ("ings", ""),
    ("ers", ""),
    ("ours", ""),
    ("ors", ""),
    ("ity", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ise", "iz"),
    ("ize", "iz"),
    ("ion", ""),
    ("our", ""),
    ("ful", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("er", ""),
    ("or", ""),
    ("s", ""),
    ("e", ""),
];

/// Takes endings off while four letters stay, then a doubled last letter.
fn strip(form: &str) -> String {
    let form = form.replace('\'', "");
    let mut out = form.clone();
    if form.ends_with("ss") || form.len() < 4 || !form.is_ascii() {
        return out;
    }
    for _ in 0..2 {
        let found = ENDINGS.iter().find(|(end, _)| out.len() >= end.len() + 3 && out.ends_with(end));
        let Some((end, instead)) = found else { break };
        out.truncate(out.len() - end.len());
        out.push_str(instead);
    }
    let b = out.as_bytes();
    if b.len() > 3 && b[b.len() - 1] == b[b.len() - 2] && !matches!(b[b.len() - 1], b's' | b'e' | b'o') {
        out.pop();
    }
    if out.len() > 3 && out.ends_with('i') {
        out.pop();
        out.push('y');
    }
    out
}

/// Forms that endings do not explain: a line a word, the base first.
const IRREGULAR: &str = include_str!("irregular.txt");

/// Everyday words that stand for one another in retold and translated speech: a line a meaning.
const SENSES: &str = include_str!("senses.txt");

fn table(lines: &'static str) -> HashMap<String, &'static str> {
    let mut out = HashMap::new();
    for line in lines.lines() {
        let base = line.split(' ').next().unwrap_or("");
        for form in line.split(' ') {
            out.entry(form.to_owned()).or_insert(base);
        }
    }
    out
}

fn irregular(form: &str) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| table(IRREGULAR)).get(form).copied()
}

fn sense(stem: &str) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut out = HashMap::new();
        for line in SENSES.lines() {
            let first = line.split(' ').next().unwrap_or("");
            for form in line.split(' ') {
                out.entry(base(form)).or_insert(first);
            }
        }
        out
    });
    table.get(stem).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<u32> {
        tokens(text, 100).into_iter().map(|t| t.stem).collect()
    }

    #[test]
    fn inflection_and_spelling_come_together() {
        for (a, b) in [
            ("rumour", "rumors"),
            ("travelled", "traveling"),
            ("organisation", "organizing"),
            ("depositor", "deposits"),
            ("carries", "carried"),
            ("sold", "selling"),
            ("fourteen", "14"),
            ("bury", "buried"),
        ] {
            assert_eq!(stems(a), stems(b), "{a} {b}");
        }
        assert_ne!(stems("police"), stems("policy"));
    }

    #[test]
    fn senses_and_contractions() {
        let a = tokens("The court can't", 9);
        let b = tokens("The tribunal cannot", 9);
        assert_eq!(a[1].sense, b[1].sense);
        assert_ne!(a[1].stem, b[1].stem);
        assert_eq!(a[3].stem, hash::hash32("not"));
    }
}
