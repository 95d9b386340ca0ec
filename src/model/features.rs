//! Features: what a scorer sees of each item of a sequence, as hashes of short facts.

/// Takes features item after item.
pub trait Sink {
    /// Adds a feature to the item that is being made.
    fn push(&mut self, feature: Feature);

    /// Ends the item that is being made; the next feature belongs to the next item.
    fn end_item(&mut self);

    /// Whether features are only summed, so that sums may be kept and added again.
    const SUMS: bool = false;

    /// What a feature adds, where they are summed.
    fn weight(&self, _: Feature) -> i32 {
        0
    }

    /// Adds what some features add together, where they are summed.
    fn add(&mut self, _: i32) {}
}

impl Sink for Features {
    #[inline]
    fn push(&mut self, feature: Feature) {
        Self::push(self, feature);
    }

    #[inline]
    fn end_item(&mut self) {
        Self::end_item(self);
    }
}

/// The features of a sequence of items (blocks, tokens or candidates): flat 32-bit hashes, item after
/// item. Every feature is either there or not; numbers are cut into steps by whoever makes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    hashes: Vec<u32>,
    /// `ends[i]`: where item `i` ends in `hashes`.
    ends: Vec<u32>,
}

impl Features {
    /// A sequence without items.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a feature to the item that is being made.
    #[inline]
    pub fn push(&mut self, feature: Feature) {
        self.hashes.push(feature.finish());
    }

    /// Adds an already finished hash.
    #[inline]
    pub fn push_hash(&mut self, hash: u32) {
        self.hashes.push(hash);
    }

    /// Ends the item that is being made; the next feature belongs to the next item.
    #[inline]
    pub fn end_item(&mut self) {
        self.ends.push(self.hashes.len() as u32);
    }

    /// Number of finished items.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no item is finished.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The hashes of item `at`; empty where there is no such item.
    #[inline]
    pub fn item(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.ends.get(at).and_then(|&end| self.hashes.get(start..end as usize)).unwrap_or(&[])
    }

    /// Forgets all items, keeping the memory.
    pub fn clear(&mut self) {
        self.hashes.clear();
        self.ends.clear();
    }

    /// All hashes, for the trainer's counts.
    #[cfg(feature = "train")]
    pub(crate) fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Some of the items.
    #[cfg(feature = "train")]
    pub(crate) fn part(&self, items: std::ops::Range<usize>) -> Self {
        let mut part = Self::new();
        for at in items {
            part.hashes.extend_from_slice(self.item(at));
            part.end_item();
        }
        part
    }

    /// Keeps only the hashes that `keep` says.
    #[cfg(feature = "train")]
    pub(crate) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        let mut kept = Self::new();
        for at in 0..self.len() {
            kept.hashes.extend(self.item(at).iter().copied().filter(|&h| keep(h)));
            kept.end_item();
        }
        *self = kept;
    }
}

/// One feature in the making: a template's number, then its parts. FNV-1a with a word-wise step for
/// numbers and a mixing end, so that near facts land in far buckets.
///
/// ```
/// use quoth::model::{Feature, Features};
/// let mut features = Features::new();
/// features.push(Feature::new(1).text("said"));
/// features.push(Feature::new(2).text("Mr").number(3));
/// features.end_item();
/// assert_eq!(features.item(0).len(), 2);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Feature(u64);

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl Feature {
    /// Begins a feature of the template numbered `template`.
    #[inline]
    pub const fn new(template: u32) -> Self {
        Self((OFFSET ^ template as u64).wrapping_mul(MIX))
    }

    /// Adds a text; texts are kept apart from their neighbours.
    #[inline]
    pub fn text(self, part: &str) -> Self {
        self.number(hash_text(part))
    }

    /// Adds a number, or the hash of a text made earlier by [`hash_text`].
    #[inline]
    pub const fn number(self, part: u32) -> Self {
        let mixed = (self.0 ^ part as u64).wrapping_mul(MIX);
        Self(mixed ^ (mixed >> 29))
    }

    /// The feature's hash.
    #[inline]
    pub const fn finish(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(MIX);
        (mixed >> 32) as u32
    }
}

/// The hash of a text that comes byte by byte: as [`hash_text`] has it.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct TextHash(u64);

impl TextHash {
    /// The empty text.
    #[inline]
    pub const fn new() -> Self {
        Self(OFFSET)
    }

    /// The text with one more byte.
    #[inline]
    pub const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(PRIME))
    }

    /// The text's hash.
    #[inline]
    pub const fn finish(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(MIX);
        (mixed >> 32) as u32
    }
}

impl Default for TextHash {
    fn default() -> Self {
        Self::new()
    }
}

/// Hash of a text, to be made once per word and then combined by [`Feature::number`].
#[inline]
pub const fn hash_text(text: &str) -> u32 {
    let mut hash = TextHash::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        hash = hash.byte(bytes[at]);
        at += 1;
    }
    hash.finish()
}

/// Hashes of texts, made while compiling: words that are looked for again and again.
pub const fn hash_texts<const N: usize>(texts: [&str; N]) -> [u32; N] {
    let mut hashes = [0; N];
    let mut at = 0;
    while at < N {
        hashes[at] = hash_text(texts[at]);
        at += 1;
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_own_features() {
        let mut f = Features::new();
        f.push(Feature::new(1).text("a"));
        f.end_item();
        f.end_item();
        f.push(Feature::new(1).text("b"));
        f.push(Feature::new(2).text("b"));
        f.end_item();
        assert_eq!((f.len(), f.item(0).len(), f.item(1).len(), f.item(2).len()), (3, 1, 0, 2));
        assert!(f.item(3).is_empty());
        assert_ne!(f.item(2)[0], f.item(2)[1]);
        assert_ne!(f.item(0)[0], f.item(2)[0]);
    }

    #[test]
    fn parts_do_not_run_together() {
        let apart = Feature::new(1).text("ab").text("c").finish();
        assert_ne!(apart, Feature::new(1).text("a").text("bc").finish());
        assert_eq!(apart, Feature::new(1).number(hash_text("ab")).text("c").finish());
    }
}
