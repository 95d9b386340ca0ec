//! Words, numbers and marks of a text, in one pass.

use super::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Begins with a letter, or has letters after digits: `Rutte`, `O'Brien`, `U.S.`, `J.`, `AT&T`, `20th`.
    Word,
    /// Digits with their separators: `1,200.50`.
    Number,
    /// One mark or symbol.
    Mark,
    /// An address: URL, e-mail, `@handle`, `#tag`.
    Address,
    /// A possessive ending: `'s`, or the `'` after a plural.
    Possessive,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// Whether `c` is an apostrophe, straight or curly.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Domain endings that keep a name like `Amazon.com` in one token.
const DOMAINS: [&str; 16] = [
    "com", "org", "net", "co", "gov", "edu", "io", "tv", "info", "uk", "de", "fr", "eu", "au", "ai",
    "example",
];

/// Appends the tokens of `text[within]`, with offsets into `text`. Linear in the length.
pub fn tokens(text: &str, within: Span, out: &mut Vec<Token>) {
    let Some(part) = text.get(within.start..within.end) else { return };
    let mut scan = Scan { text: part, at: 0 };
    while let Some(c) = scan.peek() {
        if c.is_whitespace() || is_invisible(c) {
            scan.at += c.len_utf8();
            continue;
        }
        let start = scan.at;
        let kind = scan.token(c);
        let span = Span::new(within.start + start, within.start + scan.at);
        out.push(Token { span, kind });
    }
}

/// Marks without width: soft hyphens, joiners, byte-order and direction marks.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn after(&self, offset: usize) -> Option<char> {
        self.text.get(offset..).and_then(|rest| rest.chars().next())
    }

    fn token(&mut self, first: char) -> TokenKind {
        if first.is_alphabetic() {
            return self.word();
        }
        if first.is_ascii_digit() || first.is_numeric() {
            return self.number();
        }
        let next = self.at + first.len_utf8();
        let joined = self.after(next).is_some_and(char::is_alphanumeric);
        if matches!(first, '@' | '#') && joined {
            self.at = next;
            self.run(|c| c.is_alphanumeric() || c == '_');
            return TokenKind::Address;
        }
        self.at = next;
        if is_apostrophe(first) && self.before(next - first.len_utf8()).is_some_and(char::is_alphanumeric) {
            let rest = &self.text[next..];
            let after_s = rest.strip_prefix(['s', 'S']);
            if after_s.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
                self.at += 1;
                return TokenKind::Possessive;
            }
            let plural = matches!(self.before(next - first.len_utf8()), Some('s' | 'S' | 'x' | 'z'));
            if plural && rest.starts_with(' ') {
                return TokenKind::Possessive;
            }
        }
        TokenKind::Mark
    }

    fn before(&self, offset: usize) -> Option<char> {
        self.text[..offset].chars().next_back()
    }

    fn run(&mut self, keep: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|&c| keep(c)) {
            self.at += c.len_utf8();
        }
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        if let Some(end) = self.dotted(start) {
            self.at = end;
            return TokenKind::Word;
        }
        loop {
            self.run(|c| c.is_alphanumeric() || is_combining(c) || c == '\u{ad}');
            let Some(mark) = self.peek() else { break };
            let next = self.at + mark.len_utf8();
            let Some(follow) = self.after(next) else { break };
            let goes_on = if is_apostrophe(mark) {
                let possessive =
                    matches!(follow, 's' | 'S') && !self.after(next + 1).is_some_and(char::is_alphanumeric);
                follow.is_alphabetic() && !possessive
            } else if mark == '&' {
                follow.is_uppercase() && self.before(self.at).is_some_and(char::is_uppercase)
            } else if mark == '.' {
                self.domain(next)
            } else if mark == '@' {
                follow.is_alphanumeric()
            } else {
                false
            };
            if mark == ':' && self.text[next..].starts_with("//") || mark == '@' && goes_on {
                self.run(|c| !c.is_whitespace());
                return TokenKind::Address;
            }
            if !goes_on {
                break;
            }
            self.at = next;
        }
        if self.text[start..self.at].eq_ignore_ascii_case("www") && self.peek() == Some('.') {
            self.run(|c| !c.is_whitespace());
            return TokenKind::Address;
        }
        TokenKind::Word
    }

    /// Whether a domain ending stands at `at`, a lower-case word and nothing more of it.
    fn domain(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        DOMAINS.contains(&&rest[..end]) && !rest[end..].starts_with(char::is_alphanumeric)
    }

    /// The end of `U.S.`, `a.m.` or of an initial `J.`, where one starts at `start`.
    fn dotted(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut letters = 0;
        while let Some(letter) = self.after(at).filter(|c| c.is_alphabetic()) {
            let dot = at + letter.len_utf8();
            if self.after(dot) != Some('.') {
                break;
            }
            letters += 1;
            at = dot + 1;
        }
        if letters > 1 {
            // "U.S.-led", "U.S. troops", "the U.S": a last letter without its dot belongs as well.
            if let Some(letter) = self.after(at).filter(|c| c.is_uppercase()) {
                let end = at + letter.len_utf8();
                if !self.after(end).is_some_and(char::is_alphanumeric) {
                    return Some(end);
                }
                return None;
            }
            return Some(at);
        }
        let initial = letters == 1 && self.after(start).is_some_and(char::is_uppercase);
        let rest = &self.text[at..];
        let name_follows = rest.trim_start_matches(' ').starts_with(char::is_uppercase);
        (initial && name_follows && self.after(start) != Some('I')).then_some(at)
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        loop {
            self.run(char::is_alphanumeric);
            let Some(mark @ ('.' | ',' | ':')) = self.peek() else { break };
            if !self.after(self.at + mark.len_utf8()).is_some_and(|c| c.is_ascii_digit()) {
                break;
            }
            self.at += 1;
        }
        let letters = self.text[start..self.at].chars().any(char::is_alphabetic);
        if letters { TokenKind::Word } else { TokenKind::Number }
    }
}

/// Accents written as characters of their own.
const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokens(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn names_keep_together() {
        assert_eq!(words("O'Brien’s U.S.-led AT&T"), ["O'Brien", "’s", "U.S.", "-", "led", "AT&T"]);
        assert_eq!(words("J. K. Smith, in the U.S."), ["J.", "K.", "Smith", ",", "in", "the", "U.S."]);
        assert_eq!(words("at 5 p.m. Amazon.com said."), ["at", "5", "p.m.", "Amazon.com", "said", "."]);
        assert_eq!(words("Côte d’Ivoire’s"), ["Côte", "d’Ivoire", "’s"]);
    }

    #[test]
    fn marks_and_possessives_stand_alone() {
        assert_eq!(words("“workers' pay”: 1,200.5"), ["“", "workers", "'", "pay", "”", ":", "1,200.5"]);
        assert_eq!(words("plan B. He"), ["plan", "B.", "He"]);
        assert_eq!(words("'Not one,' I said"), ["'", "Not", "one", ",", "'", "I", "said"]);
        assert_eq!(words("76ers and F-16s"), ["76ers", "and", "F", "-", "16s"]);
    }

    #[test]
    fn addresses_are_one_token() {
        assert_eq!(
            words("see https://a.b/c?d=e or me@x.org @you"),
            ["see", "https://a.b/c?d=e", "or", "me@x.org", "@you"]
        );
        assert_eq!(words("www.x.org/y z"), ["www.x.org/y", "z"]);
    }

    #[test]
    fn any_text_is_covered_in_order() {
        let text = "a\u{ad}b é😀 “…” \u{200b}İ ﷽ 三 ½ 'tis rock 'n' roll U.S";
        let mut out = Vec::new();
        tokens(text, Span::new(0, text.len()), &mut out);
        assert!(out.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        assert!(out.iter().all(|t| !t.span.is_empty() && !t.span.of(text).is_empty()));
    }
}
