//! Where sentences begin and end, told by punctuation, capitals and a list of abbreviations.

use super::Span;

/// Abbreviations after which a sentence goes on, lower case, without the last full stop.
const GOES_ON: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "sen", "rep", "reps", "sens", "gov", "govs", "gen", "lt", "col",
    "maj", "capt", "cmdr", "sgt", "cpl", "adm", "rev", "fr", "hon", "st", "ste", "mt", "ft", "pres", "supt",
    "det", "insp", "amb", "sec", "atty", "dist", "messrs", "mme", "mlle", "sr", "sra", "hr", "vs", "v", "no",
    "nos", "vol", "fig", "pp", "ca", "cf", "e.g", "i.e", "al", "approx", "est", "dept", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu",
    "thurs", "fri", "sat", "sun", "ala", "ariz", "ark", "calif", "colo", "conn", "fla", "ga", "ill", "ind",
    "kan", "ky", "la", "md", "mich", "minn", "miss", "mont", "neb", "nev", "okla", "ore", "pa", "tenn",
    "tex", "va", "vt", "wash", "wis", "wyo",
];

/// Abbreviations that may also end a sentence; what follows decides.
const MAY_END: &[&str] =
    &["jr", "inc", "corp", "co", "ltd", "bros", "plc", "etc", "esq", "ph.d", "a.m", "p.m", "am", "pm"];

/// Words that begin sentences far oftener than they follow an abbreviation.
const STARTERS: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "I", "But", "And", "This", "That",
    "These", "Those", "There", "If", "When", "While", "As", "For", "His", "Her", "Its", "Their", "So", "Yet",
    "Some", "Many", "Both", "After", "Before", "However", "Mr", "Mrs", "Ms", "You", "What", "Who", "How",
    "Why", "With", "By", "From", "To", "Not", "No", "Since", "Under", "Although", "Though", "Asked",
];

/// Splits `text` into sentences: spans in bytes, in order, none overlapping, without the white
/// space around them. A line feed always ends a sentence. Linear in the text's length.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        split_line(text, Span::new(at, at + line.len()), &mut out);
        at += line.len() + 1;
    }
    out
}

fn split_line(text: &str, line: Span, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut start = line.start;
    let mut at = line.start;
    while at < line.end {
        let b = bytes[at];
        let is_dots = b == 0xe2 && text[at..].starts_with('…');
        if !matches!(b, b'.' | b'!' | b'?') && !is_dots {
            at += 1;
            continue;
        }
        let stop = at;
        let mut dots = 0;
        let mut end = at;
        // The run of stops, then whatever closes with it.
        let mut closing = false;
        for c in text[at..line.end].chars() {
            match c {
                '.' | '!' | '?' | '…' if !closing => dots += 1,
                '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '“' | '„' => closing = true,
                _ => break,
            }
            end += c.len_utf8();
        }
        at = end;
        let after = text[end..line.end].chars().next();
        if after.is_some_and(|c| !c.is_whitespace()) {
            continue;
        }
        let rest = text[end..line.end].trim_start();
        let single = dots == 1 && b == b'.';
        if rest.is_empty()
            || !starts_sentence(rest)
            || (single && !closing && abbreviated(text, start, stop, rest))
        {
            continue;
        }
        push(text, Span::new(start, end), out);
        start = end;
    }
    push(text, Span::new(start, line.end), out);
}

fn push(text: &str, span: Span, out: &mut Vec<Span>) {
    let s = span.of(text);
    let start = span.start + (s.len() - s.trim_start().len());
    let end = start + s.trim().len();
    if start < end {
        out.push(Span::new(start, end));
    }
}

/// Whether the text after a stop can begin a sentence.
fn starts_sentence(rest: &str) -> bool {
    let first =
        rest.chars().find(|c| !matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '„' | '«' | '‹' | '(' | '['));
    first.is_some_and(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | ')' | ']'))
}

/// The first word of `rest`, at most a few marks in: a longer walk could be repeated at every stop.
fn first_word(rest: &str) -> &str {
    let from = rest.char_indices().take(4).find(|(_, c)| c.is_alphanumeric()).map_or(rest.len(), |(i, _)| i);
    let word = &rest[from..];
    let to = word.char_indices().take(24).take_while(|(_, c)| c.is_alphanumeric()).last();
    to.map_or("", |(i, c)| &word[..i + c.len_utf8()])
}

/// Whether the full stop at byte `stop` belongs to an abbreviation in mid-sentence.
fn abbreviated(text: &str, start: usize, stop: usize, rest: &str) -> bool {
    let before = &text[start..stop];
    // No abbreviation is longer; the walk back stays short.
    let mut word_start = before.len();
    for (i, c) in before.char_indices().rev().take(12) {
        if c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '\'' | '-' | '–' | '—') {
            break;
        }
        word_start = i;
    }
    let word = &before[word_start..];
    let next = first_word(rest);
    let fresh = STARTERS.contains(&next);
    let lower = word.to_lowercase();
    if GOES_ON.contains(&lower.as_str()) {
        // "No. 7", but "she said no. The": a number must follow.
        return match lower.as_str() {
            "no" | "nos" | "fig" | "vol" | "pp" => next.starts_with(|c: char| c.is_ascii_digit()),
            "sat" | "sun" | "mar" | "ill" | "miss" | "ind" | "la" | "al" | "est" | "v" | "mon" | "wash" => {
                word.starts_with(char::is_uppercase) && !fresh
            }
            _ => {
                word.starts_with(char::is_uppercase)
                    || matches!(lower.as_str(), "vs" | "e.g" | "i.e" | "ca" | "cf")
            }
        };
    }
    if MAY_END.contains(&lower.as_str()) {
        return !fresh && !rest.starts_with(['"', '“', '‘']);
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        // An initial: "John F. Kennedy". "I" is far oftener the word.
        (Some(c), None) if c.is_uppercase() => {
            c != 'I' && !matches!(next, "The" | "In" | "But" | "He" | "She" | "It")
        }
        // "U.S.", "D.C.", "a.m."
        (Some(c), Some('.')) if c.is_alphabetic() => !fresh && !rest.starts_with(['"', '“', '‘']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn splits_at_stops_before_capitals() {
        assert_eq!(
            split("The ferry sank. Nobody drowned! Why? Luck."),
            ["The ferry sank.", "Nobody drowned!", "Why?", "Luck."]
        );
    }

    #[test]
    fn keeps_titles_initials_and_countries_whole() {
        let whole = [
            "Mr. Olaf J. Brekke met Gen. Ruiz on Jan. 4 in Washington, D.C. Tuesday.",
            "The U.S. Senate voted 3.5 hours later, e.g. on item No. 7.",
            "Acme Inc. Chairman Ola Vik resigned at 9 p.m. Monday.",
        ];
        for text in whole {
            assert_eq!(split(text), [text]);
        }
        assert_eq!(
            split("She moved to the U.S. The rest stayed."),
            ["She moved to the U.S.", "The rest stayed."]
        );
        assert_eq!(split("He said no. The rest stayed."), ["He said no.", "The rest stayed."]);
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        assert_eq!(split("“We won. We’ll stay.” He left."), ["“We won.", "We’ll stay.”", "He left."]);
        assert_eq!(split("\"Really?\" she asked."), ["\"Really?\" she asked."]);
    }

    #[test]
    fn lines_end_sentences_and_space_is_left_out() {
        assert_eq!(split("A headline\n\n  First line.  \n"), ["A headline", "First line."]);
        assert!(split(" \n\n ").is_empty());
    }

    #[test]
    fn a_megabyte_of_stops_is_read_at_once() {
        let text = ".".repeat(1 << 20) + &"A. ".repeat(1 << 18) + &". ".repeat(1 << 19);
        assert!(!sentences(&text).is_empty());
    }
}
