//! The one learned scorer: a hashed linear sequence model with 8-bit weights.
