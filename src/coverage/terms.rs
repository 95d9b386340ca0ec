//! How common a word is: a table made from news text that may be used, and the reader's own count.

use super::hash;
use std::sync::OnceLock;

/// The table that ships; `build` makes it.
static TABLE: &[u8] = include_bytes!("../../weights/terms.bin");

/// Marks the table and its form.
const MAGIC: &[u8; 4] = b"QTM1";

/// In how many of the background's texts each common term stands.
#[derive(Debug, Default)]
pub struct Background {
    /// Number of texts.
    texts: f32,
    /// Terms in order of their hashes.
    terms: Vec<u32>,
    /// For each value of a hash's high bits where its terms begin, and the end of the last.
    from: Vec<u32>,
    /// For each term, the level of its count: texts times `2^(-level / 4)`.
    levels: Vec<u8>,
    /// Tells one table from another.
    tag: u8,
    /// For each level, and last for terms that are not in the table, the weight raised to [`RARITY`].
    raised: Vec<f32>,
    /// The same of the plain weight, and of the weight raised to twice [`RARITY`].
    plain: Vec<f32>,
    squared: Vec<f32>,
}

/// The high bits by which a term is looked up begin here: few terms have the same.
const HIGH: u32 = 12;

/// Terms weigh by this power of their rarity in a cosine: names and places tell more of a story than its kind.
pub(super) const RARITY: f32 = 1.5;

/// The background that ships.
pub fn background() -> &'static Background {
    static BACKGROUND: OnceLock<Background> = OnceLock::new();
    BACKGROUND.get_or_init(|| Background::decode(TABLE).unwrap_or_default())
}

impl Background {
    /// Reads a table: magic, u32 texts, u32 terms, levels packed two a byte, then the hashes' steps as
    /// varints. None where it is no table.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (texts, rest) = rest.split_first_chunk::<4>()?;
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (levels, steps) = rest.split_at_checked(count)?;
        rest = steps;
        let mut terms = Vec::with_capacity(count);
        let mut term = 0u32;
        for _ in 0..count {
            let mut step = 0u32;
            let mut shift = 0;
            loop {
                let (&b, more) = rest.split_first()?;
                rest = more;
                step |= u32::from(b & 127).checked_shl(shift)?;
                shift += 7;
                if b < 128 {
                    break;
                }
            }
            term = term.checked_add(step)?;
            terms.push(term);
        }
        let tag = crc32fast::hash(bytes) as u8;
        let texts = u32::from_le_bytes(*texts) as f32;
        let from = (0..=1 << (24 - HIGH)).map(|high| terms.partition_point(|&t| t >> HIGH < high) as u32);
        let from = from.collect();
        let mut out = Self { texts, terms, from, levels: levels.to_vec(), tag, ..Self::default() };
        out.plain = (0..=255u8).map(|l| out.weight_of(out.at(l))).chain([out.weight_of(UNKNOWN)]).collect();
        out.raised = out.plain.iter().map(|w| w.powf(RARITY)).collect();
        out.squared = out.plain.iter().map(|w| w.powf(2.0 * RARITY)).collect();
        Some(out)
    }

    /// Number of texts it was made from.
    pub const fn texts(&self) -> f32 {
        self.texts
    }

    /// In how many of the texts the term stands, about; a term that is not in the table stands in one or two.
    pub fn count(&self, term: u32) -> f32 {
        self.find(term).map_or(UNKNOWN, |i| self.at(self.levels[i]))
    }

    /// The weight of a term: the logarithm of how rare it is, in nats; 0 for one that stands everywhere.
    pub fn weight(&self, term: u32) -> f32 {
        self.plain.get(self.level(term)).copied().unwrap_or_default()
    }

    /// The weight of a term raised to twice [`RARITY`].
    pub(super) fn squared(&self, term: u32) -> f32 {
        self.squared.get(self.level(term)).copied().unwrap_or_default()
    }

    /// Its place among [`Self::plain`] and the like.
    fn level(&self, term: u32) -> usize {
        self.find(term).map_or(256, |i| usize::from(self.levels[i]))
    }

    fn find(&self, term: u32) -> Option<usize> {
        let high = (term >> HIGH) as usize;
        let from = *self.from.get(high)? as usize;
        let some = self.terms.get(from..*self.from.get(high + 1)? as usize)?;
        some.binary_search(&term).ok().map(|at| from + at)
    }

    /// The weight of a term raised to [`RARITY`].
    pub(super) fn rarity(&self, term: u32) -> f32 {
        self.raised.get(self.level(term)).copied().unwrap_or_default()
    }

    /// Tells this table from others: what was reckoned under another is reckoned again.
    pub(super) const fn tag(&self) -> u8 {
        self.tag
    }

    fn at(&self, level: u8) -> f32 {
        self.texts * (-f32::from(level) / 4.0).exp2()
    }

    fn weight_of(&self, count: f32) -> f32 {
        ((self.texts + 1.0) / (count + 0.5)).ln().max(0.0)
    }

    /// The weight of a word, by its stem.
    pub fn word_weight(&self, stem: &str) -> f32 {
        self.weight(hash::term(stem))
    }
}

/// What a term counts that the table does not have.
const UNKNOWN: f32 = 0.7;

/// Makes a table from counts: terms that stand in fewer than `least` texts are left out.
pub fn build(texts: u32, counts: &std::collections::BTreeMap<u32, u32>, least: u32) -> Vec<u8> {
    let kept: Vec<(u32, u32)> = counts.iter().map(|(&t, &n)| (t, n)).filter(|&(_, n)| n >= least).collect();
    let mut out = Vec::from(*MAGIC);
    out.extend(texts.to_le_bytes());
    out.extend((kept.len() as u32).to_le_bytes());
    out.extend(kept.iter().map(|&(_, n)| ((texts as f32 / n as f32).log2() * 4.0).round() as u8));
    let mut before = 0;
    for &(term, _) in &kept {
        let mut step = term - before;
        before = term;
        while step >= 128 {
            out.push(step as u8 | 128);
            step >>= 7;
        }
        out.push(step as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_comes_back() {
        let counts = [(5, 100), (70_000, 10), (9_000_000, 1)].into();
        let table = Background::decode(&build(100, &counts, 2)).unwrap();
        assert!((table.count(5) - 100.0).abs() < 1.0);
        assert!((table.count(70_000) - 10.0).abs() < 1.0);
        assert!((table.count(9_000_000) - UNKNOWN).abs() < 1e-6);
        assert!(Background::decode(b"QTM1").is_none());
    }

    #[test]
    fn shipped_table_knows_common_words() {
        let b = background();
        assert!(b.texts() > 500.0);
        assert!(b.word_weight("the") < 0.5);
        assert!(b.word_weight("minister") > 1.5);
        assert!(b.word_weight("minister") < b.word_weight("zugzwang"));
    }
}
