//! What a block's own words say.

use super::steps;
use super::tenth;
use crate::article::view::View;
use crate::model::{Feature, Features};

pub(super) fn text(view: &View, i: usize, out: &mut Features) {
    let fact = &view.facts[i];
    let segment = &view.segments.list[i];
    let tag = view.page.nodes[segment.node as usize].tag;
    let words = steps(fact.words);
    let links = u32::from(fact.link_step);
    let tag_number = tag as u32;
    out.push(Feature::new(1).number(words).number(links).number(tag_number));
    out.push(Feature::new(2).number(words).number(u32::from(fact.last)).number(links));
    out.push(Feature::new(3).number(u32::from(fact.first)).number(u32::from(fact.last)).number(words / 3));
    out.push(Feature::new(4).number(steps(fact.commas)).number(steps(fact.stops)).number(links));
    out.push(Feature::new(5).number(tenth(fact.digits, fact.digits + fact.letters)).number(words));
    out.push(Feature::new(6).number(tenth(fact.capitals, fact.letters)).number(words));
    let len = segment.span.len() as u32;
    let whole = |part: u32| match tenth(part, len) {
        0 => 0,
        1..=8 => 1,
        _ => 2,
    };
    out.push(Feature::new(7).number(whole(segment.bold)).number(whole(segment.italic)).number(words / 2));
    out.push(Feature::new(8).number(steps(segment.links)).number(words));
    let text = view.segments.words(i);
    let lower = head(text, 400).to_lowercase();
    let mut tokens = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    if fact.words <= 9 {
        let mut all = Feature::new(9);
        let mut any = false;
        for w in tokens.by_ref() {
            if w.bytes().all(|b| b.is_ascii_digit()) {
                all = all.text("0");
                continue;
            }
            any = true;
            all = all.text(w);
            out.push(Feature::new(10).text(w));
            out.push(Feature::new(11).text(w).number(words).number(links));
        }
        if any {
            out.push(all);
        }
    } else if let (Some(a), Some(b)) = (tokens.next(), tokens.next()) {
        out.push(Feature::new(12).text(a).number(words / 3));
        out.push(Feature::new(13).text(a).text(b));
        if let Some(c) = tokens.next() {
            out.push(Feature::new(14).text(a).text(b).text(c));
        }
        if fact.words <= 40 {
            let mut before = "";
            for w in [a, b].into_iter().chain(tokens).take(30) {
                out.push(Feature::new(15).text(w).number(words / 3));
                out.push(Feature::new(19).text(before).text(w));
                before = w;
            }
        }
    }
    let there = bytes_of(&lower);
    for (n, (rare, mark)) in MARKS.iter().enumerate() {
        if there[usize::from(*rare)] && memchr::memmem::find(lower.as_bytes(), mark.as_bytes()).is_some() {
            out.push(Feature::new(16).number(n as u32).number(words / 3));
        }
    }
    if fact.repeated {
        out.push(Feature::new(17).number(words));
    }
    if fact.prose {
        out.push(Feature::new(18).number(words).number(links));
    }
}

/// Signs that say something of a block, each after a byte of it that few texts hold.
const MARKS: [(u8, &str); 12] = [
    (0xc2, "©"),
    (b'@', "@"),
    (b'h', "http"),
    (b'|', "|"),
    (0xa6, "…"),
    (0xbb, " » "),
    (0x86, "→"),
    (b'(', "(c)"),
    (b'g', "all rights"),
    (b'%', "%"),
    (b'$', "$"),
    (0xac, "€"),
];

/// The first characters of a text.
fn head(text: &str, chars: usize) -> &str {
    let short = text.get(..chars).filter(|head| head.is_ascii());
    short.unwrap_or_else(|| text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at]))
}

/// Which bytes a text holds.
fn bytes_of(text: &str) -> [bool; 256] {
    let mut there = [false; 256];
    for b in text.bytes() {
        there[usize::from(b)] = true;
    }
    there
}
