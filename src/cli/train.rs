//! `quoth train WHAT` and `quoth eval WHAT`: retrains a scorer from the shared data, or measures one.

use super::{Failure, say};
use std::path::{Path, PathBuf};

/// Where the data is and where the weights go.
struct Folders {
    shared: PathBuf,
    own: PathBuf,
    weights: PathBuf,
    folds: usize,
    /// Keeps the names found by cross-fitting between runs.
    names: Option<PathBuf>,
    /// Measures sooner and a little too kindly.
    quick: bool,
    /// Where readings are written.
    out: PathBuf,
}

fn parse(mut args: lexopt::Parser) -> Result<(String, Folders), Failure> {
    use lexopt::Arg::{Long, Value};
    let mut what = None;
    let mut folders = Folders {
        shared: "../shared".into(),
        own: "corpus".into(),
        weights: "weights".into(),
        folds: 5,
        names: None,
        quick: false,
        out: "readings.jsonl".into(),
    };
    while let Some(arg) = args.next()? {
        match arg {
            Long("shared") => folders.shared = args.value()?.into(),
            Long("corpus") => folders.own = args.value()?.into(),
            Long("weights") => folders.weights = args.value()?.into(),
            Long("names") => folders.names = Some(args.value()?.into()),
            Long("quick") => folders.quick = true,
            Long("out") => folders.out = args.value()?.into(),
            Long("folds") => {
                let count = args.value()?;
                let count = count.to_str().and_then(|c| c.parse().ok());
                folders.folds = count.ok_or_else(|| Failure::Usage("--folds takes a number".to_owned()))?;
            }
            Value(name) if what.is_none() => what = name.into_string().ok(),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok((what.unwrap_or_default(), folders))
}

fn print(path: &Path, lines: std::io::Result<Vec<String>>) -> Result<(), Failure> {
    let lines = lines.map_err(|e| Failure::Io(format!("{}: {e}", path.display())))?;
    say(&lines.join("\n"))
}

fn done(path: &Path, result: std::io::Result<()>) -> Result<(), Failure> {
    result.map_err(|e| Failure::Io(format!("{}: {e}", path.display())))
}

/// Retrains one scorer.
pub(crate) fn run(args: lexopt::Parser) -> Result<(), Failure> {
    let (what, f) = parse(args)?;
    match what.as_str() {
        "actors" => print(&f.shared, quoth::actors::train::run(&f.shared, &f.own, &f.weights)),
        "speakers" => {
            print(&f.shared, quoth::quotes::train::run(&f.shared, &f.own, &f.weights, f.names.as_deref()))
        }
        "blocks" => done(&f.shared, quoth::article::train::train(&f.shared, &f.weights.join("blocks.bin"))),
        "relate" => print(&f.shared, quoth::coverage::train::run(&f.shared, &f.own)),
        "terms" => {
            print(&f.shared, quoth::coverage::train_terms::run(&f.shared, &f.weights.join("terms.bin")))
        }
        "utterances" => {
            let to = f.weights.join("utterances.txt");
            print(&f.shared, quoth::coverage::train_utterances::run(&f.shared, &to))
        }
        other => Err(Failure::Usage(format!(
            "nothing to train by the name of {other:?}; there are: actors, blocks, relate, speakers, terms, \
             utterances"
        ))),
    }
}

/// Measures one scorer.
pub(crate) fn eval(args: lexopt::Parser) -> Result<(), Failure> {
    let (what, f) = parse(args)?;
    match what.as_str() {
        "actors-cv" => print(&f.shared, quoth::actors::train::cross_validate(&f.shared, &f.own, f.folds)),
        "actors" => print(&f.shared, quoth::actors::train::shipped(&f.shared)),
        "speakers-cv" => print(
            &f.shared,
            quoth::quotes::train::cross_validate(&f.shared, &f.own, f.names.as_deref(), &f.out),
        ),
        "blocks-cv" => {
            let folds = f.folds as u32;
            done(&f.shared, quoth::article::measure::cross_validate(&f.shared, folds, f.quick, &f.out))
        }
        other => Err(Failure::Usage(format!(
            "nothing to measure by the name of {other:?}; there are: actors, actors-cv, blocks-cv, speakers-cv"
        ))),
    }
}
