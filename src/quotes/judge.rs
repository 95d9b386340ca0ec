//! What the learned judge sees of words in marks, to tell speech from scare quotes, titles and terms.

use super::QuoteKind;
use super::cues::{Class, NOUNS};
use super::evidence::{Evidence, Frame};
use super::grammar::{PERSONAL, auxiliary, conjunction, determiner, preposition};
use super::kinds::{so_called, title_case, words, work};
use super::phrases::What;
use super::ranker::step;
use super::scene::Scene;
use super::words::{Kind, NONE};
use crate::actors::ActorType;
use crate::model::{Feature, Features, hash_text};
use crate::text::Span;

/// What the learned judge sees of quotation `q`: one item for speech, one for none. `verdict` is what the
/// rules say.
pub(super) fn describe(
    scene: &Scene,
    q: usize,
    frame: &Frame,
    evidence: &[Evidence],
    verdict: Option<QuoteKind>,
) -> Features {
    let m = scene.marked[q];
    let inner = m.inner.of(scene.words.text).trim();
    let words = words(scene, q);
    let v = &frame.view;
    let low = |i: Option<usize>| i.map_or("", |i| scene.low(v, i));
    let before = frame.at.checked_sub(1);
    let prior = low(before);
    let second = low(frame.at.checked_sub(2));
    let next = low(Some(frame.at + 1));
    let n = step(words.len());
    let titled = u32::from(title_case(scene, &words));
    let rule = match verdict {
        None => 0,
        Some(QuoteKind::Mixed) => 1,
        Some(_) => 2,
    };
    let capital = u32::from(words.first().is_some_and(|&t| scene.words.tokens[t].capital));
    let end = ending_mark(inner);
    let head = u32::from(m.block == 0);
    let first = evidence.first();
    let how = first.map_or(99, |e| e.rule as u32);
    let lemma =
        first.and_then(|e| e.cue).and_then(|c| scene.words.cue(c)).map_or(9999, |c| u32::from(c.lemma));
    let near = nearest_cue(scene, frame);
    let alone = u32::from(v.len() <= 2);
    // The nearest verb that by itself says something, however far.
    let says = (0..frame.at).rev().take(80).find(|&i| {
        scene
            .cue_at(v, i)
            .is_some_and(|c| c.class != Class::Weak && c.past_or_present() && scene.verbal(v, i, c))
    });
    let (far, that) = says.map_or((99, 0), |i| (step(frame.at - i), closed(scene.low(v, i + 1))));
    let kind_of_next = following(scene, frame);
    let spoken = words.iter().any(|&t| conversational(scene.words.lower(t)));
    let ending = |t: Option<&usize>| {
        let w = t.map_or("", |&t| scene.words.lower(t));
        let cut = w.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
        hash_text(&w[cut..])
    };
    let others = v.iter().filter(|&&t| scene.is_quote(t, frame.level)).count().min(4) as u32;
    let joined = u32::from(matches!(prior, "and" | "or" | ","))
        + u32::from(
            frame.at >= 2 && (2..=3).any(|d| frame.at >= d && scene.is_quote(v[frame.at - d], frame.level)),
        );
    let mut f = Features::new();
    let kin = (0..frame.at).rev().take(5).any(|i| work(scene.low(v, i)));
    let what = who(scene, first);
    for feature in [
        Feature::new(122).number(what).number(how).number(n),
        Feature::new(123).number(what).number(lemma),
        Feature::new(124).number(what).number(near),
        Feature::new(100).number(rule),
        Feature::new(101).number(rule).number(n),
        Feature::new(102).number(rule).number(n).number(titled),
        Feature::new(103).number(rule).text(prior),
        Feature::new(104).text(prior).number(n),
        Feature::new(105).text(second).text(prior),
        Feature::new(106).text(next),
        Feature::new(107).number(how).number(n),
        Feature::new(108).number(lemma),
        Feature::new(109).number(near).number(n),
        Feature::new(110).number(end).number(n).number(capital),
        Feature::new(111).number(head).number(n).number(rule),
        Feature::new(112).number(class(prior)).number(n),
        Feature::new(113).number(class(second)).number(class(prior)).number(titled),
        Feature::new(114).number(class(next)).number(titled),
        Feature::new(115).number(alone).number(n).number(end),
        Feature::new(116).number(u32::from(kin)).number(titled).number(n),
        Feature::new(117).number(u32::from(m.single)).number(n).number(head),
        Feature::new(118).number(how).number(rule).number(titled),
        Feature::new(119).number(m.depth.min(2)).number(how).number(n),
        Feature::new(120).number(capital).number(n).number(class(prior)),
        Feature::new(121).number(near),
        Feature::new(125).number(far).number(n),
        Feature::new(126).number(far).number(that).number(class(prior)),
        Feature::new(127).number(kind_of_next).number(class(prior)).number(n),
        Feature::new(128).number(kind_of_next).number(far),
        Feature::new(129).number(u32::from(spoken)).number(n).number(how),
        Feature::new(130).number(ending(words.last())).number(n),
        Feature::new(131).number(ending(words.first())).number(capital),
        Feature::new(132).number(others).number(joined).number(n),
        Feature::new(133).number(joined).number(far),
        Feature::new(134).number(titled).number(n).number(far).number(class(prior)),
        Feature::new(135).number(u32::from(m.single)).number(far).number(titled),
        Feature::new(136).number(how).number(class(prior)).number(kind_of_next),
        Feature::new(137).number(what).number(how).number(far),
    ] {
        f.push(feature);
    }
    surroundings(scene, q, frame, how, &mut f);
    f.end_item();
    f.push(Feature::new(99));
    f.end_item();
    f
}

/// What stands right beside the quotation, and where else its words stand. `how`: its best evidence.
fn surroundings(scene: &Scene, q: usize, frame: &Frame, how: u32, f: &mut Features) {
    let m = scene.marked[q];
    let words = words(scene, q);
    let v = &frame.view;
    let low = |i: Option<usize>| i.map_or("", |i| scene.low(v, i));
    let before = frame.at.checked_sub(1);
    let (prior, second) = (low(before), low(frame.at.checked_sub(2)));
    let next = low(Some(frame.at + 1));
    let n = step(words.len());
    let short = words.len().min(5) as u32;
    let titled = u32::from(title_case(scene, &words));
    let end = ending_mark(m.inner.of(scene.words.text).trim());
    let head = u32::from(m.block == 0);
    let spoken = words.iter().any(|&t| conversational(scene.words.lower(t)));
    let kind_of_prior = before.map_or(0, |i| neighbour(scene, frame, i));
    let kind_of_next = following(scene, frame);
    let named = u32::from(words.iter().any(|&t| scene.bare_name(t).is_some()));
    let after = cue_after(scene, frame);
    let (bare, marked) = again(scene, q, words.len());
    for feature in [
        Feature::new(150).number(kind_of_prior).number(kind_of_next).number(titled),
        Feature::new(151).number(kind_of_prior).number(class(prior)).number(n),
        Feature::new(152).number(named).number(titled).number(n),
        Feature::new(153).number(after).number(n),
        Feature::new(154).number(after).number(titled),
        Feature::new(155).number(short).number(class(prior)).number(kind_of_next),
        Feature::new(156).number(bare).number(n),
        Feature::new(157).number(bare).number(titled),
        Feature::new(158).number(marked).number(n).number(head),
        Feature::new(159).number(u32::from(spoken)).number(end).number(n),
        Feature::new(160).number(head).number(how),
        Feature::new(161).number(form(prior)).number(form(next)).number(n),
        Feature::new(162).number(form(second)).number(form(prior)).number(titled),
        Feature::new(163).text(next).number(titled),
    ] {
        f.push(feature);
    }
}

/// The mark that the words end with: a number for each kind.
fn ending_mark(words: &str) -> u32 {
    words.chars().next_back().map_or(0, |c| match c {
        c if c.is_alphanumeric() => 0,
        ',' => 1,
        '.' => 2,
        '?' | '!' => 3,
        _ => 4,
    })
}

/// Class and distance of the nearest cue of the fourteen words before, 99 for none.
fn nearest_cue(scene: &Scene, frame: &Frame) -> u32 {
    let cue = (0..frame.at).rev().take(14).find_map(|i| scene.cue_at(&frame.view, i).map(|c| (i, c)));
    cue.map_or(99, |(i, c)| {
        step(frame.at - i) * 8
            + match c.class {
                Class::Say => 0,
                Class::Tell => 1,
                Class::Call => 2,
                Class::Weak => 3,
                Class::Particle(_) => 4,
            }
    })
}

/// The kind of the word after the quotation.
fn following(scene: &Scene, frame: &Frame) -> u32 {
    neighbour(scene, frame, frame.at + 1)
}

/// The kind of item `i` of the sentence.
fn neighbour(scene: &Scene, frame: &Frame, i: usize) -> u32 {
    match frame.view.get(i) {
        None => 0,
        Some(&t) if scene.is_quote(t, frame.level) => 1,
        Some(&t) if scene.words.tokens[t].kind == Kind::Possessive => 8,
        Some(&t) if scene.words.tokens[t].kind != Kind::Word => 2,
        Some(&t) if scene.bare_name(t).is_some_and(|n| scene.kind_of(n.actor) == ActorType::Person) => 9,
        Some(&t) if scene.words.tokens[t].capital => 3,
        Some(&t) if scene.words.cue(t).is_some() => 4,
        Some(&t) if closed(scene.words.lower(t)) > 1 => 5,
        Some(_) => 6,
    }
}

/// How far after the quotation the first verb that by itself says something stands, 99 for none.
fn cue_after(scene: &Scene, frame: &Frame) -> u32 {
    let v = &frame.view;
    let says = (frame.at + 1..v.len()).take(40).find(|&i| {
        scene
            .cue_at(v, i)
            .is_some_and(|c| c.class != Class::Weak && c.past_or_present() && scene.verbal(v, i, c))
    });
    says.map_or(99, |i| step(i - frame.at))
}

/// How many bytes of an article a fragment is looked for in.
const LOOKED: usize = 20_000;

/// How often a fragment stands in the article again, bare and in marks, each at most twice; 9 where it is
/// too long to be a term.
fn again(scene: &Scene, q: usize, words: usize) -> (u32, u32) {
    let lower = scene.words.in_lower();
    let inner = scene.marked[q].inner;
    let own = inner.of(lower).trim().trim_end_matches([',', '.', '?', '!', ';', ':', '…']);
    if words > 4 || own.is_empty() {
        return (9, 9);
    }
    let (mut bare, mut marked) = (0, 0);
    let end = scene.words.tokens.partition_point(|t| t.span.end <= LOOKED);
    let end = end.checked_sub(1).map_or(0, |t| scene.words.tokens[t].span.end);
    for (at, found) in lower[..end].match_indices(own).take(8) {
        let t = scene.words.at(at);
        let whole = scene.words.tokens.get(t).is_some_and(|first| first.span.start == at)
            && !lower[at + found.len()..].starts_with(char::is_alphanumeric);
        if !whole || inner.contains(Span::new(at, at)) {
            continue;
        }
        if scene.words.tokens[t].quote == NONE {
            bare += 1;
        } else {
            marked += 1;
        }
    }
    (bare.min(2), marked.min(2))
}

/// What a lower-case word looks like: its class, else its ending.
fn form(word: &str) -> u32 {
    let endings = ["ing", "ed", "ly", "s"];
    match word {
        "" => 0,
        "is" | "was" | "are" | "were" | "be" | "been" | "'s" | "’s" => 1,
        "and" | "or" | "but" => 2,
        _ if work(word) => 3,
        _ if NOUNS.contains(&word) => 4,
        _ if determiner(word) => 5,
        _ if preposition(word) => 6,
        _ if !word.starts_with(char::is_alphanumeric) => 20 + hash_text(word) % 64,
        _ => endings.iter().position(|e| word.ends_with(e)).map_or(7, |i| 8 + i as u32),
    }
}

/// The kind of phrase that the best evidence gives as the speaker, 9 for none.
fn who(scene: &Scene, first: Option<&Evidence>) -> u32 {
    first.map_or(9, |e| match e.phrase.what {
        What::Name(a) => scene.kind_of(a) as u32,
        What::Run => 5,
        What::Pronoun => 6 + u32::from(scene.words.lower(e.phrase.first) == "they"),
        What::Nominal => 10 + u32::from(scene.words.lower(e.phrase.last).ends_with('s')),
    })
}

/// Whether a lower-case word is of the kind that talk is full of and names of things are not.
fn conversational(word: &str) -> bool {
    auxiliary(word) || PERSONAL.contains(&word) || word.contains(['\'', '’'])
}

/// The classes of a lower-case word, a bit each.
fn class(word: &str) -> u32 {
    u32::from(NOUNS.contains(&word))
        | u32::from(work(word)) << 1
        | u32::from(so_called(word)) << 2
        | u32::from(determiner(word)) << 3
        | u32::from(preposition(word)) << 4
}

/// A number for a word of a closed class, one for all others.
fn closed(word: &str) -> u32 {
    if word.is_empty() {
        return 0;
    }
    let known = preposition(word)
        || conjunction(word)
        || auxiliary(word)
        || determiner(word)
        || !word.starts_with(char::is_alphanumeric);
    if known { 2 + hash_text(word) % 65_536 } else { 1 }
}
