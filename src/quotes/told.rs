//! What an article tells of whom "he" and "she" may be: who has spoken, whom it calls so, who is told of
//! inside a quotation, and who is there without a name.

use super::grammar::speaker_noun;
use super::kin::{female, male};
use super::phrases::{Phrase, What};
use super::scene::Scene;
use super::unnamed::Who;
use super::words::{Kind, NONE, Token};
use crate::actors::{ActorType, Form};

/// The actors that have spoken so far, last first.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    pub(super) last: Vec<u32>,
    /// The sentence in which the last of them spoke.
    pub(super) sentence: u32,
    /// How often "he" and how often "she" surely stands for each actor.
    leanings: Vec<[u8; 2]>,
}

impl Spoken {
    /// Nobody yet.
    pub(super) fn new(scene: &Scene) -> Self {
        Self { leanings: scene.leanings(), ..Self::default() }
    }

    /// How often the article calls the actor by the pronoun `word`, a subject's form, and how often by the
    /// other, each at most three.
    pub(super) fn leaning(&self, actor: u32, word: &str) -> (u32, u32) {
        let [he, she] = self.leanings.get(actor as usize).copied().unwrap_or_default();
        let (he, she) = (u32::from(he.min(3)), u32::from(she.min(3)));
        match word {
            "he" => (he, she),
            "she" => (she, he),
            _ => (0, 0),
        }
    }

    /// Enters who spoke just now, and in which sentence.
    pub(super) fn say(&mut self, actor: u32, sentence: u32) {
        self.sentence = sentence;
        self.last.retain(|&a| a != actor);
        self.last.insert(0, actor);
        self.last.truncate(6);
    }
}

/// How many tokens back from a pronoun somebody without a name is looked for.
const NEAR: usize = 60;

impl Scene<'_> {
    /// How often "he" and "she" surely stand for each actor: where their sentence, or else the one before
    /// in the paragraph, names one person alone.
    fn leanings(&self) -> Vec<[u8; 2]> {
        let mut out = vec![[0_u8; 2]; self.actors.len()];
        let (mut sentence, mut block) = (NONE, NONE);
        // The persons named in this sentence and in the one before: nobody, one, or several.
        let (mut here, mut before) = (Persons::Nobody, Persons::Nobody);
        for (i, t) in self.words.tokens.iter().enumerate() {
            if t.sentence != sentence {
                before = if t.block == block { here } else { Persons::Nobody };
                (here, sentence, block) = (Persons::Nobody, t.sentence, t.block);
            }
            if t.quote != NONE || t.kind != Kind::Word {
                continue;
            }
            if let Some(n) = self.name(i).filter(|n| n.form == Form::Name && n.last == i) {
                if self.kind_of(n.actor) == ActorType::Person {
                    here = here.with(n.actor);
                }
                continue;
            }
            let which = match self.words.lower(i) {
                "he" | "his" | "him" | "himself" => 0,
                "she" | "her" | "herself" => 1,
                _ => continue,
            };
            let who = if here == Persons::Nobody { before } else { here };
            if let Persons::One(actor) = who
                && let Some(votes) = out.get_mut(actor as usize)
            {
                votes[which] = votes[which].saturating_add(1);
            }
        }
        out
    }

    /// How many sentences before the pronoun at `token`, `word` as a subject, somebody without a name is
    /// told of who fits it ("a guard at the gate"): 0 for this one, 9 for nobody.
    pub(super) fn nameless(&self, token: usize, word: &str) -> u32 {
        let here = self.words.tokens[token];
        for i in (token.saturating_sub(NEAR)..token).rev() {
            let t = self.words.tokens[i];
            if t.block + 1 < here.block {
                break;
            }
            if t.quote != here.quote || t.kind != Kind::Word || self.name(i).is_some() {
                continue;
            }
            let noun = self.words.lower(i);
            let fits = match word {
                "he" => male(noun) || speaker_noun(noun) && !female(noun),
                "she" => female(noun) || speaker_noun(noun) && !male(noun),
                _ => false,
            };
            let lead = i.saturating_sub(3)..i;
            if fits
                && lead.rev().any(|k| matches!(self.words.lower(k), "a" | "an" | "one" | "another" | "my"))
                && self.words.tokens.get(i + 1).is_none_or(|n| !n.capital && n.kind != Kind::Possessive)
                && self.phrase_at(i).is_none_or(|p| self.beside(p).is_none())
            {
                return here.sentence.saturating_sub(t.sentence).min(4);
            }
        }
        9
    }

    /// The person told of inside quotation `level`, where the pronoun at `token` stands: "my mother … she
    /// said"; or in an earlier one of the same speaker, by who `spoke` each. Quotations inside it are
    /// passed over.
    pub(super) fn told_of(&self, token: usize, level: u32, spoke: &[Who]) -> Option<Phrase> {
        let word = self.words.lower(token);
        let depth = self.marked.get(level as usize)?.depth;
        let block = self.words.tokens[token].block;
        let back = (token.saturating_sub(150)..token).rev();
        let speaker = spoke.get(level as usize).copied().filter(|&who| who != Who::Unknown);
        let same = |t: &Token| {
            t.block + 2 >= block
                && self.marked.get(t.quote as usize).is_some_and(|m| m.depth == depth)
                && (t.quote == level || speaker.is_some() && spoke.get(t.quote as usize).copied() == speaker)
        };
        for i in back {
            let t = self.words.tokens[i];
            if t.block + 2 < block {
                break;
            }
            if !same(&t) {
                continue;
            }
            if let Some(n) = self.bare_name(i) {
                if self.kind_of(n.actor) == ActorType::Person && !self.clashes(n.actor, word) && n.last == i {
                    let owner = self.words.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Possessive);
                    let phrase =
                        Phrase { first: n.first, last: n.last, what: What::Name(n.actor), who: None };
                    if !owner {
                        return Some(phrase);
                    }
                }
                continue;
            }
            let noun = self.words.lower(i);
            let (woman, man) = (female(noun), male(noun));
            let fits = match word {
                "she" => !man && (woman || speaker_noun(noun)),
                "he" => !woman && (man || speaker_noun(noun)),
                _ => false,
            };
            if !fits || noun.ends_with('s') {
                continue;
            }
            let phrase = self.phrase_at(i)?;
            let first = self.words.lower(phrase.first);
            if matches!(first, "my" | "a" | "an" | "one" | "the" | "our" | "his" | "her")
                || phrase.first == phrase.last && woman
            {
                return Some(phrase);
            }
        }
        None
    }
}

/// The persons that a sentence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persons {
    Nobody,
    One(u32),
    Several,
}

impl Persons {
    const fn with(self, actor: u32) -> Self {
        match self {
            Self::Nobody => Self::One(actor),
            Self::One(known) if known == actor => self,
            _ => Self::Several,
        }
    }
}
