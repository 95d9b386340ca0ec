//! What the scorer sees of each token: itself, its neighbours, the capitalised run it stands in, the known
//! names, and what the rest of the article shows of the same word.

use super::acronyms::{Acronyms, acronyms};
use super::gazetteer::{COUNTRY, FIRST, ORG_WORD, PERSON, TITLE};
use super::reach::reach;
use super::sport;
use super::tokens::{Case, Style, Word, Words};
use crate::model::{Feature, Features, hash_text, hash_texts};
use crate::spread::Spread;
use crate::text::tokens::TokenKind;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// What an article shows of one word beside the place that is looked at.
#[derive(Debug, Default)]
struct Evidence {
    /// Times in lower case.
    lower: u16,
    /// Times with a capital inside a plain sentence.
    inside: u16,
    /// The first places with a capital in plain blocks.
    places: Vec<u32>,
}

/// Pronouns that follow persons, things and bodies, or several: what comes behind a name tells of what it names.
const HE: [u32; 8] = hash_texts(["he", "his", "him", "himself", "she", "her", "herself", "who"]);
const IT: [u32; 3] = hash_texts(["it", "its", "itself"]);
const THEY: [u32; 4] = hash_texts(["they", "their", "them", "themselves"]);

/// Size of the filter of words with a capital: bits in words of 64.
const CAPITALS: usize = 64;

/// Other places of a word that are looked at.
const PLACES: usize = 8;

/// A run of capitalised words, joined by short words (`of`, `and the`) where they stand between capitals.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    start: u32,
    end: u32,
}

/// The article's words with the evidence that all of it gives.
#[derive(Debug)]
pub(crate) struct Seen<'w> {
    words: &'w Words,
    evidence: HashMap<u32, Evidence, BuildHasherDefault<Spread>>,
    /// A filter of the words with a capital.
    capitals: [u64; CAPITALS],
    /// Strict run of capitals of every token; empty for others.
    runs: Vec<Run>,
    /// The last and first word of the long name whose initials a word is.
    acronyms: Acronyms,
    /// Pronouns behind every token: he or she, it, they, in its sentence (1, 2, 4) and in the next (8, 16, 32).
    pronouns: Vec<u8>,
    /// How much each block speaks of sport ([`sport::levels`]).
    sport: Vec<u8>,
    small: Small,
}

/// Hashes of words that are looked for.
#[derive(Debug)]
struct Small {
    open: u32,
    close: u32,
    of: u32,
    hyphen: u32,
    and: [u32; 2],
    joins: [u32; 12],
}

impl<'w> Seen<'w> {
    pub(crate) fn new(text: &str, words: &'w Words) -> Self {
        let h = hash_text;
        let small = Small {
            open: h("("),
            close: h(")"),
            of: h("of"),
            hyphen: h("-"),
            and: [h("and"), h("&")],
            joins: ["of", "for", "and", "&", "de", "la", "the", "del", "di", "do", "du", "al"].map(h),
        };
        let mut seen = Self {
            words,
            evidence: HashMap::default(),
            capitals: [0; CAPITALS],
            runs: vec![Run::default(); words.words.len()],
            acronyms: HashMap::default(),
            pronouns: vec![0; words.words.len()],
            sport: sport::levels(words),
            small,
        };
        for block in &words.blocks {
            seen.find_pronouns(block.clone());
        }
        for block in &words.blocks {
            seen.gather(block.clone());
        }
        seen.gather_lower();
        for block in &words.blocks {
            acronyms(text, &words.words[block.clone()], &mut seen.acronyms);
        }
        seen
    }

    /// From the block's end to its start, what follows each token.
    fn find_pronouns(&mut self, block: std::ops::Range<usize>) {
        let (mut here, mut next) = (0u8, 0u8);
        for at in block.rev() {
            let word = &self.words.words[at];
            self.pronouns[at] = here | next << 3;
            if HE.contains(&word.low) {
                here |= 1;
            } else if IT.contains(&word.low) {
                here |= 2;
            } else if THEY.contains(&word.low) {
                here |= 4;
            }
            if word.starts {
                (here, next) = (0, here);
            }
        }
    }

    fn gather(&mut self, block: std::ops::Range<usize>) {
        let mut run: Option<u32> = None;
        for at in block.clone() {
            let word = &self.words.words[at];
            let joined = word.is_capital() || word.case == Case::None && word.low == self.small.hyphen;
            if word.is_capital() && word.kind == TokenKind::Word {
                run.get_or_insert(at as u32);
            } else if !joined {
                self.end_run(run.take(), at);
            }
            if word.is_capital() {
                let evidence = self.evidence.entry(word.low).or_default();
                self.capitals[(word.low >> 6) as usize % CAPITALS] |= 1 << (word.low % 64);
                if word.style != Style::Plain {
                    continue;
                }
                if !word.starts {
                    evidence.inside = evidence.inside.saturating_add(1);
                }
                if evidence.places.len() < PLACES {
                    evidence.places.push(at as u32);
                }
            }
        }
        self.end_run(run, block.end);
    }

    /// Counts the words in lower case that have a capital elsewhere.
    fn gather_lower(&mut self) {
        for word in &self.words.words {
            if word.kind == TokenKind::Word
                && word.style == Style::Plain
                && !word.is_capital()
                && self.capitals[(word.low >> 6) as usize % CAPITALS] >> (word.low % 64) & 1 == 1
                && let Some(evidence) = self.evidence.get_mut(&word.low)
            {
                evidence.lower = evidence.lower.saturating_add(1);
            }
        }
    }

    fn end_run(&mut self, start: Option<u32>, end: usize) {
        let Some(start) = start else { return };
        // A hyphen at the end is not part of the run.
        let mut end = end;
        while end > start as usize && !self.words.words[end - 1].is_capital() {
            end -= 1;
        }
        self.runs[start as usize..end].fill(Run { start, end: end as u32 });
    }

    /// Adds the features of the tokens of block `index` that a name may hold, an item each, and their places in
    /// the block.
    pub(crate) fn features(&self, index: usize, out: &mut Features, places: &mut Vec<u32>) {
        let block = self.words.blocks[index].clone();
        let sport = self.sport[index].into();
        reach(&self.words.words[block.clone()], places);
        for at in places.iter() {
            self.token(block.start + *at as usize, block.clone(), sport, out);
            out.end_item();
        }
    }

    fn token(&self, at: usize, block: std::ops::Range<usize>, sport: u32, out: &mut Features) {
        let all = &self.words.words;
        let get =
            |offset: isize| at.checked_add_signed(offset).filter(|i| block.contains(i)).map(|i| &all[i]);
        let word = &all[at];
        let low = |offset: isize| get(offset).map_or(offset as u32, |w| w.low);
        let shape = |offset: isize| get(offset).map_or(7, |w| w.shape);
        let f = Feature::new;
        let (low_1, low1) = (low(-1), low(1));
        out.push(f(1).number(word.low));
        out.push(f(2).number(shape(-1)).number(word.shape).number(shape(1)));
        out.push(f(3).number(low_1).number(word.shape));
        out.push(f(4).number(low1).number(word.shape));
        out.push(f(5).number(word.low).number(shape(-1)).number(shape(1)));
        out.push(f(6).number(low_1).number(word.low));
        out.push(f(7).number(word.low).number(low1));
        out.push(f(8).number(word.exact).number(word.style as u32));
        out.push(f(9).number(word.shape).number(u32::from(word.starts)).number(word.style as u32));
        if word.affixes[0] != 0 {
            for (i, affix) in word.affixes.iter().enumerate() {
                out.push(f(10).number(i as u32).number(*affix).number(word.case as u32));
            }
        }
        out.push(f(11).number(low(-2)).number(low_1));
        out.push(f(12).number(low1).number(low(2)));
        out.push(f(13).number(low(-2)));
        out.push(f(14).number(low(2)));
        out.push(f(15).number(low_1));
        out.push(f(16).number(low1));
        out.push(f(17).number(low_1).number(low1));
        let known = |offset: isize| get(offset).map_or(0, |w| u32::from(w.known));
        Self::gazetteer(word, [known(-1), known(1)], out);
        out.push(f(24).number(low_1).number(u32::from(word.phrase)));
        out.push(f(25).number(low1).number(u32::from(word.phrase)));
        if word.is_capital() {
            // Texts differ in whether a land that plays is a team.
            if sport != 0 && word.phrase & COUNTRY == 0 {
                let (article, phrase) = (sport / 3, u32::from(word.phrase));
                out.push(f(80).number(sport).number(phrase).number(word.case as u32));
                out.push(f(81).number(article).number(phrase).number(low_1));
                out.push(f(82).number(article).number(phrase).number(low1));
                out.push(f(83).number(article).number(low_1).number(low1));
            }
            self.run(at, block, out);
            self.elsewhere(at, out);
        }
    }

    fn gazetteer(word: &Word, [before, after]: [u32; 2], out: &mut Features) {
        let f = Feature::new;
        let case = word.case as u32;
        for bit in 0..16 {
            if word.known >> bit & 1 == 1 {
                out.push(f(18).number(bit).number(case));
            }
            if word.phrase >> bit & 1 == 1 {
                out.push(f(19).number(bit).number(u32::from(word.place)).number(u32::from(word.starts)));
            }
        }
        out.push(f(20).number(u32::from(word.phrase)).number(u32::from(word.place)).number(case));
        out.push(f(21).number(before).number(u32::from(word.known)).number(word.shape));
        out.push(f(22).number(after).number(u32::from(word.known)).number(word.shape));
        out.push(f(23).number(before).number(after).number(word.shape));
    }

    /// The capitalised run around the word.
    fn run(&self, at: usize, block: std::ops::Range<usize>, out: &mut Features) {
        let all = &self.words.words;
        let f = Feature::new;
        let Run { start, end } = self.runs[at];
        let (start, end) = (start as usize, end as usize);
        if start >= end {
            return;
        }
        let low = |at: Option<usize>| at.filter(|i| block.contains(i)).map_or(1, |i| all[i].low);
        let (first, last) = (&all[start], &all[end - 1]);
        let place = u32::from(at > start) | u32::from(at + 1 < end) << 1;
        let (before, after) = (low(start.checked_sub(1)), low(Some(end)));
        let (before2, after2) = (low(start.checked_sub(2)), low(Some(end + 1)));
        let length = (end - start).min(6) as u32;
        let pronouns = u32::from(self.pronouns[at]);
        out.push(f(70).number(pronouns & 7).number(place));
        out.push(f(71).number(pronouns).number(length.min(3)));
        out.push(f(72).number(pronouns & 7).number(u32::from(all[at].phrase)));
        out.push(f(30).number(first.low).number(place));
        out.push(f(31).number(last.low).number(place));
        out.push(f(32).number(before).number(place));
        out.push(f(33).number(after).number(place));
        out.push(f(34).number(length).number(place).number(u32::from(first.starts)));
        out.push(f(35).number(before).number(after));
        out.push(f(36).number(before2).number(before));
        out.push(f(37).number(after).number(after2));
        out.push(f(38).number(u32::from(first.known)).number(u32::from(last.known)).number(length.min(4)));
        out.push(f(39).number(last.affixes[3]).number(place));
        let range = &all[start..end];
        let any = range.iter().fold(0, |all, w| all | w.known);
        out.push(f(40).number(u32::from(any & (ORG_WORD | TITLE | FIRST | PERSON))).number(place));
        // The name may go on behind a short word: Ministry of Health, Bank for X.
        if self.small.joins.contains(&after) && all.get(end + 1).is_some_and(Word::is_capital) {
            out.push(f(41).number(last.low).number(after).number(place));
            out.push(f(42).number(u32::from(last.known & (ORG_WORD | TITLE))).number(after).number(place));
        }
        if self.small.joins.contains(&before) && start >= 2 && all[start - 2].is_capital() {
            let head = &all[start - 2];
            out.push(f(43).number(head.low).number(before).number(place));
            let head_first = &all[self.runs[start - 2].start as usize];
            out.push(f(44).number(head_first.low).number(before).number(place));
            out.push(f(45).number(u32::from(head.known & (ORG_WORD | TITLE))).number(before));
        }
        let listed = self.small.and.contains(&after) || self.small.and.contains(&before);
        out.push(f(46).number(u32::from(listed)).number(u32::from(all[at].phrase)));
        let bracket = u32::from(before == self.small.open) | u32::from(after == self.small.close) << 1;
        out.push(f(47).number(bracket).number(all[at].case as u32).number(length.min(3)));
        if before == self.small.of || after == self.small.of {
            out.push(f(48).number(before2).number(u32::from(all[at].phrase)));
        }
    }

    /// What the rest of the article shows of the word.
    fn elsewhere(&self, at: usize, out: &mut Features) {
        let all = &self.words.words;
        let f = Feature::new;
        let word = &all[at];
        let Some(evidence) = self.evidence.get(&word.low) else { return };
        if evidence.lower == 0 && evidence.places.is_empty() {
            return;
        }
        let (lower, inside) = (evidence.lower.min(2), evidence.inside.min(3));
        let place = u32::from(word.starts) | (word.style as u32) << 1;
        out.push(f(50).number(lower.into()).number(inside.into()).number(place));
        out.push(f(51).number(lower.into()).number(word.case as u32));
        if let Some((last, first)) = self.acronyms.get(&word.low) {
            out.push(f(52).number(*last));
            out.push(f(53).number(*first));
            out.push(f(54));
        }
        let here = self.runs[at];
        let mut longer = 0;
        let mut given: [u32; 40] = [0; 40];
        let mut count = 0;
        let mut once = |out: &mut Features, feature: Feature| {
            let hash = feature.finish();
            if !given[..count].contains(&hash) && count < given.len() {
                given[count] = hash;
                count += 1;
                out.push_hash(hash);
            }
        };
        for &other in &evidence.places {
            let other = other as usize;
            if other == at {
                continue;
            }
            let run = self.runs[other];
            let Run { start, end } = run;
            let (start, end) = (start as usize, end as usize);
            if start >= end {
                continue;
            }
            let before = start.checked_sub(1).map_or(1, |i| all[i].low);
            let after = all.get(end).map_or(1, |w| w.low);
            if other == start {
                once(out, f(60).number(before));
            }
            if other + 1 == end {
                once(out, f(61).number(after));
            }
            let long = run.end - run.start;
            if long > 1 {
                longer += 1;
                let place = u32::from(other > start) | u32::from(other + 1 < end) << 1;
                once(out, f(62).number(all[start].low).number(place));
                once(out, f(63).number(all[end - 1].low).number(place));
                once(out, f(64).number(u32::from(all[start].known)).number(place));
                if long > here.end - here.start {
                    once(out, f(65).number(u32::from(all[end - 1].known)).number(place));
                }
            }
        }
        out.push(f(66).number(longer.min(2)).number(here.end - here.start));
    }
}
