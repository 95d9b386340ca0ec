//! Verbs of saying where they stand: whether the word is a verb there, and who its subject is.

use super::cues::{Class, Cue, Inflection, NOUNS};
use super::evidence::{Evidence, Rule};
use super::grammar::{adverb, determiner, preposition, speaker_noun};
use super::phrases::What;
use super::scene::{Scene, View};
use super::words::Kind;
use crate::actors::{ActorType, Form};

/// Determiners that stand alone as a subject.
const PRONOMINAL: &[&str] =
    &["that", "all", "both", "one", "some", "many", "others", "few", "another", "each", "two", "three"];

impl Scene<'_> {
    /// The verb of saying at item `i`, its particle there too.
    pub(super) fn cue_at(&self, v: &View, i: usize) -> Option<Cue> {
        let token = *v.get(i)?;
        let cue = self.words.cue(token)?;
        if self.words.tokens[token].capital
            && i > 0
            && (self.name(token).is_some() || cue.inflection == Inflection::Base)
        {
            return None;
        }
        // "press secretary Ola Vik": a title's words do nothing.
        if self.name(token).is_some_and(|n| matches!(n.form, Form::Name | Form::Title)) {
            return None;
        }
        if let Class::Particle(particle) = cue.class {
            let there = (1..4).any(|n| self.low(v, i + n) == particle);
            return there.then_some(cue);
        }
        Some(cue)
    }

    /// The subject of the verb of saying at item `k`.
    pub(super) fn of_verb(&self, v: &View, k: usize, cue: Cue) -> Option<Evidence> {
        let before = k.checked_sub(1);
        let prior = before.map_or("", |b| self.low(v, b));
        if cue.inflection == Inflection::Gerund {
            let progressive =
                matches!(prior, "is" | "was" | "are" | "were" | "been" | "'s" | "’s" | "'re" | "’re");
            if !progressive {
                // "Rutte told …, adding": the subject of the verb before, else of the sentence.
                let earlier = (0..k).rev().take(80).find_map(|j| {
                    let c = self.cue_at(v, j)?;
                    (c.past_or_present() && c.class != Class::Weak && self.verbal(v, j, c))
                        .then(|| self.subject_before(v, j))?
                });
                let own = before.filter(|_| {
                    self.words.tokens[v[k - 1]].kind == Kind::Word
                        && !preposition(prior)
                        && !NOUNS.contains(&prior)
                        && speaker_noun(prior)
                });
                let phrase = own
                    .and_then(|b| self.phrase_chain(v, b))
                    .or(earlier)
                    .or_else(|| self.clause_subject(v, k))?;
                return Some(Evidence { phrase, rule: Rule::Participle, cue: Some(v[k]) });
            }
        }
        if !self.verbal(v, k, cue) {
            return None;
        }
        // "a clip posted by the club": not the clip's words.
        if cue.inflection == Inflection::Past
            && self.low(v, k + 1) == "by"
            && !matches!(prior, "has" | "had" | "have" | "'ve" | "’ve")
            && !adverb(prior)
            && !matches!(cue.class, Class::Particle(_))
        {
            let phrase = self.phrase_starting(v, k + 2)?;
            return Some(Evidence { phrase, rule: Rule::Owner, cue: Some(v[k]) });
        }
        // "was asked by", "is called": the subject is not who speaks.
        let passive = cue.inflection == Inflection::Past
            && matches!(prior, "was" | "were" | "been" | "being" | "is" | "are" | "be")
            && matches!(cue.class, Class::Tell | Class::Call);
        if passive {
            let by = (k + 1..v.len().min(k + 6)).find(|&b| self.low(v, b) == "by");
            return by.and_then(|b| self.phrase_starting(v, b + 1)).map(|phrase| Evidence {
                phrase,
                rule: Rule::SubjectLeft,
                cue: Some(v[k]),
            });
        }
        // "on any other day, says Ola Vik, the sheriff, …"
        if prior == ","
            && cue.class == Class::Say
            && cue.past_or_present()
            && let Some(phrase) = self.subject_after(v, k)
            && matches!(phrase.what, What::Name(a) if self.kind_of(a) == ActorType::Person)
            && v.get(k + 1).is_some_and(|&t| t == phrase.first || self.name(t).is_some())
        {
            let after = v.partition_point(|&t| t <= phrase.last);
            if matches!(self.low(v, after), "," | ":" | "(") {
                return Some(Evidence { phrase, rule: Rule::SubjectLeft, cue: Some(v[k]) });
            }
        }
        let phrase = self
            .subject_before(v, k)
            .or_else(|| if k < 2 || prior == "," { self.subject_after(v, k) } else { None })?;
        Some(Evidence { phrase, rule: Rule::SubjectLeft, cue: Some(v[k]) })
    }

    /// Whether the cue at item `k` is a verb there: a bare form is a noun ("the claim") unless something
    /// makes it a verb, and so is a form in -s or -ed after an article.
    pub(super) fn verbal(&self, v: &View, k: usize, cue: Cue) -> bool {
        let Some(b) = k.checked_sub(1) else { return cue.inflection != Inflection::Base };
        let prior = self.low(v, b);
        let next = self.low(v, k + 1);
        match cue.inflection {
            Inflection::Base => {
                let person = self.bare_name(v[b]).map(|n| self.kind_of(n.actor) == ActorType::Person);
                // "the Moura campaign manager": one person's name takes no bare verb, nor does a trade follow one.
                let noun = person == Some(true) || speaker_noun(next);
                prior == "to" && self.before_infinitive(v, b) > 1
                    || matches!(
                        prior,
                        "will"
                            | "would"
                            | "can"
                            | "could"
                            | "did"
                            | "does"
                            | "do"
                            | "they"
                            | "we"
                            | "i"
                            | "not"
                            | "may"
                            | "might"
                            | "must"
                            | "should"
                            | "always"
                            | "often"
                            | "who"
                            | "people"
                            | "police"
                            | "some"
                            | "many"
                            | "others"
                            | "men"
                            | "women"
                    )
                    || prior.ends_with("n't")
                    || prior.ends_with("n’t")
                    || adverb(prior) && prior != "only"
                    || (prior.ends_with('s')
                        && !noun
                        && self.words.tokens[v[b]].kind == Kind::Word
                        && !matches!(prior, "his" | "its" | "this" | "was" | "is" | "as" | "has" | "news"))
                    || person.is_some() && !noun && !matches!(next, "of" | "," | ".")
            }
            Inflection::Third => {
                let noun = NOUNS.contains(&self.low(v, k)) || speaker_noun(self.low(v, k));
                let fixed = determiner(prior)
                    && !matches!(prior, "that" | "this" | "one" | "some" | "all" | "both")
                    || self.words.tokens[v[b]].kind == Kind::Possessive
                    || preposition(prior);
                !(fixed
                    || noun
                        && !(self.bare_name(v[b]).is_some()
                            || matches!(prior, "he" | "she" | "who" | "it" | "also")))
            }
            Inflection::Past => {
                let fixed = determiner(prior) && !PRONOMINAL.contains(&prior);
                let owned =
                    self.words.tokens[v[b]].kind == Kind::Possessive && !matches!(next, "that" | "," | ":");
                !fixed && !owned
            }
            Inflection::Gerund => true,
        }
    }
}
