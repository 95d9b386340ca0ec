//! Which blocks are the article's text, by the learned scorer.

use super::features;
use super::second::second;
use super::view::View;
use crate::model::Model;
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("../../weights/blocks.bin");

/// The scorers of both passes: a length (u32, little-endian), the first's file, the second's.
fn models() -> Option<&'static (Model, Model)> {
    static MODELS: OnceLock<Option<(Model, Model)>> = OnceLock::new();
    MODELS
        .get_or_init(|| {
            let (len, rest) = WEIGHTS.split_first_chunk()?;
            let (one, two) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
            Some((Model::from_bytes(one).ok()?, Model::from_bytes(two).ok()?))
        })
        .as_ref()
}

/// For each block whether it is the article's text.
pub(crate) fn label(view: &View) -> Vec<bool> {
    let Some((one, two)) = models() else { return vec![false; view.facts.len()] };
    let first = features::first(view);
    let likely: Vec<f32> = one.marginals(&first.all).chunks_exact(2).map(|m| m[1]).collect();
    choose(view, two, two.scores(&second(view, &first.core, &likely)))
}

/// The best labels; where they leave next to nothing of a page that has running text, the bar for
/// keeping a block is lowered step by step.
pub(crate) fn choose(view: &View, model: &Model, mut scores: Vec<f32>) -> Vec<bool> {
    const STEPS: u32 = 4;
    let prose: u32 = view.facts.iter().filter(|f| f.prose).map(|f| f.words).sum();
    for step in 0.. {
        let kept: Vec<bool> = model.decode_scores(&scores).into_iter().map(|l| l == 1).collect();
        let words: u32 = kept.iter().zip(&view.facts).filter(|(k, _)| **k).map(|(_, f)| f.words).sum();
        if words >= 40 || words * 4 >= prose || step == STEPS {
            return kept;
        }
        for score in scores.chunks_exact_mut(2) {
            score[1] += 1.5;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_weights_can_be_read() {
        assert!(super::models().is_some());
    }
}
