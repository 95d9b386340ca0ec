//! Which rows have a term, a person or a word of a name: lists by hash, so that a question looks at these rows alone.
//!
//! The lists are made from the rows at leisure, slice by slice, and kept in memory only. Rows that came, changed or
//! went since are looked at one by one (see [`super::scan`]), so that the answer is the same with lists and without.
//!
//! ```text
//! slice    lists of 4,096 values of the hash's high 16 bits, one after another
//! list     runs, by the low byte that follows those bits in a row
//! run      low byte, of terms the highest frequency in it, its bytes as varint, then the rows' steps as varints
//! ```
//!
//! A term has a run for each of some spans of its frequency in the rows, so that what it adds to a row's cosine is known
//! almost from the run alone: bounds for blocks of a list, as of impacts in search engines (Ding and Suel, "Faster
//! top-k document retrieval using block-max indexes", 2011).

mod made;

/// Lists are made in so many steps.
const SLICES: usize = 16;
/// Values of the high 16 bits in a slice.
const LISTS: usize = (1 << 16) / SLICES;

/// Rows of which the span of dates and the least length are kept together.
pub(super) const BLOCK: usize = 32;

/// What is listed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// High 16 and low 8 bits of a term's hash.
    Term,
    /// The same of a person's key.
    Person,
    /// Hash of a word of a name, and whose it is and how.
    Name,
    /// High 16 and low 8 bits of the hash of a headline's term.
    Title,
}
const KINDS: usize = 4;

#[derive(Debug, Default)]
struct Slice {
    /// Where each list begins, and the end of the last.
    from: Vec<u32>,
    bytes: Vec<u8>,
}

/// What many rows with lists have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// The earliest and the latest date that is known; the earliest is the later where none is.
    pub(super) minutes: (i32, i32),
    /// Some date is not known.
    pub(super) undated: bool,
    /// The least length.
    pub(super) length: u32,
}

/// Rows that have one value.
#[derive(Clone, Copy, Debug)]
struct Run<'i> {
    low: u8,
    /// Of terms, the highest frequency as packed.
    most: u8,
    steps: &'i [u8],
}

/// The lists of all rows up to some.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Slices of each kind, all or, while they are made, the first.
    slices: [Vec<Slice>; KINDS],
    /// Rows that have lists once all slices are there.
    rows: usize,
    /// For every [`BLOCK`] of these.
    blocks: Vec<Block>,
    /// Of these, rows that changed since, a bit for each, and whether there are any.
    changed: Vec<u64>,
    any_changed: bool,
    /// While the lists are made, for each row how much of it stands in them.
    listed: Vec<[u8; KINDS]>,
}

impl Index {
    /// Rows that have lists, the first so many but for those that changed.
    pub(super) const fn rows(&self) -> usize {
        if self.slices[KINDS - 1].len() == SLICES { self.rows } else { 0 }
    }

    /// What [`Self::rows`] have in common block by block.
    pub(super) fn blocks(&self) -> &[Block] {
        if self.rows() > 0 { &self.blocks } else { &[] }
    }

    /// Of [`Self::rows`], those that changed since.
    pub(super) fn changed(&self) -> impl Iterator<Item = usize> {
        let words = if self.any_changed && self.rows() > 0 { self.changed.as_slice() } else { &[] };
        words.iter().enumerate().flat_map(|(i, &word)| {
            let one = |left: &u64| Some(left & (left - 1)).filter(|&left| left != 0);
            let lefts = std::iter::successors(Some(word).filter(|&word| word != 0), one);
            lefts.map(move |left| 64 * i + left.trailing_zeros() as usize)
        })
    }

    /// A row is put or cleared.
    pub(super) fn change(&mut self, row: usize) {
        if row < self.rows {
            self.changed[row / 64] |= 1 << (row % 64);
            self.any_changed = true;
        }
    }

    /// Whether one of [`Self::rows`] did.
    pub(super) fn has_changed(&self, row: usize) -> bool {
        self.changed[row / 64] >> (row % 64) & 1 == 1
    }

    /// The runs of a list, rising by their low byte.
    fn runs(&self, kind: Kind, high: u16) -> impl Iterator<Item = Run<'_>> {
        let (slice, list) = (usize::from(high) / LISTS, usize::from(high) % LISTS);
        // Half-made lists tell nothing.
        let slice = self.slices[kind as usize].get(slice).filter(|_| self.rows() > 0);
        let mut bytes = slice.map_or(&[][..], |s| &s.bytes[s.from[list] as usize..s.from[list + 1] as usize]);
        std::iter::from_fn(move || {
            let mut at = 0;
            let low = *bytes.first()?;
            at += 1;
            let mut most = 0;
            if matches!(kind, Kind::Term) {
                most = bytes[at];
                at += 1;
            }
            let length = varint(bytes, &mut at) as usize;
            let (run, rest) = bytes.split_at(at + length);
            bytes = rest;
            Some(Run { low, most, steps: &run[at..] })
        })
    }

    /// The runs of one hash of 24 bits.
    fn runs_of(&self, kind: Kind, hash: u32) -> impl Iterator<Item = Run<'_>> {
        let low = hash as u8;
        self.runs(kind, (hash >> 8) as u16).skip_while(move |r| r.low < low).take_while(move |r| r.low == low)
    }

    /// In how many rows a hash of 24 bits stands, of those that did not change.
    pub(super) fn count(&self, kind: Kind, hash: u32) -> u32 {
        let mut count = 0;
        for run in self.runs_of(kind, hash) {
            if self.any_changed {
                steps(run.steps, |row| count += u32::from(!self.has_changed(row as usize)));
            } else {
                // The last byte of each step is below 128.
                count += run.steps.iter().filter(|&&b| b < 128).count() as u32;
            }
        }
        count
    }

    /// For each run of a hash of 24 bits what `begin` makes of its highest frequency, with each of its rows; changed
    /// rows too.
    pub(super) fn each_of<T: Copy>(
        &self,
        kind: Kind,
        hash: u32,
        begin: impl Fn(u8) -> T,
        mut take: impl FnMut(T, u32),
    ) {
        for run in self.runs_of(kind, hash) {
            let begun = begin(run.most);
            steps(run.steps, |row| take(begun, row));
        }
    }

    /// Calls `take` with each row that has a value, rising for each low byte; `want` says which low bytes are asked for;
    /// changed rows too.
    pub(super) fn each(
        &self,
        kind: Kind,
        high: u16,
        want: impl Fn(u8) -> bool,
        mut take: impl FnMut(u8, u32),
    ) {
        for run in self.runs(kind, high) {
            if want(run.low) {
                steps(run.steps, |row| take(run.low, row));
            }
        }
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        let slices = self.slices.iter().flatten();
        let slices: usize = slices.map(|s| s.bytes.capacity() + s.from.capacity() * size_of::<u32>()).sum();
        slices + self.blocks.capacity() * size_of::<Block>() + self.changed.capacity() * size_of::<u64>()
    }
}

fn varint(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(&b) = bytes.get(*at) {
        *at += 1;
        value |= u32::from(b & 127) << (shift & 31);
        shift += 7;
        if b < 128 {
            break;
        }
    }
    value
}

/// Calls `take` with each row of a run.
fn steps(run: &[u8], mut take: impl FnMut(u32)) {
    let (mut row, mut step, mut shift) = (0, 0, 0);
    for &b in run {
        // Most steps of the lists that are long are of one byte.
        if b < 128 {
            row += step | u32::from(b) << (shift & 31);
            (step, shift) = (0, 0);
            take(row);
        } else {
            step |= u32::from(b & 127) << (shift & 31);
            shift += 7;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Library, SavedActor, Visit, sketch};
    use super::made::LEAST;

    /// Numbers that come out the same everywhere.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % most
        }
    }

    /// An invented article of one of a hundred stories.
    fn visit(n: u64, again: u64) -> Visit {
        let mut own = Numbers(n * 977 + again + 1);
        let story = own.below(100);
        let word = |i: u64| format!("w{i}x");
        let mut text = (0..12).fold(String::new(), |t, i| t + &word(1000 + story * 7 + i) + " ");
        for _ in 0..40 {
            text += &(word(own.below(900)) + " ");
        }
        let names = ["Ada", "Bo", "Iris", "Jon", "Quintrell", "Okafor", "Velden", "Tammsaar", "Moura"];
        let actors = (0..3).map(|_| {
            let (a, b) = (names[own.below(4) as usize], names[4 + own.below(5) as usize]);
            let name = if own.below(4) == 0 { b.to_owned() } else { format!("{a} {b}") };
            let key = if own.below(3) == 0 { String::new() } else { format!("p:{}", name.to_lowercase()) };
            SavedActor { name, kind: "person".into(), key, mentions: 1 + own.below(4) as u32 }
        });
        let mut made = Visit {
            id: n.to_string(),
            title: word(1000 + story * 7),
            actors: actors.collect(),
            ..Visit::default()
        };
        let day = 1 + own.below(28);
        let published = format!("2025-03-{day:02}");
        let sketched = sketch::sketch(sketch::Source {
            title: &made.title,
            text: &text,
            outlet: "",
            published: (own.below(9) > 0).then_some(published.as_str()),
            visited: 0.0,
            actors: &made.actors,
        });
        (made.sketch, made.words) = (sketched.sketch, sketched.words);
        made
    }

    #[test]
    fn answers_are_the_same_with_lists_and_without() {
        let mut flat = Library::new();
        let mut listed = Library::new();
        let visits: Vec<Visit> = (0..LEAST as u64 + 300).map(|n| visit(n, 0)).collect();
        let questions: Vec<Visit> = (0..40).map(|n| visit(100_000 + n, 0)).collect();
        let same = |flat: &Library, listed: &Library, when: &str| {
            let mut hits = 0;
            for q in questions.iter().chain(&visits[..20]) {
                let want = flat.relate(q);
                hits += want.len();
                assert_eq!(listed.relate(q), want, "{when}, {}", q.id);
            }
            assert!(hits > 500, "{when}: {hits} hits");
        };
        for v in &visits[..LEAST] {
            flat.add(v);
            listed.add(v);
        }
        assert!(listed.arrange() && listed.arrange());
        same(&flat, &listed, "half made");
        // What comes, changes and goes while they are made and after.
        for n in [3, 500, 1999] {
            for library in [&mut flat, &mut listed] {
                library.add(&visit(n, 1));
                library.remove(&super::super::key(&(n + 1).to_string()));
                library.add(&visits[LEAST + n as usize % 300]);
            }
        }
        while listed.arrange() {}
        assert!(!listed.arrange());
        same(&flat, &listed, "made");
        for n in [3, 700, 1500] {
            for library in [&mut flat, &mut listed] {
                library.add(&visit(n, 2));
                library.remove(&super::super::key(&(n + 1).to_string()));
            }
        }
        for v in &visits[LEAST..] {
            flat.add(v);
            listed.add(v);
        }
        same(&flat, &listed, "changed");
    }
}
