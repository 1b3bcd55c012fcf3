//! Who changed a resource and when, where CloudTrail was asked.

use serde::Serialize;

use super::Change;
use crate::model::event::Event;
use crate::store::Store;

/// The last call that changed a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct By {
    /// The user, or the session and the role that was used in it.
    pub who: String,
    /// The operation.
    pub call: String,
    /// RFC 3339.
    pub at: String,
    /// Earlier calls that changed it too, of those that were asked for.
    pub earlier: usize,
}

/// Who changed this, as far as the later network's events tell.
pub(super) fn of(new: &Store, change: &Change) -> Option<By> {
    let regions = new.source().regions.iter().filter(|region| {
        (region.account.as_str(), region.region.as_str()) == (&*change.account, &*change.region)
    });
    let events = regions.flat_map(|region| &region.resources.events);
    let mut about: Vec<&Event> = events.filter(|event| event.is_about(&change.id)).collect();
    about.sort_by(|a, b| a.event_time.cmp(&b.event_time));
    let (last, earlier) = about.split_last()?;
    Some(By {
        who: who(last),
        call: last.event_name.clone(),
        at: last.event_time.clone().unwrap_or_default(),
        earlier: earlier.len(),
    })
}

fn who(event: &Event) -> String {
    let user = event.username.as_deref().unwrap_or("somebody");
    match &event.session_issuer {
        Some(role) => format!("{user} as {role}"),
        None => user.to_owned(),
    }
}

impl By {
    /// `alice as Admin, AuthorizeSecurityGroupIngress at 14:02 UTC`.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { who, call, at, earlier } = self;
        let time = at.get(..16).unwrap_or(at).replace('T', " ");
        let before = if *earlier > 0 { format!(", after {earlier} more") } else { String::new() };
        format!("{who}, {call} at {time} UTC{before}")
    }
}
