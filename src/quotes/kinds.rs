//! Direct, mixed, or no speech at all: scare quotes, titles of works, nicknames, terms.

use super::QuoteKind;
use super::cues::{Class, Cue, NOUNS};
use super::evidence::{Evidence, Frame, Rule};
use super::grammar::{PERSONAL, auxiliary, determiner, preposition};
use super::marks::End;
use super::phrases::What;
use super::scene::Scene;
use super::words::Kind;
use crate::actors::ActorType;

/// Nouns that a title in marks stands beside.
const WORKS: &str = "book film movie song album show series play novel memoir documentary podcast painting poem essay \
titled entitled program programme episode sitcom drama musical opera single track game magazine \
newsletter column exhibition named nicknamed pseudonym hit classic comedy segment sketch ballad \
anthem ad starring starred star host hosts co-host co-hosts anchor thriller symphony sculpture \
ballet band headlined";

/// Words that say that what follows is only so called.
const SO_CALLED: &str = "so-called self-styled self-described dubbed nicknamed codenamed code-named known";

/// Verb forms that make a fragment a clause of speech.
const CLAUSAL: &str = "it you let don't don’t there's that's it's i'm you're we're they're isn't get go make want know think \
stop need take give come wants makes keep got went gets goes thank thanks";

/// Whether a title of a work stands beside `word`.
pub(super) fn work(word: &str) -> bool {
    !word.is_empty() && WORKS.split(' ').any(|w| w == word)
}

/// Whether `word` says that what follows is only so called.
pub(super) fn so_called(word: &str) -> bool {
    !word.is_empty() && SO_CALLED.split(' ').any(|w| w == word)
}

/// What a quotation and the words around it look like.
#[allow(clippy::struct_excessive_bools, reason = "independent facts, each read on its own")]
struct Look<'s> {
    scene: &'s Scene<'s>,
    frame: &'s Frame,
    evidence: &'s [Evidence],
    inner: &'s str,
    /// Its words' tokens.
    words: Vec<usize>,
    /// The last and the last but one word before it, the first after it.
    prior: &'s str,
    second: &'s str,
    next: &'s str,
    /// Capitals as a title has them.
    titled: bool,
    /// Holds a verb or a personal pronoun.
    verb: bool,
    /// Ends like a sentence.
    stop: bool,
    /// Nothing else stands in its sentence.
    alone: bool,
    /// A colon or comma with a word of saying leads to it.
    led: bool,
    /// Who said it follows.
    right: bool,
    /// The nearest word of saying before it, and how far off.
    cue: Option<(usize, Cue)>,
}

impl<'s> Look<'s> {
    fn new(scene: &'s Scene<'s>, q: usize, frame: &'s Frame, evidence: &'s [Evidence]) -> Self {
        let m = scene.marked[q];
        let inner = m.inner.of(scene.words.text).trim();
        let words = words(scene, q);
        let v = &frame.view;
        let low = |i: Option<usize>| i.map_or("", |i| scene.low(v, i));
        let prior = low(frame.at.checked_sub(1));
        let verb = words.iter().any(|&t| {
            let w = scene.words.lower(t);
            auxiliary(w)
                || PERSONAL.contains(&w)
                || CLAUSAL.split(' ').any(|c| c == w)
                || w.contains(['\'', '’'])
                || scene.words.cue(t).is_some_and(Cue::past_or_present)
        });
        let near = (0..frame.at).rev().take(14);
        let cue = near
            .take_while(|&i| !matches!(scene.low(v, i), ";" | "." | "?" | "!"))
            .find_map(|i| scene.cue_at(v, i).filter(|c| c.class != Class::Weak).map(|c| (frame.at - i, c)));
        Self {
            scene,
            frame,
            evidence,
            inner,
            prior,
            second: low(frame.at.checked_sub(2)),
            next: low(Some(frame.at + 1)),
            titled: title_case(scene, &words),
            verb,
            stop: inner.ends_with(['.', '?', '!', '…']),
            alone: v.len() <= 2,
            led: matches!(prior, ":" | ",")
                && (0..frame.at).rev().take(8).any(|i| scene.cue_at(v, i).is_some()),
            right: evidence.iter().any(|e| {
                matches!(e.rule, Rule::Inverted | Rule::SubjectRight | Rule::Dash)
                    && e.cue.is_none_or(|c| c > v[frame.at])
            }),
            cue,
            words,
        }
    }

    fn capital(&self, i: Option<usize>) -> bool {
        i.and_then(|i| self.frame.view.get(i)).is_some_and(|&t| self.scene.words.tokens[t].capital)
    }

    /// A nickname between two names, a programme, a title, a term.
    fn named(&self) -> bool {
        let n = self.words.len();
        let Self { prior, second, .. } = *self;
        if so_called(prior)
            || second == "so-called"
            || prior == "as" && so_called(second) && second != "known" && n < 6
        {
            return true;
        }
        let capitals = || self.words.iter().all(|&t| self.scene.words.tokens[t].capital);
        let between = self.capital(self.frame.at.checked_sub(1)) && self.capital(Some(self.frame.at + 1));
        if n <= 2 && between && !determiner(prior) && capitals() {
            return true;
        }
        if !self.titled {
            return false;
        }
        // "NBC's “Meet the Press,” Rutte said": a programme, whatever follows.
        let stops = self.inner.contains(". ") || self.inner.ends_with(['?', '!']);
        if n <= 7 && (matches!(prior, "'s" | "’s" | "on" | "titled" | "entitled") || work(prior)) && !stops
        {
            return true;
        }
        if self.right || self.led {
            return false;
        }
        let works = (0..self.frame.at).rev().take(5).any(|i| work(self.scene.low(&self.frame.view, i)))
            || work(self.next);
        let place = preposition(prior) || matches!(prior, "'s" | "’s" | "the" | "and" | "," | "a");
        let said = self.cue.is_some_and(|(d, _)| d <= 3);
        works || place && !said || n <= 4 && !said && !self.stop || n == 1 && !said
    }

    /// Whether somebody may be saying a fragment.
    fn spoken(&self) -> bool {
        let Self { prior, second, .. } = *self;
        let called = self.cue.is_some_and(|(d, c)| c.class != Class::Call || d <= 10);
        let noun = NOUNS.contains(&prior)
            && !matches!(prior, "word" | "words" | "term" | "phrase" | "sign" | "line")
            || (matches!(prior, "of" | "for" | "about" | "a" | "the") && NOUNS.contains(&second));
        let later = self
            .evidence
            .iter()
            .any(|e| matches!(e.rule, Rule::According | Rule::Later | Rule::SubjectRight));
        // Lower-case words after somebody who can say them.
        let open = self.frame.view[self.frame.at];
        let somebody = self.evidence.iter().filter(|e| e.phrase.first < open).any(|e| match e.phrase.what {
            What::Name(a) => self.scene.kind_of(a) == ActorType::Person,
            What::Pronoun => PERSONAL.contains(&self.scene.words.lower(e.phrase.first)),
            _ => false,
        });
        let first = self.scene.words.tokens[self.words[0]];
        let plain = !first.capital && first.kind == Kind::Word;
        called || noun || later || self.words.len() >= 3 && self.verb || plain && somebody
    }
}

/// What quotation `q` is as the rules see it; `None` where nobody is quoted as saying it.
pub(super) fn kind(scene: &Scene, q: usize, frame: &Frame, evidence: &[Evidence]) -> Option<QuoteKind> {
    let look = Look::new(scene, q, frame, evidence);
    let n = look.words.len();
    if never(scene, q) {
        return None;
    }
    let sentence =
        (look.stop || scene.ends_clause(q)) && n >= 4 || look.verb && n >= 6 || n >= 9 && look.stop;
    let direct = sentence && scene.words.tokens[look.words[0]].capital;
    let says = if direct || look.alone { QuoteKind::Direct } else { QuoteKind::Mixed };
    if scene.marked[q].end != End::Closed {
        return (n > 1).then_some(says);
    }
    if look.named() {
        return None;
    }
    if look.right || look.led || look.prior == ":" || n >= 6 || sentence {
        return Some(says);
    }
    if look.spoken() {
        return Some(QuoteKind::Mixed);
    }
    if look.alone && (look.stop || look.verb) {
        return Some(QuoteKind::Direct);
    }
    (n >= 4 && !look.titled).then_some(QuoteKind::Mixed)
}

/// Whether no learned judge may take quotation `q` for speech: no words, one word never closed, a label, a
/// name that is only given.
pub(super) fn never(scene: &Scene, q: usize) -> bool {
    let words = words(scene, q);
    let Some(&first) = words.first() else { return true };
    words.len() < 2 && scene.marked[q].end != End::Closed || labelled(scene, first) || term(scene, q)
}

/// "The so-called “winter of empty shelves”", "nicknamed “The Wall”": no one's words, whoever speaks there.
fn term(scene: &Scene, q: usize) -> bool {
    let open = scene.words.at(scene.marked[q].span.start);
    let prior = open.checked_sub(1).map_or("", |t| scene.words.lower(t));
    matches!(
        prior,
        "so-called" | "so-named" | "nickname" | "nicknamed" | "codename" | "codenamed" | "code-named"
    )
}

/// A line of a transcript with its own label: who says what there is not told by marks.
fn labelled(scene: &Scene, first: usize) -> bool {
    let label = scene.words.text(first);
    scene.words.text(first + 1) == ":"
        && label.len() > 2
        && label.chars().all(|c| c.is_uppercase() || c == '-')
}

/// The tokens of quotation `q`'s words.
pub(super) fn words(scene: &Scene, q: usize) -> Vec<usize> {
    let inner = scene.marked[q].inner;
    (scene.words.at(inner.start)..scene.words.at(inner.end))
        .filter(|&t| matches!(scene.words.tokens[t].kind, Kind::Word | Kind::Number))
        .collect()
}

/// Whether all words that a title would capitalise are.
pub(super) fn title_case(scene: &Scene, words: &[usize]) -> bool {
    let mut capitals = 0;
    for &t in words {
        if scene.words.tokens[t].capital || scene.words.tokens[t].kind == Kind::Number {
            capitals += 1;
        } else if scene.words.lower(t).len() > 4 || !small(scene.words.lower(t)) {
            return false;
        }
    }
    capitals > 0 && scene.words.tokens[words[0]].capital
}

fn small(word: &str) -> bool {
    preposition(word)
        || determiner(word)
        || matches!(word, "and" | "or" | "but" | "is" | "n" | "vs" | "as" | "not" | "that")
}
