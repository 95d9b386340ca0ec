//! Which blocks of a page a gold text holds: an alignment of words, for training and measuring.

use super::blocks::Segments;
use std::collections::HashMap;

/// Words as the scorer counts them: lower case, runs of letters, digits and underscores.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The largest table of page words by gold words that is filled.
const MAX_CELLS: usize = 120_000_000;

/// For each block the share of its words that stand in the gold text, in order; and the share of
/// the gold text's words that stand on the page. None where page and text are too long to align.
///
/// The longest common subsequence of words, with one more point for a pair that follows a pair, so
/// that whole runs win over scattered words.
pub(crate) fn align(segments: &Segments, gold: &str) -> Option<(Vec<f32>, f32)> {
    let gold = words(gold);
    let mut ids: HashMap<&str, u32> = HashMap::new();
    let right: Vec<u32> = gold
        .iter()
        .map(|w| {
            let next = ids.len() as u32 + 1;
            *ids.entry(w).or_insert(next)
        })
        .collect();
    let mut left: Vec<(u32, u32)> = Vec::new();
    let mut totals = vec![0u32; segments.list.len()];
    for (b, total) in totals.iter_mut().enumerate() {
        for w in words(segments.words(b)) {
            *total += 1;
            if let Some(&id) = ids.get(w.as_str()) {
                left.push((id, b as u32));
            }
        }
    }
    let (n, m) = (left.len(), right.len());
    if n * m > MAX_CELLS {
        return None;
    }
    let mut from = vec![0u8; n * m];
    let mut best = vec![0i32; m + 1];
    let mut runs = vec![0i32; m + 1];
    for i in 0..n {
        let mut diagonal = (best[0], runs[0]);
        for j in 0..m {
            let above = (best[j + 1], runs[j + 1]);
            let cell = &mut from[i * m + j];
            let mut run = 0;
            if left[i].0 == right[j] {
                let apart = diagonal.0 + 1;
                let joined = if diagonal.1 > 0 { diagonal.1 + 2 } else { 0 };
                run = apart.max(joined);
                *cell |= if joined >= apart { 4 } else { 0 };
            }
            let mut top = above.0;
            if best[j] > top {
                top = best[j];
                *cell |= 1;
            }
            if run > 0 && run >= top {
                top = run;
                *cell = *cell & 4 | 2;
            }
            best[j + 1] = top;
            runs[j + 1] = run;
            diagonal = above;
        }
    }
    let mut hits = vec![0u32; segments.list.len()];
    let (mut i, mut j, mut joined) = (n, m, false);
    while i > 0 && j > 0 {
        let cell = from[(i - 1) * m + j - 1];
        if joined || cell & 3 == 2 {
            hits[left[i - 1].1 as usize] += 1;
            joined = cell & 4 != 0;
            i -= 1;
            j -= 1;
        } else if cell & 3 == 1 {
            j -= 1;
        } else {
            i -= 1;
        }
    }
    let found = hits.iter().sum::<u32>() as f32 / m.max(1) as f32;
    let shares = hits.iter().zip(&totals).map(|(&h, &t)| h as f32 / t.max(1) as f32).collect();
    Some((shares, found))
}
