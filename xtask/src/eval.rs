//! `cargo xtask eval`: the native program over the gold data, scored, one table.

use crate::sh;
use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const HELP: &str = "\
cargo xtask eval [NAME …] [--shared DIR]

Builds the native program, runs it over the gold data (../shared unless said otherwise) and prints
one table: figure, value, bar. NAME is one or more of the sets in the table, all by default.";

/// A gold set: name, gold file, where its pages are, what `score.py` is asked, `--related`.
struct Set {
    name: &'static str,
    gold: &'static str,
    pages: Option<&'static str>,
    what: &'static str,
    related: bool,
    /// Figures shown, with the bar that is to be reached; NaN where there is none.
    figures: &'static [(&'static str, f64)],
}

const NONE: f64 = f64::NAN;

const SETS: [Set; 10] = [
    Set {
        name: "clutter/news",
        gold: "bench/clutter/news/gold.jsonl",
        pages: Some("bench/clutter/news/html"),
        what: "clutter",
        related: false,
        figures: &[("shingle F1", 0.93), ("word F1", 0.88), ("word-perfect pages", NONE)],
    },
    Set {
        name: "clutter/web",
        gold: "bench/clutter/web/gold.jsonl",
        pages: Some("bench/clutter/web/html"),
        what: "clutter",
        related: false,
        figures: &[
            ("shingle F1", 0.93),
            ("word F1", 0.88),
            ("snippets kept", NONE),
            ("furniture snippets gone", NONE),
        ],
    },
    Set {
        name: "clutter/sites",
        gold: "bench/clutter/sites/gold.jsonl",
        pages: Some("bench/clutter/sites/html"),
        what: "clutter",
        related: false,
        figures: &[("word F1", NONE), ("title right", NONE), ("published day right", NONE)],
    },
    Set {
        name: "actors/newswire",
        gold: "bench/actors/dev-newswire.jsonl",
        pages: None,
        what: "actors",
        related: false,
        figures: &[("typed F1", 0.58), ("untyped F1", NONE)],
    },
    Set {
        name: "actors/sentences",
        gold: "bench/actors/dev-sentences.jsonl",
        pages: None,
        what: "actors",
        related: false,
        figures: &[("typed F1", 0.60), ("untyped F1", NONE)],
    },
    Set {
        name: "quotes",
        gold: "bench/quotes/dev.jsonl",
        pages: None,
        what: "quotes",
        related: false,
        figures: &[
            ("span F1", 0.93),
            ("joint F1", 0.75),
            ("speaker accuracy", NONE),
            ("marked as speech but not", NONE),
        ],
    },
    Set {
        name: "related",
        gold: "bench/related/dev.jsonl",
        pages: None,
        what: "related",
        related: true,
        figures: &[
            ("precision at 3", 0.90),
            ("recall at 5", NONE),
            ("same-story F1", NONE),
            ("first visits wrongly given a card", NONE),
        ],
    },
    Set {
        name: "seeds",
        gold: "seeds/gold/seeds.jsonl",
        pages: None,
        what: "corpus",
        related: true,
        figures: &[
            ("names typed F1", NONE),
            ("actor identity B3 F1", NONE),
            ("quotation + actor joint F1", 0.75),
            ("indirect speech joint F1", NONE),
        ],
    },
    Set {
        name: "corpus",
        gold: "corpus/corpus.jsonl",
        pages: None,
        what: "corpus",
        related: true,
        figures: &[
            ("names typed F1", NONE),
            ("actor identity B3 F1", NONE),
            ("quotation span F1", NONE),
            ("quotation + actor joint F1", NONE),
            ("indirect speech joint F1", NONE),
            ("not-speech taken as speech", NONE),
        ],
    },
    Set {
        name: "same words",
        gold: "corpus/corpus.jsonl",
        pages: None,
        what: "utterances",
        related: true,
        figures: &[("same-words precision", NONE), ("same-words recall", NONE), ("same-words F1", NONE)],
    },
];

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short, Value};
    use lexopt::ValueExt;
    let mut shared = sh::root().join("../shared");
    let mut names = Vec::new();
    while let Some(arg) = args.next()? {
        match arg {
            Long("shared") => shared = args.value()?.into(),
            Long("help") | Short('h') => {
                println!("{HELP}\n\nSets: {}", SETS.map(|s| s.name).join(", "));
                return Ok(());
            }
            Value(name) => names.push(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    if !shared.join("bench/score.py").is_file() {
        bail!("NOTHING WAS MEASURED: there is no gold data in {}; say --shared DIR", shared.display());
    }
    let chosen: Vec<&Set> =
        SETS.iter().filter(|s| names.is_empty() || names.iter().any(|n| n == s.name)).collect();
    if chosen.is_empty() {
        bail!("no such set: {}", SETS.map(|s| s.name).join(", "));
    }
    sh::run(sh::cargo().args(["build", "--quiet", "--release", "--bin", "quoth"]))?;
    let out = sh::target().join("eval");
    fs::create_dir_all(&out)?;
    println!("{:18} {:36} {:>8} {:>6}", "set", "figure", "value", "bar");
    let mut missed = 0;
    for set in chosen {
        if shared.join(set.gold).is_file() {
            missed += measure(set, &shared, &out).with_context(|| set.name)?;
        } else {
            println!("{:18} SKIPPED: there is no {}", set.name, set.gold);
        }
    }
    println!(
        "\n{}",
        if missed == 0 { "every bar is reached".to_owned() } else { format!("{missed} below the bar") }
    );
    Ok(())
}

/// Runs one set and prints its rows; gives back how many are below their bar.
fn measure(set: &Set, shared: &Path, out: &Path) -> Result<usize> {
    let stem = set.name.replace(['/', ' '], "-");
    let input = input(set, shared, &out.join(format!("{stem}.in.jsonl")))?;
    let answers = out.join(format!("{stem}.out.jsonl"));
    let begun = Instant::now();
    let mut c = Command::new(sh::target().join("release/quoth"));
    c.arg("batch").args(set.related.then_some("--related"));
    c.stdin(Stdio::from(File::open(&input)?)).stdout(Stdio::from(File::create(&answers)?));
    let status = c.status().context("the native program")?;
    let took = begun.elapsed().as_secs_f64();
    let score = shared.join("bench/score.py");
    let table =
        sh::output(sh::command("python3").arg(score).arg(set.what).arg(shared.join(set.gold)).arg(&answers))?;
    let table = String::from_utf8(table)?;
    let mut missed = 0;
    for &(figure, bar) in set.figures {
        let row = table
            .lines()
            .find_map(|l| l.strip_prefix(figure)?.split_whitespace().next()?.parse::<f64>().ok());
        let Some(value) = row else { bail!("score.py does not say {figure}") };
        let (mark, bar) = match bar {
            b if b.is_nan() => ("", String::new()),
            b if value >= b => ("", format!("{b:.2}")),
            b => {
                missed += 1;
                ("  BELOW", format!("{b:.2}"))
            }
        };
        let value =
            if value.fract() == 0.0 && value > 1.0 { format!("{value}") } else { format!("{value:.4}") };
        println!("{:18} {figure:36} {value:>8} {bar:>6}{mark}", set.name);
    }
    println!("{:18} {:36} {:>8} {:>6}", set.name, "time of one document, ms", speed(&answers)?, "");
    if !status.success() {
        println!("{:18} SOME LINES WERE NOT READ ({took:.1} s)", set.name);
    }
    Ok(missed)
}

/// Median and longest time of a document.
fn speed(answers: &Path) -> Result<String> {
    let mut all = Vec::new();
    for line in fs::read_to_string(answers)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        all.extend(row["ms"].as_f64());
    }
    all.sort_by(f64::total_cmp);
    let at = |i: usize| all.get(i).copied().unwrap_or_default();
    Ok(format!("{:.1} (longest {:.0})", at(all.len() / 2), at(all.len().saturating_sub(1))))
}

/// What is piped into the program: the gold file itself, or its pages with nothing of the gold.
fn input(set: &Set, shared: &Path, to: &Path) -> Result<PathBuf> {
    let gold = shared.join(set.gold);
    let Some(pages) = set.pages else { return Ok(gold) };
    let mut out = BufWriter::new(File::create(to)?);
    for line in fs::read_to_string(&gold)?.lines().filter(|l| !l.is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        let id = row["id"].as_str().context("a gold line without id")?;
        let path = shared.join(pages).join(format!("{id}.html.gz"));
        let mut html = Vec::new();
        GzDecoder::new(File::open(&path).with_context(|| path.display().to_string())?)
            .read_to_end(&mut html)?;
        let page = serde_json::json!({"id": id, "url": row["url"], "html": String::from_utf8_lossy(&html)});
        serde_json::to_writer(&mut out, &page)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(to.to_path_buf())
}
