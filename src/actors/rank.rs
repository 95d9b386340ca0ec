//! How much an article is about each actor.

use super::across::key;
use super::resolve::Scene;
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
        actor.key = key(actor, scene.gazetteer);
    }
    for actor in actors {
        actor.salience /= high.max(1.0);
    }
}
