//! Commands of the native program and what they say when they cannot go on.

mod batch;
mod folder;
mod input;
mod lines;
mod output;
mod read;
#[cfg(feature = "train")]
mod train;

use std::ffi::OsString;
use std::fmt;
use std::process::ExitCode;

const HELP: &str = "\
quoth reads news pages: what is the article, who is named, who said what.

quoth read FILE.html [--url URL]   one page; prints its reading as indented JSON
quoth read --text FILE             one plain text, taken as the article as it stands
quoth batch [--related]            JSON lines on standard input, one reading a line on standard output;
                                   --related: with what the lines before have to do with each
quoth batch --library DIR [--ask]  keeps what it reads in a folder; with --related, each line is related to what
                                   is kept there; with --ask it is related and not kept
quoth library merge OUT DIR …      joins libraries: OUT answers as one that had read everything itself
quoth library check DIR …          says what is there and what is damaged
quoth train WHAT, quoth eval WHAT  learns a weight file anew, or measures it (with --features train)

  A line of `batch` is {\"id\": …, \"html\": …, \"url\": …} or {\"id\": …, \"text\": …}; optional are
  title, published (or date) and outlet, for what the page itself does not say. A line that cannot
  be read gets {\"id\": …, \"error\": …}, the run goes on, and the exit code is 1.

FILE may be - for standard input. Offsets count Unicode code points of `text`.
Exit code: 0 all was read, 1 something was not, 2 the command line was not understood.";

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line was not understood.
    Usage(String),
    /// Something outside went wrong.
    Io(String),
    /// Lines failed; each has said so itself.
    Lines,
    /// Whoever read our output has gone.
    Closed,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(why) => write!(f, "{why}\n`quoth --help` says what there is"),
            Self::Io(why) => f.write_str(why),
            Self::Lines => f.write_str("some lines could not be read"),
            Self::Closed => f.write_str("the output was closed"),
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(e: lexopt::Error) -> Self {
        Self::Usage(e.to_string())
    }
}

/// Runs the command that `args` (without the program's name) ask for.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    match dispatch(lexopt::Parser::from_args(args)) {
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(Failure::Lines) => ExitCode::from(1),
        Err(e @ Failure::Io(_)) => {
            eprintln!("quoth: {e}");
            ExitCode::from(1)
        }
        Err(e @ Failure::Usage(_)) => {
            eprintln!("quoth: {e}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(mut args: lexopt::Parser) -> Result<(), Failure> {
    use lexopt::Arg::{Long, Short, Value};
    match args.next()? {
        None => Err(Failure::Usage("no command given".to_owned())),
        Some(Long("help") | Short('h')) => say(HELP),
        Some(Long("version") | Short('V')) => say(concat!("quoth ", env!("CARGO_PKG_VERSION"))),
        Some(Value(command)) => match command.to_str() {
            Some("read") => read::run(args),
            Some("batch") => batch::run(args),
            Some("library") => folder::run(args),
            #[cfg(feature = "train")]
            Some("train") => train::run(args),
            #[cfg(feature = "train")]
            Some("eval") => train::eval(args),
            #[cfg(not(feature = "train"))]
            Some("train" | "eval") => Err(Failure::Usage(
                "built without the trainer: cargo run --release --features train -- train".to_owned(),
            )),
            Some("help") => say(HELP),
            _ => Err(Failure::Usage(format!("no command {}", command.display()))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Prints help or the like; a closed pipe is no failure.
fn say(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    writeln!(std::io::stdout(), "{text}").map_err(|e| output_failure(&e))
}

/// What a failed write to standard output means.
fn output_failure(e: &std::io::Error) -> Failure {
    if e.kind() == std::io::ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::Io(format!("standard output: {e}"))
    }
}
