//! Any row of marks, names, verbs of saying and line ends gets quotations that fit the text.
#![no_main]

include!("sound.rs");

/// What a byte stands for: texts made of these reach the pairing of marks far sooner than bare bytes do.
const PIECES: [&str; 40] = [
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "„",
    "‚",
    "‹",
    "›",
    " ",
    " ",
    ", ",
    ". ",
    ": ",
    "; ",
    "—",
    "– ",
    "\n\n",
    "\n",
    "…",
    "?",
    "!",
    "(",
    ")",
    "said",
    " says ",
    " told ",
    "Ola Vik",
    "Mrs. Vik",
    "she",
    " the ",
    "minister",
    "we will go",
    "a spokeswoman for ",
    "according to ",
    "é",
    "so-called ",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text: String = bytes.iter().map(|&b| PIECES[usize::from(b) % PIECES.len()]).collect();
    let reading = quoth::read_text(&text);
    assert_eq!(reading.article.text, text);
    sound(&reading);
});
