//! Which blocks are the article's text, by the learned scorer.

use super::features;
use super::view::View;
use crate::model::Model;
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("../../weights/blocks.bin");

fn model() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::from_bytes(WEIGHTS).ok()).as_ref()
}

/// For each block whether it is the article's text.
pub(crate) fn label(view: &View) -> Vec<bool> {
    let Some(model) = model() else { return vec![false; view.facts.len()] };
    model.decode(&features::first(view)).into_iter().map(|l| l == 1).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_weights_can_be_read() {
        assert!(super::model().is_some());
    }
}
