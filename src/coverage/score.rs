//! How close an earlier visit is: one pass over all rows, then a closer look at the best.

use super::library::Counts;
use super::rows::{Lists, Row, Rows};
use super::sketch::frequency;
use super::terms::{Background, background};
use super::{Hit, Tier, Visit, hash, words};
use std::collections::HashSet;

/// Terms under which the reader's own count is blended with the background's.
const OWN: f32 = 1.0;
/// Terms weigh by this power of their rarity in a cosine: names and places tell more of a story than its kind.
const RARITY: f32 = 1.5;

/// What a score is made of: a weighted sum, in logits. `quoth train relate` fits those for the terms in
/// common, persons and constant on the project's corpus, with pages of others as strangers. Headline and days are
/// held as in a published plain form, and an unknown date counts as two days apart: set by hand, for the
/// corpus' headlines are written to differ and its stories last a day. What follows the constant are thresholds, set
/// on stories of other years and papers, which shape no weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// Cosine of the term vectors.
    cosine: f32,
    /// Square root of the number of terms in common: long articles share many, each of little weight.
    shared: f32,
    /// Likeness of the headlines: Jaccard under term weights.
    title: f32,
    /// For the persons in common: the sum of their rarity and number of mentions.
    people: f32,
    /// The persons' sum counts up to here.
    people_most: f32,
    /// For `ln(1 + days apart)`.
    days: f32,
    /// Where the date of either is unknown.
    undated: f32,
    /// Constant.
    bias: f32,
    /// What each logit behind the best costs: beside a close relative, a distant one is of another story.
    behind: f32,
    /// The best must reach this for any to be the same story: a first visit gets no card by chance.
    first: f32,
    /// Then at least this is the same story.
    same: f32,
    /// At least this is shown at all.
    least: f32,
}

impl Weights {
    pub(super) const SHIPPED: Self = Self {
        cosine: 3.69,
        shared: 1.51,
        title: 3.48,
        people: 0.1,
        people_most: 24.0,
        days: -2.36,
        undated: -2.59,
        bias: -5.48,
        behind: 0.6,
        first: -0.6,
        same: -1.8,
        least: -4.2,
    };

    /// The same with other thresholds.
    #[cfg(feature = "train")]
    pub(super) const fn at(self, behind: f32, first: f32, same: f32) -> Self {
        Self { behind, first, same, ..self }
    }

    /// Whether a row is of the same story, from its logit and the best's.
    pub(super) fn same(&self, logit: f32, best: f32) -> bool {
        best >= self.first && self.placed(logit, best) >= self.same
    }

    /// The logit after what it costs to be behind the best.
    fn placed(&self, logit: f32, best: f32) -> f32 {
        logit - self.behind * (best - logit).min(BEHIND_MOST)
    }

    fn when(&self, days: Option<f32>) -> f32 {
        days.map_or(self.undated, |d| self.days * d.ln_1p())
    }
}

/// Logits behind the best that cost, at most.
const BEHIND_MOST: f32 = 8.0;

/// Articles without a person that the reader is taken to have read before the first: a person is rare until
/// seen often.
const STRANGERS: f32 = 1000.0;
/// The persons' sum from which an article is told as one with the same people: one rare person or two whom
/// the reader often meets.
const PEOPLE_LEAST: f32 = 5.0;
/// The cosine from which articles with the same people are one thread whatever the days between them.
const THREAD: f32 = 0.42;
/// A row with less of a cosine and nobody in common is a stranger.
const LEAST_COSINE: f32 = 0.05;
/// Related visits shown at most.
const MOST: usize = 24;
/// The share of shingles in common that tells of one agency's text, and the fewest in common.
const WIRE: (f32, usize) = (0.3, 4);

/// A term's weight under the background, raised to [`RARITY`]: of the few there are, each is raised once.
fn rarity(background: &Background, term: u32) -> f32 {
    static RAISED: std::sync::OnceLock<Vec<f32>> = std::sync::OnceLock::new();
    let raised = RAISED.get_or_init(|| background.level_weights().iter().map(|w| w.powf(RARITY)).collect());
    raised[background.level(term)]
}

/// Length of a term vector under the background's weights.
pub(super) fn norm(terms: &[u32], background: &Background) -> f32 {
    let sum: f32 = terms.iter().map(|&t| (frequency(t) * rarity(background, t >> 8)).powi(2)).sum();
    sum.sqrt().max(1e-6)
}

/// A small set of 24-bit hashes: two bits of a table tell most strangers at once.
struct Filter([u64; 64]);

impl Filter {
    fn new(hashes: impl Iterator<Item = u32>) -> Self {
        let mut bits = [0; 64];
        for h in hashes {
            bits[(h >> 6 & 63) as usize] |= 1 << (h & 63);
        }
        Self(bits)
    }

    fn may_have(&self, h: u32) -> bool {
        self.0[(h >> 6 & 63) as usize] >> (h & 63) & 1 == 1
    }
}

/// A visit made ready to be compared with all rows.
pub(super) struct Query<'v> {
    visit: &'v Visit,
    key: u64,
    /// Hash and weight in the cosine, rising.
    terms: Vec<(u32, f32)>,
    filter: Filter,
    norm: f32,
    /// Hash and weight of the headline's terms, rising.
    title: Vec<(u32, f32)>,
    title_weight: f32,
    /// Packed hash and mentions of the persons and their rarity, rising.
    people: Vec<(u32, f32)>,
    people_filter: Filter,
    weights: Weights,
}

impl<'v> Query<'v> {
    pub(super) fn new(visit: &'v Visit, own: &Counts, own_people: &Counts, visits: usize) -> Self {
        let background = background();
        let n = visits as f32;
        let blended = |t: u32| {
            let own = own.get(&t).copied().unwrap_or(0) as f32;
            let all = background.texts() + OWN * n;
            ((all + 1.0) / (background.count(t) + OWN * own + 0.5)).ln().max(0.0)
        };
        let sketch = &visit.sketch;
        let terms: Vec<(u32, f32)> = sketch
            .terms
            .iter()
            .map(|&t| (t >> 8, frequency(t) * blended(t >> 8).powf(2.0 * RARITY)))
            .collect();
        let title: Vec<(u32, f32)> = sketch.title.iter().map(|&t| (t, blended(t))).collect();
        let people = sketch.people.iter().map(|p| {
            let seen = own_people.get(&(p >> 8)).copied().unwrap_or(0) as f32;
            (*p, ((n + STRANGERS) / (seen + 0.5)).ln())
        });
        let people: Vec<(u32, f32)> = people.collect();
        Self {
            visit,
            key: hash::hash64(visit.id.as_bytes()),
            filter: Filter::new(terms.iter().map(|t| t.0)),
            norm: norm(&sketch.terms, background),
            title_weight: title.iter().map(|t| t.1).sum(),
            people_filter: Filter::new(people.iter().map(|p| p.0 >> 8)),
            people,
            terms,
            title,
            weights: Weights::SHIPPED,
        }
    }

    /// The cosine of the term vectors and the number of terms in common.
    fn cosine(&self, row: &Row, lists: &Lists<'_>) -> (f32, u32) {
        let (mut sum, mut count) = (0.0, 0);
        for &packed in lists.terms {
            let t = packed >> 8;
            if self.filter.may_have(t)
                && let Ok(i) = self.terms.binary_search_by_key(&t, |x| x.0)
            {
                sum += self.terms[i].1 * frequency(packed);
                count += 1;
            }
        }
        (sum / (self.norm * row.norm), count)
    }

    /// Weighted Jaccard of the headlines; terms that only the other has weigh as the mean of ours.
    fn title(&self, lists: &Lists<'_>) -> f32 {
        let mut both = 0.0;
        let mut strangers = 0usize;
        for t in lists.title {
            match self.title.binary_search_by_key(t, |x| x.0) {
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

    /// Days apart; none where either date is unknown.
    fn days(&self, row: &Row) -> Option<f32> {
        let minute = self.visit.sketch.minute?;
        (row.minute != i32::MIN).then(|| (minute - row.minute).abs() as f32 / 1440.0)
    }

    fn people(&self, lists: &Lists<'_>) -> f32 {
        let shared = lists.people.iter().filter(|p| self.people_filter.may_have(*p >> 8)).filter_map(|p| {
            let i = self.people.binary_search_by_key(&(p >> 8), |x| x.0 >> 8).ok()?;
            let (ours, rarity) = self.people[i];
            Some(rarity * (1.0 + 0.3 * ((ours & 255).min(p & 255).max(1) as f32).ln()))
        });
        shared.sum()
    }
}

#[cfg(feature = "train")]
impl Query<'_> {
    /// Cosine, root of the terms in common, headline and persons, each as it is weighed, and the days apart;
    /// none for a row with too little in common.
    pub(super) fn parts(&self, row: &Row, lists: &Lists<'_>) -> Option<([f32; 4], Option<f32>)> {
        let (cosine, shared) = self.cosine(row, lists);
        let people = self.people(lists);
        let shared = (shared as f32).sqrt();
        let parts = [cosine, shared, self.title(lists), people.min(self.weights.people_most)];
        (cosine >= LEAST_COSINE || people > 0.0).then(|| (parts, self.days(row)))
    }
}

/// What is known of one row against the query.
struct Found {
    row: usize,
    /// Logit of the same story.
    logit: f32,
    cosine: f32,
    people: f32,
    days: Option<f32>,
}

/// Finds what belongs with the query, best first.
pub(super) fn relate(query: &Query<'_>, rows: &Rows) -> Vec<Hit> {
    let w = &query.weights;
    let mut found: Vec<Found> = Vec::new();
    let mut best = f32::MIN;
    for (i, row) in rows.iter() {
        if row.key == query.key {
            continue;
        }
        let lists = rows.lists(row);
        let (cosine, shared) = query.cosine(row, &lists);
        let people = query.people(&lists);
        if cosine < LEAST_COSINE && people <= 0.0 {
            continue;
        }
        let days = query.days(row);
        let content =
            w.cosine * cosine + w.shared * (shared as f32).sqrt() + w.people * people.min(w.people_most);
        // The headline is looked at where it can matter.
        if content + w.title + w.bias < w.least && people < PEOPLE_LEAST {
            continue;
        }
        let logit = content + w.title * query.title(&lists) + w.when(days) + w.bias;
        if logit >= w.least || people >= PEOPLE_LEAST || cosine >= THREAD {
            best = best.max(logit);
            found.push(Found { row: i, logit, cosine, people, days });
        }
    }
    let mut placed: Vec<(f32, Tier, &Found)> = found
        .iter()
        .filter_map(|f| {
            let logit = w.placed(f.logit, best);
            let tier = if w.same(f.logit, best) {
                Tier::SameStory
            } else if f.people >= PEOPLE_LEAST && f.cosine < THREAD {
                Tier::SamePeople
            } else if f.logit >= w.least || f.cosine >= THREAD {
                Tier::Earlier
            } else {
                return None;
            };
            // What is far in time but close otherwise comes after what is close in both.
            let floor = match tier {
                Tier::SameStory => 0.0,
                Tier::Earlier => 0.05 * f.cosine,
                Tier::SamePeople => 0.05 * (f.people / 40.0).min(1.0),
            };
            Some(((1.0 / (1.0 + (w.same - logit).exp())).max(floor), tier, f))
        })
        .collect();
    placed.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.2.row.cmp(&a.2.row)));
    placed.truncate(MOST);
    let mut hits: Vec<Hit> =
        placed.iter().map(|(score, tier, f)| hit(query, rows, f, *score, *tier)).collect();
    fold(&mut hits, rows);
    hits
}

fn hit(query: &Query<'_>, rows: &Rows, found: &Found, score: f32, tier: Tier) -> Hit {
    let row = rows.row(found.row);
    let lists = rows.lists(row);
    let contained = containment(&query.visit.sketch.shingles, lists.shingles);
    let shared = |packed: u32, list: &[u32]| list.iter().any(|p| p >> 8 == packed);
    let words = query.visit.words.iter().filter(|word| shared(hash::term(words::stem(word)), lists.terms));
    let people = query
        .visit
        .actors
        .iter()
        .filter(|a| a.kind == "person" && !a.key.is_empty() && shared(hash::term(&a.key), lists.people))
        .map(|a| a.name.clone());
    Hit {
        row: found.row as u32,
        key: format!("{:016x}", row.key),
        score,
        tier,
        days: found.days,
        wire: contained,
        words: words.take(8).cloned().collect(),
        people: people.take(8).collect(),
        folded: false,
    }
}

/// The share of the smaller sample that both hold, where it tells of one agency's text. Of a sample that was
/// cut at its limit only what lies below the cut counts on both sides.
fn containment(a: &[u32], b: &[u32]) -> Option<f32> {
    let cut = |s: &[u32]| if s.len() < super::sketch::SHINGLES { u32::MAX } else { s[s.len() - 1] };
    let top = cut(a).min(cut(b));
    let a = &a[..a.partition_point(|&s| s <= top)];
    let b = &b[..b.partition_point(|&s| s <= top)];
    let both = a.iter().filter(|s| b.binary_search(s).is_ok()).count();
    let share = both as f32 / a.len().min(b.len()).max(1) as f32;
    (share >= WIRE.0 && both >= WIRE.1).then_some(share)
}

/// One card an outlet: of several visits of one outlet in a tier the best is shown, the others under it.
fn fold(hits: &mut [Hit], rows: &Rows) {
    let mut seen: HashSet<(u32, Tier)> = HashSet::new();
    for hit in hits {
        let outlet = rows.row(hit.row as usize).outlet;
        hit.folded = outlet != 0 && !seen.insert((outlet, hit.tier));
    }
}
