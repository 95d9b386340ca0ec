//! One pass over all rows: which have anything in common with a visit, and how common its terms and persons are.

use super::names::Persons;
use super::rows::Rows;
use super::sketch::Sketch;

/// A set of 16-bit hashes.
#[derive(Debug)]
pub(super) struct Bits(Box<[u64; 1024]>);

impl Bits {
    pub(super) fn new(hashes: impl Iterator<Item = u16>) -> Self {
        let mut bits = Box::new([0; 1024]);
        for h in hashes {
            bits[usize::from(h >> 6)] |= 1 << (h & 63);
        }
        Self(bits)
    }

    pub(super) fn has(&self, h: u16) -> bool {
        self.0[usize::from(h >> 6)] >> (h & 63) & 1 == 1
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
        let in_terms = Bits::new(terms.iter().map(|t| (t.0 >> 8) as u16));
        let in_people = Bits::new(people.iter().map(|p| (p.0 >> 8) as u16));
        let mut touched = Vec::new();
        for (i, row) in rows.iter() {
            let s = rows.scanned(row);
            let mut shared = 0u64;
            for (at, &high) in s.terms.iter().enumerate() {
                if in_terms.has(high)
                    && let Some(t) = found(&terms, rows.lists(row).term(at) >> 8)
                {
                    terms[t].1 += 1;
                    // A visit made elsewhere may have more than a bit each: then it is as if all were there.
                    shared |= if terms.len() > 64 { u64::MAX } else { 1 << t };
                }
            }
            let mut known = false;
            if s.people.iter().any(|&high| in_people.has(high)) {
                for p in rows.lists(row).people() {
                    if let Some(p) = found(&people, p >> 8) {
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
