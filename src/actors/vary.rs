//! Marked texts told of others: names replaced by other names of their kind, so that the scorer learns what
//! stands around names rather than the names.

use super::ActorType;
use super::data::Marked;
use super::gazetteer::{self, Gazetteer, Print};
use super::lexicon::{PARTICLES, SMALL};
use crate::article::Block;
use crate::model::hash_text;
use crate::model::train::next;
use crate::text::Span;
use crate::text::fold::fold;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// Names to draw from.
#[derive(Debug, Default)]
pub struct Pool {
    given: Vec<String>,
    surnames: Vec<String>,
    towns: Vec<String>,
    countries: Vec<String>,
}

impl Pool {
    /// Reads the project's lists and the towns of the shared gazetteer.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn read(shared: &Path, own: &Path) -> io::Result<Self> {
        let mut pool = Self::default();
        for file in ["people", "places"] {
            for line in std::fs::read_to_string(own.join(format!("lists/{file}.tsv")))?.lines() {
                let mut fields = line.split('\t');
                let (Some(kind), Some(name), what) = (fields.next(), fields.next(), fields.next()) else {
                    continue;
                };
                match (kind, what) {
                    ("person-given", _) => pool.given.push(name.to_owned()),
                    ("person-surname", _) => pool.surnames.push(name.to_owned()),
                    ("place", Some("city" | "region")) => pool.towns.push(name.to_owned()),
                    ("place", Some("country")) => pool.countries.push(name.to_owned()),
                    _ => {}
                }
            }
        }
        let towns = std::fs::read_to_string(shared.join("bench/actors/gazetteer.tsv"))?;
        pool.towns.extend(towns.lines().filter_map(|l| l.strip_prefix("10\t")).map(str::to_owned));
        let any_empty =
            [&pool.given, &pool.surnames, &pool.towns, &pool.countries].iter().any(|l| l.is_empty());
        if any_empty {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a list of names is empty"));
        }
        Ok(pool)
    }
}

/// Draws names for one text: the same word always becomes the same word.
struct Draw<'p> {
    pool: &'p Pool,
    gazetteer: &'p Gazetteer,
    state: u64,
    people: HashMap<String, String>,
    words: HashMap<String, String>,
    places: HashMap<String, String>,
}

impl Draw<'_> {
    fn pick<'l>(&mut self, list: &'l [String]) -> &'l str {
        &list[(next(&mut self.state) % list.len() as u64) as usize]
    }

    fn chance(&mut self, percent: u64) -> bool {
        next(&mut self.state) % 100 < percent
    }

    /// A name that is in no list: the head of one and the tail of another.
    fn coined(&mut self, surnames: bool) -> String {
        let list = if surnames { &self.pool.surnames } else { &self.pool.towns };
        let (a, b) = (self.pick(list).to_owned(), self.pick(list).to_owned());
        let (a, b) = (a.split(' ').next().unwrap_or(&a), b.split(' ').next().unwrap_or(&b));
        let (n, m) = (a.chars().count(), b.chars().count());
        let head: String = a.chars().take(n.div_ceil(2)).collect();
        let tail: String = b.chars().skip(m / 2).collect();
        head + &tail.to_lowercase()
    }

    fn person(&mut self, written: &str) -> String {
        let words: Vec<&str> = written.split(' ').collect();
        let mut out = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let plain = word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'' || c == '’');
            let keep = !plain || word.chars().count() < 3 || PARTICLES.contains(&fold(word).as_str());
            if keep || !word.starts_with(char::is_uppercase) {
                out.push((*word).to_owned());
                continue;
            }
            let known = self.people.get(*word).cloned();
            let new = known.unwrap_or_else(|| {
                let first = at == 0 && words.len() > 1;
                let new = if self.chance(35) {
                    self.coined(true)
                } else if first {
                    self.pick(&self.pool.given).to_owned()
                } else {
                    self.pick(&self.pool.surnames).to_owned()
                };
                self.people.insert((*word).to_owned(), new.clone());
                new
            });
            let upper = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
            out.push(if upper { new.to_uppercase() } else { new });
        }
        out.join(" ")
    }

    fn place(&mut self, written: &str) -> String {
        if let Some(known) = self.places.get(written) {
            return known.clone();
        }
        let mut print = Print::new();
        for word in fold(written).split(' ') {
            print = print.word(hash_text(word));
        }
        let kinds = self.gazetteer.get(print.finish());
        let short = written.chars().count() < 4 || written.contains('.') || written.contains('-');
        let new = if short {
            written.to_owned()
        } else if kinds & gazetteer::COUNTRY != 0 {
            if self.chance(50) { self.pick(&self.pool.countries).to_owned() } else { written.to_owned() }
        } else if written.contains(' ') {
            self.compound(written)
        } else if self.chance(40) {
            self.coined(false)
        } else {
            self.pick(&self.pool.towns).to_owned()
        };
        self.places.insert(written.to_owned(), new.clone());
        new
    }

    /// Replaces the words of a longer name that say nothing of its kind.
    fn compound(&mut self, written: &str) -> String {
        let words: Vec<String> = written.split(' ').map(|word| self.word(word)).collect();
        words.join(" ")
    }

    fn word(&mut self, word: &str) -> String {
        let folded = fold(word);
        let plain = word.chars().all(char::is_alphabetic);
        if !plain || !word.starts_with(char::is_uppercase) || SMALL.contains(&folded.as_str()) {
            return word.to_owned();
        }
        if let Some(known) = self.words.get(word) {
            return known.clone();
        }
        let kinds = self.gazetteer.get(Print::of([folded.as_str()]));
        let upper = !word.chars().any(char::is_lowercase);
        let telling = gazetteer::ORG_WORD | gazetteer::DEMONYM | gazetteer::TITLE | gazetteer::ORGANISATION;
        let new = if upper && word.chars().count() < 7 {
            (0..word.chars().count()).map(|_| char::from(b'A' + (next(&mut self.state) % 26) as u8)).collect()
        } else if kinds & gazetteer::COUNTRY != 0 {
            self.pick(&self.pool.countries).to_owned()
        } else if kinds & (gazetteer::CITY | gazetteer::TOWN) != 0 {
            self.pick(&self.pool.towns).to_owned()
        } else if kinds & telling != 0 || Self::common(word) {
            word.to_owned()
        } else {
            let surnames = self.chance(50);
            self.coined(surnames)
        };
        self.words.insert(word.to_owned(), new.clone());
        new
    }

    /// Whether a word looks like a word of the language rather than a coined name.
    fn common(word: &str) -> bool {
        const ENDS: [&str; 22] = [
            "tion", "ment", "ing", "ity", "ics", "ence", "ance", "ers", "ure", "ship", "al", "ic", "ional",
            "ary", "ist", "ists", "ies", "ness", "ism", "ical", "ry", "ed",
        ];
        ENDS.iter().any(|end| word.ends_with(end))
    }
}

/// A text told of others; its names keep their places and kinds.
pub fn vary(text: &Marked, pool: &Pool, gazetteer: &Gazetteer, seed: u64) -> Marked {
    let mut draw = Draw {
        pool,
        gazetteer,
        state: seed,
        people: HashMap::new(),
        words: HashMap::new(),
        places: HashMap::new(),
    };
    let old = text.article.text.as_str();
    let mut new = String::with_capacity(old.len());
    let mut names = Vec::with_capacity(text.names.len());
    // Old and new byte offsets behind each name, to move the blocks.
    let mut moved = vec![(0usize, 0usize)];
    let mut at = 0;
    for (span, kind, id) in &text.names {
        if span.start < at {
            continue;
        }
        new.push_str(&old[at..span.start]);
        moved.push((span.start, new.len()));
        let start = new.len();
        let written = span.of(old);
        new.push_str(&match kind {
            ActorType::Person => draw.person(written),
            ActorType::Place => draw.place(written),
            ActorType::Organisation => draw.compound(written),
            ActorType::Other => written.to_owned(),
        });
        names.push((Span::new(start, new.len()), *kind, id.clone()));
        at = span.end;
        moved.push((at, new.len()));
    }
    new.push_str(&old[at..]);
    let place = |at: usize| {
        let k = moved.partition_point(|(o, _)| *o <= at).saturating_sub(1);
        moved[k].1 + (at - moved[k].0)
    };
    let mut varied = text.clone();
    for block in &mut varied.article.blocks {
        *block = Block { span: Span::new(place(block.span.start), place(block.span.end)), ..*block };
    }
    varied.article.text = new;
    varied.names = names;
    varied
}
