//! The sketches of all visits in memory: fixed rows and one store of numbers in blocks, made to be scanned.

use super::sketch::Sketch;

/// Numbers a block of the store holds; a row's lists never cross its end.
const BLOCK: usize = 1 << 16;

/// The fixed part of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) key: u64,
    /// Minutes since 1970-01-01 UTC, `i32::MIN` where unknown.
    pub(super) minute: i32,
    pub(super) outlet: u32,
    /// Length of the term vector under the background's weights.
    pub(super) norm: f32,
    /// Where the lists begin: block and place in it.
    start: u32,
    lens: [u8; 4],
    /// Deleted rows stay, empty.
    pub(super) live: bool,
}

/// A row's lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists<'r> {
    pub(super) terms: &'r [u32],
    pub(super) title: &'r [u32],
    pub(super) shingles: &'r [u32],
    pub(super) people: &'r [u32],
}

/// All rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    blocks: Vec<Vec<u32>>,
}

impl Rows {
    pub(super) fn row(&self, i: usize) -> &Row {
        &self.rows[i]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, r)| r.live)
    }

    pub(super) fn lists(&self, row: &Row) -> Lists<'_> {
        let [a, b, c, d] = row.lens.map(usize::from);
        let block = &self.blocks[row.start as usize / BLOCK];
        let all = &block[row.start as usize % BLOCK..][..a + b + c + d];
        let (terms, rest) = all.split_at(a);
        let (title, rest) = rest.split_at(b);
        let (shingles, people) = rest.split_at(c);
        Lists { terms, title, shingles, people }
    }

    /// Writes a sketch to row `at`, or to a new row.
    pub(super) fn put(&mut self, at: Option<usize>, key: u64, sketch: &Sketch, norm: f32) -> usize {
        let lists = sketch.lists().map(|l| &l[..l.len().min(255)]);
        let lens = lists.map(|l| l.len() as u8);
        let need: usize = lists.iter().map(|l| l.len()).sum();
        let old = at
            .map(|i| &self.rows[i])
            .filter(|r| r.lens.iter().map(|&n| usize::from(n)).sum::<usize>() >= need);
        let start = if let Some(old) = old {
            let (block, mut place) = (old.start as usize / BLOCK, old.start as usize % BLOCK);
            for list in lists {
                self.blocks[block][place..place + list.len()].copy_from_slice(list);
                place += list.len();
            }
            old.start
        } else {
            if self.blocks.last().is_none_or(|b| b.len() + need > BLOCK) {
                self.blocks.push(Vec::with_capacity(BLOCK));
            }
            let n = self.blocks.len() - 1;
            let block = &mut self.blocks[n];
            let start = n * BLOCK + block.len();
            for l in &lists {
                block.extend_from_slice(l);
            }
            start as u32
        };
        let minute = sketch.minute.unwrap_or(i32::MIN);
        let row = Row { key, minute, outlet: sketch.outlet, norm, start, lens, live: true };
        if let Some(i) = at {
            self.rows[i] = row;
            i
        } else {
            self.rows.push(row);
            self.rows.len() - 1
        }
    }

    /// Empties a row.
    pub(super) fn clear(&mut self, at: usize) {
        self.rows[at].live = false;
        self.rows[at].lens = [0; 4];
    }

    /// The sketch of a row as it was put in; that its date was the article's own is not kept in memory.
    pub(super) fn sketch(&self, row: &Row) -> Sketch {
        let l = self.lists(row);
        Sketch {
            minute: (row.minute != i32::MIN).then_some(row.minute),
            dated: false,
            outlet: row.outlet,
            terms: l.terms.to_vec(),
            title: l.title.to_vec(),
            shingles: l.shingles.to_vec(),
            people: l.people.to_vec(),
        }
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        self.rows.capacity() * size_of::<Row>() + self.blocks.iter().map(|b| b.capacity() * 4).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(n: u32) -> Sketch {
        Sketch { minute: Some(n as i32), terms: (0..n).collect(), people: vec![n], ..Sketch::default() }
    }

    #[test]
    fn rows_come_back_and_are_replaced() {
        let mut rows = Rows::default();
        for n in 0..200 {
            rows.put(None, u64::from(n), &sketch(n), 1.0);
        }
        rows.put(Some(7), 7, &sketch(90), 1.0);
        rows.put(Some(90), 90, &sketch(3), 1.0);
        assert_eq!(rows.sketch(rows.row(7)), sketch(90));
        assert_eq!(rows.sketch(rows.row(90)), sketch(3));
        assert_eq!(rows.sketch(rows.row(91)), sketch(91));
        rows.clear(5);
        assert_eq!(rows.iter().count(), 199);
    }
}
