//! Trains the block labeller from pages with gold text.

mod own;

use super::align::{align, words};
use super::features::{self, Told};
use super::label::likely;
use super::meta::Metadata;
use super::second::{COLUMNS, second};
use super::view::View;
use crate::model::boost::{Growth, grow};
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
    /// The gold text's words, hashed.
    pub(super) gold: Vec<u32>,
    pub(super) page: Page,
    features: Features,
    told: Vec<Told>,
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
    let meta = Metadata::read(&page);
    let url = match text("url") {
        "" | "None" => meta.first(&["og:url"]).unwrap_or(&meta.canonical).to_owned(),
        url => url.to_owned(),
    };
    let mut group = host(&url);
    if group.len() < 4 {
        text("id").clone_into(&mut group);
    }
    Ok(Sample::new(text("id"), set, &group, page, text("text")))
}

impl Sample {
    /// A page with its gold text, of an outlet by the name of `group`.
    fn new(id: &str, set: &'static str, group: &str, page: Page, gold: &str) -> Self {
        let view = View::new(&page);
        let (shares, found) =
            align(&view.segments, gold).unwrap_or_else(|| (vec![0.0; view.segments.list.len()], 0.0));
        let mut features = Features::new();
        let told = features::first(&view, &mut features);
        drop(view);
        Self {
            page,
            id: id.to_owned(),
            set,
            group: hash_text(group),
            gold: words(gold).iter().map(|w| hash_text(w)).collect(),
            features,
            told,
            labels: shares.iter().map(|&s| u8::from(s > 0.5)).collect(),
            found,
        }
    }
}

/// How the first pass is trained.
fn options() -> Options {
    Options { labels: 2, bare: true, bits: 18, epochs: 10, alpha: 0.01, l1: 3.0, ..Options::default() }
}

/// A feature counts if it is seen at so many outlets.
const LEAST: usize = 3;

/// Parts into which outlets are drawn where a page must not be judged by what it trained.
pub(super) const FOLDS: u32 = 4;

pub(super) const SETS: [&str; 3] = ["news", "sites", "web"];

/// Pages made of the project's own articles.
pub(super) const OWN: &str = "own";

/// What a made page counts, to a real one's 1.
const OWN_WEIGHT: f32 = 0.25;

/// Pages of which less was found than this teach nothing.
const FOUND: f32 = 0.6;

/// Reads the pages of all sets.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn load_all(shared: &Path) -> std::io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for set in SETS {
        samples.extend(load(shared, set)?);
    }
    let corpus = std::fs::read_to_string(shared.join("corpus/corpus.jsonl"))?;
    samples.extend(own::pages(&corpus).iter().map(|made| {
        let page = html::parse(&made.html, "");
        Sample::new(&made.id, OWN, &made.story, page, &made.gold)
    }));
    Ok(samples)
}

/// Keeps features that are seen at `least` outlets.
fn common(samples: &[&Sample], least: usize) -> HashSet<u32> {
    let mut at: HashMap<u32, (u32, usize)> = HashMap::new();
    let mut order = samples.to_vec();
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

/// Pages count alike in the figures; in the sum a page of many blocks would count more.
fn weight(sample: &Sample) -> f32 {
    let all = (200.0 / sample.labels.len() as f32).sqrt().clamp(0.4, 2.0);
    if sample.set == OWN { all * OWN_WEIGHT } else { all }
}

fn teaches(sample: &Sample) -> bool {
    sample.found > FOUND && !sample.labels.is_empty()
}

/// Trains the first pass.
fn fit_first(samples: &[&Sample]) -> Vec<u8> {
    let common = common(samples, LEAST);
    let examples = samples
        .iter()
        .filter(|s| teaches(s))
        .map(|s| {
            let mut features: Features = s.features.clone();
            features.retain(|h| common.contains(&h));
            Example { features, gold: Gold::Labels(s.labels.clone()), weight: weight(s) }
        })
        .collect();
    crate::model::train::train(examples, &options())
}

/// Trains the first pass on the outlets of other folds and gives the second pass's rows for all.
pub(super) fn stack(samples: &[&Sample], folds: u32) -> Vec<Vec<f32>> {
    let mut out = vec![Vec::new(); samples.len()];
    for fold in 0..folds {
        let part: Vec<_> = samples.iter().copied().filter(|s| s.group % folds != fold).collect();
        let Ok(model) = Model::from_bytes(&fit_first(&part)) else { continue };
        for (s, out) in samples.iter().zip(&mut out).filter(|(s, _)| s.group % folds == fold) {
            let (scores, likely) = likely(&model, &model.scores(&s.features));
            second(&View::new(&s.page), &s.told, &scores, &likely, |row| out.extend_from_slice(row));
        }
    }
    out
}

/// Trains the second pass.
pub(super) fn fit_second(samples: &[&Sample], rows: &[&[f32]]) -> Vec<u8> {
    let (mut flat, mut gold, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for (s, rows) in samples.iter().zip(rows).filter(|(s, _)| teaches(s)) {
        flat.extend_from_slice(rows);
        gold.extend_from_slice(&s.labels);
        weights.extend(std::iter::repeat_n(weight(s), s.labels.len()));
    }
    grow(&flat, COLUMNS, &gold, &weights, &Growth::default())
}

/// Trains both passes and gives back their file; the second sees what the first says of outlets it was
/// not trained on.
pub(super) fn fit(samples: &[&Sample], folds: u32) -> Vec<u8> {
    let stacked = stack(samples, folds);
    let rows: Vec<&[f32]> = stacked.iter().map(Vec::as_slice).collect();
    join(&fit_first(samples), &fit_second(samples, &rows))
}

/// The file of both passes.
fn join(first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut bytes = (first.len() as u32).to_le_bytes().to_vec();
    bytes.extend(first);
    bytes.extend(second);
    bytes
}

/// Trains on all pages of `shared` and writes the weights file.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn train(shared: &Path, weights: &Path) -> std::io::Result<()> {
    let samples = load_all(shared)?;
    let all: Vec<&Sample> = samples.iter().collect();
    let bytes = fit(&all, FOLDS);
    println!("{} bytes from {} pages", bytes.len(), samples.len());
    std::fs::write(weights, bytes)
}
