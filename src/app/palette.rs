//! The palette: go to anything, do anything.

use std::sync::Arc;

use super::bindings::{Action, Scope};
use super::chooser::{Choice, Choices};
use super::history::{Format, Target};
use super::keys::Keys;
use super::look::ThemeName;
use crate::report::details::Subject;
use crate::store::Store;
use crate::store::names::Named;

/// What is chosen in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// What a key does.
    Do(Action),
    /// Read with this profile.
    Profile(String),
    /// Read this region.
    Region(String),
    /// Another look.
    Theme(ThemeName),
    /// Ask the question at this position of the history again.
    Recall(usize),
    /// Write the answer out.
    Export(Format, Target),
    /// To this thing.
    GoTo(Subject),
}

/// All commands, in front of where one can go.
pub fn commands(keys: &Keys) -> Vec<Choice<Command>> {
    let actions = keys.rows().iter();
    let actions = actions.filter(|row| {
        let everywhere = row.scope == Scope::Everywhere && !is_way_out(row.action);
        everywhere || is_command(row.action) && matches!(row.scope, Scope::Browse | Scope::Tree)
    });
    let actions = actions.map(|row| {
        let key = row.keys.first().map(ToString::to_string).unwrap_or_default();
        choice(row.help, &key, "key", Command::Do(row.action))
    });
    let themes = ThemeName::ALL.into_iter();
    let themes = themes.map(|theme| {
        choice(&format!("theme {}", theme.name()), "", "command", Command::Theme(theme))
    });
    let quit = choice("quit", "", "command", Command::Do(Action::Quit));
    actions.chain(themes).chain([quit]).collect()
}

/// Everything in the network that one can go to.
pub fn places(store: &Store) -> Arc<Choices<Command>> {
    Choices::of(store.directory().iter().map(going_to).collect())
}

/// The ways to write an answer out.
pub fn exports() -> Vec<Choice<Command>> {
    let targets = [(Target::Clipboard, "to the clipboard"), (Target::File, "into this folder")];
    let formats = [
        (Format::Markdown, "markdown", "for the incident channel"),
        (Format::Text, "text", "as `vpctui why` prints it"),
        (Format::Json, "JSON", "vpctui.why/1, for programs"),
    ];
    let all = formats.into_iter().flat_map(|(format, name, what)| {
        targets.into_iter().map(move |(target, to)| {
            choice(&format!("{name} {to}"), what, "export", Command::Export(format, target))
        })
    });
    all.collect()
}

/// What nobody looks for in a list that Esc closes.
fn is_way_out(action: Action) -> bool {
    matches!(action, Action::Back | Action::Leave | Action::Palette)
}

fn is_command(action: Action) -> bool {
    matches!(
        action,
        Action::Why
            | Action::Changes
            | Action::Log
            | Action::Coverage
            | Action::History
            | Action::Filter
            | Action::Groups
            | Action::OpenAll
            | Action::CloseAll
            | Action::NextOrder
            | Action::ReverseOrder
            | Action::NextGrouping
            | Action::NextColumns
            | Action::Reach
            | Action::Raw
            | Action::CopyMenu
            | Action::CopyCommand
            | Action::OpenConsole
    )
}

/// Where the palette goes for a thing.
fn going_to(named: &Named) -> Choice<Command> {
    let addresses = named.addresses.iter().map(ToString::to_string);
    let id = named.id.rsplit(':').next().unwrap_or_default().to_owned();
    let detail: Vec<String> = addresses.chain([named.detail.clone(), id]).collect();
    let command = Command::GoTo(Subject::Thing(named.kind, named.id.clone()));
    choice(named.label(), detail.join("  ").trim(), named.kind.word(), command)
}

fn choice(label: &str, detail: &str, kind: &'static str, value: Command) -> Choice<Command> {
    Choice { label: label.to_owned(), detail: detail.to_owned(), kind, value }
}
