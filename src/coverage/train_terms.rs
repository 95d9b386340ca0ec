//! Counts in how many texts each word stands: the table of [`super::terms`], from gold text that may train.

use super::{hash, terms, words};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// Texts of pages that have been cut out by hand or by their sites' own parsers, each a text of its own.
const PAGES: [&str; 3] =
    ["bench/clutter/web/gold.jsonl", "bench/clutter/news/gold.jsonl", "bench/clutter/sites/gold.jsonl"];
/// Articles of which several tell one story: a story counts as one text, or its names would pass for common words.
const STORIES: &str = "corpus/corpus.jsonl";
/// A word in fewer texts is left out: it is as rare as one that is in none.
const LEAST: u32 = 3;

fn lines(path: &Path) -> io::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
    text.lines().map(|l| serde_json::from_str(l).map_err(io::Error::from)).collect()
}

/// Writes the table of `shared`'s texts to `to`; gives a line that says what is in it.
///
/// # Errors
/// Where a file is missing or broken, or the table cannot be written.
pub fn run(shared: &Path, to: &Path) -> io::Result<Vec<String>> {
    let mut texts: Vec<BTreeSet<u32>> = Vec::new();
    let stems = |v: &Value| -> Vec<u32> {
        let words = words::words(v["text"].as_str().unwrap_or_default());
        words.iter().map(|w| hash::term(words::stem(&w.form))).collect()
    };
    for pages in PAGES {
        texts.extend(lines(&shared.join(pages))?.iter().map(|v| stems(v).into_iter().collect()));
    }
    let mut stories: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for v in lines(&shared.join(STORIES))? {
        stories.entry(v["story"].as_str().unwrap_or_default().to_owned()).or_default().extend(stems(&v));
    }
    texts.extend(stories.into_values());
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for term in texts.iter().flatten() {
        *counts.entry(*term).or_default() += 1;
    }
    let table = terms::build(texts.len() as u32, &counts, LEAST);
    let before = std::fs::read(to).unwrap_or_default();
    std::fs::write(to, &table)?;
    let kept = counts.values().filter(|&&n| n >= LEAST).count();
    let same = if before == table { "as before" } else { "changed" };
    Ok(vec![format!("{} texts, {kept} terms, {} bytes, {same}: {}", texts.len(), table.len(), to.display())])
}
