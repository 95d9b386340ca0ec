//! Quotations inside another: whether somebody said them then, or the speaker only plays them out.

use super::QuoteKind;
use super::cues::{Class, Inflection, NOUNS};
use super::evidence::{Evidence, Frame, Rule};
use super::grammar::{auxiliary, determiner};
use super::kin::can_speak;
use super::kinds::words;
use super::phrases::What;
use super::scene::Scene;

/// How far before a quotation the word of saying that leads to it stands: "asked me, …".
const LEADS: usize = 6;

/// Who says what nobody in particular said.
const ANYBODY: &[&str] =
    &["nobody", "no", "someone", "somebody", "anyone", "anybody", "everyone", "everybody"];

/// Whether quotation `q`, inside another, has a speaker of its own who said it then: not a few words in
/// other marks ("a ‘fair’ offer"), not what nobody said ("people say", "I would say"). `own`: what its
/// sentence tells of the speaker; `kind`: what the rules take it for.
pub(super) fn told(
    scene: &Scene,
    q: usize,
    frame: &Frame,
    own: &[Evidence],
    kind: Option<QuoteKind>,
) -> bool {
    let m = scene.marked[q];
    let outer = m.parent.and_then(|p| scene.marked.get(p as usize));
    // The same marks inside as around: a passage of somebody's text, with its quotations as they stood there.
    let turned = outer.is_none_or(|o| o.single != m.single);
    let capital = words(scene, q).first().is_some_and(|&t| scene.words.tokens[t].capital);
    if turned && kind != Some(QuoteKind::Direct) && !capital {
        return false;
    }
    let Some(e) = own.first() else { return leads(scene, frame) };
    if supposed(scene, frame, e) {
        return false;
    }
    let word = scene.words.lower(e.phrase.first);
    let somebody = match e.phrase.what {
        What::Pronoun => !matches!(word, "you" | "they" | "it"),
        What::Nominal => determiner(word) || can_speak(scene.words.lower(e.phrase.last)),
        What::Name(_) | What::Run => true,
    };
    somebody && matches!(e.rule, Rule::SubjectLeft | Rule::SubjectRight | Rule::Inverted)
        || leads(scene, frame)
}

/// Whether the word of saying tells of what is not said: "I would say", "no one would ever say", "other
/// countries just say".
fn supposed(scene: &Scene, frame: &Frame, e: &Evidence) -> bool {
    let (v, Some(cue)) = (&frame.view, e.cue) else { return false };
    let at = v.partition_point(|&t| t < cue);
    if at > frame.at {
        return false;
    }
    let near = || (at.saturating_sub(3)..at).map(|i| scene.low(v, i));
    let denied = |w: &str| matches!(w, "never" | "not" | "no") || w.ends_with("n't") || w.ends_with("n’t");
    let may = |w: &str| matches!(w, "would" | "could" | "can" | "should" | "might" | "'d" | "’d" | "if");
    let word = scene.words.lower(e.phrase.first);
    let own = matches!(word, "i" | "we" | "you" | "they") && near().any(may);
    let base = scene.words.cue(cue).is_some_and(|c| c.inflection == Inflection::Base);
    let certain = matches!(word, "the" | "these" | "those" | "my" | "our" | "your" | "his" | "her" | "their");
    let habit = base && e.phrase.what == What::Nominal && !certain && !near().any(auxiliary);
    near().any(denied) || own || habit || ANYBODY.contains(&word)
}

/// Whether a past word of saying leads straight to the quotation: "a boy of eight asked me, …", "it said: …",
/// "a message saying, …".
fn leads(scene: &Scene, frame: &Frame) -> bool {
    let listener =
        |word: &str| matches!(word, "," | ":" | "me" | "us" | "him" | "her" | "them" | "to" | "that");
    let v = &frame.view;
    let from = frame.at.saturating_sub(LEADS);
    let Some(at) = (from..frame.at).rev().find(|&i| !listener(scene.low(v, i))) else { return false };
    scene.cue_at(v, at).is_some_and(|c| {
        matches!(c.class, Class::Say | Class::Tell)
            && match c.inflection {
                Inflection::Past => true,
                Inflection::Gerund => at > 0 && NOUNS.contains(&scene.low(v, at - 1)),
                _ => false,
            }
    })
}
