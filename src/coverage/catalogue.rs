//! Search as you type over all visits: one folded line a visit, scanned flat.
//!
//! A line stands for what a reader remembers of an article: headline, outlet, who is in it, its telling words and
//! its date. 50,000 lines are some 30 MB; they are kept beside the segments and loaded only by what searches.

mod query;
mod rows;

pub use rows::{deleted, only, person, row, without};

use super::words;
use query::{Kind, Needle, needles};
use rows::{Decoded, NAME, Part, decode, part};
use std::collections::HashMap;

#[derive(Clone, Copy, Debug)]
struct Row {
    key: u64,
    visited: f64,
    from: u32,
    to: u32,
    /// Bytes of its headline.
    title: u32,
    live: bool,
}

/// The lines of all visits.
#[derive(Debug, Default)]
pub struct Catalogue {
    text: Vec<u8>,
    rows: Vec<Row>,
    by_key: HashMap<u64, u32>,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    /// Keys of the records to show, best first.
    pub keys: Vec<String>,
    /// How many visits match in all.
    pub total: usize,
}

/// A person and how many visits name them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    /// Who it is, as [`person`] has it.
    pub key: String,
    /// The name in lower case, as one of the visits has it; empty in lines of before names stood with keys.
    pub name: String,
    /// Visits that name the person.
    pub visits: usize,
}

impl Catalogue {
    /// An empty catalogue.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of visits.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there is no visit.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Bytes of memory that the catalogue holds, about.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.rows.capacity() * size_of::<Row>() + self.by_key.capacity() * 17
    }

    /// Whether a visit stands under this record key.
    pub fn has(&self, key: &str) -> bool {
        u64::from_str_radix(key, 16).is_ok_and(|k| self.by_key.contains_key(&k))
    }

    /// Reads rows, one after another. Gives the bytes from the first damaged row on, 0 where all is well:
    /// rows carry no mark to go on at, and the records can write them anew.
    pub fn load(&mut self, bytes: &[u8]) -> usize {
        let plain = super::record::plain_rows(bytes);
        if plain.is_empty() {
            return bytes.len();
        }
        let mut rest = plain.as_ref();
        while !rest.is_empty() {
            let Some(row) = decode(rest) else { return rest.len() };
            self.put(&row);
            rest = &rest[row.length..];
        }
        0
    }

    fn put(&mut self, row: &Decoded<'_>) {
        if let Some(old) = self.by_key.remove(&row.key) {
            self.rows[old as usize].live = false;
        }
        if !row.line.is_empty() {
            let from = self.text.len() as u32;
            self.text.extend(row.line);
            self.by_key.insert(row.key, self.rows.len() as u32);
            let to = self.text.len() as u32;
            let title = part(row.line, Part::Title).len() as u32;
            self.rows.push(Row { key: row.key, visited: row.visited, from, to, title, live: true });
        }
    }

    /// The keys of all visits, last read first.
    pub fn keys(&self) -> Vec<String> {
        let mut rows: Vec<&Row> = self.rows.iter().filter(|r| r.live).collect();
        rows.sort_by(|a, b| b.visited.total_cmp(&a.visited));
        rows.iter().map(|r| format!("{:016x}", r.key)).collect()
    }

    /// Visits that match all words of a query, in any order: each word matches where a word begins with it.
    /// `"two words"` must stand together; `outlet:`, `person:`, `title:` and `date:` look in one part;
    /// `after:` and `before:` take a day. Matches in the headline come first, then what was read last.
    pub fn search(&self, query: &str, limit: usize) -> Found {
        let needles = needles(query);
        // Of each how many needles its headline has, and its place.
        let mut found: Vec<(usize, usize)> = Vec::new();
        let first = needles.iter().enumerate().filter(|(_, n)| n.by_text()).max_by_key(|(_, n)| n.text.len());
        match first {
            None => {
                let all = self.rows.iter().enumerate();
                let rows = all.filter(|(_, r)| r.live && needles.iter().all(|n| self.matches(r, n)));
                found.extend(rows.map(|(i, _)| (0, i)));
            }
            Some((at_first, first)) => {
                let mut at = 0;
                let mut next = 0;
                while let Some(hit) = first.finder.find(&self.text[at..]) {
                    next = self.row_at(next, at + hit);
                    let Some(r) = self.rows.get(next) else { break };
                    // It is the first in the line, and the headline stands first there.
                    let in_title = at + hit + first.text.len() <= (r.from + r.title) as usize;
                    let others =
                        || needles.iter().enumerate().filter(|&(n, _)| n != at_first).map(|(_, n)| n);
                    let whole = matches!(first.kind, Kind::Text(Part::Any)) || self.matches(r, first);
                    if r.live && whole && others().all(|n| self.matches(r, n)) {
                        let title = &self.text[r.from as usize..][..r.title as usize];
                        let titled = others().filter(|n| n.finder.find(title).is_some()).count();
                        found.push((titled + usize::from(in_title), next));
                    }
                    at = r.to as usize;
                }
            }
        }
        let total = found.len();
        let visited = |i: usize| self.rows[i].visited;
        let best = |a: &(usize, usize), b: &(usize, usize)| {
            b.0.cmp(&a.0).then_with(|| visited(b.1).total_cmp(&visited(a.1))).then(a.1.cmp(&b.1))
        };
        if limit < total {
            // All others need no order.
            found.select_nth_unstable_by(limit, best);
            found.truncate(limit);
        }
        found.sort_unstable_by(best);
        Found { keys: found.into_iter().map(|f| format!("{:016x}", self.rows[f.1].key)).collect(), total }
    }

    /// The first row from `next` on that ends behind this place of the text: looked for in growing steps, for it is
    /// seldom far.
    fn row_at(&self, next: usize, place: usize) -> usize {
        let before = |r: &Row| r.to as usize <= place;
        let rows = &self.rows[next..];
        let mut most = 1;
        while rows.get(most - 1).is_some_and(before) {
            most *= 2;
        }
        let from = most / 2;
        let some = &rows[from..most.min(rows.len())];
        next + from + some.partition_point(before)
    }

    /// The persons whom most visits name, whose name has a word that begins as `prefix` does.
    pub fn people(&self, prefix: &str, limit: usize) -> Vec<Named> {
        let wanted = words::words(prefix).into_iter().map(|w| w.form).collect::<Vec<_>>();
        let mut counts: HashMap<&[u8], (usize, &[u8])> = HashMap::new();
        for r in self.rows.iter().filter(|r| r.live) {
            let people = part(self.line(r), Part::People);
            for key in memchr::memchr_iter(b'@', people) {
                let before = &people[..key];
                let name = memchr::memrchr(NAME as u8, before).map_or(&[][..], |at| &before[at + 1..]);
                let key = people[key + 1..].split(|&b| b == b' ').next().unwrap_or_default();
                counts.entry(key).or_insert((0, name)).0 += 1;
            }
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes.trim_ascii()).into_owned();
        let mut named: Vec<Named> = counts
            .into_iter()
            .map(|(key, (visits, name))| Named { key: text(key), name: text(name), visits })
            .filter(|n| {
                let own =
                    words::words(&if n.name.is_empty() { n.key.replace('_', " ") } else { n.name.clone() });
                wanted.iter().all(|w| own.iter().any(|o| o.form.starts_with(w.as_str())))
            })
            .collect();
        named.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.key.cmp(&b.key)));
        named.truncate(limit);
        named
    }

    fn line(&self, row: &Row) -> &[u8] {
        &self.text[row.from as usize..row.to as usize]
    }

    fn matches(&self, row: &Row, needle: &Needle) -> bool {
        let line = self.line(row);
        match needle.kind {
            Kind::Text(which) => needle.finder.find(part(line, which)).is_some(),
            Kind::After | Kind::Before => {
                let date = part(line, Part::Date);
                let date = date.trim_ascii();
                !date.is_empty() && (date >= needle.text.as_bytes()) == matches!(needle.kind, Kind::After)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::{SavedActor, Visit};

    fn visit(id: &str, title: &str, outlet: &str, person: &str, date: &str) -> Visit {
        Visit {
            id: id.into(),
            title: title.into(),
            outlet: outlet.into(),
            published: Some(date.into()),
            visited: id.len() as f64,
            actors: vec![SavedActor {
                name: person.into(),
                kind: "person".into(),
                key: person.to_lowercase(),
                mentions: 3,
            }],
            words: vec!["hinge".into(), "boiling".into()],
            ..Visit::default()
        }
    }

    fn catalogue() -> Catalogue {
        let mut c = Catalogue::new();
        for v in [
            visit("a", "Kettle maker says sorry", "Delta Wire", "Ana Ørsted", "2026-02-03T10:00:00Z"),
            visit("bb", "Ferries stop at noon", "Bay Courier", "Ana Ørsted", "2025-06-18"),
            visit("ccc", "Why lids open", "Delta Wire", "Bo Kettlewell", "2026-03-19"),
        ] {
            assert_eq!(c.load(&row(&v)), 0);
        }
        c
    }

    fn search(c: &Catalogue, query: &str) -> Vec<usize> {
        let ids = ["a", "bb", "ccc"].map(crate::coverage::key);
        c.search(query, 10).keys.iter().filter_map(|k| ids.iter().position(|i| i == k)).collect()
    }

    #[test]
    fn finds_by_word_outlet_person_and_date() {
        let c = catalogue();
        assert_eq!(search(&c, "kettle"), [0, 2], "headline first, prefix of a name after");
        assert_eq!(search(&c, "orst"), [1, 0], "folded, last read first");
        assert_eq!(search(&c, "outlet:delta person:ana"), [0]);
        assert_eq!(search(&c, "2026-0"), [2, 0]);
        assert_eq!(search(&c, "after:2026-01-01 before:2026-03-01"), [0]);
        assert_eq!(search(&c, "\"stop at\""), [1]);
        assert_eq!(search(&c, "\"at stop\""), [] as [usize; 0]);
        assert_eq!(search(&c, "etherium"), [] as [usize; 0]);
        assert_eq!(search(&c, ""), [2, 1, 0]);
        assert_eq!(search(&c, "hinge").len(), 3);
        assert_eq!(search(&c, "oops:"), [] as [usize; 0]);
    }

    #[test]
    fn a_deleted_visit_leaves_no_word() {
        let v =
            |id: &str| row(&visit(id, "Kettle maker says sorry", "Delta Wire", "Ana Orsted", "2026-02-03"));
        let rows = [v("a"), v("b"), v("c")].concat();
        let key = |id: &str| u64::from_str_radix(&crate::coverage::key(id), 16).unwrap();
        assert_eq!(without(&rows, &[key("b")]).unwrap(), [v("a"), v("c")].concat());
        assert_eq!(without(&rows, &[key("d")]), None);
        let mut hurt = [v("b"), v("a")].concat();
        let last = hurt.len() - 1;
        hurt[last] ^= 1;
        assert_eq!(without(&hurt, &[key("b")]).unwrap(), hurt[v("b").len()..]);
    }

    #[test]
    fn persons_are_counted() {
        let c = catalogue();
        let all = c.people("", 10);
        assert_eq!(all[0], Named { key: "ana_ørsted".into(), name: "ana orsted".into(), visits: 2 });
        assert_eq!(c.people("kettle", 10).len(), 1);
        assert_eq!(search(&c, "@ana_ørsted"), [1, 0]);
        assert_eq!(person("Ana  Ørsted", ""), "ana_orsted");
        assert_eq!(person("Ørsted", ""), "");
    }

    #[test]
    fn a_person_spelt_in_two_ways_is_counted_once() {
        let mut c = Catalogue::new();
        for (id, name) in [("a", "Orla Vrdelhava"), ("bb", "Vrdelhawa Orla")] {
            let mut v = visit(id, "Kettles", "Delta Wire", name, "2026-02-03");
            v.actors[0].key = format!("p:{}", name.to_lowercase());
            assert_eq!(c.load(&row(&v)), 0);
        }
        let all = c.people("vrdel", 10);
        assert_eq!((all.len(), all[0].visits, all[0].name.as_str()), (1, 2, "orla vrdelhava"));
        assert_eq!(search(&c, &format!("@{}", all[0].key)), [1, 0]);
        assert_eq!(search(&c, "\"orla vrdelhava\""), [0]);
    }

    #[test]
    fn updates_and_deletes() {
        let mut c = catalogue();
        assert_eq!(c.load(&row(&visit("a", "Other matter", "Delta Wire", "Ana Ørsted", "2026-02-03"))), 0);
        assert_eq!(c.len(), 3);
        assert_eq!(search(&c, "title:kettle"), [] as [usize; 0]);
        let gone = deleted(&crate::coverage::key("bb")).unwrap();
        assert_eq!(c.load(&gone), 0);
        assert_eq!(c.len(), 2);
        assert_eq!(search(&c, "ferries"), [] as [usize; 0]);
    }

    #[test]
    fn what_went_leaves_no_word() {
        let a = visit("a", "Kettle maker says sorry", "Delta Wire", "Ana Ørsted", "2026-02-03");
        let b = visit("bb", "Ferries stop at noon", "Bay Courier", "Bo Berg", "2025-06-18");
        let rows = [row(&a), row(&b), row(&a)].concat();
        let gone = crate::coverage::key("bb");
        let left = only(&rows, |k| k != gone);
        assert_eq!(left, row(&a));
    }

    #[test]
    fn damage_is_told_and_what_came_before_is_kept() {
        let whole = [
            row(&visit("a", "One", "Delta Wire", "A B", "2026-02-03")),
            row(&visit("bb", "Two", "Delta Wire", "A B", "2026-02-03")),
        ];
        let joined = whole.concat();
        for at in 0..joined.len() {
            let mut hurt = joined.clone();
            hurt[at] ^= 0x20;
            let mut c = Catalogue::new();
            let left = c.load(&hurt);
            assert!(left > 0, "byte {at}");
            assert_eq!(c.len(), usize::from(at >= whole[0].len()), "byte {at}");
        }
    }
}
