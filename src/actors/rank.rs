//! How much an article is about each actor, and the key that names it across articles.

use super::lexicon::{PARTICLES, canonical};
use super::resolve::Scene;
use super::same::{NameForm, body, person};
use super::{Actor, ActorType, Form};
use crate::article::BlockKind;

/// Sets salience and keys.
pub(super) fn rank(scene: &Scene<'_>, actors: &mut [Actor]) {
    let blocks = &scene.article.blocks;
    let headline = blocks.iter().find(|b| b.kind == BlockKind::Headline).map(|b| b.span);
    let lead: Vec<_> =
        blocks.iter().filter(|b| b.kind != BlockKind::Headline).take(2).map(|b| b.span).collect();
    let mut high = 0f32;
    for actor in actors.iter_mut() {
        let counted = actor.mentions.iter().filter(|m| m.form != Form::Title);
        let mut weight = 0.0;
        for mention in counted {
            weight += if headline.is_some_and(|h| h.contains(mention.span)) {
                3.0
            } else if lead.iter().any(|l| l.contains(mention.span)) {
                1.5
            } else {
                1.0
            };
        }
        // Demonyms and the like are seldom what an article is about; places often only where it happens.
        weight *= match actor.kind {
            ActorType::Person | ActorType::Organisation => 1.0,
            ActorType::Place => 0.6,
            ActorType::Other => 0.3,
        };
        actor.salience = weight;
        high = high.max(weight);
        actor.key = key(actor);
    }
    for actor in actors {
        actor.salience /= high.max(1.0);
    }
}

/// The key under which an actor is the same in every article; empty where the name alone is too weak.
///
/// - A person: first name and surname, folded, middle names and initials left out: `p:rita moura`. One name
///   alone gives no key.
/// - An organisation or other name: the folded name without "the", dots and endings like Inc, well-known
///   acronyms in their usual form: `o:nato`, `o:lindorm health`.
/// - A place likewise: `l:united states`.
///
/// Two actors of two articles are the same where their keys are equal and not empty.
pub(super) fn key(actor: &Actor) -> String {
    let form = NameForm::new(&actor.name, actor.kind);
    let whole = form.parts.join(" ");
    match actor.kind {
        ActorType::Person => {
            let full: Vec<&str> = form.parts.iter().map(String::as_str).collect();
            let [first, .., last] = full.as_slice() else { return String::new() };
            let mut surname = full.len() - 1;
            while surname > 1 && PARTICLES.contains(&full[surname - 1]) {
                surname -= 1;
            }
            if first.chars().count() < 2 || last.chars().count() < 2 {
                return String::new();
            }
            format!("p:{first} {}", full[surname..].join(" "))
        }
        ActorType::Organisation => format!("o:{}", canonical(&whole)),
        ActorType::Place => format!("l:{}", canonical(&whole)),
        ActorType::Other => format!("m:{whole}"),
    }
}

/// Whether actors of two articles that tell one story are the same: any form of the one name fits a form of
/// the other as it would within one article, by more than a generic or middle word. Within a story this is
/// far surer than between any two articles; for those compare [`Actor::key`].
pub fn same_in_story(a: &Actor, b: &Actor) -> bool {
    if !a.key.is_empty() && a.key == b.key {
        return true;
    }
    if (a.kind == ActorType::Person) != (b.kind == ActorType::Person) {
        return false;
    }
    let clash = a.gender.is_some() && b.gender.is_some() && a.gender != b.gender;
    let forms = |actor: &Actor| -> Vec<NameForm> {
        std::iter::once(&actor.name)
            .chain(&actor.aliases)
            .map(|name| NameForm::new(name, actor.kind))
            .collect()
    };
    let (ours, theirs) = (forms(a), forms(b));
    let (Some(x), Some(y)) = (ours.first(), theirs.first()) else { return false };
    if a.kind == ActorType::Person {
        return !clash && (person(x, y) >= 2 || person(y, x) >= 2);
    }
    if a.kind == b.kind && (body(x, y) >= 2 || body(y, x) >= 2) {
        return true;
    }
    // The same acronym or short form, said in both.
    let shared = |f: &NameForm| f.folded.chars().count() > 2 && theirs.iter().any(|g| g.folded == f.folded);
    a.kind == b.kind && ours.iter().any(shared)
}
