//! Whom a pronoun that speaks stands for.

use super::evidence::WINDOW;
use super::given::fits;
use super::grammar::{preposition, speaker_noun};
use super::kin::{can_speak, female, male};
use super::phrases::{Phrase, What};
use super::ranker::step;
use super::scene::{Name, Scene};
use super::told::Spoken;
use super::words::{Kind, NONE};
use crate::actors::{ActorType, Form, Gender};
use crate::model::{Feature, Features, Model};

/// How many actors a pronoun is weighed against.
const MOST: usize = 12;

/// How many mentions back a pronoun looks.
const BACK: usize = 60;

/// A pronoun stands for nobody that is named from this likelihood on.
const NOBODY: f32 = 0.75;

/// A description stands for a person from this likelihood on.
const DESCRIBED: f32 = 0.5;

/// The form of a pronoun as a subject.
fn subject_form(word: &str) -> &str {
    match word {
        "him" | "his" => "he",
        "her" => "she",
        "them" | "their" => "they",
        "its" => "it",
        other => other,
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
        let word = subject_form(self.words.lower(token));
        let mut features = Features::new();
        let mut found: Vec<Antecedent> = Vec::new();
        let end = self.names.partition_point(|n| n.first < token);
        let plural = matches!(word, "they" | "it" | "we");
        for at in (end.saturating_sub(BACK)..end).rev() {
            let n = self.names[at];
            if n.form == Form::Title || self.byline(&n) || found.iter().any(|a| a.actor == n.actor) {
                continue;
            }
            let kind = self.kind_of(n.actor);
            let fits = match kind {
                ActorType::Person => word != "it" && !self.clashes(n.actor, word) && !self.a_thing(&n),
                ActorType::Organisation => plural,
                ActorType::Place | ActorType::Other => false,
            };
            // A name taken for something else that just did something: "Washington Recinos warned … he".
            let fits = fits
                || kind != ActorType::Person
                    && matches!(word, "he" | "she")
                    && n.form == Form::Name
                    && n.last > n.first
                    && !n.first.checked_sub(1).is_some_and(|b| preposition(self.words.lower(b)))
                    && self.words.tokens[token].sentence.abs_diff(self.words.tokens[n.first].sentence) <= 1
                    && self.is_subject(n.first, n.last);
            if fits {
                let order = found.len();
                found.push(Antecedent { actor: n.actor, name: at, order });
                if found.len() >= MOST {
                    break;
                }
            }
        }
        if let Some(at) = self.introduced(token).filter(|_| matches!(word, "he" | "she")) {
            let actor = self.names[at].actor;
            if !self.clashes(actor, word) && !found.iter().any(|a| a.actor == actor) {
                found.push(Antecedent { actor, name: at, order: found.len() });
            }
        }
        for a in &found {
            self.describe_antecedent(token, a, found.len(), spoken, &mut features);
        }
        (found.into_iter().map(|a| a.actor).collect(), features)
    }

    /// The mention that begins the sentence after that of `token`, of a person not named before: "she told
    /// us. Rita Moura, 61, sells fish."
    fn introduced(&self, token: usize) -> Option<usize> {
        let t = self.words.tokens[token];
        let &(from, to) = self.sentences.get(t.sentence as usize + 1)?;
        let at = self.names.partition_point(|n| n.first < from);
        let n = self.names.get(at).filter(|n| n.first < to && n.first <= from + 2)?;
        let here = self.words.tokens[n.first];
        let new = n.form == Form::Name
            && here.quote == NONE
            && here.block == t.block
            && self.kind_of(n.actor) == ActorType::Person
            && !self.names[..at].iter().rev().take(400).any(|x| x.actor == n.actor);
        new.then_some(at)
    }

    /// Whether a name stands as that of a thing: "a scholarship to the Bartlett".
    fn a_thing(&self, n: &Name) -> bool {
        n.first == n.last
            && n.first.checked_sub(1).is_some_and(|t| self.words.lower(t) == "the")
            && self.actors.get(n.actor as usize).is_some_and(|a| a.mentions.len() < 3)
    }

    pub(super) fn clashes(&self, actor: u32, word: &str) -> bool {
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
        let word = crate::model::hash_text(subject_form(self.words.lower(token)));
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
        let since = if turn == 0 { t.sentence.saturating_sub(spoken.sentence).min(4) } else { 9 };
        let ahead = order.min(2);
        // First names' endings lean to one gender.
        let first = self
            .actors
            .get(n.actor as usize)
            .map_or("", |a| a.name.split([' ', '-']).next().unwrap_or(""))
            .to_lowercase();
        let person = self.kind_of(n.actor) == ActorType::Person && !known && first.chars().count() > 2;
        let given = fits(&first, subject_form(self.words.lower(token)));
        let tail = |n: usize| first.char_indices().rev().nth(n - 1).map_or("", |(i, _)| &first[i..]);
        if person {
            f.push(Feature::new(53).number(word).text(tail(1)));
            f.push(Feature::new(54).number(word).text(tail(2)));
            f.push(Feature::new(55).number(word).text(&first));
            f.push(Feature::new(56).number(word).text(tail(3)));
        }
        let after = u32::from(n.first > token);
        let own = self.quoted_name(t.sentence, n.actor);
        let (so, otherwise) = spoken.leaning(n.actor, subject_form(self.words.lower(token)));
        for feature in [
            Feature::new(143).number(so).number(otherwise),
            Feature::new(144).number(so.min(1)).number(otherwise.min(1)).number(ahead).number(turn),
            Feature::new(147).number(after).number(sentences).number(u32::from(turn == 0)),
            Feature::new(145).number(given).number(u32::from(known)),
            Feature::new(146).number(given).number(ahead).number(turn),
            Feature::new(180).number(own).number(u32::from(t.quote == NONE)),
            Feature::new(181).number(own).number(turn).number(ahead),
            Feature::new(57).number(since).number(ahead),
            Feature::new(58).number(since).number(subject),
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

    /// Whether a quotation of sentence `s` names the actor: hardly anybody speaks of themselves by name.
    fn quoted_name(&self, s: u32, actor: u32) -> u32 {
        let Some(&(from, to)) = self.sentences.get(s as usize) else { return 0 };
        let at = self.names.partition_point(|n| n.first < from);
        let mut inside = self.names[at..].iter().take(WINDOW).take_while(|n| n.first < to);
        u32::from(
            inside.any(|n| {
                n.actor == actor && n.form == Form::Name && self.words.tokens[n.first].quote != NONE
            }),
        )
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

    /// The actors that the pronoun at `token` may stand for, each with its features; the last item is for
    /// somebody else.
    pub(super) fn meant(&self, token: usize, spoken: &Spoken) -> (Vec<u32>, Features) {
        let (actors, mut features) = self.antecedents(token, spoken);
        let word = subject_form(self.words.lower(token));
        let nameless = self.nameless(token, word);
        let few = actors.len().min(3) as u32;
        features.push(Feature::new(148).text(word).number(few));
        features.push(Feature::new(149).number(nameless).number(few));
        features.push(Feature::new(139).number(nameless));
        features.end_item();
        (actors, features)
    }

    /// The actor that the pronoun at `token` most likely stands for, with how likely.
    pub(super) fn resolve(&self, token: usize, spoken: &Spoken, model: &Model) -> Option<(u32, f32)> {
        let (actors, features) = self.meant(token, spoken);
        let likely = model.rank(&features);
        let best = (0..actors.len()).max_by(|&a, &b| likely[a].total_cmp(&likely[b]))?;
        let other = likely.last().copied().unwrap_or(1.0);
        (other < NOBODY).then(|| (actors[best], likely[best]))
    }

    /// The persons that the description ending at `token` may stand for, each with its features; the last
    /// item is for somebody who is not named.
    pub(super) fn describable(&self, token: usize, spoken: &Spoken) -> (Vec<u32>, Features) {
        let (actors, mut features) = self.antecedents(token, spoken);
        let head = self.words.lower(token);
        let people = u32::from(speaker_noun(head));
        // "the 54-year-old teacher"
        let old = |t: &usize| self.words.lower(*t).ends_with("-old");
        let age = u32::from((token.saturating_sub(3)..=token).any(|t| old(&t)));
        features.push(Feature::new(76).number(people).number(age));
        features.push(Feature::new(77).text(head));
        features.push(Feature::new(75).number(actors.len().min(4) as u32));
        features.end_item();
        (actors, features)
    }

    /// The person that the description ending at `token` stands for, where that is likely.
    pub(super) fn described(&self, token: usize, spoken: &Spoken, model: &Model) -> Option<(u32, f32)> {
        let (actors, features) = self.describable(token, spoken);
        let likely = model.rank(&features);
        let best = (0..actors.len()).max_by(|&a, &b| likely[a].total_cmp(&likely[b]))?;
        (likely[best] >= DESCRIBED).then(|| (actors[best], likely[best]))
    }

    /// The person without a name who leads the sentence before the pronoun at `token`, in the same paragraph:
    /// "The father shrugs. “Soon,” he says."
    pub(super) fn unnamed_leader(&self, token: usize) -> Option<Phrase> {
        let t = self.words.tokens[token];
        let word = subject_form(self.words.lower(token));
        if !matches!(word, "he" | "she") {
            return None;
        }
        for back in 1..=3 {
            let &(from, to) = self.sentences.get(t.sentence.checked_sub(back)? as usize)?;
            if self.words.tokens[from].block != t.block {
                return None;
            }
            let v = self.view(from, to.min(from + WINDOW), NONE);
            let Some(p) = self.clause_subject(&v, v.len()) else { continue };
            match p.what {
                What::Nominal => {
                    let named = v.iter().any(|&i| {
                        self.bare_name(i).is_some_and(|n| self.kind_of(n.actor) == ActorType::Person)
                    });
                    // "Giving evidence last week, the boy said": what leads the sentence may be an aside.
                    let leads = p.first.checked_sub(1).is_some_and(|t| self.words.lower(t) == ",");
                    if named || v.first() != Some(&p.first) && !leads {
                        return None;
                    }
                    let head = self.words.lower(p.last);
                    let other = if word == "he" { female(head) } else { male(head) };
                    let one = !head.ends_with('s') && p.first < p.last;
                    return (one && can_speak(head) && !other).then_some(p);
                }
                What::Pronoun if subject_form(self.words.lower(p.first)) == word => {}
                _ => return None,
            }
        }
        None
    }

    /// The phrase whose last word is token `i`, seen by itself.
    pub(super) fn phrase_at(&self, i: usize) -> Option<Phrase> {
        let t = self.words.tokens.get(i)?;
        let v: Vec<usize> = (i.saturating_sub(8)..=i)
            .filter(|&k| self.words.tokens[k].quote == t.quote && self.words.tokens[k].block == t.block)
            .collect();
        self.phrase_ending(&v, v.len().checked_sub(1)?)
    }

    /// Whether a phrase is a pronoun that can be led back to a named actor.
    pub(super) fn third_person(&self, what: What, token: usize) -> bool {
        what == What::Pronoun && matches!(subject_form(self.words.lower(token)), "he" | "she" | "they" | "it")
    }
}
