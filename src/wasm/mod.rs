//! What browsers call: every export of the core, nothing else.

pub mod library;
pub mod read;
