//! One pass over all rows: which have anything in common with a visit, and how common its terms and persons are.

use super::names::Persons;
use super::rows::Rows;
use super::sketch::Sketch;

/// A set of 16-bit hashes.
#[derive(Debug)]
pub(super) struct Bits {
    words: Box<[u64; 1024]>,
    /// How many stand before each word.
    before: Box<[u16; 1024]>,
}

impl Bits {
    pub(super) fn new(hashes: impl Iterator<Item = u16>) -> Self {
        let mut words = Box::new([0u64; 1024]);
        for h in hashes {
            words[usize::from(h >> 6)] |= 1 << (h & 63);
        }
        let mut before = Box::new([0u16; 1024]);
        let mut sum = 0;
        for (before, word) in before.iter_mut().zip(words.iter()) {
            *before = sum;
            sum += word.count_ones() as u16;
        }
        Self { words, before }
    }

    pub(super) fn has(&self, h: u16) -> bool {
        self.words[usize::from(h >> 6)] >> (h & 63) & 1 == 1
    }

    /// How many are smaller.
    fn place(&self, h: u16) -> usize {
        let at = usize::from(h >> 6);
        let smaller = self.words[at] & ((1 << (h & 63)) - 1);
        usize::from(self.before[at]) + smaller.count_ones() as usize
    }
}

/// Hashes of 24 bits to be found among many, first by their high 16 bits.
struct Wanted {
    bits: Bits,
    /// By place of the high bits: the first hash that has them.
    first: Vec<usize>,
}

impl Wanted {
    /// `hashes` rise.
    fn new(hashes: &[(u32, u32)]) -> Self {
        let high = |i: usize| (hashes[i].0 >> 8) as u16;
        let first = (0..hashes.len()).filter(|&i| i == 0 || high(i) != high(i - 1));
        Self { bits: Bits::new((0..hashes.len()).map(high)), first: first.collect() }
    }

    /// Which of the hashes it is, given that the high bits are there.
    fn find(&self, hashes: &[(u32, u32)], hash: u32) -> Option<usize> {
        let from = *self.first.get(self.bits.place((hash >> 8) as u16))?;
        let at = hashes[from..].iter().position(|x| x.0 >= hash)?;
        (hashes[from + at].0 == hash).then_some(from + at)
    }
}

/// A row that has something in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched {
    pub(super) row: u32,
    /// Which of [`Scan::terms`] it has, a bit for each.
    pub(super) terms: u64,
    /// It has a person of the visit by key.
    pub(super) known: bool,
    /// The most that persons of the visit count whom it names otherwise.
    pub(super) named: f32,
}

/// What the pass finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) touched: Vec<Touched>,
    /// Hashes of the visit's terms and headline's terms, rising, and in how many rows each stands.
    pub(super) terms: Vec<(u32, u32)>,
    /// The same of its persons' keys.
    people: Vec<(u32, u32)>,
}

fn found(all: &[(u32, u32)], hash: u32) -> Option<usize> {
    all.binary_search_by_key(&hash, |x| x.0).ok()
}

impl Scan {
    /// Looks at all rows for a sketch and the words of its persons' names.
    pub(super) fn new(sketch: &Sketch, persons: &Persons, rows: &Rows) -> Self {
        let mut terms: Vec<(u32, u32)> =
            sketch.terms.iter().map(|t| (t >> 8, 0)).chain(sketch.title.iter().map(|&t| (t, 0))).collect();
        terms.sort_unstable();
        terms.dedup();
        let mut people: Vec<(u32, u32)> = sketch.people.iter().map(|p| (p >> 8, 0)).collect();
        let in_terms = Wanted::new(&terms);
        let in_people = Wanted::new(&people);
        let mut touched = Vec::new();
        for (i, row) in rows.iter() {
            let s = rows.scanned(row);
            let mut lists = None;
            let mut shared = 0u64;
            for (at, &high) in s.terms.iter().enumerate() {
                if in_terms.bits.has(high) {
                    let lists = lists.get_or_insert_with(|| rows.lists(row));
                    if let Some(t) = in_terms.find(&terms, lists.term(at) >> 8) {
                        terms[t].1 += 1;
                        // A visit made elsewhere may have more than a bit each: then it is as if all were there.
                        shared |= if terms.len() > 64 { u64::MAX } else { 1 << t };
                    }
                }
            }
            let mut known = false;
            if s.people.iter().any(|&high| in_people.bits.has(high)) {
                for p in rows.lists(row).people() {
                    if in_people.bits.has((p >> 16) as u16)
                        && let Some(p) = in_people.find(&people, p >> 8)
                    {
                        people[p].1 += 1;
                        known = true;
                    }
                }
            }
            let named = persons.most(s.names, || rows.lists(row).low_names());
            if shared > 0 || known || named > 0.0 {
                touched.push(Touched { row: i as u32, terms: shared, known, named });
            }
        }
        Self { touched, terms, people }
    }

    /// In how many rows a term of the visit stands.
    pub(super) fn with_term(&self, hash: u32) -> u32 {
        found(&self.terms, hash).map_or(0, |i| self.terms[i].1)
    }

    /// In how many rows a person of the visit stands.
    pub(super) fn with_person(&self, hash: u32) -> u32 {
        found(&self.people, hash).map_or(0, |i| self.people[i].1)
    }
}
