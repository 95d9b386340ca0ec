//! The browser's snapshot keeps what the core's page says is kept: both lists are one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use quoth::page::{ATTRIBUTES, HOLLOW, MAX_ATTRIBUTE, MAX_DEPTH, MAX_NODES, MAX_TEXT};

const SCRIPT: &str = concat!(
    include_str!("../extension/content/snapshot.js"),
    include_str!("../extension/content/attributes.js")
);

/// The quoted names in `const NAME = new Set([…])`.
fn names(set: &str) -> Vec<&'static str> {
    let (_, rest) = SCRIPT.split_once(&format!("const {set} = new Set([")).unwrap();
    let (list, _) = rest.split_once(']').unwrap();
    let mut names: Vec<_> = list.split('\'').skip(1).step_by(2).collect();
    names.sort_unstable();
    names
}

fn number(name: &str) -> usize {
    let (_, rest) = SCRIPT.split_once(&format!("const {name} = ")).unwrap();
    rest.split_once(';').unwrap().0.replace('_', "").parse().unwrap()
}

#[test]
fn lists_are_the_same() {
    let mut attributes = ATTRIBUTES.to_vec();
    attributes.sort_unstable();
    assert_eq!(names("ATTRIBUTES"), attributes);
    let mut hollow: Vec<_> = HOLLOW.iter().map(|tag| tag.name()).collect();
    hollow.sort_unstable();
    assert_eq!(names("HOLLOW"), hollow);
}

#[test]
fn limits_are_the_same() {
    assert_eq!(number("MAX_ATTRIBUTE"), MAX_ATTRIBUTE);
    assert_eq!(number("MAX_NODES"), MAX_NODES);
    assert_eq!(number("MAX_TEXT"), MAX_TEXT);
    assert_eq!(number("MAX_DEPTH"), MAX_DEPTH);
}
