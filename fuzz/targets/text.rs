//! Any text keeps its words and gets marks that fit it.
#![no_main]

include!("sound.rs");

libfuzzer_sys::fuzz_target!(|text: &str| {
    let reading = quoth::read_text(text);
    assert_eq!(reading.article.text, text);
    sound(&reading);
});
