//! Known names: a compact table of fingerprints that says which kinds of name a phrase may be.
//!
//! The file: `QTGZ`, u32 number of entries, u8 number of masks, the masks (u16 each), the entries' 26-bit
//! fingerprints in rising order as LEB128 distances, then a mask's number for each. A phrase that is not in
//! the table is taken for one that is about once in 1,500 look-ups: the scorer weighs, it never trusts.

use crate::model::{Feature, hash_text};

/// First name.
pub const FIRST: u16 = 1;
/// Surname.
pub const SURNAME: u16 = 1 << 1;
/// A well-known person, or a name that is as much a first name as a surname.
pub const PERSON: u16 = 1 << 2;
/// A large city.
pub const CITY: u16 = 1 << 3;
/// A country or territory.
pub const COUNTRY: u16 = 1 << 4;
/// A region or state.
pub const REGION: u16 = 1 << 5;
/// An organisation.
pub const ORGANISATION: u16 = 1 << 6;
/// A word for a people or of a country.
pub const DEMONYM: u16 = 1 << 7;
/// A title or office.
pub const TITLE: u16 = 1 << 8;
/// A town.
pub const TOWN: u16 = 1 << 9;
/// A word that organisations' names hold.
pub const ORG_WORD: u16 = 1 << 10;
/// Water, mountain, building or another place.
pub const PLACE: u16 = 1 << 11;
/// Another name: event, law, product, work.
pub const OTHER: u16 = 1 << 12;
/// A sports team.
pub const TEAM: u16 = 1 << 13;
/// A news outlet or agency.
pub const MEDIA: u16 = 1 << 14;
/// A name that is also something else.
pub const AMBIGUOUS: u16 = 1 << 15;

/// The longest phrase in the table, in tokens.
pub const LONGEST: usize = 6;

const MAGIC: [u8; 4] = *b"QTGZ";
const PRINT_BITS: u32 = 26;
const MASK_BITS: u32 = 32 - PRINT_BITS;
const EMPTY: u32 = u32::MAX;
/// Bits of a fingerprint that say where it stands in the filter of titles.
const FILTER_BITS: u32 = 16;

/// The fingerprint of a phrase: folded words' hashes, one after another.
#[derive(Clone, Copy, Debug)]
pub struct Print(Feature);

impl Print {
    /// No word yet.
    pub const fn new() -> Self {
        Self(Feature::new(0x6761_7a65))
    }

    /// With one more word, by the hash of its folded text.
    #[must_use]
    pub const fn word(self, folded: u32) -> Self {
        Self(self.0.number(folded))
    }

    /// The fingerprint.
    pub const fn finish(self) -> u32 {
        self.0.finish() >> (32 - PRINT_BITS)
    }

    /// The fingerprint of folded words.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> u32 {
        words.into_iter().fold(Self::new(), |print, word| print.word(hash_text(word))).finish()
    }
}

impl Default for Print {
    fn default() -> Self {
        Self::new()
    }
}

/// The table, ready to be asked.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    masks: Vec<u16>,
    /// Fingerprint and mask number; open addressing by the fingerprint's high bits.
    slots: Vec<u32>,
    shift: u32,
    /// A bit for the high bits of each title's fingerprint: titles are asked for at every word, and few words
    /// begin one.
    titles: Vec<u64>,
}

impl Gazetteer {
    /// Reads the table's file; `None` where it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(9)?;
        if head[..4] != MAGIC {
            return None;
        }
        let count = u32::from_le_bytes(head[4..8].try_into().ok()?) as usize;
        let (masks, rest) = rest.split_at_checked(usize::from(head[8]) * 2)?;
        let masks: Vec<u16> = masks.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let (distances, numbers) = rest.split_at_checked(rest.len().checked_sub(count)?)?;
        let size = (count * 2).next_power_of_two().max(16);
        let mut table = Self {
            masks,
            slots: vec![EMPTY; size],
            shift: PRINT_BITS.checked_sub(size.trailing_zeros())?,
            titles: vec![0; 1 << (FILTER_BITS - 6)],
        };
        let (mut print, mut distances) = (0u32, distances.iter());
        for &number in numbers {
            let (mut distance, mut shift) = (0u32, 0);
            loop {
                let byte = *distances.next()?;
                distance |= u32::from(byte & 0x7f).checked_shl(shift)?;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            print = print.checked_add(distance).filter(|p| p >> PRINT_BITS == 0)?;
            if table.masks.get(usize::from(number))? & TITLE != 0 {
                let bit = print >> (PRINT_BITS - FILTER_BITS);
                table.titles[(bit / 64) as usize] |= 1 << (bit % 64);
            }
            let mut slot = (print >> table.shift) as usize;
            while table.slots[slot] != EMPTY {
                slot = (slot + 1) % size;
            }
            table.slots[slot] = print << MASK_BITS | u32::from(number);
        }
        distances.next().is_none().then_some(table)
    }

    /// Whether the phrase with this fingerprint may be a title.
    pub fn is_title(&self, print: u32) -> bool {
        let bit = print >> (PRINT_BITS - FILTER_BITS);
        self.titles[(bit / 64) as usize] >> (bit % 64) & 1 == 1 && self.get(print) & TITLE != 0
    }

    /// The kinds of name that the phrase with this fingerprint may be; 0 where it is not known.
    pub fn get(&self, print: u32) -> u16 {
        let mut slot = (print >> self.shift) as usize;
        loop {
            let entry = self.slots[slot];
            if entry == EMPTY {
                return 0;
            }
            if entry >> MASK_BITS == print {
                return self.masks.get((entry & ((1 << MASK_BITS) - 1)) as usize).copied().unwrap_or(0);
            }
            slot = (slot + 1) % self.slots.len();
        }
    }
}

/// Writes the table's file from fingerprints and their masks. The rarest combinations of kinds that no
/// longer fit the list of masks lose their rarest kinds.
#[cfg(feature = "train")]
pub fn to_bytes(entries: &std::collections::BTreeMap<u32, u16>) -> Vec<u8> {
    use std::collections::BTreeMap;
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for &mask in entries.values() {
        *counts.entry(mask).or_default() += 1;
    }
    let mut masks: Vec<(usize, u16)> = counts.into_iter().map(|(mask, count)| (count, mask)).collect();
    masks.sort_by(|a, b| b.cmp(a));
    let masks: Vec<u16> = masks.into_iter().take((1 << MASK_BITS) - 1).map(|(_, mask)| mask).collect();
    let number = |mask: u16| {
        let part = |m: &&u16| **m & !mask == 0;
        let best = masks.iter().filter(part).max_by_key(|m| m.count_ones()).copied().unwrap_or(masks[0]);
        masks.iter().position(|&m| m == best).unwrap_or(0) as u8
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend((entries.len() as u32).to_le_bytes());
    bytes.push(masks.len() as u8);
    for mask in &masks {
        bytes.extend(mask.to_le_bytes());
    }
    let mut last = 0;
    for &print in entries.keys() {
        let mut distance = print - last;
        last = print;
        while distance >= 0x80 {
            bytes.push((distance & 0x7f) as u8 | 0x80);
            distance >>= 7;
        }
        bytes.push(distance as u8);
    }
    bytes.extend(entries.values().map(|&mask| number(mask)));
    bytes
}

#[cfg(all(test, feature = "train"))]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let known =
            [("new york", CITY | REGION), ("paris", CITY), ("the hague", CITY), ("acme", ORGANISATION)];
        let entries = known.iter().map(|(name, mask)| (Print::of(name.split(' ')), *mask)).collect();
        let bytes = to_bytes(&entries);
        let table = Gazetteer::from_bytes(&bytes).unwrap();
        for (name, mask) in known {
            assert_eq!(table.get(Print::of(name.split(' '))), mask);
        }
        assert_eq!(table.get(Print::of(["york"])), 0);
        for cut in 0..bytes.len() {
            assert!(Gazetteer::from_bytes(&bytes[..cut]).is_none());
        }
    }
}
