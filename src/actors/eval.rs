//! Measures names and identity by the scorer's own definitions: typed F1, B-cubed over the names that both
//! sides have, and how often two articles agree that an actor is the same.

use super::data::Marked;
use super::names::Namer;
use super::resolve::resolve_with;
use super::tokens::Words;
use super::{Actor, ActorType, Form, identity, same_in_story};
use std::collections::{BTreeMap, HashMap};

/// Counts of right, given and wanted names, and of names that are with their like.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    right: [usize; 3],
    given: [usize; 3],
    wanted: [usize; 3],
    untyped: usize,
    both: usize,
    precision: f64,
    recall: f64,
    /// Story, article, marked id, actor.
    actors: Vec<(String, String, String, Actor)>,
    /// Names that are apart from their like, or with others: for reading.
    pub wrong: Vec<String>,
}

fn f1(right: usize, given: usize, wanted: usize) -> f64 {
    2.0 * right as f64 / (given + wanted).max(1) as f64
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

const fn placed(kind: ActorType) -> bool {
    !matches!(kind, ActorType::Other)
}

impl Tally {
    /// Reads a text with the scorer and adds it.
    pub fn add(&mut self, namer: &Namer, text: &Marked) {
        let words = Words::new(&text.article, &namer.gazetteer);
        let names = namer.name_words(&text.article.text, &words);
        let actors = resolve_with(&text.article, &names, &words, &namer.gazetteer);
        self.add_actors(text, &actors);
    }

    fn add_actors(&mut self, text: &Marked, actors: &[Actor]) {
        let judged = |at: usize| {
            let block = text.article.blocks.iter().position(|b| b.span.start <= at && at < b.span.end);
            block.is_none_or(|b| text.judged[b])
        };
        let wanted: HashMap<_, _> = text
            .names
            .iter()
            .filter(|n| placed(n.1))
            .map(|(span, kind, id)| ((span.start, span.end), (*kind, id.as_deref().unwrap_or_default())))
            .collect();
        for (kind, _) in wanted.values() {
            self.wanted[*kind as usize] += 1;
        }
        let mut given: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for actor in actors.iter().filter(|a| placed(a.kind)) {
            for mention in &actor.mentions {
                if mention.form == Form::Name && judged(mention.span.start) {
                    given.insert((mention.span.start, mention.span.end), actor.id);
                }
            }
        }
        let (mut ours, mut theirs): (HashMap<u32, Vec<_>>, HashMap<&str, Vec<_>>) = Default::default();
        for (place, actor) in &given {
            let kind = actors[*actor as usize].kind as usize;
            self.given[kind] += 1;
            if let Some((want, id)) = wanted.get(place) {
                self.untyped += 1;
                self.right[kind] += usize::from(*want as usize == kind);
                ours.entry(*actor).or_default().push(*place);
                theirs.entry(id).or_default().push(*place);
            }
        }
        for (actor, places) in &ours {
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            for place in places {
                let id = wanted[place].1;
                let common = theirs[id].iter().filter(|p| places.contains(p)).count();
                self.both += 1;
                self.precision += share(common, places.len());
                self.recall += share(common, theirs[id].len());
                *votes.entry(id).or_default() += 1;
                if common < places.len() || common < theirs[id].len() {
                    let words = &text.article.text[place.0..place.1];
                    let with = &actors[*actor as usize].name;
                    self.wrong.push(format!("{} [{words}] is {id}, given to {with:?}", text.id));
                }
            }
            if let Some((id, _)) = votes.iter().max_by_key(|(_, count)| **count) {
                let actor = actors[*actor as usize].clone();
                self.actors.push((text.story.clone(), text.id.clone(), (*id).to_owned(), actor));
            }
        }
    }

    /// F1 of names with their kinds.
    pub fn typed(&self) -> f64 {
        f1(self.right.iter().sum(), self.given.iter().sum(), self.wanted.iter().sum())
    }

    /// B-cubed F1 over the names that both sides have.
    pub fn identity(&self) -> f64 {
        let (p, r) = (self.precision / self.both.max(1) as f64, self.recall / self.both.max(1) as f64);
        2.0 * p * r / (p + r).max(1e-9)
    }

    /// Pairs of actors in two articles of one story: precision and recall of what `same` says.
    pub fn across(&self, same: impl Fn(&Actor, &Actor) -> bool) -> (f64, f64) {
        let (mut right, mut given, mut wanted) = (0, 0, 0);
        for (at, (story, article, id, actor)) in self.actors.iter().enumerate() {
            for (_, _, other_id, other) in
                self.actors[at + 1..].iter().filter(|b| b.0 == *story && b.1 != *article)
            {
                let marked = id == other_id && !id.is_empty();
                let said = same(actor, other);
                wanted += usize::from(marked);
                given += usize::from(said);
                right += usize::from(marked && said);
            }
        }
        (share(right, given), share(right, wanted))
    }

    /// Pairs of actors in two articles of one story on which `same` errs, by how often: for reading.
    pub fn apart(&self, same: impl Fn(&Actor, &Actor) -> bool) -> Vec<String> {
        let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (story, article, id, actor)) in self.actors.iter().enumerate() {
            let others = self.actors[at + 1..].iter().filter(|b| b.0 == *story && b.1 != *article);
            for (_, _, other_id, other) in others {
                let marked = id == other_id && !id.is_empty();
                if marked != same(actor, other) {
                    let sign = if marked { "apart" } else { "JOINED" };
                    let said = |a: &Actor| format!("{} {:?} {:?}", a.key, a.name, a.aliases);
                    let mut pair = [said(actor), said(other)];
                    pair.sort();
                    *wrong
                        .entry(format!("{sign} {id}/{other_id}: {} || {}", pair[0], pair[1]))
                        .or_default() += 1;
                }
            }
        }
        let mut lines: Vec<(usize, String)> = wrong.into_iter().map(|(pair, count)| (count, pair)).collect();
        lines.sort_by(|a, b| b.cmp(a));
        lines.into_iter().map(|(count, pair)| format!("{count} {pair}")).collect()
    }

    /// One line of figures.
    pub fn line(&self) -> String {
        let (given, wanted) = (self.given.iter().sum::<usize>(), self.wanted.iter().sum::<usize>());
        let right = self.right.iter().sum::<usize>();
        let each: Vec<String> =
            (0..3).map(|k| format!("{:.4}", f1(self.right[k], self.given[k], self.wanted[k]))).collect();
        let (p, r) = self.across(|a, b| !a.key.is_empty() && identity(&a.key) == identity(&b.key));
        let (sp, sr) = self.across(same_in_story);
        format!(
            "typed {:.4} (P {:.4} R {:.4}) untyped {:.4}  person/organisation/place {}  B3 {:.4}  key P {p:.4} R {r:.4}  same in story P {sp:.4} R {sr:.4}",
            self.typed(),
            share(right, given),
            share(right, wanted),
            f1(self.untyped, given, wanted),
            each.join(" "),
            self.identity(),
        )
    }
}

/// Measures a scorer on marked texts.
pub fn measure<'t>(namer: &Namer, texts: impl IntoIterator<Item = &'t Marked>) -> Tally {
    let mut tally = Tally::default();
    for text in texts {
        tally.add(namer, text);
    }
    tally
}
