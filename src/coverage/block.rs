//! Records of many visits in one run of bytes, for stores in which a row of its own costs more than what it holds.
//!
//! A block is a segment of record frames: each has its own key and checksum, so that damage costs the records it
//! strikes and no other.

use super::segment::{self, Frame};

/// No longer packed record goes into a block; it would not fit into a frame.
pub const MAX_RECORD: usize = 1 << 19;

/// The frame of a packed record; none where it is too long for one.
pub fn frame(key: u64, packed: &[u8]) -> Option<Vec<u8>> {
    (packed.len() <= MAX_RECORD).then(|| segment::encode_record(key, packed))
}

/// The packed record of the visit with this key; none where the block has none or its frame is damaged.
/// Frames before it are passed over by their lengths, unread; only where these lead astray is all of it read.
pub fn record(block: &[u8], key: u64) -> Option<&[u8]> {
    let mut rest = block;
    while let Some((at, length)) = segment::head(rest) {
        let Some((frame, after)) = rest.split_at_checked(length) else { break };
        if at == key {
            match find(frame, key) {
                Some(found) => return Some(found),
                None => break,
            }
        }
        rest = after;
    }
    if rest.is_empty() { None } else { find(block, key) }
}

/// The last one's, as where all frames are read in order.
fn find(block: &[u8], wanted: u64) -> Option<&[u8]> {
    let mut found = None;
    segment::each(block, |frame| {
        if let Frame::Record(key, packed) = frame
            && key == wanted
        {
            found = Some(packed);
        }
        true
    });
    found
}

/// The block without the records of these visits. Where one of them cannot be found, what is damaged goes too, for it
/// may hold its words; what a later version wrote stays.
pub fn without(block: &[u8], keys: &[u64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(block.len());
    let mut gone = 0;
    let damage = segment::each(block, |frame| {
        if let Frame::Record(key, packed) = frame {
            if keys.contains(&key) {
                gone += 1;
            } else {
                out.extend(segment::encode_record(key, packed));
            }
        }
        true
    });
    for hurt in damage {
        if hurt.why == "newer" || gone == keys.len() {
            out.extend(&block[hurt.offset..hurt.offset + hurt.length]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(key: u64) -> Vec<u8> {
        format!("what is kept of {key:02}").repeat(3).into_bytes()
    }

    fn block() -> Vec<u8> {
        (1..=20).flat_map(|key| frame(key, &packed(key)).unwrap()).collect()
    }

    #[test]
    fn every_record_is_found_and_no_other() {
        let block = block();
        for key in 1..=20 {
            assert_eq!(record(&block, key).unwrap(), packed(key));
        }
        assert_eq!(record(&block, 21), None);
        assert_eq!(record(&[], 1), None);
        assert_eq!(frame(1, &vec![0; MAX_RECORD + 1]), None);
    }

    #[test]
    fn a_flipped_byte_costs_the_record_it_strikes() {
        let block = block();
        let one = block.len() / 20;
        for at in 0..block.len() {
            let mut hurt = block.clone();
            hurt[at] ^= 0x55;
            let left: Vec<u64> = (1..=20).filter(|&key| record(&hurt, key).is_some()).collect();
            let missing: Vec<u64> = (1..=20).filter(|key| !left.contains(key)).collect();
            assert_eq!(missing.len(), 1, "byte {at}");
            assert!(missing[0].abs_diff(at as u64 / one as u64 + 1) <= 1, "byte {at}: {missing:?}");
            assert!(left.iter().all(|&key| record(&hurt, key).unwrap() == packed(key)), "byte {at}");
        }
    }

    #[test]
    fn what_is_taken_out_leaves_no_byte() {
        let all = block();
        let left = without(&all, &[3, 20]);
        assert_eq!(record(&left, 3), None);
        assert!((1..20).filter(|&k| k != 3).all(|k| record(&left, k).unwrap() == packed(k)));
        assert!(!left.windows(10).any(|w| w == b"kept of 03"));
        let mut hurt = all.clone();
        let one = hurt.len() / 20;
        hurt[2 * one + 30] ^= 1;
        // Damage beside it is left as it is; its own goes with it.
        assert!(without(&hurt, &[5]).windows(4).any(|w| w == &hurt[2 * one + 29..2 * one + 33]));
        assert_eq!(without(&hurt, &[3]).len(), 19 * one);
    }

    #[test]
    fn noise_ends() {
        let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(record(&noise, 7), None);
        assert!(without(&noise, &[7]).is_empty());
    }
}
