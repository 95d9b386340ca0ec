//! Hostile pages: bounded, no panic, and said to be cut.
#![allow(clippy::unwrap_used, missing_docs)]

use quoth::article;
use quoth::page::{MAX_DEPTH, MAX_NODES, MAX_TEXT, NO_PARENT, Page, html};
use quoth::quotes::MOST;
use std::time::{Duration, Instant};

fn read(source: &str) -> Page {
    let page = html::parse(source, "https://news.example/");
    let _ = article::extract(&page);
    page
}

#[test]
fn two_hundred_thousand_nodes_are_cut() {
    let page = read(&format!("<body>{}</body>", "<p>word</p>".repeat(200_000)));
    assert!(page.cut);
    assert!(page.nodes.len() <= MAX_NODES + 1);
}

#[test]
fn five_thousand_levels_are_cut_and_what_follows_is_read() {
    let source = format!("<body>{}deep{}<p>after</p>", "<div>".repeat(5_000), "</div>".repeat(5_000));
    let page = read(&source);
    assert!(page.cut);
    assert!(page.text.contains("deep") && page.text.contains("after"));
    let mut depth = vec![0usize; page.nodes.len()];
    for (i, node) in page.nodes.iter().enumerate().skip(1) {
        depth[i] = node.parent.try_into().map_or(0, |p: usize| depth[p] + 1);
    }
    assert!(depth.iter().max().unwrap() <= &(MAX_DEPTH + 2));
}

#[test]
fn two_hundred_thousand_open_tags_take_no_square_time() {
    for tag in ["div", "b", "span", "table><tr><td", "ul><li", "font size=1"] {
        let page = read(&format!("<body>{}", format!("<{tag}>x").repeat(200_000)));
        assert!(page.cut, "{tag}");
    }
}

#[test]
fn twenty_megabytes_in_one_text_node_are_cut() {
    let page = read(&format!("<body><p>{}</p><p>after</p>", "words and ".repeat(2_000_000)));
    assert!(page.cut);
    assert!(page.text.len() <= MAX_TEXT);
}

#[test]
fn empty_and_broken_pages_are_read() {
    for source in [
        "",
        "<",
        "<html>",
        "\u{0}",
        "<body></body>",
        "<p",
        "</p></p>",
        "<table><p>x",
        "<svg><p>x</svg>",
        "<template><p>x",
    ] {
        let page = read(source);
        assert!(!page.cut);
    }
    let article = article::extract(&Page::default());
    assert!(article.text.is_empty());
}

#[test]
fn a_page_of_several_roots_is_read() {
    // A heading and a time that stand in nothing, each with text of its own.
    let text = "A headingWhat follows it is a sentence, and one of some length too.Noon".to_owned();
    let at = [0, 9, 67, 71];
    let mut records = Vec::new();
    for (i, name) in [1, 2, 3].into_iter().enumerate() {
        records.extend([NO_PARENT, name, 0, 0, 0]);
        records.extend([2 * i as u32, 0, 0, at[i], at[i + 1]]);
    }
    let page = Page::from_columns("", text, String::new(), "h2\np\ntime", &records).unwrap();
    assert_eq!(page.nodes.len(), 6);
    let _ = quoth::read(&page);
}

#[test]
fn text_beside_a_table_is_joined_and_bounded() {
    let page = read(&format!("<body><table>{}", "x<tr>".repeat(100_000)));
    assert!(page.text.len() <= MAX_TEXT);
}

#[test]
fn a_megabyte_of_quotations_is_cut() {
    let pieces = [
        "'a' ",
        "“a” ",
        "“I go,” he said. ",
        "He said he would go. ",
        "‘Go,’ a man said.\n\n",
        "said “a” ",
        "“a ‘b’ c” ",
        "“",
    ];
    for piece in pieces {
        let text = piece.repeat((1 << 20) / piece.len());
        let from = Instant::now();
        let reading = quoth::read_text(&text);
        // Half a second without debug assertions on a quiet machine; judging all takes ten and more.
        let limit = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 6 });
        assert!(from.elapsed() < limit, "{piece}");
        assert_eq!(reading.article.text, text);
        assert_eq!(reading.quotes_cut, piece != "“", "{piece}");
        assert!(reading.quotes.len() <= 2 * MOST, "{piece}");
    }
}

#[test]
fn what_stands_before_the_limit_of_quotations_is_read_as_ever() {
    let (piece, few) = ("“We will go to the harbour,” Ola Vik said.\n\n", MOST - 5);
    let under = quoth::read_text(&piece.repeat(few));
    let over = quoth::read_text(&piece.repeat(MOST + 5));
    assert!(!under.quotes_cut && over.quotes_cut && !over.article.cut);
    assert!(over.quotes.len() >= few);
    for (a, b) in under.quotes.iter().zip(&over.quotes) {
        assert_eq!((a.span, a.kind, a.speaker), (b.span, b.kind, b.speaker));
    }
    // A reading says nothing of what follows.
    let end = over.quotes.last().unwrap().span.end;
    assert!(end <= piece.len() * MOST);
}

#[test]
fn thousands_of_near_spellings_take_no_square_time() {
    let letter = |i: usize| char::from(b'a' + (i % 26) as u8);
    let name = |i: usize| format!("Ola V{}{}{}k", letter(i), letter(i / 26), letter(i / 676));
    let sentences: Vec<_> = (0..6_000).map(|i| format!("“We go,” said {}. ", name(i))).collect();
    let text = sentences.concat();
    let from = Instant::now();
    let reading = quoth::read_text(&text);
    assert!(from.elapsed() < Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 6 }));
    assert!(!reading.actors.is_empty());
}
