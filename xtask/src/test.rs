//! `cargo xtask test`: everything that must hold, each step named with its time.

use crate::{browsers, build, sh, size};
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const HELP: &str = "\
cargo xtask test [--quick] [--browser chromium|firefox]

Runs everything: format, lints on host and wasm32, native tests, tests of the core in WebAssembly,
the scripts' types, format and lints, the stores' linter, the size, and the built extension in real
Chromium and real Firefox. --quick: the native part alone. --browser: that browser alone.";

/// How many tests ran.
#[derive(Clone, Copy, Default)]
struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

/// One step that was run.
struct Step {
    name: &'static str,
    took: Duration,
    result: Result<Counts>,
}

struct Run {
    steps: Vec<Step>,
}

impl Run {
    fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Counts>) {
        println!("\n=== {name}");
        let begun = Instant::now();
        let result = work();
        let took = begun.elapsed();
        match &result {
            Ok(_) => println!("--- {name}: {:.1} s", took.as_secs_f64()),
            Err(e) => println!("--- {name}: FAILED after {:.1} s: {e:#}", took.as_secs_f64()),
        }
        self.steps.push(Step { name, took, result });
    }

    /// Prints all steps and the tests' counts in the last line.
    fn close(self) -> Result<()> {
        let mut sum = Counts::default();
        println!("\n=== all steps");
        for Step { name, took, result } in &self.steps {
            let (what, tests) = match result {
                Ok(c) => {
                    sum.passed += c.passed;
                    sum.skipped += c.skipped;
                    ("ok", if c.passed > 0 { format!("{} tests", c.passed) } else { String::new() })
                }
                Err(e) => {
                    let counts = e.downcast_ref::<Failed>().map(|f| f.0).unwrap_or_default();
                    sum.passed += counts.passed;
                    sum.skipped += counts.skipped;
                    sum.failed += counts.failed.max(1);
                    ("FAILED", String::new())
                }
            };
            println!("{what:6} {:7.1} s  {name:44} {tests}", took.as_secs_f64());
        }
        let all: Duration = self.steps.iter().map(|s| s.took).sum();
        let word = if sum.failed == 0 { "ok" } else { "FAILED" };
        println!(
            "\ntest result: {word}. {} passed; {} failed; {} ignored; 0 measured; 0 filtered out; finished in {:.2}s",
            sum.passed,
            sum.failed,
            sum.skipped,
            all.as_secs_f64()
        );
        ensure!(sum.failed == 0, "not all passed");
        Ok(())
    }
}

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short};
    use lexopt::ValueExt;
    let (mut quick, mut browser) = (false, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("quick") => quick = true,
            Long("browser") => browser = Some(args.value()?.string()?),
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let mut run = Run { steps: Vec::new() };
    native(&mut run);
    if quick {
        println!("\nSKIPPED (--quick): WebAssembly, scripts, stores' linter, size, browsers");
        return run.close();
    }
    if let Err(e) = sh::npm() {
        run.step("npm packages", || Err(e));
        return run.close();
    }
    web(&mut run);
    in_browsers(&mut run, browser.as_deref());
    if !sh::root().join("../shared/bench").is_dir() {
        println!("\nSKIPPED: there is no ../shared; tests that read its gold data did not look at it");
    }
    run.close()
}

fn native(run: &mut Run) {
    run.step("format", || plain(sh::cargo().args(["fmt", "--all", "--check"])));
    run.step("lints on the host", || {
        let args = ["clippy", "--quiet", "--workspace", "--all-targets", "--features", "quoth/train", "--"];
        plain(sh::cargo().args(args).args(["-D", "warnings"]))
    });
    run.step("documentation", || {
        let args = ["doc", "--quiet", "--no-deps", "--lib", "--document-private-items"];
        plain(sh::cargo().args(args).env("RUSTDOCFLAGS", "-D warnings"))
    });
    run.step("native tests", || {
        counted(sh::cargo().args(["test", "--quiet", "--workspace", "--features", "quoth/train"]))
    });
}

fn web(run: &mut Run) {
    run.step("lints on wasm32", || {
        sh::wasm_target()?;
        let args =
            ["clippy", "--quiet", "--lib", "--test", "core", "--target", sh::WASM, "--", "-D", "warnings"];
        plain(sh::cargo().args(args))
    });
    run.step("build", || {
        build::build(false)?;
        plain(sh::cargo().args(["build", "--quiet", "--release", "--bin", "quoth"]))
    });
    run.step("the same tests in WebAssembly", || {
        let runner = std::env::current_exe().context("our own program")?;
        let runner = format!("{} wasm-test", runner.display());
        let args = ["test", "--quiet", "--target", sh::WASM, "--test", "core"];
        counted(sh::cargo().args(args).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner))
    });
    run.step("WebAssembly against native", || node_tests("tests/wasm", None));
    run.step("types of the scripts", || plain(sh::npm_bin("tsc").arg("--noEmit")));
    run.step("format and lints of the scripts", || {
        plain(sh::npm_bin("biome").args(["check", "--error-on-warnings", "--max-diagnostics=50"]))
    });
    run.step("stores' linter", || plain(sh::npm_bin("addons-linter").arg(build::dist())));
    run.step("size", || {
        let zip = size::zip(&build::dist())?.len();
        println!("{zip} bytes zipped; limit {}", size::LIMIT);
        if zip > size::WANTED {
            println!("WARNING: more than the {} bytes that we want", size::WANTED);
        }
        ensure!(zip < size::LIMIT, "{zip} bytes zipped");
        Ok(Counts::default())
    });
}

fn in_browsers(run: &mut Run, only: Option<&str>) {
    for browser in ["chromium", "firefox"] {
        if only.is_some_and(|o| o != browser) {
            println!("\nSKIPPED (--browser): {browser}");
            continue;
        }
        let name =
            if browser == "chromium" { "the extension in Chromium" } else { "the extension in Firefox" };
        run.step(name, || {
            let found = browsers::find(browser)?;
            node_tests("tests/browser", Some((browser, &found)))
        });
    }
}

/// Runs all of node's tests in a folder; a folder without tests is a failure.
fn node_tests(dir: &str, browser: Option<(&str, &std::path::Path)>) -> Result<Counts> {
    let mut files: Vec<_> = std::fs::read_dir(sh::root().join(dir))
        .with_context(|| dir.to_owned())?
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.to_string_lossy().ends_with(".test.mjs") || p.to_string_lossy().ends_with(".test.js"))
        .collect();
    files.sort();
    ensure!(!files.is_empty(), "no tests in {dir}");
    let mut c = sh::command("node");
    c.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).args(files);
    if let Some((name, path)) = browser {
        c.env("QUOTH_BROWSER", name).env(format!("QUOTH_{}", name.to_uppercase()), path);
    }
    c.env("QUOTH_NATIVE", sh::target().join("release/quoth"));
    counted(&mut c)
}

/// A step that has no tests to count.
fn plain(c: &mut Command) -> Result<Counts> {
    sh::run(c)?;
    Ok(Counts::default())
}

/// Tests that failed, with those that did not.
#[derive(Debug)]
struct Failed(Counts);

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
fn counted(c: &mut Command) -> Result<Counts> {
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
    let status = child.wait()?;
    if !status.success() || sum.failed > 0 {
        return Err(Failed(sum).into());
    }
    if sum.passed == 0 {
        bail!("no test ran");
    }
    if sum.skipped > 0 {
        println!("SKIPPED: {} tests, see above", sum.skipped);
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
    use super::{Counts, count};

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
}
