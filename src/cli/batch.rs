//! `quoth batch`: JSON lines in, one reading a line out, in order.

use super::input::{self, Refused};
use super::lines::{self, Line};
use super::output::{self, Answer, Read};
use super::{Failure, output_failure};
use quoth::article::State;
use quoth::coverage::{self, Related, Shelf};
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

pub(super) fn run(mut args: lexopt::Parser) -> Result<(), Failure> {
    use lexopt::Arg::{Long, Short};
    let mut shelf = None;
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => return super::say(super::HELP),
            Long("related") => shelf = Some(Shelf::default()),
            other => return Err(other.unexpected().into()),
        }
    }
    output::keep_panics();
    let stdin = io::BufReader::with_capacity(1 << 16, io::stdin().lock());
    let out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let failed = stream(stdin, out, shelf)?;
    if failed > 0 { Err(Failure::Lines) } else { Ok(()) }
}

/// Answers every line of `from` on `to`; gives back how many failed.
///
/// With a shelf, each line is related to those before it, as if they were earlier visits.
fn stream(mut from: impl BufRead, mut to: impl Write, mut shelf: Option<Shelf>) -> Result<u64, Failure> {
    let mut failed = 0;
    let mut number = 0;
    let broken = |e: io::Error| Failure::Io(format!("standard input: {e}"));
    while let Some(line) = lines::next(&mut from).map_err(broken)? {
        number += 1;
        if input::is_blank(&line) {
            continue;
        }
        if let Err(Refused { id, why }) = answer(line, number, &mut to, shelf.as_mut())? {
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
    shelf: Option<&mut Shelf>,
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
    let related = match shelf.map(|shelf| relate(&id, number, &read, shelf)).transpose() {
        Ok(related) => related.unwrap_or_default(),
        Err(why) => return Ok(Err(Refused { id, why })),
    };
    write_line(to, &Answer::new(&id, &read, &related))?;
    Ok(Ok(()))
}

/// What the earlier lines have to do with this one, which is then put beside them.
fn relate(id: &Value, number: u64, read: &Read, shelf: &mut Shelf) -> Result<Vec<Related>, String> {
    if matches!(read.reading.article.state, State::NotArticle(_)) {
        return Ok(Vec::new());
    }
    let id = match id {
        Value::String(id) => id.clone(),
        Value::Null => format!("line {number}"),
        other => other.to_string(),
    };
    output::guarded(|| {
        let visit = coverage::visit(&id, &read.reading, 0.0);
        let related = shelf.relate(&visit);
        shelf.add(visit);
        related
    })
}

/// Writes and flushes, so that whoever waits for this line before sending the next gets it.
fn write_line(to: &mut impl Write, answer: &impl Serialize) -> Result<(), Failure> {
    let whole = serde_json::to_writer(&mut *to, answer).map_err(io::Error::from);
    whole.and_then(|()| to.write_all(b"\n")).and_then(|()| to.flush()).map_err(|e| output_failure(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(stream(lines.as_bytes(), &mut out, Some(Shelf::default())).unwrap(), 0);
        let rows: Vec<Value> =
            serde_json::Deserializer::from_slice(&out).into_iter().map(Result::unwrap).collect();
        assert_eq!(rows[0]["related"].as_array().map(Vec::len), Some(0));
        assert_eq!(rows[1]["related"][0]["id"], "a");
        assert_eq!(rows[1]["related"][0]["outlet"], "The Harbour Post");
    }
}
