//! `cargo xtask fuzz`: libFuzzer over the core, with a stable compiler.

use crate::sh;
use anyhow::{Context, Result, bail};
use std::fs;

const HELP: &str = "\
cargo xtask fuzz html|columns|text|quotations|segment [SECONDS]

Feeds the core what nobody would write, guided by coverage, for 60 seconds unless said otherwise.
What breaks it is left in target/fuzz/. Needs a C++ compiler.";

/// Counts edges, as cargo-fuzz does, with what a stable compiler lets us ask for.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Ccodegen-units=1 --cfg fuzzing";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short, Value};
    use lexopt::ValueExt;
    let (mut name, mut seconds) = (None, 60u32);
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(());
            }
            Value(v) if name.is_none() => name = Some(v.string()?),
            Value(v) => seconds = v.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(name) = name else { bail!("which?\n\n{HELP}") };
    let out = sh::target().join("fuzz");
    let found = out.join("corpus").join(&name);
    fs::create_dir_all(&found)?;
    let host = sh::output(sh::command("rustc").args(["--print", "host-tuple"]))?;
    let host = String::from_utf8(host).context("the host's name")?;
    let mut c = sh::cargo();
    // Named, so that build scripts are not built with counters.
    c.args(["run", "--quiet", "--release", "--target", host.trim(), "--bin", &name, "--manifest-path"]);
    c.arg(sh::root().join("fuzz/Cargo.toml")).arg("--target-dir").arg(&out).arg("--").arg(&found);
    c.arg(sh::root().join("fuzz/seeds").join(&name));
    c.args([&format!("-max_total_time={seconds}"), "-timeout=20", "-rss_limit_mb=4096", "-max_len=65536"]);
    c.arg(format!("-artifact_prefix={}/", out.display()));
    sh::run(c.env("RUSTFLAGS", COVERAGE))
}
