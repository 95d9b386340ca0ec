//! How much an article speaks of sport: there a town's name is often its team's.

use super::tokens::{Word, Words};
use crate::model::hash_texts;

const SPORT: [u32; 60] = hash_texts([
    "match",
    "matches",
    "goal",
    "goals",
    "league",
    "coach",
    "striker",
    "midfielder",
    "defender",
    "goalkeeper",
    "winger",
    "season",
    "squad",
    "fixture",
    "fixtures",
    "transfer",
    "cup",
    "final",
    "semi-final",
    "penalty",
    "penalties",
    "half-time",
    "substitute",
    "scored",
    "scorer",
    "scoring",
    "beat",
    "defeat",
    "win",
    "wins",
    "won",
    "draw",
    "drew",
    "victory",
    "loan",
    "fans",
    "supporters",
    "title",
    "playoff",
    "playoffs",
    "quarterback",
    "innings",
    "wicket",
    "wickets",
    "tries",
    "team",
    "teams",
    "players",
    "player",
    "tournament",
    "championship",
    "club",
    "clubs",
    "football",
    "rugby",
    "cricket",
    "basketball",
    "handball",
    "referee",
    "kick-off",
]);

/// Places of a small filter that most words fall through.
const FILTER: [u64; 16] = {
    let (mut bits, mut at) = ([0u64; 16], 0);
    while at < SPORT.len() {
        bits[(SPORT[at] as usize >> 6) & 15] |= 1 << (SPORT[at] & 63);
        at += 1;
    }
    bits
};

fn of_sport(word: &Word) -> bool {
    FILTER[(word.low as usize >> 6) & 15] >> (word.low & 63) & 1 == 1 && SPORT.contains(&word.low)
}

/// A level for each block, 0 to 8: three times the article's (0 to 2: under one word in a hundred, under two,
/// more) and the words of sport in the block (0 to 2).
pub(super) fn levels(words: &Words) -> Vec<u8> {
    let count =
        |block: &std::ops::Range<usize>| words.words[block.clone()].iter().filter(|w| of_sport(w)).count();
    let blocks: Vec<usize> = words.blocks.iter().map(count).collect();
    let article = match blocks.iter().sum::<usize>() {
        0..=2 => 0,
        all => (all * 100 / words.words.len()).min(2),
    };
    blocks.into_iter().map(|n| (3 * article + n.min(2)) as u8).collect()
}
