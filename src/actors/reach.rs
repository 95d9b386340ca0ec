//! Which tokens a name may hold: capitals and what stands between or on them. All others are outside every
//! name, and the scorer never looks at them.

use super::tokens::{Case, Word};
use crate::model::{hash_text, hash_texts};
use crate::text::tokens::TokenKind;

/// The longest stretch of other tokens between two capitals of one name: "Bank of the West".
const GAP: usize = 2;

/// Small words that begin a name where a capital follows: "van der Berg", "al-Nur".
const PARTICLES: [u32; 32] = hash_texts([
    "al", "el", "ul", "an", "ad", "ar", "as", "at", "abu", "ibn", "bin", "ben", "de", "da", "di", "do", "du",
    "del", "dos", "das", "della", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu", "af", "av",
]);

const HYPHEN: u32 = hash_text("-");
const STOP: u32 = hash_text(".");

/// Appends the places in `words` (a block's) of the tokens that a name may hold, in order.
pub(super) fn reach(words: &[Word], out: &mut Vec<u32>) {
    let mut capital: Option<usize> = None;
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        if word.is_capital() {
            // What stands between two capitals of one sentence, or a particle before this one.
            let last = out.last().map_or(0, |&last| last as usize + 1);
            let first = match capital {
                Some(before) if !word.starts && joined(&words[before + 1..at]) => before + 1,
                _ => at - particles(&words[last..at]),
            };
            out.extend((first.max(last)..at).map(|between| between as u32));
            out.push(at as u32);
            capital = Some(at);
        } else if word.mixed {
            out.push(at as u32);
        } else if word.kind == TokenKind::Number {
            let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(Word::is_capital);
            if beside(at.checked_sub(1)) || beside(Some(at + 1)) {
                out.push(at as u32);
            }
        } else if capital.is_some_and(|c| c + 1 == at) && word.low == HYPHEN && touches(words, at) {
            // "Min-ho": a name's second part may be small.
            out.push(at as u32);
            if words.get(at + 1).is_some_and(|w| w.case == Case::Lower && w.span.start == word.span.end) {
                at += 1;
                out.push(at as u32);
            }
        } else if capital.is_some_and(|c| c + 1 == at)
            && word.low == STOP
            && words.get(at + 1).is_some_and(|w| !w.starts)
            && words[at - 1].span.len() <= 5
            && touches(words, at)
        {
            // "Rivers Inc. said".
            out.push(at as u32);
        }
        at += 1;
    }
}

/// Whether one name may go on over these tokens between two capitals; a hyphen counts for nothing:
/// "Port-au-Prince".
fn joined(between: &[Word]) -> bool {
    between.len() <= 2 * GAP && between.iter().filter(|w| w.low != HYPHEN).count() <= GAP
}

fn touches(words: &[Word], at: usize) -> bool {
    at > 0 && words[at - 1].span.end == words[at].span.start
}

/// How many tokens at the end of `words` are particles of a name that follows: at most three.
fn particles(words: &[Word]) -> usize {
    let mut first = words.len();
    let mut at = words.len();
    while at > 0 && words.len() - at < 3 {
        at -= 1;
        if PARTICLES.contains(&words[at].low) {
            first = at;
        } else if words[at].low != HYPHEN {
            break;
        }
    }
    words.len() - first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Namer;
    use crate::actors::tokens::Words;
    use crate::article::from_text;

    fn reached(text: &str) -> Vec<&str> {
        let Some(namer) = Namer::shipped() else { return Vec::new() };
        let article = from_text(text);
        let words = Words::new(&article, &namer.gazetteer);
        let mut places = Vec::new();
        reach(&words.words, &mut places);
        assert!(places.windows(2).all(|w| w[0] < w[1]), "in order, none twice");
        places.iter().map(|&at| words.words[at as usize].span.of(text)).collect()
    }

    #[test]
    fn what_stands_between_capitals_is_reached() {
        let text =
            "There the Bank of the Isles met at last with Min-ho Seo in Port-au-Prince and then went home.";
        assert_eq!(
            reached(text),
            [
                "There", "the", "Bank", "of", "the", "Isles", "Min", "-", "ho", "Seo", "in", "Port", "-",
                "au", "-", "Prince"
            ]
        );
    }

    #[test]
    fn what_begins_small_is_reached() {
        let text = "Many saw the 7th film with van der Molen and with al-Nur on an iPhone made in 2019.";
        assert_eq!(reached(text), ["Many", "7th", "van", "der", "Molen", "al", "-", "Nur", "iPhone"]);
    }

    #[test]
    fn a_new_sentence_begins_another_name() {
        assert_eq!(reached("They went to see Ana. Rui spoke at length."), ["They", "Ana", "Rui"]);
    }
}
