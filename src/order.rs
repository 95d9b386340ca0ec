//! Sorting by one piece of code for all types: a program that is sent should not hold a sort for each.
//!
//! The standard library's sorts are faster and a few kilobytes each; they stay where many numbers are sorted.

use std::cmp::Ordering;

/// Slices that are put in order, like standing as they stood.
pub(crate) trait Order<T> {
    /// As [`slice::sort_by`].
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// As [`slice::sort_by_key`].
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// As [`slice::sort`].
    fn order(&mut self)
    where
        T: Ord;
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut places = sorted(self.len(), &mut |a, b| compare(&self[a as usize], &self[b as usize]));
        // Each round of places is gone through once; what was moved is marked as where it belongs.
        for start in 0..places.len() {
            let mut at = start;
            loop {
                let from = std::mem::replace(&mut places[at], at as u32) as usize;
                if from == start || from == at {
                    break;
                }
                self.swap(at, from);
                at = from;
            }
        }
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

/// The places 0 to `len` by what stands at them: by insertion in short runs, then merged (stable, n log n).
fn sorted(len: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    const RUN: usize = 8;
    let mut places: Vec<u32> = (0..len as u32).collect();
    for run in places.chunks_mut(RUN) {
        for end in 1..run.len() {
            let mut at = end;
            while at > 0 && compare(run[at], run[at - 1]).is_lt() {
                run.swap(at, at - 1);
                at -= 1;
            }
        }
    }
    let mut merged = Vec::with_capacity(if len > RUN { len } else { 0 });
    let mut run = RUN;
    while run < len {
        merged.clear();
        for pair in places.chunks(run * 2) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
                if compare(b, a).is_lt() {
                    merged.push(b);
                    right = &right[1..];
                } else {
                    merged.push(a);
                    left = &left[1..];
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut places, &mut merged);
        run *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut state = 7u64;
        for len in (0..40).chain([100, 1000]) {
            let mut ours: Vec<(u32, usize)> = (0..len)
                .map(|i| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    ((state >> 60) as u32, i)
                })
                .collect();
            let mut theirs = ours.clone();
            ours.order_by_key(|pair| pair.0);
            theirs.sort_by_key(|pair| pair.0);
            assert_eq!(ours, theirs);
            ours.order_by(|a, b| b.1.cmp(&a.1));
            assert!(ours.iter().rev().map(|pair| pair.1).eq(0..len));
        }
    }
}
