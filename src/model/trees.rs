//! A sum of small decision trees over rows of numbers: the labeller's second pass.
//!
//! Gradient-boosted trees (Friedman 2001). The leaves' values are whole numbers, so a row's sum is the
//! same on every platform and in any order.
//!
//! The file, little-endian:
//!
//! | bytes | content |
//! |---|---|
//! | 4 | `QTHT` |
//! | 1, 1, 2 | version (1), columns, number of trees (u16) |
//! | 4, 4 | f32: the sum of no tree, the value of 1 in a leaf |
//! | per column | u8: number of its cuts, then each as f32, rising |
//! | per tree | its nodes, each before its left then its right branch: u8 column and u8 cut (left where the value is at most the cut), or 255 and the leaf's i16 |

use super::ModelError;
use super::weights::Reader;
use crate::order::Order;

pub(super) const MAGIC: [u8; 4] = *b"QTHT";
pub(super) const VERSION: u8 = 1;
/// Stands for the column of a leaf.
pub(super) const LEAF: u8 = 255;
/// Rows that are scored tree by tree.
const ROWS: usize = 32;
/// Trees between two looks at which rows are decided.
const STEP: usize = 10;
/// The part of the least and of the most that the trees left can add that is reckoned with: no row comes to the
/// ends of them all. With two fifths no answer on the 1,065 gold pages differs from that of all trees.
const LEFT: (i32, i32) = (2, 5);
/// With fewer trees than these their ends are reckoned with whole: a few may well be reached together.
const MANY: usize = 100;
/// Branches a tree may have one below another.
const MAX_DEPTH: u32 = 64;

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The highest value that goes left (to the next node); a leaf's value.
    cut: f32,
    /// How much further on it goes right.
    right: u16,
    column: u8,
}

/// A row with as many places as a column's number can name.
type Row = [f32; 256];

/// Trained trees.
#[derive(Clone, Debug)]
pub struct Trees {
    columns: usize,
    base: f32,
    unit: f32,
    nodes: Vec<Node>,
    roots: Vec<Root>,
}

#[derive(Clone, Copy, Debug)]
struct Root {
    node: u32,
    /// The least and the most that this tree and those after it are held to add; those that can add most come
    /// first.
    rest: [i32; 2],
}

impl Trees {
    /// Numbers in a row.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The log-odds of each row of [`Trees::columns`] numbers; `rows` holds them one after another.
    pub fn scores(&self, rows: &[f32]) -> Vec<f32> {
        let columns = self.columns.max(1);
        let mut sums = vec![0.0; rows.len() / columns];
        // Tree by tree over some rows, so that both stay in the nearest cache.
        let mut near = Vec::with_capacity(ROWS);
        for (rows, sums) in rows.chunks(columns * ROWS).zip(sums.chunks_mut(ROWS)) {
            widen(&mut near, rows, columns);
            for root in &self.roots {
                for (row, sum) in near.iter().zip(sums.iter_mut()) {
                    *sum += self.leaf(root.node as usize, row);
                }
            }
        }
        for sum in &mut sums {
            *sum = self.odds(*sum);
        }
        sums
    }

    fn odds(&self, sum: f32) -> f32 {
        self.base + sum * self.unit
    }

    /// For each row whether its log-odds are above 0, as [`Trees::scores`] has them: no tree is asked of a
    /// row once those left are not held to change the answer (`LEFT`).
    pub fn likely(&self, rows: &[f32]) -> Vec<bool> {
        let columns = self.columns.max(1);
        // The least sum that is likely: log-odds do not fall where sums rise.
        let (mut no, mut bar) = (i32::MIN / 2, i32::MAX / 2);
        while no + 1 < bar {
            let mid = i32::midpoint(no, bar);
            if self.odds(mid as f32) > 0.0 { bar = mid } else { no = mid }
        }
        let mut likely = vec![false; rows.len() / columns];
        let mut open: Vec<(u32, i32)> = Vec::with_capacity(ROWS);
        let mut near = Vec::with_capacity(ROWS);
        for (part, likely) in likely.chunks_mut(ROWS).enumerate() {
            widen(&mut near, &rows[part * ROWS * columns..][..likely.len() * columns], columns);
            open.clear();
            open.extend((0..likely.len() as u32).map(|row| (row, 0)));
            for roots in self.roots.chunks(STEP) {
                let [least, most] = roots[0].rest;
                open.retain(|&(row, sum)| {
                    likely[row as usize] = sum + least >= bar;
                    sum + least < bar && sum + most >= bar
                });
                for root in roots {
                    for (row, sum) in &mut open {
                        *sum += self.leaf(root.node as usize, &near[*row as usize]) as i32;
                    }
                }
            }
            for &(row, sum) in &open {
                likely[row as usize] = sum >= bar;
            }
        }
        likely
    }

    /// The leaf that a row comes to in one tree.
    #[inline]
    fn leaf(&self, root: usize, row: &Row) -> f32 {
        let mut at = root;
        loop {
            let node = &self.nodes[at];
            if node.column == LEAF {
                return node.cut;
            }
            // Rows beside one another mostly go the same way, so a branch is foretold.
            at += if row[usize::from(node.column)] <= node.cut { 1 } else { usize::from(node.right) };
        }
    }

    /// The log-odds of a row; 0 where it is shorter than [`Trees::columns`].
    #[cfg(feature = "train")]
    pub fn score(&self, row: &[f32]) -> f32 {
        self.scores(row).first().copied().unwrap_or(0.0)
    }

    /// Reads a file of trees.
    ///
    /// # Errors
    /// Where the bytes are no such file of this version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader(bytes);
        if reader.word().map_err(|_| ModelError::Unknown)? != MAGIC {
            return Err(ModelError::Unknown);
        }
        let [version, columns, low, high] = reader.word()?;
        if version != VERSION {
            return Err(ModelError::Unknown);
        }
        let base = f32::from_le_bytes(reader.word()?);
        let unit = f32::from_le_bytes(reader.word()?);
        if columns == LEAF || unit.is_nan() || unit < 0.0 {
            return Err(ModelError::Shape);
        }
        let mut cuts = Vec::with_capacity(usize::from(columns));
        for _ in 0..columns {
            let count = reader.take(1)?[0];
            let mut own = Vec::with_capacity(usize::from(count));
            for _ in 0..count {
                own.push(f32::from_le_bytes(reader.word()?));
            }
            cuts.push(own);
        }
        let mut trees =
            Self { columns: usize::from(columns), base, unit, nodes: Vec::new(), roots: Vec::new() };
        for _ in 0..u16::from_le_bytes([low, high]) {
            let node = trees.nodes.len();
            trees.branch(&mut reader, &cuts, 0)?;
            let leaves = trees.nodes[node..].iter().filter(|n| n.column == LEAF).map(|n| n.cut as i32);
            let rest = leaves.fold([i32::MAX, i32::MIN], |[least, most], v| [least.min(v), most.max(v)]);
            trees.roots.push(Root { node: node as u32, rest });
        }
        trees.roots.order_by_key(|root| root.rest[0] - root.rest[1]);
        let part = if trees.roots.len() < MANY { (1, 1) } else { LEFT };
        let mut after = [0, 0];
        for root in trees.roots.iter_mut().rev() {
            after = [after[0] + root.rest[0], after[1] + root.rest[1]];
            root.rest = after.map(|rest| rest * part.0 / part.1);
        }
        if reader.0.is_empty() { Ok(trees) } else { Err(ModelError::Broken) }
    }

    fn branch(&mut self, reader: &mut Reader, cuts: &[Vec<f32>], depth: u32) -> Result<(), ModelError> {
        let column = reader.take(1)?[0];
        if column == LEAF {
            let value = reader.take(2)?;
            let value = i16::from_le_bytes([value[0], value[1]]);
            self.nodes.push(Node { cut: f32::from(value), right: 0, column });
            return Ok(());
        }
        let cut = usize::from(reader.take(1)?[0]);
        let cut = *cuts.get(usize::from(column)).and_then(|own| own.get(cut)).ok_or(ModelError::Broken)?;
        if depth == MAX_DEPTH {
            return Err(ModelError::Shape);
        }
        let here = self.nodes.len();
        self.nodes.push(Node { cut, right: 0, column });
        self.branch(reader, cuts, depth + 1)?;
        self.nodes[here].right = u16::try_from(self.nodes.len() - here).map_err(|_| ModelError::Shape)?;
        self.branch(reader, cuts, depth + 1)
    }
}

/// Rows of `columns` numbers each in a row of its own.
fn widen(near: &mut Vec<Row>, rows: &[f32], columns: usize) {
    near.clear();
    near.extend(rows.chunks_exact(columns).map(|row| {
        let mut wide = [0.0; 256];
        wide[..columns].copy_from_slice(row);
        wide
    }));
}
