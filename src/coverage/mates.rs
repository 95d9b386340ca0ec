//! Rows held against one another: stories of a kind are told apart by their own coverage, and a matter with the same
//! people brings the rest of its coverage.
//!
//! Two matches of one boxer are alike in words, and the nearest report of the other match would pass for the same
//! story. But it is much closer to the other reports of its own match than to the visit; a report of the same match
//! is not. This is local scaling as in Zelnik-Manor and Perona, "Self-tuning spectral clustering" (2004), and in
//! Jégou and others, "A contextual dissimilarity measure" (2007).

use super::Tier;
use super::query::Query;
use super::rows::{Row, Rows};
use super::score::{Found, Placed, Weights};
use super::sketch::Sketch;
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
    // One pass over all.
    let dates: Vec<i32> = matters.iter().map(|m| rows.row(m.found.row).minute).collect();
    let near = |date: i32, row: &Row| date != i32::MIN && row.minute.abs_diff(date) <= DAYS * 1440;
    let mut around: Vec<(usize, &Row)> = Vec::new();
    for (i, row) in rows.iter() {
        if dates.iter().any(|&date| near(date, row)) && row.key != key {
            around.push((i, row));
        }
    }
    for (matter, &date) in matters.iter().zip(&dates) {
        let query = Query::plain(&rows.sketch(rows.row(matter.found.row)));
        let most = query.at_most();
        for &(i, other) in &around {
            if !near(date, other) || there.contains(&i) {
                continue;
            }
            let parts = query.parts_at_most(&most, other, rows.scanned(other));
            if w.logit(&parts, 1.0) < ONE_MATTER {
                continue;
            }
            let lists = rows.lists(other);
            let title = query.title(&lists);
            if w.logit(&parts, title) < ONE_MATTER || w.logit(&query.parts(other, &lists), title) < ONE_MATTER
            {
                continue;
            }
            there.insert(i);
            placed.retain(|p| p.found.row != i);
            let found = Found { row: i, days: visit.days(other), ..matter.found };
            placed.push(Placed { found, score: matter.score * BROUGHT, tier: Tier::SamePeople });
        }
    }
    order(placed, rows);
}

/// Best first.
pub(super) fn order(placed: &mut [Placed], rows: &Rows) {
    placed.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| rows.later(a.found.row, b.found.row)));
}
