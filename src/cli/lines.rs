//! Lines of any length read in bounded memory.

use std::io::{self, BufRead};

/// The longest line that is kept whole, in bytes. Escapes can make 50 MB of HTML three times as
/// long (`\u00e9` is six bytes for two).
const LONGEST: usize = 151_000_000;

/// Strings up to this many bytes survive when a line is too long to keep.
const SHORT: usize = 4096;

/// One line of the input, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The whole line.
    Whole(Vec<u8>),
    /// The line was too long: what is left once its long strings have been emptied, so that its
    /// id can still be told wherever it stands.
    Emptied(Vec<u8>),
}

/// Reads the next line; none at the end of the input.
pub(crate) fn next(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    next_within(input, LONGEST)
}

fn next_within(input: &mut impl BufRead, longest: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut rest: Option<Emptier> = None;
    let mut any = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|&b| b == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        match &mut rest {
            Some(emptier) => emptier.take(part),
            None if line.len() + part.len() <= longest => line.extend_from_slice(part),
            None => {
                let mut emptier = Emptier::default();
                emptier.take(&line);
                emptier.take(part);
                line = Vec::new();
                rest = Some(emptier);
            }
        }
        let used = end.map_or(chunk.len(), |e| e + 1);
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match rest {
        Some(emptier) => Some(Line::Emptied(emptier.kept)),
        None if any => Some(Line::Whole(line)),
        None => None,
    })
}

/// Copies JSON, leaving long strings empty.
#[derive(Default)]
struct Emptier {
    kept: Vec<u8>,
    /// Where the string we are in began in `kept`, after its mark.
    string: Option<usize>,
    escaped: bool,
    emptied: bool,
}

impl Emptier {
    fn take(&mut self, part: &[u8]) {
        for &b in part {
            // Not even the bones may grow without end.
            if self.kept.len() > 64 * SHORT {
                return;
            }
            match self.string {
                None => {
                    self.kept.push(b);
                    if b == b'"' {
                        self.string = Some(self.kept.len());
                        self.emptied = false;
                    }
                }
                Some(start) => {
                    let closes = b == b'"' && !self.escaped;
                    self.escaped = b == b'\\' && !self.escaped;
                    if closes {
                        self.string = None;
                        self.kept.push(b);
                    } else if !self.emptied {
                        self.kept.push(b);
                        if self.kept.len() - start > SHORT {
                            self.kept.truncate(start);
                            self.emptied = true;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_whole_and_in_order() {
        let mut input = io::BufReader::with_capacity(3, &b"one\n\ntwo"[..]);
        let mut got = Vec::new();
        while let Some(line) = next(&mut input).unwrap() {
            got.push(line);
        }
        let whole = |s: &str| Line::Whole(s.as_bytes().to_vec());
        assert_eq!(got, [whole("one"), whole(""), whole("two")]);
    }

    #[test]
    fn a_line_too_long_keeps_its_short_strings() {
        let long = "x\\\"y\\u00e9".repeat(SHORT);
        let text = format!("{{\"html\": \"{long}\", \"id\": \"a\\\"1\"}}\nnext");
        let mut input = io::BufReader::with_capacity(7, text.as_bytes());
        let line = next_within(&mut input, 100).unwrap();
        assert_eq!(line, Some(Line::Emptied(br#"{"html": "", "id": "a\"1"}"#.to_vec())));
        assert_eq!(next_within(&mut input, 100).unwrap(), Some(Line::Whole(b"next".to_vec())));
    }
}
