//! Direct, mixed, or no speech at all: scare quotes, titles of works, nicknames, terms.

use super::QuoteKind;
use super::cues::{Class, NOUNS};
use super::evidence::{Evidence, Frame, Rule};
use super::grammar::{PERSONAL, auxiliary, determiner, preposition};
use super::marks::End;
use super::phrases::What;
use super::ranker::step;
use super::scene::Scene;
use super::words::Kind;
use crate::actors::ActorType;
use crate::model::{Feature, Features};

/// Nouns that a title in marks stands beside.
const WORKS: &[&str] = &[
    "book",
    "film",
    "movie",
    "song",
    "album",
    "show",
    "series",
    "play",
    "novel",
    "memoir",
    "documentary",
    "podcast",
    "painting",
    "poem",
    "essay",
    "titled",
    "entitled",
    "program",
    "programme",
    "episode",
    "sitcom",
    "drama",
    "musical",
    "opera",
    "single",
    "track",
    "game",
    "magazine",
    "newsletter",
    "column",
    "exhibition",
    "named",
    "nicknamed",
    "pseudonym",
    "hit",
    "classic",
    "comedy",
    "segment",
    "sketch",
    "ballad",
    "anthem",
    "ad",
    "starring",
    "starred",
    "star",
    "host",
    "hosts",
    "co-host",
    "co-hosts",
    "anchor",
    "thriller",
    "symphony",
    "sculpture",
    "ballet",
    "band",
    "headlined",
];

/// Words that say that what follows is only so called.
const SO_CALLED: &[&str] = &[
    "so-called",
    "self-styled",
    "self-described",
    "dubbed",
    "nicknamed",
    "codenamed",
    "code-named",
    "known",
];

/// What quotation `q` is as the rules see it; `None` where nobody is quoted as saying it.
#[allow(clippy::too_many_lines, reason = "one list of cases in the order in which they are asked")]
pub(super) fn kind(scene: &Scene, q: usize, frame: &Frame, evidence: &[Evidence]) -> Option<QuoteKind> {
    let m = scene.marked[q];
    let text = scene.words.text;
    let inner = m.inner.of(text).trim();
    let (from, to) = (scene.words.at(m.inner.start), scene.words.at(m.inner.end));
    let words: Vec<usize> =
        (from..to).filter(|&t| matches!(scene.words.tokens[t].kind, Kind::Word | Kind::Number)).collect();
    let n = words.len();
    let v = &frame.view;
    let low = |i: usize| scene.low(v, i);
    let before = frame.at.checked_sub(1);
    let prior = before.map_or("", low);
    let second = frame.at.checked_sub(2).map_or("", low);
    let alone = v.len() <= 2;
    let stop = inner.ends_with(['.', '?', '!', '…']);
    let verb = words.iter().any(|&t| {
        let w = scene.words.lower(t);
        auxiliary(w)
            || PERSONAL.contains(&w)
            || matches!(
                w,
                "it" | "you"
                    | "let"
                    | "don't"
                    | "don’t"
                    | "there's"
                    | "that's"
                    | "it's"
                    | "i'm"
                    | "you're"
                    | "we're"
                    | "they're"
                    | "isn't"
                    | "get"
                    | "go"
                    | "make"
                    | "want"
                    | "know"
                    | "think"
                    | "stop"
                    | "need"
                    | "take"
                    | "give"
                    | "come"
                    | "wants"
                    | "makes"
                    | "keep"
                    | "got"
                    | "went"
                    | "gets"
                    | "goes"
                    | "thank"
                    | "thanks"
            )
            || w.contains('\'')
            || w.contains('’')
            || scene.words.cue(t).is_some_and(super::cues::Cue::past_or_present)
    });
    let titled = title_case(scene, &words);
    // What leads straight up to the quotation.
    let cue_before =
        (0..frame.at).rev().take(14).take_while(|&i| !matches!(low(i), ";" | "." | "?" | "!")).find_map(
            |i| {
                let c = scene.cue_at(v, i)?;
                (c.class != Class::Weak).then_some((frame.at - i, c))
            },
        );
    let led = matches!(prior, ":" | ",") && (0..frame.at).rev().take(8).any(|i| scene.cue_at(v, i).is_some());
    let right = evidence.iter().any(|e| {
        matches!(e.rule, Rule::Inverted | Rule::SubjectRight | Rule::Dash)
            && e.cue.is_none_or(|c| c > v[frame.at])
    });
    let full = QuoteKind::Direct;
    if n == 0 {
        return None;
    }
    let sentence = (stop || scene.ends_clause(q)) && n >= 4 || verb && n >= 6 || n >= 9 && stop;
    let direct = sentence && scene.words.tokens[words[0]].capital;
    let says = if direct || alone { full } else { QuoteKind::Mixed };
    // A transcript's line with its own label: who says what there is not told by marks.
    if words[0] + 1 == words.get(1).copied().unwrap_or(0).saturating_sub(1)
        && scene.words.text(words[0] + 1) == ":"
        && scene.words.text(words[0]).len() > 2
        && scene.words.text(words[0]).chars().all(|c| c.is_uppercase() || c == '-')
    {
        return None;
    }
    if m.end != End::Closed {
        return (n > 1).then_some(says);
    }
    if SO_CALLED.contains(&prior)
        || second == "so-called"
        || prior == "as" && SO_CALLED.contains(&second) && second != "known" && n < 6
    {
        return None;
    }
    let next = low(frame.at + 1);
    // A nickname between two names.
    let capital = |i: Option<usize>| i.and_then(|i| v.get(i)).is_some_and(|&t| scene.words.tokens[t].capital);
    if n <= 2
        && capital(before)
        && capital(Some(frame.at + 1))
        && !determiner(prior)
        && words.iter().all(|&t| scene.words.tokens[t].capital)
    {
        return None;
    }
    // "NBC's “Meet the Press,” Rutte said": a programme, whatever follows.
    if titled
        && n <= 7
        && (matches!(prior, "'s" | "’s" | "on" | "titled" | "entitled") || WORKS.contains(&prior))
        && !stop_inside(inner)
    {
        return None;
    }
    if titled && !right && !led {
        let work = (0..frame.at).rev().take(5).any(|i| WORKS.contains(&low(i))) || WORKS.contains(&next);
        let place = preposition(prior) || matches!(prior, "'s" | "’s" | "the" | "and" | "," | "a");
        let said = cue_before.is_some_and(|(d, c)| d <= 3 && (c.class != Class::Weak));
        if work || place && !said || n <= 4 && !said && !stop || n == 1 && !said {
            return None;
        }
    }
    if right || led || prior == ":" {
        return Some(says);
    }
    if WORKS.contains(&prior) && titled {
        return None;
    }
    if n >= 6 || sentence {
        return Some(says);
    }
    // A fragment: somebody must be saying it.
    let called = cue_before.is_some_and(|(d, c)| match c.class {
        Class::Call => d <= 10,
        _ => d <= 14,
    });
    let noun = NOUNS.contains(&prior)
        && !matches!(prior, "word" | "words" | "term" | "phrase" | "sign" | "line")
        || (matches!(prior, "of" | "for" | "about" | "a" | "the") && NOUNS.contains(&second));
    let later = evidence.iter().any(|e| matches!(e.rule, Rule::According | Rule::Later | Rule::SubjectRight));
    // Lower-case words after somebody who can say them.
    let somebody = evidence.iter().any(|e| match e.phrase.what {
        What::Name(a) => scene.kind_of(a) == ActorType::Person && e.phrase.first < v[frame.at],
        What::Pronoun => {
            PERSONAL.contains(&scene.words.lower(e.phrase.first)) && e.phrase.first < v[frame.at]
        }
        _ => false,
    });
    let plain = !scene.words.tokens[words[0]].capital && scene.words.tokens[words[0]].kind == Kind::Word;
    if called || noun || later || n >= 3 && verb || plain && somebody {
        return Some(QuoteKind::Mixed);
    }
    if alone && (stop || verb) {
        return Some(full);
    }
    (n >= 4 && !titled).then_some(QuoteKind::Mixed)
}

/// Whether a full stop stands in the midst of the words.
fn stop_inside(inner: &str) -> bool {
    inner.contains(". ") || inner.ends_with(['?', '!'])
}

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
    let text = scene.words.text;
    let inner = m.inner.of(text).trim();
    let (from, to) = (scene.words.at(m.inner.start), scene.words.at(m.inner.end));
    let words: Vec<usize> =
        (from..to).filter(|&t| matches!(scene.words.tokens[t].kind, Kind::Word | Kind::Number)).collect();
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
    let end = inner.chars().next_back().map_or(0, |c| match c {
        c if c.is_alphanumeric() => 0,
        ',' => 1,
        '.' => 2,
        '?' | '!' => 3,
        _ => 4,
    });
    let head = u32::from(m.block == 0);
    let first = evidence.first();
    let how = first.map_or(99, |e| e.rule as u32);
    let lemma =
        first.and_then(|e| e.cue).and_then(|c| scene.words.cue(c)).map_or(9999, |c| u32::from(c.lemma));
    let class = (0..frame.at).rev().take(14).find_map(|i| scene.cue_at(v, i).map(|c| (i, c)));
    let near = class.map_or(99, |(i, c)| {
        step(frame.at - i) * 8
            + match c.class {
                Class::Say => 0,
                Class::Tell => 1,
                Class::Call => 2,
                Class::Weak => 3,
                Class::Particle(_) => 4,
            }
    });
    let alone = u32::from(v.len() <= 2);
    let mut f = Features::new();
    let noun = |w: &str| {
        u32::from(NOUNS.contains(&w))
            | u32::from(WORKS.contains(&w)) << 1
            | u32::from(SO_CALLED.contains(&w)) << 2
            | u32::from(determiner(w)) << 3
            | u32::from(preposition(w)) << 4
    };
    let kin = (0..frame.at).rev().take(5).any(|i| WORKS.contains(&scene.low(v, i)));
    let what = first.map_or(9, |e| match e.phrase.what {
        What::Name(a) => scene.kind_of(a) as u32,
        What::Run => 5,
        What::Pronoun => 6 + u32::from(scene.words.lower(e.phrase.first) == "they"),
        What::Nominal => 10 + u32::from(scene.words.lower(e.phrase.last).ends_with('s')),
    });
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
        Feature::new(112).number(noun(prior)).number(n),
        Feature::new(113).number(noun(second)).number(noun(prior)).number(titled),
        Feature::new(114).number(noun(next)).number(titled),
        Feature::new(115).number(alone).number(n).number(end),
        Feature::new(116).number(u32::from(kin)).number(titled).number(n),
        Feature::new(117).number(u32::from(m.single)).number(n).number(head),
        Feature::new(118).number(how).number(rule).number(titled),
        Feature::new(119).number(m.depth.min(2)).number(how).number(n),
        Feature::new(120).number(capital).number(n).number(noun(prior)),
        Feature::new(121).number(near),
    ] {
        f.push(feature);
    }
    f.end_item();
    f.push(Feature::new(99));
    f.end_item();
    f
}

/// Whether all words that a title would capitalise are.
fn title_case(scene: &Scene, words: &[usize]) -> bool {
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
