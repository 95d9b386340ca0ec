//! Byte offsets turned into UTF-16 units or code points, once, in one pass.

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes, as everywhere inside the core.
    Byte,
    /// UTF-16 units, as browsers count.
    Utf16,
    /// Unicode code points, as the native program's JSON lines count.
    CodePoint,
}

/// Converts byte offsets of one text. Built in one pass over the text, a mark every
/// 64 bytes; each look-up then walks at most 64 bytes.
#[derive(Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    unit: Unit,
    /// `marks[k]`: units before the first character that starts at or after byte `64 k`.
    marks: Vec<(u32, u32)>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    /// Prepares conversion of offsets into `text` to `unit`.
    pub fn new(text: &'t str, unit: Unit) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        if unit != Unit::Byte {
            let mut count = 0u32;
            let mut next = 0usize;
            for (at, c) in text.char_indices() {
                if at >= next {
                    marks.push((at as u32, count));
                    next += STEP;
                }
                count += width(c, unit);
            }
        }
        Self { text, unit, marks }
    }

    /// The offset in units of the byte offset `at`; past the end it is the text's length.
    pub fn at(&self, at: usize) -> usize {
        if self.unit == Unit::Byte {
            return at;
        }
        let k = self.marks.partition_point(|&(byte, _)| byte as usize <= at);
        let Some(&(byte, count)) = k.checked_sub(1).and_then(|k| self.marks.get(k)) else {
            return 0;
        };
        let mut count = count as usize;
        for (i, c) in self.text[byte as usize..].char_indices() {
            if byte as usize + i >= at {
                break;
            }
            count += width(c, self.unit) as usize;
        }
        count
    }
}

const fn width(c: char, unit: Unit) -> u32 {
    match unit {
        Unit::Byte => c.len_utf8() as u32,
        Unit::Utf16 => c.len_utf16() as u32,
        Unit::CodePoint => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_agrees_with_counting() {
        let text = "aé😀”".repeat(50);
        for unit in [Unit::Utf16, Unit::CodePoint] {
            let offsets = Offsets::new(&text, unit);
            let mut count = 0;
            for (at, c) in text.char_indices() {
                assert_eq!(offsets.at(at), count);
                count += width(c, unit) as usize;
            }
            assert_eq!(offsets.at(text.len()), count);
        }
    }
}
