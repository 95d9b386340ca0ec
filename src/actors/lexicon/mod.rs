//! Small lists that resolution asks.

mod bodies;
mod persons;

pub(super) use bodies::{BODIES, ENDINGS, SMALL, canonical, may_be_body, state};
pub(super) use persons::{PARTICLES, PERSON_ENDINGS, gender_of, same_first};
