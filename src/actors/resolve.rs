//! Which mentions are one actor.

use super::{Actor, Form, Mention, NameMention};
use crate::article::Article;
use crate::text::fold::fold;
use std::collections::HashMap;

/// Joins mentions of one name, and of a person's surname, into actors.
pub(super) fn resolve(article: &Article, mentions: &[NameMention]) -> Vec<Actor> {
    let mut actors: Vec<Actor> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut order: Vec<&NameMention> = mentions.iter().collect();
    order.sort_by_key(|m| (std::cmp::Reverse(m.span.of(&article.text).split(' ').count()), m.span.start));
    for mention in order {
        let name = mention.span.of(&article.text);
        let key = fold(name);
        let at = *by_name.entry(key.clone()).or_insert_with(|| {
            actors.push(Actor {
                id: actors.len() as u32,
                name: name.to_owned(),
                kind: mention.kind,
                titles: Vec::new(),
                aliases: Vec::new(),
                mentions: Vec::new(),
                gender: None,
                salience: 0.0,
                key: String::new(),
            });
            actors.len() - 1
        });
        if let Some(surname) = key.rsplit(' ').next().filter(|_| mention.kind == super::ActorType::Person) {
            by_name.entry(surname.to_owned()).or_insert(at);
        }
        actors[at].mentions.push(Mention { span: mention.span, form: Form::Name });
    }
    for actor in &mut actors {
        actor.mentions.sort_by_key(|m| m.span.start);
    }
    actors
}
