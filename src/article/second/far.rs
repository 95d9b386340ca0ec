//! How far it is from each block to one of a kind.

use crate::article::view::View;

/// Blocks and words to the nearest block before and after that `is`.
pub(super) struct Far {
    pub before: Vec<[f32; 2]>,
    pub after: Vec<[f32; 2]>,
}

impl Far {
    pub(super) fn new(view: &View, is: impl Fn(usize) -> bool) -> Self {
        const NEVER: [f32; 2] = [99.0, 999.0];
        let n = view.facts.len();
        let step = |last: [f32; 2], i: usize| {
            if is(i) {
                [0.0, 0.0]
            } else {
                [(last[0] + 1.0).min(NEVER[0]), (last[1] + view.facts[i].words as f32).min(NEVER[1])]
            }
        };
        let mut far = Self { before: vec![NEVER; n], after: vec![NEVER; n] };
        let mut last = NEVER;
        for i in 0..n {
            far.before[i] = last;
            last = step(last, i);
        }
        last = NEVER;
        for i in (0..n).rev() {
            far.after[i] = last;
            last = step(last, i);
        }
        far
    }
}
