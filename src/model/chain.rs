//! How likely labels are along a chain: forward and backward over a sequence or a part of one.

/// How likely labels are in sequences ([`super::Model::to_marginals`]).
#[derive(Debug)]
pub struct Marginals {
    pub(super) steps: Steps,
    pub(super) lattice: Lattice,
}

impl Marginals {
    /// As [`super::Model::marginals_scores`].
    pub fn of(&mut self, scores: &[f32]) -> &[f32] {
        self.between(scores, Edges::default())
    }

    /// As [`Marginals::of`] of a part of a sequence.
    pub fn between(&mut self, scores: &[f32], edges: Edges) -> &[f32] {
        self.lattice.run(&self.steps, scores, edges, None);
        &self.lattice.marginals
    }
}

/// The labels that are known to stand directly before and behind a part of a sequence; none where it begins or
/// ends there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edges {
    /// The label before the first item.
    pub before: Option<u8>,
    /// The label behind the last item.
    pub after: Option<u8>,
}

/// Exponentials of a chain's steps, made once for a run of [`Lattice`].
#[derive(Debug)]
pub(super) struct Steps {
    labels: usize,
    transitions: Vec<f32>,
    /// The transitions the other way round: `[to * labels + from]`.
    into: Vec<f32>,
    starts: Vec<f32>,
    ends: Vec<f32>,
}

impl Steps {
    pub(super) fn new(labels: usize, transitions: &[f32], starts: &[f32], ends: &[f32]) -> Self {
        let exp = |values: &[f32]| values.iter().map(|v| v.exp()).collect::<Vec<f32>>();
        let transitions = exp(transitions);
        let into = (0..labels * labels).map(|at| transitions[at % labels * labels + at / labels]).collect();
        Self { labels, transitions, into, starts: exp(starts), ends: exp(ends) }
    }
}

/// The working memory of one forward–backward pass, scaled item by item.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    /// Exponentials of the scores, each item's highest taken as 1; 0 where a label is masked out.
    local: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    /// Likelihood of each label at each item.
    pub(super) marginals: Vec<f32>,
}

impl Lattice {
    /// Fills `marginals`. `masks`: per item, a bit for each label that may be taken.
    pub(super) fn run(&mut self, steps: &Steps, scores: &[f32], edges: Edges, masks: Option<&[u32]>) {
        match steps.labels {
            9 => self.run_by(9, steps, scores, edges, masks),
            n => self.run_by(n, steps, scores, edges, masks),
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "a known number of labels lets the compiler unroll the loops over them"
    )]
    #[inline(always)]
    fn run_by(&mut self, n: usize, steps: &Steps, scores: &[f32], edges: Edges, masks: Option<&[u32]>) {
        let items = scores.len() / n;
        let starts =
            edges.before.map_or(&steps.starts[..n], |l| &steps.transitions[usize::from(l) * n..][..n]);
        let ends = edges.after.map_or(&steps.ends[..n], |l| &steps.into[usize::from(l) * n..][..n]);
        for table in [&mut self.local, &mut self.forward, &mut self.backward, &mut self.marginals] {
            table.clear();
            table.resize(items * n, 0.0);
        }
        for at in 0..items {
            let row = &scores[at * n..][..n];
            let mask = masks.map_or(u32::MAX, |masks| masks[at]);
            let may = |label: usize| mask >> label & 1 == 1;
            let high = (0..n).filter(|&l| may(l)).map(|l| row[l]).fold(f32::NEG_INFINITY, f32::max);
            for label in (0..n).filter(|&l| may(l)) {
                self.local[at * n + label] = (row[label] - high).exp();
            }
        }
        for at in 0..items {
            let (done, rest) = self.forward.split_at_mut(at * n);
            let here = &mut rest[..n];
            if at == 0 {
                here.copy_from_slice(starts);
            } else {
                for (value, steps) in done[(at - 1) * n..].iter().zip(steps.transitions.chunks_exact(n)) {
                    for (sum, step) in here.iter_mut().zip(steps) {
                        *sum += value * step;
                    }
                }
            }
            for (value, local) in here.iter_mut().zip(&self.local[at * n..]) {
                *value *= local;
            }
            scale(here);
        }
        for at in (0..items).rev() {
            if at + 1 == items {
                self.backward[at * n..].copy_from_slice(ends);
            } else {
                let (rest, done) = self.backward.split_at_mut((at + 1) * n);
                let here = &mut rest[at * n..];
                let after = self.local[(at + 1) * n..][..n].iter().zip(&done[..n]);
                for ((local, value), steps) in after.zip(steps.into.chunks_exact(n)) {
                    for (sum, step) in here.iter_mut().zip(steps) {
                        *sum += step * local * value;
                    }
                }
            }
            scale(&mut self.backward[at * n..][..n]);
            let row = at * n..(at + 1) * n;
            for label in row.clone() {
                self.marginals[label] = self.forward[label] * self.backward[label];
            }
            scale(&mut self.marginals[row]);
        }
    }

    /// Likelihood of each pair of labels at items `at - 1` and `at`: `[from * labels + to]`.
    #[cfg(feature = "train")]
    pub(super) fn pairs(&self, steps: &Steps, at: usize, pairs: &mut [f32]) {
        let n = steps.labels;
        for from in 0..n {
            let before = self.forward[(at - 1) * n + from];
            for to in 0..n {
                let here = at * n + to;
                pairs[from * n + to] =
                    before * steps.transitions[from * n + to] * self.local[here] * self.backward[here];
            }
        }
        scale(pairs);
    }
}

/// Makes the values sum to 1; all alike where they are all 0.
fn scale(values: &mut [f32]) {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        for value in values {
            *value /= sum;
        }
    } else {
        let even = 1.0 / values.len() as f32;
        values.fill(even);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::Edges;

    /// Numbers between -2 and 2, always the same.
    fn numbers(count: usize) -> Vec<f32> {
        (0..count as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 8) as f32 / 4_194_304.0 - 2.0).collect()
    }

    #[test]
    fn a_part_between_known_labels_is_read_as_in_the_whole() {
        let n = 3;
        let steps = numbers(n * n + 2 * n);
        let model = Model {
            labels: n,
            bare: false,
            mask: 0,
            unit: 1.0,
            filled: vec![0],
            before: vec![0],
            weights: Vec::new(),
            transitions: steps[..n * n].to_vec(),
            starts: steps[n * n..n * n + n].to_vec(),
            ends: steps[n * n + n..].to_vec(),
        };
        let mut scores = numbers(9 * n);
        // Items 3 and 7 can only be 0.
        for at in [3, 7] {
            scores[at * n..][..n].copy_from_slice(&[1e4, 0.0, 0.0]);
        }
        let (path, likely) = (model.decode_scores(&scores), model.marginals_scores(&scores));
        let mut marginals = model.to_marginals();
        for (part, before, after) in [(0..3, None, Some(0)), (4..7, Some(0), Some(0)), (8..9, Some(0), None)]
        {
            let (here, edges) = (&scores[part.start * n..part.end * n], Edges { before, after });
            assert_eq!(model.decode_between(here, edges), path[part.clone()]);
            let whole = &likely[part.start * n..part.end * n];
            let apart = marginals.between(here, edges);
            assert!(apart.iter().zip(whole).all(|(a, b)| (a - b).abs() < 1e-4), "{apart:?} {whole:?}");
        }
    }
}
