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

pub(super) const MAGIC: [u8; 4] = *b"QTHT";
pub(super) const VERSION: u8 = 1;
/// Stands for the column of a leaf.
pub(super) const LEAF: u8 = 255;
/// Rows that are scored tree by tree.
const ROWS: usize = 32;
/// Branches a tree may have one below another.
const MAX_DEPTH: u32 = 64;

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The highest value that goes left (to the next node); a leaf's value.
    cut: f32,
    /// Where it goes right.
    right: u32,
    column: u8,
}

/// Trained trees.
#[derive(Clone, Debug)]
pub struct Trees {
    columns: usize,
    base: f32,
    unit: f32,
    nodes: Vec<Node>,
    roots: Vec<u32>,
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
        for (rows, sums) in rows.chunks(columns * ROWS).zip(sums.chunks_mut(ROWS)) {
            for &root in &self.roots {
                for (row, sum) in rows.chunks_exact(columns).zip(sums.iter_mut()) {
                    *sum += self.leaf(root as usize, row);
                }
            }
        }
        for sum in &mut sums {
            *sum = self.base + *sum * self.unit;
        }
        sums
    }

    /// The leaf that a row comes to in one tree.
    #[inline]
    fn leaf(&self, root: usize, row: &[f32]) -> f32 {
        let mut at = root;
        loop {
            let node = &self.nodes[at];
            if node.column == LEAF {
                return node.cut;
            }
            at = if row[usize::from(node.column)] <= node.cut { at + 1 } else { node.right as usize };
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
        if columns == LEAF {
            return Err(ModelError::Shape);
        }
        let base = f32::from_le_bytes(reader.word()?);
        let unit = f32::from_le_bytes(reader.word()?);
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
            trees.roots.push(trees.nodes.len() as u32);
            trees.branch(&mut reader, &cuts, 0)?;
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
        self.nodes[here].right = self.nodes.len() as u32;
        self.branch(reader, cuts, depth + 1)
    }
}
