//! Who made a call that changed the network, as CloudTrail remembers it.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// One call (`LookupEvents`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Event {
    pub event_id: String,
    /// The operation.
    pub event_name: String,
    /// RFC 3339.
    pub event_time: Option<String>,
    pub event_source: Option<String>,
    /// The user, or the name of the session in which a role was used.
    pub username: Option<String>,
    /// The role, where one was used. AWS prints it inside of the whole record, which is not kept.
    pub session_issuer: Option<String>,
    pub resources: Vec<EventResource>,
}

/// What was changed.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct EventResource {
    pub resource_type: Option<String>,
    pub resource_name: String,
}

impl Event {
    /// Whether it changed this resource: by its id, name or ARN.
    #[must_use]
    pub fn is_about(&self, id: &str) -> bool {
        let same = |name: &str| name == id || name.rsplit(':').next() == Some(id);
        self.resources.iter().any(|resource| same(&resource.resource_name))
    }
}
