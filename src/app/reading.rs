//! Reading the network: again, by itself, or no more.

use std::sync::Arc;

use super::act_front;
use super::effect::Effect;
use super::elsewhere;
use super::front::Topic;
use super::message::{Failure, Loading, Progress};
use super::state::State;

/// What is wanted of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Somebody asked for it.
    #[default]
    Asked,
    /// Nobody did: it was time.
    ByItself,
    /// It is called off, and what came of it is on its way.
    Over,
}

/// Reads again because somebody wants it: what changes from now on is told against what is on the screen.
pub fn again(state: &mut State, position: usize) -> Vec<Effect> {
    state.stage = position;
    state.wish = Wish::Asked;
    if state.network.arrived {
        state.baseline = Some(Arc::clone(&state.network.store));
    }
    begin(state)
}

/// The clock goes on: reads again where that is due.
pub fn tick(state: &mut State) -> Vec<Effect> {
    let now = state.now;
    if !state.watch.as_mut().is_some_and(|watch| watch.is_due(now)) {
        return Vec::new();
    }
    state.wish = Wish::ByItself;
    begin(state)
}

fn begin(state: &mut State) -> Vec<Effect> {
    state.log.clear();
    state.network.loading = Some(Progress::default());
    if let Some(watch) = &mut state.watch {
        watch.began();
    }
    vec![state.load()]
}

/// Stops the reading, if there is one. Of the first reading what came so far is kept, of a later one nothing: the network
/// of before is more.
pub fn call_off(state: &mut State) -> Option<Effect> {
    let loading = state.network.loading.as_mut()?;
    let keep = !state.network.arrived;
    if keep && state.wish == Wish::Over {
        return None;
    }
    if keep {
        "calling off…".clone_into(&mut loading.doing);
        state.wish = Wish::Over;
    } else {
        ended(state, true);
        elsewhere::stay(state);
        state.say("called off: the network stays as it was");
    }
    Some(Effect::CallOff { keep })
}

/// News that change no network.
pub fn take(state: &mut State, news: Loading) {
    match news {
        Loading::Progress(_) if state.wish == Wish::Over => {}
        Loading::Progress(progress) => state.network.loading = Some(progress),
        Loading::Called(call) => state.log.push(call),
        Loading::Throttled => {
            if let Some(watch) = &mut state.watch {
                watch.throttle();
            }
        }
        Loading::Failed(failure) => fail(state, failure),
        Loading::Network { .. } => {}
    }
}

fn fail(state: &mut State, failure: Failure) {
    ended(state, false);
    elsewhere::stay(state);
    state.complain(&failure);
    state.network.failure = Some(failure);
    act_front::renew(state, Topic::Coverage);
}

/// The reading is over, and went well or not.
pub fn ended(state: &mut State, well: bool) {
    state.network.loading = None;
    let now = state.now;
    if let Some(watch) = &mut state.watch {
        watch.ended(now, well);
    }
}
