//! An article's tokens with what the scorer and the resolver ask of each.

use super::gazetteer::{Gazetteer, Print};
use crate::article::Article;
use crate::model::{TextHash, hash_text};
use crate::text::Span;
use crate::text::fold::fold_into;
use crate::text::sentences::sentences;
use crate::text::tokens::{Token, TokenKind, tokens};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    /// No letter begins it.
    None,
    /// Lower case throughout, or only inside capitals (`iPhone`).
    Lower,
    /// A capital first, at least one small letter.
    Capital,
    /// Two or more capitals and no small letter (dots and digits allowed).
    Upper,
    /// One capital letter alone (`J.`, `A`).
    Single,
}

/// One token and its facts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Bytes of the article's text.
    pub span: Span,
    pub kind: TokenKind,
    pub case: Case,
    /// Hash of the text as written.
    pub exact: u32,
    /// Hash of the folded text.
    pub low: u32,
    /// Hash of the shape with runs of one class collapsed.
    pub shape: u32,
    /// Hashes of the first 2, 3 and last 2, 3, 4 folded letters; 0 for words without a capital.
    pub affixes: [u32; 5],
    /// Begins small and has a capital inside (`iPhone`), or begins with a digit (`7th`).
    pub mixed: bool,
    /// First word of a sentence (marks before it do not count).
    pub starts: bool,
    /// Stands in a block of title case, or of capitals.
    pub style: Style,
    /// Kinds of name the word alone may be; asked for words with a capital and those beside them.
    pub known: u16,
    /// Kinds of name of the longest known phrase that covers the word, and its place in it
    /// (0 none, 1 alone, 2 first, 3 inside, 4 last).
    pub phrase: u16,
    pub place: u8,
}

impl Word {
    pub(crate) const fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper | Case::Single)
    }

    const fn has_capital(&self) -> bool {
        self.is_capital() || self.mixed
    }
}

/// How a block is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    Plain,
    /// Most words have capitals: headlines.
    Title,
    /// Most letters are capitals.
    Upper,
}

/// All tokens of an article, block by block.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub words: Vec<Word>,
    /// `blocks[i]`: the range of `words` of the article's block `i`.
    pub blocks: Vec<std::ops::Range<usize>>,
}

/// Blocks longer than this many bytes are read only so far.
const LONGEST_BLOCK: usize = 1 << 20;

impl Words {
    pub(crate) fn new(article: &Article, gazetteer: &Gazetteer) -> Self {
        let text = article.text.as_str();
        let mut out = Self::default();
        let mut raw: Vec<Token> = Vec::new();
        let mut starts = sentences(text).into_iter().map(|s| s.start).peekable();
        let mut folded = String::new();
        for block in &article.blocks {
            let first = out.words.len();
            let mut span = block.span;
            if span.len() > LONGEST_BLOCK {
                span.end = (span.start..=span.start + LONGEST_BLOCK)
                    .rev()
                    .find(|&at| text.is_char_boundary(at))
                    .unwrap_or(span.start);
            }
            raw.clear();
            tokens(text, span, &mut raw);
            let mut fresh = true;
            for token in &raw {
                while starts.next_if(|&start| start <= token.span.start).is_some() {
                    fresh = true;
                }
                let word = word(text, *token, fresh, &mut folded);
                fresh &= !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Address);
                out.words.push(word);
            }
            let words = &mut out.words[first..];
            let style = style(text, words);
            for word in words.iter_mut() {
                word.style = style;
            }
            known(words, gazetteer);
            phrases(words, gazetteer);
            out.blocks.push(first..out.words.len());
        }
        out
    }
}

fn word(text: &str, token: Token, starts: bool, folded: &mut String) -> Word {
    let written = token.span.of(text);
    folded.clear();
    fold_into(written, folded);
    let low = hash_text(folded);
    let exact = if written == *folded { low } else { hash_text(written) };
    let is_word = token.kind == TokenKind::Word;
    let (case, shape, mixed) =
        if is_word { case_and_shape(written) } else { (Case::None, token.kind as u32, false) };
    let mut affixes = [0; 5];
    if is_word && (mixed || !matches!(case, Case::Lower | Case::None)) {
        let ascii = folded.is_ascii();
        let at = |n: usize| {
            if ascii {
                n.min(folded.len())
            } else {
                folded.char_indices().nth(n).map_or(folded.len(), |(at, _)| at)
            }
        };
        let back = |n: usize| {
            if ascii {
                folded.len().saturating_sub(n)
            } else {
                folded.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at)
            }
        };
        affixes =
            [&folded[..at(2)], &folded[..at(3)], &folded[back(2)..], &folded[back(3)..], &folded[back(4)..]]
                .map(hash_text);
    }
    Word {
        span: token.span,
        kind: token.kind,
        case,
        exact,
        low,
        shape,
        affixes,
        mixed,
        starts: starts && is_word,
        style: Style::Plain,
        known: 0,
        phrase: 0,
        place: 0,
    }
}

fn case_and_shape(written: &str) -> (Case, u32, bool) {
    if written.bytes().all(|b| b.is_ascii_lowercase()) {
        return (Case::Lower, const { hash_text("x") }, false);
    }
    let (mut upper, mut lower, mut first_upper) = (0u32, 0u32, false);
    // The shape's hash so far, its length in bytes and its last character.
    let (mut shape, mut length, mut last) = (TextHash::new(), 0, None);
    for (at, c) in written.chars().enumerate() {
        let class = if c.is_uppercase() {
            upper += 1;
            first_upper |= at == 0;
            'X'
        } else if c.is_alphabetic() {
            lower += 1;
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        if last != Some(class) || class == 'X' && length < 4 {
            let mut bytes = [0; 4];
            shape = class.encode_utf8(&mut bytes).bytes().fold(shape, TextHash::byte);
            (length, last) = (length + class.len_utf8(), Some(class));
        }
    }
    let case = match (first_upper, upper, lower) {
        (true, 1, 0) => Case::Single,
        (true, _, 0) => Case::Upper,
        (true, ..) => Case::Capital,
        (false, 0, 0) => Case::None,
        (false, ..) => Case::Lower,
    };
    let mixed = !first_upper && (upper > 0 || written.starts_with(|c: char| c.is_ascii_digit()));
    (case, shape.finish(), mixed)
}

fn style(text: &str, words: &[Word]) -> Style {
    let (mut long, mut capital, mut upper, mut small, mut small_capital) = (0, 0, 0, 0, 0);
    for word in words.iter().filter(|w| w.kind == TokenKind::Word) {
        if word.span.of(text).len() < 4 {
            small += 1;
            small_capital += usize::from(word.case == Case::Upper);
            continue;
        }
        long += 1;
        capital += usize::from(word.is_capital());
        upper += usize::from(word.case == Case::Upper);
    }
    if long >= 3 && upper * 10 >= long * 8 && small_capital * 2 >= small {
        Style::Upper
    } else if (4..=40).contains(&long) && capital * 10 >= long * 8 {
        Style::Title
    } else {
        Style::Plain
    }
}

/// Asks for the words that matter: those with a capital and their neighbours.
fn known(words: &mut [Word], gazetteer: &Gazetteer) {
    let (mut before, mut next) = (false, words.first().is_some_and(Word::has_capital));
    for at in 0..words.len() {
        let here = next;
        next = words.get(at + 1).is_some_and(Word::has_capital);
        if (before || here || next) && words[at].kind == TokenKind::Word {
            words[at].known = gazetteer.get(Print::new().word(words[at].low).finish());
        }
        before = here;
    }
}

/// Marks the longest known phrases of two or more words, and single known words outside them.
fn phrases(words: &mut [Word], gazetteer: &Gazetteer) {
    use super::gazetteer::LONGEST;
    let mut at = 0;
    while at < words.len() {
        let mut best = (0, 0u16);
        if words[at].is_capital() {
            let mut print = Print::new();
            for (length, word) in words[at..].iter().take(LONGEST).enumerate() {
                print = print.word(word.low);
                let ends_well = word.is_capital() || word.kind == TokenKind::Number || length == 0;
                if ends_well {
                    let known = if length == 0 { word.known } else { gazetteer.get(print.finish()) };
                    if known != 0 {
                        best = (length + 1, known);
                    }
                }
            }
        }
        let (length, known) = best;
        for (i, word) in words[at..at + length].iter_mut().enumerate() {
            word.phrase = known;
            word.place = match (length, i) {
                (1, _) => 1,
                (_, 0) => 2,
                (n, i) if i + 1 == n => 4,
                _ => 3,
            };
        }
        at += length.max(1);
    }
}
