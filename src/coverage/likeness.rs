//! How alike two wordings are: words in common by weight, in order, in runs, by sense, figures and names.

use super::stems::{self, Token};
use super::terms;

/// Number of features that [`likeness`] gives.
pub const FEATURES: usize = 11;
/// Words of a quotation that are compared.
const MAX_WORDS: usize = 160;

/// A quotation's words made ready.
#[derive(Clone, Debug, Default)]
pub struct Said {
    tokens: Vec<Token>,
    weights: Vec<f32>,
    mass: f32,
    /// Stems, rising.
    stems: Vec<u32>,
}

impl Said {
    /// Makes the words of a quotation ready.
    pub fn new(text: &str) -> Self {
        let background = terms::background();
        let tokens = stems::tokens(text, MAX_WORDS);
        // A word that no text of the background has weighs no more than the rarest that it has.
        let weights: Vec<f32> = tokens.iter().map(|t| background.weight(t.term).clamp(0.15, 7.0)).collect();
        let mut sorted: Vec<u32> = tokens.iter().map(|t| t.stem).collect();
        sorted.sort_unstable();
        Self { mass: weights.iter().sum(), tokens, weights, stems: sorted }
    }

    /// Whether both are the same words.
    pub fn equals(&self, other: &Self) -> bool {
        self.tokens.len() == other.tokens.len()
            && self.tokens.iter().zip(&other.tokens).all(|(a, b)| a.stem == b.stem)
    }
}

/// What a word counts for a word of like sense, and for one that begins alike.
const SENSE: f32 = 0.8;
const PREFIX: f32 = 0.6;

/// How well two words match, 0 to 1.
fn match_words(a: Token, b: Token) -> f32 {
    if a.stem == b.stem {
        1.0
    } else if a.number || b.number {
        0.0
    } else if a.sense == b.sense {
        SENSE
    } else if a.prefix != 0 && a.prefix == b.prefix {
        PREFIX
    } else {
        0.0
    }
}

/// The most that the share by exact stems alone can be, see [`likeness`]: costs a tenth of it.
pub(super) fn exact_at_most(a: &Said, b: &Said) -> f32 {
    let (a, b) = if a.mass <= b.mass { (a, b) } else { (b, a) };
    let there = |t: &Token| b.stems.binary_search(&t.stem).is_ok();
    let exact: f32 = a.tokens.iter().zip(&a.weights).filter(|(t, _)| there(t)).map(|(_, w)| w).sum();
    exact / a.mass.max(0.1)
}

/// The features: share of the lighter in common; share of the heavier; logarithm of the weight in common;
/// share of the lighter in order; longest run of words, up to 6; figures in common (1), contrary (-1);
/// weight of the rarest word in common; logarithm of the lighter's weight; share by exact stems alone;
/// ratio of lengths; share of the rare words (weight over 3) of the lighter.
pub fn likeness(a: &Said, b: &Said) -> [f32; FEATURES] {
    let (a, b) = if a.mass <= b.mass { (a, b) } else { (b, a) };
    if a.tokens.is_empty() {
        return [0.0; FEATURES];
    }
    let mut used = vec![false; b.tokens.len()];
    let mut matched = vec![(0.0f32, usize::MAX); a.tokens.len()];
    // Exact matches first, so that a like word does not take an equal one's place.
    for least in [1.0, SENSE, PREFIX] {
        for (i, &x) in a.tokens.iter().enumerate() {
            if matched[i].0 > 0.0 {
                continue;
            }
            let at = (0..b.tokens.len()).find(|&j| !used[j] && match_words(x, b.tokens[j]) >= least);
            if let Some(j) = at {
                used[j] = true;
                matched[i] = (least, j);
            }
        }
    }
    let (mut shared, mut exact, mut rarest, mut rare, mut rare_shared) =
        (0.0f32, 0.0f32, 0.0f32, 0.0f32, 0.0f32);
    for (i, &(how, j)) in matched.iter().enumerate() {
        let w = a.weights[i];
        if w > 3.0 {
            rare += w;
            rare_shared += how * w;
        }
        if how > 0.0 {
            let w = w.max(b.weights[j]).min(w * 1.5);
            shared += how * w.min(a.weights[i]);
            rarest = rarest.max(how * w);
            if how >= 1.0 {
                exact += a.weights[i];
            }
        }
    }
    let (order, run) = in_order(a, b);
    let numbers = |s: &Said| s.tokens.iter().filter(|t| t.number).map(|t| t.stem).collect::<Vec<_>>();
    let (na, nb) = (numbers(a), numbers(b));
    let figures = if na.is_empty() || nb.is_empty() {
        0.0
    } else if na.iter().any(|n| nb.contains(n)) {
        1.0
    } else {
        -1.0
    };
    let light = a.mass.max(0.1);
    [
        shared / light,
        shared / b.mass.max(0.1),
        shared.ln_1p(),
        order / light,
        run.min(6) as f32 / 6.0,
        figures,
        rarest / 7.0,
        light.ln_1p(),
        exact / light,
        a.tokens.len() as f32 / b.tokens.len().max(1) as f32,
        if rare > 0.0 { rare_shared / rare } else { 0.5 },
    ]
}

/// Weight of the longest common subsequence and its longest unbroken run of words.
fn in_order(a: &Said, b: &Said) -> (f32, usize) {
    let mut best = vec![0.0f32; b.tokens.len() + 1];
    let mut runs = vec![0usize; b.tokens.len() + 1];
    let mut longest = 0;
    for (x, w) in a.tokens.iter().zip(&a.weights) {
        let (mut diagonal, mut run) = (0.0, 0);
        for (j, y) in b.tokens.iter().enumerate() {
            let above = best[j + 1];
            let run_above = runs[j + 1];
            let how = match_words(*x, *y);
            if how >= SENSE {
                best[j + 1] = (diagonal + how * w).max(above).max(best[j]);
                runs[j + 1] = run + 1;
                longest = longest.max(run + 1);
            } else {
                best[j + 1] = above.max(best[j]);
                runs[j + 1] = 0;
            }
            diagonal = above;
            run = run_above;
        }
    }
    (best[b.tokens.len()], longest)
}
