//! The native core beside others and stage by stage, one thread, all in one run.

use anyhow::{Context, Result};
use dom_smoothie::Readability;
use flate2::read::GzDecoder;
use quoth::article::{self, State};
use quoth::{actors, page, quotes};
use serde_json::Value;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often each page is read; the fastest counts, so that other programs' work does not.
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    let shared: PathBuf = std::env::args_os().nth(1).context("say where the gold data is")?.into();
    pages(&shared)?;
    texts(&shared)
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let all = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(all.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed().as_secs_f64() * 1e3)
}

/// HTML to article, ours against `dom_smoothie`'s, page by page, turn by turn.
fn pages(shared: &Path) -> Result<()> {
    let folder = shared.join("bench/clutter/news");
    let (mut ours, mut theirs, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for row in lines(&folder.join("gold.jsonl"))? {
        let id = row["id"].as_str().context("no id")?;
        let url = row["url"].as_str().unwrap_or("https://example.com/");
        let mut html = Vec::new();
        GzDecoder::new(File::open(folder.join(format!("html/{id}.html.gz")))?).read_to_end(&mut html)?;
        let html = String::from_utf8_lossy(&html);
        let (mut a, mut b, mut c) = (f64::MAX, f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            let (article, ms) = timed(|| article::extract(&page::html::parse(&html, url)));
            a = a.min(ms);
            let (parsed, ms) =
                timed(|| Readability::new(html.as_ref(), Some(url), None).map(|mut r| r.parse().is_ok()));
            b = b.min(ms);
            let (_, ms) = timed(|| quoth::read(&page::html::parse(&html, url)));
            c = c.min(ms);
            std::hint::black_box((article, parsed.unwrap_or(false)));
        }
        ours.push(a);
        theirs.push(b);
        whole.push(c);
    }
    println!("{} news pages, HTML to article, native, ms      median     p95", ours.len());
    row("  Quoth", ours);
    row("  dom_smoothie", theirs);
    row("  Quoth with names and quotations", whole);
    Ok(())
}

fn row(name: &str, mut ms: Vec<f64>) {
    ms.sort_by(f64::total_cmp);
    let at = |share: f64| ms.get(((ms.len() - 1) as f64 * share) as usize).copied().unwrap_or_default();
    println!("{name:44} {:9.2} {:7.2}", at(0.5), at(0.95));
}

/// What each stage takes over long texts, and what that is a minute.
fn texts(shared: &Path) -> Result<()> {
    let texts: Vec<String> = lines(&shared.join("bench/quotes/train.jsonl"))?
        .into_iter()
        .filter_map(|r| r["text"].as_str().map(str::to_owned))
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let mut spent = [Duration::ZERO; 4];
    for text in &texts {
        let begun = Instant::now();
        let article = article::from_text(text);
        let took = begun.elapsed();
        let begun = Instant::now();
        let mentions = actors::name(&article);
        let names = begun.elapsed();
        let begun = Instant::now();
        let mut actors = actors::resolve(&article, &mentions);
        let resolved = begun.elapsed();
        let begun = Instant::now();
        let found = quotes::quote(&article, &mut actors);
        let quoted = begun.elapsed();
        for (sum, t) in spent.iter_mut().zip([took, names, resolved, quoted]) {
            *sum += t;
        }
        std::hint::black_box((found, matches!(article.state, State::Article)));
    }
    let all: Duration = spent.iter().sum();
    println!("\n{} articles, {:.1} MB of text, native, one thread", texts.len(), bytes as f64 / 1e6);
    for (name, t) in ["  text into blocks", "  names", "  actors", "  quotations"].iter().zip(spent) {
        println!("{name:44} {:9.0} ms", t.as_secs_f64() * 1e3);
    }
    println!("{:44} {:9.0} MB a minute", "  all", bytes as f64 / 1e6 / all.as_secs_f64() * 60.0);
    println!(
        "{:44} {:9.0} words a second",
        "  names and actors",
        words as f64 / (spent[1] + spent[2]).as_secs_f64()
    );
    Ok(())
}
