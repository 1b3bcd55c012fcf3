//! Tags, of which the network view only needs the name.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// One tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Tag {
    /// Case-sensitive key.
    pub key: CompactString,
    /// Value, may be empty.
    pub value: CompactString,
}

/// The value of the `Name` tag, if there is one that says something.
#[must_use]
pub fn name(tags: &[Tag]) -> Option<&str> {
    let tag = tags.iter().find(|tag| tag.key == "Name")?;
    (!tag.value.trim().is_empty()).then_some(tag.value.as_str())
}
