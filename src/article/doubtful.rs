//! Words that a copying site has run into a sentence: the article's text holds them, its author may not have written them.

use crate::text::Span;

/// Letters of each half of a word that is two run together; shorter halves are trade names.
const HALF: usize = 6;

/// Capitalised words that stand before the seam, at most.
const LONGEST: usize = 4;

/// Seams that are looked at, so that a text made of them takes no longer than another.
const MOST: usize = 64;

/// Runs of capitalised words of `text` that end in the middle of a word ("called on Acme `SystemsWestern` allies"), in a
/// sentence that goes on in small letters, where the text has that word nowhere else. The spans are bytes of `text` and
/// end at the seam; the words are never taken away, only told of.
pub fn doubtful(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut from, mut looked) = (0, 0);
    for line in text.split_inclusive('\n') {
        let words: Vec<(usize, &str)> = words(line).collect();
        for (i, &(at, word)) in words.iter().enumerate() {
            let Some(seam) = seam(word) else { continue };
            let goes_on = words.get(i + 1).is_some_and(|(_, w)| w.starts_with(char::is_lowercase));
            let run = words[..i].iter().rev().take_while(|(_, w)| is_name_word(w)).count();
            let Some(before) = i.checked_sub(run + 1).and_then(|k| words.get(k)) else { continue };
            let inside = before.1.strip_suffix(',').unwrap_or(before.1).ends_with(char::is_lowercase);
            if !goes_on || !inside || !(1..LONGEST).contains(&run) {
                continue;
            }
            looked += 1;
            if looked > MOST {
                return out;
            }
            if text.matches(word).nth(1).is_some() {
                continue;
            }
            out.push(Span::new(from + words[i - run].0, from + at + seam));
        }
        from += line.len();
    }
    out
}

/// The words of a line with their first bytes.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split(' ').scan(0, |next, word| {
        let at = *next;
        *next += word.len() + 1;
        Some((at, word.trim_end()))
    })
}

/// Whether a word is a capital and small letters alone, or such with capitals in the middle.
fn is_name_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.ends_with(char::is_lowercase)
        && word.chars().all(char::is_alphabetic)
}

/// The byte between two capitalised halves of a word.
fn seam(word: &str) -> Option<usize> {
    if !is_name_word(word) {
        return None;
    }
    let mut capitals = word.char_indices().filter(|(_, c)| c.is_uppercase());
    let (_, at) = (capitals.next()?, capitals.next()?.0);
    let long = |half: &str| half.chars().count() >= HALF;
    (capitals.next().is_none() && long(&word[..at]) && long(&word[at..])).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        doubtful(text).into_iter().map(|s| &text[s.start..s.end]).collect()
    }

    #[test]
    fn words_run_into_a_sentence_are_told() {
        let text =
            "A line before.\nThe general has urged Petrel SystemsNorthern ports to open. Northern ports did.";
        assert_eq!(found(text), ["Petrel Systems"]);
        assert_eq!(found("The envoy told Ølberg SystémesNorthern ports to open."), ["Ølberg Systémes"]);
    }

    #[test]
    fn names_are_left_alone() {
        assert!(found("She gave her talk with Petrel PowerPoint slides to all.").is_empty(), "short halves");
        assert!(found("She gave it to CloudHarbour friends of hers.").is_empty(), "a word by itself");
        assert!(
            found("She took Petrel HarbourCloud along. The Petrel HarbourCloud broke.").is_empty(),
            "said twice"
        );
        assert!(found("Photo by Jon PetrelHarbour News").is_empty(), "the sentence does not go on");
        assert!(found("Petrel HarbourCloud is a name.").is_empty(), "the sentence begins with it");
        assert!(found("").is_empty());
    }

    #[test]
    fn a_text_of_seams_takes_no_longer() {
        let text = "was Petrel HarbourCloud and ".repeat(40_000);
        assert!(doubtful(&text).len() <= MOST);
    }
}
