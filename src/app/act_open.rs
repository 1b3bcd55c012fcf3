//! Ways out of the program: what there is to copy of a thing, its command, its page in the console.

use super::areas::Pane;
use super::copying::copyables;
use super::effect::Effect;
use super::state::State;
use crate::report::aws;
use crate::report::details::Subject;
use crate::store::names::Kind;

/// What the user looks at: the group in its panel, else what the details are about.
fn here(state: &State) -> Option<Subject> {
    let group = state.group.shown().filter(|_| state.pane == Pane::Group);
    let group = group.map(|id| Subject::Thing(Kind::SecurityGroup, id.to_string()));
    group.or_else(|| state.detail.subject().cloned())
}

/// Shows what there is to copy.
pub fn ask_what_to_copy(state: &mut State) {
    let all = here(state).map(|subject| copyables(&state.network.store, &subject));
    state.copying = all.filter(|all| !all.is_empty());
    if state.copying.is_none() {
        state.say("nothing to copy: AWS has no id for this");
    }
}

/// Copies the line with this letter.
pub fn copy_line(state: &mut State, letter: char) -> Vec<Effect> {
    let all = state.copying.take().unwrap_or_default();
    let line = all.into_iter().find(|line| line.letter == letter);
    line.map(|line| Effect::Copy(line.text)).into_iter().collect()
}

/// Copies the line that is so many rows below the first.
pub fn copy_row(state: &mut State, row: usize) -> Vec<Effect> {
    let letter = state.copying.as_ref().and_then(|all| all.get(row)).map(|line| line.letter);
    letter.map(|letter| copy_line(state, letter)).unwrap_or_default()
}

/// Copies the command that shows the thing.
pub fn copy_command(state: &mut State) -> Vec<Effect> {
    let command = here(state).and_then(|subject| aws::command(&state.network.store, &subject));
    if command.is_none() {
        state.say("AWS has no command for this alone");
    }
    command.map(Effect::Copy).into_iter().collect()
}

/// Opens the thing's page.
pub fn open_console(state: &mut State) -> Vec<Effect> {
    let page = here(state).and_then(|subject| aws::console(&state.network.store, &subject));
    if page.is_none() {
        state.say("AWS's console has no page for this, or its region is not known");
    }
    page.map(Effect::Open).into_iter().collect()
}
