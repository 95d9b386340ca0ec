//! Who wrote the article: from the metadata, from the line under the headline, from before the date.

use super::calendar::month;
use super::extract::Choice;
use super::title::Names;
use super::view::View;
use super::{BlockKind, dates};

/// Metadata that name who wrote an article.
const AUTHOR: [&str; 8] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
];

/// The names of those who wrote the article; the outlet itself only where nobody else is named.
pub(super) fn find(view: &View, choice: &Choice, names: &Names) -> Option<String> {
    let mut linked: Vec<&str> = Vec::new();
    for name in view.meta.linked.authors.iter().map(|n| n.trim()).filter(|n| is_author(n)) {
        if !linked.contains(&name) {
            linked.push(name);
        }
    }
    if let Some(people) = people(&linked, names) {
        return Some(people);
    }
    let metas = &view.meta.metas;
    let given = AUTHOR.iter().flat_map(|name| metas.iter().filter(move |(n, _)| n == name)).map(|(_, v)| v);
    let own = given.clone().find(|n| is_author(n));
    // The second of a list may be anything, such as a place.
    let single = |n: &&String| is_author(n) && (Some(*n) == own || !n.contains(','));
    if let Some(people) = given.filter(single).find_map(|n| people(&[n], names)) {
        return Some(people);
    }
    if let Some(people) = view.meta.written_by().and_then(|n| people(&[n], names)) {
        return Some(people);
    }
    let block =
        choice.kinds.iter().position(|k| *k == Some(BlockKind::Byline)).map(|i| view.segments.words(i));
    let opening = || {
        let first = choice.kinds.iter().position(|k| *k == Some(BlockKind::Paragraph))?;
        agency(view.segments.words(first))
    };
    let block = block.and_then(shown);
    let own = || (!linked.is_empty()).then(|| linked.join(", ")).or_else(|| own.cloned());
    // A line that names the outlet alone says no more than the metadata.
    if let Some(people) = block.as_deref().and_then(|b| people(&[b], names)) {
        return Some(people);
    }
    near_date(view, choice).or_else(|| name_line(view, choice, names)).or_else(opening).or_else(own).or(block)
}

/// The people of a list of authors as the metadata give them: those that stand in one text are parted, and
/// initials in brackets, the outlet's own name and what is a login rather than a name are left out. None where
/// nobody is left.
fn people(authors: &[&str], names: &Names) -> Option<String> {
    let mut people: Vec<&str> = Vec::new();
    for author in authors {
        let whole = bare(author).split([',', ';', '|']).flat_map(|p| p.split(" / "));
        for part in whole.flat_map(both) {
            let part = part.split(" (").next().unwrap_or(part).trim().trim_end_matches(" 기자");
            let login = !part.contains(' ') && part.len() > 5 && part.bytes().all(|b| b.is_ascii_lowercase());
            let letters = part.chars().filter(|c| c.is_alphabetic()).count();
            let odd = part.contains("www.") || letters < if part.is_ascii() { 3 } else { 2 };
            // What follows a name may be what the person does.
            let odd = odd || !people.is_empty() && (part.split(' ').count() > 5 || names.begin(part));
            if !login && !odd && !names.is(part) && !people.contains(&part) {
                people.push(part);
            }
        }
    }
    (!people.is_empty()).then(|| people.join(", "))
}

/// The two names that an "and" joins, where both are of more than one word; else the text as it is.
fn both(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let cut =
        [" and ", " und ", " og ", " och ", " et ", " y ", " e ", " en ", " & "].iter().find_map(|word| {
            let (a, b) = text.split_once(word)?;
            (is_name(a) && is_name(b) && a.contains(' ') && b.contains(' ')).then_some((a, b))
        });
    let (a, b) = cut.map_or((text, None), |(a, b)| (a, Some(b)));
    std::iter::once(a).chain(b)
}

/// A line of nothing but a name or two, right before the first paragraph in the same element.
fn name_line(view: &View, choice: &Choice, names: &Names) -> Option<String> {
    let first = (0..choice.kinds.len()).find(|&i| choice.keeps(i) && view.facts[i].prose)?;
    let line = first.checked_sub(1).filter(|&i| view.headline.is_some_and(|h| h < i))?;
    let parent = |i: usize| view.page.nodes[view.segments.list[i].node as usize].parent;
    let heading = choice.kinds[line] == Some(BlockKind::Heading) && view.segments.list[line].bold == 0;
    if heading || view.segments.list[line].links > 0 || parent(line) != parent(first) {
        return None;
    }
    let text = view.segments.words(line);
    let full = |p: &str| is_name(p) && (2..=3).contains(&p.split(' ').count()) && p.split(' ').all(capital);
    let all: Vec<&str> = text.split(['/', ',']).flat_map(both).map(str::trim).collect();
    (all.len() <= 3 && all.iter().all(|p| full(p) && !names.is(p))).then(|| all.join(", "))
}

/// Whether a word begins with a capital and goes on in small letters.
fn capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

/// Whether what stands in metadata can be a name.
fn is_author(name: &str) -> bool {
    !name.starts_with("http")
        && !name.contains('@')
        && name.len() < 200
        && name.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// The names in a byline as the page shows it.
fn shown(line: &str) -> Option<String> {
    if let Some(names) = said(line) {
        return Some(names);
    }
    if let Some(names) = line.split('|').find_map(said) {
        return Some(names);
    }
    let names: Vec<&str> = parts(undated(line)).filter(|p| is_name(p) && !p.contains(':')).collect();
    if !names.is_empty() {
        return Some(names.join(", "));
    }
    let bare = bare(line);
    let fits = bare.contains(char::is_alphabetic)
        && bare.len() < 80
        && !bare.contains(|c: char| c.is_ascii_digit() || c == ':');
    fits.then(|| bare.to_owned())
}

/// A line up to its first digit, where its date or a count begins.
fn undated(line: &str) -> &str {
    &line[..line.find(|c: char| c.is_numeric()).unwrap_or(line.len())]
}

/// Words that stand before the name in a byline.
const BEFORE: [&str; 12] =
    ["by", "von", "par", "por", "di", "da", "door", "av", "af", "autor:", "author:", "text:"];

/// A byline without the word before the name.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let end = line.find(' ').unwrap_or(line.len());
    let word = line[..end].to_lowercase();
    let before = BEFORE.contains(&word.as_str()) || BEFORE[..8].contains(&word.trim_end_matches(':'));
    if before { line[end..].trim_start() } else { line }
}

/// The agency in a dateline such as "PARIS (AP) —" that opens a text.
pub(super) fn agency(text: &str) -> Option<String> {
    let (place, rest) = text.split_once(" (")?;
    let (name, rest) = rest.split_once(')')?;
    let fits = place.len() < 40
        && !place.is_empty()
        && place.split_whitespace().next().is_some_and(|w| w.chars().all(|c| !c.is_lowercase()))
        && (2..=12).contains(&name.chars().count())
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || c == ' ')
        && rest.trim_start().starts_with(['-', '–', '—']);
    fits.then(|| name.to_owned())
}

/// The names in a line that begins with "By" or the like.
pub(super) fn said(line: &str) -> Option<String> {
    let line = line.trim();
    let rest = bare(line);
    if rest.len() == line.len() || line.split_whitespace().count() > 24 {
        return None;
    }
    let names: Vec<&str> = parts(undated(rest)).take_while(|p| is_name(p)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The name that stands before the date in a line such as "Name, 5 May 2024, 13:50".
pub(super) fn before_date(line: &str) -> Option<String> {
    if line.split_whitespace().count() > 14 {
        return None;
    }
    let mut parts = parts(line);
    let name = parts.next().filter(|p| is_name(p) && (2..=4).contains(&p.split_whitespace().count()))?;
    (!is_day(name) && parts.next().is_some_and(|p| dates::written(p, false).is_some() || is_day(p)))
        .then(|| name.to_owned())
}

/// The name before the date near the headline.
fn near_date(view: &View, choice: &Choice) -> Option<String> {
    let first = (0..choice.kinds.len())
        .find(|&i| choice.kinds[i] == Some(BlockKind::Paragraph) && view.facts[i].prose)?;
    let from = view.headline.filter(|&h| h < first).unwrap_or(first).max(first.saturating_sub(8));
    (from..(first + 2).min(choice.kinds.len()))
        .filter(|&i| view.facts[i].words <= 14 && view.facts[i].digits >= 4)
        .find_map(|i| before_date(view.segments.words(i)))
}

/// A line cut where names in it are parted from each other and from what else it says.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', '|', '·', '•', ';', '/', '\u{2013}', '\u{2014}', '(', ')'])
        .flat_map(|p| p.split(" - "))
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" und "))
        .flat_map(|p| p.split(" et "))
        .flat_map(|p| p.split(" y "))
        .map(str::trim)
        .filter(|p| !p.is_empty())
}

/// Whether a piece can be a person's or an agency's name: few words, no digits, begun with a capital.
fn is_name(part: &str) -> bool {
    let words = part.split_whitespace().count();
    (1..=5).contains(&words)
        && part.chars().count() >= 2
        && !part.chars().any(char::is_numeric)
        && part
            .split_whitespace()
            .next()
            .is_some_and(|w| w.starts_with(|c: char| !c.is_lowercase() && c.is_alphabetic()))
        && part.split_whitespace().last().is_some_and(|w| w.starts_with(|c: char| !c.is_lowercase()))
}

/// Whether a piece is a day or a part of one.
fn is_day(part: &str) -> bool {
    part.chars().any(char::is_numeric)
        && (dates::written(part, false).is_some()
            || part.split_whitespace().any(|w| month(&w.to_lowercase()).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_before_dates_and_after_by() {
        for (line, want) in [
            ("Ruth Alder, 05.11.2024, 13:50", Some("Ruth Alder")),
            ("Ruth Alder | 5 May 2024", Some("Ruth Alder")),
            ("Harbour, storm, 5 May 2024", None),
            ("Updated 5 May 2024, 13:50", None),
        ] {
            assert_eq!(before_date(line).as_deref(), want, "{line}");
        }
        assert_eq!(said("By Ruth Alder and Jo Fell, in News, 5 May").as_deref(), Some("Ruth Alder, Jo Fell"));
        assert_eq!(agency("HOLM (NPA) — The ferry ran.").as_deref(), Some("NPA"));
        assert_eq!(agency("The ferry (built in 1960) — ran."), None);
        assert_eq!(shown("Von hafen-blatt, jse").as_deref(), Some("hafen-blatt, jse"));
        assert_eq!(shown("By Ruth Alder6 May 20252568 views").as_deref(), Some("Ruth Alder"));
        assert_eq!(shown("von"), None);
        assert_eq!(said("By the harbour wall stood a man"), None);
        assert_eq!(shown("Ruth Alder · 31 Jan 2025, 20:02 · 0 Comments").as_deref(), Some("Ruth Alder"));
    }
}
