//! The bytes of the library's segments: self-contained frames, so that a torn write costs one frame.
//!
//! A segment is any number of frames one after another; joining two segments gives a segment.
//!
//! ```text
//! frame    A7 'Q' 's'  version:u8  length:u32  crc:u32  payload[length]
//! payload  kind:u8  key:u64  sketch bytes          kind 1: a visit, replaces the one with the same key
//!          kind:u8  key:u64                        kind 2: the visit is deleted
//!          kind:u8  key:u64  packed record         kind 3: what is shown of a visit, in files of their own
//! ```
//!
//! The version is the kind's own: 2 of visits and deletions, 3 of records. A later one is kept and not understood.
//! All numbers are little-endian; the checksum is CRC-32 of version, length and payload.

use super::sketch::Sketch;

/// The latest version of visits and deletions.
const SKETCHES: u8 = 2;
/// The latest version of records, which version 2 packed otherwise.
const RECORDS: u8 = 3;
const MARK: [u8; 3] = [0xa7, b'Q', b's'];
const HEAD: usize = 12;
/// No frame of this version is longer; a length beyond it is damage.
const MAX_PAYLOAD: usize = 1 << 20;
const VISIT: u8 = 1;
const DELETED: u8 = 2;
const RECORD: u8 = 3;

/// What a frame says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A visit was added or updated.
    Visit {
        /// The visit's key.
        key: u64,
        /// Its sketch.
        sketch: Box<Sketch>,
    },
    /// A visit was deleted.
    Deleted {
        /// The visit's key.
        key: u64,
    },
}

/// Bytes of a segment that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Damage {
    /// First byte.
    pub offset: usize,
    /// How many bytes.
    pub length: usize,
    /// torn (the end is missing), damaged (the checksum or form is wrong) or newer (written by a later version).
    pub why: &'static str,
}

/// What was read of a segment.
#[derive(Clone, Debug, Default)]
pub struct Decoded {
    /// The frames that are whole, in order.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub damage: Vec<Damage>,
}

/// The frame of one entry.
pub fn encode(entry: &Entry) -> Vec<u8> {
    let mut payload = Vec::new();
    match entry {
        Entry::Visit { key, sketch } => {
            payload.push(VISIT);
            payload.extend(key.to_le_bytes());
            payload.extend(sketch.to_bytes());
        }
        Entry::Deleted { key } => {
            payload.push(DELETED);
            payload.extend(key.to_le_bytes());
        }
    }
    framed(SKETCHES, &payload)
}

/// The frame of a visit's packed record.
pub fn encode_record(key: u64, packed: &[u8]) -> Vec<u8> {
    let mut payload = vec![RECORD];
    payload.extend(key.to_le_bytes());
    payload.extend(packed);
    framed(RECORDS, &payload)
}

/// Where the packed records of a segment stand, in order, by their keys, and what could not be read of it.
pub fn records(bytes: &[u8]) -> (Vec<(u64, std::ops::Range<usize>)>, Vec<Damage>) {
    let mut found = Vec::new();
    let damage = each(bytes, |frame| {
        if let Frame::Record(key, packed) = frame {
            let from = packed.as_ptr() as usize - bytes.as_ptr() as usize;
            found.push((key, from..from + packed.len()));
        }
        true
    });
    (found, damage)
}

/// The segment without the frames of these visits; none where it has none of them. What cannot be read stays as it is.
pub fn without(bytes: &[u8], keys: &[u64]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut kept = 0;
    each(bytes, |frame| {
        let (key, rest) = match frame {
            Frame::Visit(key, rest) | Frame::Record(key, rest) => (key, rest),
            Frame::Deleted(_) => return true,
        };
        if keys.contains(&key) {
            // Before the rest stand the head, the kind and the key.
            let from = rest.as_ptr() as usize - bytes.as_ptr() as usize;
            out.extend(&bytes[kept..from - HEAD - 9]);
            kept = from + rest.len();
        }
        true
    });
    if kept == 0 {
        return None;
    }
    out.extend(&bytes[kept..]);
    Some(out)
}

fn framed(version: u8, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_le_bytes();
    let mut out = Vec::with_capacity(HEAD + payload.len());
    out.extend(MARK);
    out.push(version);
    out.extend(length);
    out.extend(checksum(version, length, payload).to_le_bytes());
    out.extend(payload);
    out
}

fn checksum(version: u8, length: [u8; 4], payload: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&[version]);
    crc.update(&length);
    crc.update(payload);
    crc.finalize()
}

/// A whole frame as it stands in a segment.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame<'b> {
    /// A visit was added or updated: its key and its sketch's bytes.
    Visit(u64, &'b [u8]),
    /// The visit with this key was deleted.
    Deleted(u64),
    /// What is shown of the visit with this key, packed.
    Record(u64, &'b [u8]),
}

/// Reads a segment, whatever became of it: goes on after damage at the next whole frame. Time is linear in
/// the bytes but for damage that looks like frames.
pub fn decode(bytes: &[u8]) -> Decoded {
    let mut entries = Vec::new();
    let damage = each(bytes, |frame| {
        entries.push(match frame {
            Frame::Visit(key, bytes) => {
                let Some(sketch) = Sketch::from_bytes(bytes) else { return false };
                Entry::Visit { key, sketch: Box::new(sketch) }
            }
            Frame::Deleted(key) => Entry::Deleted { key },
            Frame::Record(..) => return true,
        });
        true
    });
    Decoded { entries, damage }
}

/// Calls `take` for every whole frame in order, which says whether it understood it; gives what could not be read.
pub(super) fn each<'b>(bytes: &'b [u8], mut take: impl FnMut(Frame<'b>) -> bool) -> Vec<Damage> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut bad: Option<(usize, &'static str)> = None;
    while at < bytes.len() {
        let found = frame(&bytes[at..])
            .and_then(|(frame, length)| if take(frame) { Ok(length) } else { Err(Bad::Other("damaged")) });
        match found {
            Ok(length) => {
                flush(&mut out, &mut bad, at);
                at += length;
            }
            Err(Bad::Newer(length)) => {
                flush(&mut out, &mut bad, at);
                out.push(Damage { offset: at, length, why: "newer" });
                at += length;
            }
            Err(Bad::Other(why)) => {
                let (_, first) = bad.get_or_insert((at, why));
                if *first == "torn" {
                    // More frames may follow what seemed the end.
                    *first = why;
                }
                at += 1;
                at += next_mark(&bytes[at..]);
            }
        }
    }
    flush(&mut out, &mut bad, at);
    out
}

enum Bad {
    Newer(usize),
    Other(&'static str),
}

fn flush(out: &mut Vec<Damage>, bad: &mut Option<(usize, &'static str)>, at: usize) {
    if let Some((offset, why)) = bad.take() {
        out.push(Damage { offset, length: at - offset, why });
    }
}

fn next_mark(bytes: &[u8]) -> usize {
    bytes.windows(MARK.len()).position(|w| w == MARK).unwrap_or(bytes.len())
}

/// The frame that begins here, and its length.
#[inline(never)]
fn frame(bytes: &[u8]) -> Result<(Frame<'_>, usize), Bad> {
    let torn = Bad::Other("torn");
    let damaged = || Bad::Other("damaged");
    if bytes.len() < HEAD {
        return Err(if bytes.starts_with(&MARK[..bytes.len().min(3)]) { torn } else { damaged() });
    }
    if !bytes.starts_with(&MARK) {
        return Err(damaged());
    }
    let length = [bytes[4], bytes[5], bytes[6], bytes[7]];
    let crc = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]);
    let n = u32::from_le_bytes(length) as usize;
    if n > MAX_PAYLOAD {
        return Err(damaged());
    }
    let Some(payload) = bytes.get(HEAD..HEAD + n) else { return Err(torn) };
    if checksum(bytes[3], length, payload) != crc {
        return Err(damaged());
    }
    if bytes[3] > if payload.first() == Some(&RECORD) { RECORDS } else { SKETCHES } {
        return Err(Bad::Newer(HEAD + n));
    }
    let frame = entry(payload).ok_or_else(damaged)?;
    Ok((frame, HEAD + n))
}

/// Key and length of the frame that seems to begin here; its checksum is not looked at.
pub(super) fn head(bytes: &[u8]) -> Option<(u64, usize)> {
    let rest = bytes.strip_prefix(&MARK)?;
    let (&length, rest) = rest.get(1..)?.split_first_chunk::<4>()?;
    let key = rest.get(5..)?.first_chunk::<8>()?;
    Some((u64::from_le_bytes(*key), HEAD + u32::from_le_bytes(length) as usize))
}

fn entry(payload: &[u8]) -> Option<Frame<'_>> {
    let (&kind, rest) = payload.split_first()?;
    let (key, rest) = rest.split_first_chunk::<8>()?;
    let key = u64::from_le_bytes(*key);
    match kind {
        VISIT => Some(Frame::Visit(key, rest)),
        RECORD => Some(Frame::Record(key, rest)),
        DELETED if rest.is_empty() => Some(Frame::Deleted(key)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(key: u64) -> Entry {
        let sketch = Sketch {
            minute: Some(5),
            length: 7,
            terms: (0..48).map(|i| i * 1000 + key as u32).collect(),
            ..Sketch::default()
        };
        Entry::Visit { key, sketch: Box::new(sketch) }
    }

    fn segment() -> (Vec<u8>, usize) {
        let mut bytes = Vec::new();
        for key in 0..20 {
            bytes.extend(encode(&visit(key)));
        }
        let one = bytes.len() / 20;
        bytes.extend(encode(&Entry::Deleted { key: 3 }));
        (bytes, one)
    }

    #[test]
    fn whole_segment_comes_back() {
        let (bytes, _) = segment();
        let got = decode(&bytes);
        assert!(got.damage.is_empty());
        assert_eq!(got.entries.len(), 21);
        assert_eq!(got.entries[7], visit(7));
        assert_eq!(got.entries[20], Entry::Deleted { key: 3 });
    }

    #[test]
    fn a_torn_write_costs_one_frame_at_every_length() {
        let (bytes, one) = segment();
        for cut in 0..one {
            let got = decode(&bytes[..5 * one + cut]);
            assert_eq!(got.entries.len(), 5, "cut {cut}");
            assert_eq!(got.damage.len(), usize::from(cut > 0), "cut {cut}");
            assert!(got.damage.iter().all(|d| d.why == "torn" && d.offset == 5 * one && d.length == cut));
        }
    }

    #[test]
    fn every_flipped_byte_is_found_and_costs_at_most_its_frame() {
        let (bytes, one) = segment();
        for at in 0..3 * one {
            let mut hurt = bytes.clone();
            hurt[at] ^= 0x41;
            let got = decode(&hurt);
            assert_eq!(got.entries.len(), 20, "byte {at}");
            assert_eq!(got.damage.len(), 1, "byte {at}");
            let d = got.damage[0];
            assert!(d.offset <= at && at < d.offset + d.length, "byte {at}: {d:?}");
        }
    }

    #[test]
    fn writing_goes_on_after_a_torn_frame() {
        let (bytes, one) = segment();
        let mut hurt = bytes[..one + 30].to_vec();
        hurt.extend(&bytes[2 * one..3 * one]);
        let got = decode(&hurt);
        assert_eq!(got.entries, [visit(0), visit(2)]);
        assert_eq!(got.damage, [Damage { offset: one, length: 30, why: "damaged" }]);
    }

    #[test]
    fn newer_frames_are_said_and_passed_over() {
        let mut bytes = encode(&visit(1));
        let payload = b"what a later version wrote";
        let length = (payload.len() as u32).to_le_bytes();
        let at = bytes.len();
        bytes.extend(MARK);
        bytes.push(SKETCHES + 1);
        bytes.extend(length);
        bytes.extend(checksum(SKETCHES + 1, length, payload).to_le_bytes());
        bytes.extend(payload);
        bytes.extend(encode(&visit(2)));
        let got = decode(&bytes);
        assert_eq!(got.entries, [visit(1), visit(2)]);
        assert_eq!(got.damage, [Damage { offset: at, length: HEAD + payload.len(), why: "newer" }]);
    }

    #[test]
    fn a_deleted_visit_leaves_no_byte_and_all_else_stays() {
        let (mut bytes, one) = segment();
        assert_eq!(without(&bytes, &[99]), None);
        assert_eq!(without(&bytes, &[3]).unwrap(), [&bytes[..3 * one], &bytes[4 * one..]].concat());
        let ends = without(&bytes, &[0, 19]).unwrap();
        assert_eq!(ends, [&bytes[one..19 * one], &bytes[20 * one..]].concat());
        // Damage beside it is neither mended nor lost.
        bytes[one + 40] ^= 1;
        assert_eq!(without(&bytes, &[2]).unwrap(), [&bytes[..2 * one], &bytes[3 * one..]].concat());
    }

    #[test]
    fn noise_is_one_damage() {
        let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let got = decode(&noise);
        assert!(got.entries.is_empty());
        assert!(!got.damage.is_empty());
    }
}
