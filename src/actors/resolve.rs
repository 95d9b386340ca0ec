//! Which mentions are one actor: the fullest names first, then each shorter form to the one it fits.

use super::describe::describe;
use super::gazetteer::Gazetteer;
use super::lexicon::gender_of;
use super::names::Namer;
use super::same::{NameForm, body, body_of_place, person};
use super::titles::{Title, Titles};
use super::tokens::Words;
use super::{Actor, ActorType, Form, Gender, Mention, NameMention, rank};
use crate::article::Article;
use crate::order::Order;
use crate::text::Span;
use std::collections::HashMap;

/// Actors that a further form is held against, and above which nothing is described: a page with more
/// names than this is a list, and reading it must stay linear.
const MOST: usize = 1500;

/// Forms of one actor that a further form is held against: near spellings of one name have no end.
const SPELLINGS: usize = 24;

/// A name in the text with what stands around it.
#[derive(Debug)]
pub(super) struct Name {
    pub mention: NameMention,
    /// Tokens.
    pub start: usize,
    pub end: usize,
    /// Block.
    pub block: usize,
    /// Index of its form.
    pub form: usize,
    pub titles: Vec<Title>,
    pub gender: Option<Gender>,
}

/// A form of a name, all its places together.
#[derive(Debug)]
pub(super) struct FormOf {
    pub name: NameForm,
    /// As first written.
    pub written: Span,
    /// Indices of names.
    pub names: Vec<usize>,
    /// Sum of confidence by kind.
    votes: [f32; 4],
}

/// One actor in the making.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    /// Forms, the fullest first.
    pub forms: Vec<usize>,
    /// Names that are its, when forms are shared with another.
    pub names: Vec<usize>,
}

/// All that resolution knows of an article.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub article: &'a Article,
    pub words: &'a Words,
    pub gazetteer: &'a Gazetteer,
    pub names: Vec<Name>,
    pub forms: Vec<FormOf>,
    pub clusters: Vec<Cluster>,
    /// The cluster of every name.
    pub owner: Vec<usize>,
    /// `covered[token]`: the name over it.
    pub covered: Vec<Option<u32>>,
}

/// Joins mentions into actors, with titles, descriptions, gender, salience and keys.
pub(super) fn resolve(article: &Article, mentions: &[NameMention]) -> Vec<Actor> {
    let Some(namer) = Namer::shipped() else { return Vec::new() };
    let words = Words::new(article, &namer.gazetteer);
    resolve_with(article, mentions, &words, &namer.gazetteer)
}

pub(super) fn resolve_with(
    article: &Article,
    mentions: &[NameMention],
    words: &Words,
    gazetteer: &Gazetteer,
) -> Vec<Actor> {
    let mut scene = Scene::new(article, words, gazetteer, mentions);
    scene.find_titles();
    scene.cluster();
    let mut actors = scene.actors();
    if actors.len() <= MOST {
        describe(&scene, &mut actors);
    } else {
        for actor in &mut actors {
            actor.mentions.order_by_key(|m| (m.span.start, m.span.end));
            actor.mentions.dedup_by_key(|m| m.span);
        }
    }
    rank::rank(&scene, &mut actors);
    actors
}

impl<'a> Scene<'a> {
    fn new(
        article: &'a Article,
        words: &'a Words,
        gazetteer: &'a Gazetteer,
        mentions: &[NameMention],
    ) -> Self {
        let mut scene = Self {
            article,
            words,
            gazetteer,
            names: Vec::new(),
            forms: Vec::new(),
            clusters: Vec::new(),
            owner: Vec::new(),
            covered: vec![None; words.words.len()],
        };
        let mut known: HashMap<(String, bool), usize> = HashMap::new();
        let mut as_written: HashMap<(&str, bool), usize> = HashMap::new();
        let mut block = 0;
        for mention in mentions {
            let start = words.words.partition_point(|w| w.span.end <= mention.span.start);
            let end = words.words.partition_point(|w| w.span.start < mention.span.end);
            if start >= end {
                continue;
            }
            while words.blocks.get(block).is_some_and(|b| b.end <= start) {
                block += 1;
            }
            scene.covered[start..end].fill(Some(scene.names.len() as u32));
            let (written, person) = (mention.span.of(&article.text), mention.kind == ActorType::Person);
            let form = *as_written.entry((written, person)).or_insert_with(|| {
                let name = NameForm::new(written, mention.kind);
                *known.entry((name.folded.clone(), person)).or_insert_with(|| {
                    let votes = [0.0; 4];
                    scene.forms.push(FormOf { name, written: mention.span, names: Vec::new(), votes });
                    scene.forms.len() - 1
                })
            });
            scene.forms[form].names.push(scene.names.len());
            scene.forms[form].votes[mention.kind as usize] += mention.confidence;
            scene.names.push(Name {
                mention: *mention,
                start,
                end,
                block,
                form,
                titles: Vec::new(),
                gender: None,
            });
        }
        for form in &mut scene.forms {
            let best = (0..4).max_by(|&a, &b| form.votes[a].total_cmp(&form.votes[b]).then(b.cmp(&a)));
            form.name.kind = super::names::KINDS[best.unwrap_or(3)];
        }
        scene
    }

    pub(super) fn titles(&self) -> Titles<'_> {
        Titles {
            text: &self.article.text,
            words: self.words,
            gazetteer: self.gazetteer,
            names: &self.covered,
        }
    }

    fn find_titles(&mut self) {
        let mut found = Vec::new();
        let titles = self.titles();
        for (at, name) in self.names.iter().enumerate() {
            if self.forms[name.form].name.kind != ActorType::Person {
                continue;
            }
            let block = &self.words.blocks[name.block];
            let both = [titles.before(name.start, block.start), titles.after(name.end, block.end)];
            for title in both.into_iter().flatten() {
                let gender = (title.start..title.end).find_map(|t| gender_of(&titles.folded(t)));
                found.push((at, title, gender));
            }
        }
        for (at, title, gender) in found {
            self.names[at].gender = self.names[at].gender.or(gender);
            self.names[at].titles.push(title);
        }
    }

    fn cluster(&mut self) {
        self.owner = vec![usize::MAX; self.names.len()];
        let mut order: Vec<usize> = (0..self.forms.len()).collect();
        order.order_by_key(|&f| {
            let form = &self.forms[f];
            let full = form.name.parts.len();
            (form.name.acronym, std::cmp::Reverse(full), std::cmp::Reverse(form.names.len()), f)
        });
        let defined = self.defined();
        for f in order {
            if let Some(&long) = defined.get(&f)
                && let Some(c) = self.clusters.iter().position(|c| c.forms.contains(&long))
            {
                self.join(f, c);
                continue;
            }
            let (mut best, mut who) = (0, Vec::new());
            for (c, cluster) in self.clusters.iter().enumerate().take(MOST) {
                let fit = self.fit(f, cluster);
                if fit > best {
                    (best, who) = (fit, vec![c]);
                } else if fit == best && fit > 0 {
                    who.push(c);
                }
            }
            match who.as_slice() {
                [] => self.found(f),
                [only] => self.join(f, *only),
                several => self.share(f, several),
            }
        }
    }

    /// Short forms put in brackets behind a longer one, whatever their letters: "Long Name (LN)".
    fn defined(&self) -> HashMap<usize, usize> {
        let titles = self.titles();
        let mut defined = HashMap::new();
        for pair in self.names.windows(2) {
            let (long, short) = (&pair[0], &pair[1]);
            let bracket = short.start == long.end + 1 && titles.folded(long.end) == "(";
            let (a, b) = (&self.forms[long.form].name, &self.forms[short.form].name);
            let kinds = a.kind == b.kind || b.kind == ActorType::Other;
            let body = a.kind != ActorType::Person && a.kind != ActorType::Place;
            if bracket && titles.folded(short.end) == ")" && kinds && body && b.acronym && a.parts.len() > 1 {
                defined.entry(short.form).or_insert(long.form);
            }
        }
        defined
    }

    /// How well a form fits an actor; 0 not at all.
    fn fit(&self, f: usize, cluster: &Cluster) -> u8 {
        let form = &self.forms[f].name;
        let is_person = form.kind == ActorType::Person;
        let fits = cluster.forms.iter().take(SPELLINGS).map(|&other| {
            let other = &self.forms[other].name;
            match (is_person, other.kind == ActorType::Person) {
                (true, true) => person(form, other),
                (false, false) if body_of_place(form, other, self.gazetteer) => 0,
                (false, false) => body(form, other),
                // A rare misspelt surname that the scorer could not place: Lindgreen beside Pia Lindgren.
                (false, true) if form.kind == ActorType::Other && form.parts.len() == 1 && !form.acronym => {
                    let fit = person(form, other);
                    if other.parts.len() > 1 && fit >= 2 && self.forms[f].names.len() <= 2 { fit } else { 0 }
                }
                _ => 0,
            }
        });
        fits.max().unwrap_or(0)
    }

    fn found(&mut self, f: usize) {
        self.clusters.push(Cluster::default());
        self.join(f, self.clusters.len() - 1);
    }

    fn join(&mut self, f: usize, c: usize) {
        self.clusters[c].forms.push(f);
        for &name in &self.forms[f].names {
            self.owner[name] = c;
            self.clusters[c].names.push(name);
        }
    }

    /// A form that fits several actors equally: each of its places goes to the one whose gender fits and who
    /// is named last before it.
    fn share(&mut self, f: usize, several: &[usize]) {
        let gender = |c: usize| {
            let mut given = self.clusters[c].names.iter().filter_map(|&n| self.names[n].gender);
            given.next()
        };
        let genders: Vec<Option<Gender>> = several.iter().map(|&c| gender(c)).collect();
        let mut given = Vec::new();
        for &name in &self.forms[f].names {
            let own = self.names[name].gender;
            let fits = |i: &usize| own.is_none() || genders[*i].is_none() || genders[*i] == own;
            let mut left: Vec<usize> = (0..several.len()).filter(fits).collect();
            if left.is_empty() {
                left = (0..several.len()).collect();
            }
            // The last place of each before this one; else the first after it.
            let near = |i: &usize| {
                let names = &self.clusters[several[*i]].names;
                let before = names.iter().filter(|&&n| n < name).max();
                before.map_or_else(
                    || {
                        std::cmp::Reverse(
                            names.iter().copied().min().unwrap_or(usize::MAX) + self.names.len(),
                        )
                    },
                    |&n| std::cmp::Reverse(name - n),
                )
            };
            if let Some(i) = left.into_iter().max_by_key(near) {
                given.push((name, several[i]));
            }
        }
        for (name, c) in given {
            self.owner[name] = c;
            self.clusters[c].names.push(name);
            if !self.clusters[c].forms.contains(&f) {
                self.clusters[c].forms.push(f);
            }
        }
    }

    fn actors(&mut self) -> Vec<Actor> {
        let mut order: Vec<usize> =
            (0..self.clusters.len()).filter(|&c| !self.clusters[c].names.is_empty()).collect();
        for cluster in &mut self.clusters {
            cluster.names.order();
        }
        order.order_by_key(|&c| self.clusters[c].names[0]);
        let mut renumbered = vec![usize::MAX; self.clusters.len()];
        for (new, &old) in order.iter().enumerate() {
            renumbered[old] = new;
        }
        for owner in &mut self.owner {
            *owner = renumbered.get(*owner).copied().unwrap_or(0);
        }
        let mut clusters = std::mem::take(&mut self.clusters);
        self.clusters = order.iter().map(|&c| std::mem::take(&mut clusters[c])).collect();
        (0..self.clusters.len()).map(|c| self.actor(c)).collect()
    }

    fn actor(&self, c: usize) -> Actor {
        let text = self.article.text.as_str();
        let cluster = &self.clusters[c];
        let mut kinds = [0f32; 4];
        for &name in &cluster.names {
            kinds[self.names[name].mention.kind as usize] += self.names[name].mention.confidence;
        }
        // The fullest form says best what the actor is.
        if let Some(&fullest) = cluster.forms.first() {
            kinds[self.forms[fullest].name.kind as usize] += 1.0;
        }
        let kind = (0..4).max_by(|&a, &b| kinds[a].total_cmp(&kinds[b]).then(b.cmp(&a))).unwrap_or(3);
        let mut forms: Vec<&FormOf> = cluster.forms.iter().map(|&f| &self.forms[f]).collect();
        forms.order_by_key(|f| std::cmp::Reverse((f.name.parts.len(), f.names.len())));
        let mut written: Vec<String> = Vec::new();
        for form in forms {
            let as_written = tidy(form.written.of(text));
            if !written.contains(&as_written) {
                written.push(as_written);
            }
        }
        let titles = self.titles();
        let (mut shown, mut mentions, mut gender) = (Vec::new(), Vec::new(), None);
        for &n in &cluster.names {
            let name = &self.names[n];
            mentions.push(Mention { span: name.mention.span, form: Form::Name });
            gender = gender.or(name.gender);
            for title in &name.titles {
                let office = title.of.map(|of| self.names[of].mention.span);
                let title_shown = titles.shown(title, office);
                if !shown.contains(&title_shown) {
                    shown.push(title_shown);
                }
                mentions.push(Mention { span: self.tokens(title.start, title.end), form: Form::Title });
            }
        }
        let mut written = written.into_iter();
        Actor {
            id: c as u32,
            name: written.next().unwrap_or_default(),
            kind: super::names::KINDS[kind],
            titles: shown,
            aliases: written.collect(),
            mentions,
            gender,
            salience: 0.0,
            key: String::new(),
        }
    }

    /// The bytes of tokens.
    pub(super) fn tokens(&self, start: usize, end: usize) -> Span {
        let words = &self.words.words;
        let last = words[end - 1].span;
        // A short title keeps its full stop: Mr.
        let stop = last.len() <= 4 && self.article.text[last.end..].starts_with('.');
        Span::new(words[start].span.start, last.end + usize::from(stop))
    }
}

/// A name on one line.
fn tidy(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
