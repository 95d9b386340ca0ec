//! Trains the block labeller from pages with gold text, and measures it by cross-validation.

use super::align::{align, words};
use super::features;
use super::label::choose;
use super::second::second;
use super::view::View;
use crate::model::train::{Example, Gold, Options};
use crate::model::{Features, Model, hash_text};
use crate::page::{Page, html};
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
    page: Page,
    features: Features,
    core: Features,
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
    let features = features::first(&view);
    let blocks = (0..view.segments.list.len())
        .map(|i| words(view.segments.words(i)).iter().map(|w| hash_text(w)).collect())
        .collect();
    drop(view);
    Ok(Sample {
        page,
        id: text("id").to_owned(),
        set,
        group: hash_text(&group),
        gold: words(text("text")).iter().map(|w| hash_text(w)).collect(),
        blocks,
        features: features.all,
        core: features.core,
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
    Options { labels: 2, bits: 18, epochs: 10, alpha: 0.005, l1: 3.0, ..Options::default() }
}

/// A feature counts if it is seen at so many outlets.
const LEAST: usize = 3;

/// Parts into which outlets are drawn where a page must not be judged by what it trained.
const FOLDS: u32 = 4;

const SETS: [&str; 3] = ["news", "sites", "web"];

/// Keeps features that are seen at `least` outlets.
fn common(samples: &[(&Sample, &Features)], least: usize) -> HashSet<u32> {
    let mut at: HashMap<u32, (u32, usize)> = HashMap::new();
    let mut order = samples.to_vec();
    order.sort_by_key(|(s, _)| s.group);
    for (sample, features) in order {
        for i in 0..features.len() {
            for &h in features.item(i) {
                let e = at.entry(h).or_insert((0, 0));
                if e.0 != sample.group || e.1 == 0 {
                    *e = (sample.group, e.1 + 1);
                }
            }
        }
    }
    at.into_iter().filter(|(_, (_, n))| *n >= least).map(|(h, _)| h).collect()
}

/// Trains one pass.
fn fit(samples: &[(&Sample, &Features)], options: &Options) -> Vec<u8> {
    let common = common(samples, LEAST);
    let examples = samples
        .iter()
        .filter(|(s, _)| s.found > 0.6 && !s.labels.is_empty())
        .map(|(s, features)| {
            let mut features = (*features).clone();
            features.retain(|h| common.contains(&h));
            // Pages count alike in the figures; in the sum a page of many blocks would count more.
            let weight = (200.0 / s.labels.len() as f32).sqrt().clamp(0.4, 2.0);
            Example { features, gold: Gold::Labels(s.labels.clone()), weight }
        })
        .collect();
    crate::model::train::train(examples, options)
}

/// The likelihood that each block is the article's text.
fn likely(model: &Model, features: &Features) -> Vec<f32> {
    model.marginals(features).chunks_exact(2).map(|m| m[1]).collect()
}

/// Trains the first pass on the outlets of other folds and gives the second pass's features for all.
fn stack(samples: &[&Sample], folds: u32, options: &Options) -> Vec<Features> {
    let mut out = vec![Features::new(); samples.len()];
    for fold in 0..folds {
        let part: Vec<_> =
            samples.iter().filter(|s| s.group % folds != fold).map(|s| (*s, &s.features)).collect();
        let Ok(model) = Model::from_bytes(&fit(&part, options)) else { continue };
        for (s, out) in samples.iter().zip(&mut out).filter(|(s, _)| s.group % folds == fold) {
            *out = second(&View::new(&s.page), &s.core, &likely(&model, &s.features));
        }
    }
    out
}

/// Trains both passes; the second sees what the first says of outlets it was not trained on.
pub fn fit_both(samples: &[&Sample], options: &Options, folds: u32) -> (Vec<u8>, Vec<u8>) {
    let plain: Vec<_> = samples.iter().map(|s| (*s, &s.features)).collect();
    let stacked = stack(samples, folds, options);
    let stacked: Vec<_> = samples.iter().copied().zip(&stacked).collect();
    (fit(&plain, options), fit(&stacked, options))
}

fn decode(s: &Sample, model: &Model, features: &Features) -> Vec<u8> {
    choose(&View::new(&s.page), model, model.scores(features)).into_iter().map(u8::from).collect()
}

/// Figures per set of a labelling.
pub fn report(name: &str, samples: &[Sample], label: impl Fn(&Sample) -> Vec<u8>) {
    for set in SETS {
        let mut all = Figures::default();
        let mut worst = Vec::new();
        for s in samples.iter().filter(|s| s.set == set) {
            let figures = s.score(&label(s));
            worst.push((figures.f1, &s.id, s.found));
            all.add(figures);
        }
        worst.sort_by(|a, b| a.0.total_cmp(&b.0));
        if std::env::var_os("WORST").is_some() {
            for (f1, id, found) in worst.iter().take(15) {
                println!("  {f1:.3} {id} {found:.2}");
            }
        }
        println!("{name:10} {set:6} {}", all.line());
    }
}

/// Trains on all pages of `shared` and writes the weights files.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn train(shared: &Path, weights: &Path) -> std::io::Result<()> {
    let mut samples = Vec::new();
    for set in SETS {
        samples.extend(load(shared, set)?);
    }
    let all: Vec<&Sample> = samples.iter().collect();
    let (one, two) = fit_both(&all, &options(), FOLDS);
    println!("{} and {} bytes from {} pages", one.len(), two.len(), samples.len());
    let mut bytes = (one.len() as u32).to_le_bytes().to_vec();
    bytes.extend(one);
    bytes.extend(two);
    std::fs::write(weights, bytes)
}

/// Trains and measures: the alignment's own ceiling, then each fold on the outlets left out.
///
/// # Errors
/// Where a file cannot be read.
pub fn cross_validate(shared: &Path, folds: u32) -> std::io::Result<()> {
    let mut samples = Vec::new();
    for set in SETS {
        samples.extend(load(shared, set)?);
    }
    report("ceiling", &samples, |s| s.labels.clone());
    cv(&samples, folds, &options(), true);
    Ok(())
}

/// One cross-validation. With `nested`, each fold stacks within its own training pages alone; else
/// one stack over all pages serves all folds, which is quicker and a little too kind.
pub fn cv(samples: &[Sample], folds: u32, options: &Options, nested: bool) {
    let all: Vec<&Sample> = samples.iter().collect();
    let shared = if nested { Vec::new() } else { stack(&all, folds, options) };
    let mut first: HashMap<&str, Vec<u8>> = HashMap::new();
    let mut both: HashMap<&str, Vec<u8>> = HashMap::new();
    for fold in 0..folds {
        let part: Vec<&Sample> = samples.iter().filter(|s| s.group % folds != fold).collect();
        let (one, two) = if nested {
            fit_both(&part, options, folds)
        } else {
            let with: Vec<_> =
                all.iter().copied().zip(&shared).filter(|(s, _)| s.group % folds != fold).collect();
            (Vec::new(), fit(&with, options))
        };
        let Ok(two) = Model::from_bytes(&two) else { continue };
        let one = Model::from_bytes(&one).ok();
        for (i, s) in samples.iter().enumerate().filter(|(_, s)| s.group % folds == fold) {
            if let Some(one) = &one {
                first.insert(&s.id, one.decode(&s.features));
                let features = second(&View::new(&s.page), &s.core, &likely(one, &s.features));
                both.insert(&s.id, decode(s, &two, &features));
            } else {
                both.insert(&s.id, decode(s, &two, &shared[i]));
            }
        }
    }
    if nested {
        report("first", samples, |s| first.get(s.id.as_str()).cloned().unwrap_or_default());
    }
    report("cv", samples, |s| both.get(s.id.as_str()).cloned().unwrap_or_default());
}
