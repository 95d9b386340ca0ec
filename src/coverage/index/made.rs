//! Makes the lists from the rows, a slice at a time.

use super::{BLOCK, Block, Index, KINDS, Kind, LISTS, SLICES, Slice};
use crate::coverage::rows::{Row, Rows};

/// Rows from which lists are worth while.
pub(super) const LEAST: usize = 2000;
/// Rows without lists that are no reason to make all anew: one in so many, and some.
const WITHOUT: (usize, usize) = (16, 1000);
/// Frequencies, as a packed term has them, from which a term's rows stand in another run.
const FREQUENCIES: [u8; 6] = [20, 26, 33, 42, 54, 72];

impl Rows {
    /// Makes the next slice of the lists, where they are worth making: some milliseconds of work at 50,000 rows.
    /// Whether there is more to do.
    pub(in crate::coverage) fn arrange(&mut self) -> bool {
        let rows = self.len();
        let index = &self.index;
        let done = index.rows();
        let without = rows - done + index.changed().count();
        if rows < LEAST || (done > 0 && without <= done / WITHOUT.0 + WITHOUT.1) {
            return false;
        }
        let made = index.slices[KINDS - 1].len();
        if made == SLICES {
            // The old ones go first: both together would take too much memory.
            self.index = Index::default();
            return true;
        }
        if made == 0 {
            self.index.rows = rows;
            self.index.changed = vec![0; rows.div_ceil(64)];
            self.index.any_changed = false;
            self.index.blocks = self.fixed.chunks(BLOCK).map(Block::new).collect();
            self.index.listed = vec![[0; KINDS]; rows];
        }
        let values = self.values(made);
        for (kind, (slices, values)) in self.index.slices.iter_mut().zip(values).enumerate() {
            slices.push(Slice::new(values, kind == Kind::Term as usize));
        }
        if made + 1 == SLICES {
            self.index.listed = Vec::new();
        }
        made + 1 < SLICES
    }

    /// What the rows have of each kind in a slice.
    fn values(&mut self, slice: usize) -> [Vec<Value>; KINDS] {
        let end = (slice + 1) * LISTS;
        let mut listed = std::mem::take(&mut self.index.listed);
        let mut all = [const { Vec::new() }; KINDS];
        for ((i, row), listed) in self.fixed.iter().enumerate().zip(&mut listed) {
            let lists = self.lists(row);
            for (kind, (all, listed)) in all.iter_mut().zip(listed).enumerate() {
                // They rise by their high bits.
                for at in usize::from(*listed)..lists.count(kind) {
                    let (high, low) = lists.split(kind, at);
                    if usize::from(high) >= end {
                        break;
                    }
                    *listed += 1;
                    let frequency = if kind == Kind::Term as usize { lists.term(at) as u8 } else { 0 };
                    all.push(Value { list: high % LISTS as u16, low, frequency, row: i as u32 });
                }
            }
        }
        self.index.listed = listed;
        all
    }
}

impl Block {
    fn new(rows: &[Row]) -> Self {
        let dated = || rows.iter().map(|r| r.minute).filter(|&m| m != i32::MIN);
        Self {
            minutes: dated().fold((i32::MAX, i32::MIN), |(first, last), m| (m.min(first), m.max(last))),
            undated: rows.iter().any(|r| r.minute == i32::MIN),
            length: rows.iter().map(|r| r.length).min().unwrap_or_default(),
        }
    }
}

/// What a row has, to be listed.
#[derive(Clone, Copy, Debug)]
struct Value {
    /// Place of the list in its slice.
    list: u16,
    low: u8,
    frequency: u8,
    row: u32,
}

impl Value {
    /// Values of a list by their runs and then their rows; the frequency at the end.
    fn ordered(self) -> u64 {
        let span = FREQUENCIES.partition_point(|&f| f <= self.frequency) as u64;
        u64::from(self.low) << 48 | span << 40 | u64::from(self.row) << 8 | u64::from(self.frequency)
    }
}

impl Slice {
    fn new(all: Vec<Value>, of_terms: bool) -> Self {
        let mut from = vec![0u32; LISTS + 1];
        for value in &all {
            from[usize::from(value.list) + 1] += 1;
        }
        for list in 0..LISTS {
            from[list + 1] += from[list];
        }
        let mut sorted = vec![0u64; all.len()];
        let mut next = from.clone();
        for value in all {
            let at = &mut next[usize::from(value.list)];
            sorted[*at as usize] = value.ordered();
            *at += 1;
        }
        let mut bytes = Vec::new();
        let mut run = Vec::new();
        for list in 0..LISTS {
            let some = &mut sorted[from[list] as usize..from[list + 1] as usize];
            from[list] = bytes.len() as u32;
            some.sort_unstable();
            for same in some.chunk_by(|a, b| a >> 40 == b >> 40) {
                run.clear();
                let mut before = 0;
                for value in same {
                    let row = (value >> 8) as u32;
                    write(&mut run, row - before);
                    before = row;
                }
                bytes.push((same[0] >> 48) as u8);
                if of_terms {
                    bytes.push(same.iter().map(|&value| value as u8).max().unwrap_or_default());
                }
                write(&mut bytes, run.len() as u32);
                bytes.extend_from_slice(&run);
            }
        }
        from[LISTS] = bytes.len() as u32;
        bytes.shrink_to_fit();
        Self { from, bytes }
    }
}

fn write(to: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        to.push(value as u8 | 128);
        value >>= 7;
    }
    to.push(value as u8);
}
