//! `quoth batch`: JSON lines in, one reading a line out, in order.

use super::folder::{self, Folder};
use super::input::{self, Refused};
use super::lines::{self, Line};
use super::output::{self, Answer, Read};
use super::{Failure, output_failure};
use quoth::article::State;
use quoth::coverage::{self, Related, Shelf, Visit};
use serde::Serialize;
use serde_json::Value;
use std::io::{self, BufRead, Write};

/// A line that could not be read.
#[derive(Serialize)]
struct Unread<'r> {
    id: &'r Value,
    error: &'r str,
    /// Its number, from 1.
    line: u64,
}

/// The earlier visits.
enum Past {
    /// The lines before, in memory.
    Memory(Box<Shelf>),
    /// A library in a folder.
    Folder(Box<Folder>),
}

/// What is done with each visit.
struct Library {
    past: Past,
    /// It is related to those before.
    relate: bool,
    /// It is kept.
    keep: bool,
}

impl Library {
    fn visit(&mut self, visit: Visit) -> io::Result<Vec<Related>> {
        let mut related = Vec::new();
        match &mut self.past {
            Past::Memory(shelf) => {
                related = shelf.relate(&visit);
                shelf.add(visit);
            }
            Past::Folder(folder) => {
                if self.relate {
                    related = folder.relate(&visit)?;
                }
                if self.keep {
                    folder.add(&visit)?;
                }
            }
        }
        Ok(related)
    }
}

pub(super) fn run(mut args: lexopt::Parser) -> Result<(), Failure> {
    use lexopt::Arg::{Long, Short};
    let (mut relate, mut ask, mut path) = (false, false, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => return super::say(super::HELP),
            Long("related") => relate = true,
            Long("ask") => ask = true,
            Long("library") => path = Some(std::path::PathBuf::from(args.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let library = match path {
        None if ask => return Err(Failure::Usage("--ask needs --library DIR".to_owned())),
        None => relate.then(|| Library { past: Past::Memory(Box::default()), relate: true, keep: true }),
        Some(path) => {
            let folder = if ask { Folder::existing(&path) } else { Folder::open(&path) };
            let folder = folder.map_err(|e| Failure::Io(e.to_string()))?;
            folder::warn(&folder);
            Some(Library { past: Past::Folder(Box::new(folder)), relate: relate || ask, keep: !ask })
        }
    };
    output::keep_panics();
    let stdin = io::BufReader::with_capacity(1 << 16, io::stdin().lock());
    let out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let failed = stream(stdin, out, library)?;
    if failed > 0 { Err(Failure::Lines) } else { Ok(()) }
}

/// Answers every line of `from` on `to`; gives back how many failed.
///
/// With a library, each line is related to those before it, as if they were earlier visits.
fn stream(mut from: impl BufRead, mut to: impl Write, mut library: Option<Library>) -> Result<u64, Failure> {
    let mut failed = 0;
    let mut number = 0;
    let broken = |e: io::Error| Failure::Io(format!("standard input: {e}"));
    while let Some(line) = lines::next(&mut from).map_err(broken)? {
        number += 1;
        if input::is_blank(&line) {
            continue;
        }
        if let Err(Refused { id, why }) = answer(line, number, &mut to, library.as_mut())? {
            failed += 1;
            write_line(&mut to, &Unread { id: &id, error: &why, line: number })?;
        }
    }
    Ok(failed)
}

/// Answers one line; the inner error is the line's own and does not end the run.
fn answer(
    line: Line,
    number: u64,
    to: &mut impl Write,
    library: Option<&mut Library>,
) -> Result<Result<(), Refused>, Failure> {
    let request = match input::parse(line) {
        Ok(request) => request,
        Err(refused) => return Ok(Err(refused)),
    };
    let input::Request { id, source, said } = request;
    let read = match output::read(&source, said) {
        Ok(read) => read,
        Err(why) => return Ok(Err(Refused { id, why })),
    };
    let related = match library.map(|library| relate(&id, number, &read, library)).transpose() {
        // What cannot be written or read of a library is no fault of the line's.
        Ok(related) => related.transpose().map_err(|e| Failure::Io(e.to_string()))?.unwrap_or_default(),
        Err(why) => return Ok(Err(Refused { id, why })),
    };
    write_line(to, &Answer::new(&id, &read, &related))?;
    Ok(Ok(()))
}

/// What the earlier lines have to do with this one, which is then put beside them.
fn relate(
    id: &Value,
    number: u64,
    read: &Read,
    library: &mut Library,
) -> Result<io::Result<Vec<Related>>, String> {
    if matches!(read.reading.article.state, State::NotArticle(_)) {
        return Ok(Ok(Vec::new()));
    }
    let id = match id {
        Value::String(id) => id.clone(),
        Value::Null => format!("line {number}"),
        other => other.to_string(),
    };
    output::guarded(|| library.visit(coverage::visit(&id, &read.reading, 0.0)))
}

/// Writes and flushes, so that whoever waits for this line before sending the next gets it.
fn write_line(to: &mut impl Write, answer: &impl Serialize) -> Result<(), Failure> {
    let whole = serde_json::to_writer(&mut *to, answer).map_err(io::Error::from);
    whole.and_then(|()| to.write_all(b"\n")).and_then(|()| to.flush()).map_err(|e| output_failure(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Library {
        Library { past: Past::Memory(Box::default()), relate: true, keep: true }
    }

    #[test]
    fn bad_lines_are_answered_in_their_place() {
        let lines =
            "{\"id\": \"a\", \"text\": \"Head\\n\\nBody.\"}\nnope\n\n{\"id\": 2, \"html\": \"<p>Hi\"}\n{}";
        let mut out = Vec::new();
        assert_eq!(stream(lines.as_bytes(), &mut out, None).unwrap(), 2);
        let rows: Vec<Value> = out
            .split(|&b| b == b'\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_slice(l).unwrap())
            .collect();
        let ids: Vec<_> = rows.iter().map(|r| r["id"].clone()).collect();
        assert_eq!(ids, ["a".into(), Value::Null, 2.into(), Value::Null]);
        assert_eq!(rows[0]["text"], "Head\n\nBody.");
        assert_eq!(rows[0]["title"], "Head");
        assert!(rows[0]["related"].is_array() && rows[0]["ms"].is_number());
        assert_eq!((&rows[1]["line"], &rows[3]["line"]), (&2.into(), &5.into()));
        assert!(rows[3]["error"].is_string());
    }

    #[test]
    fn a_line_is_related_to_those_before_it() {
        let line = |id: &str, outlet: &str, text: &str| {
            let line = serde_json::json!({"id": id, "text": text, "outlet": outlet, "date": "2025-03-14"});
            line.to_string() + "\n"
        };
        let lines = line(
            "a",
            "The Harbour Post",
            "Ferry crews in Lisbon to strike on Friday\n\nFerry crews on the Tagus will walk out on Friday, \
             the seafarers' union said, after talks on night shifts with Transtejo failed.",
        ) + &line(
            "b",
            "Tagus Wire",
            "Lisbon ferries to stop as crews walk out\n\nTransport on the Tagus will halt on Friday after the \
             seafarers' union and Transtejo failed to agree on night shifts for ferry crews.",
        );
        let mut out = Vec::new();
        assert_eq!(stream(lines.as_bytes(), &mut out, Some(memory())).unwrap(), 0);
        let rows: Vec<Value> =
            serde_json::Deserializer::from_slice(&out).into_iter().map(Result::unwrap).collect();
        assert_eq!(rows[0]["related"].as_array().map(Vec::len), Some(0));
        assert_eq!(rows[1]["related"][0]["id"], "a");
        assert_eq!(rows[1]["related"][0]["outlet"], "The Harbour Post");
    }
}
