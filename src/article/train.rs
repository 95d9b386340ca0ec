//! Trains the block labeller from pages with gold text, and measures it by cross-validation.

use super::align::{align, words};
use super::features;
use super::view::View;
use crate::model::train::{Example, Gold, Options};
use crate::model::{Features, Model, hash_text};
use crate::page::html;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;

/// A page with its gold, ready for training.
#[derive(Debug)]
pub struct Sample {
    /// The gold line's id.
    pub id: String,
    /// Which folder it is from.
    pub set: &'static str,
    /// The outlet, as a hash of its host.
    pub group: u32,
    gold: Vec<u32>,
    blocks: Vec<Vec<u32>>,
    features: Features,
    /// Whether each block is in the gold text.
    pub labels: Vec<u8>,
    /// Share of the gold text that was found on the page.
    pub found: f32,
}

/// The host without `www.` and with at most its last two names, three where the last two are short.
fn host(url: &str) -> String {
    let host = url.split("//").nth(1).unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
    let parts: Vec<&str> = host.split('.').collect();
    let n = parts.len();
    let keep = if n >= 3 && parts[n - 2].len() <= 3 { 3 } else { 2 };
    parts[n.saturating_sub(keep)..].join(".")
}

/// Reads the pages of `shared/bench/clutter/<set>`.
///
/// # Errors
/// Where a file cannot be read.
pub fn load(shared: &Path, set: &'static str) -> std::io::Result<Vec<Sample>> {
    let folder = shared.join("bench/clutter").join(set);
    let lines = std::fs::read_to_string(folder.join("gold.jsonl"))?;
    let lines: Vec<&str> = lines.lines().collect();
    let half = lines.len().div_ceil(2).max(1);
    let parts: Vec<std::io::Result<Vec<Sample>>> = std::thread::scope(|scope| {
        let work: Vec<_> = lines
            .chunks(half)
            .map(|part| {
                let folder = &folder;
                scope.spawn(move || part.iter().map(|line| sample(folder, set, line)).collect())
            })
            .collect();
        work.into_iter().map(|w| w.join().unwrap_or_else(|_| Ok(Vec::new()))).collect()
    });
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}

/// The HTML of a gold line.
///
/// # Errors
/// Where the file cannot be read.
pub fn html_of(folder: &Path, id: &str) -> std::io::Result<String> {
    let file = std::fs::File::open(folder.join("html").join(format!("{id}.html.gz")))?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn sample(folder: &Path, set: &'static str, line: &str) -> std::io::Result<Sample> {
    let row: serde_json::Value = serde_json::from_str(line)?;
    let text = |key: &str| row[key].as_str().unwrap_or_default();
    let html = html_of(folder, text("id"))?;
    let page = html::parse(&html, text("url"));
    let view = View::new(&page);
    let (shares, found) =
        align(&view.segments, text("text")).unwrap_or_else(|| (vec![0.0; view.segments.list.len()], 0.0));
    let url = match text("url") {
        "" | "None" => view.meta.first(&["og:url"]).unwrap_or(&view.meta.canonical).to_owned(),
        url => url.to_owned(),
    };
    let mut group = host(&url);
    if group.len() < 4 {
        text("id").clone_into(&mut group);
    }
    Ok(Sample {
        id: text("id").to_owned(),
        set,
        group: hash_text(&group),
        gold: words(text("text")).iter().map(|w| hash_text(w)).collect(),
        blocks: (0..view.segments.list.len())
            .map(|i| words(view.segments.words(i)).iter().map(|w| hash_text(w)).collect())
            .collect(),
        features: features::first(&view),
        labels: shares.iter().map(|&s| u8::from(s > 0.5)).collect(),
        found,
    })
}

/// The scorer's figures, summed over pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pages: f64,
    f1: f64,
    precision: f64,
    recall: f64,
    exact: f64,
}

impl Figures {
    /// Adds one page's.
    pub fn add(&mut self, page: Self) {
        self.pages += page.pages;
        self.f1 += page.f1;
        self.precision += page.precision;
        self.recall += page.recall;
        self.exact += page.exact;
    }

    /// Mean word F1 and shingle F1.
    pub fn line(&self) -> String {
        let (p, r) = (self.precision / self.pages, self.recall / self.pages);
        format!(
            "{:4} pages  word F1 {:.4}  shingle P {p:.4} R {r:.4} F1 {:.4}  exact {:.3}",
            self.pages,
            self.f1 / self.pages,
            2.0 * p * r / (p + r),
            self.exact / self.pages
        )
    }
}

impl Sample {
    /// Scores a choice of blocks as the benchmark does.
    pub fn score(&self, kept: &[u8]) -> Figures {
        let got: Vec<u32> = self
            .blocks
            .iter()
            .zip(kept)
            .filter(|(_, k)| **k == 1)
            .flat_map(|(b, _)| b.iter().copied())
            .collect();
        let f = |a: usize, b: usize, both: usize| {
            if both == 0 { 0.0 } else { 2.0 * both as f64 / (a + b) as f64 }
        };
        let both = overlap(got.iter().copied(), self.gold.iter().copied());
        let (sa, sb) = (shingles(&got), shingles(&self.gold));
        let shared = overlap(sa.iter().copied(), sb.iter().copied()) as f64;
        Figures {
            pages: 1.0,
            f1: f(got.len(), self.gold.len(), both),
            precision: if sa.is_empty() { 0.0 } else { shared / sa.len() as f64 },
            recall: shared / sb.len().max(1) as f64,
            exact: f64::from(u8::from(got == self.gold)),
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

/// How the labeller is trained.
pub fn options() -> Options {
    Options { labels: 2, bits: 18, epochs: 6, alpha: 0.05, l1: 1.0, ..Options::default() }
}

/// Keeps features that are seen at `least` outlets.
fn common(samples: &[&Sample], least: usize) -> HashSet<u32> {
    let mut at: HashMap<u32, (u32, usize)> = HashMap::new();
    let mut order: Vec<&&Sample> = samples.iter().collect();
    order.sort_by_key(|s| s.group);
    for sample in order {
        for i in 0..sample.features.len() {
            for &h in sample.features.item(i) {
                let e = at.entry(h).or_insert((0, 0));
                if e.0 != sample.group || e.1 == 0 {
                    *e = (sample.group, e.1 + 1);
                }
            }
        }
    }
    at.into_iter().filter(|(_, (_, n))| *n >= least).map(|(h, _)| h).collect()
}

/// Trains on samples.
pub fn fit(samples: &[&Sample], options: &Options) -> Vec<u8> {
    let common = common(samples, 3);
    let examples = samples
        .iter()
        .filter(|s| s.found > 0.6 && !s.labels.is_empty())
        .map(|s| {
            let mut features = s.features.clone();
            features.retain(|h| common.contains(&h));
            Example { features, gold: Gold::Labels(s.labels.clone()), weight: 1.0 }
        })
        .collect();
    crate::model::train::train(examples, options)
}

/// Figures per set of a labelling.
pub fn report(name: &str, samples: &[Sample], label: impl Fn(&Sample) -> Vec<u8>) {
    for set in ["news", "sites", "web"] {
        let mut all = Figures::default();
        for s in samples.iter().filter(|s| s.set == set) {
            all.add(s.score(&label(s)));
        }
        println!("{name:10} {set:6} {}", all.line());
    }
}

/// Trains on all pages of `shared` and writes the weights file.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn train(shared: &Path, weights: &Path) -> std::io::Result<()> {
    let mut samples = Vec::new();
    for set in ["news", "sites", "web"] {
        samples.extend(load(shared, set)?);
    }
    let all: Vec<&Sample> = samples.iter().collect();
    let bytes = fit(&all, &options());
    println!("{} bytes from {} pages", bytes.len(), samples.len());
    std::fs::write(weights, bytes)
}

/// Trains and measures: the alignment's own ceiling, then each fold on the outlets left out.
///
/// # Errors
/// Where a file cannot be read.
pub fn cross_validate(shared: &Path, folds: u32) -> std::io::Result<()> {
    let mut samples = Vec::new();
    for set in ["news", "sites", "web"] {
        samples.extend(load(shared, set)?);
    }
    report("ceiling", &samples, |s| s.labels.clone());
    let mut predicted: HashMap<String, Vec<u8>> = HashMap::new();
    for fold in 0..folds {
        let train: Vec<&Sample> = samples.iter().filter(|s| s.group % folds != fold).collect();
        let Ok(model) = Model::from_bytes(&fit(&train, &options())) else { continue };
        for s in samples.iter().filter(|s| s.group % folds == fold) {
            predicted.insert(s.id.clone(), model.decode(&s.features));
        }
    }
    report("cv", &samples, |s| predicted.get(&s.id).cloned().unwrap_or_default());
    Ok(())
}
