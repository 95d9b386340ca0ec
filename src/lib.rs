//! Quoth reads a news page: what is the article, who is named, who said what,
//! and where else the reader has read it.
//!
//! One direction; each arrow is one function; nothing reads back what was painted.
//!
//! ```text
//! document ──▶ Page ──extract──▶ Article ──name──▶ Mentions ──resolve──▶ Actors ──quote──▶ Quotes ──▶ Reading
//!                                   └──────────────── sketch ◀──────────────┴────────────────┘
//!                                                       │
//!                                     Library ──relate──▶ Related, SameQuotes
//! ```
//!
//! [`read`] is pure: the same code runs in the content script, in the background
//! worker, in the playground page and in the native program.
//!
//! All offsets inside the core are UTF-8 byte offsets on character boundaries;
//! [`text::offsets`] converts them once, at the border, to UTF-16 units (browsers)
//! or Unicode code points (the native program's JSON lines).
#![forbid(unsafe_code)]

pub mod actors;
pub mod article;
pub mod coverage;
pub mod model;
mod order;
pub mod page;
pub mod paint;
pub mod quotes;
pub mod reading;
mod spread;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use page::Page;
pub use reading::{Reading, read, read_text};
