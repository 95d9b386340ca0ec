//! `cargo xtask test`: everything that must hold, each step named with its time.

use crate::counts::{Counts, Failed, counted, node_tests};
use crate::{browsers, build, sh, size};
use anyhow::{Context, Result, ensure};
use std::process::Command;
use std::time::{Duration, Instant};

const HELP: &str = "\
cargo xtask test [--quick] [--browser chromium|firefox]

Runs everything: format, lints on host and wasm32, native tests, tests of the core in WebAssembly,
the scripts' types, format and lints, the stores' linter, the size, and the built extension in real
Chromium and real Firefox. --quick: the native part alone. --browser: that browser alone.";

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
        let mut unsteady = Vec::new();
        for Step { name, took, result } in &self.steps {
            let (what, tests) = match result {
                Ok(c) => {
                    sum.passed += c.passed;
                    sum.skipped += c.skipped;
                    unsteady.extend(c.unsteady.iter().map(String::as_str));
                    (
                        if c.unsteady.is_empty() { "ok" } else { "ok (!)" },
                        if c.passed > 0 { format!("{} tests", c.passed) } else { String::new() },
                    )
                }
                Err(e) => {
                    let counts = e.downcast_ref::<Failed>().map(|f| f.0.clone()).unwrap_or_default();
                    unsteady.extend(
                        e.downcast_ref::<Failed>().iter().flat_map(|f| &f.0.unsteady).map(String::as_str),
                    );
                    sum.passed += counts.passed;
                    sum.skipped += counts.skipped;
                    sum.failed += counts.failed.max(1);
                    ("FAILED", String::new())
                }
            };
            println!("{what:6} {:7.1} s  {name:44} {tests}", took.as_secs_f64());
        }
        for line in unsteady {
            println!("{line}");
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
        let zip = size::zip(&build::dist(), size::SMALL)?.len();
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

/// A step that has no tests to count.
fn plain(c: &mut Command) -> Result<Counts> {
    sh::run(c)?;
    Ok(Counts::default())
}
