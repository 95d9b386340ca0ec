//! How a block stands to what the metadata say.

use super::steps;
use crate::article::view::{self, View, plain};
use crate::model::{Feature, Sink};
use memchr::memmem;

/// What the metadata say, for blocks to be compared with.
pub(super) struct Known {
    title: String,
    /// Which pairs of bytes stand in the title, by [`pair`].
    pairs: [u64; PAIRS / 64],
    description: String,
    body: String,
    /// Which four bytes stand in the body one after another, by [`four`].
    fours: Vec<u64>,
    authors: Vec<String>,
}

impl Known {
    pub(super) fn new(view: &View) -> Self {
        let meta = &view.meta;
        let title = meta.headline().map(plain).unwrap_or_default();
        let body = meta.linked.body.as_deref().map(plain).unwrap_or_default();
        let mut pairs = [0; PAIRS / 64];
        for two in title.as_bytes().windows(2) {
            let at = pair(two[0], two[1]);
            pairs[at / 64] |= 1 << (at % 64);
        }
        Self {
            title,
            pairs,
            fours: fours(&body),
            description: meta.description().map(plain).unwrap_or_default(),
            body,
            authors: meta.linked.authors.iter().map(|a| plain(a)).filter(|a| a.len() > 3).collect(),
        }
    }
}

/// Pairs of bytes that are told apart.
const PAIRS: usize = 2048;

const fn pair(a: u8, b: u8) -> usize {
    (a as usize * 37 + b as usize) % PAIRS
}

impl Known {
    /// Whether a word of three bytes or more stands in the title; most do not, and their first letters
    /// tell it already.
    fn titled(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let held = |a: u8, b: u8| self.pairs[pair(a, b) / 64] >> (pair(a, b) % 64) & 1 == 1;
        held(bytes[0], bytes[1]) && held(bytes[1], bytes[2]) && self.title.contains(word)
    }
}

/// Bytes that a body in the metadata has at least to count.
const BODY: usize = 200;

/// Runs of four bytes that are told apart.
const FOURS: usize = 1 << 16;

fn four(bytes: [u8; 4]) -> usize {
    (u32::from_le_bytes(bytes).wrapping_mul(0x9e37_79b9) >> 16) as usize % FOURS
}

/// The runs that a body holds; none where it is too short to count.
fn fours(body: &str) -> Vec<u64> {
    if body.len() <= BODY {
        return Vec::new();
    }
    let mut all = vec![0; FOURS / 64];
    for bytes in body.as_bytes().windows(4) {
        if let Ok(bytes) = bytes.try_into() {
            all[four(bytes) / 64] |= 1 << (four(bytes) % 64);
        }
    }
    all
}

impl Known {
    /// Whether the body holds a text of four bytes or more; for most their beginning or end tells that it
    /// does not.
    fn in_body(&self, text: &str) -> bool {
        let held = |bytes: &[u8; 4]| self.fours[four(*bytes) / 64] >> (four(*bytes) % 64) & 1 == 1;
        text.as_bytes().first_chunk().is_some_and(held)
            && text.as_bytes().last_chunk().is_some_and(held)
            && memmem::find(self.body.as_bytes(), text.as_bytes()).is_some()
    }
}

/// How a block's text stands to what the metadata say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// Whether it says what the title says.
    pub title: bool,
    /// Share of its longer words that stand in the title; 0 for a long block.
    pub shared: f32,
    /// 1 where it is the description, 2 where it begins with it, 3 where the description begins with it.
    pub description: u8,
    /// Whether the article's body in the metadata holds it: 0 where there is none, else 1 no or 2 yes.
    pub body: u8,
    /// Whether it names an author.
    pub author: bool,
}

#[inline(never)]
pub(super) fn known_text(view: &View, i: usize, known: &Known, out: &mut impl Sink) -> Told {
    let fact = &view.facts[i];
    let words = steps(fact.words) / 3;
    let text = &view.plains[i];
    let mut told = Told::default();
    if text.is_empty() {
        out.push(Feature::new(70));
        return told;
    }
    told.title = *text == known.title;
    if view.headline == Some(i) {
        out.push(Feature::new(71));
    } else if told.title {
        out.push(Feature::new(72));
    }
    if fact.words < 60 && known.title.len() > 10 {
        let mut count = 0;
        for w in view::words(text).filter(|w| w.len() > 3) {
            count += 1;
            told.shared += f32::from(u8::from(known.titled(w)));
        }
        told.shared /= count.max(1) as f32;
    }
    if text.len() > 20 && known.description.len() > 20 {
        told.description = if known.description == *text {
            1
        } else if text.starts_with(&known.description) {
            2
        } else if known.description.starts_with(text) {
            3
        } else {
            0
        };
        if told.description > 0 {
            out.push(Feature::new(73).number(u32::from(told.description)));
        }
    }
    if known.body.len() > BODY {
        let held = known.in_body(text);
        told.body = 1 + u8::from(held);
        out.push(Feature::new(74).number(u32::from(held)).number(words));
        out.push(
            Feature::new(75)
                .number(u32::from(held))
                .number(u32::from(fact.link_step))
                .number(u32::from(fact.prose)),
        );
    }
    if fact.words < 30 && known.authors.iter().any(|a| text.contains(a.as_str())) {
        told.author = true;
        out.push(Feature::new(76).number(words));
    }
    told
}
