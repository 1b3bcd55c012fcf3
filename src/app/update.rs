//! What each message does to the state. Pure: what has to be done outside of it comes back as effects.

use super::act;
use super::areas::Pane;
use super::bindings::{Move, lookup};
use super::effect::Effect;
use super::key::Key;
use super::message::{Answer, Done, Extents, Gesture, Loading, Message, Mouse, Prepared};
use super::state::State;
use super::typing;
use super::wizard::{Told, Wizard};

/// Takes a message in.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let effects = match message {
        Message::Key(key) => press(state, key),
        Message::Mouse(mouse) => point(state, mouse),
        Message::Paste(text) => typing::paste(state, &text),
        Message::Resize(columns, rows) => {
            (state.columns, state.rows) = (columns, rows);
            Vec::new()
        }
        Message::Tick(now) => {
            state.tick(now);
            Vec::new()
        }
        Message::Loading(loading) => load(state, loading),
        Message::Network(network) => take_network(state, network),
        Message::Answer(answer) => take_answer(state, answer),
        Message::Done(done) => {
            match done {
                Done::Well(text) => state.say(text),
                Done::Badly(failure) => state.complain(&failure),
            }
            Vec::new()
        }
        Message::Drawn(extents) => {
            fit_scrolls(state, extents);
            Vec::new()
        }
    };
    settle(state);
    effects
}

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    match lookup(state.scopes(), key) {
        Some(action) => act::act(state, action),
        None => typing::letter(state, key),
    }
}

/// The mouse does what keys do: a press stands on a row, the wheel goes up and down in the pane under it.
fn point(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let way = match mouse.gesture {
        Gesture::WheelUp => Some(Move::Up),
        Gesture::WheelDown => Some(Move::Down),
        Gesture::Press => None,
    };
    let in_front = state.help.is_some() || state.palette.is_some() || state.wizard.is_some();
    let Some(areas) = state.areas() else { return Vec::new() };
    if !in_front {
        let panes =
            [(areas.tree, Pane::Tree), (areas.detail, Pane::Detail), (areas.group, Pane::Group)];
        let Some((area, pane)) =
            panes.into_iter().find(|(area, _)| area.contains(mouse.x, mouse.y))
        else {
            return Vec::new();
        };
        state.pane = pane;
        let row = usize::from(mouse.y.saturating_sub(area.inside().y));
        if way.is_none() && area.inside().contains(mouse.x, mouse.y) {
            act::press_row(state, pane, row);
        }
    }
    way.map_or_else(Vec::new, |way| act::go(state, way))
}

fn load(state: &mut State, loading: Loading) -> Vec<Effect> {
    match loading {
        Loading::Progress(progress) => state.network.loading = Some(progress),
        Loading::Network { store, complete } => {
            return take_network(state, Prepared::new(store, complete));
        }
        Loading::Failed(failure) => {
            state.network.loading = None;
            state.complain(&failure);
            state.network.failure = Some(failure);
        }
    }
    Vec::new()
}

fn take_network(state: &mut State, network: Prepared) -> Vec<Effect> {
    state.tree.replace(network.tree);
    state.network.store = network.store;
    state.group.forget();
    if !network.complete {
        return Vec::new();
    }
    state.network.arrived = true;
    state.network.loading = None;
    state.network.failure = None;
    state.picks = network.picks;
    if let Some(focus) = state.focus.take() {
        act::look_for(state, &focus);
    }
    match state.question.take() {
        Some(question) => {
            state.wizard = Some(Wizard::about(&question, &state.picks));
            act::ask(state, None)
        }
        None => ask_again(state),
    }
}

/// A new state of the network may have another answer to the question on the screen.
fn ask_again(state: &mut State) -> Vec<Effect> {
    let answered = state.wizard.as_ref().is_some_and(|wizard| wizard.answer.document().is_some());
    if answered { act::ask(state, None) } else { Vec::new() }
}

fn take_answer(state: &mut State, answer: Answer) -> Vec<Effect> {
    let awaited = answer.number == state.asked;
    if let Some(wizard) = state.wizard.as_mut().filter(|_| awaited) {
        match answer.document {
            Ok(document) => wizard.answer.take(document),
            Err(failure) => wizard.answer.told = Told::Failed(failure),
        }
    }
    Vec::new()
}

/// Keeps what is scrolled inside of its contents.
fn fit_scrolls(state: &mut State, extents: Extents) {
    state.extents = extents;
    state.detail_top = state.detail_top.min(extents.detail);
    if let Some(wizard) = &mut state.wizard {
        wizard.answer.scroll = wizard.answer.scroll.min(extents.answer);
    }
    state.help = state.help.map(|top| top.min(extents.help));
}

/// What follows from the rest of the state, after every message: what the group panel shows, and what is in view.
fn settle(state: &mut State) {
    let height = state.areas().map_or(0, |areas| areas.tree.inside().height);
    state.tree.set_height(usize::from(height));
    let rows = state.areas().map_or(0, |areas| areas.group.inside().height);
    state.group.follow(&state.network.store, &state.tree, state.pane == Pane::Group);
    state.group.set_height(usize::from(rows));
}
