//! What each action does.

use std::sync::Arc;

use super::act_wizard as wizard;
use super::areas::Pane;
use super::bindings::{Action, Move};
use super::chooser::{Chooser, moved};
use super::effect::{Ask, Effect};
use super::palette::{Command, commands, node_of};
use super::picks::Pick;
use super::state::State;
use super::text_input::TextInput;
use super::typing::edit;
use super::wizard::{Told, Which};
use crate::model::ids::SecurityGroupId;
use crate::reach::naming::end_of;
use crate::store::names::find;
use crate::store::tree::{NodeIx, NodeKind};

/// Does what a key or a command says.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Leave => return leave(state),
        Action::Back => return back(state),
        Action::Refresh => return reload(state, state.stage),
        Action::NextStage => return turn_stage(state, true),
        Action::PreviousStage => return turn_stage(state, false),
        Action::Move(way) => return go(state, way),
        Action::Choose => return choose(state),
        Action::Copy => return copy(state),
        Action::Why
        | Action::CopyAnswer
        | Action::SaveAnswer
        | Action::NextPath
        | Action::PreviousPath
        | Action::NextFix
        | Action::WhatIf
        | Action::EditFrom
        | Action::EditTo
        | Action::EditFlow
        | Action::Swap => return wizard::act(state, action),
        Action::Help => state.help = Some(0),
        Action::NextTheme => next_theme(state),
        Action::Palette => open_palette(state),
        Action::NextPane => state.pane = turned_pane(state.pane, 1),
        Action::PreviousPane => state.pane = turned_pane(state.pane, 2),
        Action::Open => state.tree.open(),
        Action::Close => state.tree.close(),
        Action::OpenAll => state.tree.set_all_open(true),
        Action::CloseAll => state.tree.set_all_open(false),
        Action::Filter => (state.filtering, state.pane) = (true, Pane::Tree),
        Action::Groups => state.pane = Pane::Group,
        Action::NextGroup => state.group.turn(1),
        Action::PreviousGroup => state.group.turn(-1),
        Action::GoToCovered => go_to_covered(state),
        Action::MarkFrom => mark(state, Which::From),
        Action::MarkTo => mark(state, Which::To),
        Action::Erase => edit(state, TextInput::erase),
        Action::EraseAll => edit(state, TextInput::clear),
    }
    Vec::new()
}

/// Up or down in whatever has the keys.
pub fn go(state: &mut State, way: Move) -> Vec<Effect> {
    let page = usize::from(state.rows.saturating_sub(6)).max(1);
    if let Some(top) = state.help {
        state.help = Some(moved(top, way, state.extents.help, page));
    } else if let Some(palette) = &mut state.palette {
        palette.go(way);
    } else if let Some(wizard) = &mut state.wizard {
        wizard::go(wizard, way, state.extents.answer, page);
    } else {
        match state.pane {
            Pane::Tree => go_in_tree(state, way),
            Pane::Detail => {
                state.detail_top = moved(state.detail_top, way, state.extents.detail, page);
            }
            Pane::Group => state.group.go(way),
        }
    }
    Vec::new()
}

fn go_in_tree(state: &mut State, way: Move) {
    let before = state.tree.selected();
    state.tree.go(way);
    if state.tree.selected() != before {
        state.detail_top = 0;
    }
}

/// The mouse was pressed on a row of a pane.
pub fn press_row(state: &mut State, pane: Pane, row: usize) {
    match pane {
        Pane::Tree => {
            state.tree.press(row);
            state.detail_top = 0;
        }
        Pane::Group => state.group.press(row),
        Pane::Detail => {}
    }
}

/// One level back; from the outermost level nowhere.
fn back(state: &mut State) -> Vec<Effect> {
    if state.help.take().is_some() || state.palette.take().is_some() {
        return Vec::new();
    }
    if state.wizard.is_some() {
        wizard::back(state);
    } else if state.filtering || !state.tree.filter().is_empty() {
        state.filtering = false;
        state.tree.edit_filter(TextInput::clear);
    } else if state.pane != Pane::Tree {
        state.pane = Pane::Tree;
    } else {
        state.marks = super::state::Marks::default();
    }
    Vec::new()
}

/// Back, and out from the outermost level.
fn leave(state: &mut State) -> Vec<Effect> {
    if state.help.is_some() || state.wizard.is_some() {
        return back(state);
    }
    vec![Effect::Quit]
}

fn reload(state: &mut State, from: usize) -> Vec<Effect> {
    state.stage = from;
    state.network.loading = Some(super::message::Progress::default());
    vec![Effect::Load { stage: from }]
}

fn turn_stage(state: &mut State, forward: bool) -> Vec<Effect> {
    let to = if forward { state.stage.checked_add(1) } else { state.stage.checked_sub(1) };
    if let Some(to) = to.filter(|to| *to < state.stages.len()) {
        return reload(state, to);
    }
    state.say("there is no further stage");
    Vec::new()
}

fn next_theme(state: &mut State) {
    state.theme = state.theme.next();
    state.say(format!("theme {}", state.theme.name()));
}

fn turned_pane(pane: Pane, by: usize) -> Pane {
    let panes = [Pane::Tree, Pane::Detail, Pane::Group];
    let turned = panes.into_iter().cycle().skip_while(|one| *one != pane).nth(by);
    turned.unwrap_or(pane)
}

fn open_palette(state: &mut State) {
    let commands = commands(&state.network.store, state.tree.tree());
    state.palette = Some(Chooser::new(commands.into()));
}

fn choose(state: &mut State) -> Vec<Effect> {
    if let Some(palette) = state.palette.take() {
        let command = palette.selected().map(|choice| choice.value.clone());
        return command.map_or_else(Vec::new, |command| obey(state, command));
    }
    if state.wizard.is_some() {
        return wizard::choose(state);
    }
    state.filtering = false;
    Vec::new()
}

fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Do(action) => return act(state, action),
        Command::Theme(theme) => state.theme = theme,
        Command::GoTo(id) => {
            if let Some(at) = state.tree.tree().position(&id) {
                show(state, at);
            }
        }
        Command::Group(group) => show_group(state, group),
    }
    Vec::new()
}

/// Stands on a node in the tree, whatever was in front.
fn show(state: &mut State, at: NodeIx) {
    state.wizard = None;
    state.pane = Pane::Tree;
    state.detail_top = 0;
    state.tree.go_to(at);
}

fn show_group(state: &mut State, group: SecurityGroupId) {
    state.wizard = None;
    state.pane = Pane::Group;
    state.group.show(&state.network.store, group);
}

/// Selects the first thing that the search finds.
pub fn look_for(state: &mut State, text: &str) {
    let store = Arc::clone(&state.network.store);
    let found = find(&store, text);
    let Some(first) = found.first() else {
        state.say(format!("nothing is called {text}"));
        return;
    };
    if first.named.kind == crate::store::names::Kind::SecurityGroup {
        show_group(state, first.named.id.as_str().into());
        return;
    }
    let node = node_of(&store, state.tree.tree(), first.named);
    if let Some(at) = node.and_then(|id| state.tree.tree().position(&id)) {
        show(state, at);
    }
}

fn go_to_covered(state: &mut State) {
    if let Some(at) = state.group.next_covered() {
        state.tree.go_to(at);
    }
}

/// The end that the user stands on: whoever uses the interface, else the interface itself.
pub fn pick_here(state: &State) -> Option<Pick> {
    let node = state.tree.selected_node()?;
    if !matches!(node.kind, NodeKind::Interface | NodeKind::Resource) {
        return None;
    }
    let store = &state.network.store;
    let directory = store.directory();
    let owner = node.detail.owner_id.as_ref().and_then(|id| directory.by_id(id));
    let named = owner.into_iter().chain(directory.by_id(&node.id));
    let end = named.into_iter().find_map(|named| end_of(store, named))?;
    Some(state.picks.of(&end))
}

fn mark(state: &mut State, which: Which) {
    let Some(pick) = pick_here(state) else {
        state.say("nothing comes from here or goes here by itself: choose what is inside");
        return;
    };
    let letter = if which == Which::From { "A" } else { "B" };
    state.say(format!("{letter} is {}", pick.label));
    match which {
        Which::From => state.marks.from = Some(pick),
        Which::To => state.marks.to = Some(pick),
    }
}

fn copy(state: &mut State) -> Vec<Effect> {
    let text = match &state.wizard {
        Some(wizard) => wizard::copied(wizard),
        None if state.pane == Pane::Group => state.group.shown().map(ToString::to_string),
        None => state.tree.selected_node().map(|node| node.id.to_string()),
    };
    text.map(Effect::Copy).into_iter().collect()
}

/// Asks the wizard's question; with a fix, as if it were made.
pub fn ask(state: &mut State, with_fix: Option<usize>) -> Vec<Effect> {
    let Some(wizard) = &mut state.wizard else { return Vec::new() };
    let Some(question) = wizard.question() else { return Vec::new() };
    if with_fix.is_none() {
        wizard.answer.what_if = None;
    }
    wizard.answer.told = Told::Waiting;
    state.asked += 1;
    let store = Arc::clone(&state.network.store);
    vec![Effect::Ask(Ask { number: state.asked, store, question, with_fix })]
}
