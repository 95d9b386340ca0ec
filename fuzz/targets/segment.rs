//! A library loads whatever its store gives it, and writes out what it can load again.
#![no_main]

use quoth::coverage::Library;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut library = Library::new();
    library.load(bytes);
    let mut again = Library::new();
    let report = again.load(&library.segment());
    assert!(report.damage.is_empty());
    assert_eq!(again.len(), library.len());
});
