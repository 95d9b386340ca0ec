//! Titles and descriptions that stand for a named actor: "the minister", "NATO chief", "the alliance".
//!
//! A description is given to an actor only where exactly one fits; between two nothing is guessed.

use super::holders::{leading, one_word, only_firm};
use super::lexicon::{BODIES, LEADERS, SETTLED, may_be_body};
use super::resolve::Scene;
use super::titles::{Title, Titles};
use super::{Actor, ActorType, Form, Gender, Mention};
use crate::model::{hash_text, hash_texts};
use crate::order::Order;
use crate::text::Span;
use crate::text::tokens::TokenKind;

const THE: u32 = hash_text("the");
pub(super) const A: u32 = hash_text("a");
pub(super) const AN: u32 = hash_text("an");
const FORMER: u32 = hash_text("former");
const EX: u32 = hash_text("ex");
const HE: u32 = hash_text("he");
const HIS: u32 = hash_text("his");
const HIM: u32 = hash_text("him");
const SHE: u32 = hash_text("she");
const HER: u32 = hash_text("her");

/// A title that a person holds.
struct Held {
    actor: usize,
    /// Folded words.
    key: String,
    /// The actor whose office it is.
    of: Option<usize>,
    former: bool,
}

/// Adds title and description mentions to the actors they stand for.
pub(super) fn describe(scene: &Scene<'_>, actors: &mut [Actor]) {
    genders(scene, actors);
    let titles = scene.titles();
    let held = held(scene, &titles);
    let mut taken = vec![false; scene.words.words.len()];
    for name in &scene.names {
        for title in &name.titles {
            taken[title.start..title.end].fill(true);
        }
    }
    let mut found: Vec<(usize, Mention, Option<String>)> = Vec::new();
    for (b, block) in scene.words.blocks.iter().enumerate() {
        let mut at = block.start;
        while at < block.end {
            let next = at + 1;
            if scene.covered[at].is_none() && !taken[at] {
                let title = titles
                    .alone(at, block.start, block.end)
                    .filter(|t| !taken[t.start..t.end].contains(&true));
                if let Some(title) = title {
                    at = title.end;
                    if let Some(holder) = holder(scene, &titles, actors, &held, &title, b) {
                        found.push(holder);
                    }
                    continue;
                }
                if let Some((actor, span)) = named_body(scene, &titles, actors, at, block.start) {
                    found.push((actor, Mention { span, form: Form::Description }, None));
                }
            }
            at = next;
        }
    }
    for (actor, mention, title) in found {
        let Some(actor) = actors.get_mut(actor) else { continue };
        if actor.mentions.iter().any(|m| m.span.overlaps(mention.span)) {
            continue;
        }
        actor.mentions.push(mention);
        if let Some(title) = title.filter(|t| !actor.titles.contains(t)) {
            actor.titles.push(title);
        }
    }
    for actor in actors {
        actor.mentions.order_by_key(|m| (m.span.start, m.span.end));
        actor.mentions.dedup_by_key(|m| m.span);
    }
}

fn held(scene: &Scene<'_>, titles: &Titles<'_>) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for (n, name) in scene.names.iter().enumerate() {
        for title in &name.titles {
            let former =
                title.start > 0 && titles.is(title.start - 1, &const { hash_texts(["former", "ex"]) });
            let of = title.of.map(|of| scene.owner[of]);
            held.push(Held { actor: scene.owner[n], key: one_word(titles.key(title)), of, former });
        }
    }
    for (actor, body) in leading(scene, titles) {
        if !held.iter().any(|h| h.of == Some(body)) {
            held.push(Held { actor, key: "head".to_owned(), of: Some(body), former: false });
        }
    }
    held
}

/// Where a description begins: at its article, with what stands between, and whether it says "former".
struct Reach {
    start: usize,
    definite: bool,
    former: bool,
}

fn reach(scene: &Scene<'_>, titles: &Titles<'_>, title: &Title, low: usize) -> Reach {
    let mut start = title.start;
    let mut former = false;
    for _ in 0..6 {
        let Some(before) = start.checked_sub(1).filter(|&b| b >= low) else { break };
        match titles.low(before) {
            THE => return Reach { start: before, definite: true, former },
            FORMER | EX => former = true,
            A | AN => return Reach { start: title.start, definite: false, former },
            _ if scene.covered[before].is_some()
                || scene.words.words[before].kind == TokenKind::Possessive => {}
            _ => break,
        }
        start = before;
    }
    Reach { start: title.start, definite: false, former }
}

fn holder(
    scene: &Scene<'_>,
    titles: &Titles<'_>,
    actors: &[Actor],
    held: &[Held],
    title: &Title,
    block: usize,
) -> Option<(usize, Mention, Option<String>)> {
    let low = scene.words.blocks[block].start;
    let mut reach = reach(scene, titles, title, low);
    let mut office = title.of.map(|of| scene.owner[of]);
    if office.is_none()
        && let Some((body, start)) = described_body(scene, titles, actors, title.start, low)
    {
        office = Some(body);
        reach = Reach { start, definite: true, former: false };
    }
    let written = titles.key(title);
    let key = one_word(written.clone());
    let head = written.rsplit(' ').next().unwrap_or_default().to_owned();
    if !reach.definite && office.is_none() || key.is_empty() {
        return None;
    }
    let gender = super::lexicon::gender_of(&head);
    let fits_gender = |a: usize| gender.is_none() || actors[a].gender.is_none() || actors[a].gender == gender;
    let only = |fits: &dyn Fn(&Held) -> bool| {
        let mut who: Vec<usize> =
            held.iter().filter(|h| fits(h) && fits_gender(h.actor)).map(|h| h.actor).collect();
        who.order();
        who.dedup();
        who
    };
    let settled = |key: &str| key.split(' ').any(|w| SETTLED.contains(&w));
    let leads =
        |h: &Held| h.key.split(' ').any(|w| LEADERS.contains(&w)) && !(settled(&key) && settled(&h.key));
    let same_office = |h: &Held| office.is_none() || h.of.is_none() || h.of == office;
    let steps: [&dyn Fn(&Held) -> bool; 4] = [
        &|h| h.key == key && same_office(h),
        &|h| {
            office.is_some()
                && h.of == office
                && LEADERS.contains(&head.as_str())
                && leads(h)
                && !reach.former
        },
        &|h| h.key.rsplit(' ').next() == Some(head.as_str()) && same_office(h) && h.former == reach.former,
        &|h| office.is_none() && reach.definite && h.key.split(' ').any(|w| w == head) && !reach.former,
    ];
    let mut found = None;
    for fits in steps {
        match only(fits).as_slice() {
            [] => {}
            [one] => {
                found = Some(*one);
                break;
            }
            _ => return None,
        }
    }
    let actor = match found {
        Some(actor) => actor,
        None if reach.former && reach.definite => former(scene, titles, actors, held, title, block)?,
        None => return None,
    };
    let spoken = title.of.map(|of| scene.names[of].mention.span);
    let shown = titles.shown(title, spoken);
    let (span, form) = if reach.definite {
        (scene.tokens(reach.start, title.end), Form::Description)
    } else {
        (scene.tokens(title.start, title.end), Form::Title)
    };
    let shown = if reach.former {
        let words = Span::new(scene.words.words[reach.start].span.start, span.end).of(&scene.article.text);
        let words = words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        shown
    };
    let generic = reach.definite && office.is_none() && !reach.former;
    Some((actor, Mention { span, form }, (!generic).then_some(shown)))
}

/// "The former Dutch Prime Minister had said he …": the one person named before who is not named in the same
/// sentence, holds another office now, and whose gender fits the sentence's pronoun.
fn former(
    scene: &Scene<'_>,
    titles: &Titles<'_>,
    actors: &[Actor],
    held: &[Held],
    title: &Title,
    block: usize,
) -> Option<usize> {
    let range = &scene.words.blocks[block];
    let starts = |at: usize| scene.words.words[at].starts;
    let first = (range.start..=title.start).rev().find(|&at| starts(at)).unwrap_or(range.start);
    let last = (title.end..range.end).find(|&at| starts(at)).unwrap_or(range.end);
    let pronoun = (title.end..last).find_map(|at| match titles.low(at) {
        HE | HIS | HIM => Some(Gender::Male),
        SHE | HER => Some(Gender::Female),
        _ => None,
    });
    let here: Vec<usize> = (0..scene.names.len())
        .filter(|&n| scene.names[n].start >= first && scene.names[n].end <= last)
        .map(|n| scene.owner[n])
        .collect();
    let fits = |a: &usize| {
        let actor = &actors[*a];
        let before = scene.clusters[*a].names.first().is_some_and(|&n| scene.names[n].end <= title.start);
        actor.kind == ActorType::Person
            && before
            && !here.contains(a)
            && held.iter().any(|h| h.actor == *a)
            && (pronoun.is_none() || actor.gender.is_none() || actor.gender == pronoun)
    };
    let mut who = (0..actors.len()).filter(fits);
    let one = who.next()?;
    who.next().is_none().then_some(one)
}

/// "the alliance", "the company": the one body that the noun fits.
fn named_body(
    scene: &Scene<'_>,
    titles: &Titles<'_>,
    actors: &[Actor],
    at: usize,
    low: usize,
) -> Option<(usize, Span)> {
    // "the [transatlantic] alliance"; "an alliance" is another.
    let article = (at.saturating_sub(2).max(low)..at).rev().find(|&i| titles.low(i) == THE)?;
    let noun = titles.folded(at);
    let (_, marks) = BODIES.iter().find(|(n, _)| *n == noun)?;
    if scene.covered[article..at].iter().any(Option::is_some)
        || scene.covered.get(at + 1).is_some_and(Option::is_some)
    {
        return None;
    }
    let mut who: Vec<usize> = (0..actors.len())
        .filter(|&a| may_be_body(actors[a].kind))
        .filter(|&a| {
            let named = |f: &usize| scene.forms[*f].name.parts.iter().any(|p| marks.contains(&p.as_str()));
            scene.clusters[a].names.first().is_some_and(|&n| scene.names[n].start < at)
                && (scene.clusters[a].forms.iter().any(named) || called(scene, titles, a, &noun))
        })
        .collect();
    if who.len() > 1 {
        // The noun itself in the name, or in an apposition, beats a likeness.
        who.retain(|&a| {
            called(scene, titles, a, &noun)
                || scene.clusters[a].forms.iter().any(|&f| scene.forms[f].name.parts.contains(&noun))
        });
    }
    let one = match who.as_slice() {
        [one] => *one,
        [] => only_firm(scene, titles, actors, at)?,
        _ => return None,
    };
    Some((one, scene.tokens(article, at + 1)))
}

/// The body of "the union's leader" whose title begins at `title`, and where its article stands.
fn described_body(
    scene: &Scene<'_>,
    titles: &Titles<'_>,
    actors: &[Actor],
    title: usize,
    low: usize,
) -> Option<(usize, usize)> {
    let noun = title.checked_sub(2).filter(|&at| at >= low)?;
    if scene.words.words[title - 1].kind != TokenKind::Possessive {
        return None;
    }
    let (body, span) = named_body(scene, titles, actors, noun, low)?;
    let start = (low..noun).rev().find(|&at| scene.words.words[at].span.start == span.start)?;
    Some((body, start))
}

/// Whether the text calls the actor so beside its name: "Lindorm, a health company", "the NATO alliance".
fn called(scene: &Scene<'_>, titles: &Titles<'_>, actor: usize, noun: &str) -> bool {
    let noun = hash_text(noun);
    scene.clusters[actor].names.iter().any(|&n| {
        let name = &scene.names[n];
        let range = &scene.words.blocks[name.block];
        let after = name.end..range.end.min(name.end + 6);
        let apposed = titles.low(name.end) == const { hash_text(",") }
            && after
                .clone()
                .skip(1)
                .take_while(|&at| titles.low(at) != const { hash_text(",") })
                .any(|at| titles.low(at) == noun);
        let joined = after.take(2).any(|at| titles.low(at) == noun);
        let before =
            (name.start.saturating_sub(2).max(range.start)..name.start).any(|at| titles.low(at) == noun);
        joined || apposed || before
    })
}

/// Gender by the pronouns that follow a person: only where a sentence names that person alone.
fn genders(scene: &Scene<'_>, actors: &mut [Actor]) {
    let titles = scene.titles();
    let mut votes = vec![[0u32; 2]; actors.len()];
    for block in &scene.words.blocks {
        let (mut last, mut here): (Option<usize>, Vec<usize>) = (None, Vec::new());
        for at in block.clone() {
            let word = &scene.words.words[at];
            if word.starts {
                last = match here.as_slice() {
                    [one] => Some(*one),
                    [] => last,
                    _ => None,
                };
                here.clear();
            }
            if let Some(name) = scene.covered[at] {
                let actor = scene.owner[name as usize];
                if actors[actor].kind == ActorType::Person && !here.contains(&actor) {
                    here.push(actor);
                }
                continue;
            }
            if word.span.len() > 3 {
                continue;
            }
            let side = match titles.low(at) {
                HE | HIS | HIM => 1,
                SHE | HER => 0,
                _ => continue,
            };
            let who = match here.as_slice() {
                [one] => Some(*one),
                [] => last,
                _ => None,
            };
            if let Some(who) = who {
                votes[who][side] += 1;
            }
        }
    }
    for (actor, [she, he]) in actors.iter_mut().zip(votes) {
        if actor.gender.is_none() && actor.kind == ActorType::Person {
            actor.gender = match (she, he) {
                (s, h) if s > 2 * h => Some(Gender::Female),
                (s, h) if h > 2 * s => Some(Gender::Male),
                _ => None,
            };
        }
    }
}
