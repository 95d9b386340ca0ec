//! What must hold of every reading, the same bodies natively and in WebAssembly.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use quoth::coverage::{Shelf, visit};
use quoth::text::Span;
use quoth::text::offsets::Unit;
use quoth::{Page, Reading, read, read_text};

const ARTICLES: [&str; 4] = [
    include_str!("../www/articles/zwolle-kettle-recall/delta-wire.txt"),
    include_str!("../www/articles/zwolle-kettle-recall/the-pennine-correspondent.txt"),
    include_str!("../www/articles/umasqa-copper-strike/la-voz-del-rimac.txt"),
    include_str!("../www/articles/eilean-darroch-ferry-strike/the-daily-skerry.txt"),
];

/// An article's headline, date and text, its marks taken off.
fn plain(source: &str) -> (String, String) {
    let (head, body) = source.split_once("\n---\n").unwrap();
    let value = |name: &str| head.lines().find_map(|l| l.strip_prefix(name)).unwrap_or("").to_owned();
    let mut text = unmarked(&value("headline: "));
    for line in body.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")) {
        text.push_str("\n\n");
        text.push_str(&unmarked(line));
    }
    (value("date: "), text)
}

fn unmarked(line: &str) -> String {
    let mut out = String::new();
    let (mut name, mut tag) = (false, false);
    for c in line.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => tag = false,
            _ if tag => {}
            '{' => name = true,
            '|' if name => name = false,
            _ if name => {}
            '}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Every span fits its text, everything is in order, every reference leads somewhere.
fn sound(r: &Reading) {
    let text = &r.article.text;
    let fits = |s: Span| s.start < s.end && text.get(s.start..s.end).is_some();
    let mut at = 0;
    for block in &r.article.blocks {
        assert!(fits(block.span) && block.span.start >= at, "{block:?}");
        at = block.span.end;
    }
    for (i, actor) in r.actors.iter().enumerate() {
        assert_eq!(actor.id as usize, i);
        assert!(!actor.name.trim().is_empty());
        assert!(actor.mentions.iter().all(|m| fits(m.span)), "{actor:?}");
        assert!(actor.mentions.is_sorted_by(|a, b| a.span.start <= b.span.start && a != b), "{actor:?}");
        assert!((0.0..=1.0).contains(&actor.salience));
    }
    assert!(r.quotes.is_sorted_by_key(|q| q.span.start));
    for quote in &r.quotes {
        assert!(fits(quote.span), "{quote:?}");
        assert!(quote.cue.is_none_or(fits) && quote.speaker_mention.is_none_or(fits), "{quote:?}");
        assert!(quote.speaker.is_none_or(|s| (s as usize) < r.actors.len()), "{quote:?}");
        assert!(
            quote.candidates.iter().all(|c| (c.0 as usize) < r.actors.len()) && quote.candidates.len() <= 4
        );
        assert!((0.0..=1.0).contains(&quote.confidence));
    }
}

fn json(r: &Reading) -> String {
    serde_json::to_string(&r.output(Unit::Utf16)).unwrap()
}

#[test]
fn articles_are_read_soundly_and_always_the_same() {
    for source in ARTICLES {
        let (_, text) = plain(source);
        let reading = read_text(&text);
        sound(&reading);
        assert_eq!(reading.article.text, text);
        assert_eq!(json(&reading), json(&read_text(&text)));
    }
}

#[test]
fn articles_name_actors_and_quote_them() {
    for source in ARTICLES {
        let (_, text) = plain(source);
        let reading = read_text(&text);
        assert!(reading.actors.len() >= 3, "{} actors: {}", reading.actors.len(), reading.article.title);
        assert!(
            reading.quotes.iter().any(|q| q.speaker.is_some()),
            "nobody speaks: {}",
            reading.article.title
        );
    }
}

#[test]
fn strange_texts_are_read_soundly() {
    let strange = [
        String::new(),
        "\n\n \n".into(),
        "“".repeat(3000),
        "\"a\" ".repeat(2000),
        "“‘".repeat(500) + "word" + &"’”".repeat(500),
        "\u{1f469}\u{200d}\u{1f680} said “\u{0301}\u{202e}hello\u{2066}” ".repeat(300),
        "He said, ".repeat(4000),
        "Ann Lee ".repeat(4000),
        "A.".repeat(9000),
        "\u{feff}“Bom,” said Ann Lee.\r\n\r\n“Next,” she said.\r\n".into(),
        "x".repeat(200_000),
    ];
    for text in strange {
        let reading = read_text(&text);
        sound(&reading);
        assert_eq!(reading.article.text, text);
    }
}

#[test]
fn a_page_in_columns_is_read() {
    let (_, text) = plain(ARTICLES[0]);
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let names = "html\nbody\nmain\nh1\np";
    let none = quoth::page::NO_PARENT;
    let mut records: Vec<u32> = vec![none, 1, 0, 0, 0, 0, 2, 0, 0, 0, 1, 3, 0, 0, 0];
    let (mut data, mut at) = (String::new(), 0u32);
    for (i, p) in paragraphs.iter().enumerate() {
        let element = (records.len() / 5) as u32;
        records.extend([2, if i == 0 { 4 } else { 5 }, 0, 0, 0]);
        let end = at + p.encode_utf16().count() as u32;
        records.extend([element, 0, 0, at, end]);
        data.push_str(p);
        at = end;
    }
    let page =
        Page::from_columns("https://example.com/news/a", data, String::new(), names, &records).unwrap();
    let reading = read(&page);
    sound(&reading);
    assert_eq!(reading.article.title, paragraphs[0]);
    for p in &paragraphs[1..] {
        assert!(reading.article.text.contains(p), "lost: {p}");
    }
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let page = |names: &str, records: &[u32]| {
        Page::from_columns("", "ab".into(), String::new(), names, records).map(|_| ())
    };
    let none = quoth::page::NO_PARENT;
    assert!(page("p", &[none, 1, 0, 0, 0, 0, 0, 0, 0, 2]).is_ok());
    assert!(page("p", &[none, 1, 0, 0]).is_err());
    assert!(page("p", &[7, 1, 0, 0, 0]).is_err());
    assert!(page("p", &[none, 9, 0, 0, 0]).is_err());
    assert!(page("p", &[none, 0, 0, 0, 3]).is_err());
    assert!(page("p", &[none, 0, 0, 2, 1]).is_err());
}

#[test]
fn a_story_told_twice_is_related_and_another_is_not() {
    let mut shelf = Shelf::default();
    for (i, source) in ARTICLES.iter().enumerate() {
        let (date, text) = plain(source);
        let mut reading = read_text(&text);
        reading.article.published = Some(date);
        let visit = visit(&i.to_string(), &reading, 0.0);
        let related = shelf.relate(&visit);
        let same: Vec<_> = related.iter().filter(|r| r.tier == "same_story").map(|r| r.id.as_str()).collect();
        assert_eq!(same, if i == 1 { vec!["0"] } else { vec![] }, "{i}");
        shelf.add(visit);
    }
}
