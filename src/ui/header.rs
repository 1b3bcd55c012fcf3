//! The first row: what is shown, how old it is, what could not be read.

use super::age;
use super::text::Line;
use super::theme::Role;
use crate::app::State;
use crate::model::dump::Outcome;
use crate::report::words::counted;
use crate::store::Store;

/// Between two parts.
const SEPARATOR: &str = " · ";
const SEPARATOR_WIDTH: usize = 3;

/// The row in a width.
pub fn view(state: &State, width: usize) -> Line {
    let mut parts = condition(state);
    let mut lefts = identities(state);
    let room = width.saturating_sub(lefts.first().map_or(0, Line::width) + 3);
    add_retry(state, room, &mut parts);
    let mut right = joined(parts.iter().cloned());
    let mut left = lefts.pop().unwrap_or_default();
    while left.width() + right.width() + 3 > width {
        if let Some(shorter) = lefts.pop() {
            left = shorter;
        } else if parts.pop().is_some() {
            right = joined(parts.iter().cloned());
        } else {
            break;
        }
    }
    let gap = width.saturating_sub(right.width() + 1);
    left.fit(gap.saturating_sub(1)).column(gap).and(right)
}

/// Which network this is, from short to long. The account and region are those of the data, never those of a setting.
fn identities(state: &State) -> Vec<Line> {
    let store = &state.network.store;
    let label = if store.origin.label.is_empty() { "…" } else { &store.origin.label };
    let product = Line::of(Role::Heading, " vpctui").with(Role::Text, "  ");
    let bare = product.with(Role::Strong, label);
    let mut all = vec![bare.clone()];
    for place in places(store) {
        all.push(bare.clone().with(Role::Dim, " · ").with(Role::Text, place));
    }
    all
}

fn places(store: &Store) -> Vec<String> {
    match &*store.places {
        [] => Vec::new(),
        [only] => {
            let (account, region) = (only.account.as_str(), only.region.as_str());
            let both = [account, region].into_iter().filter(|part| !part.is_empty());
            let mut places = vec![region.to_owned(), both.collect::<Vec<_>>().join(" · ")];
            places.retain(|place| !place.is_empty());
            places
        }
        many => {
            let mut accounts: Vec<_> = many.iter().map(|place| &place.account).collect();
            accounts.sort();
            accounts.dedup();
            vec![format!("{} accounts · {} regions in all", accounts.len(), many.len())]
        }
    }
}

/// What there is to say about the data, the most important first.
fn condition(state: &State) -> Vec<Line> {
    let network = &state.network;
    let mut parts = Vec::new();
    if let Some(loading) = &network.loading {
        let text = match loading.total {
            0 => "reading…".to_owned(),
            total => format!("reading {} of {total}", loading.done),
        };
        parts.push(Line::of(Role::Accent, text));
    }
    if network.failure.is_some() {
        parts.push(Line::of(Role::Bad, "✗ reading failed"));
    }
    let (denied, broken) = lacks(&network.store);
    for (count, what) in [(denied, "denied"), (broken, "failed")] {
        if count > 0 {
            let calls = if count == 1 { "call" } else { "calls" };
            parts.push(Line::of(Role::Warn, format!("! {count} {calls} {what}")));
        }
    }
    let notices = network.store.origin.notices.len();
    if notices > 0 {
        parts.push(Line::of(Role::Warn, format!("! {}", counted(notices, "notice"))));
    }
    if let Some(stage) = state.stages.get(state.stage).filter(|_| state.stages.len() > 1) {
        let number = format!("{} of {} ", state.stage + 1, state.stages.len());
        parts.push(Line::of(Role::Dim, number).with(Role::Accent, stage));
    }
    parts.extend(watch(state));
    parts.extend(age::of_all(&network.store, state.now).map(|age| Line::of(Role::Dim, age)));
    if state.masking.is_on() {
        parts.push(Line::of(Role::Warn, "pseudonyms"));
    }
    parts.push(Line::of(Role::Dim, "read-only"));
    parts
}

/// Why the reading is slow, behind how far it is, in as many words as there is room for.
fn add_retry(state: &State, room: usize, parts: &mut Vec<Line>) {
    let Some(why) = state.network.loading.as_ref().and_then(|one| one.again.as_deref()) else {
        return;
    };
    let room = room.saturating_sub(parts.first().map_or(0, Line::width) + SEPARATOR_WIDTH);
    let short = why.rsplit_once(", ").map_or(why, |(_, attempt)| attempt);
    let told = [why, short].map(|text| Line::of(Role::Warn, text));
    if let Some(told) = told.into_iter().find(|told| told.width() <= room) {
        parts.insert(1, told);
    }
}

/// Calls that were denied, and calls that failed or broke off.
fn lacks(store: &Store) -> (usize, usize) {
    let outcomes = || store.places.iter().flat_map(|place| place.coverage.0.values());
    let denied = outcomes().filter(|one| matches!(one, Outcome::Denied { .. })).count();
    let whole = outcomes().filter(|one| matches!(one, Outcome::Complete)).count();
    (denied, outcomes().count() - denied - whole)
}

/// When the network is read again by itself.
fn watch(state: &State) -> Option<Line> {
    let watch = state.watch.as_ref()?;
    let seconds = watch.remaining(state.now)?;
    let again = format!("again in {seconds} s");
    Some(if watch.is_slowed() {
        Line::of(Role::Warn, format!("slowed down, {again}"))
    } else {
        Line::of(Role::Dim, again)
    })
}

fn joined(parts: impl Iterator<Item = Line>) -> Line {
    parts.fold(Line::new(), |line, part| match line.width() {
        0 => part,
        _ => line.with(Role::Dim, SEPARATOR).and(part),
    })
}
