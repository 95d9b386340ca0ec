//! A visit or a row made ready to be compared with rows.

use super::lists::{Lists, Scanned};
use super::rows::{Row, Rows};
use super::scan::{Bits, Scan, Wanted};
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

/// See [`Query::at_most`].
pub(super) struct AtMost {
    strength: Vec<f32>,
    people: f32,
    of_people: Bits,
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
    /// What rows can reach, by what the scan found of them.
    reach: Reach,
}

/// The most that a row can have of a visit, by the bits of what the scan found.
#[derive(Debug, Default)]
struct Reach {
    /// What each of the scan's terms can add to the cosine, squared (see [`Query::reach`]), and which of them are the
    /// visit's own and not its headline's alone.
    strength: Sums,
    counted: u64,
    /// What each person counts at most, and each term of the headline.
    people: Sums,
    title: Sums,
}

/// Sums of numbers that are chosen by bits, eight at a time.
#[derive(Debug)]
struct Sums {
    bytes: Box<[[f32; 256]; 8]>,
    all: f32,
}

impl Default for Sums {
    fn default() -> Self {
        Self { bytes: Box::new([[0.0; 256]; 8]), all: 0.0 }
    }
}

impl Sums {
    fn new(numbers: &[f32]) -> Self {
        let mut all = Self { all: numbers.iter().sum(), ..Self::default() };
        for (sums, numbers) in all.bytes.iter_mut().zip(numbers.chunks(8)) {
            for (i, number) in numbers.iter().enumerate() {
                for low in 0..1 << i {
                    sums[low | 1 << i] = sums[low] + number;
                }
            }
        }
        all
    }

    /// The sum of the numbers whose bits are set, of the first 64.
    fn of(&self, bits: u64) -> f32 {
        bits.to_le_bytes().iter().zip(self.bytes.iter()).map(|(&byte, sums)| sums[usize::from(byte)]).sum()
    }

    /// The same where all bits together stand for all numbers, however many.
    fn of_few(&self, bits: u16) -> f32 {
        if bits == u16::MAX { self.all } else { self.of(u64::from(bits)) }
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

/// Whole days between a date and a row's, fewer than [`DAYS`].
fn whole(minute: i32, row: &Row) -> usize {
    (minute.abs_diff(row.minute) as usize / 1440).min(DAYS - 1)
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
            query.reach.counted |= u64::from(own.is_some()).checked_shl(i as u32).unwrap_or(0);
        }
        query.reach.strength = Sums::new(&strength);
        let most = |&(p, rarity): &(u32, f32)| rarity * mentioned(p & 255);
        query.reach.people = Sums::new(&query.people.iter().map(most).collect::<Vec<_>>());
        query.reach.title = Sums::new(&query.title.iter().map(|t| t.1).collect::<Vec<_>>());
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
            reach: Reach::default(),
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
        let Reach { strength, counted, .. } = &self.reach;
        if terms == u64::MAX {
            return (strength.all.sqrt() * ROUNDED, self.terms.len() as u32);
        }
        (strength.of(terms).sqrt() * ROUNDED, (terms & counted).count_ones())
    }

    /// The square of the most that the cosine can be.
    pub(super) fn reach_squared(&self, terms: u64) -> f32 {
        let Reach { strength, .. } = &self.reach;
        ROUNDED * ROUNDED * if terms == u64::MAX { strength.all } else { strength.of(terms) }
    }

    /// The most that the persons count whom a row has by key.
    pub(super) fn people_at_most(&self, known: u16) -> f32 {
        self.reach.people.of_few(known) * ROUNDED
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
        self.jaccard(self.reach.title.of_few(title), strangers) * ROUNDED
    }

    /// At most the logarithm of one and the days between it and a row; none where either date is unknown.
    pub(super) fn days_at_least(&self, row: &Row) -> Option<f32> {
        let minute = self.minute?;
        (row.minute != i32::MIN).then(|| whole_days()[whole(minute, row)])
    }

    /// Whole days between it and a row, fewer than [`DAYS`]; as for the same day where either date is unknown.
    pub(super) fn days_apart(&self, row: &Row) -> usize {
        self.minute.filter(|_| row.minute != i32::MIN).map_or(0, |minute| whole(minute, row))
    }

    /// What the rarest person of the query counts.
    pub(super) fn rarest_person(&self) -> f32 {
        self.people.iter().map(|p| p.1).fold(STRANGERS.ln(), f32::max)
    }

    /// Days between it and a row; none where either date is unknown.
    pub(super) fn days(&self, row: &Row) -> Option<f32> {
        let minute = self.minute?;
        (row.minute != i32::MIN).then(|| (minute - row.minute).abs() as f32 / 1440.0)
    }

    /// What rows can have at most of each of its terms and persons.
    pub(super) fn at_most(&self) -> AtMost {
        let strength = (0..self.terms.len()).map(|at| self.strength(at)).collect();
        let people = self.people.iter().map(|&(p, rarity)| rarity * mentioned(p & 255)).sum();
        let of_people = Bits::new(self.people.iter().map(|p| (p.0 >> 16) as u16));
        AtMost { strength, people, of_people }
    }

    /// The most that a row's parts can be, from what is scanned of it.
    #[inline(never)]
    pub(super) fn parts_at_most(&self, most: &AtMost, row: &Row, scanned: Scanned<'_>) -> Parts {
        let (mut sum, mut count) = (0.0, 0u16);
        for &high in scanned.terms {
            if self.wanted.has(high) {
                for at in self.wanted.with(high) {
                    sum += most.strength[at];
                }
                count += 1;
            }
        }
        let known = scanned.people.iter().any(|&high| most.of_people.has(high));
        Parts {
            cosine: sum.sqrt() * ROUNDED,
            shared: f32::from(count).sqrt(),
            people: if known { most.people * ROUNDED } else { 0.0 },
            days: self.days(row),
        }
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

    /// Weighted Jaccard of the headlines; terms that only the other has weigh as the mean of ours.
    pub(super) fn title(&self, lists: &Lists<'_>) -> f32 {
        let mut both = 0.0;
        let mut strangers = 0usize;
        for t in lists.title() {
            match self.title.binary_search_by_key(&t, |x| x.0) {
                Ok(i) => both += self.title[i].1,
                Err(_) => strangers += 1,
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
        let shared = lists.people().filter_map(|p| {
            let i = self.people.binary_search_by_key(&(p >> 8), |x| x.0 >> 8).ok()?;
            let (ours, rarity) = self.people[i];
            Some(rarity * mentioned((ours & 255).min(p & 255)))
        });
        shared.fold((0.0, 0), |(sum, n), x| (sum + x, n + 1))
    }
}
