//! The sketches of all visits in memory: fixed rows, what is scanned in one store and the rest in another.
//!
//! The scan reads 16 bits of each term, person and word of a name; all else is looked at for few rows.

use super::index::Index;
use super::sketch::{LISTS, Sketch};

/// Numbers that a block of the scanned store and bytes that one of the other holds; no row crosses its end.
const HOT: usize = 1 << 15;
const COLD: usize = 1 << 17;

/// The fixed part of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) key: u64,
    /// Minutes since 1970-01-01 UTC, `i32::MIN` where unknown.
    pub(super) minute: i32,
    pub(super) outlet: u32,
    /// See [`Sketch::length`].
    pub(super) length: u32,
    /// Where its numbers and bytes begin: block and place in it.
    hot: u32,
    cold: u32,
    lens: [u8; LISTS],
    /// Deleted rows stay, empty.
    pub(super) live: bool,
}

impl Row {
    fn lens(&self) -> [usize; LISTS] {
        self.lens.map(usize::from)
    }
}

/// Numbers and bytes that lists of these lengths take.
fn need([terms, title, shingles, people, names]: [usize; LISTS]) -> (usize, usize) {
    (terms + people + names, 2 * terms + 3 * title + 3 * shingles + 2 * people + names)
}

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
    scanned: Scanned<'r>,
    /// The low parts of terms, persons and words of names, then title and shingles.
    low: [&'r [u8]; LISTS],
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

    /// The high 16 bits of terms, persons or words of names, and the byte that follows them, by place.
    pub(super) fn split(&self, list: usize) -> (&'r [u16], impl Fn(usize) -> u8 + use<'r>) {
        let (high, low, step, first) = match list {
            0 => (self.scanned.terms, self.low[0], 2, 1),
            1 => (self.scanned.people, self.low[1], 2, 1),
            _ => (self.scanned.names, self.low[2], 1, 0),
        };
        (high, move |at| low[step * at + first])
    }
}

/// All rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) fixed: Vec<Row>,
    hot: Vec<Vec<u16>>,
    cold: Vec<Vec<u8>>,
    live: usize,
    pub(super) index: Index,
}

impl Rows {
    pub(super) fn row(&self, i: usize) -> &Row {
        &self.fixed[i]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.fixed.iter().enumerate().filter(|(_, r)| r.live)
    }

    /// Rows, deleted ones too.
    pub(super) const fn len(&self) -> usize {
        self.fixed.len()
    }

    /// Rows that the index does not tell of.
    pub(super) fn unlisted(&self) -> impl Iterator<Item = (usize, &Row)> {
        let listed = self.index.rows();
        let changed = self.index.changed().map(|i| i as usize).chain(listed..self.fixed.len());
        changed.map(|i| (i, &self.fixed[i])).filter(|(_, r)| r.live)
    }

    /// Rows that are not deleted of so many from `from` on; none behind the last.
    pub(super) fn some(&self, from: usize, most: usize) -> Option<impl Iterator<Item = &Row>> {
        let rows = self.fixed.get(from..).filter(|r| !r.is_empty())?;
        Some(rows.iter().take(most).filter(|r| r.live))
    }

    /// The order of rows that are otherwise equal, whatever order they came in: the later date first.
    pub(super) fn later(&self, a: usize, b: usize) -> std::cmp::Ordering {
        let (a, b) = (&self.fixed[a], &self.fixed[b]);
        b.minute.cmp(&a.minute).then(a.key.cmp(&b.key))
    }

    /// Rows that are not deleted.
    pub(super) const fn live(&self) -> usize {
        self.live
    }

    pub(super) fn scanned(&self, row: &Row) -> Scanned<'_> {
        let [terms, _, _, people, names] = row.lens();
        let all = &self.hot[row.hot as usize / HOT][row.hot as usize % HOT..][..terms + people + names];
        let (terms, rest) = all.split_at(terms);
        let (people, names) = rest.split_at(people);
        Scanned { terms, people, names }
    }

    pub(super) fn lists(&self, row: &Row) -> Lists<'_> {
        let [terms, title, shingles, people, names] = row.lens();
        let rest = &self.cold[row.cold as usize / COLD][row.cold as usize % COLD..];
        let (terms, rest) = rest.split_at(2 * terms);
        let (people, rest) = rest.split_at(2 * people);
        let (names, rest) = rest.split_at(names);
        let (title, rest) = rest.split_at(3 * title);
        Lists { scanned: self.scanned(row), low: [terms, people, names, title, &rest[..3 * shingles]] }
    }

    /// Writes a sketch to row `at`, or to a new row.
    #[inline(never)]
    pub(super) fn put(&mut self, at: Option<usize>, key: u64, sketch: &Sketch) -> usize {
        let lists = sketch.lists().map(|l| &l[..l.len().min(255)]);
        let lens = lists.map(<[u32]>::len);
        let (numbers, bytes) = need(lens);
        let old = at.map(|i| self.fixed[i]).filter(|r| {
            let (n, b) = need(r.lens());
            n >= numbers && b >= bytes
        });
        let (hot, cold) = old.map_or_else(
            || (room(&mut self.hot, HOT, numbers), room(&mut self.cold, COLD, bytes)),
            |r| (r.hot, r.cold),
        );
        let [terms, title, shingles, people, names] = lists;
        let to = &mut self.hot[hot as usize / HOT][hot as usize % HOT..][..numbers];
        let (of_terms, to) = to.split_at_mut(terms.len());
        let (of_people, of_names) = to.split_at_mut(people.len());
        of_terms.iter_mut().zip(terms).for_each(|(to, v)| *to = (v >> 16) as u16);
        of_people.iter_mut().zip(people).for_each(|(to, v)| *to = (v >> 16) as u16);
        of_names.iter_mut().zip(names).for_each(|(to, v)| *to = (v >> 8) as u16);
        let mut to = &mut self.cold[cold as usize / COLD][cold as usize % COLD..][..bytes];
        for (list, width) in [(terms, 2), (people, 2), (names, 1), (title, 3), (shingles, 3)] {
            let (here, rest) = to.split_at_mut(width * list.len());
            to = rest;
            match width {
                1 => here.iter_mut().zip(list).for_each(|(to, v)| *to = *v as u8),
                2 => {
                    for (to, v) in here.chunks_exact_mut(2).zip(list) {
                        to.copy_from_slice(&(*v as u16).to_le_bytes());
                    }
                }
                _ => {
                    for (to, v) in here.chunks_exact_mut(3).zip(list) {
                        to.copy_from_slice(&v.to_le_bytes()[..3]);
                    }
                }
            }
        }
        let minute = sketch.minute.unwrap_or(i32::MIN);
        let lens = lens.map(|n| n as u8);
        let length = sketch.length();
        let row = Row { key, minute, outlet: sketch.outlet, length, hot, cold, lens, live: true };
        if let Some(i) = at {
            self.fixed[i] = row;
            self.index.change(i);
            i
        } else {
            self.fixed.push(row);
            self.live += 1;
            self.fixed.len() - 1
        }
    }

    /// Empties a row.
    pub(super) fn clear(&mut self, at: usize) {
        self.live -= usize::from(self.fixed[at].live);
        self.fixed[at].live = false;
        self.index.change(at);
        self.fixed[at].lens = [0; LISTS];
    }

    /// The sketch of a row as it was put in; that its date was the article's own is not kept in memory.
    pub(super) fn sketch(&self, row: &Row) -> Sketch {
        let l = self.lists(row);
        let mut sketch = Sketch {
            minute: (row.minute != i32::MIN).then_some(row.minute),
            dated: false,
            outlet: row.outlet,
            length: row.length,
            ..Sketch::default()
        };
        sketch.terms.extend(l.terms());
        sketch.title.extend(l.title());
        sketch.shingles.extend(l.shingles());
        sketch.people.extend(l.people());
        sketch.names.extend(l.names());
        sketch
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        self.fixed.capacity() * size_of::<Row>()
            + self.hot.iter().map(|b| b.capacity() * 2).sum::<usize>()
            + self.cold.iter().map(Vec::capacity).sum::<usize>()
            + self.index.memory()
    }
}

/// Room for `need` more in the last block or a new one: where it begins.
fn room<T: Clone + Default>(blocks: &mut Vec<Vec<T>>, size: usize, need: usize) -> u32 {
    if blocks.last().is_none_or(|b| b.len() + need >= size) {
        blocks.push(Vec::with_capacity(size));
    }
    let n = blocks.len() - 1;
    let block = &mut blocks[n];
    let start = n * size + block.len();
    block.resize(block.len() + need, T::default());
    start as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(n: u32) -> Sketch {
        Sketch {
            minute: Some(n as i32),
            length: 1 + n,
            terms: (0..n).map(|i| i * 0x0101_0103).collect(),
            title: (0..n / 20).map(|i| i * 77_777).collect(),
            shingles: vec![n, 0x00ff_eedd],
            people: vec![n << 9],
            names: vec![0x00ab_cd80 | n & 15],
            ..Sketch::default()
        }
    }

    #[test]
    fn rows_come_back_and_are_replaced() {
        let mut rows = Rows::default();
        for n in 0..200 {
            rows.put(None, u64::from(n), &sketch(n));
        }
        rows.put(Some(7), 7, &sketch(90));
        rows.put(Some(90), 90, &sketch(3));
        assert_eq!(rows.sketch(rows.row(7)), sketch(90));
        assert_eq!(rows.sketch(rows.row(90)), sketch(3));
        assert_eq!(rows.sketch(rows.row(91)), sketch(91));
        assert_eq!(rows.lists(rows.row(91)).term(4), sketch(91).terms[4]);
        rows.clear(5);
        rows.clear(5);
        assert_eq!((rows.iter().count(), rows.live()), (199, 199));
    }
}
