//! The native program: `quoth read` one page, `quoth batch` over JSON lines.
#![forbid(unsafe_code)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os().skip(1))
}
