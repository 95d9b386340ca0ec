//! The same words across several visits, and the words in which two wordings differ.

use super::{Spoken, Visit, same_quotes, words};

/// One wording of an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Wording {
    /// Index of the visit.
    pub visit: usize,
    /// Index of its quotation.
    pub quote: usize,
}

/// Visits that are compared with one another; the rest is left out.
const MAX_VISITS: usize = 40;

/// Groups of quotations that carry the same words, of two visits at least, in the order of the visits.
/// `same_story`: the visits tell one event.
pub fn utterances(visits: &[Visit], same_story: bool) -> Vec<Vec<Wording>> {
    let visits = &visits[..visits.len().min(MAX_VISITS)];
    let mut all: Vec<Wording> = Vec::new();
    let mut first = Vec::with_capacity(visits.len());
    for (visit, v) in visits.iter().enumerate() {
        first.push(all.len());
        all.extend((0..v.quotes.len()).map(|quote| Wording { visit, quote }));
    }
    let spoken: Vec<Spoken<'_>> = visits.iter().map(Spoken::new).collect();
    let mut group: Vec<usize> = (0..all.len()).collect();
    for a in 0..visits.len() {
        for b in 0..a {
            for pair in same_quotes(&spoken[a], &spoken[b], same_story) {
                let (x, y) = (root(&group, first[a] + pair.quote), root(&group, first[b] + pair.other));
                group[x.max(y)] = x.min(y);
            }
        }
    }
    let mut out: Vec<Vec<Wording>> = vec![Vec::new(); all.len()];
    for (i, w) in all.iter().enumerate() {
        out[root(&group, i)].push(*w);
    }
    out.retain(|g| g.iter().any(|w| w.visit != g[0].visit));
    out
}

fn root(group: &[usize], mut i: usize) -> usize {
    while group[i] != i {
        i = group[i];
    }
    i
}

/// A run of a wording.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Run {
    /// The characters, spaces and marks included.
    pub text: String,
    /// Both wordings have these words, in this order.
    pub same: bool,
}

/// Words of a wording that are compared; the rest counts as different.
const MAX_WORDS: usize = 400;

/// `text` in runs of words that it shares with `other` and words that it does not.
pub fn differing(text: &str, other: &str) -> Vec<Run> {
    let ours: Vec<_> = words::words(text).into_iter().take(MAX_WORDS).collect();
    let theirs: Vec<_> = words::words(other).into_iter().take(MAX_WORDS).collect();
    // Longest common subsequence from the end, so that it is read off from the beginning.
    let wide = theirs.len() + 1;
    let mut best = vec![0u16; (ours.len() + 1) * wide];
    for i in (0..ours.len()).rev() {
        for j in (0..theirs.len()).rev() {
            best[i * wide + j] = if ours[i].form == theirs[j].form {
                best[(i + 1) * wide + j + 1] + 1
            } else {
                best[(i + 1) * wide + j].max(best[i * wide + j + 1])
            };
        }
    }
    let mut shared = vec![false; ours.len()];
    let (mut i, mut j) = (0, 0);
    while i < ours.len() && j < theirs.len() {
        if ours[i].form == theirs[j].form {
            shared[i] = true;
            i += 1;
            j += 1;
        } else if best[(i + 1) * wide + j] >= best[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    // What stands between words goes with the word before it.
    let mut out: Vec<Run> = Vec::new();
    let mut at = 0;
    for (n, &same) in shared.iter().enumerate() {
        let end = ours.get(n + 1).map_or(text.len(), |w| w.span.start);
        match out.last_mut() {
            Some(run) if run.same == same => run.text.push_str(&text[at..end]),
            _ => out.push(Run { text: text[at..end].to_owned(), same }),
        }
        at = end;
    }
    if out.is_empty() && !text.is_empty() {
        out.push(Run { text: text.to_owned(), same: false });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::SavedQuote;

    #[test]
    fn differing_words_are_told_and_nothing_is_lost() {
        let runs = differing("Unplug it, and put it away.", "Unplug it; put it far away");
        let same: Vec<(&str, bool)> = runs.iter().map(|r| (r.text.as_str(), r.same)).collect();
        assert_eq!(same, [("Unplug it, ", true), ("and ", false), ("put it away.", true)]);
        assert_eq!(differing("", "x"), []);
        assert_eq!(differing("— …", "x"), [Run { text: "— …".into(), same: false }]);
        let long = "word ".repeat(1000);
        assert_eq!(differing(&long, &long).iter().map(|r| r.text.len()).sum::<usize>(), 5000);
    }

    #[test]
    fn wordings_of_three_outlets_make_one_group() {
        let say = |text: &str, own: &str| Visit {
            quotes: vec![
                SavedQuote { text: text.into(), key: "ana".into(), ..SavedQuote::default() },
                SavedQuote { text: own.into(), ..SavedQuote::default() },
            ],
            ..Visit::default()
        };
        let words = "We drew the hinge badly and the factory in Kampen made it well";
        let more = format!("{words}, every day");
        let visits = [
            say(words, "A voucher heals no burn"),
            say(&more, "Ask the court"),
            say(words, "Basil grows in mine"),
        ];
        let groups = utterances(&visits, true);
        assert_eq!(groups.len(), 1, "{groups:?}");
        assert_eq!(
            groups[0].iter().map(|w| (w.visit, w.quote)).collect::<Vec<_>>(),
            [(0, 0), (1, 0), (2, 0)]
        );
    }
}
