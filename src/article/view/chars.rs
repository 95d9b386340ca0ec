//! A block's characters: counted, and its letters and digits alone.

use super::Fact;

/// Whether a character is a letter or digit; of the quotation marks, dashes and dots in nearly all texts without
/// looking them up.
pub(crate) fn alphanumeric(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

/// The words of a text as [`plain`] has it.
pub(crate) fn words(plain: &str) -> impl Iterator<Item = &str> {
    let mut rest = plain;
    std::iter::from_fn(move || {
        let end = rest.bytes().position(|b| b == b' ').unwrap_or(rest.len());
        let word = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        (!word.is_empty()).then_some(word)
    })
}

/// Whether the script is written without spaces between words.
pub(crate) const fn unspaced(c: char) -> bool {
    matches!(c as u32, 0x0e00..=0x0e7f | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x2ffff)
}

/// What [`Fact::count`] counts of each ASCII character, each in eight bits of its own: spaces, digits,
/// letters, capitals, commas, sentence ends.
const COUNTED: [u64; 128] = {
    let mut table = [0; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b' ' => 1,
            b'0'..=b'9' => 1 << 8,
            b'a'..=b'z' => 1 << 16,
            b'A'..=b'Z' => 1 << 16 | 1 << 24,
            b',' | b';' => 1 << 32,
            b'.' | b'!' | b'?' => 1 << 40,
            _ => 0,
        };
        b += 1;
    }
    table
};

impl Fact {
    /// Counts a text's characters; gives back spaces and characters of scripts without spaces.
    pub(super) fn count(&mut self, text: &str) -> [u32; 2] {
        let (mut spaces, mut wide, mut before) = (0u32, 0u32, ' ');
        for c in text.chars() {
            match c {
                ' ' => spaces += 1,
                '0'..='9' => self.digits += 1,
                'a'..='z' => self.letters += 1,
                'A'..='Z' => {
                    self.letters += 1;
                    self.capitals += 1;
                }
                ',' | ';' | '،' | '、' | '，' => self.commas += 1,
                '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '۔' => {
                    self.stops += u32::from(before != c);
                }
                c if unspaced(c) => {
                    wide += 1;
                    self.letters += 1;
                }
                '\u{2000}'..='\u{206f}' => {}
                c if c.is_alphabetic() => {
                    self.letters += 1;
                    self.capitals += u32::from(c.is_uppercase());
                }
                _ => {}
            }
            before = c;
        }
        [spaces, wide]
    }

    /// [`Fact::count`] for a text of ASCII characters.
    pub(super) fn count_ascii(&mut self, text: &str) -> [u32; 2] {
        let mut spaces = 0;
        for part in text.as_bytes().chunks(255) {
            let sums: u64 = part.iter().map(|&b| COUNTED[usize::from(b & 127)]).sum();
            let [blank, digits, letters, capitals, commas, stops, ..] = sums.to_le_bytes().map(u32::from);
            spaces += blank;
            self.digits += digits;
            self.letters += letters;
            self.capitals += capitals;
            self.commas += commas;
            self.stops += stops;
        }
        if self.stops > 1 {
            // Of a row of the same mark one counts.
            let same = |two: &&[u8]| two[0] == two[1] && matches!(two[0], b'.' | b'!' | b'?');
            self.stops -= text.as_bytes().windows(2).filter(same).count() as u32;
        }
        [spaces, 0]
    }
}

/// Letters and digits as they are in [`plain`], a space for all else.
const PLAIN: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            table[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

/// [`plain`] of a text without accents.
fn plain_ascii(text: &str) -> String {
    let mut out = vec![0; text.len()];
    let (mut len, mut last) = (0, b' ');
    for b in text.bytes() {
        let c = PLAIN[usize::from(b & 127)];
        out[len] = c;
        len += usize::from(c != b' ' || last != b' ');
        last = c;
    }
    out.truncate(len - usize::from(len > 0 && last == b' '));
    String::from_utf8(out).unwrap_or_default()
}

/// Letters and digits alone in lower case, words parted by one space.
pub(crate) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return plain_ascii(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text;
    while let Some(&b) = rest.as_bytes().first() {
        if b.is_ascii_alphanumeric() {
            // Words without accents are taken whole, and made small at the end.
            let len = rest.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
            if std::mem::take(&mut gap) && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&rest[..len]);
            rest = &rest[len..];
        } else if b.is_ascii() {
            gap = true;
            rest = &rest[1..];
        } else {
            let mut chars = rest.chars();
            if let Some(c) = chars.next().filter(|&c| alphanumeric(c)) {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push(' ');
                }
                out.extend(c.to_lowercase());
            } else {
                gap = true;
            }
            rest = chars.as_str();
        }
    }
    out.make_ascii_lowercase();
    out
}
