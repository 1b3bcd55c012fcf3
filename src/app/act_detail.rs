//! What the keys of the details do.

use super::areas::Pane;
use super::state::State;
use crate::report::details::Subject;
use crate::store::tree::NodeIx;

/// Goes to what the row is about.
pub fn follow_reference(state: &mut State) {
    let entry = state.detail.entry(&state.extents.detail);
    let Some(subject) = entry.and_then(|entry| entry.link().cloned()) else {
        state.say("nothing to go to here: names in the accent colour lead somewhere");
        return;
    };
    go_to(state, &subject);
}

/// Shows a thing, in the tree too if it is there; the way back is remembered.
pub fn go_to(state: &mut State, subject: &Subject) {
    state.detail.go_to(subject.clone());
    show_in_tree(state, subject);
}

/// Back to where one came from; with nowhere to go back to, to the tree.
pub fn go_back(state: &mut State) {
    match state.detail.go_back() {
        Some(subject) => show_in_tree(state, &subject),
        None => state.pane = Pane::Tree,
    }
}

/// Forward again.
pub fn go_forward(state: &mut State) {
    if let Some(subject) = state.detail.go_forward() {
        show_in_tree(state, &subject);
    }
}

/// The node that shows a thing: its own, or that of its first interface.
pub fn node_of(state: &State, subject: &Subject) -> Option<NodeIx> {
    let id = subject.id()?;
    let (store, tree) = (&state.network.store, state.tree.tree());
    let of_instance = store.interfaces_of_instance(&id.into()).first();
    let interface = of_instance.or_else(|| store.interfaces_of(id).first());
    let interface = || tree.position(store.interface(*interface?).id.as_str());
    tree.position(id).or_else(interface)
}

/// The tree stands on the thing, if it has a node for it; the details stay where they are.
fn show_in_tree(state: &mut State, subject: &Subject) {
    if let Some(at) = node_of(state, subject) {
        state.tree.go_to(at);
    }
    if let Some(node) = state.tree.selected_node() {
        let id = std::sync::Arc::clone(&node.id);
        state.detail.follow(Some((&id, subject.clone())));
    }
}
