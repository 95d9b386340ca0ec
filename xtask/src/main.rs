//! The one place that builds, runs, tests, measures and packs Quoth.
#![forbid(unsafe_code)]

mod bench;
mod browsers;
mod build;
mod bundle;
mod counts;
mod eval;
mod fuzz;
mod pack;
mod run;
mod sh;
mod size;
mod test;
mod wasm;
mod wasm_test;

use anyhow::{Result, bail};
use lexopt::Arg::{Long, Short, Value};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask run [PAGE …]     a browser with the extension reads the demo story, or these pages,
                             and what it found is told; --browser chromium|firefox
cargo xtask build [--dev]    the extension, unpacked, into dist/, and the sizes of what ships;
                             --dev leaves out the slow optimisation
cargo xtask test [--quick]   everything that must hold: format, lints, native tests, the core in
                             WebAssembly, the built extension in Chromium and Firefox;
                             --quick: the native part alone
cargo xtask pack             packages for both stores, into out/
cargo xtask eval [SET …]     the native program over the gold data, one table of figures
cargo xtask bench [WHAT]     speed, beside others in the same run
cargo xtask fuzz TARGET      libFuzzer over html, columns, text or segment

Each sets up what it needs: the WebAssembly target, npm packages, a browser.
`cargo xtask COMMAND --help` says more.";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("xtask: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let command = match args.next()? {
        None | Some(Long("help") | Short('h')) => {
            println!("{HELP}");
            return Ok(());
        }
        Some(Value(command)) => command.to_string_lossy().into_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "build" => build::run(args),
        "run" => run::run(args),
        "test" => test::run(args),
        "eval" => eval::run(args),
        "bench" => bench::run(args),
        "fuzz" => fuzz::run(args),
        "pack" => pack::run(args),
        "wasm-test" => wasm_test::run(args),
        "help" => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("no command {command}\n\n{HELP}"),
    }
}
