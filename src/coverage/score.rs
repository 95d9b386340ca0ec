//! How close an earlier visit is: one pass over all rows, then a closer look at the best.

use super::index::Block;
use super::lists::Lists;
use super::mates;
use super::names::{Person, Persons};
use super::query::{self, Parts, Query};
use super::reach::{Reach, Touched};
use super::rows::{Row, Rows};
use super::scan::{Met, Scan};
use super::{Hit, Tier, Visit, hash, words};
use std::collections::HashSet;

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
    /// What each logit costs by which a row is closer to its own mates among those found: see [`super::mates`].
    mates: f32,
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
        mates: 0.4,
        first: -0.6,
        same: -2.6,
        least: -4.2,
    };

    /// The same with other thresholds.
    #[cfg(feature = "train")]
    pub(super) const fn at(self, behind: f32, mates: f32, first: f32, same: f32) -> Self {
        Self { behind, mates, first, same, ..self }
    }

    /// The logit of the same story.
    pub(super) fn logit(&self, parts: &Parts, title: f32) -> f32 {
        self.content(parts) + self.title * title + self.when(parts.days) + self.bias
    }

    /// What terms and persons add.
    fn content(&self, parts: &Parts) -> f32 {
        self.cosine * parts.cosine
            + self.shared * parts.shared
            + self.people * parts.people.min(self.people_most)
    }

    fn when(&self, days: Option<f32>) -> f32 {
        days.map_or(self.undated, |d| self.days * d.ln_1p())
    }

    /// The logit after what it costs to be closer to others than to the query by `apart` logits.
    pub(super) fn among(&self, logit: f32, apart: f32) -> f32 {
        logit - self.mates * apart.clamp(0.0, BEHIND_MOST)
    }

    /// The logit after what it costs to be behind the best.
    pub(super) fn placed(&self, logit: f32, behind: f32) -> f32 {
        logit - self.behind * behind.clamp(0.0, BEHIND_MOST)
    }

    /// Whether rows are of the same story, given the best of them among its mates, from what is left of their logit.
    pub(super) fn same(&self, placed: f32, best: f32) -> bool {
        best >= self.first && placed >= self.same
    }

    /// Whether a row can reach the least that is shown, with what is known of it and the most that the rest can add.
    /// `days`: at most the logarithm of one and the days apart.
    fn may_show(&self, parts: &Parts, title: f32, days: Option<f32>) -> bool {
        self.may_reach(self.least, parts, title, days)
    }

    /// The same for any logit.
    pub(super) fn may_reach(&self, logit: f32, parts: &Parts, title: f32, days: Option<f32>) -> bool {
        let when = days.map_or(self.undated, |d| self.days * d);
        self.content(parts) + self.title * title + when + self.bias >= logit
    }
}

/// Logits behind the best that cost, at most.
const BEHIND_MOST: f32 = 8.0;

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

/// What is known of one row against the query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) row: usize,
    /// Logit of the same story.
    pub(super) logit: f32,
    pub(super) cosine: f32,
    /// Persons in common, by key or otherwise named.
    pub(super) people: f32,
    /// How many they are.
    pub(super) persons: usize,
    pub(super) days: Option<f32>,
}

/// A row with its place among the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) found: Found,
    pub(super) score: f32,
    pub(super) tier: Tier,
}

/// Finds what belongs with a visit, best first.
pub(super) fn relate(visit: &Visit, rows: &Rows) -> Vec<Hit> {
    let persons = Persons::new(&visit.actors);
    let key = hash::hash64(visit.id.as_bytes());
    let (query, found) = find(visit, &persons, rows, key);
    let mut placed = place(&found, &mates::apart(&visit.sketch, &found, rows));
    mates::order(&mut placed, rows);
    mates::bring(&mut placed, &query, rows, key);
    placed.truncate(MOST);
    let mut hits: Vec<Hit> = placed.iter().map(|p| hit(visit, &persons, rows, p)).collect();
    fold(&mut hits, rows);
    hits
}

/// The rows worth showing, best first.
fn find(visit: &Visit, persons: &Persons, rows: &Rows, key: u64) -> (Query, Vec<Found>) {
    let scan = Scan::new(&visit.sketch, persons, rows);
    let query = Query::new(&visit.sketch, &scan, rows);
    let first = First::new(&Weights::SHIPPED);
    let mut found = Vec::new();
    let mut take = |touched: Touched| {
        if first.may_row(&query, &touched, rows.row(touched.row as usize)) {
            found.extend(look(&query, persons, &touched, rows, key));
        }
    };
    let reach = Reach::new(&query, &scan, &visit.sketch, persons, &rows.index);
    reach.each(&query, &first, rows, &mut take);
    for &Met { row, terms, known, named } in &scan.met {
        let (cosine, shared) = query.reach(terms);
        // Its headline was not looked at: it may have all.
        take(Touched { row, cosine, shared, known, title: u16::MAX, named });
    }
    found.sort_by(|a, b| b.logit.total_cmp(&a.logit).then_with(|| rows.later(a.row, b.row)));
    (query, found)
}

/// Each row worth showing, its logit and by how much it is closer to its mates, for the trainer.
#[cfg(feature = "train")]
pub(super) fn stands(visit: &Visit, rows: &Rows) -> Vec<(usize, f32, f32)> {
    let key = hash::hash64(visit.id.as_bytes());
    let found = find(visit, &Persons::new(&visit.actors), rows, key).1;
    let apart = mates::apart(&visit.sketch, &found, rows);
    found.iter().zip(apart).map(|(f, a)| (f.row, f.logit, a)).collect()
}

/// What a logit that is added up in another order may be short by, and more.
const ROUNDED: f32 = 1e-3;

/// A first look at rows, for most the last.
pub(super) struct First {
    /// For each number of terms in common what they add.
    shared: [f32; 256],
    /// For each number of days apart what must be added at least.
    needed: Box<[f32; query::DAYS]>,
    /// The same where either date is unknown.
    undated: f32,
}

impl First {
    fn new(w: &Weights) -> Self {
        let least = w.least - w.bias - ROUNDED;
        Self {
            shared: std::array::from_fn(|n| w.shared * (n as f32).sqrt()),
            needed: Box::new(query::whole_days().each_ref().map(|&d| least - w.days * d)),
            undated: least - w.undated,
        }
    }

    fn after(&self, days: Option<usize>) -> f32 {
        days.map_or(self.undated, |d| self.needed[d])
    }

    /// What any row of a block must add at least.
    pub(super) fn needed(&self, query: &Query, block: &Block) -> f32 {
        let dated = self.after(query.days_from(block));
        if query.undated(block) { dated.min(self.undated) } else { dated }
    }

    /// What the terms add at most; without bound where they may be those of one thread.
    pub(super) fn alike(&self, cosine: f32, shared: u32) -> f32 {
        let shared = self.shared.get(shared as usize).copied().unwrap_or(f32::INFINITY);
        if cosine >= THREAD { f32::INFINITY } else { Weights::SHIPPED.cosine * cosine + shared }
    }

    /// Whether a row may be worth showing, by what its terms and its headline add at most and what it must add at least,
    /// by what its persons count at most by key and as otherwise named; one that is not, [`look`] finds so too.
    pub(super) fn may(alike: f32, title: f32, people: f32, named: f32, needed: f32) -> bool {
        let w = &Weights::SHIPPED;
        alike + w.people * people + w.title * title >= needed || people + named >= PEOPLE_LEAST
    }

    /// The same of a row.
    #[inline]
    fn may_row(&self, query: &Query, touched: &Touched, row: &Row) -> bool {
        let title = query.title_at_most(touched.title, row);
        let people = query.people_at_most(touched.known);
        let alike = self.alike(touched.cosine, touched.shared);
        Self::may(alike, title, people, touched.named, self.after(query.days_apart(row)))
    }
}

/// A closer look at a row; none where it is not worth showing. What costs least is reckoned first, and no more once
/// the most that the rest can add is too little.
#[inline(never)]
fn look(query: &Query, persons: &Persons, touched: &Touched, rows: &Rows, key: u64) -> Option<Found> {
    let w = &Weights::SHIPPED;
    let row = rows.row(touched.row as usize);
    if row.key == key {
        return None;
    }
    let apart = query.days_at_least(row);
    let parts = |(cosine, shared): (f32, u32), people: f32| Parts {
        cosine,
        shared: (shared as f32).sqrt(),
        people,
        days: None,
    };
    let people = query.people_at_most(touched.known);
    let mut title = query.title_at_most(touched.title, row);
    let few = people + touched.named < PEOPLE_LEAST;
    let Touched { cosine, shared, .. } = *touched;
    let mut parts = parts((cosine, shared), people);
    let mut may = w.may_show(&parts, title, apart);
    if few && cosine < THREAD && !may {
        return None;
    }
    let lists = rows.lists(row);
    let (people, by_key) = if touched.known > 0 { query.people(&lists) } else { (0.0, 0) };
    parts = Parts { people, days: query.days(row), ..parts };
    may = may && w.may_show(&parts, title, apart);
    let headlines = || if touched.title == 0 { 0.0 } else { query.title(&lists) };
    if may {
        title = headlines();
        may = w.may_show(&parts, title, apart);
    }
    let mut named = None;
    if !may && cosine < THREAD {
        if people + touched.named < PEOPLE_LEAST {
            return None;
        }
        let found = otherwise(query, persons, touched.named, &lists);
        if people + found.0 < PEOPLE_LEAST {
            return None;
        }
        named = Some(found);
    }
    let (cosine, shared) = query.cosine(row, &lists);
    parts = Parts { cosine, shared: (shared as f32).sqrt(), ..parts };
    let (sum, count) = named.unwrap_or_else(|| otherwise(query, persons, touched.named, &lists));
    let (people, persons) = (people + sum, by_key + count);
    if cosine < LEAST_COSINE && people <= 0.0 {
        return None;
    }
    if !may {
        title = headlines();
    }
    let logit = w.logit(&parts, title);
    let shown = logit >= w.least || people >= PEOPLE_LEAST || cosine >= THREAD;
    shown.then_some(Found { row: touched.row as usize, logit, cosine, people, persons, days: parts.days })
}

/// What the visit's persons count whom a row names otherwise, and how many they are.
fn otherwise(query: &Query, persons: &Persons, most: f32, lists: &Lists<'_>) -> (f32, usize) {
    if most <= 0.0 {
        return (0.0, 0);
    }
    let known = |key| lists.people().any(|p| p >> 8 == key);
    let found = persons.shared(lists.names(), known, query.rarest_person());
    (found.iter().map(|p| p.1).sum(), found.len())
}

/// Gives each row its tier and score; `apart` is what it is closer to its own mates than to the visit.
fn place(found: &[Found], apart: &[f32]) -> Vec<Placed> {
    let w = &Weights::SHIPPED;
    let best = found.iter().map(|f| f.logit).fold(f32::MIN, f32::max);
    let among: Vec<f32> = found.iter().zip(apart).map(|(f, a)| w.among(f.logit, *a)).collect();
    let first = among.iter().copied().fold(f32::MIN, f32::max);
    let mut out = Vec::new();
    for (i, (f, among)) in found.iter().zip(among).enumerate() {
        let logit = w.placed(among, best - f.logit);
        let tier = if i < mates::LOOKED_AT && w.same(logit, first) {
            Tier::SameStory
        } else if f.people >= PEOPLE_LEAST && f.cosine < THREAD {
            Tier::SamePeople
        } else if f.logit >= w.least || f.cosine >= THREAD {
            Tier::Earlier
        } else {
            continue;
        };
        // What is far in time but close otherwise comes after what is close in both.
        let floor = match tier {
            Tier::SameStory => 0.0,
            Tier::Earlier => 0.05 * f.cosine,
            Tier::SamePeople => 0.05 * (f.people / 40.0).min(1.0),
        };
        let score = (1.0 / (1.0 + (w.same - logit).exp())).max(floor);
        out.push(Placed { found: *f, score, tier });
    }
    out
}

fn hit(visit: &Visit, persons: &Persons, rows: &Rows, placed: &Placed) -> Hit {
    let Placed { found, score, tier } = *placed;
    let row = rows.row(found.row);
    let lists = rows.lists(row);
    let shingles: Vec<u32> = lists.shingles().collect();
    let has = |hash: u32| lists.terms().any(|t| t >> 8 == hash);
    let words = visit.words.iter().filter(|word| has(hash::term(words::stem(word))));
    let known = |key| lists.people().any(|p| p >> 8 == key);
    let otherwise = persons.shared(lists.names(), known, 1.0);
    let named = |p: &&Person| p.key.is_some_and(known) || otherwise.iter().any(|o| o.0 == p.actor);
    let people = persons.all.iter().filter(named).map(|p| visit.actors[p.actor].name.clone());
    Hit {
        row: found.row as u32,
        key: format!("{:016x}", row.key),
        score,
        tier,
        days: found.days,
        wire: containment(&visit.sketch.shingles, &shingles),
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
