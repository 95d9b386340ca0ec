//! Who is meant where no title stands beside a name: who leads a body by the verb, and which firm "the company" is.

use super::describe::{A, AN};
use super::gazetteer::MEDIA;
use super::lexicon::OFFICES;
use super::resolve::Scene;
use super::same::generic;
use super::titles::Titles;
use super::{Actor, ActorType};
use crate::model::{hash_text, hash_texts};

/// Verbs whose subject leads what follows.
const LEADS: [u32; 8] =
    hash_texts(["heads", "leads", "chairs", "runs", "headed", "chaired", "directs", "presides"]);

/// Words that may stand between such a verb and the body's name.
const BETWEEN: [u32; 6] = hash_texts(["the", "a", "an", "over", "'s", "’s"]);

/// Nouns for any firm.
const FIRMS: [u32; 7] =
    hash_texts(["company", "firm", "business", "manufacturer", "corporation", "startup", "maker"]);

const WHO: u32 = hash_text("who");
const COMMA: u32 = hash_text(",");

/// Persons of whom a verb says that they lead a body, and that body: "Moura, who heads the Harbour Agency".
pub(super) fn leading(scene: &Scene<'_>, titles: &Titles<'_>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (n, name) in scene.names.iter().enumerate() {
        if scene.forms[name.form].name.kind != ActorType::Person {
            continue;
        }
        let high = scene.words.blocks[name.block].end;
        let mut at = name.end;
        while at < high && at < name.end + 2 && matches!(titles.low(at), COMMA | WHO) {
            at += 1;
        }
        if at >= high || !titles.is(at, &LEADS) {
            continue;
        }
        at += 1;
        while at < high && titles.is(at, &BETWEEN) {
            at += 1;
        }
        let body = (at < high).then(|| scene.covered[at]).flatten().map(|of| of as usize);
        let led = |of: &usize| {
            matches!(scene.forms[scene.names[*of].form].name.kind, ActorType::Organisation | ActorType::Place)
        };
        if let Some(body) = body.filter(led) {
            out.push((scene.owner[n], scene.owner[body]));
        }
    }
    out
}

/// The one firm that "the company" at `at` may be: the only body named before it in its block and the one before
/// that is no ministry, union or newspaper, where the article names it again and speaks of no other firm since. Between
/// two nothing is guessed.
pub(super) fn only_firm(
    scene: &Scene<'_>,
    titles: &Titles<'_>,
    actors: &[Actor],
    at: usize,
) -> Option<usize> {
    if !titles.is(at, &FIRMS) {
        return None;
    }
    let block = scene.words.blocks.partition_point(|b| b.end <= at);
    let low = scene.words.blocks.get(block.saturating_sub(1))?.start;
    let first = scene.names.partition_point(|n| n.start < low);
    let other = |p: &String| OFFICES.contains(&p.as_str()) || generic(p);
    let (mut one, mut last) = (None, 0);
    for (n, name) in scene.names.iter().enumerate().skip(first).take_while(|(_, name)| name.end <= at) {
        let actor = scene.owner[n];
        let form = &scene.forms[name.form].name;
        let known = scene.words.words[name.start].phrase;
        if actors[actor].kind != ActorType::Organisation || known & MEDIA != 0 || form.parts.iter().any(other)
        {
            continue;
        }
        if one.is_some_and(|one| one != actor) {
            return None;
        }
        (one, last) = (Some(actor), name.end);
    }
    // "A kettle maker is recalling …, the company said" speaks of the maker, whoever was named before.
    let new =
        |i: usize| titles.is(i, &FIRMS) && (i.saturating_sub(5)..i).any(|k| [A, AN].contains(&titles.low(k)));
    one.filter(|&actor| scene.clusters[actor].names.len() > 1 && !(last..at).any(new))
}

/// One key for titles that are one office.
pub(super) fn one_word(key: String) -> String {
    let one = match key.as_str() {
        "ceo" | "chief executive officer" => "chief executive",
        "pm" | "premier" | "head of government" => "prime minister",
        "chairman" | "chairwoman" | "chairperson" => "chair",
        _ => return key,
    };
    one.to_owned()
}
