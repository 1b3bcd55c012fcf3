//! What opens the lists in front, and what their keys do.

use std::sync::Arc;

use super::act;
use super::effect::Effect;
use super::front::{Front, Topic};
use super::listing::{About, Listing};
use super::message::Failure;
use super::state::State;
use super::work::{Cancel, Work};
use crate::report::details::{Entry, Text};
use crate::report::why::{Step, StepOutcome};
use crate::report::{coverage, deciding, diff, log};

/// Opens a list; a second time closes it.
pub fn open(state: &mut State, topic: Topic) {
    if state.front.as_ref().is_some_and(|front| front.topic == topic) {
        state.front = None;
        return;
    }
    state.help = None;
    state.front = Some(made(state, topic));
}

/// Makes the list on the screen anew, after what it tells of has changed.
pub fn renew(state: &mut State, topic: Topic) {
    if let Some(front) = state.front.take_if(|front| front.topic == topic) {
        state.front = Some(front.renewed(made(state, topic)));
    }
}

/// The list that was waited for, or how far it is.
pub fn take_list(state: &mut State, number: u64, list: Front) {
    if number == state.listing {
        state.front = state.front.take().map(|front| front.renewed(list));
    }
}

/// Closes the list in front; one that is still being computed is called off.
pub fn close(state: &mut State) -> bool {
    state.listing += 1;
    state.list_cancel.cancel();
    state.front.take().is_some()
}

/// Begins to compute a list about the answer.
pub fn list(state: &mut State, about: About) -> Vec<Effect> {
    close(state);
    state.list_cancel = Cancel::default();
    state.front = Some(about.waiting(0));
    let (number, cancel) = (state.listing, state.list_cancel.clone());
    let store = Arc::clone(&state.network.store);
    vec![Effect::Work(Work::List(Listing { number, store, about, cancel }))]
}

/// Shows the rule that decided a check, in its place.
pub fn show_rule(state: &mut State, step: &Step) {
    let place = deciding::place(&state.network.store, step);
    let aside = format!("{} {}", step.check.replace('-', " "), outcome(step.outcome));
    let front = Front::new(Topic::Rule, &place.title, aside, place.entries);
    state.front = Some(front.standing_on(place.deciding));
}

fn outcome(outcome: StepOutcome) -> &'static str {
    match outcome {
        StepOutcome::Pass => "✓ passes",
        StepOutcome::Block => "✗ blocks",
        StepOutcome::Unknown => "? cannot be told",
        StepOutcome::Skipped => "does not apply",
    }
}

fn made(state: &State, topic: Topic) -> Front {
    let store = &state.network.store;
    match topic {
        // These are made where they are asked for, and stay as they are.
        Topic::Listing | Topic::Rule => Front::new(topic, "", String::new(), Vec::new()),
        Topic::Changes => changes(state),
        Topic::Coverage => {
            let failure = state.network.failure.as_ref().map(Failure::sentence);
            let aside = "what could not be read, and what that makes unknown".to_owned();
            Front::new(topic, "Coverage", aside, coverage::entries(store, failure))
        }
        Topic::Log => {
            let calls = if state.log.is_empty() { log::recorded(store) } else { state.log.clone() };
            let aside = match calls.len() {
                1 => "1 call".to_owned(),
                count => format!("{count} calls"),
            };
            Front::new(topic, "Log", aside, log::entries(&calls))
        }
    }
}

fn changes(state: &State) -> Front {
    let Some(compared) = &state.compared else {
        let key = state.keys.of(super::bindings::Action::Refresh);
        let key = key.map(|key| key.to_string()).unwrap_or_default();
        let note = format!(
            "Nothing to compare yet: {key} reads the network again and tells what changed."
        );
        return Front::new(Topic::Changes, "Changes", String::new(), vec![Entry::Note(note)]);
    };
    let document = &compared.document;
    let clock = compared.since.as_deref().and_then(|since| since.get(11..16));
    let aside = match clock {
        _ if document.old != document.new => format!("{} → {}", document.old, document.new),
        Some(clock) => format!("since {clock} UTC"),
        None => "since the last reading".to_owned(),
    };
    let entries = diff::entries(&state.network.store, document, compared.flips_known);
    Front::new(Topic::Changes, "Changes", aside, entries)
}

/// Goes to what the row is about.
pub fn follow(state: &mut State) -> Vec<Effect> {
    let Some(front) = &state.front else { return Vec::new() };
    match front.link(&state.extents.front) {
        Some(subject) => {
            close(state);
            act::show(state, &subject);
        }
        None => state.say("nothing to go to here: names in the accent colour lead somewhere"),
    }
    Vec::new()
}

/// The row as text, for the clipboard.
pub fn copied(state: &State) -> Option<String> {
    let text = match state.front.as_ref()?.entry(&state.extents.front)? {
        Entry::Heading { text, aside, .. } => format!("{text}  {}", aside.plain()),
        Entry::Fact { word, text, .. } => format!("{word}  {}", text.plain()),
        Entry::Row { cells, .. } => {
            let cells: Vec<_> = cells.iter().map(Text::plain).collect();
            cells.join("  ")
        }
        Entry::Note(text) => text.clone(),
    };
    Some(text.trim().to_owned())
}
