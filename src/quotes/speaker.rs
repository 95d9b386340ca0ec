//! Who speaks each quotation: candidates weighed by the learned ranker, one quotation after the other.

use super::candidates::{Candidate, Earlier};
use super::indirect::Reported;
use super::phrases::{Phrase, What};
use super::scene::Scene;
use super::told::Spoken;
use super::unnamed::Who;
use super::words::NONE;
use super::{QuoteKind, judge, kinds, nested, together};
use crate::actors::ActorType;
use crate::model::{Features, Model};
use crate::order::Order;
use crate::text::Span;

/// A quotation with its speaker, before unnamed speakers have become actors.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Its place among the marked stretches, where it is one.
    pub(super) marked: Option<usize>,
    pub(super) span: Span,
    pub(super) kind: QuoteKind,
    pub(super) who: Who,
    /// The phrase that names the speaker here.
    pub(super) phrase: Option<Phrase>,
    /// The phrase's bytes.
    pub(super) mention: Option<Span>,
    pub(super) cue: Option<Span>,
    pub(super) confidence: f32,
    /// Who else it may be.
    pub(super) others: Vec<(Who, f32)>,
}

/// One quotation with all that may have spoken it.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) kind: QuoteKind,
    pub(super) candidates: Vec<Candidate>,
    /// Who each candidate is, with how likely that is.
    pub(super) who: Vec<(Who, f32)>,
    /// One item a candidate, then one for nobody.
    pub(super) features: Features,
}

/// The last quotation at a level.
#[derive(Clone, Copy, Debug)]
struct Last {
    level: u32,
    quote: usize,
    /// What named its speaker.
    phrase: Phrase,
    who: Who,
    /// How likely the phrase stands for that actor.
    sure: f32,
}

/// Goes through an article's quotations in order.
pub(super) struct Walk<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    model: &'s Model,
    /// The last quotation at each level.
    last: Vec<Last>,
    /// Who spoke each quotation.
    spoke: Vec<Who>,
    spoken: Spoken,
}

impl<'s, 'a> Walk<'s, 'a> {
    pub(super) fn new(scene: &'s Scene<'a>, model: &'s Model) -> Self {
        Self {
            scene,
            model,
            last: Vec::new(),
            spoke: vec![Who::Unknown; scene.marked.len()],
            spoken: Spoken::new(scene),
        }
    }

    /// Quotation `q` with its candidates; `None` where it is no speech.
    pub(super) fn turn(&mut self, q: usize) -> Option<Turn> {
        let scene = self.scene;
        let frame = scene.frame(q);
        let own = scene.evidence(q, &frame);
        let m = scene.marked[q];
        if kinds::never(scene, q) {
            return None;
        }
        let verdict = kinds::kind(scene, q, &frame, &own);
        let speech = self.model.rank(&judge::describe(scene, q, &frame, &own, verdict)).first().copied();
        if speech.is_none_or(|p| p < SPEECH)
            || (m.depth > 0 && !nested::told(scene, q, &frame, &own, verdict))
        {
            return None;
        }
        let kind = verdict.unwrap_or(QuoteKind::Mixed);
        let level = m.parent.unwrap_or(NONE);
        let last = self.last.iter().find(|l| l.level == level).copied();
        let earlier = Earlier { last: last.map(|l| (l.quote, l.phrase)) };
        let evidence = scene.all_evidence(q, &frame, earlier);
        let candidates = scene.candidates(q, &frame, &evidence);
        let who: Vec<(Who, f32)> = candidates.iter().map(|c| self.who(c, level, last)).collect();
        let mut features = Features::new();
        let setting = scene.setting(q, &frame, &candidates);
        for (c, w) in candidates.iter().zip(&who) {
            let same = last.is_some_and(|l| l.who == w.0 && w.0 != Who::Unknown);
            let person = matches!(w.0, Who::Actor(a) if scene.kind_of(a) == ActorType::Person);
            scene.describe(c, setting, same, person, &mut features);
        }
        Scene::describe_none(setting, &mut features);
        Some(Turn { kind, candidates, who, features })
    }

    fn who(&self, c: &Candidate, level: u32, last: Option<Last>) -> (Who, f32) {
        // A phrase taken over from an earlier quotation stands for whom it stood there.
        match last {
            Some(l) if l.phrase.first == c.phrase.first => (l.who, l.sure),
            _ => self.phrase_who(c.phrase, level),
        }
    }

    /// Who a phrase stands for, seen from inside quotation `level`, with how likely that is.
    fn phrase_who(&self, p: Phrase, level: u32) -> (Who, f32) {
        let scene = self.scene;
        if p.what != What::Pronoun {
            if let Some(Err(pronoun)) = scene.owned(p) {
                return self.pronoun(pronoun, level);
            }
            let (who, sure) = scene.named(p);
            if level == NONE
                && let Some(new) = scene.introduced_as(p)
                && scene.beside(p).is_none()
            {
                let (known, known_sure) = scene.named(new);
                let named = scene
                    .described(p.last, &self.spoken, self.model)
                    .filter(|d| scene.definite(p) && scene.may_be_named(d.0, new));
                return match (known, named) {
                    (Who::Unnamed(_), Some((actor, likely))) => (Who::Actor(actor), likely),
                    (Who::Unknown, None) => (who, sure),
                    _ => (known, known_sure),
                };
            }
            if level == NONE
                && (who == Who::Unnamed(p.last) && scene.definite(p) || scene.of_a_people(p))
                && let Some((actor, likely)) = scene.described(p.last, &self.spoken, self.model)
            {
                return (Who::Actor(actor), likely);
            }
            // "the majority says": nobody who could be shown as a speaker.
            let nobody = who == Who::Unnamed(p.last) && p.what == What::Nominal && !scene.somebody(p);
            return (if nobody { Who::Unknown } else { who }, sure);
        }
        let word = scene.words.lower(p.first);
        if matches!(word, "i" | "we") {
            let outer = self.spoke.get(level as usize).copied();
            return (outer.unwrap_or(Who::Unknown), 1.0);
        }
        if !scene.third_person(p.what, p.first) {
            return (Who::Unknown, 1.0);
        }
        self.pronoun(p.first, level)
    }

    /// Whom the pronoun at `token` stands for. Inside a quotation that is somebody whom its speaker has
    /// named there, or nobody that can be told: who is named around it need not be meant.
    fn pronoun(&self, token: usize, level: u32) -> (Who, f32) {
        let scene = self.scene;
        if level != NONE {
            let told = scene.told_of(token, level, &self.spoke);
            return told.map_or((Who::Unknown, UNRESOLVED), |told| (scene.named(told).0, 0.9));
        }
        if let Some(leader) = scene.unnamed_leader(token) {
            return self.phrase_who(leader, level);
        }
        match scene.resolve(token, &self.spoken, self.model) {
            Some((actor, likely)) => (Who::Actor(actor), likely),
            None => (Who::Unknown, UNRESOLVED),
        }
    }

    /// Notes who spoke quotation `q`.
    pub(super) fn settle(&mut self, q: usize, phrase: Option<Phrase>, who: Who, sure: f32) {
        self.spoke[q] = who;
        let level = self.scene.marked[q].parent.unwrap_or(NONE);
        if let Who::Actor(actor) = who {
            self.heard(actor, self.scene.marked[q].span.end);
        }
        self.last.retain(|l| l.level != level);
        if let Some(phrase) = phrase {
            if self.last.len() > 8 {
                self.last.remove(0);
            }
            self.last.push(Last { level, quote: q, phrase, who, sure });
        }
    }

    /// Notes that an actor spoke, up to byte `end`.
    pub(super) fn heard(&mut self, actor: u32, end: usize) {
        let token = self.scene.words.at(end).saturating_sub(1);
        let sentence = self.scene.words.tokens.get(token).map_or(0, |t| t.sentence);
        self.spoken.say(actor, sentence);
    }

    /// Who has spoken so far.
    #[cfg(feature = "train")]
    pub(super) const fn spoken(&self) -> &Spoken {
        &self.spoken
    }
}

/// How sure it is that a pronoun which leads to nobody stands for nobody that is named.
const UNRESOLVED: f32 = 0.7;

/// Words in marks are speech from this likelihood on.
const SPEECH: f32 = 0.5;

/// A clause is reported speech from this likelihood on.
const REPORTED: f32 = 0.5;

/// What a likelihood is worth on articles that taught nothing: speakers thought right with 0.885 are so more
/// than nine times in ten. The order of likelihoods stays.
fn calibrated(likely: f32) -> f32 {
    const KNEE: f32 = 0.6;
    const SURE: (f32, f32) = (0.885, 0.9);
    if likely <= KNEE {
        likely
    } else if likely <= SURE.0 {
        KNEE + (likely - KNEE) * (SURE.1 - KNEE) / (SURE.0 - KNEE)
    } else {
        SURE.1 + (likely - SURE.0) * (1.0 - SURE.1) / (1.0 - SURE.0)
    }
}

/// Finds all quotations, in marks and reported, with their speakers.
pub(super) fn attribute(scene: &Scene, reported: Vec<Reported>, model: &Model) -> Vec<Said> {
    let mut walk = Walk::new(scene, model);
    let mut out: Vec<Said> = Vec::new();
    let mut reported = reported.into_iter().peekable();
    for q in 0..scene.marked.len() {
        while let Some(r) = reported.next_if(|r| r.span.start < scene.marked[q].span.start) {
            report(&mut walk, &r, &mut out);
        }
        let Some(turn) = walk.turn(q) else { continue };
        let said = choose(scene, q, &turn, model);
        let sure = turn.candidates.iter().zip(&turn.who).find(|(c, _)| Some(c.phrase) == said.phrase);
        walk.settle(q, said.phrase, said.who, sure.map_or(1.0, |s| s.1.1));
        out.push(said);
    }
    for r in reported {
        report(&mut walk, &r, &mut out);
    }
    together::chains(scene, &mut out);
    together::headline(scene, &mut out);
    for s in out.iter_mut().filter(|s| s.kind != QuoteKind::Indirect) {
        s.confidence = calibrated(s.confidence);
        for other in &mut s.others {
            other.1 = calibrated(other.1);
        }
    }
    out
}

/// Takes a clause as reported speech where it is likely so.
fn report(walk: &mut Walk, r: &Reported, out: &mut Vec<Said>) {
    let likely = walk.model.rank(&r.features).first().copied().unwrap_or(0.0);
    let last = out.last().filter(|s| s.kind == QuoteKind::Indirect && s.span.overlaps(r.span));
    if likely < REPORTED || last.is_some_and(|l| l.confidence >= likely) {
        return;
    }
    if last.is_some() {
        out.pop();
    }
    let scene = walk.scene;
    let p = r.evidence.phrase;
    let (who, sure) = walk.phrase_who(p, NONE);
    if let Who::Actor(actor) = who {
        walk.heard(actor, r.span.end);
    }
    out.push(Said {
        marked: None,
        span: r.span,
        kind: QuoteKind::Indirect,
        who,
        phrase: Some(p),
        mention: Some(scene.span(p)),
        cue: r.evidence.cue.map(|c| scene.words.tokens[c].span),
        confidence: likely * sure,
        others: if who == Who::Unknown { Vec::new() } else { vec![(who, likely * sure)] },
    });
}

/// Weighs the candidates of one quotation.
fn choose(scene: &Scene, q: usize, turn: &Turn, model: &Model) -> Said {
    let likely = model.rank(&turn.features);
    // A speaker is as likely as all phrases that name them.
    let mut totals: Vec<(Who, f32, usize)> = Vec::new();
    let heard = turn.candidates.iter().any(|c| scene.hears(c));
    for (i, &(who, sure)) in turn.who.iter().enumerate() {
        // "… a court has heard": not the court, but whoever is told to have said it.
        if heard
            && (scene.hears(&turn.candidates[i]) || turn.candidates[i].rules.iter().all(|r| r.2.is_none()))
        {
            continue;
        }
        let p = likely[i] * sure;
        match totals.iter_mut().find(|t| t.0 == who && who != Who::Unknown) {
            Some(t) => {
                t.1 += p;
                if likely[i] > likely[t.2] {
                    t.2 = i;
                }
            }
            None => totals.push((who, p, i)),
        }
    }
    totals.order_by(|a, b| b.1.total_cmp(&a.1));
    let nobody = likely.last().copied().unwrap_or(1.0);
    let best = totals.first().copied().filter(|t| t.1 >= nobody * 0.5);
    let m = scene.marked[q];
    let phrase = best.map(|b| turn.candidates[b.2].phrase);
    let cue = best.and_then(|b| turn.candidates[b.2].rules.iter().find_map(|r| r.2));
    Said {
        marked: Some(q),
        span: m.span,
        kind: turn.kind,
        who: best.map_or(Who::Unknown, |b| b.0),
        phrase,
        mention: phrase.map(|p| scene.span(p)),
        cue: cue.map(|c| scene.words.tokens[c].span),
        confidence: best.map_or(nobody, |b| b.1),
        others: totals.iter().filter(|t| t.0 != Who::Unknown).take(4).map(|t| (t.0, t.1)).collect(),
    }
}
