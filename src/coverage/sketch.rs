//! The sketch of an article: 48 telling terms, the headline's terms, a sample of its shingles and who is in it.

use super::{SavedActor, Visit, day, hash, names, terms, words};
use crate::order::Order;
use std::collections::HashMap;

/// Terms kept of an article: measured to relate as well as the full text.
pub const TERMS: usize = 48;
/// Terms kept of a headline.
pub const TITLE_TERMS: usize = 16;
/// Sampled shingles kept, those with the lowest hashes.
pub const SHINGLES: usize = 64;
/// Persons kept, those most often mentioned.
pub const PEOPLE: usize = 16;
/// Words a shingle has.
const SHINGLE_WORDS: usize = 5;
/// One shingle in so many is kept, chosen by its hash: contained copies keep the same ones.
const SAMPLE: u64 = 8;
/// Words of an article that are looked at.
const MAX_WORDS: usize = 20_000;
/// The first words tell the story in short and count more.
const LEAD: usize = 60;
const LEAD_WEIGHT: f32 = 3.0;
/// What the headline adds to a term's frequency.
const HEADLINE_WEIGHT: f32 = 0.5;
/// Names and figures tell one event from another of its kind.
const NAME_WEIGHT: f32 = 1.4;
/// Slope of the frequency over the logarithm of the count.
const COUNT_POWER: f32 = 0.7;
/// Steps of a term's stored frequency: 16 for each factor of e.
const FREQUENCY_STEPS: f32 = 16.0;

/// What is compared of two articles, without a word of them. A pure function of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// When it was published, minutes since 1970-01-01 UTC; else the visit; none where neither is known.
    pub minute: Option<i32>,
    /// The date is the article's own, not the visit's.
    pub dated: bool,
    /// Hash of the outlet's name, 0 where unknown.
    pub outlet: u32,
    /// 24 bits of the term's hash and 8 bits of its frequency (see [`frequency`]), rising.
    pub terms: Vec<u32>,
    /// Length of the term vector under the background's weights, in hundredths; 0 where it is still to be reckoned.
    pub length: u32,
    /// 24 bits of the hashes of the headline's terms, rising.
    pub title: Vec<u32>,
    /// 24 bits of the hashes of the sampled shingles, rising.
    pub shingles: Vec<u32>,
    /// 24 bits of a person's key's hash and 8 bits of the number of mentions, rising.
    pub people: Vec<u32>,
    /// Words of persons' names: 16 bits of the hash, 8 bits of whose it is and how, rising.
    pub names: Vec<u32>,
}

/// Lists that a sketch has.
pub(super) const LISTS: usize = 5;

/// A sketch made again from what a visit keeps of its article, where the first was lost.
pub fn again(visit: &Visit) -> Sketch {
    let mut text = visit.title.clone();
    for part in visit.quotes.iter().map(|q| &q.text).chain(&visit.words) {
        text.push_str("\n\n");
        text.push_str(part);
    }
    let source = Source {
        title: &visit.title,
        text: &text,
        outlet: &visit.outlet,
        published: visit.published.as_deref(),
        visited: visit.visited,
        actors: &visit.actors,
    };
    sketch(source).sketch
}

/// The frequency part of a packed term: `1 + ln(count)` and a share for the headline.
pub fn frequency(packed: u32) -> f32 {
    (packed & 255) as f32 / FREQUENCY_STEPS
}

/// A sketch and the words its terms stand for, most telling first.
#[derive(Clone, Debug, Default)]
pub struct Sketched {
    /// The sketch.
    pub sketch: Sketch,
    /// The most common form of each kept term.
    pub words: Vec<String>,
}

/// What a sketch is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// Headline.
    pub title: &'a str,
    /// The article's text; it may begin with the headline.
    pub text: &'a str,
    /// Outlet, or empty.
    pub outlet: &'a str,
    /// When it was published, RFC 3339 or a day.
    pub published: Option<&'a str>,
    /// When it was read, milliseconds since 1970-01-01 UTC; 0 where unknown.
    pub visited: f64,
    /// Named actors.
    pub actors: &'a [SavedActor],
}

struct Count {
    form: String,
    /// How often it stands there, the lead counted more.
    times: f32,
    title: bool,
    /// How often it is written as a name or figure.
    marked: f32,
}

/// Makes the sketch.
pub fn sketch(source: Source<'_>) -> Sketched {
    let background = terms::background();
    let mut counts: HashMap<u32, Count> = HashMap::new();
    let mut title: Vec<u32> = Vec::new();
    for w in words::words(source.title).iter().take(64) {
        let stem = words::stem(&w.form);
        if is_term(stem) {
            let t = hash::term(stem);
            title.push(t);
            counts.entry(t).or_insert_with(|| Count {
                form: w.form.clone(),
                times: 1.0,
                title: true,
                marked: 0.0,
            });
        }
    }
    title.sort_unstable();
    title.dedup();
    // The rarest of a headline that runs on.
    if title.len() > TITLE_TERMS {
        title.order_by(|a, b| background.weight(*b).total_cmp(&background.weight(*a)).then(a.cmp(b)));
        title.truncate(TITLE_TERMS);
        title.sort_unstable();
    }

    let body = source.text.strip_prefix(source.title).unwrap_or(source.text);
    let mut run: Vec<u64> = Vec::new();

    for (at, w) in words::words(body).into_iter().take(MAX_WORDS).enumerate() {
        run.push(hash::hash64(w.form.as_bytes()));
        let stem = words::stem(&w.form);
        if is_term(stem) {
            let count = counts.entry(hash::term(stem)).or_insert_with(|| Count {
                form: w.form.clone(),
                times: 0.0,
                title: false,
                marked: 0.0,
            });
            count.times += if at < LEAD { LEAD_WEIGHT } else { 1.0 };
            count.marked += f32::from(u8::from(w.marked));
        }
    }

    let mut ranked: Vec<(f32, u32, u32)> = counts
        .iter()
        .map(|(&t, c)| {
            let name = if 2.0 * c.marked >= c.times { NAME_WEIGHT } else { 1.0 };
            let headline = if c.title { HEADLINE_WEIGHT } else { 0.0 };
            let f = (1.0 + COUNT_POWER * c.times.max(1.0).ln() + headline) * name;
            let packed = (t << 8) | (f * FREQUENCY_STEPS).round().clamp(1.0, 255.0) as u32;
            (f * background.weight(t), packed, t)
        })
        .collect();
    ranked.order_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(TERMS);
    let words = ranked.iter().filter_map(|r| counts.get(&r.2).map(|c| c.form.clone())).collect();
    let mut terms: Vec<u32> = ranked.iter().map(|r| r.1).collect();
    terms.sort_unstable();

    let published = source.published.and_then(day::minutes);
    let sketch = Sketch {
        minute: published.or_else(|| day::from_visit(source.visited)),
        dated: published.is_some(),
        outlet: outlet(source.outlet),
        length: length(&terms),
        terms,
        title,
        shingles: shingles(&run),
        people: people(source.actors),
        names: names::pack(source.actors),
    };
    Sketched { sketch, words }
}

/// A word worth counting: two letters or more, or any figure.
fn is_term(stem: &str) -> bool {
    stem.len() >= 2 || stem.bytes().all(|b| b.is_ascii_digit())
}

/// The hash of an outlet's name without case, spaces and its leading article; 0 for none.
pub fn outlet(name: &str) -> u32 {
    let name = name.trim().to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    if name.is_empty() { 0 } else { hash::hash32(&name).max(1) }
}

/// Runs of five words, one in eight by hash, the lowest of them.
fn shingles(words: &[u64]) -> Vec<u32> {
    let mut out: Vec<u32> = words
        .windows(SHINGLE_WORDS)
        .map(|run| run.iter().fold(0, |h, &w| hash::then(h, w)))
        .filter(|h| h % SAMPLE == 0)
        .map(|h| (h >> 40) as u32)
        .collect();
    out.sort_unstable();
    out.dedup();
    out.truncate(SHINGLES);
    out
}

/// The persons by their identity keys, most often mentioned first, then by hash.
fn people(actors: &[SavedActor]) -> Vec<u32> {
    let mut out: Vec<(u32, u32)> = actors
        .iter()
        .filter(|a| a.kind == "person" && !a.key.is_empty())
        .map(|a| (hash::term(&a.key), a.mentions.clamp(1, 255)))
        .collect();
    out.order();
    out.dedup_by_key(|p| p.0);
    out.order_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    out.truncate(PEOPLE);
    let mut out: Vec<u32> = out.into_iter().map(|(key, n)| (key << 8) | n).collect();
    out.sort_unstable();
    out
}

impl Sketch {
    /// The lists in the order of the bytes.
    pub(super) fn lists(&self) -> [&[u32]; LISTS] {
        [&self.terms, &self.title, &self.shingles, &self.people, &self.names]
    }

    /// [`Self::length`], reckoned where it is not known.
    pub(super) fn length(&self) -> u32 {
        if self.length > 0 { self.length } else { length(&self.terms) }
    }
}

/// Length of a term vector under the background's weights, in hundredths.
fn length(terms: &[u32]) -> u32 {
    let background = terms::background();
    let sum: f32 = terms.iter().map(|&t| (frequency(t) * background.rarity(t >> 8)).powi(2)).sum();
    (sum.sqrt() * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ferry crews to strike\n\nFerry crews in Lisbon will strike on Friday after talks \
        with the transport ministry broke down, the union said. Rita Moura said the offer stood.";

    fn made() -> Sketched {
        let actors = [SavedActor {
            name: "Rita Moura".into(),
            kind: "person".into(),
            key: "rita moura".into(),
            mentions: 2,
        }];
        sketch(Source {
            title: "Ferry crews to strike",
            text: TEXT,
            outlet: "The Harbour Post",
            published: Some("2025-03-14T09:10:00Z"),
            actors: &actors,
            ..Source::default()
        })
    }

    #[test]
    fn telling_words_come_first() {
        let words = made().words;
        let at = |w: &str| words.iter().position(|x| x == w).unwrap_or(99);
        assert!(at("ferry") < 6, "{words:?}");
        assert!(at("the") > 12, "{words:?}");
    }

    #[test]
    fn a_trimmed_copy_keeps_its_shingles() {
        let long: String = (0..600).fold(String::new(), |s, i| s + &format!("word{} ", i * 7919 % 1013));
        let whole = sketch(Source { text: &long, ..Source::default() }).sketch;
        let half = sketch(Source { text: &long[..long.len() / 2], ..Source::default() }).sketch;
        assert!(whole.shingles.len() > 30);
        assert!(
            half.shingles
                .iter()
                .all(|s| whole.shingles.contains(s) || *s > whole.shingles[whole.shingles.len() - 1])
        );
    }

    #[test]
    fn outlets_are_known_by_name_alone() {
        assert_eq!(outlet("The Harbour Post"), outlet("Harbour  post"));
        assert_eq!(outlet(" "), 0);
    }
}
