//! The library of past visits: sketches appended, scanned flat for what belongs with a new one.

use super::bytes::Packed;
use super::rows::Rows;
use super::score;
use super::segment::{self, Damage, Entry, Frame};
use super::sketch::Sketch;
use super::{Hit, Visit, hash};
use crate::spread::Spread;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// All past visits, as far as relating needs them. What is shown of a visit is in its record, which the
/// caller keeps under the visit's key.
#[derive(Debug, Default)]
pub struct Library {
    rows: Rows,
    by_key: HashMap<u64, u32, BuildHasherDefault<Spread>>,
}

/// Rows that a part of the segment is made of.
const PART: usize = 2000;

/// Bytes of a visit's frame, about.
const A_FRAME: usize = 560;

/// What became of a visit that was added.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Added {
    /// The key under which the caller keeps the record.
    pub key: String,
    /// The visit was there before and is updated.
    pub updated: bool,
    /// The bytes to append to the store's segment; empty where nothing changed.
    pub bytes: Vec<u8>,
}

/// What became of a segment that was loaded.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct LoadReport {
    /// Frames read that brought a new visit.
    pub added: usize,
    /// Frames read that brought a visit anew.
    pub updated: usize,
    /// Frames read that deleted one.
    pub deleted: usize,
    /// What could not be read. Where there is any, ask [`Library::missing`] which records to add again;
    /// keep the bytes of what is newer.
    pub damage: Vec<Damage>,
}

/// The key of a visit's record: the id's hash, 16 hexadecimal digits.
pub fn key(id: &str) -> String {
    format!("{:016x}", hash::hash64(id.as_bytes()))
}

impl Library {
    /// An empty library.
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

    /// Bytes of memory that the library holds, about.
    pub fn memory(&self) -> usize {
        self.rows.memory() + self.by_key.capacity() * 17
    }

    /// Reads a segment, or several joined, into the library. Frames that cannot be read are reported and
    /// passed over.
    pub fn load(&mut self, segment: &[u8]) -> LoadReport {
        let mut report = LoadReport::default();
        let mut sketch = Sketch::default();
        self.by_key.reserve(segment.len() / A_FRAME);
        report.damage = segment::each(segment, |frame| {
            match frame {
                Frame::Visit(key, bytes) => {
                    let Some(packed) = Packed::read(bytes) else { return false };
                    let at = self.by_key.get(&key).map(|&i| i as usize);
                    let row = self.rows.put_packed(at, key, &packed).or_else(|| {
                        sketch.read(bytes)?;
                        Some(self.rows.put(at, key, &sketch))
                    });
                    let Some(row) = row else { return false };
                    if at.is_some() {
                        report.updated += 1;
                    } else {
                        self.by_key.insert(key, row as u32);
                        report.added += 1;
                    }
                }
                Frame::Deleted(key) => {
                    self.take(key);
                    report.deleted += 1;
                }
                Frame::Record(..) => {}
            }
            true
        });
        report
    }

    /// Adds a visit, or updates the one with the same id. The caller keeps the record and appends the bytes.
    pub fn add(&mut self, visit: &Visit) -> Added {
        let id = hash::hash64(visit.id.as_bytes());
        let same = self.by_key.get(&id).is_some_and(|&i| {
            let old = self.rows.sketch(self.rows.row(i as usize));
            old == Sketch { dated: old.dated, ..visit.sketch.clone() }
        });
        if same {
            return Added { key: key(&visit.id), updated: true, bytes: Vec::new() };
        }
        let updated = self.put(id, &visit.sketch);
        let bytes = segment::encode(&Entry::Visit { key: id, sketch: Box::new(visit.sketch.clone()) });
        Added { key: key(&visit.id), updated, bytes }
    }

    /// A visit with a sketch: its own; else, as in records that are kept without, that of the library's visit with
    /// its id; else one made again from the words that the visit keeps, which relates somewhat less well.
    pub fn whole(&self, mut visit: Visit) -> Visit {
        if visit.sketch != Sketch::default() {
            return visit;
        }
        let kept = self.by_key.get(&hash::hash64(visit.id.as_bytes()));
        visit.sketch = match kept {
            Some(&i) => self.rows.sketch(self.rows.row(i as usize)),
            None => super::sketch::again(&visit),
        };
        visit
    }

    /// Deletes the visit with this record key. The bytes are to be appended to the store's segment; none
    /// where there is no such visit.
    pub fn remove(&mut self, key: &str) -> Option<Vec<u8>> {
        let key = u64::from_str_radix(key, 16).ok()?;
        self.take(key).then(|| segment::encode(&Entry::Deleted { key }))
    }

    /// Whether a visit is kept under this record key.
    pub fn has(&self, key: &str) -> bool {
        u64::from_str_radix(key, 16).is_ok_and(|k| self.by_key.contains_key(&k))
    }

    /// Of the keys of all records, those that the library lacks: after damage, add these records again.
    pub fn missing<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
        keys.into_iter().filter(|k| !self.has(k)).collect()
    }

    /// The keys of all visits, in the order in which they were first added.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.rows.iter().map(|(_, r)| format!("{:016x}", r.key))
    }

    /// The whole library as one segment without what was replaced or deleted: to write in place of many
    /// small ones.
    pub fn segment(&self) -> Vec<u8> {
        (0..).map_while(|n| self.part(n)).flatten().collect()
    }

    /// A part of [`Self::segment`], from 0: some thousand visits; none after the last.
    pub fn part(&self, n: usize) -> Option<Vec<u8>> {
        let rows = self.rows.some(n.checked_mul(PART)?, PART)?;
        let mut out = Vec::with_capacity(PART * 640);
        for row in rows {
            let sketch = Box::new(self.rows.sketch(row));
            out.extend(segment::encode(&Entry::Visit { key: row.key, sketch }));
        }
        Some(out)
    }

    /// The earlier visits that belong with this one, best first; the visit itself is never among them.
    pub fn relate(&self, visit: &Visit) -> Vec<Hit> {
        score::relate(visit, &self.rows)
    }

    /// Does a step of what makes [`Self::relate`] fast in a large library, some milliseconds of work; whether there is
    /// more to do. The answers are the same without.
    pub fn arrange(&mut self) -> bool {
        self.rows.arrange()
    }

    /// What every row has to do with a visit, for the trainer.
    #[cfg(feature = "train")]
    pub(super) fn seen(&self, visit: &Visit) -> Vec<super::train::Seen> {
        super::train::seen(visit, &self.rows)
    }

    /// What [`Self::relate`] makes of the rows before their tiers, for the trainer: row, logit and how much closer it
    /// is to its mates.
    #[cfg(feature = "train")]
    pub(super) fn stands(&self, visit: &Visit) -> Vec<(usize, f32, f32)> {
        score::stands(visit, &self.rows)
    }

    /// Whether it was there before.
    fn put(&mut self, key: u64, sketch: &Sketch) -> bool {
        let at = self.by_key.get(&key).map(|&i| i as usize);
        let i = self.rows.put(at, key, sketch);
        self.by_key.insert(key, i as u32);
        at.is_some()
    }

    fn take(&mut self, key: u64) -> bool {
        let Some(i) = self.by_key.remove(&key) else { return false };
        self.rows.clear(i as usize);
        true
    }
}
