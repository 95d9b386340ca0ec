//! The same utterance in two articles: exact, trimmed or reworded.

use super::{Visit, terms, words};
use serde::Serialize;

/// Two quotations that carry the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameQuote {
    /// Index into this article's quotations.
    pub quote: usize,
    /// Index into the earlier article's.
    pub other: usize,
    /// exact, trimmed or reworded.
    pub relation: &'static str,
}

/// A quotation's words made ready.
struct Said {
    stems: Vec<String>,
    weights: Vec<f32>,
    mass: f32,
}

fn said(text: &str) -> Said {
    let background = terms::background();
    let stems: Vec<String> =
        words::words(text).into_iter().take(400).map(|w| words::stem(&w.form).to_owned()).collect();
    let weights: Vec<f32> = stems.iter().map(|s| background.word_weight(s)).collect();
    Said { mass: weights.iter().sum(), stems, weights }
}

/// The pairs of quotations of two visits that carry the same words. `same_story`: both tell the same event,
/// so less is asked of the words.
pub fn same_quotes(visit: &Visit, earlier: &Visit, same_story: bool) -> Vec<SameQuote> {
    let ours: Vec<Said> = visit.quotes.iter().map(|q| said(&q.text)).collect();
    let theirs: Vec<Said> = earlier.quotes.iter().map(|q| said(&q.text)).collect();
    let mut out = Vec::new();
    for (i, (q, a)) in visit.quotes.iter().zip(&ours).enumerate() {
        for (j, (r, b)) in earlier.quotes.iter().zip(&theirs).enumerate() {
            let other_speaker = !q.key.is_empty() && !r.key.is_empty() && q.key != r.key;
            if other_speaker {
                continue;
            }
            if let Some(relation) = relation(a, b, same_story) {
                out.push(SameQuote { quote: i, other: j, relation });
            }
        }
    }
    out
}

fn relation(a: &Said, b: &Said, same_story: bool) -> Option<&'static str> {
    if !a.stems.is_empty() && a.stems == b.stems {
        return (a.mass >= 6.0).then_some("exact");
    }
    let (shared, run) = common(a, b);
    let share = shared / a.mass.min(b.mass).max(1e-6);
    let weight: f32 = if same_story { 0.0 } else { 26.0 };
    if share >= 0.97 && shared >= weight.max(8.0) {
        return Some("trimmed");
    }
    let same = shared >= weight
        && ((share >= 0.75 && shared >= 16.0) || (share >= 0.6 && shared >= 24.0 && run >= 5));
    same.then_some("reworded")
}

/// Weight of the longest common subsequence and its longest unbroken run of words.
fn common(a: &Said, b: &Said) -> (f32, usize) {
    let mut best = vec![0.0f32; b.stems.len() + 1];
    let mut runs = vec![0usize; b.stems.len() + 1];
    let mut longest = 0;
    for (x, w) in a.stems.iter().zip(&a.weights) {
        let (mut diagonal, mut run) = (0.0, 0);
        for (j, y) in b.stems.iter().enumerate() {
            let above = best[j + 1];
            let run_above = runs[j + 1];
            if x == y {
                best[j + 1] = diagonal + w;
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
    (best[b.stems.len()], longest)
}
