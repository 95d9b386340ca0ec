//! Who is the same in two articles: the key for any two, a looser comparison within one story.

use super::gazetteer::{FIRST, Gazetteer, Print, SURNAME};
use super::lexicon::{PARTICLES, SMALL, canonical, state};
use super::names::Namer;
use super::same::{NameForm, body, body_of_place, generic, person, place_word};
use super::sound::{alike, sound};
use super::{Actor, ActorType};
use crate::model::hash_text;
use crate::order::Order;

/// The key under which an actor is the same in every article; empty where the name alone is too weak.
///
/// - A person: first name and surname, folded, middle names and initials left out: `p:rita moura`. Where
///   initials stand for the first name, two of them (`p:g r rao`), or one before a surname that no list knows.
///   One name alone gives a key only where no list knows it and it is not short.
/// - An organisation or other name: the folded name without "the", dots and endings like Inc, well-known
///   acronyms in their usual form: `o:nato`, `o:lindorm health`. Short words are left out and the others put
///   in order, so that `Maribor University` and `University of Maribor` are one.
/// - A place likewise: `l:united states`; a state's short form is the state's: `l:ohio`. What a place is, before
///   or behind its name, stands behind it: `l:vesna river`.
///
/// Two actors of two articles are the same where their keys have one identity ([`identity`]) and not empty.
pub(super) fn key(actor: &Actor, gazetteer: &Gazetteer) -> String {
    let form = NameForm::new(&actor.name, actor.kind);
    let whole = form.parts.join(" ");
    match actor.kind {
        ActorType::Person => person_key(&form, gazetteer),
        ActorType::Organisation => {
            let known = NameForm::new(canonical(&whole), actor.kind);
            format!("o:{}", in_order(&known))
        }
        ActorType::Place => {
            let known = state(&actor.name).unwrap_or_else(|| canonical(&whole));
            if known == whole { format!("l:{}", place_in_order(&form)) } else { format!("l:{known}") }
        }
        ActorType::Other => format!("m:{whole}"),
    }
}

/// What keys of one actor have in common: two actors of any two articles are the same where this is equal.
///
/// A person's key is spelt as the article spells it. Here the words that a list of names knows stay as they
/// are, since many persons differ by one letter of them; any other word is rare, and two persons who share it
/// by its sound and the rest by its letters are one (`nestan gelovani`, `nestan guelobani`). One initial before
/// a rare word goes. Words are put in order, since surnames come first or last, unless all are first names.
/// Of other keys it is the key itself.
pub fn identity(key: &str) -> String {
    let (Some(name), Some(namer)) = (key.strip_prefix("p:"), Namer::shipped()) else {
        return key.to_owned();
    };
    let kinds = |word: &str| namer.gazetteer.get(Print::new().word(hash_text(word)).finish());
    let mut words: Vec<&str> = name.split(' ').collect();
    if let [initial, last] = words.as_slice()
        && initial.chars().count() == 1
        && kinds(last) == 0
    {
        words.remove(0);
    }
    let mut told: Vec<String> = words
        .iter()
        .map(|word| match sound(word) {
            heard if kinds(word) == 0 && heard.len() > 1 => heard,
            _ => (*word).to_owned(),
        })
        .collect();
    if words.iter().any(|word| kinds(word) & FIRST == 0) {
        told.order();
    }
    format!("p:{}", told.join(" "))
}

fn person_key(form: &NameForm, gazetteer: &Gazetteer) -> String {
    let full: Vec<&str> = form.parts.iter().map(String::as_str).collect();
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let unknown = |word: &str| gazetteer.get(Print::new().word(hash_text(word)).finish()) == 0;
    let [first, .., last] = full.as_slice() else {
        let alone = full.first().filter(|w| letters(w) > 4 && unknown(w));
        return alone.map(|w| format!("p:{w}")).unwrap_or_default();
    };
    let mut surname = full.len() - 1;
    while surname > 1 && PARTICLES.contains(&full[surname - 1]) {
        surname -= 1;
    }
    if letters(last) < 2 {
        return String::new();
    }
    let initials = full.iter().take_while(|w| letters(w) == 1).count();
    match initials {
        0 => format!("p:{first} {}", full[surname..].join(" ")),
        1 if !unknown(last) || letters(last) < 5 => String::new(),
        _ => format!("p:{} {}", full[..initials].join(" "), full[surname.max(initials)..].join(" ")),
    }
}

/// The words that count, in the order of the alphabet.
fn in_order(form: &NameForm) -> String {
    let mut words: Vec<&str> = form.parts.iter().map(String::as_str).filter(|w| !SMALL.contains(w)).collect();
    if words.len() < 2 {
        return form.parts.join(" ");
    }
    words.order();
    words.join(" ")
}

/// The name, then what the place is: "River Vesna" and "Vesna River" are one.
fn place_in_order(form: &NameForm) -> String {
    let mut words: Vec<&str> = form.parts.iter().map(String::as_str).collect();
    if let [what, _, ..] = words.as_slice()
        && matches!(*what, "river" | "lake" | "mount" | "reef" | "isle")
    {
        words.rotate_left(1);
    }
    words.join(" ")
}

/// Whether actors of two articles that tell one story are the same: any form of the one name fits a form of
/// the other as it would within one article, or sounds like it, by more than a generic or middle word. Within
/// a story this is far surer than between any two articles; for those compare [`Actor::key`].
pub fn same_in_story(a: &Actor, b: &Actor) -> bool {
    if !a.key.is_empty() && a.key == b.key {
        return true;
    }
    let (ours, theirs) = (forms(a), forms(b));
    let (Some(x), Some(y)) = (ours.first(), theirs.first()) else { return false };
    match (a.kind == ActorType::Person, b.kind == ActorType::Person) {
        (true, true) => {
            let clash = a.gender.is_some() && b.gender.is_some() && a.gender != b.gender;
            !clash && (person(x, y) >= 2 || person(y, x) >= 2 || person_alike(x, y))
        }
        (true, false) => b.kind != ActorType::Organisation && surname_alone(y, x),
        (false, true) => a.kind != ActorType::Organisation && surname_alone(x, y),
        (false, false) => bodies(a, b, &ours, &theirs),
    }
}

fn forms(actor: &Actor) -> Vec<NameForm> {
    std::iter::once(&actor.name).chain(&actor.aliases).map(|name| NameForm::new(name, actor.kind)).collect()
}

fn unknown(word: &str, but: u16) -> bool {
    let print = Print::new().word(hash_text(word)).finish();
    Namer::shipped().is_some_and(|n| n.gazetteer.get(print) & !but == 0)
}

/// One word that was taken for no person, and is the surname of one in the other article.
fn surname_alone(alone: &NameForm, full: &NameForm) -> bool {
    let [word] = alone.parts.as_slice() else { return false };
    full.parts.len() > 1
        && full.parts.last() == Some(word)
        && word.chars().count() > 3
        && unknown(word, FIRST | SURNAME)
}

/// Whether all words of two persons' names sound alike, in the same or in turned order, middle names aside;
/// or the one is a surname alone that sounds like the other's.
fn person_alike(a: &NameForm, b: &NameForm) -> bool {
    let words = |f: &NameForm| -> Vec<String> {
        let kept = |p: &&String| !PARTICLES.contains(&p.as_str()) && p.chars().count() > 1;
        f.parts.iter().filter(kept).cloned().collect()
    };
    let (x, y) = (words(a), words(b));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    match (short.as_slice(), long.as_slice()) {
        ([one], [.., last]) if long.len() > 1 || one != last => {
            sound(one).len() > 3 && one.chars().next() == last.chars().next() && alike(one, last)
        }
        ([first, .., last], [other_first, middle @ .., other_last]) => {
            let straight = alike(first, other_first)
                && (alike(last, other_last) || middle.first().is_some_and(|m| alike(last, m)));
            let turned = first == other_last && last == other_first;
            straight || turned || short.concat() == long.concat()
        }
        _ => false,
    }
}

fn bodies(a: &Actor, b: &Actor, ours: &[NameForm], theirs: &[NameForm]) -> bool {
    let (x, y) = (&ours[0], &theirs[0]);
    if a.kind != b.kind {
        // One took for a place what the other took for a body; what no list knows is one all the same.
        return x.folded == y.folded
            && x.folded.chars().count() > 4
            && x.parts.iter().any(|p| unknown(p, FIRST | SURNAME) && !generic(p));
    }
    let served = |short, long| Namer::shipped().is_some_and(|n| body_of_place(short, long, &n.gazetteer));
    if served(x, y) || served(y, x) {
        return false;
    }
    if body(x, y) >= 2 || body(y, x) >= 2 {
        return true;
    }
    // The same acronym or short form, said in both.
    let shared = |f: &NameForm| f.folded.chars().count() > 2 && theirs.iter().any(|g| g.folded == f.folded);
    if ours.iter().any(shared) {
        return true;
    }
    match a.kind {
        ActorType::Place => place_alike(x, y),
        ActorType::Organisation => {
            let any = |short: &[NameForm], long: &NameForm| short.iter().any(|f| mixed_acronym(f, long));
            any(ours, y) || any(theirs, x) || reworded(x, y)
        }
        _ => false,
    }
}

/// Places by their words, what they are left out; one word that no list knows may be spelt otherwise.
fn place_alike(a: &NameForm, b: &NameForm) -> bool {
    let words = |f: &NameForm| -> Vec<String> {
        let mut words: Vec<String> =
            f.parts.iter().filter(|p| !place_word(p) && !SMALL.contains(&p.as_str())).cloned().collect();
        words.order();
        words
    };
    let (x, y) = (words(a), words(b));
    if x.is_empty() || x.len() != y.len() {
        return false;
    }
    let same = |(p, q): (&String, &String)| {
        let spelt = || sound(p).len() > 2 && sound(p) == sound(q) && p.len().abs_diff(q.len()) < 3;
        p == q || spelt() && unknown(p, FIRST | SURNAME) && unknown(q, FIRST | SURNAME)
    };
    let bare = |f: &NameForm, words: &[String]| f.parts.len() == words.len();
    x.iter().zip(&y).all(same)
        && (bare(a, &x) || bare(b, &y) || x.len() > 1 || a.parts.len() == b.parts.len())
}

/// `KUHeS` for `Kamuzu University of Health Sciences`: the capitals of a short word of mixed case.
fn mixed_acronym(short: &NameForm, long: &NameForm) -> bool {
    short.capitals.len() > 1 && !short.acronym && long.initials().contains(&short.capitals)
}

/// Bodies whose telling words are the same, whatever kind of body they are called: "Bank of the Estero" and
/// "Banco del Estero", "National Centre of Seismology" and "National Seismological Centre".
fn reworded(a: &NameForm, b: &NameForm) -> bool {
    let words = |f: &NameForm| -> (Vec<String>, Vec<&'static str>) {
        let (mut telling, mut heads) = (Vec::new(), Vec::new());
        for part in f.parts.iter().filter(|p| !SMALL.contains(&p.as_str())) {
            match HEADS.iter().find(|list| list.contains(&part.as_str())) {
                Some(list) => heads.push(list[0]),
                None if generic(part) => {}
                None => telling.push(part.chars().take(6).collect()),
            }
        }
        telling.order();
        heads.order();
        (telling, heads)
    };
    let ((x, hx), (y, hy)) = (words(a), words(b));
    let letters: usize = x.iter().map(String::len).sum();
    x == y && letters > 4 && hx == hy
}

/// Words for one kind of body.
const HEADS: &[&[&str]] = &[
    &["bank", "banco", "banque", "banca"],
    &["ministry", "ministerio", "ministere", "department"],
    &["party", "partido", "parti", "partei"],
    &["union", "sindicato", "syndicate", "syndicat"],
    &["agency", "authority", "institution", "agencia", "agence"],
    &["university", "universidad", "universidade", "universite"],
    &["court", "tribunal", "corte"],
    &["centre", "center", "centro"],
    &["company", "compania", "compagnie"],
    &["sons", "sohne", "fils", "hijos"],
    &["office", "bureau"],
    &["council", "consejo", "conseil"],
    &["railways", "railway", "rail"],
];
