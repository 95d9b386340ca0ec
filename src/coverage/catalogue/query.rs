//! What a reader types, taken apart into needles for the lines.

use super::rows::{Part, push};
use memchr::memmem::Finder;

/// Words of a query that are looked at.
const MAX_NEEDLES: usize = 12;

/// What a needle looks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text(Part),
    /// On this day or later.
    After,
    /// Before this day.
    Before,
}

/// A word or phrase of a query, or a day.
pub(super) struct Needle {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) finder: Finder<'static>,
}

impl Needle {
    fn new(kind: Kind, text: String) -> Self {
        let finder = Finder::new(text.as_bytes()).into_owned();
        Self { kind, text, finder }
    }

    pub(super) const fn by_text(&self) -> bool {
        matches!(self.kind, Kind::Text(_))
    }
}

/// Takes a query apart.
pub(super) fn needles(query: &str) -> Vec<Needle> {
    let mut out = Vec::new();
    let mut rest = query.trim();
    while !rest.is_empty() && out.len() < MAX_NEEDLES {
        let (kind, after) = kind(rest);
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        rest = next.trim_start();
        match kind {
            Kind::Text(which) => {
                let date = value.len() >= 4 && value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
                if value.starts_with('@') || (date && matches!(which, Part::Any | Part::Date)) {
                    // Keys stand whole; dates by their beginning.
                    let end = if value.starts_with('@') { " " } else { "" };
                    out.push(Needle::new(kind, format!(" {}{end}", value.trim_end_matches('-'))));
                    continue;
                }
                let mut phrase = String::new();
                push(&mut phrase, value);
                if !phrase.is_empty() {
                    out.push(Needle::new(kind, phrase));
                }
            }
            Kind::After | Kind::Before if !value.is_empty() => out.push(Needle::new(kind, value.to_owned())),
            Kind::After | Kind::Before => {}
        }
    }
    out
}

/// The part that a query's next word looks in, and what follows its name.
fn kind(rest: &str) -> (Kind, &str) {
    let kinds = [
        ("outlet:", Kind::Text(Part::Outlet)),
        ("person:", Kind::Text(Part::People)),
        ("title:", Kind::Text(Part::Title)),
        ("date:", Kind::Text(Part::Date)),
        ("after:", Kind::After),
        ("before:", Kind::Before),
    ];
    for (name, kind) in kinds {
        if rest.len() > name.len()
            && rest.is_char_boundary(name.len())
            && rest[..name.len()].eq_ignore_ascii_case(name)
        {
            return (kind, &rest[name.len()..]);
        }
    }
    (Kind::Text(Part::Any), rest)
}
