//! Records packed small: a visit's JSON without its sketch, which the segments hold, as zlib, whose checksum tells
//! damage. Catalogue rows that were joined are packed likewise.

use super::Visit;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::borrow::Cow;

/// Smaller by a few per cent only above it, and slower by half.
const LEVEL: u8 = 6;
/// No record unpacks to more: a guard against bytes that were made to swell.
const MAX_JSON: usize = 16 << 20;

/// What stands before packed rows; no row begins so, for it would be too long.
const ROWS: [u8; 4] = *b"QZ\xff\xff";
/// Rows of a full library and much more.
const MAX_ROWS: usize = 1 << 30;

/// Packs a visit's record.
pub fn pack(visit: &Visit) -> Vec<u8> {
    let bare = Visit { sketch: super::sketch::Sketch::default(), ..visit.clone() };
    let json = serde_json::to_vec(&bare).unwrap_or_default();
    compress_to_vec_zlib(&json, LEVEL)
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
    String::from_utf8(decompress_to_vec_zlib_with_limit(bytes, MAX_JSON).ok()?).ok()
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
