//! Tests that other programs run, counted: cargo's and node's.

use crate::sh;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// How many tests ran.
#[derive(Clone, Default)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// Names of those that failed.
    failing: Vec<String>,
    /// What failed once and passed when it was run again, a line a file.
    pub(crate) unsteady: Vec<String>,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failing.extend(other.failing);
        self.unsteady.extend(other.unsteady);
    }
}

/// Runs all of node's tests in a folder, file by file; a folder without tests is a failure.
///
/// In a browser a file that fails is run once more: what then passes is loudly said to be unsteady.
pub(crate) fn node_tests(dir: &str, browser: Option<(&str, &Path)>) -> Result<Counts> {
    let mut files: Vec<_> = std::fs::read_dir(sh::root().join(dir))
        .with_context(|| dir.to_owned())?
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.to_string_lossy().ends_with(".test.mjs") || p.to_string_lossy().ends_with(".test.js"))
        .collect();
    files.sort();
    ensure!(!files.is_empty(), "no tests in {dir}");
    let run = |file: &Path| {
        let mut c = sh::command("node");
        c.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).arg(file);
        if let Some((name, path)) = browser {
            c.env("QUOTH_BROWSER", name).env(format!("QUOTH_{}", name.to_uppercase()), path);
        }
        c.env("QUOTH_NATIVE", sh::target().join("release/quoth"));
        outcome(&mut c)
    };
    let mut sum = Counts::default();
    for file in files {
        let name = file.strip_prefix(sh::root()).unwrap_or(&file).display().to_string();
        let again = browser.is_some();
        sum.add(twice(&name, again, || run(&file))?);
    }
    finished(sum)
}

/// Runs a file of tests; if it fails and may be run `again`, once more.
fn twice(file: &str, again: bool, mut run: impl FnMut() -> Result<Counts>) -> Result<Counts> {
    let first = run()?;
    if first.failed == 0 || !again {
        return Ok(first);
    }
    println!("\n=== {file} failed and is run once more");
    let mut second = run()?;
    if second.failed == 0 {
        let names = first.failing.join("; ");
        let line = format!("UNSTEADY: {file}: {names}: failed once, passed when run again");
        println!("{line}");
        second.unsteady.push(line);
    }
    Ok(second)
}

/// Tests that failed, with those that did not.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) Counts);

impl std::fmt::Debug for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Failed {}

/// Shows what a command prints and adds up the counts of cargo's and node's closing lines.
pub(crate) fn counted(c: &mut Command) -> Result<Counts> {
    finished(outcome(c)?)
}

/// Fails where a test failed or none ran.
fn finished(sum: Counts) -> Result<Counts> {
    if sum.failed > 0 {
        return Err(Failed(sum).into());
    }
    if sum.passed + sum.skipped == 0 {
        bail!("no test ran");
    }
    if sum.skipped > 0 {
        println!("SKIPPED: {} tests, see above", sum.skipped);
    }
    Ok(sum)
}

/// Runs a command, showing what it prints; a command that fails has at least one failed test.
fn outcome(c: &mut Command) -> Result<Counts> {
    let mut child = c.stdout(Stdio::piped()).spawn().context("could not start")?;
    let mut sum = Counts::default();
    let out = child.stdout.take().context("no output")?;
    for line in BufReader::new(out).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        count(&line, &mut sum);
    }
    std::io::stdout().flush()?;
    if !child.wait()?.success() {
        sum.failed = sum.failed.max(1);
    }
    Ok(sum)
}

fn count(line: &str, sum: &mut Counts) {
    let number = |s: &str| s.trim().parse::<u64>().unwrap_or(0);
    if let Some(rest) = line.trim_start().strip_prefix("test result: ") {
        for part in rest.split(['.', ';']) {
            match part.trim().split_once(' ') {
                Some((n, "passed")) => sum.passed += number(n),
                Some((n, "failed")) => sum.failed += number(n),
                Some((n, "ignored")) => sum.skipped += number(n),
                _ => {}
            }
        }
    } else if let Some(name) = line.trim_start().strip_prefix("✖ ") {
        // Named once as it fails and once more at the end.
        let name = name.rsplit_once(" (").map_or(name, |(name, _)| name);
        if name != "failing tests:" && !sum.failing.iter().any(|known| known == name) {
            sum.failing.push(name.to_owned());
        }
    } else if let Some(rest) = line.strip_prefix("ℹ ") {
        match rest.split_once(' ') {
            Some(("pass", n)) => sum.passed += number(n),
            Some(("fail" | "cancelled", n)) => sum.failed += number(n),
            Some(("skipped" | "todo", n)) => sum.skipped += number(n),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, count, twice};

    #[test]
    fn both_closing_lines_are_counted() {
        let mut sum = Counts::default();
        count(
            "test result: ok. 7 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished",
            &mut sum,
        );
        for line in ["ℹ tests 9", "ℹ pass 5", "ℹ fail 1", "ℹ cancelled 1", "ℹ skipped 3", "ℹ duration_ms 7"]
        {
            count(line, &mut sum);
        }
        assert_eq!((sum.passed, sum.failed, sum.skipped), (12, 3, 5));
    }

    #[test]
    fn a_file_that_fails_is_run_once_more_and_said_to_be_unsteady() {
        let failed = |line: &str| {
            let mut counts = Counts { failed: 1, ..Counts::default() };
            count(line, &mut counts);
            Ok(counts)
        };
        let passed = || Ok(Counts { passed: 3, ..Counts::default() });
        let mut runs = 0;
        let once = twice("a.test.mjs", true, || {
            runs += 1;
            if runs == 1 { failed("  ✖ opens a card (31.2ms)") } else { passed() }
        });
        let once = once.expect("both runs ended");
        assert_eq!((once.passed, once.failed, runs), (3, 0, 2));
        assert_eq!(once.unsteady, ["UNSTEADY: a.test.mjs: opens a card: failed once, passed when run again"]);
        let always = twice("a.test.mjs", true, || failed("✖ it (1ms)")).expect("both runs ended");
        assert_eq!((always.failed, always.unsteady.len()), (1, 0));
        let mut runs = 0;
        let native = twice("a.test.mjs", false, || {
            runs += 1;
            failed("✖ it (1ms)")
        });
        assert_eq!((native.expect("it ended").failed, runs), (1, 1));
    }
}
