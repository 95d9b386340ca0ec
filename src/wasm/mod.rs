//! What browsers call: every export of the core, nothing else.
#![allow(clippy::needless_pass_by_value, reason = "lists come over the border by value")]

#[cfg(feature = "bench")]
pub mod bench;
pub mod library;
pub mod read;
