//! The library with its records beside it, for programs that keep both in memory.

use super::{Library, Related, Spoken, Visit, library, present};
use std::collections::HashMap;

/// A library and the records of its visits.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The sketches.
    pub library: Library,
    /// The records by their keys.
    pub records: HashMap<String, Visit>,
}

impl Shelf {
    /// What belongs with a visit among those on the shelf, best first.
    pub fn relate(&self, visit: &Visit) -> Vec<Related> {
        let hits = self.library.relate(visit);
        let spoken = Spoken::new(visit);
        hits.iter().filter_map(|h| Some(present(h, &spoken, self.records.get(&h.key)?))).collect()
    }

    /// Adds a visit, or updates the one with the same id; the bytes are those to append to a segment.
    pub fn add(&mut self, visit: Visit) -> Vec<u8> {
        let added = self.library.add(&visit);
        self.records.insert(added.key, visit);
        while self.library.arrange() {}
        added.bytes
    }

    /// Deletes the visit with this id; the bytes are those to append to a segment.
    pub fn remove(&mut self, id: &str) -> Option<Vec<u8>> {
        let key = library::key(id);
        self.records.remove(&key);
        self.library.remove(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::visit;

    fn read(id: &str, text: &str) -> Visit {
        let mut reading = crate::read_text(text);
        reading.article.published = Some("2025-03-14".into());
        reading.article.outlet = Some(format!("Outlet {id}"));
        visit(id, &reading, 0.0)
    }

    #[test]
    fn the_second_article_finds_the_first() {
        let mut shelf = Shelf::default();
        let a = read(
            "a",
            "Ferry crews in Lisbon to strike on Friday\n\nFerry crews on the Tagus will walk out on Friday, \
             the seafarers' union said, after talks on night shifts with Transtejo failed.",
        );
        let b = read(
            "b",
            "Lisbon ferries to stop as crews walk out\n\nTransport on the Tagus will halt on Friday after the \
             seafarers' union and Transtejo failed to agree on night shifts for ferry crews.",
        );
        let c = read(
            "c",
            "Owl lands on webcam\n\nAn owl surprised viewers of a nest camera in Tartu when it looked into the \
             lens for an hour, the wildlife trust said on Friday.",
        );
        assert!(shelf.relate(&a).is_empty());
        shelf.add(a.clone());
        assert!(shelf.relate(&c).iter().all(|r| r.tier != "same_story"));
        shelf.add(c);
        let related = shelf.relate(&b);
        assert_eq!((related[0].id.as_str(), related[0].tier), ("a", "same_story"));
        assert!(related[0].words.iter().any(|w| w == "tagus"), "{related:?}");
        shelf.add(a.clone());
        assert_eq!(shelf.library.len(), 2);
        shelf.remove("a");
        assert!(shelf.relate(&b).is_empty());
        assert_eq!(shelf.library.len(), 1);
    }
}
