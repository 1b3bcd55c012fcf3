//! What each action does.

use std::sync::Arc;

use super::act_detail as detail;
use super::act_front as front;
use super::act_open as open;
use super::act_panes as panes;
use super::act_wizard as wizard;
use super::areas::Pane;
use super::bindings::{Action, Move};
use super::chooser::{Choices, Chooser, moved};
use super::detail_view::end_of_subject;
use super::effect::{Ask, Effect};
use super::elsewhere;
use super::front::Topic;
use super::help::Help;
use super::history;
use super::palette::{Command, commands};
use super::picks::Pick;
use super::reading;
use super::state::State;
use super::text_input::TextInput;
use super::typing::edit;
use super::wizard::{Step, Told, Which, Wizard};
use crate::report::details::Subject;
use crate::store::names::{Kind, find};

/// Does what a key or a command says.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return quit(state),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Leave => return leave(state),
        Action::Back => return back(state),
        Action::Refresh => return reading::again(state, state.stage),
        Action::NextStage => return turn_stage(state, true),
        Action::PreviousStage => return turn_stage(state, false),
        Action::Move(way) => return go(state, way),
        Action::Choose => return choose(state),
        Action::Copy => return copy(state),
        Action::CopyMenu => open::ask_what_to_copy(state),
        Action::CopyLine(letter) => return open::copy_line(state, letter),
        Action::CopyCommand => return open::copy_command(state),
        Action::OpenConsole => return open::open_console(state),
        Action::Why
        | Action::CopyAnswer
        | Action::Opens
        | Action::OpenStep
        | Action::WhoElse
        | Action::NextPath
        | Action::PreviousPath
        | Action::NextFix
        | Action::WhatIf
        | Action::EditFrom
        | Action::EditTo
        | Action::EditFlow
        | Action::Swap => return wizard::act(state, action),
        Action::Changes => front::open(state, Topic::Changes),
        Action::Log => front::open(state, Topic::Log),
        Action::Coverage => front::open(state, Topic::Coverage),
        Action::History => history::open(state),
        Action::Export => history::open_exports(state),
        Action::FollowRow => return front::follow(state),
        Action::CopyRow => return front::copied(state).map(Effect::Copy).into_iter().collect(),
        Action::Help => state.help = Some(Help::default()),
        Action::NextTheme => next_theme(state),
        Action::Mask => return elsewhere::turn_mask(state),
        Action::Profiles => elsewhere::open_profiles(state),
        Action::Regions => elsewhere::open_regions(state),
        Action::Palette => open_palette(state),
        Action::GoToReference => detail::follow_reference(state),
        Action::GoBack => detail::go_back(state),
        Action::GoForward => detail::go_forward(state),
        Action::Reach => state.detail.turn_reach(),
        Action::Raw => state.detail.turn_form(),
        Action::MarkFrom => mark(state, Which::From),
        Action::MarkTo => mark(state, Which::To),
        Action::Erase => edit(state, TextInput::erase),
        Action::EraseAll => edit(state, TextInput::clear),
        of_a_pane => panes::act(state, of_a_pane),
    }
    Vec::new()
}

/// Up or down in whatever has the keys.
pub fn go(state: &mut State, way: Move) -> Vec<Effect> {
    let page = usize::from(state.rows.saturating_sub(6)).max(1);
    if let Some(help) = &mut state.help {
        help.top = moved(help.top, way, state.extents.help, page);
    } else if let Some(palette) = &mut state.palette {
        palette.go(way);
    } else if let Some(front) = &mut state.front {
        front.go(way, state.extents.front.len());
    } else if let Some(wizard) = &mut state.wizard {
        wizard::go(wizard, way, state.extents.answer, page);
    } else {
        match state.pane {
            Pane::Tree => state.tree.go(way),
            Pane::Detail => state.detail.go(way, state.extents.detail.len()),
            Pane::Group => state.group.go(way),
        }
    }
    Vec::new()
}

/// The mouse was pressed on a row of a pane.
pub fn press_row(state: &mut State, pane: Pane, row: usize) {
    match pane {
        Pane::Tree => state.tree.press(row),
        Pane::Group => {
            if state.group.press(row) {
                panes::open_rule(state);
            }
        }
        Pane::Detail => {
            if state.detail.press(row, state.extents.detail.len()) {
                detail::follow_reference(state);
            }
        }
    }
}

/// One level back; from the outermost level nowhere.
fn back(state: &mut State) -> Vec<Effect> {
    if state.help.as_mut().is_some_and(Help::clear) {
        return Vec::new();
    }
    if state.help.take().is_some()
        || state.palette.take().is_some()
        || state.copying.take().is_some()
        || front::close(state)
    {
        return Vec::new();
    }
    if !state.network.arrived
        && let Some(effect) = reading::call_off(state)
    {
        return vec![effect];
    }
    if state.wizard.is_some() {
        wizard::back(state);
    } else if state.filtering || !state.tree.filter().is_empty() {
        state.filtering = false;
        state.tree.edit_filter(TextInput::clear);
    } else if state.detail.call_off() {
        state.say("called off");
    } else if state.pane != Pane::Tree {
        state.pane = Pane::Tree;
    } else if let Some(effect) = reading::call_off(state) {
        return vec![effect];
    } else {
        state.marks = super::state::Marks::default();
    }
    Vec::new()
}

/// Out; but the first time while the network is read for the first time, only out of that.
fn quit(state: &mut State) -> Vec<Effect> {
    let first = (!state.network.arrived).then(|| reading::call_off(state)).flatten();
    vec![first.unwrap_or(Effect::Quit)]
}

/// Back, and out from the outermost level. Whoever leaves a question does not wait for its answer.
fn leave(state: &mut State) -> Vec<Effect> {
    if state.is_waiting() {
        back(state);
    }
    if state.help.is_some() || state.front.is_some() || state.wizard.is_some() {
        return back(state);
    }
    vec![Effect::Quit]
}

fn turn_stage(state: &mut State, forward: bool) -> Vec<Effect> {
    let to = if forward { state.stage.checked_add(1) } else { state.stage.checked_sub(1) };
    if let Some(to) = to.filter(|to| *to < state.stages.len()) {
        return reading::again(state, to);
    }
    state.say("there is no further stage");
    Vec::new()
}

fn next_theme(state: &mut State) {
    state.theme = state.theme.next();
    state.say(format!("theme {}", state.theme.name()));
}

fn open_palette(state: &mut State) {
    let all = Choices::before(commands(&state.keys), &state.places);
    state.open_menu("Go to, or do", Chooser::new(all));
}

fn choose(state: &mut State) -> Vec<Effect> {
    if let Some(help) = &mut state.help {
        help.typing = false;
        return Vec::new();
    }
    if let Some(mut palette) = state.palette.take() {
        let command = palette.chosen().map(|choice| choice.value.clone());
        return command.map_or_else(Vec::new, |command| obey(state, command));
    }
    if state.wizard.is_some() {
        return wizard::choose(state);
    }
    state.filtering = false;
    Vec::new()
}

/// The mouse was pressed on a line of what matches: it stands there, and takes it where it stood already.
pub fn press_choice(state: &mut State, row: usize) -> Vec<Effect> {
    let again = match (&mut state.palette, &mut state.wizard) {
        (Some(palette), _) => palette.press(row),
        (None, Some(Wizard { step: Step::Choose(_, chooser), .. })) => chooser.press(row),
        _ => false,
    };
    if again { choose(state) } else { Vec::new() }
}

fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Do(action) => return act(state, action),
        Command::Theme(theme) => state.theme = theme,
        Command::Profile(name) => return elsewhere::go_to_profile(state, name),
        Command::Region(id) => return elsewhere::go_to_region(state, id),
        Command::Recall(at) => return history::recall(state, at),
        Command::Export(format, target) => return history::export(state, format, target),
        Command::GoTo(subject) => show(state, &subject),
    }
    Vec::new()
}

/// Shows a thing, whatever was in front: in the tree if it is there, a group in its panel, else in the details.
pub fn show(state: &mut State, subject: &Subject) {
    state.wizard = None;
    let in_tree = detail::node_of(state, subject).is_some();
    state.pane = match subject.kind() {
        _ if in_tree => Pane::Tree,
        Some(Kind::SecurityGroup) => Pane::Group,
        _ => Pane::Detail,
    };
    if let (Pane::Group, Some(id)) = (state.pane, subject.id()) {
        state.group.show(&state.network.store, id.into());
    }
    detail::go_to(state, subject);
}

/// Selects the first thing that the search finds.
pub fn look_for(state: &mut State, text: &str) {
    let store = Arc::clone(&state.network.store);
    match find(&store, text).first() {
        Some(first) => {
            let named = first.named;
            show(state, &Subject::Thing(named.kind, named.id.clone()));
        }
        None => state.say(format!("nothing is called {text}")),
    }
}

/// The end that the user stands on: whoever uses the interface, else the interface itself.
pub fn pick_here(state: &State) -> Option<Pick> {
    let end = end_of_subject(&state.network.store, state.detail.subject()?)?;
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

fn copy(state: &State) -> Vec<Effect> {
    let text = state.wizard.as_ref().and_then(wizard::copied);
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
    state.waited = 0;
    state.asked += 1;
    let store = Arc::clone(&state.network.store);
    vec![Effect::Ask(Ask { number: state.asked, store, question, with_fix })]
}
