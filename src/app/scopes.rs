//! In which scopes a key is looked up, for every place that the user can be in.

use super::areas::Pane;
use super::bindings::Scope;
use super::state::State;
use super::wizard::Step;

const HELP: &[Scope] = &[Scope::Help, Scope::Moving, Scope::Everywhere, Scope::Always];
const CHOOSING: &[Scope] = &[Scope::Choosing, Scope::Always];
const COPYING: &[Scope] = &[Scope::Copying, Scope::Always];
const FILTERING: &[Scope] = &[Scope::Filtering, Scope::Always];
const FRONT: &[Scope] = &[Scope::Front, Scope::Moving, Scope::Everywhere, Scope::Always];
const ANSWER: &[Scope] = &[Scope::Answer, Scope::Moving, Scope::Everywhere, Scope::Always];
const TREE: &[Scope] =
    &[Scope::Tree, Scope::Browse, Scope::Moving, Scope::Everywhere, Scope::Always];
const DETAIL: &[Scope] =
    &[Scope::Detail, Scope::Browse, Scope::Moving, Scope::Everywhere, Scope::Always];
const GROUP: &[Scope] =
    &[Scope::Group, Scope::Browse, Scope::Moving, Scope::Everywhere, Scope::Always];

/// All of them: what stands in one of these is looked up at one time.
pub const STACKS: &[&[Scope]] =
    &[HELP, CHOOSING, COPYING, FRONT, FILTERING, ANSWER, TREE, DETAIL, GROUP];

/// In which scopes a key is looked up now, the most particular first.
pub fn scopes(state: &State) -> &'static [Scope] {
    match &state.help {
        Some(help) if help.typing => FILTERING,
        Some(_) => HELP,
        None => behind_help(state),
    }
}

/// The same as if no help were shown: what the help is about.
pub fn behind_help(state: &State) -> &'static [Scope] {
    if state.palette.is_some() {
        return CHOOSING;
    }
    if state.copying.is_some() {
        return COPYING;
    }
    if state.front.is_some() {
        return FRONT;
    }
    if let Some(wizard) = &state.wizard {
        return match wizard.step {
            Step::Answer => ANSWER,
            Step::Choose(..) | Step::Flow(..) => CHOOSING,
        };
    }
    match (state.filtering, state.pane) {
        (true, _) => FILTERING,
        (_, Pane::Tree) => TREE,
        (_, Pane::Detail) => DETAIL,
        (_, Pane::Group) => GROUP,
    }
}
