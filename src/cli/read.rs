//! `quoth read`: one page or text, its reading as indented JSON.

use super::input::{Said, Source, TOO_LARGE};
use super::output::{self, Answer};
use super::{Failure, output_failure};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _, Write as _};

pub(super) fn run(mut args: lexopt::Parser) -> Result<(), Failure> {
    use lexopt::Arg::{Long, Short, Value};
    use lexopt::ValueExt;
    let (mut file, mut url, mut plain) = (None::<OsString>, None, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => return super::say(super::HELP),
            Long("url") => url = Some(args.value()?.string()?),
            Long("text") => plain = true,
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(file) = file else {
        return Err(Failure::Usage("`quoth read` needs a file".to_owned()));
    };
    let name = file.display().to_string();
    let bytes = load(&file).map_err(|e| Failure::Io(format!("{name}: {e}")))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            eprintln!("quoth: {name} is not UTF-8; wrong bytes are read as U+FFFD");
            String::from_utf8_lossy(e.as_bytes()).into_owned()
        }
    };
    let source = if plain { Source::Text(text) } else { Source::Html(text) };
    output::keep_panics();
    let read = output::read(&source, Said { url, ..Said::default() })
        .map_err(|e| Failure::Io(format!("{name}: {e}")))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let whole = serde_json::to_writer_pretty(&mut out, &Answer::new(&name.into(), &read, &[]))
        .map_err(io::Error::from);
    whole.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()).map_err(|e| output_failure(&e))
}

/// Reads a file, or standard input for `-`, up to the size that the core takes.
fn load(file: &OsString) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = TOO_LARGE as u64;
    if file == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    if bytes.len() >= TOO_LARGE {
        return Err(io::Error::other("50 MB or more"));
    }
    Ok(bytes)
}
