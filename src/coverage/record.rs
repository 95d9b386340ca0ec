//! Records packed small: a visit's JSON without its sketch, which the segments hold. Catalogue rows that were joined
//! are packed likewise, but without the words that go before.
//!
//! ```text
//! record   01  crc:u32  deflated JSON     the crc is CRC-32 of the JSON, low byte first
//! record   78 …                           zlib, as the first version wrote it
//! ```

use super::Visit;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
use std::borrow::Cow;

/// Smaller by a few per cent only above it, and slower by half.
const LEVEL: u8 = 6;
/// No record unpacks to more: a guard against bytes that were made to swell.
const MAX_JSON: usize = 16 << 20;

/// What a record packed after [`BEFORE`] begins with; zlib begins otherwise.
const FORM: u8 = 1;

/// What every record is packed and unpacked after, as if it had stood before it: the form that all have and some words
/// of news, so that a record does not bring them itself. Records of news pages come to a seventh less. What was
/// packed can be read only with these very bytes: other ones would need another [`FORM`].
const BEFORE: &str = concat!(
    " and that the to have been of will not be in the we have there was for our with what this they would from their ",
    "about people who could which after before should more than were said one time year very because first it is a can ",
    "do what when all make country government president minister police court party state company family home world ",
    "day work life know think want going ",
    r#"{"id":"https://www..com/news/2026/01/","url":"https://www..com/news/2026/01/","title":"","outlet":"The ","#,
    r#""published":"2026-01-01T00:00:00Z","visited":1750000000000.0,"language":"en","length":400,"pinned":false,"#,
    r#""quotes":[{"text":"I ","kind":"direct","speaker":"","key":"","headline":true},{"text":"We ","kind":"mixed","#,
    r#""speaker":"","key":"","headline":true},{"text":"The ","kind":"indirect","speaker":"","key":"","headline":false},"#,
    r#"{"text":"","kind":"mixed","speaker":"","key":"o:","headline":false},{"text":"","kind":"direct","speaker":"","#,
    r#""key":"p:","headline":false}],"actors":[{"name":"","type":"other","key":"","mentions":1},{"name":"","type":"#,
    r#""place","key":"l:","mentions":1},{"name":"","type":"organisation","key":"o:","mentions":2},{"name":"","type":"#,
    r#""person","key":"p:","mentions":1},{"name":"","type":"person","key":"p:","mentions":3}],"words":["#,
    r#""],"sketch":"AAAAgAIAAAAAkQAAAAAAAAAAAA"}"#,
);

/// What stands before packed rows; no row begins so, for it would be too long.
const ROWS: [u8; 4] = *b"QZ\xff\xff";
/// Rows of a full library and much more.
const MAX_ROWS: usize = 1 << 30;

/// Packs a visit's record.
pub fn pack(visit: &Visit) -> Vec<u8> {
    let bare = Visit { sketch: super::sketch::Sketch::default(), ..visit.clone() };
    let json = serde_json::to_vec(&bare).unwrap_or_default();
    let mut out = vec![FORM];
    out.extend(crc32fast::hash(&json).to_le_bytes());
    deflate(&json, &mut out);
    out
}

/// Deflates after [`BEFORE`]: its own bytes end where a byte ends and are left out.
fn deflate(json: &[u8], out: &mut Vec<u8>) {
    // Less than no window bits: no head and no checksum of zlib's.
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(i32::from(LEVEL), -15, 0));
    compress_to_output(&mut state, BEFORE.as_bytes(), TDEFLFlush::Sync, |_| true);
    let (status, _) = compress_to_output(&mut state, json, TDEFLFlush::Finish, |bytes| {
        out.extend(bytes);
        true
    });
    debug_assert_eq!(status, TDEFLStatus::Done);
}

/// What was deflated after [`BEFORE`]; none where the bytes are damaged or swell beyond all measure.
fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = BEFORE.as_bytes().to_vec();
    let mut state = DecompressorOxide::new();
    let (mut from, mut at) = (0, out.len());
    loop {
        out.resize((at + 4 * bytes.len()).max(at + 4096).min(MAX_JSON), 0);
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut state, &bytes[from..], &mut out, at, flags);
        from += read;
        at += written;
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput if at < MAX_JSON => {}
            _ => return None,
        }
    }
    out.truncate(at);
    out.drain(..BEFORE.len());
    Some(out)
}

/// Packs catalogue rows.
pub fn pack_rows(rows: &[u8]) -> Vec<u8> {
    let mut out = ROWS.to_vec();
    out.extend(compress_to_vec_zlib(rows, LEVEL));
    out
}

/// Catalogue rows as they are: unpacked where they were packed, nothing where they are damaged.
pub fn plain_rows(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes.strip_prefix(&ROWS) {
        Some(packed) => Cow::Owned(decompress_to_vec_zlib_with_limit(packed, MAX_ROWS).unwrap_or_default()),
        None => Cow::Borrowed(bytes),
    }
}

/// The JSON of a packed visit; none where the bytes are damaged.
pub fn unpack(bytes: &[u8]) -> Option<String> {
    let Some((&FORM, rest)) = bytes.split_first() else {
        return String::from_utf8(decompress_to_vec_zlib_with_limit(bytes, MAX_JSON).ok()?).ok();
    };
    let (crc, rest) = rest.split_first_chunk()?;
    let json = inflate(rest)?;
    (crc32fast::hash(&json) == u32::from_le_bytes(*crc)).then(|| String::from_utf8(json).ok())?
}

/// A packed visit; none where the bytes are damaged.
pub fn visit(bytes: &[u8]) -> Option<Visit> {
    serde_json::from_str(&unpack(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_and_no_flipped_byte_changes_a_word() {
        let title = "Ferries stop, Žukauskaitė says. ".repeat(20);
        let kept = Visit { id: "x".into(), title, ..Visit::default() };
        let mut sketched = kept.clone();
        sketched.sketch.terms = (0..48).map(|i| i * 991).collect();
        let packed = pack(&sketched);
        assert_eq!(visit(&packed).as_ref(), Some(&kept), "without the sketch");
        let json = unpack(&packed).unwrap();
        assert!(packed.len() * 3 < json.len());
        for at in 0..packed.len() {
            let mut hurt = packed.clone();
            hurt[at] ^= 0x10;
            // Some bits of the head and the padding change no word; all else is told.
            assert!(unpack(&hurt).is_none_or(|j| j == json), "byte {at}");
        }
        assert_eq!(unpack(&[]), None);
    }

    #[test]
    fn records_of_every_length_come_back_and_older_ones_too() {
        for n in [0u64, 1, 7, 400, 40_000, 400_000] {
            let words = (0..n).map(|i| format!("w{}", i * 7919 % 10_007)).collect();
            let kept = Visit { id: "x".into(), words, ..Visit::default() };
            let packed = pack(&kept);
            assert_eq!(visit(&packed).as_ref(), Some(&kept), "{n} words");
            let json = unpack(&packed).unwrap();
            let older = compress_to_vec_zlib(json.as_bytes(), LEVEL);
            assert_eq!(unpack(&older), Some(json));
            assert!(packed.len() < older.len(), "{n} words: {} of {}", packed.len(), older.len());
        }
    }

    #[test]
    fn what_swells_beyond_measure_is_refused() {
        let mut bytes = vec![FORM, 0, 0, 0, 0];
        deflate(&vec![b' '; MAX_JSON + 1], &mut bytes);
        assert_eq!(unpack(&bytes), None);
        assert_eq!(unpack(&bytes[..bytes.len() / 2]), None);
    }

    #[test]
    fn rows_come_back() {
        let rows = crate::coverage::catalogue::row(&Visit {
            id: "x".into(),
            title: "Ferries stop".into(),
            ..Visit::default()
        });
        assert_eq!(plain_rows(&rows), rows);
        let packed = pack_rows(&rows);
        assert_eq!(plain_rows(&packed), rows);
        assert!(plain_rows(&packed[..packed.len() - 3]).is_empty());
    }
}
