//! A visit or a row made ready to be compared with rows.

use super::rows::{Lists, Row, Rows};
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
    /// What each of the scan's terms can add to the cosine, squared (see [`Query::reach`]), and which of them are the
    /// visit's own and not its headline's alone.
    strength: Vec<f32>,
    counted: u64,
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

/// Logarithms of one and so many days, which cost time to reckon for every row; of more days the last.
fn whole_days(days: u32) -> f32 {
    static LOGARITHMS: OnceLock<Vec<f32>> = OnceLock::new();
    let all = LOGARITHMS.get_or_init(|| (0..2000).map(|d| (d as f32).ln_1p()).collect());
    all[(days as usize).min(all.len() - 1)]
}

impl Query {
    /// Of a visit's sketch, with what the scan tells of the reader's own library.
    pub(super) fn new(sketch: &Sketch, scan: &Scan, rows: &Rows) -> Self {
        let common = Common { background: background(), own: Some(scan), visits: rows.live() as f32 };
        let mut query = Self::with(sketch, &common);
        for (i, (term, _)) in scan.terms.iter().enumerate() {
            let own = query.terms.binary_search_by_key(term, |t| t.0).ok();
            let strength =
                own.map_or(0.0, |at| query.terms[at].1 / common.background.rarity(*term).max(0.01));
            query.strength.push((strength / query.length).powi(2));
            query.counted |= u64::from(own.is_some()).checked_shl(i as u32).unwrap_or(0);
        }
        query
    }

    /// By the background alone, to hold rows against one another.
    pub(super) fn plain(sketch: &Sketch) -> Self {
        Self::with(sketch, &Common { background: background(), own: None, visits: 0.0 })
    }

    fn with(sketch: &Sketch, common: &Common<'_>) -> Self {
        let weigh = |&t: &u32| {
            // The row's share of the product bears the background's rarity alone; what the library knows of the
            // term counts twice here.
            let weight = frequency(t) * common.weight(t >> 8).powf(2.0 * RARITY);
            (t >> 8, weight)
        };
        let terms: Vec<(u32, f32)> = sketch.terms.iter().map(weigh).collect();
        let title: Vec<(u32, f32)> = sketch.title.iter().map(|&t| (t, common.weight(t))).collect();
        let length = sketch.length().max(1) as f32 / 100.0;
        Self {
            minute: sketch.minute,
            strength: Vec::new(),
            counted: 0,
            title_weight: title.iter().map(|t| t.1).sum(),
            people: sketch.people.iter().map(|&p| (p, common.person(p >> 8))).collect(),
            wanted: Wanted::new(&terms),
            terms,
            length,
            title,
        }
    }

    /// With these of the scan's terms in common: the most that the cosine can be (Cauchy and Schwarz), and their number.
    pub(super) fn reach(&self, terms: u64) -> (f32, u32) {
        if terms == u64::MAX {
            return (self.strength.iter().sum::<f32>().sqrt() * ROUNDED, self.terms.len() as u32);
        }
        let (mut sum, mut left) = (0.0, terms);
        while left != 0 {
            sum += self.strength[left.trailing_zeros() as usize];
            left &= left - 1;
        }
        (sum.sqrt() * ROUNDED, (terms & self.counted).count_ones())
    }

    /// At most the logarithm of one and the days between it and a row; none where either date is unknown.
    pub(super) fn days_at_least(&self, row: &Row) -> Option<f32> {
        let minute = self.minute?;
        (row.minute != i32::MIN).then(|| whole_days(minute.abs_diff(row.minute) / 1440))
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
        let mean = self.title_weight / self.title.len().max(1) as f32;
        both / (self.title_weight + strangers as f32 * mean)
    }

    /// The persons in common by key: the sum of their rarity and number of mentions, and how many they are.
    pub(super) fn people(&self, lists: &Lists<'_>) -> (f32, usize) {
        let shared = lists.people().filter_map(|p| {
            let i = self.people.binary_search_by_key(&(p >> 8), |x| x.0 >> 8).ok()?;
            let (ours, rarity) = self.people[i];
            Some(rarity * (1.0 + 0.3 * ((ours & 255).min(p & 255).max(1) as f32).ln()))
        });
        shared.fold((0.0, 0), |(sum, n), x| (sum + x, n + 1))
    }
}
