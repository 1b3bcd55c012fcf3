//! Stands in for live AWS in a program that was built without it.

use super::Live;
use crate::runtime::surroundings::Fact;

/// Says that there is nothing to ask with.
pub fn facts(_: &Live) -> Vec<Fact> {
    let advice = "snapshots and demos work; `cargo install --path .` builds the rest";
    vec![Fact::new("asked", "nothing: built without AWS").advise(Some(advice))]
}
