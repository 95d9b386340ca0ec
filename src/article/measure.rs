//! Measures the block labeller on outlets that it was not trained on.

use super::align::words;
use super::extract::extract_by;
use super::label::{Labeller, choose};
use super::second::COLUMNS;
use super::train::{FOLDS, OWN, SETS, Sample, fit, fit_second, load_all, stack};
use super::{Article, BlockKind};
use crate::model::{Trees, hash_text};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

/// The scorer's figures, summed over pages.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pages: f64,
    /// Pages of which anything was kept: precision is over these.
    kept: f64,
    f1: f64,
    precision: f64,
    recall: f64,
    exact: f64,
}

impl Figures {
    /// Adds one page's.
    fn add(&mut self, page: Self) {
        self.pages += page.pages;
        self.kept += page.kept;
        self.f1 += page.f1;
        self.precision += page.precision;
        self.recall += page.recall;
        self.exact += page.exact;
    }

    /// The means, as the benchmark takes them.
    fn line(&self) -> String {
        let (p, r) = (self.precision / self.kept, self.recall / self.pages);
        format!(
            "{:4} pages  word F1 {:.4}  shingle P {p:.4} R {r:.4} F1 {:.4}  exact {:.3}",
            self.pages,
            self.f1 / self.pages,
            2.0 * p * r / (p + r),
            self.exact / self.pages
        )
    }
}

impl Figures {
    /// Scores the words that were kept of a page as the benchmark does.
    fn of(got: &[u32], gold: &[u32]) -> Self {
        let f = |a: usize, b: usize, both: usize| {
            if both == 0 { 0.0 } else { 2.0 * both as f64 / (a + b) as f64 }
        };
        let both = overlap(got.iter().copied(), gold.iter().copied());
        let (sa, sb) = (shingles(got), shingles(gold));
        let shared = overlap(sa.iter().copied(), sb.iter().copied()) as f64;
        Self {
            pages: 1.0,
            kept: f64::from(u8::from(!got.is_empty())),
            f1: f(got.len(), gold.len(), both),
            precision: if sa.is_empty() { 0.0 } else { shared / sa.len() as f64 },
            recall: shared / sb.len().max(1) as f64,
            exact: f64::from(u8::from(got == gold)),
        }
    }
}

fn shingles(words: &[u32]) -> Vec<u64> {
    if words.is_empty() {
        return Vec::new();
    }
    let mix = |w: &[u32]| {
        w.iter().fold(1469u64, |h, &x| (h ^ u64::from(x)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
    };
    if words.len() < 4 { vec![mix(words)] } else { words.windows(4).map(mix).collect() }
}

fn overlap<T: std::hash::Hash + Eq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> usize {
    let mut counts: HashMap<T, i32> = HashMap::new();
    for x in a {
        *counts.entry(x).or_default() += 1;
    }
    let mut both = 0;
    for x in b {
        if let Some(n) = counts.get_mut(&x)
            && *n > 0
        {
            *n -= 1;
            both += 1;
        }
    }
    both
}

/// Cross-validation over all pages of `shared`: outlets are drawn into `folds` parts, and each part is
/// read by a labeller trained on the others alone. Prints figures and writes the readings to `out`, a
/// JSON line a page. `quick` draws the second pass's rows once for all parts, which is a little too kind.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn cross_validate(shared: &Path, folds: u32, quick: bool, out: &Path) -> std::io::Result<()> {
    let samples = load_all(shared)?;
    let all: Vec<&Sample> = samples.iter().collect();
    let shared = if quick { stack(&all, folds) } else { Vec::new() };
    let mut readings: HashMap<&str, Article> = HashMap::new();
    for fold in 0..folds {
        let part: Vec<&Sample> = samples.iter().filter(|s| s.group % folds != fold).collect();
        if quick {
            let with = all.iter().zip(&shared).filter(|(s, _)| s.group % folds != fold);
            let rows: Vec<&[f32]> = with.map(|(_, rows)| rows.as_slice()).collect();
            let Ok(trees) = Trees::from_bytes(&fit_second(&part, &rows)) else { continue };
            for (s, rows) in samples.iter().zip(&shared).filter(|(s, _)| s.group % folds == fold) {
                let odds: Vec<f32> = rows.chunks_exact(COLUMNS).map(|row| trees.score(row)).collect();
                readings.insert(&s.id, extract_by(&s.page, |view| choose(view, &odds)));
            }
            continue;
        }
        let bytes = fit(&part, FOLDS);
        let Some(labeller) = Labeller::from_bytes(&bytes) else { continue };
        println!("part {fold}: {} bytes", bytes.len());
        for s in samples.iter().filter(|s| s.group % folds == fold) {
            readings.insert(&s.id, extract_by(&s.page, |view| labeller.label(view)));
        }
    }
    let mut lines = std::io::BufWriter::new(std::fs::File::create(out)?);
    for set in SETS.into_iter().chain([OWN]) {
        let mut figures = Figures::default();
        for s in samples.iter().filter(|s| s.set == set) {
            let Some(article) = readings.get(s.id.as_str()) else { continue };
            figures.add(Figures::of(&body(article), &s.gold));
            writeln!(lines, "{}", line(&s.id, article))?;
        }
        println!("{set:6} {}", figures.line());
    }
    Ok(())
}

/// The words of the article's blocks but for headline and byline, hashed.
fn body(article: &Article) -> Vec<u32> {
    let blocks = article.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Headline | BlockKind::Byline));
    blocks.flat_map(|b| words(b.span.of(&article.text))).map(|w| hash_text(&w)).collect()
}

/// The reading as the benchmark's scorer takes it: each block is a text of its own.
fn line(id: &str, article: &Article) -> serde_json::Value {
    let (mut text, mut at) = (String::new(), 0);
    let blocks: Vec<_> = article
        .blocks
        .iter()
        .map(|b| {
            let words = b.span.of(&article.text);
            let start = at;
            at += words.chars().count() + 1;
            text.push_str(words);
            text.push('\n');
            serde_json::json!({"kind": b.kind.name(), "start": start, "end": at - 1})
        })
        .collect();
    serde_json::json!({"id": id, "text": text, "blocks": blocks, "title": article.title, "published": article.published})
}
