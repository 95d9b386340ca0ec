//! Nouns for women and men who can speak: of a family, of an age.

use super::grammar::speaker_noun;

const FEMALE: &[&str] = &[
    "mother",
    "wife",
    "sister",
    "daughter",
    "aunt",
    "grandmother",
    "granny",
    "gran",
    "girl",
    "woman",
    "mum",
    "mama",
    "mom",
    "madam",
    "niece",
    "widow",
    "lady",
    "nurse",
    "queen",
    "granddaughter",
    "girlfriend",
    "tata",
];
const MALE: &[&str] = &[
    "father",
    "husband",
    "brother",
    "son",
    "uncle",
    "grandfather",
    "grandad",
    "boy",
    "man",
    "dad",
    "papa",
    "nephew",
    "widower",
    "king",
    "guy",
    "fellow",
    "grandson",
    "boyfriend",
    "lad",
];

/// Whether a lower-case noun is for somebody who can speak, of a family too.
pub(super) fn can_speak(noun: &str) -> bool {
    speaker_noun(noun) || FEMALE.contains(&noun) || MALE.contains(&noun)
}

/// Whether a lower-case noun is for a woman or girl.
pub(super) fn female(noun: &str) -> bool {
    FEMALE.contains(&noun) || noun.ends_with("woman") || noun.ends_with("mother")
}

/// Whether a lower-case noun is for a man or boy.
pub(super) fn male(noun: &str) -> bool {
    MALE.contains(&noun) || noun.ends_with("father")
}
