//! Whether two forms of a name may be one actor's.

use super::ActorType;
use super::gazetteer::{CITY, COUNTRY, Gazetteer, PLACE, Print, REGION, TOWN};
use super::lexicon::{ENDINGS, OFFICES, PARTICLES, PERSON_ENDINGS, SMALL, same_first, well_known};
use crate::model::hash_text;
use crate::order::Order;
use crate::text::fold::fold;

/// A name as written, folded for comparison.
#[derive(Clone, Debug)]
pub(super) struct NameForm {
    /// Folded, without dots, the leading "the" and doubled spaces.
    pub folded: String,
    /// Its words, without endings like Inc or Jr.
    pub parts: Vec<String>,
    /// Written in capitals alone, two to eight letters.
    pub acronym: bool,
    /// The capitals of a single word of at most eight letters, folded.
    pub capitals: String,
    /// The name that is kept of those by which a body is well known.
    known: Option<&'static str>,
    pub kind: ActorType,
}

impl NameForm {
    pub(super) fn new(written: &str, kind: ActorType) -> Self {
        let folded: String = fold(written).replace(['.', '"', '“', '”'], "");
        let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded);
        let mut parts: Vec<String> = folded
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|p| !p.is_empty())
            .map(str::to_owned)
            .collect();
        let endings = if kind == ActorType::Person { PERSON_ENDINGS } else { ENDINGS };
        while parts.len() > 1 && parts.last().is_some_and(|p| endings.contains(&p.as_str())) {
            parts.pop();
        }
        let letters = written.chars().filter(|c| c.is_alphabetic()).count();
        let acronym = (2..=8).contains(&letters)
            && written.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-') || c.is_ascii_digit());
        let capitals = if parts.len() == 1 && letters <= 8 {
            fold(&written.chars().filter(|c| c.is_uppercase()).collect::<String>())
        } else {
            String::new()
        };
        let known = well_known(&folded);
        Self { folded, parts, acronym, capitals, known, kind }
    }

    fn known(&self) -> &str {
        self.known.unwrap_or(&self.folded)
    }

    fn bare(&self) -> String {
        self.parts.join(" ")
    }

    fn first(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }

    fn last(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// Initials of the words that count, and of all words.
    pub(super) fn initials(&self) -> [String; 2] {
        let words = || self.folded.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty());
        let take = |words: &mut dyn Iterator<Item = &str>| words.filter_map(|w| w.chars().next()).collect();
        [take(&mut words().filter(|w| !SMALL.contains(w))), take(&mut words().filter(|w| *w != "&"))]
    }
}

/// Whether one letter more, less, other or two swapped make the one word of the other, and both begin
/// alike. Short words never are.
pub(super) fn near_spelling(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 5 || long.len() > short.len() + 1 || short[0] != long[0] || short == long {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let tail = short[head..].iter().rev().zip(long[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, right) = (short.len() - head - tail, long.len() - head - tail);
    if left <= 1 && right <= 1 {
        // A plural or a feminine ending is another word.
        return !(left == 0 && tail == 0 && matches!(long.last(), Some('s' | 'a')));
    }
    left == 2 && right == 2 && short[head] == long[head + 1] && short[head + 1] == long[head]
}

/// How strongly the shorter form `a` may name the person of the fuller form `b`: 0 not at all, 1 by a middle
/// part, 2 by a first name or near spelling, 3 by the surname or the whole name.
pub(super) fn person(a: &NameForm, b: &NameForm) -> u8 {
    if a.parts == b.parts {
        return 3;
    }
    let (n, m) = (a.parts.len(), b.parts.len());
    if n == 0 || m == 0 {
        return 0;
    }
    if n == 1 {
        return one_word(a.first(), b);
    }
    if m == 1 {
        return 0;
    }
    let suffix = m >= n && b.parts[m - n..] == a.parts[..];
    // "von der Leyen" for "Ursula von der Leyen", "López Obrador" for "Andrés Manuel López Obrador".
    if suffix {
        return 3;
    }
    if m >= n && b.parts[..n] == a.parts[..] {
        return 2;
    }
    let first = same_first(a.first(), b.first());
    if first && a.last() == b.last() {
        let middle = |f: &NameForm| f.parts[1..f.parts.len() - 1].join(" ");
        let clash = n > 2 && m > 2 && middle(a) != middle(b) && !initial_of(&middle(a), &middle(b));
        return if clash { 0 } else { 3 };
    }
    if first && near_spelling(a.last(), b.last())
        || a.last() == b.last() && near_spelling(a.first(), b.first())
    {
        return 2;
    }
    // Surname first or last; a part of a double name.
    let mut turned = a.parts.clone();
    turned.rotate_left(1);
    if turned == b.parts {
        return 2;
    }
    let mut rest = b.parts.iter();
    if first && a.parts.iter().skip(1).all(|p| rest.any(|q| q == p || hyphen_part(p, q))) {
        return 2;
    }
    0
}

fn initial_of(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next() && (a.chars().count() == 1 || b.chars().count() == 1)
}

fn hyphen_part(part: &str, whole: &str) -> bool {
    whole.contains('-') && whole.split('-').any(|p| p == part) && !PARTICLES.contains(&part)
}

fn one_word(a: &str, b: &NameForm) -> u8 {
    if PARTICLES.contains(&a) {
        return 0;
    }
    if b.last() == a {
        return 3;
    }
    if b.parts.len() > 1 && (same_first(a, b.first()) && a.chars().count() > 1) {
        return 2;
    }
    if hyphen_part(a, b.last()) || near_spelling(a, b.last()) {
        return 2;
    }
    // "al-Assad" and "Assad", "Al Thani".
    if b.last().strip_prefix("al-").is_some_and(|l| l == a)
        || a.strip_prefix("al-").is_some_and(|l| l == b.last())
    {
        return 3;
    }
    u8::from(b.parts.iter().any(|p| p == a))
}

/// Words that many names hold: alone they name nothing unless there is one such name.
const GENERIC: &[&str] = &[
    "ministry",
    "council",
    "court",
    "party",
    "bank",
    "university",
    "commission",
    "committee",
    "agency",
    "police",
    "department",
    "authority",
    "board",
    "union",
    "association",
    "federation",
    "institute",
    "hospital",
    "college",
    "school",
    "parliament",
    "senate",
    "assembly",
    "congress",
    "government",
    "office",
    "center",
    "centre",
    "group",
    "company",
    "club",
    "city",
    "state",
    "county",
    "national",
    "international",
    "royal",
    "the",
    "new",
    "united",
    "north",
    "south",
    "east",
    "west",
    "republic",
    "first",
    "saint",
    "st",
    "foundation",
    "society",
    "trust",
    "army",
];

/// Whether a folded word is in many names.
pub(super) fn generic(word: &str) -> bool {
    GENERIC.contains(&word)
}

/// Whether a folded word says what a place is.
pub(super) fn place_word(word: &str) -> bool {
    PLACE_WORDS.contains(&word)
}

/// What follows a place's name without making it another place.
const PLACE_WORDS: &[&str] = &[
    "city",
    "province",
    "prefecture",
    "county",
    "district",
    "region",
    "municipality",
    "river",
    "island",
    "islands",
    "peninsula",
    "national",
    "park",
    "town",
    "village",
    "governorate",
    "oblast",
    "canton",
    "department",
    "parish",
    "borough",
    "ward",
    "valley",
    "territory",
    "airport",
    "harbour",
    "harbor",
];

/// As [`person`], for other kinds: 3 the same name, its acronym or well-known other name, 2 a part of it that
/// may stand for it, 1 a generic word of it.
pub(super) fn body(a: &NameForm, b: &NameForm) -> u8 {
    if a.folded == b.folded || a.known() == b.known() {
        return 3;
    }
    let kinds = a.kind == b.kind || a.kind == ActorType::Other || b.kind == ActorType::Other;
    if acronym_of(a, b) || acronym_of(b, a) {
        return 3;
    }
    if !kinds || a.acronym {
        return 0;
    }
    let (x, y) = (a.bare(), b.bare());
    if x == y {
        return 3;
    }
    if a.kind != b.kind {
        return 0;
    }
    let (n, m) = (a.parts.len(), b.parts.len());
    if a.kind == ActorType::Place {
        return place(a, b);
    }
    if a.kind != ActorType::Organisation {
        return 0;
    }
    let content = |f: &NameForm| {
        let mut words: Vec<String> =
            f.parts.iter().filter(|w| !SMALL.contains(&w.as_str())).cloned().collect();
        words.order();
        words
    };
    let (mut ca, cb) = (content(a), content(b));
    if ca == cb && !ca.is_empty() {
        return 3;
    }
    if n >= m {
        return 0;
    }
    let generic = |f: &NameForm| f.parts.iter().all(|p| GENERIC.contains(&p.as_str()));
    let prefix = b.parts[..n] == a.parts[..];
    let suffix = b.parts[m - n..] == a.parts[..];
    if generic(a) {
        return u8::from(prefix || suffix || n == 1 && b.parts.contains(&a.parts[0]));
    }
    if prefix || suffix {
        return 2;
    }
    ca.retain(|w| !cb.contains(w));
    u8::from(ca.is_empty() && n > 1)
}

/// Whether `long` is a body of the land or town that `short` names, and so another than it, even where that
/// land acts or plays: "Ghana" is not the "Bank of Ghana", nor its "Football Association".
pub(super) fn body_of_place(short: &NameForm, long: &NameForm, gazetteer: &Gazetteer) -> bool {
    let office = |p: &String| OFFICES.contains(&p.as_str()) && !short.parts.contains(p);
    if short.parts.len() >= long.parts.len() || !long.parts.iter().any(office) {
        return false;
    }
    let print = short.parts.iter().fold(Print::new(), |print, part| print.word(hash_text(part)));
    gazetteer.get(print.finish()) & (COUNTRY | REGION | CITY | TOWN | PLACE) != 0
}

fn place(a: &NameForm, b: &NameForm) -> u8 {
    let (n, m) = (a.parts.len(), b.parts.len());
    if n >= m {
        return 0;
    }
    let rest_is = |rest: &[String]| rest.iter().all(|p| PLACE_WORDS.contains(&p.as_str()));
    if b.parts[..n] == a.parts[..] && rest_is(&b.parts[n..]) {
        return 2;
    }
    let of = ["city", "town", "port", "republic", "kingdom", "state", "province", "village"];
    let named =
        m == n + 2 && b.parts[1] == "of" && of.contains(&b.parts[0].as_str()) && b.parts[2..] == a.parts[..];
    2 * u8::from(named)
}

fn acronym_of(short: &NameForm, long: &NameForm) -> bool {
    if !short.acronym || long.acronym || long.parts.len() < 2 {
        return false;
    }
    let letters: String = short.folded.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 1 && long.initials().contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActorType::{Organisation, Person, Place};

    fn people(a: &str, b: &str) -> u8 {
        person(&NameForm::new(a, Person), &NameForm::new(b, Person))
    }

    fn bodies(a: &str, b: &str) -> u8 {
        body(&NameForm::new(a, Organisation), &NameForm::new(b, Organisation))
    }

    #[test]
    fn one_person_in_many_forms() {
        assert_eq!(people("Moura", "Rita Moura"), 3);
        assert_eq!(people("Mora", "Rita Moura"), 0, "too short to be a misspelling");
        assert_eq!(people("Lindgren", "Pia Lindgreen"), 2);
        assert_eq!(people("R. Moura", "Rita Moura"), 3);
        assert_eq!(people("Bob Vale", "Robert Vale"), 3);
        assert_eq!(people("Rita Moura", "Rui Moura"), 0);
        assert_eq!(people("van der Holt", "Anna van der Holt"), 3);
        assert_eq!(people("Park", "Park Min-seo"), 2);
        assert_eq!(people("Min-seo Park", "Park Min-seo"), 2);
        assert_eq!(people("Holm", "Astrid Holm-Udeze"), 2);
        assert_eq!(people("John A. Reed", "John B. Reed"), 0);
    }

    #[test]
    fn one_body_in_many_forms() {
        assert_eq!(bodies("ICO", "International Cocoa Organisation"), 3);
        assert_eq!(bodies("Harbour Ministry", "Ministry of the Harbour"), 3);
        assert_eq!(bodies("Lindorm", "Lindorm Health Inc."), 2);
        assert_eq!(bodies("Ministry", "Ministry of Works"), 1);
        assert_eq!(bodies("Lindorm Pharma", "Lindorm Health"), 0);
        let places = |a, b| body(&NameForm::new(a, Place), &NameForm::new(b, Place));
        assert_eq!(places("U.S.", "United States"), 3);
        assert_eq!(places("Arva", "Arva National Park"), 2);
        assert_eq!(places("York", "New York"), 0);
    }
}
