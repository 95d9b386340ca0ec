//! The same utterance in two articles: exact, trimmed or reworded.

use super::likeness::{FEATURES, Said, likeness};
use super::{SavedQuote, Visit};
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

/// What two quotations' surroundings tell, in the order of [`CONTEXT`].
pub type Features = [f32; FEATURES + CONTEXT];
/// Number of features beside the words': speakers, places, rivals.
pub const CONTEXT: usize = 9;

/// The features of all pairs of quotations of two visits that tell the same story: index, other index,
/// features. Pairs whose speakers are known to differ are left out.
pub fn pairs(visit: &Visit, earlier: &Visit) -> Vec<(usize, usize, Features)> {
    let ours: Vec<Said> = visit.quotes.iter().map(|q| Said::new(&q.text)).collect();
    let theirs: Vec<Said> = earlier.quotes.iter().map(|q| Said::new(&q.text)).collect();
    let mut out: Vec<(usize, usize, Features)> = Vec::new();
    for (i, (q, a)) in visit.quotes.iter().zip(&ours).enumerate() {
        for (j, (r, b)) in earlier.quotes.iter().zip(&theirs).enumerate() {
            if q.kind == "indirect" || r.kind == "indirect" {
                continue;
            }
            let same = speakers(q, r);
            let words = likeness(a, b);
            if same == Some(false) && words[0] < 0.9 {
                continue;
            }
            let mut f = [0.0; FEATURES + CONTEXT];
            f[..FEATURES].copy_from_slice(&words);
            let c = &mut f[FEATURES..];
            c[0] = f32::from(u8::from(same == Some(true)));
            c[1] = f32::from(u8::from(same == Some(false)));
            c[2] = f32::from(u8::from(q.key.is_empty() && r.key.is_empty()));
            let place = |k: usize, n: usize| (k as f32 + 0.5) / n.max(1) as f32;
            c[3] = (place(i, ours.len()) - place(j, theirs.len())).abs();
            let of = |v: &Visit, s: &SavedQuote| {
                v.quotes.iter().filter(|x| x.kind != "indirect" && speakers(x, s) == Some(true)).count()
            };
            let (n, m) = (of(visit, q).max(1), of(earlier, r).max(1));
            c[4] = (n as f32).ln().min(2.0);
            c[5] = (m as f32).ln().min(2.0);
            let rank = |v: &Visit, k: usize, s: &SavedQuote| {
                v.quotes[..k].iter().filter(|x| x.kind != "indirect" && speakers(x, s) == Some(true)).count()
            };
            c[6] = (place(rank(visit, i, q), n) - place(rank(earlier, j, r), m)).abs();
            out.push((i, j, f));
        }
    }
    // Rivals: the best likeness that either quotation has with another of the other article.
    let core = |f: &Features| f[0] + f[1];
    let mut rows: Vec<(f32, f32)> = vec![(0.0, 0.0); ours.len()];
    let mut columns: Vec<(f32, f32)> = vec![(0.0, 0.0); theirs.len()];
    let enter = |best: &mut (f32, f32), v: f32| {
        if v > best.0 {
            *best = (v, best.0);
        } else if v > best.1 {
            best.1 = v;
        }
    };
    for (i, j, f) in &out {
        enter(&mut rows[*i], core(f));
        enter(&mut columns[*j], core(f));
    }
    for (i, j, f) in &mut out {
        let own = core(f);
        let rival = |best: (f32, f32)| if own >= best.0 { best.1 } else { best.0 };
        f[FEATURES + 7] = own - rival(rows[*i]);
        f[FEATURES + 8] = own - rival(columns[*j]);
    }
    out
}

/// Whether two quotations have one speaker; none where either is not known.
fn speakers(a: &SavedQuote, b: &SavedQuote) -> Option<bool> {
    if !a.key.is_empty() && !b.key.is_empty() {
        return Some(a.key == b.key);
    }
    if a.speaker.is_empty() || b.speaker.is_empty() {
        return None;
    }
    if a.speaker.eq_ignore_ascii_case(&b.speaker) { Some(true) } else { None }
}

/// The pairs of quotations of two visits that carry the same words. `same_story`: both tell the same event,
/// so less is asked of the words.
pub fn same_quotes(visit: &Visit, earlier: &Visit, _same_story: bool) -> Vec<SameQuote> {
    pairs(visit, earlier)
        .into_iter()
        .filter(|(_, _, f)| f[0] > 0.7)
        .map(|(quote, other, _)| SameQuote { quote, other, relation: "exact" })
        .collect()
}
