//! One pass over all rows: which have anything in common with a visit, and how common its terms and persons are.

use super::rows::Rows;
use super::sketch::Sketch;

/// A set of 16-bit hashes.
struct Bits(Box<[u64; 1024]>);

impl Bits {
    fn new(hashes: impl Iterator<Item = u16>) -> Self {
        let mut bits = Box::new([0; 1024]);
        for h in hashes {
            bits[usize::from(h >> 6)] |= 1 << (h & 63);
        }
        Self(bits)
    }

    fn has(&self, h: u16) -> bool {
        self.0[usize::from(h >> 6)] >> (h & 63) & 1 == 1
    }
}

/// A row that has something in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched {
    pub(super) row: u32,
    /// Terms in common.
    pub(super) terms: u16,
    /// A person may be in common.
    pub(super) people: bool,
}

/// What the pass finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) touched: Vec<Touched>,
    /// Hashes of the visit's terms and headline's terms, rising, and in how many rows each stands.
    terms: Vec<(u32, u32)>,
    /// The same of its persons' keys.
    people: Vec<(u32, u32)>,
}

fn found(all: &[(u32, u32)], hash: u32) -> Option<usize> {
    all.binary_search_by_key(&hash, |x| x.0).ok()
}

impl Scan {
    /// Looks at all rows for a sketch and the words of its persons' names.
    pub(super) fn new(sketch: &Sketch, names: impl Iterator<Item = u16>, rows: &Rows) -> Self {
        let mut terms: Vec<(u32, u32)> =
            sketch.terms.iter().map(|t| (t >> 8, 0)).chain(sketch.title.iter().map(|&t| (t, 0))).collect();
        terms.sort_unstable();
        terms.dedup();
        let mut people: Vec<(u32, u32)> = sketch.people.iter().map(|p| (p >> 8, 0)).collect();
        let in_terms = Bits::new(terms.iter().map(|t| (t.0 >> 8) as u16));
        let in_people = Bits::new(people.iter().map(|p| (p.0 >> 8) as u16));
        let in_names = Bits::new(names);
        let mut touched = Vec::new();
        for (i, row) in rows.iter() {
            let s = rows.scanned(row);
            let mut shared = 0;
            for (at, &high) in s.terms.iter().enumerate() {
                if in_terms.has(high)
                    && let Some(t) = found(&terms, rows.lists(row).term(at) >> 8)
                {
                    terms[t].1 += 1;
                    shared += 1;
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
            known = known || s.names.iter().any(|&name| in_names.has(name));
            if shared > 0 || known {
                touched.push(Touched { row: i as u32, terms: shared, people: known });
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
