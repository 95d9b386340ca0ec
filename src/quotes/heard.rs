//! Speakers become actors: unnamed ones of their own, pronouns and descriptions that speak as mentions.

use super::Quote;
use super::introduced::group;
use super::phrases::What;
use super::scene::Scene;
use super::speaker::Said;
use super::unnamed::Who;
use crate::actors::{Actor, ActorType, Form, Mention};
use crate::text::Span;

/// A speaker who has no actor yet.
#[derive(Debug)]
pub(super) struct Unnamed {
    /// The phrase's last token, by which [`Who::Unnamed`] knows it.
    token: usize,
    span: Span,
    kind: ActorType,
    form: Form,
}

/// The unnamed speakers of an article, in order, each phrase once.
pub(super) fn hear(scene: &Scene, said: &[Said]) -> Vec<Unnamed> {
    let mut out: Vec<Unnamed> = Vec::new();
    for s in said {
        let (Who::Unnamed(token), Some(said)) = (s.who, s.phrase) else { continue };
        if out.iter().any(|u| u.token == token) {
            continue;
        }
        let Some(p) = (if said.last == token { Some(said) } else { scene.phrase_at(token) }) else {
            continue;
        };
        let span = scene.whole(p);
        let (kind, form) = match p.what {
            What::Run => (ActorType::Other, Form::Name),
            _ if group(scene.words.lower(p.last)) => (ActorType::Organisation, Form::Description),
            _ => (ActorType::Person, Form::Description),
        };
        out.push(Unnamed { token, span, kind, form });
    }
    out
}

/// Adds unnamed speakers and speaking mentions to `actors` and gives the quotations their speakers.
pub(super) fn enter(
    unnamed: Vec<Unnamed>,
    said: Vec<Said>,
    text: &str,
    actors: &mut Vec<Actor>,
) -> Vec<Quote> {
    let mut ids: Vec<(usize, u32)> = Vec::new();
    for u in unnamed {
        let name = u.span.of(text);
        // The same words are the same speaker: "my mother" twice, "the head of the school" and "the head".
        let same = actors.iter().find(|a| a.key.is_empty() && same(&a.name, name)).map(|a| a.id);
        let id = same.unwrap_or(actors.len() as u32);
        let mention = Mention { span: u.span, form: u.form };
        if let Some(actor) = actors.get_mut(id as usize) {
            add(actor, mention);
        } else {
            actors.push(Actor {
                id,
                name: name.to_owned(),
                kind: u.kind,
                titles: Vec::new(),
                aliases: Vec::new(),
                mentions: vec![mention],
                gender: None,
                salience: 0.0,
                key: String::new(),
            });
        }
        ids.push((u.token, id));
    }
    let id_of = |who: Who| match who {
        Who::Actor(id) => Some(id),
        Who::Unnamed(token) => ids.iter().find(|i| i.0 == token).map(|i| i.1),
        Who::Unknown => None,
    };
    let mut out = Vec::with_capacity(said.len());
    for s in said {
        let speaker = id_of(s.who);
        // "A Chelsea spokesman" holds the name of another: no mention of whoever speaks.
        let alone = |span: Span| !actors.iter().any(|a| Some(a.id) != speaker && stands(a, span));
        if let (Some(id), Some(p), Some(span)) = (speaker, s.phrase, s.mention)
            && alone(span)
            && let Some(actor) = actors.get_mut(id as usize)
        {
            let form = match p.what {
                What::Pronoun => Some(Form::Pronoun),
                What::Nominal => Some(Form::Description),
                _ if p.who.is_some() => Some(Form::Pronoun),
                _ => None,
            };
            // A spokesperson's words are the body's, but "a spokesman" is not its name.
            if let Some(form) = form.filter(|f| {
                *f == Form::Pronoun || actor.kind == ActorType::Person || span.of(text).starts_with("the ")
            }) {
                add(actor, Mention { span, form });
            }
        }
        let candidates = s.others.iter().filter_map(|&(who, p)| Some((id_of(who)?, p))).collect();
        out.push(Quote {
            span: s.span,
            kind: s.kind,
            speaker,
            speaker_mention: s.mention,
            cue: s.cue,
            confidence: s.confidence.clamp(0.0, 1.0),
            candidates,
        });
    }
    out
}

/// Whether `name` is `known`, or the beginning of it before "of" or "for".
fn same(known: &str, name: &str) -> bool {
    known.get(..name.len()).is_some_and(|k| k.eq_ignore_ascii_case(name))
        && (known.len() == name.len()
            || known[name.len()..].starts_with(" of ")
            || known[name.len()..].starts_with(" for "))
}

/// Whether a mention of the actor stands in `span`.
fn stands(actor: &Actor, span: Span) -> bool {
    let at = actor.mentions.partition_point(|m| m.span.start < span.start);
    let near = [at.checked_sub(1), Some(at)].into_iter().flatten();
    near.filter_map(|i| actor.mentions.get(i)).any(|m| m.span.overlaps(span))
}

/// Adds a mention in its place, unless one stands there already.
fn add(actor: &mut Actor, mention: Mention) {
    if !stands(actor, mention.span) {
        let at = actor.mentions.partition_point(|m| m.span.start < mention.span.start);
        actor.mentions.insert(at, mention);
    }
}
