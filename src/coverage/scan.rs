//! How common a visit's terms and persons are, by the lists and one pass over the rows that have none, and which of
//! these have anything in common with it.

use super::index::{Index, Kind};
use super::names::Persons;
use super::reach::bit;
use super::rows::{Row, Rows};
use super::sketch::Sketch;
use crate::order::Order;

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
#[derive(Debug)]
pub(super) struct Wanted {
    bits: Bits,
    /// By place of the high bits: the first hash that has them; last, how many hashes there are.
    first: Vec<usize>,
}

impl Wanted {
    /// `hashes` rise.
    pub(super) fn new<T>(hashes: &[(u32, T)]) -> Self {
        let high = |i: usize| (hashes[i].0 >> 8) as u16;
        let first = (0..hashes.len()).filter(|&i| i == 0 || high(i) != high(i - 1));
        let first = first.chain([hashes.len()]).collect();
        Self { bits: Bits::new((0..hashes.len()).map(high)), first }
    }

    /// Whether any of the hashes has these high bits.
    pub(super) fn has(&self, high: u16) -> bool {
        self.bits.has(high)
    }

    /// Those of the hashes that have these high bits, given that there are any.
    pub(super) fn with(&self, high: u16) -> std::ops::Range<usize> {
        let place = self.bits.place(high);
        match self.first.get(place..place + 2) {
            Some(&[from, to]) => from..to,
            _ => 0..0,
        }
    }

    /// Which of the hashes it is, given that the high bits are there.
    pub(super) fn find<T>(&self, hashes: &[(u32, T)], hash: u32) -> Option<usize> {
        self.with((hash >> 8) as u16).find(|&at| hashes[at].0 == hash)
    }
}

/// A row without lists that has something in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub(super) row: u32,
    /// Which of [`Scan::terms`] it has, a bit for each.
    pub(super) terms: u64,
    /// Which persons of the visit it has by key, a bit for each.
    pub(super) known: u16,
    /// The most that persons of the visit count whom it names otherwise.
    pub(super) named: f32,
}

/// What the pass finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Rows without lists.
    pub(super) met: Vec<Met>,
    /// Hashes of the visit's terms and headline's terms, rising, and in how many rows each stands.
    pub(super) terms: Vec<(u32, u32)>,
    /// The same of its persons' keys.
    pub(super) people: Vec<(u32, u32)>,
}

fn found(all: &[(u32, u32)], hash: u32) -> Option<usize> {
    all.binary_search_by_key(&hash, |x| x.0).ok()
}

impl Scan {
    /// Looks at all rows for a sketch and the words of its persons' names.
    pub(super) fn new(sketch: &Sketch, persons: &Persons, rows: &Rows) -> Self {
        let mut terms: Vec<(u32, u32)> =
            sketch.terms.iter().map(|t| (t >> 8, 0)).chain(sketch.title.iter().map(|&t| (t, 0))).collect();
        terms.order();
        terms.dedup();
        let people = sketch.people.iter().map(|p| (p >> 8, 0)).collect();
        let mut scan = Self { terms, people, ..Self::default() };
        scan.look_up(&rows.index);
        scan.look_through(persons, rows);
        scan
    }

    /// The bit of a term. A visit made elsewhere may have more than a bit each: then it is as if all were there.
    fn bit(&self, term: usize) -> u64 {
        if self.terms.len() > 64 { u64::MAX } else { 1 << term }
    }

    /// The rows with lists.
    fn look_up(&mut self, index: &Index) {
        for (hash, count) in &mut self.terms {
            *count += index.count(Kind::Term, *hash);
        }
        for (hash, count) in &mut self.people {
            *count += index.count(Kind::Person, *hash);
        }
    }

    /// The rows without lists, one by one.
    fn look_through(&mut self, persons: &Persons, rows: &Rows) {
        let (terms, people) = (Wanted::new(&self.terms), Wanted::new(&self.people));
        for (i, row) in rows.unlisted() {
            self.look(i as u32, row, [&terms, &people], persons, rows);
        }
    }

    /// One row. Never inlined: browsers compile what is called often anew and better, but not a loop that is running.
    #[inline(never)]
    fn look(
        &mut self,
        i: u32,
        row: &Row,
        [in_terms, in_people]: [&Wanted; 2],
        persons: &Persons,
        rows: &Rows,
    ) {
        let s = rows.scanned(row);
        let mut lists = None;
        let mut shared = 0u64;
        for (at, &high) in s.terms.iter().enumerate() {
            if in_terms.has(high) {
                let lists = lists.get_or_insert_with(|| rows.lists(row));
                if let Some(t) = in_terms.find(&self.terms, lists.term(at) >> 8) {
                    self.terms[t].1 += 1;
                    shared |= self.bit(t);
                }
            }
        }
        let mut known = 0;
        if s.people.iter().any(|&high| in_people.has(high)) {
            for p in rows.lists(row).people() {
                if in_people.has((p >> 16) as u16)
                    && let Some(p) = in_people.find(&self.people, p >> 8)
                {
                    self.people[p].1 += 1;
                    known |= bit(p, self.people.len());
                }
            }
        }
        let named = persons.most(s.names, || rows.lists(row).low_names());
        if shared > 0 || known > 0 || named > 0.0 {
            self.met.push(Met { row: i, terms: shared, known, named });
        }
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
