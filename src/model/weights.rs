//! The weights file: header, transitions, then the weights that are not zero.
//!
//! Little-endian throughout:
//!
//! | bytes | content |
//! |---|---|
//! | 4 | `QTHM` |
//! | 1, 1, 1, 1 | version (1), bucket bits, labels, 1 where the first of two labels has no weights (they are 0) |
//! | 4 | f32: the weight of the highest level |
//! | 4 × (labels² + 2 labels) | f32: transitions (from, to), starts, ends; −∞ where forbidden |
//! | 4 | u32: number of weights that are not zero |
//! | that many | i8: level; weight = sign · (level / 127)² · highest |
//! | rest | LEB128: distance of each weight's place (bucket · columns + column) from the one before |

use super::Model;
use std::fmt;

pub(super) const MAGIC: [u8; 4] = *b"QTHM";
pub(super) const VERSION: u8 = 1;
const MAX_BITS: u8 = 22;
const MAX_LABELS: u8 = 32;

/// Why a weights file was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Not a weights file, or of another version.
    Unknown,
    /// The header's numbers are out of bounds.
    Shape,
    /// The file ends early, runs over, or points outside its table.
    Broken,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "not a weights file of this version",
            Self::Shape => "the weights file's header is out of bounds",
            Self::Broken => "the weights file is cut or damaged",
        })
    }
}

impl std::error::Error for ModelError {}

/// The rest of a file that is being read.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], ModelError> {
        let (head, rest) = self.0.split_at_checked(count).ok_or(ModelError::Broken)?;
        self.0 = rest;
        Ok(head)
    }

    pub(super) fn word(&mut self) -> Result<[u8; 4], ModelError> {
        self.take(4)?.try_into().map_err(|_| ModelError::Broken)
    }

    fn leb128(&mut self) -> Result<u32, ModelError> {
        let mut value = 0u32;
        for shift in (0..32).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ModelError::Broken)
    }
}

impl Model {
    /// Reads a weights file.
    ///
    /// # Errors
    /// Where the bytes are no weights file of this version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader(bytes);
        if reader.word().map_err(|_| ModelError::Unknown)? != MAGIC {
            return Err(ModelError::Unknown);
        }
        let [version, bits, labels, bare] = reader.word()?;
        if version != VERSION {
            return Err(ModelError::Unknown);
        }
        if bits > MAX_BITS || labels == 0 || labels > MAX_LABELS || bare > u8::from(labels == 2) {
            return Err(ModelError::Shape);
        }
        let labels = usize::from(labels);
        let highest = f32::from_le_bytes(reader.word()?);
        let mut steps = Vec::with_capacity(labels * (labels + 2));
        for _ in 0..labels * (labels + 2) {
            steps.push(f32::from_le_bytes(reader.word()?));
        }
        let count = u32::from_le_bytes(reader.word()?) as usize;
        let levels = reader.take(count)?;
        // The table of a scorer with a bare label is as it is; others have only the rows with weights.
        let bare = bare == 1;
        let columns = labels - usize::from(bare);
        let mut filled = vec![0u64; if bare { 0 } else { (1usize << bits).div_ceil(64) }];
        let mut weights = vec![0i8; if bare { columns << bits } else { 0 }];
        let mut place = 0usize;
        for &level in levels {
            place += reader.leb128()? as usize;
            if place >= columns << bits {
                return Err(ModelError::Broken);
            }
            let (bucket, column) = (place / columns, place % columns);
            let row = if bare {
                bucket
            } else {
                if filled[bucket / 64] >> (bucket % 64) & 1 == 0 {
                    filled[bucket / 64] |= 1 << (bucket % 64);
                    weights.resize(weights.len() + columns, 0);
                }
                weights.len() - columns
            };
            weights[row + column] = level.cast_signed();
        }
        let before = filled
            .iter()
            .scan(0, |sum, bits: &u64| {
                let before = *sum;
                *sum += bits.count_ones();
                Some(before)
            })
            .collect();
        if !reader.0.is_empty() {
            return Err(ModelError::Broken);
        }
        let ends = steps.split_off(labels * (labels + 1));
        let starts = steps.split_off(labels * labels);
        Ok(Self {
            labels,
            bare,
            mask: (1u32 << bits) - 1,
            unit: highest / (127.0 * 127.0),
            filled,
            before,
            weights,
            transitions: steps,
            starts,
            ends,
        })
    }
}

/// Writes a weights file from weights of any precision; those of too low a level are left out.
#[cfg(feature = "train")]
pub(super) fn to_bytes(options: &super::train::Options, weights: &[f32], steps: &[f32]) -> Vec<u8> {
    let highest = weights.iter().fold(1e-6f32, |high, w| high.max(w.abs()));
    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.extend([VERSION, options.bits, options.labels as u8, u8::from(options.bare)]);
    bytes.extend(highest.to_le_bytes());
    for step in steps {
        bytes.extend(step.to_le_bytes());
    }
    let (mut levels, mut gaps, mut last) = (Vec::new(), Vec::new(), 0usize);
    for (place, weight) in weights.iter().enumerate() {
        let level = (weight.abs() / highest).sqrt() * 127.0;
        if level.round() < f32::from(options.least_level.max(1)) {
            continue;
        }
        // Few different levels pack well.
        let step = f32::from(options.level_step.max(1));
        let level = ((level / step).round().max(1.0) * step).min((127.0 / step).floor() * step) as i8;
        levels.push(if *weight < 0.0 { -level } else { level }.cast_unsigned());
        let mut gap = (place - last) as u32;
        last = place;
        while gap >= 0x80 {
            gaps.push((gap & 0x7f) as u8 | 0x80);
            gap >>= 7;
        }
        gaps.push(gap as u8);
    }
    bytes.extend((levels.len() as u32).to_le_bytes());
    bytes.extend(levels);
    bytes.extend(gaps);
    bytes
}
