//! `cargo xtask bench`: speed, beside others in the same run.

use crate::{browsers, build, sh, wasm};
use anyhow::{Result, bail};
use std::fs;

const HELP: &str = "\
cargo xtask bench [native|browser|library] [--shared DIR]

Measures over the gold data (../shared unless said otherwise), each beside another in the same run:
native: HTML to article against dom_smoothie, and every stage over long texts; browser, in
Chromium: snapshot and article against cloning and Readability.js, names against compromise,
the library against MiniSearch; library: 50,000 visits kept by the built extension in Chromium and
Firefox, every figure with its bar, beside MiniSearch over the same (needs no gold data; some minutes;
not among those run where none is named).";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short, Value};
    use lexopt::ValueExt;
    let mut shared = sh::root().join("../shared");
    let mut what = String::new();
    while let Some(arg) = args.next()? {
        match arg {
            Long("shared") => shared = args.value()?.into(),
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(());
            }
            Value(v) if what.is_empty() => what = v.string()?,
            other => return Err(other.unexpected().into()),
        }
    }
    if what == "library" {
        return library();
    }
    if !shared.join("bench").is_dir() {
        bail!("NOTHING WAS MEASURED: there is no gold data in {}; say --shared DIR", shared.display());
    }
    let shared = fs::canonicalize(shared)?;
    match what.as_str() {
        "native" => native(&shared),
        "browser" => browser(&shared),
        "" => native(&shared).and_then(|()| browser(&shared)),
        other => bail!("nothing to measure by the name of {other}"),
    }
}

fn native(shared: &std::path::Path) -> Result<()> {
    let manifest = sh::root().join("benches/Cargo.toml");
    let mut c = sh::cargo();
    c.args(["run", "--quiet", "--release", "--manifest-path"]).arg(manifest);
    sh::run(c.arg("--target-dir").arg(sh::target().join("benches")).arg("--").arg(shared))
}

fn library() -> Result<()> {
    sh::npm()?;
    build::build(false)?;
    let mut c = sh::command("node");
    c.arg("benches/library/run.mjs");
    c.env("QUOTH_CHROMIUM", browsers::find("chromium")?).env("QUOTH_FIREFOX", browsers::find("firefox")?);
    sh::run(&mut c)
}

fn browser(shared: &std::path::Path) -> Result<()> {
    sh::npm()?;
    let chromium = browsers::find("chromium")?;
    let out = sh::target().join("benches/browser");
    fs::create_dir_all(&out)?;
    wasm::build_for_benches(&out)?;
    let mut c = sh::npm_bin("esbuild");
    c.arg("benches/page.js").args(["--bundle", "--format=iife", "--log-level=warning"]);
    c.arg(format!("--alias:quoth-bench={}", out.join("quoth.js").display()));
    sh::run(c.arg(format!("--outfile={}", out.join("page.bundle.js").display())))?;
    sh::run(
        sh::command("node").arg("benches/browser.mjs").arg(shared).arg(&out).env("QUOTH_CHROMIUM", chromium),
    )
}
