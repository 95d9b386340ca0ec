//! A table of weights that learns by FTRL-proximal (`McMahan` et al. 2013).

use super::train::Options;

/// A table of weights under FTRL-proximal.
pub(super) struct Table {
    pub(super) weight: Vec<f32>,
    /// Linear part and sum of squared gradients, side by side.
    state: Vec<[f32; 2]>,
    alpha: f32,
    beta: f32,
    l1: f32,
    l2: f32,
}

impl Table {
    pub(super) fn new(size: usize, o: &Options, l1: f32) -> Self {
        Self {
            weight: vec![0.0; size],
            state: vec![[0.0; 2]; size],
            alpha: o.alpha,
            beta: o.beta,
            l1,
            l2: o.l2,
        }
    }

    #[inline]
    pub(super) fn update(&mut self, at: usize, gradient: f32) {
        let [linear, squares] = &mut self.state[at];
        let grown = *squares + gradient * gradient;
        let sigma = (grown.sqrt() - squares.sqrt()) / self.alpha;
        *linear += gradient - sigma * self.weight[at];
        *squares = grown;
        self.weight[at] = if linear.abs() <= self.l1 {
            0.0
        } else {
            (linear.signum() * self.l1 - *linear) / ((self.beta + grown.sqrt()) / self.alpha + self.l2)
        };
    }
}
