//! What a block's own words say.

use super::{steps, tenth};
use crate::article::view::{self, Fact, View};
use crate::model::{Feature, Sink, TextHash, hash_text};
use memchr::memmem;
use std::sync::LazyLock;

#[inline(never)]
pub(super) fn text(view: &View, i: usize, out: &mut impl Sink) {
    let fact = &view.facts[i];
    let segment = &view.segments.list[i];
    let tag = view.page.nodes[segment.node as usize].tag;
    let words = steps(fact.words);
    let links = u32::from(fact.link_step);
    let tag_number = tag as u32;
    out.push(Feature::new(1).number(words).number(links).number(tag_number));
    out.push(Feature::new(2).number(words).number(u32::from(fact.last)).number(links));
    out.push(Feature::new(3).number(u32::from(fact.first)).number(u32::from(fact.last)).number(words / 3));
    out.push(Feature::new(4).number(steps(fact.commas)).number(steps(fact.stops)).number(links));
    out.push(Feature::new(5).number(tenth(fact.digits, fact.digits + fact.letters)).number(words));
    out.push(Feature::new(6).number(tenth(fact.capitals, fact.letters)).number(words));
    let len = segment.span.len() as u32;
    let whole = |part: u32| match tenth(part, len) {
        0 => 0,
        1..=8 => 1,
        _ => 2,
    };
    out.push(Feature::new(7).number(whole(segment.bold)).number(whole(segment.italic)).number(words / 2));
    out.push(Feature::new(8).number(steps(segment.links)).number(words));
    let text = view.segments.words(i);
    if text.len() <= HEAD && text.is_ascii() {
        // Its words are made ready already.
        let plain = &view.plains[i];
        first_words(fact, &mut view::words(plain).map(Word::new), out);
        marks(text, plain, words, out);
    } else {
        let head = head(text, HEAD);
        let tokens = head.split(|c| !view::alphanumeric(c)).filter(|w| !w.is_empty());
        first_words(fact, &mut tokens.map(Word::small), out);
        marks(head, &head.to_ascii_lowercase(), words, out);
    }
    if fact.repeated {
        out.push(Feature::new(17).number(words));
    }
    if fact.prose {
        out.push(Feature::new(18).number(words).number(links));
    }
}

/// Characters at a block's beginning that are read.
const HEAD: usize = 400;

/// A word in small letters.
struct Word {
    hash: u32,
    /// Whether it is a number.
    number: bool,
}

impl Word {
    fn new(word: &str) -> Self {
        Self { hash: hash_text(word), number: word.bytes().all(|b| b.is_ascii_digit()) }
    }

    /// Of a word as it is written.
    fn small(word: &str) -> Self {
        if word.is_ascii() {
            let hash = word.bytes().fold(TextHash::new(), |hash, b| hash.byte(b.to_ascii_lowercase()));
            return Self { hash: hash.finish(), number: word.bytes().all(|b| b.is_ascii_digit()) };
        }
        Self::new(&word.to_lowercase())
    }
}

/// A block's words, if they are few, or its first ones.
fn first_words(fact: &Fact, tokens: &mut dyn Iterator<Item = Word>, out: &mut impl Sink) {
    let words = steps(fact.words);
    let links = u32::from(fact.link_step);
    if fact.words <= 9 {
        let mut all = Feature::new(9);
        let mut any = false;
        for w in tokens {
            if w.number {
                all = all.number(const { hash_text("0") });
                continue;
            }
            any = true;
            let word = w.hash;
            all = all.number(word);
            out.push(Feature::new(10).number(word));
            out.push(Feature::new(11).number(word).number(words).number(links));
        }
        if any {
            out.push(all);
        }
        return;
    }
    let mut tokens = tokens.map(|w| w.hash);
    let (Some(a), Some(b)) = (tokens.next(), tokens.next()) else { return };
    out.push(Feature::new(12).number(a).number(words / 3));
    out.push(Feature::new(13).number(a).number(b));
    if let Some(c) = tokens.next() {
        out.push(Feature::new(14).number(a).number(b).number(c));
    }
    if fact.words <= 40 {
        let mut before = const { hash_text("") };
        // The third was seen above alone, for it has never been counted among these.
        for word in [a, b].into_iter().chain(tokens).take(30) {
            out.push(Feature::new(15).number(word).number(words / 3));
            out.push(Feature::new(19).number(before).number(word));
            before = word;
        }
    }
}

/// Signs that say something of a block, each after a byte of it that few texts hold.
const MARKS: [(u8, &str); 12] = [
    (0xc2, "©"),
    (b'@', "@"),
    (b'h', "http"),
    (b'|', "|"),
    (0xa6, "…"),
    (0xbb, " » "),
    (0x86, "→"),
    (b'(', "(c)"),
    (b'g', "all rights"),
    (b'%', "%"),
    (b'$', "$"),
    (0xac, "€"),
];

/// Of each byte the marks that it may be of, a bit each.
const MAY: [u16; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < MARKS.len() {
        let rare = MARKS[n].0;
        table[rare as usize] |= 1 << n;
        table[rare.to_ascii_uppercase() as usize] |= 1 << n;
        n += 1;
    }
    table
};

/// Searches made ready for the marks whose bytes most texts hold.
static FINDERS: LazyLock<[memmem::Finder<'static>; 2]> =
    LazyLock::new(|| [memmem::Finder::new("http"), memmem::Finder::new("all rights")]);

/// The signs in a text, of which `words` are the words in small letters.
fn marks(text: &str, words: &str, step: u32, out: &mut impl Sink) {
    let mut may = text.bytes().fold(0, |may, b| may | MAY[usize::from(b)]);
    let held = |mark: &str| {
        text.as_bytes().windows(mark.len()).any(|held| held.eq_ignore_ascii_case(mark.as_bytes()))
    };
    while may != 0 {
        let n = may.trailing_zeros();
        may &= may - 1;
        let mark = MARKS[n as usize].1;
        let words = words.as_bytes();
        let there = match mark {
            "http" => FINDERS[0].find(words).is_some(),
            "all rights" => FINDERS[1].find(words).is_some() && held(mark),
            _ => held(mark),
        };
        if there {
            out.push(Feature::new(16).number(n).number(step / 3));
        }
    }
}

/// The first characters of a text.
fn head(text: &str, chars: usize) -> &str {
    let short = text.get(..chars).filter(|head| head.is_ascii());
    short.unwrap_or_else(|| text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at]))
}
