//! Whom a pronoun that speaks stands for.

use super::phrases::What;
use super::ranker::step;
use super::scene::Scene;
use super::words::{Kind, NONE};
use crate::actors::{ActorType, Form, Gender};
use crate::model::{Feature, Features, Model};

/// How many actors a pronoun is weighed against.
const MOST: usize = 12;

/// How many mentions back a pronoun looks.
const BACK: usize = 60;

/// The actors that have spoken so far, last first.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    pub(super) last: Vec<u32>,
}

impl Spoken {
    /// Enters who spoke just now.
    pub(super) fn say(&mut self, actor: u32) {
        self.last.retain(|&a| a != actor);
        self.last.insert(0, actor);
        self.last.truncate(6);
    }
}

struct Antecedent {
    actor: u32,
    name: usize,
    /// Persons that fit met between it and the pronoun.
    order: usize,
}

impl Scene<'_> {
    /// The actors that the pronoun at `token` may stand for, each with its features.
    pub(super) fn antecedents(&self, token: usize, spoken: &Spoken) -> (Vec<u32>, Features) {
        let word = self.words.lower(token);
        let mut features = Features::new();
        let mut found: Vec<Antecedent> = Vec::new();
        let end = self.names.partition_point(|n| n.first < token);
        let plural = matches!(word, "they" | "it" | "we");
        for at in (end.saturating_sub(BACK)..end).rev() {
            let n = self.names[at];
            if n.form == Form::Title || found.iter().any(|a| a.actor == n.actor) {
                continue;
            }
            let kind = self.kind_of(n.actor);
            let fits = match kind {
                ActorType::Person => word != "it" && !self.clashes(n.actor, word),
                ActorType::Organisation => plural,
                ActorType::Place | ActorType::Other => false,
            };
            if fits {
                let order = found.len();
                found.push(Antecedent { actor: n.actor, name: at, order });
                if found.len() >= MOST {
                    break;
                }
            }
        }
        for a in &found {
            self.describe_antecedent(token, a, found.len(), spoken, &mut features);
        }
        (found.into_iter().map(|a| a.actor).collect(), features)
    }

    fn clashes(&self, actor: u32, word: &str) -> bool {
        match self.actors.get(actor as usize).and_then(|a| a.gender) {
            Some(Gender::Female) => word == "he",
            Some(Gender::Male) => word == "she",
            None => false,
        }
    }

    fn describe_antecedent(
        &self,
        token: usize,
        a: &Antecedent,
        all: usize,
        spoken: &Spoken,
        f: &mut Features,
    ) {
        let n = self.names[a.name];
        let t = self.words.tokens[token];
        let m = self.words.tokens[n.first];
        let known = self.actors.get(n.actor as usize).is_some_and(|a| a.gender.is_some());
        let kind = self.kind_of(n.actor) as u32;
        let word = crate::model::hash_text(self.words.lower(token));
        let sentences = step(t.sentence.abs_diff(m.sentence) as usize);
        let blocks = step(t.block.abs_diff(m.block) as usize);
        let turn = spoken.last.iter().position(|&s| s == n.actor).map_or(9, |p| p.min(3) as u32);
        let order = a.order.min(4) as u32;
        // Where the actor last stood: first in its sentence, in a quotation, owned, after a preposition.
        let quoted = m.quote != NONE && m.quote != t.quote;
        let from = self.sentences.get(m.sentence as usize).map_or(n.first, |s| s.0);
        let lead = n.first.saturating_sub(from).min(30);
        let owner = self.words.tokens.get(n.last + 1).is_some_and(|t| t.kind == Kind::Possessive);
        let before = n.first.checked_sub(1).map_or("", |b| self.words.lower(b));
        let prep = super::grammar::preposition(before);
        let names_before = self.names[..a.name]
            .iter()
            .rev()
            .take_while(|x| x.first >= from)
            .filter(|x| self.kind_of(x.actor) == ActorType::Person && x.actor != n.actor)
            .count();
        let role = u32::from(quoted)
            | u32::from(owner) << 1
            | u32::from(prep) << 2
            | u32::from(names_before == 0) << 3
            | u32::from(lead < 8) << 4;
        let mentions = step(self.actors.get(n.actor as usize).map_or(0, |a| a.mentions.len()));
        let subject = u32::from(self.is_subject(n.first, n.last))
            | u32::from(!quoted && self.leads(m.sentence, n.first)) << 1;
        let same = u32::from(t.block == m.block);
        // First names' endings lean to one gender.
        let first = self
            .actors
            .get(n.actor as usize)
            .map_or("", |a| a.name.split([' ', '-']).next().unwrap_or(""))
            .to_lowercase();
        let person = self.kind_of(n.actor) == ActorType::Person && !known && first.chars().count() > 2;
        let tail = |n: usize| first.char_indices().rev().nth(n - 1).map_or("", |(i, _)| &first[i..]);
        if person {
            f.push(Feature::new(53).number(word).text(tail(1)));
            f.push(Feature::new(54).number(word).text(tail(2)));
            f.push(Feature::new(55).number(word).text(&first));
            f.push(Feature::new(56).number(word).text(tail(3)));
        }
        for feature in [
            Feature::new(40).number(order).number(all.min(4) as u32),
            Feature::new(41).number(sentences).number(same),
            Feature::new(42).number(blocks),
            Feature::new(43).number(turn).number(same),
            Feature::new(44).number(role).number(sentences),
            Feature::new(45).number(kind).number(word),
            Feature::new(46).number(u32::from(known)).number(order),
            Feature::new(47).number(mentions),
            Feature::new(48).number(subject).number(sentences),
            Feature::new(49).number(turn).number(order).number(sentences.min(3)),
            Feature::new(50).number(role),
            Feature::new(51).number(subject).number(turn).number(same),
            Feature::new(52).number(subject).number(order).number(role),
        ] {
            f.push(feature);
        }
        f.end_item();
    }

    /// Whether the mention that begins at token `first` is the subject of sentence `s`.
    fn leads(&self, s: u32, first: usize) -> bool {
        let Some(&(from, to)) = self.sentences.get(s as usize) else { return false };
        let v = self.view(from, to.min(from + 400), NONE);
        self.clause_subject(&v, v.len()).is_some_and(|p| p.first == first)
    }

    /// Whether a finite verb follows the mention at once, past an aside.
    fn is_subject(&self, first: usize, last: usize) -> bool {
        let mut i = last + 1;
        let block = self.words.tokens[first].block;
        if self.words.lower(i) == "," {
            // Past one aside.
            let close = (i + 1..i + 20).find(|&k| self.words.lower(k) == ",");
            i = close.map_or(i, |c| c + 1);
        }
        self.words.tokens.get(i).is_some_and(|t| {
            t.block == block
                && t.kind == Kind::Word
                && !t.capital
                && (super::grammar::auxiliary(self.words.lower(i))
                    || super::grammar::common_verb(self.words.lower(i))
                    || self.words.cue(i).is_some()
                    || self.words.lower(i).ends_with("ed"))
        })
    }

    /// The actor that the pronoun at `token` most likely stands for, with how likely.
    pub(super) fn resolve(&self, token: usize, spoken: &Spoken, model: &Model) -> Option<(u32, f32)> {
        let (actors, features) = self.antecedents(token, spoken);
        let likely = model.rank(&features);
        let best = (0..actors.len()).max_by(|&a, &b| likely[a].total_cmp(&likely[b]))?;
        Some((actors[best], likely[best]))
    }

    /// Whether a phrase is a pronoun that can be led back to a named actor.
    pub(super) fn third_person(&self, what: What, token: usize) -> bool {
        what == What::Pronoun && matches!(self.words.lower(token), "he" | "she" | "they" | "it")
    }
}
