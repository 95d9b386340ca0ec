//! Rows held against one another: stories of a kind are told apart by their own coverage, and a matter with the same
//! people brings the rest of its coverage.
//!
//! Two matches of one boxer are alike in words, and the nearest report of the other match would pass for the same
//! story. But it is much closer to the other reports of its own match than to the visit; a report of the same match
//! is not. This is local scaling as in Zelnik-Manor and Perona, "Self-tuning spectral clustering" (2004), and in
//! Jégou and others, "A contextual dissimilarity measure" (2007).

use super::Tier;
use super::index::Kind;
use super::lists::Scanned;
use super::query::{Parts, Query};
use super::rows::Rows;
use super::score::{Found, Placed, Weights};
use super::sketch::Sketch;
use crate::order::Order;
use std::collections::HashSet;

/// Rows that are held against one another, the best; no other is of the same story.
pub(super) const LOOKED_AT: usize = 24;
/// A row's closest mates that are looked at.
const CLOSEST: usize = 4;

/// Matters with the same people whose other coverage is looked for.
const MATTERS: usize = 4;
/// Persons in common from which it is looked for: one alone may be another of the same name.
const PERSONS: usize = 2;
/// Days between articles of one matter, and the logit from which they are told as one.
const DAYS: u32 = 4;
const ONE_MATTER: f32 = 1.0;
/// What an article counts that was brought by another.
const BROUGHT: f32 = 0.9;

/// For each row, best first, by how many logits its closest mates are closer to it than the visit is; 0 where it has
/// too few mates to tell.
pub(super) fn apart(sketch: &Sketch, found: &[Found], rows: &Rows) -> Vec<f32> {
    let w = &Weights::SHIPPED;
    let mut out = vec![0.0; found.len()];
    let near: Vec<usize> = found.iter().take(LOOKED_AT).map(|f| f.row).collect();
    if near.len() <= CLOSEST {
        return out;
    }
    let logit = |query: &Query, at: usize| {
        let row = rows.row(at);
        let lists = rows.lists(row);
        w.logit(&query.parts(row, &lists), query.title(&lists))
    };
    let visit = Query::plain(sketch);
    let mut links = vec![Vec::with_capacity(near.len()); near.len()];
    for (i, &a) in near.iter().enumerate() {
        let query = Query::plain(&rows.sketch(rows.row(a)));
        for (j, &b) in near.iter().enumerate().skip(i + 1) {
            let link = logit(&query, b);
            links[i].push(link);
            links[j].push(link);
        }
    }
    for ((out, links), &row) in out.iter_mut().zip(&mut links).zip(&near) {
        links.sort_by(|a, b| b.total_cmp(a));
        let mates = links[..CLOSEST].iter().sum::<f32>() / CLOSEST as f32;
        *out = (mates - logit(&visit, row)).max(0.0);
    }
    out
}

/// Adds the rest of the coverage of matters with the same people, by outlets that name them otherwise or not at all.
pub(super) fn bring(placed: &mut Vec<Placed>, visit: &Query, rows: &Rows, key: u64) {
    let matters: Vec<Placed> = placed
        .iter()
        .filter(|p| p.tier == Tier::SamePeople && p.found.persons >= PERSONS)
        .take(MATTERS)
        .copied()
        .collect();
    if matters.is_empty() {
        return;
    }
    let mut there: HashSet<usize> =
        placed.iter().filter(|p| p.tier != Tier::Earlier).map(|p| p.found.row).collect();
    let w = &Weights::SHIPPED;
    let queries: Vec<Query> =
        matters.iter().map(|m| Query::plain(&rows.sketch(rows.row(m.found.row)))).collect();
    let dates: Vec<i32> = matters.iter().map(|m| rows.row(m.found.row).minute).collect();
    // One pass over all that are near one of them, then matter by matter.
    let mut may: Vec<(u8, usize)> = Vec::new();
    let most = AtMost::new(&queries, rows);
    rows.near(&dates, DAYS * 1440, |i, row, near| {
        if row.key != key && !there.contains(&i) {
            let parts = most.parts(near, rows.scanned(row));
            let titled =
                most.titled.get(i).filter(|_| !rows.index.has_changed(i)).copied().unwrap_or(u8::MAX);
            for (n, (query, parts)) in queries.iter().zip(parts).enumerate() {
                let title = if titled >> n & 1 == 1 { 1.0 } else { 0.0 };
                if near >> n & 1 == 1 && w.may_reach(ONE_MATTER, &parts, title, query.days_at_least(row)) {
                    may.push((n as u8, i));
                }
            }
        }
    });
    may.order();
    for (n, i) in may {
        let (matter, query, row) = (&matters[usize::from(n)], &queries[usize::from(n)], rows.row(i));
        if there.contains(&i) {
            continue;
        }
        let lists = rows.lists(row);
        if w.logit(&query.parts(row, &lists), query.title(&lists)) < ONE_MATTER {
            continue;
        }
        there.insert(i);
        placed.retain(|p| p.found.row != i);
        let found = Found { row: i, days: visit.days(row), ..matter.found };
        placed.push(Placed { found, score: matter.score * BROUGHT, tier: Tier::SamePeople });
    }
    order(placed, rows);
}

/// What rows can have at most of some matters, from what is scanned of them.
struct AtMost {
    /// For the high 16 bits of a hash, which of the matters have such a term, and in the high half which have such a person.
    have: Vec<u8>,
    /// Of each matter the high bits of its terms, rising, and the strengths; what its persons count.
    matters: Vec<(Vec<(u16, f32)>, f32)>,
    /// For each row with lists which of the matters have a term of its headline in theirs.
    titled: Vec<u8>,
}

/// In [`AtMost::have`], bits from which on persons are told.
const PEOPLE: usize = MATTERS;

impl AtMost {
    fn new(queries: &[Query], rows: &Rows) -> Self {
        let mut titled = vec![0u8; rows.index.rows()];
        let mut have = vec![0u8; 1 << 16];
        let mut matters = Vec::with_capacity(queries.len());
        for (n, query) in queries.iter().enumerate() {
            let (terms, people, persons) = query.strengths();
            for person in persons {
                have[person as usize >> 8] |= 1 << (PEOPLE + n);
            }
            let mut all: Vec<(u16, f32)> = Vec::with_capacity(terms.len());
            for (hash, strength) in terms {
                let high = (hash >> 8) as u16;
                have[usize::from(high)] |= 1 << n;
                match all.last_mut() {
                    Some(last) if last.0 == high => last.1 += strength,
                    _ => all.push((high, strength)),
                }
            }
            matters.push((all, people));
            for hash in query.title_terms() {
                rows.index.each_of(Kind::Title, hash, |_| 1 << n, |bit, row| titled[row as usize] |= bit);
            }
        }
        Self { have, matters, titled }
    }

    /// The most that a row can have of each of the matters near it, a bit for each.
    fn parts(&self, near: u8, scanned: Scanned<'_>) -> [Parts; MATTERS] {
        let mut sums = [(0.0f32, 0u16); MATTERS];
        for &high in scanned.terms {
            let has = self.have[usize::from(high)] & near;
            if has == 0 {
                continue;
            }
            for (n, ((strengths, _), sum)) in self.matters.iter().zip(&mut sums).enumerate() {
                if has >> n & 1 == 1 {
                    let at = strengths.binary_search_by_key(&high, |s| s.0);
                    sum.0 += at.map_or(0.0, |at| strengths[at].1);
                    sum.1 += 1;
                }
            }
        }
        let known = scanned.people.iter().fold(0, |all, &high| all | self.have[usize::from(high)] >> PEOPLE);
        std::array::from_fn(|n| Parts {
            cosine: Query::cosine_at_most(sums[n].0),
            shared: f32::from(sums[n].1).sqrt(),
            people: if known >> n & 1 == 1 { self.matters[n].1 } else { 0.0 },
            days: None,
        })
    }
}

/// Best first.
pub(super) fn order(placed: &mut [Placed], rows: &Rows) {
    placed.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| rows.later(a.found.row, b.found.row)));
}
