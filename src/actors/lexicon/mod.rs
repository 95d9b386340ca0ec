//! Small lists that resolution asks.

mod bodies;
mod persons;
mod titles;

pub(super) use bodies::{BODIES, ENDINGS, OFFICES, SMALL, canonical, may_be_body, state, well_known};
pub(super) use persons::{PARTICLES, PERSON_ENDINGS, gender_of, same_first};
pub(super) use titles::{BEFORE, FIELDS, GOES_ON, LEADERS, NO_TITLE, SETTLED};
