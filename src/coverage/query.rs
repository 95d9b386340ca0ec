//! A visit or a row made ready to be compared with rows.

use super::index::Block;
use super::lists::Lists;
use super::rows::{Row, Rows};
use super::scan::{Scan, Wanted};
use super::sketch::{Sketch, frequency};
use super::terms::{Background, RARITY, background};
use std::sync::OnceLock;

/// Terms under which the reader's own count is blended with the background's.
const OWN: f32 = 1.0;
/// Articles without a person that the reader is taken to have read before the first: a person is rare until
/// seen often.
const STRANGERS: f32 = 1000.0;

/// Lengths are kept in hundredths: what a bound reckoned from them may be short by.
const ROUNDED: f32 = 1.01;

/// What a row has in common with the query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    /// Cosine of the term vectors.
    pub(super) cosine: f32,
    /// Square root of the number of terms in common.
    pub(super) shared: f32,
    /// Persons in common by key: the sum of their rarity and number of mentions.
    pub(super) people: f32,
    /// Days apart; none where either date is unknown.
    pub(super) days: Option<f32>,
}

/// What is compared with rows.
pub(super) struct Query {
    minute: Option<i32>,
    /// Hash and weight in the cosine, rising.
    terms: Vec<(u32, f32)>,
    wanted: Wanted,
    length: f32,
    /// Hash and weight of the headline's terms, rising.
    title: Vec<(u32, f32)>,
    title_weight: f32,
    /// Packed hash and mentions of the persons and their rarity, rising.
    people: Vec<(u32, f32)>,
    /// The most that a row can have of it, by the bits of what is found in common.
    most: Most,
}

/// See [`Query::most`].
#[derive(Debug, Default)]
struct Most {
    /// What each of the scan's terms can add to the cosine, squared (see [`Query::reach`]), and which of them are the
    /// visit's own and not its headline's alone.
    strength: Sums,
    counted: u64,
    /// What each person counts at most, and each term of the headline.
    people: Sums,
    title: Sums,
}

/// Sums of numbers that are chosen by bits, eight at a time.
#[derive(Debug, Default)]
struct Sums {
    bytes: Vec<[f32; 256]>,
    all: f32,
}

impl Sums {
    fn new(numbers: &[f32]) -> Self {
        let one = |numbers: &[f32]| {
            let mut sums = [0.0; 256];
            for (i, number) in numbers.iter().enumerate() {
                for low in 0..1 << i {
                    sums[low | 1 << i] = sums[low] + number;
                }
            }
            sums
        };
        Self { bytes: numbers.chunks(8).map(one).collect(), all: numbers.iter().sum() }
    }

    /// The sum of the numbers whose bits are set, of the first 64.
    fn of(&self, bits: u64) -> f32 {
        bits.to_le_bytes().iter().zip(self.bytes.iter()).map(|(&byte, sums)| sums[usize::from(byte)]).sum()
    }

    /// The same of the first 16, where all bits together stand for all numbers, however many.
    fn of_few(&self, bits: u16) -> f32 {
        if bits == u16::MAX {
            return self.all;
        }
        let two = bits.to_le_bytes().into_iter().zip(&self.bytes);
        two.map(|(byte, sums)| sums[usize::from(byte)]).sum()
    }
}

/// How common terms and persons are, by the background and the reader's own library.
struct Common<'s> {
    background: &'static Background,
    own: Option<&'s Scan>,
    visits: f32,
}

impl Common<'_> {
    fn weight(&self, term: u32) -> f32 {
        let own = self.own.map_or(0.0, |s| s.with_term(term) as f32);
        let all = self.background.texts() + OWN * self.visits;
        ((all + 1.0) / (self.background.count(term) + OWN * own + 0.5)).ln().max(0.0)
    }

    fn person(&self, key: u32) -> f32 {
        let seen = self.own.map_or(0.0, |s| s.with_person(key) as f32);
        ((self.visits + STRANGERS) / (seen + 0.5)).ln()
    }
}

/// Days of which [`whole_days`] knows the logarithm.
pub(super) const DAYS: usize = 2048;

/// Logarithms of one and so many days, which cost time to reckon for every row; of more days the last.
pub(super) fn whole_days() -> &'static [f32; DAYS] {
    static LOGARITHMS: OnceLock<Box<[f32; DAYS]>> = OnceLock::new();
    LOGARITHMS.get_or_init(|| Box::new(std::array::from_fn(|d| (d as f32).ln_1p())))
}

/// Whole days between two minutes, fewer than [`DAYS`].
fn apart(a: i32, b: i32) -> usize {
    (a.abs_diff(b) as usize / 1440).min(DAYS - 1)
}

/// What a person counts by the number of mentions.
fn mentioned(times: u32) -> f32 {
    1.0 + 0.3 * (times.max(1) as f32).ln()
}

impl Query {
    /// Of a visit's sketch, with what the scan tells of the reader's own library.
    pub(super) fn new(sketch: &Sketch, scan: &Scan, rows: &Rows) -> Self {
        let common = Common { background: background(), own: Some(scan), visits: rows.live() as f32 };
        let weight = |t: u32| common.weight(t);
        let weigh = |t: u32| common.weight(t).powf(2.0 * RARITY);
        let mut query = Self::with(sketch, weight, weigh, |p| common.person(p));
        let mut strength = Vec::with_capacity(scan.terms.len());
        for (i, (term, _)) in scan.terms.iter().enumerate() {
            let own = query.terms.binary_search_by_key(term, |t| t.0).ok();
            strength.push(own.map_or(0.0, |at| query.strength(at)));
            query.most.counted |= u64::from(own.is_some()).checked_shl(i as u32).unwrap_or(0);
        }
        query.most.strength = Sums::new(&strength);
        let most = |&(p, rarity): &(u32, f32)| rarity * mentioned(p & 255);
        query.most.people = Sums::new(&query.people.iter().map(most).collect::<Vec<_>>());
        query.most.title = Sums::new(&query.title.iter().map(|t| t.1).collect::<Vec<_>>());
        query
    }

    /// The most that an own term can add to a cosine, squared (Cauchy and Schwarz).
    fn strength(&self, at: usize) -> f32 {
        let (term, weight) = self.terms[at];
        (weight / background().rarity(term).max(0.01) / self.length).powi(2)
    }

    /// By the background alone, to hold rows against one another.
    pub(super) fn plain(sketch: &Sketch) -> Self {
        let stranger = (STRANGERS / 0.5).ln();
        Self::with(sketch, |t| background().weight(t), |t| background().squared(t), |_| stranger)
    }

    /// `weight` of a term, the same raised to twice [`RARITY`], and the rarity of a person.
    fn with(
        sketch: &Sketch,
        weight: impl Fn(u32) -> f32,
        squared: impl Fn(u32) -> f32,
        person: impl Fn(u32) -> f32,
    ) -> Self {
        // The row's share of the product bears the background's rarity alone; what the library knows of the term
        // counts twice here.
        let weigh = |&t: &u32| (t >> 8, frequency(t) * squared(t >> 8));
        let terms: Vec<(u32, f32)> = sketch.terms.iter().map(weigh).collect();
        let title: Vec<(u32, f32)> = sketch.title.iter().map(|&t| (t, weight(t))).collect();
        let length = sketch.length().max(1) as f32 / 100.0;
        Self {
            minute: sketch.minute,
            most: Most::default(),
            title_weight: title.iter().map(|t| t.1).sum(),
            people: sketch.people.iter().map(|&p| (p, person(p >> 8))).collect(),
            wanted: Wanted::new(&terms),
            terms,
            length,
            title,
        }
    }

    /// With these of the scan's terms in common: the most that the cosine can be (Cauchy and Schwarz), and their number.
    pub(super) fn reach(&self, terms: u64) -> (f32, u32) {
        let Most { strength, counted, .. } = &self.most;
        if terms == u64::MAX {
            return (strength.all.sqrt() * ROUNDED, self.terms.len() as u32);
        }
        (strength.of(terms).sqrt() * ROUNDED, (terms & counted).count_ones())
    }

    /// Its terms, each with what it brings to the product of the term vectors at frequency 1, and the vector's length.
    pub(super) fn products(&self) -> (&[(u32, f32)], f32) {
        (&self.terms, self.length)
    }

    /// The most that the persons count whom a row has by key.
    pub(super) fn people_at_most(&self, known: u16) -> f32 {
        self.most.people.of_few(known) * ROUNDED
    }

    /// The most that the headline of a row can be alike with these terms of ours.
    pub(super) fn title_at_most(&self, title: u16, row: &Row) -> f32 {
        if title == 0 {
            return 0.0;
        }
        if title == u16::MAX {
            return 1.0;
        }
        let strangers = row.titles().saturating_sub(title.count_ones()) as f32;
        self.jaccard(self.most.title.of_few(title), strangers) * ROUNDED
    }

    /// At most the logarithm of one and the days between it and a row; none where either date is unknown.
    pub(super) fn days_at_least(&self, row: &Row) -> Option<f32> {
        let minute = self.minute?;
        (row.minute != i32::MIN).then(|| whole_days()[apart(minute, row.minute)])
    }

    /// Whole days between it and a row, fewer than [`DAYS`]; none where either date is unknown.
    pub(super) fn days_apart(&self, row: &Row) -> Option<usize> {
        let minute = self.minute.filter(|_| row.minute != i32::MIN)?;
        Some(apart(minute, row.minute))
    }

    /// What the rarest person of the query counts.
    pub(super) fn rarest_person(&self) -> f32 {
        self.people.iter().map(|p| p.1).fold(STRANGERS.ln(), f32::max)
    }

    /// The least whole days between it and those of a block's rows that are dated; none where no days are known.
    pub(super) fn days_from(&self, block: &Block) -> Option<usize> {
        let (first, last) = block.minutes;
        let minute = self.minute.filter(|_| first <= last)?;
        Some(apart(minute, minute.clamp(first, last)))
    }

    /// Whether some row of a block or its own has no date.
    pub(super) fn undated(&self, block: &Block) -> bool {
        block.undated || self.minute.is_none()
    }

    /// Days between it and a row; none where either date is unknown.
    pub(super) fn days(&self, row: &Row) -> Option<f32> {
        let minute = self.minute?;
        (row.minute != i32::MIN).then(|| (minute - row.minute).abs() as f32 / 1440.0)
    }

    /// Of each of its terms, rising, the hash and the most that it can add to a cosine, squared; then the most that its
    /// persons count, and their hashes.
    pub(super) fn strengths(&self) -> (Vec<(u32, f32)>, f32, impl Iterator<Item = u32>) {
        let terms = (0..self.terms.len()).map(|at| (self.terms[at].0, self.strength(at))).collect();
        let people = self.people.iter().map(|&(p, rarity)| rarity * mentioned(p & 255)).sum::<f32>();
        (terms, people * ROUNDED, self.people.iter().map(|p| p.0 >> 8))
    }

    /// The most that a cosine can be of which the strengths of the terms in common sum up to this.
    pub(super) fn cosine_at_most(strength: f32) -> f32 {
        strength.sqrt() * ROUNDED
    }

    pub(super) fn parts(&self, row: &Row, lists: &Lists<'_>) -> Parts {
        let (cosine, shared) = self.cosine(row, lists);
        Parts { cosine, shared: (shared as f32).sqrt(), people: self.people(lists).0, days: self.days(row) }
    }

    /// The cosine of the term vectors and the number of terms in common.
    #[inline(never)]
    pub(super) fn cosine(&self, row: &Row, lists: &Lists<'_>) -> (f32, u32) {
        let (mut sum, mut count) = (0.0, 0);
        for (at, &high) in lists.high_terms().iter().enumerate() {
            if !self.wanted.has(high) {
                continue;
            }
            let packed = lists.term(at);
            if let Some(ours) = self.wanted.find(&self.terms, packed >> 8) {
                sum += self.terms[ours].1 * frequency(packed);
                count += 1;
            }
        }
        (sum / (self.length * row.length.max(1) as f32 / 100.0), count)
    }

    /// Hashes of its headline's terms.
    pub(super) fn title_terms(&self) -> impl Iterator<Item = u32> {
        self.title.iter().map(|t| t.0)
    }

    /// Weighted Jaccard of the headlines; terms that only the other has weigh as the mean of ours.
    pub(super) fn title(&self, lists: &Lists<'_>) -> f32 {
        let mut both = 0.0;
        let mut strangers = 0usize;
        // Both rise.
        let mut ours = self.title.iter().peekable();
        for t in lists.title() {
            while ours.next_if(|x| x.0 < t).is_some() {}
            match ours.peek() {
                Some(x) if x.0 == t => both += x.1,
                _ => strangers += 1,
            }
        }
        if both <= 0.0 {
            return 0.0;
        }
        self.jaccard(both, strangers as f32)
    }

    fn jaccard(&self, both: f32, strangers: f32) -> f32 {
        let mean = self.title_weight / self.title.len().max(1) as f32;
        both / (self.title_weight + strangers * mean)
    }

    /// The persons in common by key: the sum of their rarity and number of mentions, and how many they are.
    pub(super) fn people(&self, lists: &Lists<'_>) -> (f32, usize) {
        // Both rise.
        let mut ours = self.people.iter().peekable();
        let shared = lists.people().filter_map(|p| {
            while ours.next_if(|x| x.0 >> 8 < p >> 8).is_some() {}
            let &&(ours, rarity) = ours.peek().filter(|x| x.0 >> 8 == p >> 8)?;
            Some(rarity * mentioned((ours & 255).min(p & 255)))
        });
        shared.fold((0.0, 0), |(sum, n), x| (sum + x, n + 1))
    }
}
