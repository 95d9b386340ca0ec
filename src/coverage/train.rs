//! Fits the weights of [`super::score`] on texts that may train, and shows what thresholds do on stories of others.

use super::mates::LOOKED_AT;
use super::names::Persons;
use super::query::Query;
use super::rows::Rows;
use super::scan::Scan;
use super::score::Weights;
use super::{Library, Visit, visit};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::Path;

/// A text to be read as a visit.
#[derive(Clone, Debug)]
struct Text {
    /// Its story; none for a stranger, which belongs with nothing.
    story: Option<String>,
    title: String,
    /// Headline and body.
    full: String,
    outlet: Option<String>,
    date: Option<String>,
}

/// Thresholds are looked at that keep this F1 on the corpus, give no first visit there a card, and on the other
/// stories give one to no more than this share.
const CORPUS_F1: f64 = 0.983;
const DEV_CARDS: f64 = 0.085;
/// A row with less of a cosine and nobody in common is a stranger; the persons' sum counts up to here.
const LEAST_COSINE: f32 = 0.05;
const PEOPLE_MOST: f32 = 24.0;
/// Words that a cut text keeps: about what an agency's brief has.
const BRIEF: usize = 60;
/// One in so many visits has no date in the undated view.
const UNDATED: usize = 2;
/// Steps of Newton's method; it settles within ten.
const STEPS: usize = 40;

/// Lines of JSON with `story`, `title` or `headline`, `text`, `outlet` and `date`.
fn lines(path: &Path) -> io::Result<Vec<Text>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let v: Value = serde_json::from_str(line)?;
        let of = |key: &str| v[key].as_str().map(str::to_owned);
        let text = of("text").unwrap_or_default();
        let title = of("title").or_else(|| of("headline"));
        let title = title.unwrap_or_else(|| text.lines().next().unwrap_or("").to_owned());
        let text = if text.starts_with(&title) { text } else { format!("{title}\n\n{text}") };
        out.push(Text { story: of("story"), title, full: text, outlet: of("outlet"), date: of("date") });
    }
    Ok(out)
}

/// The visits to learn from, in order of their dates: the stories of the shared corpus, and between them, as
/// strangers to all, the project's own articles and pages of the clutter sets, dated over the same months.
fn material(shared: &Path, own: &Path) -> io::Result<Vec<Text>> {
    let mut all = lines(&shared.join("corpus/corpus.jsonl"))?;
    all.sort_by(|a, b| a.date.cmp(&b.date));
    let dates: Vec<Option<String>> = all.iter().map(|t| t.date.clone()).collect();
    let mut strangers: Vec<Text> = Vec::new();
    let mut known: HashSet<String> = all.iter().filter_map(|t| t.story.clone()).collect();
    for a in crate::actors::markup::articles(&own.join("articles"))? {
        // One article a story, for the others are no strangers to it.
        if known.insert(a.story.clone()) {
            let a = a.article;
            strangers.push(Text { story: None, title: a.title, full: a.text, outlet: None, date: None });
        }
    }
    for set in ["news", "web"] {
        strangers.extend(lines(&shared.join(format!("bench/clutter/{set}/gold.jsonl")))?);
    }
    for (i, text) in strangers.iter_mut().enumerate() {
        // A step prime to their number spreads them evenly.
        text.story = None;
        text.date.clone_from(&dates[i * 89 % dates.len()]);
    }
    all.extend(strangers);
    all.sort_by(|a, b| a.date.cmp(&b.date));
    Ok(all)
}

/// Number of weights that are fitted, the constant last.
const FEATURES: usize = 7;
const NAMES: [&str; FEATURES] = ["cosine", "shared", "title", "people", "days", "undated", "bias"];
/// What the weights are drawn to: a plain form with three features that was published before.
const PRIOR: [f32; FEATURES] = [11.0, 0.0, 3.48, 0.0, -2.36, -2.59, -2.89];
/// How strongly: the precision of a normal prior. Headline and days are held, for the corpus cannot tell what they
/// weigh: its headlines were written to differ and its stories last a day.
const PRECISION: [f64; FEATURES] = [1.0, 1.0, HELD, 1.0, HELD, HELD, 1.0];
const HELD: f64 = 1e9;

/// An earlier visit as a query sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    row: usize,
    features: [f32; FEATURES],
}

/// All rows that have as much in common with the visit as [`super::score::relate`] asks.
pub(super) fn seen(visit: &Visit, rows: &Rows) -> Vec<Seen> {
    let scan = Scan::new(&visit.sketch, &Persons::new(&[]), rows);
    let query = Query::new(&visit.sketch, &scan, rows);
    let one = |(i, row)| {
        let lists = rows.lists(row);
        let p = query.parts(row, &lists);
        if p.cosine < LEAST_COSINE && p.people <= 0.0 {
            return None;
        }
        let undated = f32::from(u8::from(p.days.is_none()));
        let days = p.days.map_or(0.0, f32::ln_1p);
        let people = p.people.min(PEOPLE_MOST);
        let features = [p.cosine, p.shared, query.title(&lists), people, days, undated, 1.0];
        Some(Seen { row: i, features })
    };
    rows.iter().filter_map(one).collect()
}

fn read(texts: &[Text], words: usize) -> Vec<Visit> {
    let one = |(i, t): (usize, &Text)| {
        let end = t
            .full
            .split_whitespace()
            .nth(words)
            .map_or(t.full.len(), |w| w.as_ptr() as usize - t.full.as_ptr() as usize);
        let mut reading = crate::read_text(&t.full[..end]);
        reading.article.title.clone_from(&t.title);
        reading.article.published.clone_from(&t.date);
        reading.article.outlet.clone_from(&t.outlet);
        visit(&i.to_string(), &reading, 0.0)
    };
    texts.iter().enumerate().map(one).collect()
}

/// What `look` sees of each visit among those before it, from an empty library.
fn walk<T>(visits: &[Visit], look: impl Fn(&Library, &Visit) -> Vec<T>) -> Vec<Vec<T>> {
    let mut library = Library::new();
    let mut out = Vec::new();
    for v in visits {
        out.push(look(&library, v));
        library.add(v);
    }
    out
}

/// Logistic regression with a normal prior around `prior` of this precision, by Newton's method.
pub(super) fn fit<const N: usize>(
    pairs: &[([f32; N], bool)],
    prior: &[f32; N],
    precision: &[f64; N],
) -> [f64; N] {
    let prior = prior.map(f64::from);
    let mut w = prior;
    for _ in 0..STEPS {
        let mut gradient = [0.0; N];
        let mut hessian = [[0.0; N]; N];
        for k in 0..N {
            gradient[k] = precision[k] * (w[k] - prior[k]);
            hessian[k][k] = precision[k];
        }
        for (f, same) in pairs {
            let f = f.map(f64::from);
            let z: f64 = f.iter().zip(&w).map(|(x, w)| x * w).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            for k in 0..N {
                gradient[k] += (p - f64::from(u8::from(*same))) * f[k];
                for l in 0..N {
                    hessian[k][l] += p * (1.0 - p) * f[k] * f[l];
                }
            }
        }
        let step = solve(hessian, gradient);
        for k in 0..N {
            w[k] -= step[k];
        }
    }
    w
}

/// Solves a positive definite system by elimination.
fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for k in 0..N {
        for i in k + 1..N {
            let share = a[i][k] / a[k][k];
            let row = a[k];
            for (x, y) in a[i].iter_mut().zip(row).skip(k) {
                *x -= share * y;
            }
            b[i] -= share * b[k];
        }
    }
    for k in (0..N).rev() {
        for j in k + 1..N {
            b[k] -= a[k][j] * b[j];
        }
        b[k] /= a[k][k];
    }
    b
}

/// A row of an earlier visit as the weights that ship see it: its logit, and how much closer it is to its mates.
type Stand = (usize, f32, f32);

/// Precision at 3, same-story F1 and the share of first visits that get a card.
fn measure(texts: &[Text], found: &[Vec<Stand>], w: &Weights) -> [f64; 3] {
    let (mut shown, mut hits, mut bare, mut cards) = (0.0, 0.0, 0.0, 0.0);
    let (mut right, mut wrong, mut missed) = (0usize, 0usize, 0usize);
    let mut stories: HashMap<&str, usize> = HashMap::new();
    for (text, stands) in texts.iter().zip(found) {
        let Some(story) = text.story.as_deref() else { continue };
        let best = stands.iter().map(|s| s.1).fold(f32::MIN, f32::max);
        let mut among: Vec<(f32, f32, usize)> = stands
            .iter()
            .take(LOOKED_AT)
            .map(|&(row, logit, apart)| (w.among(logit, apart), logit, row))
            .collect();
        among.sort_by(|a, b| b.0.total_cmp(&a.0));
        let first = among.first().map_or(f32::MIN, |a| a.0);
        let mate = |a: &&(f32, f32, usize)| texts[a.2].story.as_deref() == Some(story);
        let same = || among.iter().filter(|a| w.same(w.placed(a.0, best - a.1), first));
        let mates = stories.entry(story).or_default();
        let a = same().filter(mate).count();
        right += a;
        wrong += same().count() - a;
        if *mates == 0 {
            bare += 1.0;
            cards += f64::from(u8::from(same().next().is_some()));
        } else {
            missed += if *mates <= 3 { *mates - a } else { 3usize.saturating_sub(a) };
            shown += 1.0;
            hits += among.iter().take(3).filter(mate).count() as f64 / (*mates).min(3) as f64;
        }
        *mates += 1;
    }
    let f1 = 2.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64;
    [hits / f64::max(shown, 1.0), f1, cards / f64::max(bare, 1.0)]
}

/// Fits the weights on `shared`'s corpus and the strangers; gives lines with them and with what thresholds do
/// on the corpus and on `bench/related/dev.jsonl`, which shapes no weight.
///
/// # Errors
/// Where a file is missing or broken.
pub fn run(shared: &Path, own: &Path) -> io::Result<Vec<String>> {
    let texts = material(shared, own)?;
    let mut pairs = Vec::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (view, words) in [("full", usize::MAX), ("brief", BRIEF)] {
        let dated = read(&texts, words);
        let mut undated = dated.clone();
        for v in undated.iter_mut().step_by(UNDATED) {
            v.sketch.minute = None;
        }
        for visits in [dated, undated] {
            for (i, seen) in walk(&visits, Library::seen).iter().enumerate() {
                for s in seen {
                    let same = texts[i].story.is_some() && texts[i].story == texts[s.row].story;
                    pairs.push((s.features, same));
                    let n = counts.entry(view).or_default();
                    if same { n.0 += 1 } else { n.1 += 1 }
                }
            }
        }
    }
    let fitted = fit(&pairs, &PRIOR, &PRECISION);
    let mut out = vec![format!("{} texts, pairs of one story and others: {counts:?}", texts.len())];
    for (name, w) in NAMES.iter().zip(fitted) {
        out.push(format!("{name:14} {w:.2}"));
    }
    let corpus: Vec<Text> = texts.iter().filter(|t| t.story.is_some()).cloned().collect();
    let others = lines(&shared.join("bench/related/dev.jsonl"))?;
    let found = [&corpus, &others].map(|texts| walk(&read(texts, usize::MAX), Library::stands));
    let mut tried = Vec::new();
    for (mates, behind) in
        [0.2, 0.3, 0.4, 0.5].into_iter().flat_map(|m| [0.3, 0.45, 0.6, 0.75].map(|b| (m, b)))
    {
        for first in (-8..=0).map(|k| k as f32 / 10.0) {
            for same in (-15..=-6).map(|k| k as f32 / 5.0) {
                let w = Weights::SHIPPED.at(behind, mates, first, same);
                let [_, f1, cards] = measure(&corpus, &found[0], &w);
                let dev = measure(&others, &found[1], &w);
                if f1 >= CORPUS_F1 && cards <= 0.0 && dev[2] <= DEV_CARDS {
                    tried.push((dev, f1, [mates, behind, first, same]));
                }
            }
        }
    }
    let ships = measure(&others, &found[1], &Weights::SHIPPED);
    out.push(format!("thresholds that ship, with the weights that ship: others {ships:.4?}"));
    tried.sort_by(|a, b| b.0[1].total_cmp(&a.0[1]));
    for ([p3, f1, cards], corpus, [mates, behind, first, same]) in tried.into_iter().take(12) {
        out.push(format!(
            "mates {mates:.1} behind {behind:.2} first {first:.1} same {same:.1}: corpus F1 {corpus:.4}; others: \
             precision at 3 {p3:.4}, F1 {f1:.4}, first visits with a card {cards:.4}"
        ));
    }
    Ok(out)
}
