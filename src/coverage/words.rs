//! Words of a text and their stems, as sketches and utterances compare them.

use crate::text::Span;

/// A word where it stands, in lower case without marks over its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the text.
    pub span: Span,
    /// Lower case, folded.
    pub form: String,
    /// Written with a capital or as a number: a likely name or figure.
    pub marked: bool,
}

/// The words of a text in order: runs of letters and digits, with an apostrophe or a point or comma
/// between digits kept inside; each Chinese or Japanese character makes a word with its neighbour.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        if is_han(c) {
            // Pairs of characters stand for words where no space parts them.
            let end = match chars.peek() {
                Some(&(at, next)) if is_han(next) => at + next.len_utf8(),
                _ => start + c.len_utf8(),
            };
            let span = Span::new(start, end);
            out.push(Word { span, form: span.of(text).to_owned(), marked: false });
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut last = c;
        while let Some(&(at, next)) = chars.peek() {
            let inside = if next.is_alphanumeric() {
                !is_han(next)
            } else {
                let after = text[at + next.len_utf8()..].chars().next();
                match next {
                    '\'' | '’' => last.is_alphabetic() && after.is_some_and(char::is_alphabetic),
                    '.' | ',' => last.is_ascii_digit() && after.is_some_and(|a| a.is_ascii_digit()),
                    _ => is_mark(next),
                }
            };
            if !inside {
                break;
            }
            end = at + next.len_utf8();
            last = next;
            chars.next();
        }
        let span = Span::new(start, end);
        let marked = c.is_uppercase() || c.is_numeric();
        out.push(Word { span, form: fold(span.of(text)), marked });
    }
    out
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Combining marks and the soft hyphen belong to the word they stand in.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}')
}

/// Lower case without marks over letters, straight apostrophes and no possessive.
fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            '’' => out.push('\''),
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'æ' => out.push_str("ae"),
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => out.push('c'),
            'ď' | 'đ' | 'ð' => out.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' | 'ģ' | 'ĝ' => out.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => out.push('i'),
            'ķ' => out.push('k'),
            'ł' | 'ļ' | 'ľ' => out.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'œ' => out.push_str("oe"),
            'ŕ' | 'ř' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ţ' | 'ť' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
    if let Some(bare) = out.strip_suffix("'s") {
        out.truncate(bare.len());
    }
    out
}

/// The light stem that terms are compared by: plural endings off, nothing else, so that names stay apart.
pub fn stem(form: &str) -> &str {
    let n = form.len();
    if n < 4 || !form.ends_with('s') || form.ends_with("ss") || form.ends_with("us") || form.ends_with("is") {
        return form;
    }
    &form[..n - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_places() {
        let text = "Łódź’s mayor paid €1,250.50 — don't ask.";
        let got = words(text);
        let forms: Vec<&str> = got.iter().map(|w| w.form.as_str()).collect();
        assert_eq!(forms, ["lodz", "mayor", "paid", "1,250.50", "don't", "ask"]);
        assert_eq!(got[0].span.of(text), "Łódź’s");
        assert!(got[0].marked && got[3].marked && !got[1].marked);
    }

    #[test]
    fn han_characters_come_in_pairs() {
        let forms: Vec<String> = words("東京で地震").into_iter().map(|w| w.form).collect();
        assert_eq!(forms, ["東京", "京で", "で地", "地震", "震"]);
    }

    #[test]
    fn stems_take_plurals_off() {
        assert_eq!(stem("ferries"), "ferrie");
        assert_eq!(stem("ships"), "ship");
        assert_eq!(stem("crisis"), "crisis");
        assert_eq!(stem("gas"), "gas");
    }
}
