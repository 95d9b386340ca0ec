//! The one place that builds, runs, tests, measures and packs Quoth.
#![forbid(unsafe_code)]

mod build;
mod bundle;
mod sh;
mod size;
mod wasm;

use anyhow::{Result, bail};
use lexopt::Arg::{Long, Short, Value};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask build [--dev]    the extension, unpacked, into dist/, and the sizes of what ships;
                             --dev leaves out the slow optimisation

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
        "help" => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("no command {command}\n\n{HELP}"),
    }
}
