//! What the actions of the wizard do.

use std::sync::Arc;

use super::act::{ask, pick_here};
use super::act_front;
use super::bindings::{Action, Move};
use super::effect::Effect;
use super::flow_text;
use super::listing::About;
use super::state::State;
use super::text_input::TextInput;
use super::wizard::{Step, Told, WhatIf, Which, Wizard};
use crate::report::markdown;

/// Does what a key or a command says.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if action == Action::Why {
        return begin(state);
    }
    let Some(wizard) = &mut state.wizard else { return Vec::new() };
    match action {
        Action::NextPath => wizard.answer.turn_path(1),
        Action::PreviousPath => wizard.answer.turn_path(-1),
        Action::NextFix => return next_fix(state),
        Action::Opens => return opens(state),
        Action::OpenStep => open_step(state),
        Action::WhoElse => return who_else(state),
        Action::EditFrom => wizard.step = wizard.choosing(Which::From, &state.picks),
        Action::EditTo => wizard.step = wizard.choosing(Which::To, &state.picks),
        Action::EditFlow => {
            wizard.step = Step::Flow(TextInput::proposing(flow_text::write(&wizard.flow)), None);
        }
        Action::Swap => {
            std::mem::swap(&mut wizard.from, &mut wizard.to);
            return ask(state, None);
        }
        Action::WhatIf => return what_if(state),
        Action::CopyAnswer => return markdown(wizard).map(Effect::Copy).into_iter().collect(),
        _ => {}
    }
    Vec::new()
}

/// Begins with the marked ends, and where A is not marked with what the user stands on.
fn begin(state: &mut State) -> Vec<Effect> {
    if !state.network.arrived {
        state.say("the network is still being read");
        return Vec::new();
    }
    let marks = std::mem::take(&mut state.marks);
    let here = if marks.to.is_some() { None } else { pick_here(state) };
    let from = marks.from.or(here);
    let wizard = Wizard::new(from, marks.to, &state.picks, &state.network.store);
    let ready = matches!(wizard.step, Step::Answer);
    state.wizard = Some(wizard);
    if ready { ask(state, None) } else { Vec::new() }
}

/// Takes what the user stands on, or what was typed, and goes on.
pub fn choose(state: &mut State) -> Vec<Effect> {
    let Some(wizard) = &mut state.wizard else { return Vec::new() };
    match &mut wizard.step {
        Step::Choose(which, chooser) => {
            let which = *which;
            let Some(pick) = chooser.chosen().cloned() else { return Vec::new() };
            wizard.choose(which, pick, &state.network.store);
            wizard.next_step(&state.picks);
            if matches!(wizard.step, Step::Answer) { ask(state, None) } else { Vec::new() }
        }
        Step::Flow(..) => {
            if wizard.take_flow() {
                ask(state, None)
            } else {
                Vec::new()
            }
        }
        Step::Answer => Vec::new(),
    }
}

/// One level back: from changing the question to its answer, from choosing B to choosing A, else out.
pub fn back(state: &mut State) {
    let Some(wizard) = &mut state.wizard else { return };
    let complete = wizard.question().is_some();
    match &wizard.step {
        Step::Choose(..) | Step::Flow(..) if complete => wizard.step = Step::Answer,
        Step::Choose(Which::To, _) if wizard.from.is_some() => {
            wizard.step = wizard.choosing(Which::From, &state.picks);
            wizard.from = None;
        }
        Step::Answer if matches!(wizard.answer.told, Told::Waiting) => {
            wizard.answer.call_off();
            state.asked += 1;
            state.say("called off");
        }
        _ => state.wizard = None,
    }
}

/// Up or down.
pub fn go(wizard: &mut Wizard, way: Move, last: usize, page: usize) {
    match &mut wizard.step {
        Step::Choose(_, chooser) => chooser.go(way),
        Step::Flow(..) => {}
        Step::Answer => wizard.answer.go(way, last, page),
    }
}

/// What the copy key copies: the commands of the fix that is shown, else the summary.
pub fn copied(wizard: &Wizard) -> Option<String> {
    let document = wizard.answer.document()?;
    let commands = wizard.answer.shown_fix().map(|fix| fix.commands.join("\n"));
    Some(commands.unwrap_or_else(|| document.summary.clone()))
}

fn markdown(wizard: &Wizard) -> Option<String> {
    wizard.answer.document().map(|document| markdown::text(document))
}

/// The rule that decided the check on which the user stands.
fn open_step(state: &mut State) {
    let step = state.wizard.as_ref().and_then(|wizard| wizard.answer.shown_step()).cloned();
    if let Some(step) = step {
        act_front::show_rule(state, &step);
    }
}

/// The mouse was pressed on a check: the user stands there, and a second press opens its rule.
pub fn press_rung(state: &mut State, rung: usize) -> Vec<Effect> {
    let Some(wizard) = &mut state.wizard else { return Vec::new() };
    let again = wizard.answer.rung == rung && wizard.answer.follows;
    (wizard.answer.rung, wizard.answer.follows) = (rung, true);
    if again {
        open_step(state);
    }
    Vec::new()
}

/// What the shown fix opens besides, in the network as it is.
fn opens(state: &mut State) -> Vec<Effect> {
    let Some(wizard) = &state.wizard else { return Vec::new() };
    let about = wizard.question().filter(|_| wizard.answer.shown_fix().is_some());
    let about = about.map(|question| About::Opens(question, wizard.answer.fix));
    about.map_or_else(Vec::new, |about| act_front::list(state, about))
}

/// Everybody who reaches B with the traffic of the question.
fn who_else(state: &mut State) -> Vec<Effect> {
    let question = state.wizard.as_ref().and_then(Wizard::question);
    let about = question.map(|question| About::Reaching(question.to, question.flow));
    about.map_or_else(Vec::new, |about| act_front::list(state, about))
}

/// The answer with the next fix made; after the last one, the answer as it is.
fn next_fix(state: &mut State) -> Vec<Effect> {
    let Some(wizard) = &mut state.wizard else { return Vec::new() };
    let view = &mut wizard.answer;
    let next = view.what_if.as_ref().map_or(0, |what_if| what_if.fix + 1);
    if let Some(what_if) = view.what_if.take() {
        view.told = Told::Nothing;
        view.take(what_if.real);
    }
    if next >= view.fixes().len() {
        return Vec::new();
    }
    view.fix = next;
    what_if(state)
}

/// Asks as if the shown fix were made; a second time goes back to the network as it is.
fn what_if(state: &mut State) -> Vec<Effect> {
    let Some(wizard) = &mut state.wizard else { return Vec::new() };
    let view = &mut wizard.answer;
    if let Some(what_if) = view.what_if.take() {
        view.told = Told::Nothing;
        view.take(what_if.real);
        view.fix = what_if.fix;
        return Vec::new();
    }
    let (Some(fix), Some(real)) = (view.shown_fix(), view.document()) else {
        state.say("there is no fix to try out");
        return Vec::new();
    };
    let at = view.fix;
    view.what_if = Some(WhatIf { fix: at, title: fix.title.clone(), real: Arc::clone(real) });
    ask(state, Some(at))
}
