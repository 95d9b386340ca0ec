//! The core built for browsers: compiled, bound, optimised.

use crate::sh;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What the browsers that we ask for can all do. Never `-all`: it lets wasm-opt use what none can.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Where the generated bindings and the module stand: sources import `../wasm/quoth.js`, the
/// playground also loads `quoth.wasm` from there.
pub(crate) fn bindings() -> PathBuf {
    sh::root().join("extension/wasm")
}

/// Builds the core, writes its bindings to [`bindings`] and the module itself to `to`.
pub(crate) fn build(to: &Path, dev: bool) -> Result<()> {
    sh::wasm_target()?;
    let profile = if dev { "release" } else { "ship" };
    sh::run(sh::cargo().args(["build", "--quiet", "--lib", "--target", sh::WASM, "--profile", profile]))?;
    let built = sh::target().join(sh::WASM).join(profile).join("quoth.wasm");
    let dir = bindings();
    finish(&built, &dir, dev)?;
    fs::copy(dir.join("quoth.wasm"), to)?;
    Ok(())
}

/// Builds the core with the exports that the benches call; bindings and module go to `dir`.
pub(crate) fn build_for_benches(dir: &Path) -> Result<()> {
    sh::wasm_target()?;
    // Beside what ships, so that neither build throws the other away.
    let target = sh::target().join("benches");
    let mut c = sh::cargo();
    c.args(["build", "--quiet", "--lib", "--target", sh::WASM, "--profile", "ship", "--features", "bench"]);
    sh::run(c.arg("--target-dir").arg(&target))?;
    finish(&target.join(sh::WASM).join("ship/quoth.wasm"), dir, false)
}

fn finish(built: &Path, dir: &Path, dev: bool) -> Result<()> {
    bind(built, dir)?;
    let bound = dir.join("quoth_bg.wasm");
    let module = dir.join("quoth.wasm");
    if dev {
        fs::rename(&bound, &module)?;
    } else {
        sh::npm()?;
        // What is called once a block stays a function of its own: it is soon compiled anew while the first
        // page is still being read, and all is smaller.
        let small = ["-O3", "--one-caller-inline-max-function-size=40"];
        sh::run(sh::npm_bin("wasm-opt").arg(&bound).args(small).args(FEATURES).arg("-o").arg(&module))?;
        fs::remove_file(&bound)?;
    }
    let _ = fs::remove_file(dir.join("quoth_bg.wasm.d.ts"));
    Ok(())
}

fn bind(module: &Path, dir: &Path) -> Result<()> {
    fs::create_dir_all(dir)?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .out_name("quoth")
        .web(true)?
        .typescript(true)
        // The module's address differs in content script, background and pages: they say it.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(dir)
        .context("writing the bindings")
}
