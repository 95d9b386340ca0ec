//! The hashes that stand for words in sketches: the same on every platform, for ever.

/// FNV-1a over `bytes`, then mixed so that the low bits are as good as the high ones.
/// Stored sketches depend on it: it must not change.
pub fn hash64(bytes: &[u8]) -> u64 {
    mix(bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

/// The finaliser of `SplitMix64`.
const fn mix(mut h: u64) -> u64 {
    h ^= h >> 30;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^= h >> 27;
    h = h.wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// 24 bits for a term: two articles of 48 terms share one by chance once in 7,000 pairs.
pub fn term(word: &str) -> u32 {
    (hash64(word.as_bytes()) >> 40) as u32
}

/// 32 bits of a longer string.
pub fn hash32(text: &str) -> u32 {
    (hash64(text.as_bytes()) >> 32) as u32
}

/// Folds the hash of one more word into the hash of a run of words.
pub const fn then(run: u64, word: u64) -> u64 {
    mix(run.rotate_left(23) ^ word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        // Sketches on readers' disks hold these values.
        assert_eq!(hash64(b""), 17_665_956_581_633_026_203);
        assert_eq!(term("ferry"), term("ferry"));
        assert_ne!(term("ferry"), term("ferries"));
        assert!(term("strike") < 1 << 24);
    }
}
