//! Any HTML is read without a panic, and what is said of it holds.
#![no_main]

include!("sound.rs");

libfuzzer_sys::fuzz_target!(|html: &str| {
    let page = quoth::page::html::parse(html, "https://example.com/news/2025/a");
    sound(&quoth::read(&page));
});
