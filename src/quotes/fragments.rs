//! Reported speech with a few of its words put in marks: fragments that somebody said, with their speaker,
//! for the judge and the ranker to learn from.

use super::grammar::{OBJECT_PRONOUNS, SUBJECT_PRONOUNS, auxiliary, conjunction, determiner, preposition};
use super::lessons::Lesson;
use crate::actors::markup::Quoted;
use crate::article;
use crate::model::hash_text;
use crate::model::train::next;
use crate::text::Span;

/// What such an example counts against a written one.
pub(super) const WORTH: f32 = 0.2;

/// How many words a fragment has, as often as fragments of news have them.
const LENGTHS: [usize; 9] = [1, 1, 2, 2, 2, 3, 3, 4, 5];

/// The article with one fragment of each reported clause in marks; `None` where it has none.
pub(super) fn draw(lesson: &Lesson) -> Option<Lesson> {
    let text = &lesson.marked.article.text;
    let alone = |q: &&Quoted| {
        q.kind == "indirect" && lesson.quotes.iter().filter(|o| o.span.overlaps(q.span)).count() == 1
    };
    let mut cuts: Vec<(Span, Option<String>)> = lesson
        .quotes
        .iter()
        .filter(alone)
        .filter_map(|q| Some((fragment(text, q.span, &lesson.marked.id)?, q.speaker.clone())))
        .collect();
    cuts.sort_by_key(|c| c.0.start);
    cuts.dedup_by(|b, a| a.0.overlaps(b.0));
    if cuts.is_empty() {
        return None;
    }
    let (open, close) = if text.contains('“') { ("“", "”") } else { ("\"", "\"") };
    let mut marked = String::with_capacity(text.len() + cuts.len() * 6);
    let (mut from, mut drawn) = (0, Vec::new());
    for (cut, _) in &cuts {
        marked.push_str(&text[from..cut.start]);
        let start = marked.len();
        marked.push_str(open);
        marked.push_str(cut.of(text));
        marked.push_str(close);
        drawn.push(Span::new(start, marked.len()));
        from = cut.end;
    }
    marked.push_str(&text[from..]);
    // A start moves behind the marks before it and at it, an end behind those before it alone.
    let moved = |s: Span| {
        let behind = |at: usize, also: bool| -> usize {
            let here = |p: usize| p < at || also && p == at;
            cuts.iter()
                .map(|(c, _)| {
                    usize::from(here(c.start)) * open.len() + usize::from(here(c.end)) * close.len()
                })
                .sum()
        };
        Span::new(s.start + behind(s.start, true), s.end + behind(s.end, false))
    };
    let mut out = lesson.clone();
    out.marked.article = article::from_text(&marked);
    for name in &mut out.names {
        name.span = moved(name.span);
    }
    for mention in &mut out.mentions {
        mention.0 = moved(mention.0);
    }
    for quote in &mut out.quotes {
        quote.span = moved(quote.span);
    }
    out.quotes.extend(drawn.iter().zip(&cuts).map(|(&span, (_, speaker))| Quoted {
        span,
        kind: "mixed".to_owned(),
        speaker: speaker.clone(),
    }));
    out.drawn = drawn;
    (out.marked.article.blocks.len() == lesson.marked.article.blocks.len()).then_some(out)
}

/// A word that a fragment begins after or ends before.
fn small(word: &str) -> bool {
    let word = word.to_lowercase();
    preposition(&word)
        || determiner(&word)
        || conjunction(&word)
        || auxiliary(&word)
        || SUBJECT_PRONOUNS.contains(&&*word)
        || OBJECT_PRONOUNS.contains(&&*word)
        || word == "not"
}

/// Some words of a clause that a reporter might have kept as they were said.
fn fragment(text: &str, clause: Span, id: &str) -> Option<Span> {
    let inner = clause.of(text);
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in inner.char_indices() {
        if !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')) {
            continue;
        }
        let at = clause.start + at;
        match words.last_mut().filter(|w| w.end == at) {
            Some(w) => w.end = at + c.len_utf8(),
            None => words.push(Span::new(at, at + c.len_utf8())),
        }
    }
    let mut seed = u64::from(hash_text(id)) << 32 | clause.start as u64;
    let mut draw = |n: usize| (next(&mut seed) % n.max(1) as u64) as usize;
    for _ in 0..12 {
        let long = LENGTHS[draw(LENGTHS.len())];
        if words.len() < long + 2 {
            continue;
        }
        let first = 1 + draw(words.len() - long);
        let picked = words.get(first..first + long)?;
        let span = Span::new(picked[0].start, picked[long - 1].end);
        let before = words[first - 1].of(text);
        let rest = &text[span.end..];
        let after = words.get(first + long).map_or("", |w| w.of(text));
        let (head, tail) = (picked[0].of(text), picked[long - 1].of(text));
        let plain = span.of(text).chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'));
        let starts = small(before) || before.ends_with("ly");
        let ends = rest.starts_with([',', '.', ';']) || small(after);
        let whole = !(small(tail) || small(head) && long < 3);
        let name = long == 1 && head.starts_with(char::is_uppercase);
        if plain && starts && ends && whole && !name {
            return Some(span);
        }
    }
    None
}
