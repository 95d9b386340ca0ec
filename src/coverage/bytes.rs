//! The bytes of a sketch, as segments and records hold them.
//!
//! ```text
//! minute:i32  flags:u8  outlet:u32  table:u8  length:u32  counts:5 of u8  then the lists
//! terms and people 4 bytes each, title, shingles and names 3          flags 1: dated, 2: this form
//! ```
//!
//! All numbers are little-endian. `table` tells under which background the length was reckoned.

use super::sketch::{LISTS, Sketch};
use super::terms;
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};

const DATED: u8 = 1;
/// Set in the form with words of names; the form before had four lists of 4 bytes each.
const FORM: u8 = 2;
/// Bytes of an entry of each list, in this form and in the one before.
const WIDTHS: [usize; LISTS] = [4, 3, 3, 4, 3];
const WIDTHS_BEFORE: [usize; LISTS] = [4, 4, 4, 4, 0];

impl Sketch {
    /// The bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lists = self.lists();
        let mut out = Vec::with_capacity(640);
        out.extend(self.minute.unwrap_or(i32::MIN).to_le_bytes());
        out.push(FORM | if self.dated { DATED } else { 0 });
        out.extend(self.outlet.to_le_bytes());
        out.push(terms::background().tag());
        out.extend(self.length().to_le_bytes());
        out.extend(lists.map(|l| l.len().min(255) as u8));
        for (list, width) in lists.into_iter().zip(WIDTHS) {
            for v in list.iter().take(255) {
                out.extend(&v.to_le_bytes()[..width]);
            }
        }
        out
    }

    /// Reads what [`Self::to_bytes`] wrote; none where it is cut short, too long or too large.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut out = Self::default();
        out.read(bytes).map(|()| out)
    }

    /// Reads bytes into this sketch in place of what it held; none as for [`Self::from_bytes`].
    #[inline(never)]
    pub(super) fn read(&mut self, bytes: &[u8]) -> Option<()> {
        let packed = Packed::read(bytes)?;
        (self.minute, self.dated) = (packed.minute, packed.dated);
        (self.outlet, self.length) = (packed.outlet, packed.length);
        let widths = if packed.before { WIDTHS_BEFORE } else { WIDTHS };
        let lists = [&mut self.terms, &mut self.title, &mut self.shingles, &mut self.people, &mut self.names];
        for ((list, here), width) in lists.into_iter().zip(packed.lists).zip(widths) {
            list.clear();
            match width {
                4 => list.extend(here.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))),
                3 => list.extend(here.chunks_exact(3).map(|c| u32::from_le_bytes([c[0], c[1], c[2], 0]))),
                _ => {}
            }
        }
        if packed.before {
            self.shingles.iter_mut().for_each(|s| *s >>= 8);
            self.title.iter_mut().for_each(|t| *t &= 0xff_ffff);
        }
        Some(())
    }
}

/// A sketch's bytes taken apart, the lists as they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'b> {
    pub(super) minute: Option<i32>,
    dated: bool,
    pub(super) outlet: u32,
    /// 0 where it is still to be reckoned.
    pub(super) length: u32,
    /// Terms and people 4 bytes each, title, shingles and names 3.
    pub(super) lists: [&'b [u8]; LISTS],
    /// They are of the form before: four lists, all 4 bytes each.
    pub(super) before: bool,
}

impl<'b> Packed<'b> {
    /// None as for [`Sketch::from_bytes`].
    pub(super) fn read(bytes: &'b [u8]) -> Option<Self> {
        let (minute, rest) = bytes.split_first_chunk::<4>()?;
        let (&flags, rest) = rest.split_first()?;
        let (outlet, mut rest) = rest.split_first_chunk::<4>()?;
        let minute = i32::from_le_bytes(*minute);
        let before = flags & FORM == 0;
        let mut length = 0;
        let mut counts = [0; LISTS];
        if before {
            let (four, after) = rest.split_first_chunk::<4>()?;
            counts[..4].copy_from_slice(four);
            rest = after;
        } else {
            let (&table, after) = rest.split_first()?;
            let (told, after) = after.split_first_chunk::<4>()?;
            if table == terms::background().tag() {
                length = u32::from_le_bytes(*told);
            }
            let (all, after) = after.split_first_chunk::<LISTS>()?;
            counts = *all;
            rest = after;
        }
        let mut lists = [&[][..]; LISTS];
        let widths = if before { WIDTHS_BEFORE } else { WIDTHS };
        for ((list, n), width) in lists.iter_mut().zip(counts).zip(widths) {
            (*list, rest) = rest.split_at_checked(width * usize::from(n))?;
        }
        rest.is_empty().then_some(Self {
            minute: (minute != i32::MIN).then_some(minute),
            dated: flags & DATED != 0,
            outlet: u32::from_le_bytes(*outlet),
            length,
            lists,
            before,
        })
    }
}

/// A sketch in a record is its bytes in base 64.
impl serde::Serialize for Sketch {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64.encode(self.to_bytes()))
    }
}

impl<'de> serde::Deserialize<'de> for Sketch {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if text.is_empty() {
            return Ok(Self::default());
        }
        let bytes = BASE64.decode(text.trim_end_matches('=')).map_err(serde::de::Error::custom)?;
        Self::from_bytes(&bytes).ok_or_else(|| serde::de::Error::custom("not a sketch"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Sketch {
        Sketch {
            minute: Some(-77),
            dated: true,
            outlet: 9,
            length: 4321,
            terms: vec![0x0102_0304, 0xfffe_fdfc],
            title: vec![5, 0xff_fefd],
            shingles: vec![7, 8],
            people: vec![0xaabb_ccdd],
            names: vec![0x12_3456],
        }
    }

    #[test]
    fn bytes_and_base64_come_back() {
        let s = made();
        assert_eq!(Sketch::from_bytes(&s.to_bytes()), Some(s.clone()));
        let json = serde_json::to_string(&s).unwrap();
        assert_eq!(serde_json::from_str::<Sketch>(&json).unwrap(), s);
        for cut in 0..s.to_bytes().len() {
            assert!(Sketch::from_bytes(&s.to_bytes()[..cut]).is_none(), "cut at {cut}");
        }
        assert!(serde_json::from_str::<Sketch>("\"AAAA\"").is_err());
    }

    #[test]
    fn the_form_before_is_read() {
        let mut bytes = Vec::new();
        bytes.extend((-77i32).to_le_bytes());
        bytes.push(DATED);
        bytes.extend(9u32.to_le_bytes());
        bytes.extend([2, 2, 2, 1]);
        for v in [0x0102_0304u32, 0xfffe_fdfc, 5, 0xff_fefd, 7 << 8, 8 << 8, 0xaabb_ccdd] {
            bytes.extend(v.to_le_bytes());
        }
        let got = Sketch::from_bytes(&bytes).unwrap();
        assert_eq!(got, Sketch { length: 0, names: Vec::new(), ..made() });
        assert!(got.length() > 0);
    }
}
