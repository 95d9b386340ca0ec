//! The catalogue's rows as bytes: one folded line a visit, in parts.
//!
//! ```text
//! row      length:u32  crc:u32  payload[length]        CRC-32 of the payload
//! payload  key:u64  visited:f64  quotes:u16  line in UTF-8; no line: the visit is deleted
//! line     "\n" title "\x1f" outlet "\x1f" people "\x1f" words "\x1f" date, each word with a space before it
//! people   actors' names; of a person " \x1e" name " @" who it is " "
//! ```

use crate::actors::identity;
use crate::coverage::{Visit, day, hash, words};
use crate::order::Order;
use std::collections::HashMap;

const HEAD: usize = 8;
const FIXED: usize = 18;
/// Stands before a person's name.
pub(super) const NAME: char = '\u{1e}';
/// No line is longer; what exceeds it is left out.
const MAX_LINE: usize = 1 << 14;
/// Parts of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Any,
    Title,
    Outlet,
    People,
    Date,
}

/// The bytes to append to the catalogue's store for a visit that was added or updated.
pub fn row(visit: &Visit) -> Vec<u8> {
    encode(hash::hash64(visit.id.as_bytes()), visit.visited, visit.quotes.len(), &line(visit))
}

/// The bytes to append for a visit that was deleted; none for what is no key.
pub fn deleted(key: &str) -> Option<Vec<u8>> {
    Some(encode(u64::from_str_radix(key, 16).ok()?, 0.0, 0, ""))
}

/// Who a person is across articles, as one word: what the identity key has in common with the keys of other
/// spellings, else a name of two words at least, folded; empty where neither tells.
pub fn person(name: &str, key: &str) -> String {
    if !key.is_empty() {
        return identity(key).replace([' ', '\n', NAME, '\u{1f}'], "_");
    }
    let words = words::words(name);
    if words.len() < 2 {
        return String::new();
    }
    words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join("_")
}

/// Of rows one after another, the last of each visit for whose key `keep` says so, in their order. Damaged
/// rows go; the records can write them anew.
pub fn only(rows: &[u8], keep: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut last: HashMap<u64, (usize, usize)> = HashMap::new();
    let mut at = 0;
    while let Some(row) = decode(&rows[at..]) {
        last.insert(row.key, (at, at + row.length));
        at += row.length;
    }
    let mut kept: Vec<(usize, usize)> =
        last.into_iter().filter(|(key, _)| keep(&format!("{key:016x}"))).map(|(_, span)| span).collect();
    kept.order();
    kept.into_iter().flat_map(|(from, to)| &rows[from..to]).copied().collect()
}

/// The rows without those of these visits; none where it has none of them. What cannot be read stays as it is.
pub fn without(rows: &[u8], keys: &[u64]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(row) = decode(&rows[at..]) {
        if !keys.contains(&row.key) || row.line.is_empty() {
            out.extend(&rows[at..at + row.length]);
        }
        at += row.length;
    }
    out.extend(&rows[at..]);
    (out.len() < rows.len()).then_some(out)
}

/// A row as it stands in the store.
pub(super) struct Decoded<'b> {
    pub(super) key: u64,
    pub(super) visited: f64,
    pub(super) line: &'b [u8],
    /// Bytes of the whole row.
    pub(super) length: usize,
}

/// The first row, if it is whole.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let payload = rest.get(..length)?;
    if crc32fast::hash(payload) != u32::from_le_bytes(*crc) {
        return None;
    }
    let (key, rest) = payload.split_first_chunk::<8>()?;
    let (visited, rest) = rest.split_first_chunk::<8>()?;
    let (_, line) = rest.split_first_chunk::<2>()?;
    let (key, visited) = (u64::from_le_bytes(*key), f64::from_le_bytes(*visited));
    Some(Decoded { key, visited, line, length: HEAD + length })
}

fn encode(key: u64, visited: f64, quotes: usize, line: &str) -> Vec<u8> {
    let mut payload = Vec::with_capacity(FIXED + line.len());
    payload.extend(key.to_le_bytes());
    payload.extend(visited.to_le_bytes());
    payload.extend((quotes.min(usize::from(u16::MAX)) as u16).to_le_bytes());
    payload.extend(line.as_bytes());
    let mut out = Vec::with_capacity(HEAD + payload.len());
    out.extend((payload.len() as u32).to_le_bytes());
    out.extend(crc32fast::hash(&payload).to_le_bytes());
    out.extend(payload);
    out
}

fn line(visit: &Visit) -> String {
    let mut out = String::from("\n");
    push(&mut out, &visit.title);
    out.push('\u{1f}');
    push(&mut out, &visit.outlet);
    out.push('\u{1f}');
    for actor in &visit.actors {
        let person = if actor.kind == "person" { person(&actor.name, &actor.key) } else { String::new() };
        if person.is_empty() {
            push(&mut out, &actor.name);
            continue;
        }
        out.push(' ');
        out.push(NAME);
        push(&mut out, &actor.name);
        out.push_str(" @");
        out.push_str(&person);
        out.push(' ');
    }
    out.push('\u{1f}');
    for word in &visit.words {
        push(&mut out, word);
    }
    out.push('\u{1f}');
    if let Some(date) = visit.published.as_deref().and_then(|d| d.get(..10)) {
        out.push(' ');
        out.push_str(date);
    } else if visit.visited > 0.0 {
        out.push(' ');
        out.push_str(&day::date(visit.visited));
    }
    if out.len() > MAX_LINE {
        // The date goes with what is cut; the parts' borders must not.
        let mut end = MAX_LINE;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        let parts = out[..end].matches('\u{1f}').count();
        out.truncate(end);
        out.extend(std::iter::repeat_n('\u{1f}', 4usize.saturating_sub(parts)));
    }
    out.push(' ');
    out
}

/// Adds the folded words of a text, a space before each.
pub(super) fn push(out: &mut String, text: &str) {
    for w in words::words(text) {
        out.push(' ');
        out.push_str(&w.form);
    }
}

/// A part of a line.
pub(super) fn part(line: &[u8], which: Part) -> &[u8] {
    let n = match which {
        Part::Any => return line,
        Part::Title => 0,
        Part::Outlet => 1,
        Part::People => 2,
        Part::Date => 4,
    };
    line.split(|&b| b == 0x1f).nth(n).unwrap_or_default()
}
