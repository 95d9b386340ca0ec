//! Fits the weights of [`super::utterances`] on the stories of the shared corpus as they are read, speakers lost or
//! mistaken included: to be run after the names and the speakers were trained.

use super::Visit;
use super::train::fit;
use super::utterances::{CONTEXT, Features, pairs};
use crate::coverage::likeness::FEATURES;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Weights, the constant last.
const N: usize = FEATURES + CONTEXT + 1;
/// Precision of the normal prior around nothing.
const PRECISION: f64 = 1.0;

/// An article's quotations and what each of them says.
struct Article {
    visit: Visit,
    utterances: Vec<Vec<String>>,
}

/// An article as it is read. A quotation says what the annotated ones say that it mostly lies in or that it holds;
/// their offsets are code points.
fn reading(v: &Value) -> Article {
    let text = v["text"].as_str().unwrap_or_default();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place =
        |q: &Value, key: &str| places[(q[key].as_u64().unwrap_or_default() as usize).min(places.len() - 1)];
    let all = v["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let read = crate::read_text(text);
    let utterance = |q: &crate::quotes::Quote| {
        let over = |g: &&Value| {
            let (start, end) = (place(g, "start"), place(g, "end"));
            let both = q.span.end.min(end).saturating_sub(q.span.start.max(start));
            2 * both >= q.span.end - q.span.start || both == end - start
        };
        let spoken = |g: &&Value| g["kind"] != "indirect";
        all.iter()
            .filter(spoken)
            .filter(over)
            .filter_map(|g| g["utterance"].as_str())
            .map(str::to_owned)
            .collect()
    };
    let utterances = read.quotes.iter().map(utterance).collect();
    Article { visit: super::visit(v["id"].as_str().unwrap_or_default(), &read, 0.0), utterances }
}

/// Writes the weights to `to`; gives a line that says from what, and the weights.
///
/// # Errors
/// Where a file is missing or broken, or the weights cannot be written.
pub fn run(shared: &Path, to: &Path) -> io::Result<Vec<String>> {
    let text = std::fs::read_to_string(shared.join("corpus/corpus.jsonl"))?;
    let mut stories: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in text.lines() {
        let v: Value = serde_json::from_str(line)?;
        stories.entry(v["story"].as_str().unwrap_or_default().to_owned()).or_default().push(v);
    }
    let mut examples: Vec<([f32; N], bool)> = Vec::new();
    for story in stories.values() {
        let articles: Vec<Article> = story.iter().map(reading).collect();
        for (i, a) in articles.iter().enumerate() {
            for b in &articles[..i] {
                for (x, y, features) in pairs(&a.visit, &b.visit) {
                    let same = a.utterances[x].iter().any(|v| b.utterances[y].contains(v));
                    examples.push((with_constant(&features), same));
                }
            }
        }
    }
    let weights = fit(&examples, &[0.0; N], &[PRECISION; N]);
    let lines = weights.map(|w| format!("{w:.2}\n")).concat();
    let before = std::fs::read_to_string(to).unwrap_or_default();
    std::fs::write(to, &lines)?;
    let same = examples.iter().filter(|e| e.1).count();
    let changed = if before == lines { "as before" } else { "changed" };
    Ok(vec![format!(
        "{} stories, {} pairs of quotations, {same} of them the same words; {changed}: {}\n{}",
        stories.len(),
        examples.len(),
        to.display(),
        lines.replace('\n', " ")
    )])
}

fn with_constant(features: &Features) -> [f32; N] {
    let mut out = [1.0; N];
    out[..N - 1].copy_from_slice(features);
    out
}
