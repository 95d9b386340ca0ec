//! Processes, places and what has to be installed before anything else works.

use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The target of the core in browsers.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut c = Command::new(program);
    c.current_dir(root());
    c
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program of an npm package; [`npm`] must have run.
pub(crate) fn npm_bin(name: &str) -> Command {
    command(root().join("node_modules/.bin").join(name))
}

/// Runs a command and fails where it fails.
pub(crate) fn run(c: &mut Command) -> Result<()> {
    let what = shown(c);
    let status = c.status().with_context(|| format!("could not start `{what}`"))?;
    ensure!(status.success(), "`{what}` failed ({status})");
    Ok(())
}

/// Runs a command and gives back what it printed on standard output.
pub(crate) fn output(c: &mut Command) -> Result<Vec<u8>> {
    let what = shown(c);
    let out = c.stderr(Stdio::inherit()).output().with_context(|| format!("could not start `{what}`"))?;
    ensure!(out.status.success(), "`{what}` failed ({})", out.status);
    Ok(out.stdout)
}

fn shown(c: &Command) -> String {
    let program = Path::new(c.get_program()).file_name().unwrap_or_default();
    let mut what = program.to_string_lossy().into_owned();
    for arg in c.get_args() {
        what.push(' ');
        what.push_str(&arg.to_string_lossy());
    }
    what
}

/// Whether a program can be started.
pub(crate) fn has(program: &str) -> bool {
    command(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Installs the npm packages that package-lock.json names, unless they are there.
pub(crate) fn npm() -> Result<()> {
    let lock = fs::read(root().join("package-lock.json")).context("package-lock.json")?;
    let stamp = root().join("node_modules/.quoth-lock");
    if fs::read(&stamp).is_ok_and(|s| s == lock) {
        return Ok(());
    }
    if !has("node") || !has("npm") {
        bail!("Node.js 20 or later with npm is needed: https://nodejs.org, or `apt-get install nodejs npm`");
    }
    eprintln!("installing the npm packages of package-lock.json");
    run(command("npm").args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]))?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Adds the WebAssembly target where it is missing.
pub(crate) fn wasm_target() -> Result<()> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let dir = output(command(&rustc).args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(String::from_utf8_lossy(&dir).trim()).exists() {
        return Ok(());
    }
    if !has("rustup") {
        bail!(
            "the Rust target {WASM} is missing and there is no rustup to add it: install the rust-std for it"
        );
    }
    eprintln!("adding the Rust target {WASM}");
    run(command("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("`rustup target add {WASM}` has to work once"))
}
