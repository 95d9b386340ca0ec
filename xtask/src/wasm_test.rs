//! Runs Rust tests that were built for WebAssembly under Node: cargo's runner for that target.
//!
//! The steps are those of the wasm-bindgen project's own `wasm-bindgen-test-runner`, which is not
//! to be had as a library; the protocol between it and the tests is that of the pinned version.

use crate::sh;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// Runs the tests in the module that the first argument names; a second filters by name.
pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let rest: Vec<_> = args.raw_args()?.collect();
    let Some(module) = rest.first().map(PathBuf::from) else { bail!("no module to test") };
    let filter = rest.iter().skip(1).filter_map(|a| a.to_str()).find(|a| !a.starts_with('-')).unwrap_or("");

    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .nodejs(true)?
        .debug(true)
        .export_wasm(true)
        .emit_start(false)
        .input_path(&module)
        .out_name("tests");
    let mut bound = bindgen.generate_output().context("binding the tests")?;
    let exports = bound.wasm().exports.iter().map(|e| e.name.clone());
    let (tests, passed_over): (Vec<_>, Vec<_>) = exports
        .filter(|e| e.starts_with("__wbgt_"))
        .partition(|e| e.split_once("::").is_some_and(|(_, name)| name.contains(filter)));
    if tests.is_empty() {
        println!("no tests in WebAssembly in {}", module.display());
        return Ok(());
    }
    let dir = module.with_extension("node");
    fs::create_dir_all(&dir)?;
    bound.emit(&dir)?;
    fs::write(dir.join("package.json"), r#"{"type": "commonjs"}"#)?;
    let script = dir.join("run.cjs");
    let list = serde_json::to_string(&tests)?;
    fs::write(&script, format!("const names = {list};\nconst skipped = {};\n{RUN}", passed_over.len()))?;
    sh::run(sh::command("node").arg(script))
}

/// What Node runs: the tests' context, their output caught, each test called by its export.
const RUN: &str = r"
const wasm = require('./tests.js');
const handlers = {};
for (const method of ['debug', 'log', 'info', 'warn', 'error']) {
  const own = console[method];
  if (method === 'log') global.__wbgtest_og_console_log = own;
  if (method === 'error') global.__wbgtest_og_console_error = own;
  console[method] = (...args) => handlers[method]?.(args);
}
const context = new wasm.WasmBindgenTestContext(false);
for (const method of ['debug', 'log', 'info', 'warn', 'error']) {
  handlers[method] = wasm[`__wbgtest_console_${method}`];
}
global.__wbg_test_invoke = (f) => f();
context.include_ignored(false);
context.filtered_count(skipped);
context.run(names.map((name) => wasm.__wasm[name])).then(
  (ok) => process.exit(ok ? 0 : 1),
  (error) => {
    global.__wbgtest_og_console_error(error);
    process.exit(1);
  },
);
";
