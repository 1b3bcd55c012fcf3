//! Stands in for live AWS in a program that was built without it.

use super::{Failure, Live, News};
use crate::model::dump::Dump;

/// Says how to get it.
pub fn load(_: &Live) -> Result<Dump, Failure> {
    Err(Failure::new("this vpctui was built without AWS, so it cannot read a live network")
        .advise("`cargo install --path .` builds one that can; it takes some minutes")
        .advise(
            "or open a saved network with --snapshot PATH, or an embedded one with --demo NAME",
        ))
}

/// Says how to get it.
pub fn feed(live: &Live, _: &News, _: bool) -> Result<Dump, Failure> {
    load(live)
}
