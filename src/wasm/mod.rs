//! What browsers call: every export of the core, nothing else.

#[cfg(feature = "bench")]
pub mod bench;
pub mod library;
pub mod read;
