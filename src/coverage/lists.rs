//! What a row holds: its terms, persons, words of names, headline and shingles, in their two parts.

use super::sketch::LISTS;

/// What is scanned of a row: the high 16 bits of its terms, persons and words of names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanned<'r> {
    pub(super) terms: &'r [u16],
    pub(super) people: &'r [u16],
    pub(super) names: &'r [u16],
}

/// A row's lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists<'r> {
    pub(super) scanned: Scanned<'r>,
    /// The low parts of terms, persons and words of names, then title and shingles.
    pub(super) low: [&'r [u8]; LISTS],
}

fn pair(high: u16, low: &[u8]) -> u32 {
    u32::from(high) << 16 | u32::from(low[0]) | u32::from(low[1]) << 8
}

fn pairs<'r>(high: &'r [u16], low: &'r [u8]) -> impl Iterator<Item = u32> + Clone + use<'r> {
    high.iter().zip(low.chunks_exact(2)).map(|(&h, l)| pair(h, l))
}

fn triples(bytes: &[u8]) -> impl Iterator<Item = u32> + Clone + use<'_> {
    bytes.chunks_exact(3).map(|b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

impl<'r> Lists<'r> {
    pub(super) fn terms(&self) -> impl Iterator<Item = u32> + Clone + use<'r> {
        pairs(self.scanned.terms, self.low[0])
    }

    /// The high 16 bits of the terms.
    pub(super) const fn high_terms(&self) -> &'r [u16] {
        self.scanned.terms
    }

    pub(super) fn people(&self) -> impl Iterator<Item = u32> + Clone + use<'r> {
        pairs(self.scanned.people, self.low[1])
    }

    pub(super) fn names(&self) -> impl Iterator<Item = u32> + Clone + use<'r> {
        self.scanned.names.iter().zip(self.low[2]).map(|(&h, &l)| u32::from(h) << 8 | u32::from(l))
    }

    pub(super) fn title(&self) -> impl Iterator<Item = u32> + Clone + use<'r> {
        triples(self.low[3])
    }

    pub(super) fn shingles(&self) -> impl Iterator<Item = u32> + Clone + use<'r> {
        triples(self.low[4])
    }

    /// The low bytes of the words of names.
    pub(super) const fn low_names(&self) -> &'r [u8] {
        self.low[2]
    }

    /// The packed term at a place.
    pub(super) fn term(&self, at: usize) -> u32 {
        pair(self.scanned.terms[at], &self.low[0][2 * at..])
    }

    /// How many terms, persons, words of names or headline's terms there are.
    pub(super) const fn count(&self, list: usize) -> usize {
        match list {
            0 => self.scanned.terms.len(),
            1 => self.scanned.people.len(),
            2 => self.scanned.names.len(),
            _ => self.low[3].len() / 3,
        }
    }

    /// The high 16 bits of a term, person, word of a name or headline's term, and the byte that follows them.
    pub(super) fn split(&self, list: usize, at: usize) -> (u16, u8) {
        match list {
            0 => (self.scanned.terms[at], self.low[0][2 * at + 1]),
            1 => (self.scanned.people[at], self.low[1][2 * at + 1]),
            2 => (self.scanned.names[at], self.low[2][at]),
            _ => {
                let bytes = &self.low[3][3 * at..];
                (u16::from(bytes[1]) | u16::from(bytes[2]) << 8, bytes[0])
            }
        }
    }
}
