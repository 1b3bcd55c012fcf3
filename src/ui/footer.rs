//! The last row: the keys of the moment, out of the key table, or the news of the moment.

use super::text::Line;
use super::theme::Role;
use crate::app::{Action, Bound, Scope, State};

/// The row in a width.
pub fn view(state: &State, width: usize) -> Line {
    if let Some(notice) = &state.notice {
        let role = if notice.is_bad { Role::Bad } else { Role::Strong };
        return Line::of(Role::Text, " ").with(role, &notice.text).fit(width);
    }
    let (help, others): (Vec<&Bound>, Vec<&Bound>) =
        shown(state).into_iter().partition(|row| row.action == Action::Help);
    let help = help.first().map(|row| entry(row)).unwrap_or_default();
    let room = width.saturating_sub(help.width());
    let mut line = Line::new();
    for row in others {
        let entry = entry(row);
        if line.width() + entry.width() <= room {
            line = line.and(entry);
        }
    }
    line.and(help)
}

fn shown(state: &State) -> Vec<&Bound> {
    let typing = |row: &&Bound| row.scope != Scope::Always && !row.label.is_empty();
    let mut rows: Vec<_> =
        state.keys.in_scopes(state.scopes()).into_iter().filter(typing).collect();
    rows.retain(|row| state.is_useful(row.action));
    rows
}

fn entry(row: &Bound) -> Line {
    let key = row.keys.first().map(ToString::to_string).unwrap_or_default();
    Line::of(Role::Text, " ").with(Role::Accent, key).with(Role::Dim, format!(" {} ", row.label))
}
