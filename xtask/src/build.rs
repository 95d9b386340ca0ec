//! `cargo xtask build`: the extension, unpacked, in `dist/`.

use crate::{bundle, sh, size, wasm};
use anyhow::Result;
use std::fs;
use std::path::PathBuf;

const HELP: &str = "\
cargo xtask build [--dev]

Builds the core for WebAssembly, bundles the scripts and lays the extension out in dist/, ready to
be loaded unpacked in Chromium and Firefox. --dev: not optimised, not minified, ready sooner.";

/// Where the unpacked extension stands.
pub(crate) fn dist() -> PathBuf {
    sh::root().join("dist")
}

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    use lexopt::Arg::{Long, Short};
    let mut dev = false;
    while let Some(arg) = args.next()? {
        match arg {
            Long("dev") => dev = true,
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    build(dev)
}

/// Builds the extension into an empty `dist/`.
pub(crate) fn build(dev: bool) -> Result<()> {
    let dist = dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    wasm::build(&dist.join("quoth.wasm"), dev)?;
    for what in bundle::build(&dist, dev)? {
        eprintln!("xtask: THERE IS NO {what}: dist/ is not whole");
    }
    size::report(&dist)?;
    Ok(())
}
