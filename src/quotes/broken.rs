//! Where a quotation whose closing mark is missing or misplaced ends: before the reporter's own words.

use super::cues;
use crate::text::Span;

/// Words that may stand between a name or pronoun and its verb of saying.
const BETWEEN: &[&str] = &[
    "has", "had", "have", "also", "later", "then", "once", "recently", "was", "is", "often", "himself",
    "herself",
];

/// Where a stretch left open in `span` ends: before the first words that are clearly the reporter's, else
/// at the end of `span`.
pub(super) fn end(text: &str, span: Span) -> usize {
    for at in stops(text, span) {
        if reporter(&text[at..span.end]) {
            return at;
        }
    }
    // Sentences of the speaker's, then one that tells of what happened, and nobody says I, we or you from
    // there on.
    let full: Vec<usize> = stops(text, span).filter(|&at| text.as_bytes()[at - 1] != b',').collect();
    let sentence = |k: usize| &text[full[k]..full.get(k + 1).copied().unwrap_or(span.end)];
    let last = (0..full.len()).rev().take_while(|&k| !personal(sentence(k))).last();
    if let Some(k) = last.and_then(|from| (from..full.len()).find(|&k| past(sentence(k)))) {
        return full[k];
    }
    span.start + span.of(text).trim_end().len()
}

/// Whether somebody speaks of themselves or to somebody in `rest`.
fn personal(rest: &str) -> bool {
    const OWN: &[&str] = &[
        "i", "we", "you", "my", "our", "us", "me", "your", "i'm", "i’m", "we're", "we’re", "don't", "don’t",
        "i've", "i’ve", "let's", "let’s",
    ];
    rest.split(|c: char| c.is_whitespace() || c == ',' || c == '.')
        .any(|w| OWN.contains(&w.to_lowercase().as_str()))
}

/// Whether a sentence tells of what happened.
fn past(sentence: &str) -> bool {
    const PAST: &[&str] =
        &["was", "were", "had", "did", "went", "came", "said", "took", "made", "gave", "left", "told"];
    const HELD: &[&str] = &["have", "has", "had", "be", "been", "is", "are", "get", "being", "’ve", "'ve"];
    let mut before = "";
    let words = sentence.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    for word in words.filter(|w| !w.is_empty()) {
        if PAST.contains(&word) || word.len() > 4 && word.ends_with("ed") && !HELD.contains(&before) {
            return true;
        }
        before = word;
    }
    false
}

/// Where the quotation `inner`, though closed, should have been: before a clause like ", which he warned
/// was" that leads to a quotation inside it.
pub(super) fn intrusion(text: &str, inner: Span) -> Option<usize> {
    stops(text, inner).find(|&at| {
        let rest = &text[at..inner.end];
        let mut words = words(rest);
        let relative = words.next().is_some_and(|w| matches!(w, "which" | "something" | "that"));
        if !relative || !reporter(rest) {
            return false;
        }
        let near = rest.char_indices().take(90);
        let mut before = ' ';
        for (i, c) in near {
            let opens = matches!(c, '‘' | '“' | '"' | '\'' | '„') && before.is_whitespace();
            if opens && rest[i + c.len_utf8()..].starts_with(char::is_alphanumeric) {
                return true;
            }
            before = c;
        }
        false
    })
}

/// Bytes right after each comma or stop that a space follows.
fn stops(text: &str, span: Span) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (span.start..span.end.saturating_sub(1))
        .filter(|&i| matches!(bytes[i], b',' | b'.' | b'?' | b'!') && bytes[i + 1] == b' ')
        .map(|i| i + 1)
}

/// The first words of `rest`, without marks.
fn words(rest: &str) -> impl Iterator<Item = &str> {
    let mut cut = 200.min(rest.len());
    while !rest.is_char_boundary(cut) {
        cut -= 1;
    }
    rest[..cut].split_whitespace().take(8)
}

/// Whether `rest` begins with a reporter's "he said", "Rutte warned", "said the minister".
fn reporter(rest: &str) -> bool {
    let mut words = words(rest).peekable();
    if words.peek().is_some_and(|w| matches!(*w, "which" | "as" | "something" | "that")) {
        words.next();
    }
    let mut named = 0;
    let mut first = true;
    let mut phrase = false;
    for word in words {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let verb = cues::verb(&lower).is_some_and(|v| v.past_or_present() && v.speech());
        if first && verb {
            // "said the minister", "added Ola"
            let mut rest = rest.trim_start()[word.len()..].split_whitespace();
            return word == bare
                && rest.next().is_some_and(|w| {
                    w.starts_with(char::is_uppercase)
                        || matches!(w, "the" | "a" | "he" | "she" | "his" | "her")
                });
        }
        first = false;
        if verb && named > 0 {
            return true;
        }
        if named > 0 && BETWEEN.contains(&lower.as_str()) {
            continue;
        }
        // "a spokesman for the firm said": a short phrase that ends at the verb.
        if named == 0 && matches!(lower.as_str(), "a" | "an" | "the" | "his" | "her" | "its") && word == bare
        {
            phrase = true;
            named = 1;
            continue;
        }
        if phrase && word == bare && !lower.is_empty() {
            continue;
        }
        let pronoun = named == 0 && matches!(lower.as_str(), "he" | "she");
        if pronoun {
            named = 1;
            continue;
        }
        // A name is at most four capitalised words without a mark after them.
        if !bare.starts_with(char::is_uppercase) || word != bare || named >= 4 || lower == "i" {
            return false;
        }
        named += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_closing_mark_ends_before_the_reporter() {
        let cases = [
            ("We will not sell, Brekke said on Monday.", "We will not sell,"),
            ("We will not sell, she told the board.", "We will not sell,"),
            ("We will not sell. Mr Brekke later added that he slept.", "We will not sell, "),
            ("Why sell? asked the captain.", "Why sell?"),
            ("We will not sell, not now.", "We will not sell, not now."),
            (
                "Sell it. One mill by the weir. Bring a lawyer.",
                "Sell it. One mill by the weir. Bring a lawyer.",
            ),
            ("Sell it. Bring a lawyer. Then the line dropped.", "Sell it. Bring a lawyer."),
            ("Sell it. The mill closed. I saw that.", "Sell it. The mill closed. I saw that."),
        ];
        for (text, kept) in cases {
            let kept = kept.trim_end().len();
            let got = end(text, Span::new(0, text.len()));
            assert!(got.abs_diff(kept) <= 1, "{text}: {}", &text[..got]);
        }
    }

    #[test]
    fn the_reporter_s_clause_inside_a_closed_quotation_is_found() {
        let text = "they are sending ships to the gulf, which he warned was a threat to ‘all of the coast.’";
        let at = intrusion(text, Span::new(0, text.len()));
        assert_eq!(at.map(|at| &text[..at]), Some("they are sending ships to the gulf,"));
        let whole = "the ships, which they said were new, sank";
        assert_eq!(intrusion(whole, Span::new(0, whole.len())), None);
    }
}
