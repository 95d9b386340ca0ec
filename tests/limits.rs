//! Hostile pages: bounded, no panic, and said to be cut.
#![allow(clippy::unwrap_used, missing_docs)]

use quoth::article;
use quoth::page::{MAX_DEPTH, MAX_NODES, MAX_TEXT, Page, html};

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
fn text_beside_a_table_is_joined_and_bounded() {
    let page = read(&format!("<body><table>{}", "x<tr>".repeat(100_000)));
    assert!(page.text.len() <= MAX_TEXT);
}
