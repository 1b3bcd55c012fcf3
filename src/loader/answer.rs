//! What a call brought and how it went: complete, in part, denied or not at all.

use super::fault::{Fault, Kind};
use crate::model::catalogue::{Envelope, Resources};
use crate::model::dump::{Coverage, Outcome};

/// What one call brought.
pub(super) struct Answer {
    pub(super) envelope: Envelope,
    pub(super) resources: Resources,
    pub(super) outcome: Outcome,
}

/// Whether AWS answered anything at all, be it "no".
pub(super) fn has_answer(coverage: &Coverage) -> bool {
    coverage.0.values().any(|outcome| !matches!(outcome, Outcome::Failed { .. }))
}

/// Why the first call failed.
pub(super) fn first_failure(coverage: &Coverage) -> Option<String> {
    coverage.0.values().find_map(|outcome| match outcome {
        Outcome::Failed { message } => Some(message.clone()),
        _ => None,
    })
}

/// What the pages of one request brought, as far as they came.
#[derive(Default)]
pub(super) struct Part {
    pub(super) resources: Resources,
    pub(super) left_out: Vec<String>,
    fault: Option<Fault>,
}

impl Part {
    pub(super) fn broken(self, fault: Fault) -> Self {
        // What is gone since its parent was listed is not missing.
        let fault = (fault.kind != Kind::Gone).then_some(fault);
        Self { fault, ..self }
    }

    pub(super) fn is_broken(&self) -> bool {
        self.fault.is_some()
    }
}

/// What all requests of a call brought, and how it went. A call about each thing of another one knows no more than that.
pub(super) fn merge(envelope: Envelope, parts: Vec<Part>, parent: Option<&Answer>) -> Answer {
    let whole = parts.iter().filter(|part| part.fault.is_none()).count();
    let (mut resources, mut left_out, mut fault) = (Resources::default(), Vec::new(), None);
    for part in parts {
        resources.append(part.resources);
        left_out.extend(part.left_out);
        fault = fault.or(part.fault);
    }
    let something = whole > 0 || resources.count(envelope) > 0;
    let own = match fault {
        Some(fault) => failed(envelope, fault, something),
        None if left_out.is_empty() => Outcome::Complete,
        None => Outcome::Partial { message: format!("left out: {}", left_out.join("; ")) },
    };
    let outcome = inherit(own, parent, something);
    Answer { envelope, resources, outcome }
}

fn failed(envelope: Envelope, fault: Fault, something: bool) -> Outcome {
    let message = fault.message;
    match fault.kind {
        Kind::Denied if something => Outcome::Partial {
            message: format!("denied in part, needs {}: {message}", envelope.call().action),
        },
        _ if something => Outcome::Partial { message },
        Kind::Denied => Outcome::Denied { action: envelope.call().action.to_owned(), message },
        // The login was good a moment ago, so it is the region that does not know the account.
        Kind::Rejected => {
            Outcome::Failed { message: format!("{message} (is this region enabled?)") }
        }
        _ => Outcome::Failed { message },
    }
}

/// A child knows no more than its parent: what was not listed could not be asked about.
fn inherit(own: Outcome, parent: Option<&Answer>, something: bool) -> Outcome {
    let Some(parent) = parent else { return own };
    let operation = parent.envelope.call().operation;
    match (&own, &parent.outcome) {
        (Outcome::Complete, Outcome::Partial { message }) if something => {
            Outcome::Partial { message: format!("{operation}: {message}") }
        }
        (Outcome::Complete, Outcome::Partial { message } | Outcome::Failed { message }) => {
            Outcome::Failed { message: format!("{operation}: {message}") }
        }
        (Outcome::Complete, Outcome::Denied { .. }) => parent.outcome.clone(),
        _ => own,
    }
}
