//! The same utterance in two articles: exact, trimmed or reworded.

use super::likeness::{FEATURES, Said, exact_at_most, likeness};
use super::{SavedQuote, Visit, day};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Two quotations that carry the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameQuote {
    /// Index into this article's quotations.
    pub quote: usize,
    /// Index into the earlier article's.
    pub other: usize,
    /// exact, trimmed or reworded.
    pub relation: &'static str,
}

/// What two quotations' surroundings tell, in the order of [`CONTEXT`].
pub type Features = [f32; FEATURES + CONTEXT];
/// Number of features beside the words': speakers, places, rivals.
pub const CONTEXT: usize = 9;

/// Weight of words in common that no two people say.
const LONG: f32 = 5.0;

/// A visit's quotations made ready to be compared.
#[derive(Clone, Debug)]
pub struct Spoken<'v> {
    visit: Cow<'v, Visit>,
    said: Vec<Said>,
    /// Of each quotation, how many of its speaker's there are in the visit, and how many before it.
    of_speaker: Vec<(usize, usize)>,
}

impl<'v> Spoken<'v> {
    /// Makes them ready.
    pub fn new(visit: &'v Visit) -> Self {
        Self::of(Cow::Borrowed(visit), |_| true)
    }

    /// The same, of a visit that it keeps.
    pub fn owned(visit: Visit) -> Self {
        Self::of(Cow::Owned(visit), |_| true)
    }

    /// Those for which `wanted` says so.
    fn of(visit: Cow<'v, Visit>, wanted: impl Fn(&SavedQuote) -> bool) -> Self {
        let one = |(k, q): (usize, &SavedQuote)| {
            let same = |x: &&SavedQuote| x.kind != "indirect" && speakers(x, q) == Some(true);
            let before = visit.quotes[..k].iter().filter(same).count();
            (before + visit.quotes[k..].iter().filter(same).count(), before)
        };
        let of_speaker = visit.quotes.iter().enumerate().map(one).collect();
        let ready = |q: &SavedQuote| if wanted(q) { Said::new(&q.text) } else { Said::default() };
        Self { said: visit.quotes.iter().map(ready).collect(), of_speaker, visit }
    }

    /// [`same_quotes`] of an earlier visit, of which no more is made ready than must be.
    pub fn same(&self, earlier: &Visit, same_story: bool) -> Vec<SameQuote> {
        if same_story || near(&self.visit, earlier) {
            return same_quotes(self, &Spoken::new(earlier), same_story);
        }
        let said_by = |q: &SavedQuote| self.visit.quotes.iter().any(|own| speakers(own, q) == Some(true));
        if !earlier.quotes.iter().any(said_by) {
            return Vec::new();
        }
        same_quotes(self, &Spoken::of(Cow::Borrowed(earlier), said_by), same_story)
    }
}

/// The features of all pairs of quotations of two visits that tell the same story: index, other index,
/// features. Pairs whose speakers are known to differ are left out.
pub fn pairs(visit: &Visit, earlier: &Visit) -> Vec<(usize, usize, Features)> {
    compare(&Spoken::new(visit), &Spoken::new(earlier), false)
}

/// `one_speaker`: pairs of others are left out.
fn compare(ours: &Spoken<'_>, theirs: &Spoken<'_>, one_speaker: bool) -> Vec<(usize, usize, Features)> {
    let mut out: Vec<(usize, usize, Features)> = Vec::new();
    for (i, (q, a)) in ours.visit.quotes.iter().zip(&ours.said).enumerate() {
        for (j, (r, b)) in theirs.visit.quotes.iter().zip(&theirs.said).enumerate() {
            if q.kind == "indirect" || r.kind == "indirect" {
                continue;
            }
            let same = speakers(q, r);
            if one_speaker && same != Some(true) {
                continue;
            }
            // One of two speakers is taken wrong where a long quotation stands in both.
            if same == Some(false) && exact_at_most(a, b) < 0.399 {
                continue;
            }
            let words = likeness(a, b);
            if same == Some(false) && (words[8] < 0.4 || words[2].exp_m1() < LONG) {
                continue;
            }
            let mut f = [0.0; FEATURES + CONTEXT];
            f[..FEATURES].copy_from_slice(&words);
            let c = &mut f[FEATURES..];
            c[0] = f32::from(u8::from(same == Some(true)));
            c[1] = f32::from(u8::from(same == Some(false)));
            c[2] = f32::from(u8::from(q.key.is_empty() && r.key.is_empty()));
            let place = |k: usize, n: usize| (k as f32 + 0.5) / n.max(1) as f32;
            c[3] = (place(i, ours.said.len()) - place(j, theirs.said.len())).abs();
            let (n, m) = (ours.of_speaker[i].0.max(1), theirs.of_speaker[j].0.max(1));
            c[4] = (n as f32).ln().min(2.0);
            c[5] = (m as f32).ln().min(2.0);
            c[6] = (place(ours.of_speaker[i].1, n) - place(theirs.of_speaker[j].1, m)).abs();
            out.push((i, j, f));
        }
    }
    // Rivals: the best likeness that either quotation has with another of the other article.
    let core = |f: &Features| f[0] + f[1];
    let mut rows: Vec<(f32, f32)> = vec![(0.0, 0.0); ours.said.len()];
    let mut columns: Vec<(f32, f32)> = vec![(0.0, 0.0); theirs.said.len()];
    let enter = |best: &mut (f32, f32), v: f32| {
        if v > best.0 {
            *best = (v, best.0);
        } else if v > best.1 {
            best.1 = v;
        }
    };
    for (i, j, f) in &out {
        enter(&mut rows[*i], core(f));
        enter(&mut columns[*j], core(f));
    }
    for (i, j, f) in &mut out {
        let own = core(f);
        let rival = |best: (f32, f32)| if own >= best.0 { best.1 } else { best.0 };
        f[FEATURES + 7] = own - rival(rows[*i]);
        f[FEATURES + 8] = own - rival(columns[*j]);
    }
    out
}

/// Whether two quotations have one speaker; none where either is not known.
fn speakers(a: &SavedQuote, b: &SavedQuote) -> Option<bool> {
    if !a.key.is_empty() && !b.key.is_empty() {
        return Some(a.key == b.key || spelt_otherwise(&a.key, &b.key));
    }
    if a.speaker.is_empty() || b.speaker.is_empty() {
        return None;
    }
    if a.speaker.eq_ignore_ascii_case(&b.speaker) { Some(true) } else { None }
}

/// Whether two keys are one name carried over from another script in two ways: all words but the last are
/// equal, and the last, of five letters or more, differs by one letter.
fn spelt_otherwise(a: &str, b: &str) -> bool {
    let (Some((first, x)), Some((other, y))) = (a.rsplit_once(' '), b.rsplit_once(' ')) else { return false };
    let (x, y) = if x.len() <= y.len() { (x.as_bytes(), y.as_bytes()) } else { (y.as_bytes(), x.as_bytes()) };
    if first != other || x.len() < 5 || y.len() - x.len() > 1 || x == y {
        return x == y && first == other;
    }
    let same = x.iter().zip(y).take_while(|(p, q)| p == q).count();
    x[same..] == y[same + 1..] || (x.len() == y.len() && x[same + 1..] == y[same + 1..])
}

/// The pairs of quotations of two visits that carry the same words. `same_story`: both tell the same event,
/// so less is asked of the words. Reported speech without marks is not compared: its words are the reporter's.
pub fn same_quotes(visit: &Spoken<'_>, earlier: &Spoken<'_>, same_story: bool) -> Vec<SameQuote> {
    let (ours, theirs) = (&visit.said, &earlier.said);
    let least = if same_story {
        SURE
    } else if near(&visit.visit, &earlier.visit) {
        SURE_NEAR
    } else {
        f32::INFINITY
    };
    // Where no score is enough, what is far alone tells: it asks for one speaker.
    let pairs = compare(visit, earlier, least > SURE_NEAR);
    let scored: Vec<(usize, usize, Features, f32)> =
        pairs.into_iter().map(|(i, j, f)| (i, j, f, score(&f))).collect();
    let mut rows = vec![f32::MIN; ours.len()];
    let mut columns = vec![f32::MIN; theirs.len()];
    for (i, j, _, z) in &scored {
        rows[*i] = rows[*i].max(*z);
        columns[*j] = columns[*j].max(*z);
    }
    let found = scored.into_iter().filter_map(|(quote, other, f, z)| {
        // A fragment may stand for a part of several; where the words are few it goes with the best alone.
        let alone = z >= rows[quote] && z >= columns[other];
        let alike = (z >= least && (alone || z >= SURE_EACH)) || (least > SURE_NEAR && far(&f));
        alike.then(|| SameQuote { quote, other, relation: relation(&ours[quote], &theirs[other], &f) })
    });
    found.collect()
}

/// Whether both articles are of the same two weeks.
fn near(a: &Visit, b: &Visit) -> bool {
    const DAYS: u32 = 14;
    // A record is kept without its sketch.
    let minute = |v: &Visit| {
        let said = || v.published.as_deref().and_then(day::minutes).or_else(|| day::from_visit(v.visited));
        v.sketch.minute.or_else(said)
    };
    matches!((minute(a), minute(b)), (Some(a), Some(b)) if a.abs_diff(b) <= DAYS * 1440)
}

/// Weights of [`Features`], then the constant, a line each: a logistic regression over the pairs of quotations within
/// the stories of the shared corpus. `quoth train utterances` makes the file.
static TABLE: &str = include_str!("../../weights/utterances.txt");

type Weights = [f32; FEATURES + CONTEXT + 1];

fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let mut out = [0.0; FEATURES + CONTEXT + 1];
        for (to, line) in out.iter_mut().zip(TABLE.lines()) {
            *to = line.parse().unwrap_or_default();
        }
        out
    })
}

/// Logit from which two quotations are told as the same words within a story.
const SURE: f32 = 0.1;
/// The same for other articles of the same two weeks: a speaker may say like things on several occasions.
const SURE_NEAR: f32 = 4.0;
/// From here a quotation may go with several of the other article.
const SURE_EACH: f32 = 2.0;

fn score(f: &Features) -> f32 {
    let weights = weights();
    f.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>() + weights[FEATURES + CONTEXT]
}

/// Across stories the words alone must tell, and the speaker be the same.
fn far(f: &Features) -> bool {
    let (share, mass, run) = (f[3], f[2].exp_m1(), f[4] * 6.0);
    let same_speaker = f[FEATURES] > 0.5;
    same_speaker && mass >= 26.0 && (share >= 0.75 || (share >= 0.6 && run >= 5.0))
}

fn relation(a: &Said, b: &Said, f: &Features) -> &'static str {
    if a.equals(b) {
        "exact"
    } else if f[8] >= 0.93 && f[3] >= 0.93 {
        "trimmed"
    } else {
        "reworded"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(quotes: &[(&str, &str)]) -> Visit {
        let quotes = quotes.iter().map(|(key, text)| SavedQuote {
            text: (*text).to_owned(),
            kind: "direct".to_owned(),
            speaker: (*key).to_owned(),
            key: (*key).to_owned(),
            ..SavedQuote::default()
        });
        Visit { quotes: quotes.collect(), ..Visit::default() }
    }

    fn found(a: &Visit, b: &Visit, same_story: bool) -> Vec<(usize, usize, &'static str)> {
        same_quotes(&Spoken::new(a), &Spoken::new(b), same_story)
            .into_iter()
            .map(|s| (s.quote, s.other, s.relation))
            .collect()
    }

    #[test]
    fn exact_trimmed_and_reworded() {
        let a = visit(&[
            ("rita moura", "We left a fair offer on the table, and it stays there until Friday."),
            ("rita moura", "The ferries belong to the people of Lisbon."),
            ("nuno vale", "Nobody asked the night crews."),
        ]);
        let b = visit(&[
            ("nuno vale", "Nobody asked the night crews"),
            ("rita moura", "it stays there until Friday"),
            ("rita moura", "It is to the people of Lisbon that these ferry boats belong"),
        ]);
        assert_eq!(found(&a, &b, true), [(0, 1, "trimmed"), (1, 2, "reworded"), (2, 0, "exact")]);
    }

    #[test]
    fn other_words_of_one_speaker_and_same_words_of_another_are_not_told() {
        let a = visit(&[
            ("rita moura", "We left a fair offer on the table."),
            ("rita moura", "The strike will cost the city eleven million."),
        ]);
        let b = visit(&[
            ("rita moura", "The night shift pays better than the harbour."),
            ("nuno vale", "a fair offer"),
        ]);
        assert_eq!(found(&a, &b, true), []);
    }

    #[test]
    fn a_name_spelt_in_two_ways_is_one_speaker() {
        assert!(spelt_otherwise("p:mark rutland", "p:mark rutlant"));
        assert!(spelt_otherwise("p:rita moura", "p:rita mouras"));
        assert!(spelt_otherwise("p:rita mouras", "p:rita moura"));
        assert!(!spelt_otherwise("p:rita moura", "p:rosa moura"));
        assert!(!spelt_otherwise("p:li wei", "p:li wen"));
        assert!(!spelt_otherwise("moura", "mouras"));
    }

    #[test]
    fn across_stories_more_is_asked() {
        let a = visit(&[("rita moura", "a fair offer")]);
        assert_eq!(found(&a, &a, false), []);
        let b = visit(&[(
            "rita moura",
            "No minister has ever been thanked for keeping the Tagus ferries running at midnight.",
        )]);
        assert_eq!(found(&b, &b, false), [(0, 0, "exact")]);
    }

    #[test]
    fn reported_speech_is_the_reporters() {
        let mut a = visit(&[("rita moura", "We left a fair offer on the table.")]);
        let b = a.clone();
        a.quotes[0].kind = "indirect".to_owned();
        assert_eq!(found(&a, &b, true), []);
    }
}
