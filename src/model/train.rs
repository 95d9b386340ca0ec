//! The trainer: FTRL-proximal over the CRF's log-likelihood, bit for bit repeatable.
//!
//! FTRL-proximal (`McMahan` et al. 2013) keeps most weights at exactly zero, which is what makes the files
//! small. Examples are taken in an order drawn from the seed; one thread; no clock.

use super::features::Features;
use super::ftrl::Table;
use super::weights::to_bytes;
use super::{Edges, Lattice, Model, ModelError, Steps, softmax};
use std::collections::HashMap;

/// What is right for a sequence.
#[derive(Clone, Debug)]
pub enum Gold {
    /// The label of every item.
    Labels(Vec<u8>),
    /// The labels that may be right at every item, a bit each: for data that does not tell some apart.
    /// Of a part of a sequence, with the labels that are known around it.
    Masks(Vec<u32>, Edges),
    /// The one item that is right (a ranking, one label).
    Choice(usize),
    /// The items any of which is right; the first counts twice.
    Choices(Vec<usize>),
}

/// A sequence and what is right for it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The items.
    pub features: Features,
    /// What is right.
    pub gold: Gold,
    /// How much it counts; 1 for most.
    pub weight: f32,
}

/// How to train.
#[derive(Clone, Debug)]
pub struct Options {
    /// Labels; 1 for a ranking.
    pub labels: usize,
    /// The first label has no weights: where there are two, its weights would mirror the other's.
    pub bare: bool,
    /// The table has 2^bits buckets.
    pub bits: u8,
    /// Weights whose level in the file (1 to 127) is lower are left out: averaging leaves many that say nothing.
    pub least_level: u8,
    /// Levels are multiples of this: coarser weights make a file that packs smaller.
    pub level_step: u8,
    /// Passes over the examples.
    pub epochs: u32,
    /// The weights are the mean of those behind each of the last so many passes: steadier than the last alone.
    pub averaged: u32,
    /// First learning rate.
    pub alpha: f32,
    /// Slows the first steps.
    pub beta: f32,
    /// Weights whose gradients sum to less than this stay zero.
    pub l1: f32,
    /// Shrinks weights.
    pub l2: f32,
    /// Features seen fewer times than this in the examples are left out.
    pub min_count: u32,
    /// Draws the order of examples.
    pub seed: u64,
    /// `allowed(from, to)`: which label may follow which; `None` as `from` is the start.
    pub allowed: fn(Option<u8>, u8) -> bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            labels: 1,
            bare: false,
            bits: 18,
            epochs: 8,
            averaged: 1,
            least_level: 1,
            level_step: 1,
            alpha: 0.1,
            beta: 1.0,
            l1: 0.3,
            l2: 0.0,
            min_count: 1,
            seed: 1,
            allowed: |_, _| true,
        }
    }
}

/// Gradients smaller than this are not worth a visit to the table.
const FLAT: f32 = 1e-3;

/// The next of a fixed sequence of numbers (splitmix64).
pub(crate) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A scorer in training.
struct Trainer<'o> {
    options: &'o Options,
    mask: u32,
    weights: Table,
    /// Transitions, then starts.
    steps: Table,
    forbidden: Vec<bool>,
    free: Lattice,
    held: Lattice,
    pairs: Vec<f32>,
    held_pairs: Vec<f32>,
}

impl<'o> Trainer<'o> {
    fn new(options: &'o Options) -> Self {
        let n = options.labels;
        let mut forbidden = Vec::with_capacity(n * (n + 1));
        for from in (0..n).map(|l| Some(l as u8)).chain([None]) {
            forbidden.extend((0..n).map(|to| !(options.allowed)(from, to as u8)));
        }
        Self {
            options,
            mask: (1u32 << options.bits) - 1,
            weights: Table::new((n - usize::from(options.bare)) << options.bits, options, options.l1),
            steps: Table::new(n * (n + 1), options, 0.0),
            forbidden,
            free: Lattice::default(),
            held: Lattice::default(),
            pairs: vec![0.0; n * n],
            held_pairs: vec![0.0; n * n],
        }
    }

    /// Transitions, starts and ends as the file has them.
    fn steps(&self) -> Vec<f32> {
        let n = self.options.labels;
        let value = |at: usize| if self.forbidden[at] { f32::NEG_INFINITY } else { self.steps.weight[at] };
        (0..n * (n + 1)).map(value).chain(std::iter::repeat_n(0.0, n)).collect()
    }

    fn scores(&self, features: &Features) -> Vec<f32> {
        let (n, bare) = (self.options.labels, usize::from(self.options.bare));
        let mut scores = vec![0f32; features.len() * n];
        for (at, sums) in scores.chunks_exact_mut(n).enumerate() {
            for hash in features.item(at) {
                let row = (hash & self.mask) as usize * (n - bare);
                for (sum, weight) in sums[bare..].iter_mut().zip(&self.weights.weight[row..row + n - bare]) {
                    *sum += weight;
                }
            }
        }
        scores
    }

    /// Moves the weights of one item's features.
    fn move_item(&mut self, hashes: &[u32], gradients: &[f32]) {
        let bare = usize::from(self.options.bare);
        let columns = self.options.labels - bare;
        for (column, &gradient) in gradients[bare..].iter().enumerate() {
            if gradient.abs() > FLAT {
                for hash in hashes {
                    self.weights.update((hash & self.mask) as usize * columns + column, gradient);
                }
            }
        }
    }

    fn learn(&mut self, example: &Example) {
        let scores = self.scores(&example.features);
        if scores.is_empty() {
            return;
        }
        match &example.gold {
            Gold::Choice(right) => self.learn_choice(example, &[*right], scores),
            Gold::Choices(right) => self.learn_choice(example, right, scores),
            Gold::Labels(labels) => {
                let masks: Vec<u32> = labels.iter().map(|&l| 1 << l).collect();
                self.learn_sequence(example, &scores, &masks, Edges::default());
            }
            Gold::Masks(masks, edges) => self.learn_sequence(example, &scores, masks, *edges),
        }
    }

    fn learn_choice(&mut self, example: &Example, right: &[usize], mut scores: Vec<f32>) {
        softmax(&mut scores);
        // Each right item is asked for as much as the scorer already leans to it among them.
        let lean = |at: usize| match right.iter().position(|&r| r == at) {
            Some(0) => scores[at].max(1e-9) * 2.0,
            Some(_) => scores[at].max(1e-9),
            None => 0.0,
        };
        let all: f32 = right.iter().filter(|&&r| r < scores.len()).map(|&r| lean(r)).sum();
        let gradients: Vec<f32> =
            (0..scores.len()).map(|at| (scores[at] - lean(at) / all.max(1e-9)) * example.weight).collect();
        for (at, &gradient) in gradients.iter().enumerate() {
            self.move_item(example.features.item(at), &[gradient]);
        }
    }

    fn learn_sequence(&mut self, example: &Example, scores: &[f32], masks: &[u32], edges: Edges) {
        let n = self.options.labels;
        let all = self.steps();
        let steps = Steps::new(n, &all[..n * n], &all[n * n..n * (n + 1)], &all[n * (n + 1)..]);
        let mut free = std::mem::take(&mut self.free);
        let mut held = std::mem::take(&mut self.held);
        free.run(&steps, scores, edges, None);
        held.run(&steps, scores, edges, Some(masks));
        let mut gradients = vec![0f32; n];
        let mut step_gradients = vec![0f32; n * (n + 1)];
        for at in 0..masks.len() {
            for (label, gradient) in gradients.iter_mut().enumerate() {
                let here = at * n + label;
                *gradient = (free.marginals[here] - held.marginals[here]) * example.weight;
                if at == 0 {
                    // Starts stand behind the transitions.
                    let row = edges.before.map_or(n, usize::from);
                    step_gradients[row * n + label] += *gradient;
                }
                if let Some(after) = edges.after.filter(|_| at + 1 == masks.len()) {
                    step_gradients[label * n + usize::from(after)] += *gradient;
                }
            }
            self.move_item(example.features.item(at), &gradients);
            if at > 0 {
                free.pairs(&steps, at, &mut self.pairs);
                held.pairs(&steps, at, &mut self.held_pairs);
                for (sum, (free, held)) in
                    step_gradients.iter_mut().zip(self.pairs.iter().zip(&self.held_pairs))
                {
                    *sum += (free - held) * example.weight;
                }
            }
        }
        for (at, gradient) in step_gradients.into_iter().enumerate() {
            if gradient != 0.0 {
                self.steps.update(at, gradient);
            }
        }
        (self.free, self.held) = (free, held);
    }
}

/// Trains a scorer and gives back its weights file. The same examples and options give the same bytes.
pub fn train(mut examples: Vec<Example>, options: &Options) -> Vec<u8> {
    if options.min_count > 1 {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for hash in examples.iter().flat_map(|e| e.features.hashes()) {
            *counts.entry(*hash).or_default() += 1;
        }
        for example in &mut examples {
            example.features.retain(|hash| counts.get(&hash).is_some_and(|&c| c >= options.min_count));
        }
    }
    let mut trainer = Trainer::new(options);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = options.seed;
    let averaged = options.averaged.clamp(1, options.epochs.max(1));
    let mut weights = vec![0f32; trainer.weights.weight.len()];
    let mut steps = vec![0f32; trainer.steps().len()];
    for epoch in 0..options.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (next(&mut state) % (at as u64 + 1)) as usize);
        }
        for &at in &order {
            trainer.learn(&examples[at]);
        }
        if epoch + averaged >= options.epochs {
            let add = |sums: &mut [f32], values: &[f32]| {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += value / averaged as f32;
                }
            };
            add(&mut weights, &trainer.weights.weight);
            add(&mut steps, &trainer.steps());
        }
    }
    to_bytes(options, &weights, &steps)
}

/// Trains a scorer that can be used at once; [`train`] gives the file's bytes.
///
/// # Errors
/// Where the options are out of bounds for a weights file.
pub fn train_model(examples: Vec<Example>, options: &Options) -> Result<Model, ModelError> {
    Model::from_bytes(&train(examples, options))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::super::Feature;
    use super::*;

    /// Sequences in which label 1 is an `x` and whatever follows it; label 2 never begins or follows 0.
    fn examples() -> Vec<Example> {
        let mut state = 7;
        (0..200)
            .map(|_| {
                let (mut features, mut labels, mut before) = (Features::new(), Vec::new(), 0);
                for _ in 0..12 {
                    let x = next(&mut state).is_multiple_of(4);
                    features.push(Feature::new(1).number(u32::from(x)));
                    features.push(Feature::new(2).number((next(&mut state) % 1000) as u32));
                    features.end_item();
                    before = match (x, before) {
                        (true, _) => 1,
                        (false, 1) => 2,
                        (false, _) => 0,
                    };
                    labels.push(before);
                }
                Example { features, gold: Gold::Labels(labels), weight: 1.0 }
            })
            .collect()
    }

    fn options() -> Options {
        Options {
            labels: 3,
            bits: 12,
            allowed: |from, to| to != 2 || matches!(from, Some(1 | 2)),
            ..Options::default()
        }
    }

    #[test]
    fn learns_emissions_and_transitions_and_repeats_itself() {
        let bytes = train(examples(), &options());
        assert_eq!(bytes, train(examples(), &options()));
        let model = Model::from_bytes(&bytes).unwrap();
        for example in examples() {
            let Gold::Labels(labels) = &example.gold else { unreachable!() };
            assert_eq!(&model.decode(&example.features), labels);
            let marginals = model.marginals(&example.features);
            for (row, &label) in marginals.chunks(3).zip(labels) {
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
                assert!(row[usize::from(label)] > 0.5);
            }
        }
    }

    #[test]
    fn half_labelled_data_still_teaches() {
        let mut examples = examples();
        for example in &mut examples {
            let Gold::Labels(labels) = &example.gold else { unreachable!() };
            let masks = labels.iter().map(|&l| if l == 1 { 0b010 } else { 0b101 }).collect();
            example.gold = Gold::Masks(masks, Edges::default());
        }
        let model = train_model(examples.clone(), &options()).unwrap();
        for example in examples {
            let Gold::Masks(masks, _) = &example.gold else { unreachable!() };
            let right = model.decode(&example.features).iter().zip(masks).all(|(&l, &m)| m >> l & 1 == 1);
            assert!(right);
        }
    }

    #[test]
    fn ranks_the_right_candidate_first() {
        let mut state = 3;
        let examples: Vec<Example> = (0..100)
            .map(|_| {
                let right = (next(&mut state) % 5) as usize;
                let mut features = Features::new();
                for at in 0..5 {
                    features.push(Feature::new(1).number(u32::from(at == right)));
                    features.push(Feature::new(2).number((next(&mut state) % 50) as u32));
                    features.end_item();
                }
                Example { features, gold: Gold::Choice(right), weight: 1.0 }
            })
            .collect();
        let model = train_model(examples.clone(), &Options { bits: 12, ..Options::default() }).unwrap();
        for example in examples {
            let Gold::Choice(right) = example.gold else { unreachable!() };
            let likely = model.rank(&example.features);
            assert!(likely.iter().enumerate().all(|(at, l)| at == right || *l < likely[right]));
        }
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = train(examples(), &options());
        assert_eq!(Model::from_bytes(b"").err(), Some(ModelError::Unknown));
        assert_eq!(Model::from_bytes(b"other bytes").err(), Some(ModelError::Unknown));
        for cut in 4..bytes.len() {
            assert!(Model::from_bytes(&bytes[..cut]).is_err());
        }
        let mut long = bytes.clone();
        long.push(0);
        assert_eq!(Model::from_bytes(&long).err(), Some(ModelError::Broken));
        let mut wide = bytes;
        wide[6] = 200;
        assert_eq!(Model::from_bytes(&wide).err(), Some(ModelError::Shape));
    }
}
