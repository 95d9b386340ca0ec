//! A library in a folder: sketches and records appended to two files of the core's frames, so that what was read in
//! one run is known in the next, and what several read can be joined.
//!
//! A run that is ended in the middle of a write costs the visit that it wrote. What is damaged or written by a later
//! version is said, passed over and kept as it stands.

use quoth::coverage::segment::{self, Damage, Entry};
use quoth::coverage::{Library, Related, Spoken, Visit, present, record};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

const SKETCHES: &str = "sketches.qs";
const RECORDS: &str = "records.qs";

/// A library in a folder: one program writes, or several read.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    library: Library,
    /// Where each record stands.
    places: HashMap<u64, Range<u64>>,
    sketches: File,
    records: File,
    /// Bytes of the records' file.
    end: u64,
    /// Frames of a later version, of both files.
    newer: [Vec<u8>; 2],
    /// What could not be read, to be said.
    pub said: Vec<String>,
}

fn told(path: &Path, e: &io::Error) -> io::Error {
    io::Error::new(e.kind(), format!("{}: {e}", path.display()))
}

fn number(key: &str) -> u64 {
    u64::from_str_radix(key, 16).unwrap_or_default()
}

impl Folder {
    /// Opens a library, or begins one where there is none.
    ///
    /// # Errors
    /// If the folder cannot be read or written, or another program has it open.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path).map_err(|e| told(path, &e))?;
        Self::begin(path, OpenOptions::new().read(true).append(true).create(true), File::try_lock)
    }

    /// Opens a library that must be there, to read it.
    ///
    /// # Errors
    /// If it cannot be read, or a program is writing to it.
    pub(crate) fn existing(path: &Path) -> io::Result<Self> {
        Self::begin(path, OpenOptions::new().read(true), File::try_lock_shared)
    }

    fn begin(
        path: &Path,
        how: &OpenOptions,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> io::Result<Self> {
        let file = |name: &str| {
            let path = path.join(name);
            how.open(&path).map_err(|e| told(&path, &e))
        };
        let (mut sketches, mut records) = (file(SKETCHES)?, file(RECORDS)?);
        let locked = lock(&sketches);
        if matches!(locked, Err(TryLockError::WouldBlock)) {
            return Err(io::Error::other(format!("{}: another program has it open", path.display())));
        }
        let mut out = Self {
            path: path.to_path_buf(),
            library: Library::new(),
            places: HashMap::new(),
            end: records.metadata()?.len(),
            newer: [Vec::new(), Vec::new()],
            said: Vec::new(),
            sketches: sketches.try_clone()?,
            records: records.try_clone()?,
        };
        let mut bytes = Vec::new();
        records.read_to_end(&mut bytes)?;
        let (found, damage) = segment::records(&bytes);
        out.places.extend(found.into_iter().map(|(key, at)| (key, at.start as u64..at.end as u64)));
        out.say(1, &bytes, &damage);
        bytes.clear();
        sketches.read_to_end(&mut bytes)?;
        let report = out.library.load(&bytes);
        out.say(0, &bytes, &report.damage);
        out.mend()?;
        Ok(out)
    }

    fn say(&mut self, file: usize, bytes: &[u8], damage: &[Damage]) {
        let path = self.path.join([SKETCHES, RECORDS][file]);
        for Damage { offset, length, why } in damage {
            let what = match *why {
                "newer" => "were written by a later version",
                "torn" => "are the beginning of a write that did not end",
                _ => "are damaged",
            };
            let line = format!(
                "{}: {length} bytes from byte {offset} {what}; they stay as they are",
                path.display()
            );
            self.said.push(line);
            if *why == "newer" {
                self.newer[file].extend(&bytes[*offset..offset + length]);
            }
        }
    }

    /// Takes visits whose sketch was lost in again, from their records.
    fn mend(&mut self) -> io::Result<()> {
        let keys: Vec<String> = self.places.keys().map(|k| format!("{k:016x}")).collect();
        let mut missing = self.library.missing(keys.iter().map(String::as_str));
        missing.sort_unstable();
        let mut mended = 0;
        for key in missing {
            let Some(visit) = self.record(key)? else { continue };
            let visit = self.library.whole(visit);
            self.library.add(&visit);
            mended += 1;
        }
        if mended > 0 {
            self.said.push(format!(
                "{}: {mended} sketches were made again from their records",
                self.path.display()
            ));
        }
        let lost = self.library.keys().filter(|k| !self.places.contains_key(&number(k))).count();
        if lost > 0 {
            self.said.push(format!("{}: {lost} visits have lost their records", self.path.display()));
        }
        Ok(())
    }

    /// Number of visits.
    pub(crate) fn len(&self) -> usize {
        self.library.len()
    }

    fn packed(&mut self, key: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(place) = self.places.get(&key) else { return Ok(None) };
        let mut bytes = vec![0; (place.end - place.start) as usize];
        self.records.seek(SeekFrom::Start(place.start))?;
        self.records.read_exact(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn record(&mut self, key: &str) -> io::Result<Option<Visit>> {
        Ok(self.packed(number(key))?.and_then(|packed| record::visit(&packed)))
    }

    /// What belongs with a visit, best first.
    ///
    /// # Errors
    /// If records cannot be read.
    pub(crate) fn relate(&mut self, visit: &Visit) -> io::Result<Vec<Related>> {
        let mut out = Vec::new();
        let spoken = Spoken::new(visit);
        while self.library.arrange() {}
        for hit in self.library.relate(visit) {
            if let Some(earlier) = self.record(&hit.key)? {
                let earlier = self.library.whole(earlier);
                out.push(present(&hit, &spoken, &earlier));
            }
        }
        Ok(out)
    }

    /// Keeps a visit, or updates the one with the same id.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn add(&mut self, visit: &Visit) -> io::Result<()> {
        let added = self.library.add(visit);
        self.append(number(&added.key), &record::pack(visit), &added.bytes)
    }

    /// The record first: a sketch without one could not be shown.
    fn append(&mut self, key: u64, packed: &[u8], sketch: &[u8]) -> io::Result<()> {
        let frame = segment::encode_record(key, packed);
        self.records.write_all(&frame).map_err(|e| told(&self.path, &e))?;
        self.end += frame.len() as u64;
        self.places.insert(key, self.end - packed.len() as u64..self.end);
        self.sketches.write_all(sketch).map_err(|e| told(&self.path, &e))
    }

    /// Takes in all visits of another library; of two with one id the other's stays. Gives their number.
    ///
    /// # Errors
    /// If either cannot be read or written.
    pub(crate) fn take(&mut self, other: &mut Self) -> io::Result<usize> {
        let bytes = other.library.segment();
        let mut taken = 0;
        for entry in segment::decode(&bytes).entries {
            let Entry::Visit { key, .. } = &entry else { continue };
            let Some(packed) = other.packed(*key)? else { continue };
            let frame = segment::encode(&entry);
            self.library.load(&frame);
            self.append(*key, &packed, &frame)?;
            taken += 1;
        }
        self.sketches.write_all(&other.newer[0])?;
        self.records.write_all(&other.newer[1])?;
        self.end += other.newer[1].len() as u64;
        Ok(taken)
    }
}

/// `quoth library merge OUT DIR…`, `quoth library check DIR…`.
pub(super) fn run(mut args: lexopt::Parser) -> Result<(), super::Failure> {
    use super::Failure;
    use lexopt::Arg::{Long, Short, Value};
    let mut words: Vec<PathBuf> = Vec::new();
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => return super::say(super::HELP),
            Value(word) => words.push(word.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let io = |e: io::Error| Failure::Io(e.to_string());
    match words.split_first() {
        Some((what, [out, from @ ..])) if what.as_os_str() == "merge" && !from.is_empty() => {
            let mut whole = Folder::open(out).map_err(io)?;
            warn(&whole);
            for path in from {
                let mut part = Folder::existing(path).map_err(io)?;
                warn(&part);
                let taken = whole.take(&mut part).map_err(io)?;
                super::say(&format!("{}: {taken} visits", path.display()))?;
            }
            super::say(&format!("{}: {} visits in all", out.display(), whole.len()))
        }
        Some((what, from)) if what.as_os_str() == "check" && !from.is_empty() => {
            let mut hurt = false;
            for path in from {
                let folder = Folder::existing(path).map_err(io)?;
                warn(&folder);
                hurt |= !folder.said.is_empty();
                super::say(&format!("{}: {} visits", path.display(), folder.len()))?;
            }
            if hurt { Err(Failure::Lines) } else { Ok(()) }
        }
        _ => Err(Failure::Usage("`quoth library` needs merge OUT DIR… or check DIR…".to_owned())),
    }
}

/// Says on standard error what could not be read.
pub(super) fn warn(folder: &Folder) {
    for line in &folder.said {
        eprintln!("quoth: {line}");
    }
}
