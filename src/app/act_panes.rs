//! What the keys of the main screen's panes do: the tree, the group panel, and how the screen is divided between them.

use super::areas::{Divider, Pane, Shares};
use super::arranging::{Columns, next};
use super::bindings::Action;
use super::group_items::ItemData;
use super::state::State;
use crate::store::tree::{Grouping, Order};

/// Does what a key or a command says.
pub fn act(state: &mut State, action: Action) {
    match action {
        Action::NextPane => state.pane = turned_pane(state.pane, 1),
        Action::PreviousPane => state.pane = turned_pane(state.pane, 2),
        Action::Open | Action::Close | Action::OpenAll | Action::CloseAll => unfold(state, action),
        Action::NextOrder | Action::ReverseOrder | Action::NextGrouping | Action::NextColumns => {
            arrange(state, action);
        }
        Action::Filter => filter(state),
        Action::NarrowTree => resize(state, Divider::Tree, false),
        Action::WidenTree => resize(state, Divider::Tree, true),
        Action::LowerGroup => resize(state, Divider::Group, false),
        Action::RaiseGroup => resize(state, Divider::Group, true),
        Action::UsualSizes => state.shares = Shares::default(),
        Action::Groups => state.pane = Pane::Group,
        Action::NextGroup => state.group.turn(1),
        Action::PreviousGroup => state.group.turn(-1),
        Action::Pin => state.group.turn_pin(),
        Action::OpenRule => open_rule(state),
        Action::GoToCovered => go_to_covered(state),
        _ => {}
    }
}

fn turned_pane(pane: Pane, by: usize) -> Pane {
    let panes = [Pane::Tree, Pane::Detail, Pane::Group];
    let turned = panes.into_iter().cycle().skip_while(|one| *one != pane).nth(by);
    turned.unwrap_or(pane)
}

fn unfold(state: &mut State, action: Action) {
    match action {
        Action::Open => state.tree.open(),
        Action::Close => state.tree.close(),
        _ => state.tree.set_all_open(action == Action::OpenAll),
    }
}

/// Begins to type what is searched for: in the help if that is shown, else in the tree.
fn filter(state: &mut State) {
    if let Some(help) = &mut state.help {
        help.typing = true;
        return;
    }
    (state.filtering, state.pane) = (true, Pane::Tree);
}

fn resize(state: &mut State, divider: Divider, grows: bool) {
    if let Some(areas) = state.areas() {
        areas.step(divider, grows, &mut state.shares);
    }
}

/// Another order or arrangement of the tree, or other columns.
fn arrange(state: &mut State, action: Action) {
    match action {
        Action::NextOrder => state.tree.arrange(|now| now.order = next(&Order::ALL, now.order)),
        Action::ReverseOrder => state.tree.arrange(|now| now.reversed = !now.reversed),
        Action::NextColumns => state.facts = next(&Columns::ALL, state.facts),
        _ => state.tree.arrange(|now| now.grouping = next(&Grouping::ALL, now.grouping)),
    }
    let now = state.tree.arrangement();
    let reversed = if now.reversed { ", the other way round" } else { "" };
    let (grouping, order, facts) = (now.grouping.word(), now.order.word(), state.facts.word());
    state.say(format!("by {grouping}, in order of {order}{reversed}; showing {facts}"));
}

/// Opens or closes a rule; goes to the interface or the group of the row.
pub fn open_rule(state: &mut State) {
    let id = match state.group.here() {
        Some(ItemData::Covered(covered, _)) => covered.interface.id.clone(),
        Some(ItemData::Referrer(group)) => {
            let group = group.id.as_str().into();
            return state.group.show(&state.network.store, group);
        }
        _ => return state.group.toggle(),
    };
    if let Some(at) = state.tree.tree().position(&id) {
        state.tree.go_to(at);
    }
}

fn go_to_covered(state: &mut State) {
    if let Some(at) = state.group.next_covered() {
        state.tree.go_to(at);
    }
}
