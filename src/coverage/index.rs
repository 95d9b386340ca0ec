//! Which rows have a term, a person or a word of a name: lists by hash, so that a question looks at these rows alone.
//!
//! The lists are made from the rows at leisure, slice by slice, and kept in memory only. Rows that came, changed or
//! went since are looked at one by one (see [`super::scan`]), so that the answer is the same with lists and without.
//!
//! ```text
//! slice    lists of 4,096 values of the hash's high 16 bits, one after another
//! list     runs, by the low byte that follows those bits in a row
//! run      low byte, its bytes as varint, then the rows' steps as varints
//! ```

use super::rows::Rows;
use std::collections::BTreeSet;

/// Lists are made in so many steps.
const SLICES: usize = 16;
/// Values of the high 16 bits in a slice.
const LISTS: usize = (1 << 16) / SLICES;
/// Rows from which lists are worth while.
const LEAST: usize = 2000;
/// Rows without lists that are no reason to make all anew: one in so many, and some.
const WITHOUT: (usize, usize) = (16, 1000);

/// What is listed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// High 16 and low 8 bits of a term's hash.
    Term,
    /// The same of a person's key.
    Person,
    /// Hash of a word of a name, and whose it is and how.
    Name,
    /// High 16 and low 8 bits of the hash of a headline's term.
    Title,
}
const KINDS: usize = 4;

#[derive(Debug, Default)]
struct Slice {
    /// Where each list begins, and the end of the last.
    from: Vec<u32>,
    bytes: Vec<u8>,
}

/// The lists of all rows up to some.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Slices of each kind, all or, while they are made, the first.
    slices: [Vec<Slice>; KINDS],
    /// Rows that have lists once all slices are there.
    rows: usize,
    /// Of these, rows that changed since.
    changed: BTreeSet<u32>,
    /// While the lists are made, for each row how much of it stands in them.
    listed: Vec<[u8; KINDS]>,
}

impl Index {
    /// Rows that have lists, the first so many but for those that changed.
    pub(super) const fn rows(&self) -> usize {
        if self.slices[KINDS - 1].len() == SLICES { self.rows } else { 0 }
    }

    /// Of [`Self::rows`], those that changed since.
    pub(super) fn changed(&self) -> impl Iterator<Item = u32> {
        self.changed.range(..self.rows() as u32).copied()
    }

    /// A row is put or cleared.
    pub(super) fn change(&mut self, row: usize) {
        if row < self.rows {
            self.changed.insert(row as u32);
        }
    }

    /// Calls `take` with each row that has a value, rising for each low byte; `want` says which low bytes are asked for.
    pub(super) fn each(
        &self,
        kind: Kind,
        high: u16,
        want: impl Fn(u8) -> bool,
        mut take: impl FnMut(u8, u32),
    ) {
        let (slice, list) = (usize::from(high) / LISTS, usize::from(high) % LISTS);
        let Some(Slice { from, bytes }) = self.slices[kind as usize].get(slice) else { return };
        let (mut at, end) = (from[list] as usize, from[list + 1] as usize);
        while at < end {
            let low = bytes[at];
            at += 1;
            let length = varint(bytes, &mut at) as usize;
            let run = &bytes[at..at + length];
            at += length;
            if !want(low) {
                continue;
            }
            if self.changed.is_empty() {
                steps(run, |row| take(low, row));
            } else {
                steps(run, |row| {
                    if !self.changed.contains(&row) {
                        take(low, row);
                    }
                });
            }
        }
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        let slices = self.slices.iter().flatten();
        slices.map(|s| s.bytes.capacity() + s.from.capacity() * size_of::<u32>()).sum()
    }
}

fn varint(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(&b) = bytes.get(*at) {
        *at += 1;
        value |= u32::from(b & 127) << (shift & 31);
        shift += 7;
        if b < 128 {
            break;
        }
    }
    value
}

/// Calls `take` with each row of a run.
fn steps(run: &[u8], mut take: impl FnMut(u32)) {
    let (mut row, mut step, mut shift) = (0, 0, 0);
    for &b in run {
        // Most steps of the lists that are long are of one byte.
        if b < 128 {
            row += step | u32::from(b) << (shift & 31);
            (step, shift) = (0, 0);
            take(row);
        } else {
            step |= u32::from(b & 127) << (shift & 31);
            shift += 7;
        }
    }
}

fn write(to: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        to.push(value as u8 | 128);
        value >>= 7;
    }
    to.push(value as u8);
}

impl Rows {
    /// Makes the next slice of the lists, where they are worth making: some milliseconds of work at 50,000 rows.
    /// Whether there is more to do.
    pub(super) fn arrange(&mut self) -> bool {
        let rows = self.len();
        let index = &self.index;
        let done = index.rows();
        let without = rows - done + index.changed.len();
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
            self.index.changed.clear();
            self.index.listed = vec![[0; KINDS]; rows];
        }
        let values = self.values(made);
        for (slices, values) in self.index.slices.iter_mut().zip(values) {
            slices.push(Slice::new(values));
        }
        if made + 1 == SLICES {
            self.index.listed = Vec::new();
        }
        made + 1 < SLICES
    }

    /// What the rows have of each kind in a slice: place of the list, then low byte and row.
    fn values(&mut self, slice: usize) -> [Vec<(u16, u32)>; KINDS] {
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
                    all.push((high % LISTS as u16, u32::from(low) << 24 | i as u32));
                }
            }
        }
        self.index.listed = listed;
        all
    }
}

impl Slice {
    fn new(all: Vec<(u16, u32)>) -> Self {
        let mut from = vec![0u32; LISTS + 1];
        for (list, _) in &all {
            from[usize::from(*list) + 1] += 1;
        }
        for list in 0..LISTS {
            from[list + 1] += from[list];
        }
        let mut sorted = vec![0u32; all.len()];
        let mut next = from.clone();
        for (list, value) in all {
            let at = &mut next[usize::from(list)];
            sorted[*at as usize] = value;
            *at += 1;
        }
        let mut bytes = Vec::new();
        let mut run = Vec::new();
        for list in 0..LISTS {
            let some = &mut sorted[from[list] as usize..from[list + 1] as usize];
            from[list] = bytes.len() as u32;
            some.sort_unstable();
            for same in some.chunk_by(|a, b| a >> 24 == b >> 24) {
                run.clear();
                let mut before = 0;
                for value in same {
                    let row = value & 0x00ff_ffff;
                    write(&mut run, row - before);
                    before = row;
                }
                bytes.push((same[0] >> 24) as u8);
                write(&mut bytes, run.len() as u32);
                bytes.extend_from_slice(&run);
            }
        }
        from[LISTS] = bytes.len() as u32;
        bytes.shrink_to_fit();
        Self { from, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Library, SavedActor, Visit, sketch};
    use super::*;

    /// Numbers that come out the same everywhere.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % most
        }
    }

    /// An invented article of one of a hundred stories.
    fn visit(n: u64, again: u64) -> Visit {
        let mut own = Numbers(n * 977 + again + 1);
        let story = own.below(100);
        let word = |i: u64| format!("w{i}x");
        let mut text = (0..12).fold(String::new(), |t, i| t + &word(1000 + story * 7 + i) + " ");
        for _ in 0..40 {
            text += &(word(own.below(900)) + " ");
        }
        let names = ["Ada", "Bo", "Iris", "Jon", "Quintrell", "Okafor", "Velden", "Tammsaar", "Moura"];
        let actors = (0..3).map(|_| {
            let (a, b) = (names[own.below(4) as usize], names[4 + own.below(5) as usize]);
            let name = if own.below(4) == 0 { b.to_owned() } else { format!("{a} {b}") };
            let key = if own.below(3) == 0 { String::new() } else { format!("p:{}", name.to_lowercase()) };
            SavedActor { name, kind: "person".into(), key, mentions: 1 + own.below(4) as u32 }
        });
        let mut made = Visit {
            id: n.to_string(),
            title: word(1000 + story * 7),
            actors: actors.collect(),
            ..Visit::default()
        };
        let day = 1 + own.below(28);
        let published = format!("2025-03-{day:02}");
        let sketched = sketch::sketch(sketch::Source {
            title: &made.title,
            text: &text,
            outlet: "",
            published: (own.below(9) > 0).then_some(published.as_str()),
            visited: 0.0,
            actors: &made.actors,
        });
        (made.sketch, made.words) = (sketched.sketch, sketched.words);
        made
    }

    #[test]
    fn answers_are_the_same_with_lists_and_without() {
        let mut flat = Library::new();
        let mut listed = Library::new();
        let visits: Vec<Visit> = (0..LEAST as u64 + 300).map(|n| visit(n, 0)).collect();
        let questions: Vec<Visit> = (0..40).map(|n| visit(100_000 + n, 0)).collect();
        let same = |flat: &Library, listed: &Library, when: &str| {
            let mut hits = 0;
            for q in questions.iter().chain(&visits[..20]) {
                let want = flat.relate(q);
                hits += want.len();
                assert_eq!(listed.relate(q), want, "{when}, {}", q.id);
            }
            assert!(hits > 500, "{when}: {hits} hits");
        };
        for v in &visits[..LEAST] {
            flat.add(v);
            listed.add(v);
        }
        assert!(listed.arrange() && listed.arrange());
        same(&flat, &listed, "half made");
        // What comes, changes and goes while they are made and after.
        for n in [3, 500, 1999] {
            for library in [&mut flat, &mut listed] {
                library.add(&visit(n, 1));
                library.remove(&super::super::key(&(n + 1).to_string()));
                library.add(&visits[LEAST + n as usize % 300]);
            }
        }
        while listed.arrange() {}
        assert!(!listed.arrange());
        same(&flat, &listed, "made");
        for n in [3, 700, 1500] {
            for library in [&mut flat, &mut listed] {
                library.add(&visit(n, 2));
                library.remove(&super::super::key(&(n + 1).to_string()));
            }
        }
        for v in &visits[LEAST..] {
            flat.add(v);
            listed.add(v);
        }
        same(&flat, &listed, "changed");
    }
}
