//! The tours that come with the program, one for each embedded network.

use super::script::{ScriptError, Tour};

/// Name and text of each.
const TOURS: [(&str, &str); 4] = [
    ("lambda-rds", include_str!("../../assets/tours/lambda-rds.toml")),
    ("peering-one-way", include_str!("../../assets/tours/peering-one-way.toml")),
    ("nacl-ephemeral", include_str!("../../assets/tours/nacl-ephemeral.toml")),
    ("endpoint-default-group", include_str!("../../assets/tours/endpoint-default-group.toml")),
];

/// Their names, in the order in which a newcomer sees them.
pub fn names() -> impl Iterator<Item = &'static str> {
    TOURS.into_iter().map(|(name, _)| name)
}

/// The tour of this name, if there is one.
pub fn tour(name: &str) -> Option<Result<Tour, ScriptError>> {
    TOURS.iter().find(|(one, _)| *one == name).map(|(_, text)| Tour::parse(text))
}
