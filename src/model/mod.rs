//! The one learned scorer: a hashed linear sequence model with 8-bit weights.
//!
//! A first-order linear-chain CRF (Lafferty et al. 2001) over hashed binary features (Weinberger et al.
//! 2009). Three stages use it: which blocks are the article and which tokens are names ([`Model::decode`],
//! [`Model::marginals`]), and which candidate is the speaker ([`Model::rank`], one label). Sums are made in
//! whole numbers, so a best path is the same on every platform.

#[cfg(feature = "train")]
pub mod boost;
mod chain;
mod features;
#[cfg(feature = "train")]
mod ftrl;
#[cfg(feature = "train")]
pub mod train;
mod trees;
mod weights;

use chain::{Lattice, Steps};

pub use chain::{Edges, Marginals};
pub use features::{Feature, Features, Sink, TextHash, hash_text, hash_texts};
pub use trees::Trees;
pub use weights::ModelError;

/// Features whose weights are looked up at a time.
const ROWS: usize = 64;

/// A trained scorer.
#[derive(Clone, Debug)]
pub struct Model {
    labels: usize,
    /// The first of two labels has no weights: its score is 0 before transitions.
    bare: bool,
    /// Buckets less one; a feature's bucket is its hash's low bits.
    mask: u32,
    /// The weight of level 1.
    unit: f32,
    /// A bit for each bucket that has a weight; none where the first label is bare: that table is small and full.
    filled: Vec<u64>,
    /// `before[i]`: filled buckets before `filled[i]`.
    before: Vec<u32>,
    /// The levels in the file: a label each of the filled buckets, or one for each bucket where the first of two
    /// labels is bare; a weight is a level's signed square.
    weights: Vec<i8>,
    /// `transitions[from * labels + to]`.
    transitions: Vec<f32>,
    starts: Vec<f32>,
    ends: Vec<f32>,
}

impl Model {
    /// Number of labels.
    pub const fn labels(&self) -> usize {
        self.labels
    }

    /// The score of every label at every item, without transitions: `[item * labels + label]`.
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        // A known number of labels lets the compiler unroll the sums; the names' scorer has nine.
        match self.labels {
            1 => self.scores_of::<1>(features),
            2 if self.bare => self.scores_of_one(features),
            9 => self.scores_of::<9>(features),
            _ => (0..features.len())
                .flat_map(|at| self.sums(features.item(at), vec![0i32; self.labels]))
                .collect(),
        }
    }

    fn scores_of<const N: usize>(&self, features: &Features) -> Vec<f32> {
        let mut scores = Vec::with_capacity(features.len() * N);
        for at in 0..features.len() {
            scores.extend(self.sums(features.item(at), [0i32; N]));
        }
        scores
    }

    /// As [`Model::scores`] for a scorer with two labels, the first without weights.
    fn scores_of_one(&self, features: &Features) -> Vec<f32> {
        let mut scores = Vec::with_capacity(features.len() * 2);
        for at in 0..features.len() {
            let hashes = features.item(at).iter();
            let sum: i32 = hashes.map(|hash| square(self.weights[(hash & self.mask) as usize])).sum();
            scores.extend([0.0, sum as f32 * self.unit]);
        }
        scores
    }

    /// Scores features as they come, without keeping them: for a scorer with two labels, the first without
    /// weights; none for others.
    pub fn summing(&self) -> Option<Summing<'_>> {
        (self.labels == 2 && self.bare).then(|| Summing { model: self, sum: 0, scores: Vec::new() })
    }

    /// The sums of one item's weights, a label each.
    #[inline]
    fn sums<S: AsMut<[i32]> + IntoIterator<Item = i32>>(
        &self,
        hashes: &[u32],
        mut sums: S,
    ) -> impl Iterator<Item = f32> {
        // Most features have no weight at all, and which ones no processor foretells: those that have one are
        // gathered without a branch.
        let mut rows = [0u32; ROWS];
        for hashes in hashes.chunks(ROWS) {
            let mut count = 0;
            for hash in hashes {
                let bucket = (hash & self.mask) as usize;
                let (filled, bit) = (self.filled[bucket / 64], 1u64 << (bucket % 64));
                rows[count % ROWS] = self.before[bucket / 64] + (filled & (bit - 1)).count_ones();
                count += usize::from(filled & bit != 0);
            }
            let sums = sums.as_mut();
            for row in rows.iter().take(count) {
                let row = *row as usize * sums.len();
                let weights = &self.weights[row..row + sums.len()];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += square(*weight);
                }
            }
        }
        let unit = self.unit;
        sums.into_iter().map(move |sum| sum as f32 * unit)
    }

    /// The best label of every item (Viterbi).
    pub fn decode(&self, features: &Features) -> Vec<u8> {
        self.decode_scores(&self.scores(features))
    }

    /// The best label of every item, from scores made by [`Model::scores`] and perhaps changed since.
    /// Forbidden transitions (as trained) are never taken unless there is no other way.
    pub fn decode_scores(&self, scores: &[f32]) -> Vec<u8> {
        self.decode_between(scores, Edges::default())
    }

    /// As [`Model::decode_scores`] of a part of a sequence.
    pub fn decode_between(&self, scores: &[f32], edges: Edges) -> Vec<u8> {
        match self.labels {
            9 => self.decode_by(9, scores, edges),
            n => self.decode_by(n, scores, edges),
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "a known number of labels lets the compiler unroll the loop over them"
    )]
    #[inline(always)]
    fn decode_by(&self, n: usize, scores: &[f32], edges: Edges) -> Vec<u8> {
        let items = scores.len() / n;
        if items == 0 {
            return Vec::new();
        }
        let row = |label: u8| &self.transitions[usize::from(label) * n..][..n];
        let starts = edges.before.map_or(&self.starts[..n], row);
        let mut best: Vec<f32> = scores[..n].iter().zip(starts).map(|(score, start)| score + start).collect();
        let mut next = vec![0f32; n];
        let mut from = vec![0u32; items * n];
        for at in 1..items {
            let (row, from) = (&scores[at * n..][..n], &mut from[at * n..][..n]);
            next.fill(f32::NEG_INFINITY);
            from.fill(0);
            for (before, (value, steps)) in best.iter().zip(self.transitions.chunks_exact(n)).enumerate() {
                for ((high, arg), step) in next.iter_mut().zip(from.iter_mut()).zip(steps) {
                    let value = value + step;
                    if value > *high {
                        (*high, *arg) = (value, before as u32);
                    }
                }
            }
            for (value, score) in next.iter_mut().zip(row) {
                *value += score;
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut label = 0;
        let mut high = f32::NEG_INFINITY;
        for (at, value) in best.iter().enumerate() {
            let end =
                edges.after.map_or(self.ends[at], |after| self.transitions[at * n + usize::from(after)]);
            if value + end > high {
                (high, label) = (value + end, at);
            }
        }
        let mut path = vec![0u8; items];
        for at in (0..items).rev() {
            path[at] = label as u8;
            label = from[at * n + label] as usize;
        }
        path
    }

    /// How likely each label is at each item (forward–backward): `[item * labels + label]`, each item's
    /// sum is 1.
    pub fn marginals(&self, features: &Features) -> Vec<f32> {
        self.marginals_scores(&self.scores(features))
    }

    /// As [`Model::marginals`], from scores made by [`Model::scores`].
    pub fn marginals_scores(&self, scores: &[f32]) -> Vec<f32> {
        let mut marginals = self.to_marginals();
        marginals.of(scores);
        marginals.lattice.marginals
    }

    /// Tells how likely labels are in one sequence after another, with what they share made once.
    pub fn to_marginals(&self) -> Marginals {
        let steps = Steps::new(self.labels, &self.transitions, &self.starts, &self.ends);
        Marginals { steps, lattice: Lattice::default() }
    }

    /// The score of each candidate, for a scorer with one label.
    pub fn score(&self, features: &Features) -> Vec<f32> {
        self.scores(features).into_iter().step_by(self.labels).collect()
    }

    /// How likely each candidate is the one (softmax over [`Model::score`]).
    pub fn rank(&self, features: &Features) -> Vec<f32> {
        let mut scores = self.score(features);
        softmax(&mut scores);
        scores
    }
}

/// The scores of items whose features are not kept.
#[derive(Debug)]
pub struct Summing<'m> {
    model: &'m Model,
    sum: i32,
    scores: Vec<f32>,
}

impl Summing<'_> {
    /// As [`Model::scores`] has them.
    pub fn scores(self) -> Vec<f32> {
        self.scores
    }
}

impl Sink for Summing<'_> {
    const SUMS: bool = true;

    #[inline]
    fn push(&mut self, feature: Feature) {
        self.sum += self.weight(feature);
    }

    #[inline]
    fn weight(&self, feature: Feature) -> i32 {
        square(self.model.weights[(feature.finish() & self.model.mask) as usize])
    }

    #[inline]
    fn add(&mut self, sum: i32) {
        self.sum += sum;
    }

    #[inline]
    fn end_item(&mut self) {
        self.scores.extend([0.0, std::mem::take(&mut self.sum) as f32 * self.model.unit]);
    }
}

/// The weight of a level, in units.
#[inline]
fn square(level: i8) -> i32 {
    i32::from(level) * i32::from(level.unsigned_abs())
}

/// Turns scores into likelihoods in place.
pub fn softmax(scores: &mut [f32]) {
    let high = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - high).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}
