//! The native program: `quoth read` one page, `quoth batch` over JSON lines.
#![forbid(unsafe_code)]

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os().skip(1))
}

/// There is no program for browsers; cargo builds one beside the tests.
#[cfg(target_arch = "wasm32")]
fn main() {}
