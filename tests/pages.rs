//! Pages of our own making, source and expected article side by side in `tests/pages/<case>/`.
//!
//! A missing expectation is written and the test fails, so that someone reads it before it is kept.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use quoth::article::{Article, State};
use quoth::page::{Page, html};
use std::fmt::Write as _;
use std::path::Path;

/// An article and what was cleared, as text.
fn show(page: &Page, article: &Article) -> String {
    let mut out = String::new();
    let state = match article.state {
        State::Article => "article".to_owned(),
        State::Preview => "preview".to_owned(),
        State::NotArticle(why) => format!("no article: {why}"),
    };
    writeln!(out, "state: {state}").unwrap();
    writeln!(out, "title: {}", article.title).unwrap();
    for (name, value) in [
        ("outlet", &article.outlet),
        ("byline", &article.byline),
        ("published", &article.published),
        ("modified", &article.modified),
        ("language", &article.language),
    ] {
        writeln!(out, "{name}: {}", value.as_deref().unwrap_or("-")).unwrap();
    }
    out.push('\n');
    for block in &article.blocks {
        writeln!(out, "[{}] {}", block.kind.name(), block.span.of(&article.text)).unwrap();
    }
    out.push('\n');
    for furniture in &article.furniture {
        let at = furniture.node as usize;
        let node = &page.nodes[at];
        let words: Vec<String> = (at..node.end as usize)
            .flat_map(|t| page.data(t).split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .take(8)
            .collect();
        writeln!(out, "- {} <{}> {}", furniture.kind.name(), node.tag.name(), words.join(" ")).unwrap();
    }
    out
}

#[test]
fn pages_give_the_expected_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut cases: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 5, "the cases are missing from {}", folder.display());
    let mut wrong = String::new();
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(case.join("source.html")).unwrap();
        let page = html::parse(&source, &format!("https://news.example/{name}"));
        let got = show(&page, &quoth::article::extract(&page));
        let expected = case.join("expected.txt");
        match std::fs::read_to_string(&expected) {
            Ok(want) if want == got => {}
            Ok(want) => {
                let diff = first_difference(&want, &got);
                writeln!(wrong, "{name}: {diff}").unwrap();
            }
            Err(_) => {
                std::fs::write(&expected, got).unwrap();
                writeln!(wrong, "{name}: no expectation; one was written, read it: {}", expected.display())
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn first_difference(want: &str, got: &str) -> String {
    let (mut w, mut g) = (want.lines(), got.lines());
    loop {
        match (w.next(), g.next()) {
            (None, None) => return "they differ in line ends".to_owned(),
            (a, b) if a == b => {}
            (a, b) => return format!("expected {:?}, got {:?}", a.unwrap_or("(end)"), b.unwrap_or("(end)")),
        }
    }
}

/// Every piece of an article stands on the page where it says.
#[test]
fn pieces_point_at_the_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    for case in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(case.unwrap().path().join("source.html")).unwrap();
        let page = html::parse(&source, "");
        let article = quoth::article::extract(&page);
        let mut mapped = 0;
        for piece in &article.pieces {
            let there = &page.text[piece.source..piece.source + piece.span.len()];
            assert_eq!(piece.span.of(&article.text), there);
            mapped += piece.span.len();
        }
        let white = article.text.chars().filter(|c| c.is_whitespace()).count();
        assert!(mapped + white >= article.text.len(), "words without a place on the page");
        assert!(article.pieces.windows(2).all(|w| w[0].source < w[1].source), "pieces out of order");
        // No root of furniture holds a word of the article.
        for f in &article.furniture {
            let node = &page.nodes[f.node as usize];
            for t in f.node as usize..node.end as usize {
                let n = &page.nodes[t];
                let held = n.tag == quoth::page::Tag::Text
                    && article
                        .pieces
                        .iter()
                        .any(|p| p.source < n.to as usize && n.from as usize <= p.source && p.span.len() > 1);
                assert!(!held, "furniture holds {:?}", page.data(t));
            }
        }
    }
}

/// The pages this project began with; they are not part of it and are read where they are.
#[test]
fn seed_pages_keep_their_article_and_lose_their_furniture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds/pages");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is absent, the seed pages were not checked", folder.display());
        return;
    }
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wrong = String::new();
    for name in ["ap-mirror", "hindu", "reprint", "rri", "ytn"] {
        let gold = std::fs::read_to_string(folder.join(format!("{name}.gold.json"))).unwrap();
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        let source = std::fs::read_to_string(folder.join(format!("{name}.html"))).unwrap();
        let page = html::parse(&source, gold["url"].as_str().unwrap());
        let article = quoth::article::extract(&page);
        let text = plain(&article.text);
        let cleared = |at: usize| {
            article
                .furniture
                .iter()
                .any(|f| (f.node as usize..page.nodes[f.node as usize].end as usize).contains(&at))
        };
        let left: String = (0..page.nodes.len())
            .filter(|&t| !cleared(t))
            .map(|t| page.data(t))
            .collect::<Vec<_>>()
            .join(" ");
        let left = plain(&left);
        for main in gold["main"].as_array().unwrap() {
            let main = plain(main.as_str().unwrap());
            if !text.contains(&main) {
                writeln!(wrong, "{name} lost: {main}").unwrap();
            }
        }
        for line in text.split('\n').chain(article.blocks.iter().map(|b| b.span.of(&article.text))) {
            if gold["clutter"].as_array().unwrap().iter().any(|c| plain(c.as_str().unwrap()) == plain(line)) {
                writeln!(wrong, "{name} keeps: {line}").unwrap();
            }
        }
        for clutter in gold["clutter"].as_array().unwrap() {
            let clutter = plain(clutter.as_str().unwrap());
            if clutter.len() > 12 && left.contains(&clutter) && !text.contains(&clutter) {
                writeln!(wrong, "{name} leaves in view: {clutter}").unwrap();
            }
        }
        if plain(&article.title) != plain(gold["headline"].as_str().unwrap()) {
            writeln!(wrong, "{name} headline: {}", article.title).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
