//! The trainer of [`super::trees`]: gradient boosting on the log-loss, over values cut into steps, bit for
//! bit repeatable. Trees grow by their best leaf (as in `LightGBM`, Ke et al. 2017).

use super::train::next;
use super::trees::{LEAF, MAGIC, VERSION};

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// Trees.
    pub trees: usize,
    /// Leaves of a tree at most.
    pub leaves: usize,
    /// Share of a leaf's step that is taken.
    pub rate: f64,
    /// Rows that a leaf holds at least.
    pub least: u32,
    /// Shrinks leaves.
    pub l2: f64,
    /// Share of columns that a tree may use.
    pub columns: f64,
    /// Share of rows that a tree sees.
    pub rows: f64,
    /// Draws columns and rows.
    pub seed: u64,
}

impl Default for Growth {
    fn default() -> Self {
        Self { trees: 150, leaves: 31, rate: 0.06, least: 40, l2: 5.0, columns: 0.4, rows: 0.7, seed: 1 }
    }
}

/// Most steps of a column.
const STEPS: usize = 64;

/// Sums over the rows of one step of a column.
#[derive(Clone, Copy, Default)]
struct Sum {
    gradient: f64,
    curve: f64,
    rows: u32,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.gradient += other.gradient;
        self.curve += other.curve;
        self.rows += other.rows;
    }

    fn less(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            curve: self.curve - other.curve,
            rows: self.rows - other.rows,
        }
    }

    fn gain(self, l2: f64) -> f64 {
        self.gradient * self.gradient / (self.curve + l2)
    }
}

/// A node in growth; a leaf where it has no split.
struct Bud {
    rows: Vec<u32>,
    sums: Vec<Sum>,
    all: Sum,
    /// Gain, index into the tree's columns, cut.
    best: Option<(f64, usize, u8)>,
    split: Option<(u8, u8, usize, usize)>,
}

/// A node of a grown tree: column, cut, left, right; [`LEAF`] and the leaf's value at the end.
type Grown = (u8, u8, usize, usize, f64);

/// Values cut into steps, column after column.
struct Table {
    cuts: Vec<Vec<f32>>,
    steps: Vec<u8>,
    rows: usize,
}

impl Table {
    fn new(rows: &[f32], wide: usize) -> Self {
        let count = rows.len() / wide;
        let mut table = Self { cuts: Vec::new(), steps: vec![0; count * wide], rows: count };
        for column in 0..wide {
            let mut values: Vec<f32> = (0..count).step_by(3).map(|r| rows[r * wide + column]).collect();
            values.sort_unstable_by(f32::total_cmp);
            let mut own: Vec<f32> = Vec::new();
            let mut distinct = values.clone();
            distinct.dedup();
            if distinct.len() <= STEPS {
                own.extend(distinct.windows(2).map(|w| w[0] + (w[1] - w[0]) * 0.5));
            } else {
                for n in 1..STEPS {
                    let at = n * values.len() / STEPS;
                    // Between two values, so that a hair's difference of a sum does not matter.
                    let above = values[at..].iter().copied().find(|&v| v > values[at]);
                    let cut = above.map_or(values[at], |above| values[at] + (above - values[at]) * 0.5);
                    if own.last().is_none_or(|&last| cut > last) {
                        own.push(cut);
                    }
                }
            }
            let steps = &mut table.steps[column * count..][..count];
            for (r, step) in steps.iter_mut().enumerate() {
                let value = rows[r * wide + column];
                *step = own.partition_point(|&cut| cut < value) as u8;
            }
            table.cuts.push(own);
        }
        table
    }

    fn column(&self, column: usize) -> &[u8] {
        &self.steps[column * self.rows..][..self.rows]
    }
}

fn sums(table: &Table, columns: &[usize], rows: &[u32], slopes: &[[f32; 2]]) -> Vec<Sum> {
    let own: Vec<[f32; 2]> = rows.iter().map(|&r| slopes[r as usize]).collect();
    let mut out = vec![Sum::default(); columns.len() * STEPS];
    for (&column, sums) in columns.iter().zip(out.chunks_exact_mut(STEPS)) {
        let steps = table.column(column);
        for (&r, slope) in rows.iter().zip(&own) {
            let sum = &mut sums[usize::from(steps[r as usize])];
            sum.gradient += f64::from(slope[0]);
            sum.curve += f64::from(slope[1]);
            sum.rows += 1;
        }
    }
    out
}

fn bud(rows: Vec<u32>, sums: Vec<Sum>, growth: &Growth) -> Bud {
    let mut all = Sum::default();
    for &sum in &sums[..STEPS] {
        all.add(sum);
    }
    let mut best: Option<(f64, usize, u8)> = None;
    for (column, steps) in sums.chunks_exact(STEPS).enumerate() {
        let mut left = Sum::default();
        for (cut, &step) in steps[..STEPS - 1].iter().enumerate() {
            left.add(step);
            let right = all.less(left);
            if step.rows == 0 || left.rows < growth.least {
                continue;
            }
            if right.rows < growth.least {
                break;
            }
            let gain = left.gain(growth.l2) + right.gain(growth.l2) - all.gain(growth.l2);
            if gain > best.map_or(1e-6, |b| b.0) {
                best = Some((gain, column, cut as u8));
            }
        }
    }
    Bud { rows, sums, all, best, split: None }
}

fn grow_one(
    table: &Table,
    columns: &[usize],
    rows: Vec<u32>,
    slopes: &[[f32; 2]],
    growth: &Growth,
) -> Vec<Bud> {
    let first = sums(table, columns, &rows, slopes);
    let mut buds = vec![bud(rows, first, growth)];
    for _ in 1..growth.leaves {
        let pick = (0..buds.len())
            .filter(|&b| buds[b].split.is_none())
            .filter_map(|b| buds[b].best.map(|best| (best, b)))
            .reduce(|a, b| if b.0.0 > a.0.0 { b } else { a });
        let Some(((_, column, cut), at)) = pick else { break };
        let steps = table.column(columns[column]);
        let (left, right): (Vec<u32>, Vec<u32>) =
            std::mem::take(&mut buds[at].rows).into_iter().partition(|&r| steps[r as usize] <= cut);
        let whole = std::mem::take(&mut buds[at].sums);
        let small = sums(table, columns, if left.len() < right.len() { &left } else { &right }, slopes);
        let large: Vec<Sum> = whole.iter().zip(&small).map(|(w, s)| w.less(*s)).collect();
        let (a, b) = if left.len() < right.len() { (small, large) } else { (large, small) };
        buds[at].split = Some((columns[column] as u8, cut, buds.len(), buds.len() + 1));
        buds.push(bud(left, a, growth));
        buds.push(bud(right, b, growth));
    }
    buds
}

/// Grows trees that tell the rows whose `gold` is 1, and gives back their file. Rows are `wide` numbers
/// each, at most 254; `weights` are one a row.
pub fn grow(rows: &[f32], wide: usize, gold: &[u8], weights: &[f32], growth: &Growth) -> Vec<u8> {
    let table = Table::new(rows, wide);
    let count = table.rows;
    let (mut yes, mut all) = (1e-3, 2e-3);
    for (&g, &w) in gold.iter().zip(weights) {
        yes += f64::from(w) * f64::from(g);
        all += f64::from(w);
    }
    let base = (yes / (all - yes)).ln();
    let mut scores = vec![base; count];
    let mut slopes = vec![[0f32; 2]; count];
    let mut state = growth.seed;
    let chance = |state: &mut u64| (next(state) >> 11) as f64 / (1u64 << 53) as f64;
    let mut forest: Vec<Vec<Grown>> = Vec::new();
    for _ in 0..growth.trees {
        for r in 0..count {
            let p = 1.0 / (1.0 + (-scores[r]).exp());
            let w = f64::from(weights[r]);
            slopes[r] = [(w * (p - f64::from(gold[r]))) as f32, (w * p * (1.0 - p)) as f32];
        }
        let mut columns: Vec<usize> = (0..wide).filter(|_| chance(&mut state) < growth.columns).collect();
        if columns.is_empty() {
            columns.push(0);
        }
        let seen: Vec<u32> = (0..count as u32).filter(|_| chance(&mut state) < growth.rows).collect();
        let tree: Vec<_> = grow_one(&table, &columns, seen, &slopes, growth)
            .iter()
            .map(|bud| match bud.split {
                Some((column, cut, left, right)) => (column, cut, left, right, 0.0),
                None => (LEAF, 0, 0, 0, -bud.all.gradient / (bud.all.curve + growth.l2) * growth.rate),
            })
            .collect();
        for (r, score) in scores.iter_mut().enumerate() {
            let mut at = 0;
            while tree[at].0 != LEAF {
                let left = table.column(usize::from(tree[at].0))[r] <= tree[at].1;
                at = if left { tree[at].2 } else { tree[at].3 };
            }
            *score += tree[at].4;
        }
        forest.push(tree);
    }
    let highest = forest.iter().flatten().fold(1e-6f64, |high, node| high.max(node.4.abs()));
    let unit = highest / f64::from(i16::MAX);
    let mut bytes = MAGIC.to_vec();
    bytes.extend([VERSION, wide as u8]);
    bytes.extend((forest.len() as u16).to_le_bytes());
    bytes.extend((base as f32).to_le_bytes());
    bytes.extend((unit as f32).to_le_bytes());
    for cuts in &table.cuts {
        bytes.push(cuts.len() as u8);
        bytes.extend(cuts.iter().flat_map(|cut| cut.to_le_bytes()));
    }
    for tree in &forest {
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            let (column, cut, left, right, value) = tree[at];
            bytes.push(column);
            if column == LEAF {
                bytes.extend(((value / unit).round() as i16).to_le_bytes());
            } else {
                bytes.push(cut);
                open.extend([right, left]);
            }
        }
    }
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::super::{ModelError, Trees};
    use super::*;

    /// Rows of which those are right whose first number is over 5 while the second is not over 0.5.
    fn rows() -> (Vec<f32>, Vec<u8>) {
        let (mut rows, mut gold, mut state) = (Vec::new(), Vec::new(), 5);
        for _ in 0..4000 {
            let [a, b, c] = [10, 2, 100].map(|n| (next(&mut state) % n) as f32);
            rows.extend([a, b, c]);
            gold.push(u8::from(a > 5.0 && b < 0.5));
        }
        (rows, gold)
    }

    fn file() -> Vec<u8> {
        let (rows, gold) = rows();
        let growth = Growth { trees: 30, leaves: 4, columns: 0.9, ..Growth::default() };
        grow(&rows, 3, &gold, &vec![1.0; gold.len()], &growth)
    }

    #[test]
    fn learns_what_two_columns_say_together_and_repeats_itself() {
        assert_eq!(file(), file());
        let trees = Trees::from_bytes(&file()).unwrap();
        let (rows, gold) = rows();
        assert_eq!(trees.columns(), 3);
        for (row, gold) in rows.chunks_exact(3).zip(gold) {
            assert_eq!(trees.score(row) > 0.0, gold == 1, "{row:?}");
        }
    }

    #[test]
    fn what_is_likely_is_told_as_the_scores_have_it() {
        let trees = Trees::from_bytes(&file()).unwrap();
        let (rows, _) = rows();
        let above: Vec<bool> = trees.scores(&rows).iter().map(|&odds| odds > 0.0).collect();
        assert_eq!(trees.likely(&rows), above);
        assert!(above.contains(&true) && above.contains(&false));
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = file();
        assert_eq!(Trees::from_bytes(b"QTHM").err(), Some(ModelError::Unknown));
        for cut in 0..bytes.len() {
            assert!(Trees::from_bytes(&bytes[..cut]).is_err());
        }
        let mut long = bytes.clone();
        long.push(0);
        assert_eq!(Trees::from_bytes(&long).err(), Some(ModelError::Broken));
    }
}
