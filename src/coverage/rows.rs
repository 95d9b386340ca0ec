//! The sketches of all visits in memory: fixed rows, what is scanned in one store and the rest in another.
//!
//! The scan reads 16 bits of each term, person and word of a name; all else is looked at for few rows.

use super::bytes::Packed;
use super::index::{BLOCK, Index};
use super::lists::{Lists, Scanned};
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
    /// Terms of its headline.
    pub(super) fn titles(&self) -> u32 {
        u32::from(self.lens[1])
    }

    fn lens(&self) -> [usize; LISTS] {
        self.lens.map(usize::from)
    }
}

/// Numbers and bytes that lists of these lengths take.
fn need([terms, title, shingles, people, names]: [usize; LISTS]) -> (usize, usize) {
    (terms + people + names, 2 * terms + 3 * title + 3 * shingles + 2 * people + names)
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
        let changed = self.index.changed().chain(listed..self.fixed.len());
        changed.map(|i| (i, &self.fixed[i])).filter(|(_, r)| r.live)
    }

    /// Rows that are not deleted of so many from `from` on; none behind the last.
    pub(super) fn some(&self, from: usize, most: usize) -> Option<impl Iterator<Item = &Row>> {
        let rows = self.fixed.get(from..).filter(|r| !r.is_empty())?;
        Some(rows.iter().take(most).filter(|r| r.live))
    }

    /// Calls `take` with each row that is not deleted and at most so many minutes from one of these dates, 8 at
    /// most: its place, itself, and a bit for each date that it is near.
    pub(super) fn near(&self, dates: &[i32], minutes: u32, mut take: impl FnMut(usize, &Row, u8)) {
        let near = |to: &dyn Fn(i32) -> i32| {
            let bits = dates
                .iter()
                .enumerate()
                .map(|(n, &d)| u8::from(d != i32::MIN && to(d).abs_diff(d) <= minutes) << n);
            bits.fold(0, |all, bit| all | bit)
        };
        let mut one = |i: usize, row: &Row| {
            let bits = if row.live && row.minute != i32::MIN { near(&|_| row.minute) } else { 0 };
            if bits != 0 {
                take(i, row, bits);
            }
        };
        for (n, block) in self.index.blocks().iter().enumerate() {
            let (first, last) = block.minutes;
            if first <= last && near(&|d| d.clamp(first, last)) != 0 {
                let from = n * BLOCK;
                let rows = &self.fixed[from..self.index.rows().min(from + BLOCK)];
                let same = rows.iter().enumerate().filter(|(i, _)| !self.index.has_changed(from + i));
                same.for_each(|(i, row)| one(from + i, row));
            }
        }
        self.unlisted().for_each(|(i, row)| one(i, row));
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
        let (hot, cold) = self.place(at, lens);
        let [terms, title, shingles, people, names] = lists;
        let Room { terms: of_terms, people: of_people, names: of_names, bytes: mut to } =
            self.room(hot, cold, lens);
        of_terms.iter_mut().zip(terms).for_each(|(to, v)| *to = (v >> 16) as u16);
        of_people.iter_mut().zip(people).for_each(|(to, v)| *to = (v >> 16) as u16);
        of_names.iter_mut().zip(names).for_each(|(to, v)| *to = (v >> 8) as u16);
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
        self.enter(at, Row { key, minute, outlet: sketch.outlet, length, hot, cold, lens, live: true })
    }

    /// The same from a sketch's bytes, without a list in between; none where these must be reckoned first.
    #[inline(never)]
    pub(super) fn put_packed(&mut self, at: Option<usize>, key: u64, packed: &Packed<'_>) -> Option<usize> {
        if packed.before || packed.length == 0 {
            return None;
        }
        let [terms, title, shingles, people, names] = packed.lists;
        let lens = [terms.len() / 4, title.len() / 3, shingles.len() / 3, people.len() / 4, names.len() / 3];
        let (hot, cold) = self.place(at, lens);
        let to = self.room(hot, cold, lens);
        let (low, rest) = to.bytes.split_at_mut(2 * lens[0]);
        apart(terms, to.terms, low);
        let (low, rest) = rest.split_at_mut(2 * lens[3]);
        apart(people, to.people, low);
        let (low, rest) = rest.split_at_mut(lens[4]);
        let (from, _) = names.as_chunks::<3>();
        for ((from, high), low) in from.iter().zip(to.names).zip(low) {
            *low = from[0];
            *high = u16::from_le_bytes([from[1], from[2]]);
        }
        let (to_title, to_shingles) = rest.split_at_mut(title.len());
        to_title.copy_from_slice(title);
        to_shingles.copy_from_slice(shingles);
        let minute = packed.minute.unwrap_or(i32::MIN);
        let (outlet, length) = (packed.outlet, packed.length);
        let lens = lens.map(|n| n as u8);
        Some(self.enter(at, Row { key, minute, outlet, length, hot, cold, lens, live: true }))
    }

    /// Where lists of these lengths are to stand: where the row's are, if they have room there.
    fn place(&mut self, at: Option<usize>, lens: [usize; LISTS]) -> (u32, u32) {
        let (numbers, bytes) = need(lens);
        let old = at.map(|i| self.fixed[i]).filter(|r| {
            let (n, b) = need(r.lens());
            n >= numbers && b >= bytes
        });
        old.map_or_else(
            || (room(&mut self.hot, HOT, numbers), room(&mut self.cold, COLD, bytes)),
            |r| (r.hot, r.cold),
        )
    }

    /// The room for lists of these lengths at a place.
    fn room(&mut self, hot: u32, cold: u32, lens: [usize; LISTS]) -> Room<'_> {
        let (numbers, bytes) = need(lens);
        let to = &mut self.hot[hot as usize / HOT][hot as usize % HOT..][..numbers];
        let (terms, to) = to.split_at_mut(lens[0]);
        let (people, names) = to.split_at_mut(lens[3]);
        let bytes = &mut self.cold[cold as usize / COLD][cold as usize % COLD..][..bytes];
        Room { terms, people, names, bytes }
    }

    fn enter(&mut self, at: Option<usize>, row: Row) -> usize {
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

/// Where a row's lists are written.
struct Room<'r> {
    terms: &'r mut [u16],
    people: &'r mut [u16],
    names: &'r mut [u16],
    /// Low parts, title and shingles.
    bytes: &'r mut [u8],
}

/// Takes 32-bit numbers apart: the high and the low 16 bits of each.
fn apart(from: &[u8], high: &mut [u16], low: &mut [u8]) {
    let (from, _) = from.as_chunks::<4>();
    let (low, _) = low.as_chunks_mut::<2>();
    for ((from, high), low) in from.iter().zip(high).zip(low) {
        *low = [from[0], from[1]];
        *high = u16::from_le_bytes([from[2], from[3]]);
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
        let packed = sketch(91).to_bytes();
        rows.put_packed(Some(8), 8, &Packed::read(&packed).unwrap()).unwrap();
        assert_eq!(rows.sketch(rows.row(8)), sketch(91), "from its bytes");
        rows.clear(5);
        rows.clear(5);
        assert_eq!((rows.iter().count(), rows.live()), (199, 199));
    }
}
