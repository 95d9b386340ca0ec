//! The most that rows can have in common with a visit, from the lists alone, and which of them are worth a closer look:
//! for most that is told by the block.

use super::index::{BLOCK, Index, Kind};
use super::names::Persons;
use super::query::Query;
use super::rows::Rows;
use super::scan::Scan;
use super::score::First;
use super::sketch::Sketch;

/// A row that has something in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched {
    pub(super) row: u32,
    /// The most that the cosine can be, and the number of terms in common at most.
    pub(super) cosine: f32,
    pub(super) shared: u32,
    /// Which persons of the visit it has by key, a bit for each.
    pub(super) known: u16,
    /// Which of the headline's terms it has in its own, a bit for each.
    pub(super) title: u16,
    /// The most that persons of the visit count whom it names otherwise.
    pub(super) named: f32,
}

/// The bit of one of so many: where there are more of them than bits, each stands for all.
pub(super) const fn bit(at: usize, of: usize) -> u16 {
    if of > 16 { u16::MAX } else { 1 << at }
}

/// Bits of a sum that count the terms.
const COUNT: u32 = 8;
const COUNTED: u32 = (1 << COUNT) - 1;
/// All terms at their highest frequencies add up to this.
const MOST: f32 = (1 << 23) as f32;
/// For what is lost in adding up.
const ROUNDED: f32 = 1.001;

/// What rows with lists can have in common with a visit at most, row by row.
#[derive(Debug)]
pub(super) struct Reach {
    /// How many terms, and above these bits the most that the product of the term vectors can be, in steps.
    sums: Vec<u32>,
    /// What the cosine is for one step of the product and one hundredth of the row's length.
    step: f32,
    /// Persons by key, and in the high bits the headline's terms.
    bits: Vec<u32>,
    named: Vec<f32>,
}

impl Reach {
    pub(super) fn new(query: &Query, scan: &Scan, sketch: &Sketch, persons: &Persons, index: &Index) -> Self {
        let rows = index.rows();
        let mut sums = vec![0u32; rows];
        let mut bits = vec![0u32; rows];
        if rows == 0 {
            return Self { sums, step: 0.0, bits, named: Vec::new() };
        }
        // Of a term at frequency 1.
        let (products, length) = query.products();
        let all: f32 = products.iter().map(|p| p.1).sum();
        let steps = if all > 0.0 { MOST / (all * frequency(u8::MAX)) } else { 0.0 };
        for &(hash, product) in products {
            let begin = |most: u8| ((product * frequency(most) * steps).ceil() as u32) << COUNT | 1;
            index.each_of(Kind::Term, hash, begin, |add, row| {
                let sum = &mut sums[row as usize];
                *sum = sum.wrapping_add(add);
            });
        }
        for (at, (hash, _)) in scan.people.iter().enumerate() {
            let bit = u32::from(bit(at, scan.people.len()));
            index.each_of(Kind::Person, *hash, |_| bit, |bit, row| bits[row as usize] |= bit);
        }
        for (at, &hash) in sketch.title.iter().enumerate() {
            let bit = u32::from(bit(at, sketch.title.len())) << 16;
            index.each_of(Kind::Title, hash, |_| bit, |bit, row| bits[row as usize] |= bit);
        }
        let mut named = persons.most_listed(index);
        for row in index.changed() {
            (sums[row], bits[row], named[row]) = (0, 0, 0.0);
        }
        let step = if steps > 0.0 { ROUNDED * 100.0 / (steps * length) } else { 0.0 };
        Self { sums, step, bits, named }
    }

    /// Calls `take` with the rows that may be worth showing as far as the most that any row of their block can add tells.
    pub(super) fn each(&self, query: &Query, first: &First, rows: &Rows, mut take: impl FnMut(Touched)) {
        let (sums, bits, named) =
            (self.sums.chunks(BLOCK), self.bits.chunks(BLOCK), self.named.chunks(BLOCK));
        for (i, (((sums, bits), named), block)) in
            sums.zip(bits).zip(named).zip(rows.index.blocks()).enumerate()
        {
            let needed = first.needed(query, block);
            let step = self.step / block.length.max(1) as f32;
            let alike = |sum: u32| first.alike((sum >> COUNT) as f32 * step, sum & COUNTED);
            let any = bits.iter().fold(0, |all, b| all | b);
            let most_named = named.iter().fold(0.0f32, |most, &n| if n > most { n } else { most });
            if any == 0 && most_named <= 0.0 {
                let most = sums.iter().fold(0, |most, &sum| sum.max(most));
                let count = sums.iter().fold(0, |most, &sum| (sum & COUNTED).max(most));
                if most == 0 || alike(most & !COUNTED | count) < needed {
                    continue;
                }
            }
            for (at, ((&sum, &bits), &named)) in sums.iter().zip(bits).zip(named).enumerate() {
                if sum == 0 && bits == 0 && named <= 0.0 {
                    continue;
                }
                let (known, title) = (bits as u16, (bits >> 16) as u16);
                let people = if known > 0 { query.people_at_most(known) } else { 0.0 };
                let most_title = if title > 0 { 1.0 } else { 0.0 };
                if First::may(alike(sum), most_title, people, named, needed) {
                    let row = i * BLOCK + at;
                    let cosine = (sum >> COUNT) as f32 * self.step / rows.row(row).length.max(1) as f32;
                    take(Touched { row: row as u32, cosine, shared: sum & COUNTED, known, title, named });
                }
            }
        }
    }
}

fn frequency(packed: u8) -> f32 {
    super::sketch::frequency(u32::from(packed))
}
