//! The palette: go to anything, do anything.

use super::bindings::{Action, BINDINGS, Scope};
use super::chooser::Choice;
use super::look::ThemeName;
use crate::model::ids::SecurityGroupId;
use crate::store::Store;
use crate::store::names::{Kind, Named};
use crate::store::tree::Tree;

/// What is chosen in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// What a key does.
    Do(Action),
    /// Another look.
    Theme(ThemeName),
    /// To this node of the tree.
    GoTo(String),
    /// To this group in the panel.
    Group(SecurityGroupId),
}

/// Everything that can be chosen: commands first, then the network.
pub fn commands(store: &Store, tree: &Tree) -> Vec<Choice<Command>> {
    let actions =
        BINDINGS.iter().filter(|row| row.scope == Scope::Everywhere || is_command(row.action));
    let actions = actions.map(|row| choice(row.help, "", "command", Command::Do(row.action)));
    let themes = ThemeName::ALL.into_iter();
    let themes = themes.map(|theme| {
        choice(&format!("theme {}", theme.name()), "", "command", Command::Theme(theme))
    });
    let quit = choice("quit", "", "command", Command::Do(Action::Quit));
    let named = store.directory().iter().filter_map(|named| going_to(store, tree, named));
    actions.chain(themes).chain([quit]).chain(named).collect()
}

fn is_command(action: Action) -> bool {
    matches!(
        action,
        Action::Why | Action::Filter | Action::Groups | Action::OpenAll | Action::CloseAll
    )
}

/// Where the palette goes for a thing: to its group, to its own node, or to the node that stands for it.
fn going_to(store: &Store, tree: &Tree, named: &Named) -> Option<Choice<Command>> {
    let command = if named.kind == Kind::SecurityGroup {
        Command::Group(SecurityGroupId::from(named.id.as_str()))
    } else {
        Command::GoTo(node_of(store, tree, named)?)
    };
    let addresses = named.addresses.iter().map(ToString::to_string);
    let id = named.id.rsplit(':').next().unwrap_or_default().to_owned();
    let detail: Vec<String> = addresses.chain([named.detail.clone(), id]).collect();
    Some(choice(named.label(), detail.join("  ").trim(), named.kind.word(), command))
}

/// The id of the node that shows a thing: its own, that of its first interface, or that of its VPC.
pub fn node_of(store: &Store, tree: &Tree, named: &Named) -> Option<String> {
    let own = Some(named.id.clone());
    let instance = store.interfaces_of_instance(&named.id.as_str().into()).first();
    let interface = instance.or_else(|| store.interfaces_of(&named.id).first());
    let interface = interface.map(|at| store.interface(*at).id.to_string());
    let vpc = named.vpc.as_ref().map(ToString::to_string);
    [own, interface, vpc].into_iter().flatten().find(|id| tree.position(id).is_some())
}

fn choice(label: &str, detail: &str, kind: &'static str, value: Command) -> Choice<Command> {
    Choice { label: label.to_owned(), detail: detail.to_owned(), kind, value }
}
