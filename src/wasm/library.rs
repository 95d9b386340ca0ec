//! The library in browsers: sketches and catalogue in memory, the store's bytes in and out. Records travel as
//! JSON of a visit; the caller keeps them under their keys.

use crate::coverage::catalogue::{self, Catalogue};
use crate::coverage::{self, Spoken, Visit, block, compare, line, record, segment};
use crate::{reading, text::offsets::Unit};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The sketches of all visits.
#[wasm_bindgen]
#[derive(Default, Debug)]
pub struct Library(coverage::Library);

/// What is to be stored for a visit that was added.
#[wasm_bindgen(getter_with_clone)]
#[derive(Clone, Debug)]
pub struct Stored {
    /// The record's key.
    pub key: String,
    /// Its segment frame; empty where nothing changed.
    pub frame: Vec<u8>,
    /// Its catalogue row.
    pub row: Vec<u8>,
    /// Its record, packed.
    pub record: Vec<u8>,
}

#[wasm_bindgen]
impl Library {
    /// An empty library.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of visits.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// Bytes of memory held, about.
    #[wasm_bindgen(getter)]
    pub fn memory(&self) -> usize {
        self.0.memory()
    }

    /// Reads a segment; JSON of the core's `LoadReport`.
    ///
    /// # Errors
    /// None is known; what serialising reports is handed on.
    pub fn load(&mut self, segment: &[u8]) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.load(segment))?)
    }

    /// Adds a visit or updates the one with the same id.
    ///
    /// # Errors
    /// If `visit` is no JSON of a visit.
    pub fn add(&mut self, visit: &str) -> Result<Stored, JsError> {
        let visit = self.0.whole(serde_json::from_str(visit)?);
        let record = record::pack(&visit);
        let added = self.0.add(&visit);
        Ok(Stored { key: added.key, frame: added.bytes, row: catalogue::row(&visit), record })
    }

    /// Deletes the visit with this key; the frame to append, or none where there is no such visit.
    pub fn remove(&mut self, key: &str) -> Option<Vec<u8>> {
        self.0.remove(key)
    }

    /// Whether a visit is kept under this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.has(key)
    }

    /// Of these keys, those that the library lacks.
    pub fn missing(&self, keys: Vec<String>) -> Vec<String> {
        self.0.missing(keys.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
    }

    /// The keys of all visits.
    pub fn keys(&self) -> Vec<String> {
        self.0.keys().collect()
    }

    /// A part of it as a segment, from 0; none after the last.
    pub fn segment(&self, part: usize) -> Option<Vec<u8>> {
        self.0.part(part)
    }

    /// The earlier visits that belong with this one: JSON of the core's `Hit`s, best first.
    ///
    /// # Errors
    /// If `visit` is no JSON of a visit.
    pub fn relate(&self, visit: &str) -> Result<String, JsError> {
        let visit = self.0.whole(serde_json::from_str(visit)?);
        Ok(serde_json::to_string(&self.0.relate(&visit))?)
    }

    /// Does a step of what makes [`Self::relate`] fast in a large library; whether there is more to do.
    pub fn arrange(&mut self) -> bool {
        self.0.arrange()
    }

    /// A record's JSON with the sketch that records are kept without: to take it elsewhere.
    ///
    /// # Errors
    /// If `visit` is no JSON of a visit.
    pub fn whole(&self, visit: &str) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.whole(serde_json::from_str(visit)?))?)
    }
}

/// The lines that are searched.
#[wasm_bindgen(js_name = Catalogue)]
#[derive(Default, Debug)]
pub struct Lines(Catalogue);

#[wasm_bindgen(js_class = Catalogue)]
impl Lines {
    /// An empty catalogue.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of visits.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// Bytes of memory held, about.
    #[wasm_bindgen(getter)]
    pub fn memory(&self) -> usize {
        self.0.memory()
    }

    /// Reads rows; the bytes from the first damaged one on, 0 where all is well.
    pub fn load(&mut self, rows: &[u8]) -> usize {
        self.0.load(rows)
    }

    /// Whether a visit stands under this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.has(key)
    }

    /// The keys of all visits, last read first.
    pub fn keys(&self) -> Vec<String> {
        self.0.keys()
    }

    /// JSON of the core's `Found`: what matches the query.
    ///
    /// # Errors
    /// None is known; what serialising reports is handed on.
    pub fn search(&self, query: &str, limit: usize) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.search(query, limit))?)
    }

    /// JSON of the core's `Named`: the persons whom most visits name.
    ///
    /// # Errors
    /// None is known; what serialising reports is handed on.
    pub fn people(&self, prefix: &str, limit: usize) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.people(prefix, limit))?)
    }
}

/// Packs a visit's JSON for the store, without its sketch.
///
/// # Errors
/// If it is no JSON of a visit.
#[wasm_bindgen]
pub fn pack(visit: &str) -> Result<Vec<u8>, JsError> {
    Ok(record::pack(&serde_json::from_str(visit)?))
}

/// Packs catalogue rows.
#[wasm_bindgen(js_name = packRows)]
pub fn pack_rows(rows: &[u8]) -> Vec<u8> {
    record::pack_rows(rows)
}

/// Catalogue rows as they are, unpacked where they were packed.
#[wasm_bindgen(js_name = plainRows)]
pub fn plain_rows(bytes: &[u8]) -> Vec<u8> {
    record::plain_rows(bytes).into_owned()
}

/// The JSON of a packed visit; none where the bytes are damaged.
#[wasm_bindgen]
pub fn unpack(bytes: &[u8]) -> Option<String> {
    record::unpack(bytes)
}

/// The frame of a packed record in a block; none where it is too long for one.
#[wasm_bindgen(js_name = recordFrame)]
pub fn record_frame(key: &str, packed: &[u8]) -> Option<Vec<u8>> {
    block::frame(u64::from_str_radix(key, 16).ok()?, packed)
}

/// The packed record of a visit in a block; none where it is not there or damaged.
#[wasm_bindgen(js_name = recordOf)]
pub fn record_of(frames: &[u8], key: &str) -> Option<Vec<u8>> {
    Some(block::record(frames, u64::from_str_radix(key, 16).ok()?)?.to_vec())
}

/// A block without the records of these visits, and without what is damaged where it may be one of them.
#[wasm_bindgen(js_name = blockWithout)]
pub fn block_without(frames: &[u8], keys: Vec<String>) -> Vec<u8> {
    block::without(frames, &numbers(&keys))
}

/// The key of the visit with this id.
#[wasm_bindgen(js_name = keyOf)]
pub fn key_of(id: &str) -> String {
    coverage::key(id)
}

/// Who a person is across articles, as the catalogue writes it; empty where that is not told.
#[wasm_bindgen(js_name = personOf)]
pub fn person_of(name: &str, key: &str) -> String {
    catalogue::person(name, key)
}

/// The catalogue row of a visit.
///
/// # Errors
/// If `visit` is no JSON of a visit.
#[wasm_bindgen(js_name = rowOf)]
pub fn row_of(visit: &str) -> Result<Vec<u8>, JsError> {
    Ok(catalogue::row(&serde_json::from_str(visit)?))
}

/// Of catalogue rows one after another, the last of each visit that the library has.
#[wasm_bindgen(js_name = onlyRows)]
pub fn only_rows(rows: &[u8], library: &Library) -> Vec<u8> {
    catalogue::only(rows, |key| library.0.has(key))
}

/// A segment without the frames of these visits; none where it has none of them.
#[wasm_bindgen(js_name = framesWithout)]
pub fn frames_without(frames: &[u8], keys: Vec<String>) -> Option<Vec<u8>> {
    segment::without(frames, &numbers(&keys))
}

/// Catalogue rows without those of these visits, packed if they were; none where it has none of them.
#[wasm_bindgen(js_name = rowsWithout)]
pub fn rows_without(rows: &[u8], keys: Vec<String>) -> Option<Vec<u8>> {
    let plain = record::plain_rows(rows);
    let left = catalogue::without(&plain, &numbers(&keys))?;
    Some(if plain.as_ref() == rows { left } else { record::pack_rows(&left) })
}

fn numbers(keys: &[String]) -> Vec<u64> {
    keys.iter().filter_map(|key| u64::from_str_radix(key, 16).ok()).collect()
}

/// The catalogue row that says that a visit was deleted.
#[wasm_bindgen(js_name = deletedRow)]
pub fn deleted_row(key: &str) -> Option<Vec<u8>> {
    catalogue::deleted(key)
}

/// A visit and the hits for it, to be joined with their records as these come.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Cards {
    visit: Spoken<'static>,
    hits: Vec<coverage::Hit>,
}

#[wasm_bindgen]
impl Cards {
    /// `hits`: JSON of what [`Library::relate`] found for the visit.
    ///
    /// # Errors
    /// If either is not the JSON it should be.
    #[wasm_bindgen(constructor)]
    pub fn new(visit: &str, hits: &str) -> Result<Self, JsError> {
        Ok(Self { visit: Spoken::owned(serde_json::from_str(visit)?), hits: serde_json::from_str(hits)? })
    }

    /// JSON of the core's `Related` for one of the hits, with the other article's words and speakers; none where its
    /// packed record is damaged.
    ///
    /// # Errors
    /// None is known; what serialising reports is handed on.
    pub fn card(&self, at: usize, record: &[u8]) -> Result<Option<String>, JsError> {
        #[derive(Serialize)]
        struct Words<'v> {
            quote: usize,
            other: usize,
            relation: &'static str,
            text: &'v str,
            speaker: &'v str,
        }
        let Some(hit) = self.hits.get(at) else { return Ok(None) };
        let Some(earlier) = record::visit(record) else { return Ok(None) };
        let related = coverage::present(hit, &self.visit, &earlier);
        let words: Vec<Words<'_>> = related
            .same_quotes
            .iter()
            .filter_map(|s| {
                let said = earlier.quotes.get(s.other)?;
                let (text, speaker) = (said.text.as_str(), said.speaker.as_str());
                Some(Words { quote: s.quote, other: s.other, relation: s.relation, text, speaker })
            })
            .collect();
        let mut value = serde_json::to_value(&related)?;
        value["same_quotes"] = serde_json::to_value(&words)?;
        value["key"] = hit.key.clone().into();
        Ok(Some(value.to_string()))
    }
}

/// Groups of quotations of several visits that carry the same words: JSON of lists of the core's `Wording`s.
///
/// # Errors
/// If a record is no JSON of a visit.
#[wasm_bindgen]
pub fn utterances(records: Vec<String>, same_story: bool) -> Result<String, JsError> {
    let visits: Vec<Visit> = records.iter().map(|r| serde_json::from_str(r)).collect::<Result<_, _>>()?;
    Ok(serde_json::to_string(&compare::utterances(&visits, same_story))?)
}

/// JSON of the core's `Run`s: `text` in words that `other` has too and words that it has not.
///
/// # Errors
/// None is known; what serialising reports is handed on.
#[wasm_bindgen]
pub fn differing(text: &str, other: &str) -> Result<String, JsError> {
    Ok(serde_json::to_string(&compare::differing(text, other))?)
}

/// The visit of a line of an import: JSON of the core's `Visit`; which lines, says `coverage::line`.
///
/// # Errors
/// If the line brings no visit.
#[wasm_bindgen(js_name = visitOf)]
pub fn visit_of(line: &str, visited: f64) -> Result<String, JsError> {
    Ok(serde_json::to_string(&line::visit_of(line, visited)?)?)
}

/// JSON of the reading of a plain text with the visit it makes, for pages that show both.
///
/// # Errors
/// None is known; what serialising reports is handed on.
#[wasm_bindgen(js_name = readTextVisit)]
pub fn read_text_visit(text: &str, id: &str, visited: f64) -> Result<String, JsError> {
    #[derive(Serialize)]
    struct Both<'r> {
        reading: reading::Output<'r>,
        visit: Visit,
    }
    let read = reading::read_text(text);
    let visit = coverage::visit(id, &read, visited);
    Ok(serde_json::to_string(&Both { reading: read.output(Unit::Utf16), visit })?)
}
