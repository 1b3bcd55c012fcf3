//! What the mouse does: what keys do, where it is pressed.

use super::act;
use super::areas::{Area, Areas, Pane};
use super::bindings::{Action, Move};
use super::copying::copying_area;
use super::effect::Effect;
use super::front::front_area;
use super::message::{Gesture, Mouse, Press};
use super::state::State;
use super::{act_front, act_open, act_wizard};

/// A press stands on a row, the wheel goes up and down in the pane under it, and dividers are dragged.
pub fn point(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let Some(areas) = state.areas() else { return Vec::new() };
    match mouse.gesture {
        Gesture::WheelUp => wheel(state, &areas, mouse, Move::Up),
        Gesture::WheelDown => wheel(state, &areas, mouse, Move::Down),
        Gesture::Press => press(state, &areas, mouse),
        Gesture::Drag => {
            if let Some(divider) = state.dragged {
                areas.drag(divider, (mouse.x, mouse.y), &mut state.shares);
            }
            Vec::new()
        }
        Gesture::Release => {
            state.dragged = None;
            Vec::new()
        }
    }
}

fn wheel(state: &mut State, areas: &Areas, mouse: Mouse, way: Move) -> Vec<Effect> {
    if !is_covered(state) {
        let Some((_, pane)) = pane_at(areas, mouse) else { return Vec::new() };
        state.pane = pane;
    }
    act::go(state, way)
}

fn press(state: &mut State, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    if let Some(copying) = &state.copying {
        let inside = copying_area(areas.body, copying.len()).inside();
        if !inside.contains(mouse.x, mouse.y) {
            state.copying = None;
            return Vec::new();
        }
        return act_open::copy_row(state, usize::from(mouse.y - inside.y));
    }
    if state.palette.is_some() || state.wizard.is_some() && state.front.is_none() {
        return press_hit(state, mouse);
    }
    if state.front.is_some() && state.help.is_none() {
        return press_front(state, areas.body, mouse);
    }
    if is_covered(state) {
        return Vec::new();
    }
    state.dragged = areas.divider_at(mouse.x, mouse.y);
    let Some((area, pane)) = pane_at(areas, mouse) else { return Vec::new() };
    state.pane = pane;
    if area.inside().contains(mouse.x, mouse.y) {
        act::press_row(state, pane, usize::from(mouse.y - area.inside().y));
    }
    Vec::new()
}

/// Whether something is in front of the panes.
fn is_covered(state: &State) -> bool {
    state.help.is_some()
        || state.palette.is_some()
        || state.wizard.is_some()
        || state.copying.is_some()
        || state.front.is_some()
}

fn pane_at(areas: &Areas, mouse: Mouse) -> Option<(Area, Pane)> {
    let panes =
        [(areas.tree, Pane::Tree), (areas.detail, Pane::Detail), (areas.group, Pane::Group)];
    panes.into_iter().find(|(area, _)| area.contains(mouse.x, mouse.y))
}

/// A press on a part of what is in front.
fn press_hit(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let mut hits = state.extents.hits.iter().rev();
    let hit = hits.find(|hit| hit.area.contains(mouse.x, mouse.y)).map(|hit| hit.press);
    match hit {
        Some(Press::Rung(rung)) => act_wizard::press_rung(state, rung),
        Some(Press::NextPath) => act::act(state, Action::NextPath),
        Some(Press::Choice(row)) => act::press_choice(state, row),
        Some(Press::Nothing) if state.palette.is_some() => act::act(state, Action::Back),
        Some(Press::Nothing) | None => Vec::new(),
    }
}

/// A press on a row of the list in front stands there; a second one goes where it leads.
fn press_front(state: &mut State, body: Area, mouse: Mouse) -> Vec<Effect> {
    let rows = state.extents.front.len();
    let inside = front_area(body, rows).inside();
    let Some(front) = state.front.as_mut().filter(|_| inside.contains(mouse.x, mouse.y)) else {
        return Vec::new();
    };
    if front.press(usize::from(mouse.y - inside.y), rows) {
        return act_front::follow(state);
    }
    Vec::new()
}
