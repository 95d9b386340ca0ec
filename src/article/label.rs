//! Which blocks are the article's text, by the learned scorers.

use super::features::{self, Told};
use super::second::{COLUMNS, second};
use super::view::View;
use crate::model::{Model, Trees};
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("../../weights/blocks.bin");

/// Rows that are made before they are scored.
const ROWS: usize = 256;

/// The scorers of both passes.
#[derive(Debug)]
pub(crate) struct Labeller {
    pub first: Model,
    pub second: Trees,
}

impl Labeller {
    /// Reads a file: a length (u32, little-endian), the first pass's file, the second's.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (len, rest) = bytes.split_first_chunk()?;
        let (first, second) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        let labeller =
            Self { first: Model::from_bytes(first).ok()?, second: Trees::from_bytes(second).ok()? };
        (labeller.first.summing().is_some() && labeller.second.columns() == COLUMNS).then_some(labeller)
    }

    /// For each block whether it is the article's text.
    pub(crate) fn label(&self, view: &View) -> Vec<bool> {
        let Some(mut first) = self.first.summing() else { return vec![false; view.facts.len()] };
        let told = features::first(view, &mut first);
        let (scores, likely) = likely(&self.first, &first.scores());
        let kept = pass(view, &told, &scores, &likely, |rows| self.second.likely(rows));
        if enough(view, &kept) {
            return kept;
        }
        choose(view, &pass(view, &told, &scores, &likely, |rows| self.second.scores(rows)))
    }
}

/// What `judge` makes of the second pass's rows.
fn pass<T>(
    view: &View,
    told: &[Told],
    scores: &[f32],
    likely: &[f32],
    judge: impl Fn(&[f32]) -> Vec<T>,
) -> Vec<T> {
    let mut out = Vec::with_capacity(likely.len());
    let mut rows = Vec::with_capacity(COLUMNS * likely.len().min(ROWS));
    second(view, told, scores, likely, |row| {
        rows.extend_from_slice(row);
        if rows.len() == COLUMNS * ROWS {
            out.extend(judge(&rows));
            rows.clear();
        }
    });
    out.extend(judge(&rows));
    out
}

/// The first pass, from [`Model::scores`]: the score of each block and the likelihood that it is the article's
/// text.
pub(crate) fn likely(model: &Model, scores: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let likely = model.marginals_scores(scores).chunks_exact(2).map(|m| m[1]).collect();
    (scores.chunks_exact(2).map(|s| s[1] - s[0]).collect(), likely)
}

/// For each block whether it is the article's text, by the weights that ship.
pub(crate) fn label(view: &View) -> Vec<bool> {
    static LABELLER: OnceLock<Option<Labeller>> = OnceLock::new();
    let labeller = LABELLER.get_or_init(|| Labeller::from_bytes(WEIGHTS));
    labeller.as_ref().map_or_else(|| vec![false; view.facts.len()], |l| l.label(view))
}

/// Keeps the blocks that are more likely the article's text than not; where they are next to nothing of a
/// page that has running text, the bar for keeping a block is lowered step by step.
pub(crate) fn choose(view: &View, odds: &[f32]) -> Vec<bool> {
    const STEPS: u8 = 4;
    const STEP: f32 = 1.5;
    let mut kept = Vec::new();
    for step in 0..=STEPS {
        kept = odds.iter().map(|&o| o > -STEP * f32::from(step)).collect::<Vec<_>>();
        if enough(view, &kept) {
            break;
        }
    }
    kept
}

/// Whether what is kept is more than next to nothing of the page's running text.
fn enough(view: &View, kept: &[bool]) -> bool {
    let prose: u32 = view.facts.iter().filter(|f| f.prose).map(|f| f.words).sum();
    let words: u32 = kept.iter().zip(&view.facts).filter(|(k, _)| **k).map(|(_, f)| f.words).sum();
    words >= 40 || words * 4 >= prose
}

#[cfg(test)]
mod tests {
    use super::super::features;
    use super::super::view::View;
    use crate::model::Features;
    use crate::page::html;

    /// Pages of the tests, and one with more elements and names around a block than count.
    fn pages() -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
        let cases = std::fs::read_dir(folder).unwrap().map(|case| case.unwrap().path().join("source.html"));
        let mut pages: Vec<String> = cases.filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        assert!(pages.len() > 5);
        let mut open = String::new();
        for n in 0..40u8 {
            let from = 65 + n % 4 * 6;
            let names: Vec<String> = (from..from + 20).map(|c| char::from(c).to_string().repeat(2)).collect();
            open.extend(["<div class='", &names.join(" "), "'><p>One.</p>Two."]);
        }
        pages.push(format!("<body class=page><ul><li>One<li hidden><b>Two</b></ul>{open}"));
        pages
    }

    #[test]
    fn sums_that_are_kept_add_up_to_those_of_all_features() {
        let labeller = super::Labeller::from_bytes(super::WEIGHTS).unwrap();
        for html in pages() {
            let page = html::parse(&html, "");
            let view = View::new(&page);
            let mut each = Features::new();
            features::first(&view, &mut each);
            let mut summed = labeller.first.summing().unwrap();
            features::first(&view, &mut summed);
            assert_eq!(summed.scores(), labeller.first.scores(&each));
        }
    }

    #[test]
    fn the_weights_can_be_read() {
        assert!(super::Labeller::from_bytes(super::WEIGHTS).is_some());
    }

    #[test]
    fn trees_left_unasked_would_have_changed_no_answer() {
        let labeller = super::Labeller::from_bytes(super::WEIGHTS).unwrap();
        let mut kept = 0;
        for html in pages() {
            let page = html::parse(&html, "");
            let view = View::new(&page);
            let mut first = labeller.first.summing().unwrap();
            let told = features::first(&view, &mut first);
            let (scores, likely) = super::likely(&labeller.first, &first.scores());
            let some = super::pass(&view, &told, &scores, &likely, |rows| labeller.second.likely(rows));
            let all = super::pass(&view, &told, &scores, &likely, |rows| labeller.second.scores(rows));
            kept += some.iter().filter(|&&kept| kept).count();
            assert_eq!(some, all.iter().map(|&odds| odds > 0.0).collect::<Vec<_>>());
        }
        assert!(kept > 40);
    }
}
