//! Persons by the words of their names: for those who are named otherwise elsewhere, by surname alone, in the other
//! order, or carried over from another script.

use super::index::{Index, Kind};
use super::scan::Bits;
use super::{SavedActor, hash, terms, words};
use crate::order::Order;

/// Persons of an article that are looked at, those most often mentioned.
const PERSONS: usize = 16;
/// Words of a name that are looked at.
const MAX_WORDS: usize = 4;
/// The first words of surnames that many bear, and what stands between names.
const SMALL: &[&str] = &[
    "abu", "ag", "al", "as", "bin", "bint", "da", "das", "de", "del", "della", "der", "di", "do", "dos",
    "du", "el", "ibn", "la", "las", "le", "los", "mac", "of", "st", "ten", "ter", "the", "van", "von", "y",
    "zu",
];
/// Consonants that two words of a name must have together to tell a person.
const CONSONANTS: u32 = 5;
/// Consonants that one word must have to tell a person who is named by it alone.
const CONSONANTS_ALONE: u32 = 3;
/// What a person found by two words of the name counts, of one found by the identity key: alone too little to tell.
const BY_NAME: f32 = 0.6;
/// The same where the two words have so many consonants that chance is out of the question.
const BY_LONG_NAME: (u32, f32) = (7, 0.8);
/// What a person counts at most who is named by one word alone: two of them tell.
const BY_WORD: f32 = 2.7;
/// Weight of a word, in nats, from which it is a name and little else.
const RARE: f32 = 6.0;

/// In a packed word: the person has no other name there.
const BARE: u32 = 1 << 7;
/// It stands before others of the name.
const LEADING: u32 = 1 << 6;
const PERSON: u32 = 15;

/// A word of a name.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// 16 bits.
    hash: u32,
    consonants: u32,
    leading: bool,
    /// How far it is a name and nothing else, 0 to 1.
    rare: f32,
}

/// A person as named in one article.
#[derive(Clone, Debug)]
pub(super) struct Person {
    words: Vec<Word>,
    bare: bool,
    /// Which of the visit's actors.
    pub(super) actor: usize,
    /// Hash of the identity key.
    pub(super) key: Option<u32>,
}

/// The persons of an article who have a name.
fn persons(actors: &[SavedActor]) -> Vec<Person> {
    let mut order: Vec<usize> = (0..actors.len()).filter(|&i| actors[i].kind == "person").collect();
    order.order_by_key(|&i| std::cmp::Reverse(actors[i].mentions));
    let one = |i: usize| {
        let a = &actors[i];
        let key = (!a.key.is_empty()).then(|| hash::term(&a.key));
        let words = name_words(&a.name);
        (!words.is_empty()).then(|| Person { bare: key.is_none() || words.len() < 2, words, actor: i, key })
    };
    order.into_iter().filter_map(one).take(PERSONS).collect()
}

/// The words of all persons as a sketch keeps them: 16 bits of the hash, then whose and how, rising.
pub(super) fn pack(actors: &[SavedActor]) -> Vec<u32> {
    let mut out = Vec::new();
    for (n, p) in persons(actors).iter().enumerate().take(PERSONS) {
        let bare = if p.bare { BARE } else { 0 };
        let packed = |w: &Word| w.hash << 8 | bare | if w.leading { LEADING } else { 0 } | n as u32 & PERSON;
        out.extend(p.words.iter().map(packed));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// What two persons' names have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    /// Which of ours and which of theirs.
    pair: (usize, u32),
    words: u32,
    consonants: u32,
    /// What the best word counts alone.
    alone: f32,
}

impl Met {
    fn value(&self, whole: f32) -> f32 {
        match self.consonants {
            long if self.words >= 2 && long >= BY_LONG_NAME.0 => BY_LONG_NAME.1 * whole,
            some if self.words >= 2 && some >= CONSONANTS => BY_NAME * whole,
            _ => self.alone,
        }
    }
}

/// A word of a name and one who bears it.
#[derive(Clone, Copy, Debug)]
struct Bearer {
    hash: u16,
    /// Place among the persons.
    person: u8,
    word: Word,
    bare: bool,
}

impl Bearer {
    /// What the word counts where it stands alone for a person.
    fn alone(&self, low: u32) -> f32 {
        let apart = self.bare || low & BARE != 0;
        let tells = apart && !self.word.leading && low & LEADING == 0;
        if tells && self.word.consonants >= CONSONANTS_ALONE { BY_WORD * self.word.rare } else { 0.0 }
    }
}

/// The persons of a visit, to be found in rows.
#[derive(Debug)]
pub(super) struct Persons {
    pub(super) all: Vec<Person>,
    bits: Bits,
    /// By the low byte of the hash.
    bearers: Vec<Bearer>,
    /// For each low byte where its bearers begin, and the end of the last.
    from: Vec<u16>,
}

impl Persons {
    pub(super) fn new(actors: &[SavedActor]) -> Self {
        let all = persons(actors);
        let bits = Bits::new(all.iter().flat_map(|p| p.words.iter().map(|w| w.hash as u16)));
        let mut bearers: Vec<Bearer> = Vec::new();
        for (n, p) in all.iter().enumerate() {
            for w in &p.words {
                let (hash, person) = (w.hash as u16, n as u8);
                if !bearers.iter().any(|b| b.hash == hash && b.person == person) {
                    bearers.push(Bearer { hash, person, word: *w, bare: p.bare });
                }
            }
        }
        bearers.order_by_key(|b| (b.hash & 255, b.person));
        let from = (0..=256).map(|low| bearers.partition_point(|b| b.hash & 255 < low) as u16);
        Self { from: from.collect(), all, bits, bearers }
    }

    fn bearers(&self, hash: u16) -> impl Iterator<Item = &Bearer> {
        let low = usize::from(hash & 255);
        let some = &self.bearers[usize::from(self.from[low])..usize::from(self.from[low + 1])];
        some.iter().filter(move |b| b.hash == hash)
    }

    /// The most that persons can count whom these words name otherwise, from their hashes and, asked for once one is
    /// found, the low byte of each: without bound where two words of one person stand together.
    pub(super) fn most<'r>(&self, hashes: &[u16], low: impl FnOnce() -> &'r [u8]) -> f32 {
        let Some(first) = hashes.iter().position(|&h| self.bits.has(h)) else { return 0.0 };
        let low = low();
        let mut alone = 0.0;
        // Of each of theirs: whose words of ours it has, and their consonants.
        let mut seen = [(0u16, 0u32); PERSON as usize + 1];
        for (&hash, &low) in hashes.iter().zip(low).skip(first) {
            if !self.bits.has(hash) {
                continue;
            }
            let (theirs, consonants) = &mut seen[usize::from(low) & PERSON as usize];
            let mut ours = 0;
            for b in self.bearers(hash) {
                ours |= 1 << b.person;
                alone += b.alone(u32::from(low));
                *consonants += b.word.consonants;
            }
            if *theirs & ours != 0 && *consonants >= CONSONANTS {
                return f32::INFINITY;
            }
            *theirs |= ours;
        }
        alone
    }

    /// The same for all rows with lists, row by row; it may be more than [`Self::most`], never less.
    pub(super) fn most_listed(&self, index: &Index) -> Vec<f32> {
        let mut most = vec![0.0; index.rows()];
        // For each row the last person of ours that was met there and, in the low half, whose words of theirs that
        // person has, a bit for each.
        let mut theirs = vec![0u32; index.rows()];
        for person in 0..self.all.len() {
            let own = || self.bearers.iter().filter(move |b| usize::from(b.person) == person);
            // A person there may have the same word twice.
            let once: u32 = own().map(|b| b.word.consonants).sum();
            let twice = 2 * own().map(|b| b.word.consonants).max().unwrap_or(0);
            let pairs = once.max(twice) >= CONSONANTS;
            for b in own() {
                let counts = |low: u8| pairs || b.alone(u32::from(low)) > 0.0;
                index.each(Kind::Name, b.hash, counts, |low, row| {
                    let row = row as usize;
                    most[row] += b.alone(u32::from(low));
                    let bit = 1 << (u32::from(low) & PERSON);
                    let met = &mut theirs[row];
                    if *met >> 16 != person as u32 {
                        *met = (person as u32) << 16;
                    }
                    if pairs && *met & bit != 0 {
                        most[row] = f32::INFINITY;
                    }
                    *met |= bit;
                });
            }
        }
        most
    }

    /// Each person whom the packed words name otherwise: which of the visit's actors, and what it counts where a
    /// person found by key counts `whole`. `known`: by their key.
    pub(super) fn shared(
        &self,
        packed: impl Iterator<Item = u32>,
        known: impl Fn(u32) -> bool,
        whole: f32,
    ) -> Vec<(usize, f32)> {
        let mut met: Vec<Met> = Vec::new();
        for there in packed {
            let hash = (there >> 8) as u16;
            if !self.bits.has(hash) {
                continue;
            }
            for b in self.bearers(hash) {
                let pair = (usize::from(b.person), there & PERSON);
                let at = met.iter().position(|m| m.pair == pair).unwrap_or_else(|| {
                    met.push(Met { pair, ..Met::default() });
                    met.len() - 1
                });
                let m = &mut met[at];
                m.words += 1;
                m.consonants += b.word.consonants;
                m.alone = m.alone.max(b.alone(there));
            }
        }
        let mut best = [0.0f32; PERSONS];
        for m in &met {
            best[m.pair.0] = best[m.pair.0].max(m.value(whole));
        }
        let found = self.all.iter().zip(best).filter(|(p, best)| *best > 0.0 && !p.key.is_some_and(&known));
        found.map(|(p, best)| (p.actor, best)).collect()
    }
}

fn name_words(name: &str) -> Vec<Word> {
    let all = words::words(&name.replace(['-', '\''], " "));
    // A description is not a name.
    if all.iter().any(|w| !w.marked && !SMALL.contains(&w.form.as_str())) {
        return Vec::new();
    }
    let forms: Vec<&str> = all
        .iter()
        .map(|w| w.form.as_str())
        .filter(|w| w.chars().count() > 1 && !SMALL.contains(w))
        .take(MAX_WORDS)
        .collect();
    let one = |(i, form): (usize, &&str)| {
        let bones = bones(form);
        let consonants = bones.len() as u32;
        let hash = if consonants < 2 { hash::term(form) } else { hash::term(&bones) } >> 8;
        let rare = (terms::background().word_weight(words::stem(form)) / RARE).min(1.0);
        Word { hash, consonants, leading: i == 0 && forms.len() > 1, rare }
    };
    forms.iter().enumerate().map(one).collect()
}

/// What stays of a word when it is carried over from another script: its consonants, hard and soft alike, vowels and
/// breaths off. "Mojtar" and "Mukhtar", "Gamiyosi" and "Kamiyoshi" come together.
fn bones(form: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for (i, c) in form.chars().enumerate() {
        let bone = match c {
            'b' | 'p' | 'v' => 'p',
            'c' | 'g' | 'k' | 'q' => 'k',
            'd' | 't' => 't',
            's' | 'z' | 'x' => 's',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'j' | 'h' if i > 0 => {
                last = ' ';
                continue;
            }
            'a' | 'e' | 'i' | 'o' | 'u' => 'a',
            'j' | 'y' => 'y',
            other => other,
        };
        if bone != last {
            out.push(bone);
        }
        last = bone;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[(&str, &str)]) -> Vec<SavedActor> {
        let one = |&(name, key): &(&str, &str)| SavedActor {
            name: name.into(),
            kind: "person".into(),
            key: key.into(),
            mentions: 1,
        };
        names.iter().map(one).collect()
    }

    fn found(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Vec<(usize, f32)> {
        let (ours, theirs) = (Persons::new(&people(ours)), people(theirs));
        let keys = persons(&theirs);
        ours.shared(pack(&theirs).into_iter(), |k| keys.iter().any(|t| t.key == Some(k)), 7.0)
    }

    #[test]
    fn other_spellings_and_orders_are_one_person() {
        for (a, b) in [
            ("Gamiyosi Tadaaki", "Tadaaki Kamiyoshi"),
            ("Azucena Tipán", "Azucena Tipán Lucero"),
            ("Tshepiso Molefe-Ncube", "Tshepiso Moleffe-Ncube"),
        ] {
            let got = found(&[(a, "p:a")], &[("Somebody Else", "p:c"), (b, "p:b")]);
            assert!(got.len() == 1 && got[0].1 > 4.0, "{a} {b}: {got:?}");
        }
    }

    #[test]
    fn a_surname_alone_tells_half_of_what_two_do() {
        let got = found(&[("Quintrell", "")], &[("Ada Quintrell", "p:ada quintrell")]);
        assert!(got.len() == 1 && got[0].1 < 3.0, "{got:?}");
        assert!(found(&[("Bo Quintrell", "p:bo")], &[("Ada Quintrell", "p:ada")]).is_empty());
        assert!(found(&[("Ada", "")], &[("Ada Quintrell", "p:ada quintrell")]).is_empty());
        assert!(found(&[("the young man", "")], &[("Young", "")]).is_empty());
        assert!(found(&[("Ada Quintrell", "p:same")], &[("Ada Quintrell", "p:same")]).is_empty(), "by key");
    }
}
