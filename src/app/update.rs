//! What each message does to the state. Pure: what has to be done outside of it comes back as effects.

use std::sync::Arc;

use super::areas::Pane;
use super::bindings::Action;
use super::comparing::{Compared, Comparing};
use super::effect::Effect;
use super::elsewhere;
use super::front::{Topic, front_area};
use super::key::Key;
use super::message::{Answer, Done, Extents, Loading, Message, Prepared};
use super::narrowing::Narrowing;
use super::reading::Wish;
use super::state::State;
use super::typing;
use super::wizard::{Step, Told, Wizard};
use super::work::{Work, Worked};
use super::{act, act_front, history, memory, pointing, preview, reading};
use crate::report::details::Subject;

/// Takes a message in.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Key(key) => press(state, key),
        Message::Mouse(mouse) => pointing::point(state, mouse),
        Message::Paste(text) => typing::paste(state, &text),
        Message::Resize(columns, rows) => {
            (state.columns, state.rows) = (columns, rows);
            Vec::new()
        }
        Message::Tick(now) => {
            state.tick(now);
            reading::tick(state)
        }
        Message::Loading(loading) => load(state, loading),
        Message::Network(network) => take_network(state, network),
        Message::Answer(answer) => take_answer(state, answer),
        Message::Worked(worked) => {
            take_worked(state, worked);
            Vec::new()
        }
        Message::Done(done) => {
            match done {
                Done::Well(text) => state.say(text),
                Done::Badly(failure) => state.complain(&failure),
            }
            Vec::new()
        }
        Message::Recalled(account, memory) => {
            memory::recall(state, &account, memory);
            Vec::new()
        }
        Message::Drawn(extents) => {
            fit_scrolls(state, extents);
            Vec::new()
        }
    };
    effects.extend(settle(state).into_iter().map(Effect::Work));
    effects
}

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    match state.keys.lookup(state.scopes(), key) {
        Some(action) => act::act(state, action),
        None => typing::letter(state, key),
    }
}

fn load(state: &mut State, loading: Loading) -> Vec<Effect> {
    if let Loading::Network { store, complete } = loading {
        return take_network(state, Prepared::new(store, complete));
    }
    reading::take(state, loading);
    Vec::new()
}

/// A network that is read again is shown once all of it is there; until then the one before stays.
fn take_network(state: &mut State, network: Prepared) -> Vec<Effect> {
    if state.network.arrived && !network.complete {
        return Vec::new();
    }
    let mut effects = if network.complete { elsewhere::arrive(state) } else { Vec::new() };
    state.network.store = network.store;
    state.tree.renew(network.tree, network.index);
    state.group.forget();
    state.detail.forget();
    if !network.complete {
        return Vec::new();
    }
    let compare = compare(state);
    state.network.arrived = true;
    reading::ended(state, true);
    state.network.failure = None;
    (state.picks, state.places) = (network.picks, network.places);
    if let Some(focus) = state.focus.take() {
        act::look_for(state, &focus);
    }
    act_front::renew(state, Topic::Coverage);
    act_front::renew(state, Topic::Log);
    effects.extend(match state.question.take() {
        Some(question) => {
            state.wizard = Some(Wizard::about(&question, &state.picks));
            act::ask(state, None)
        }
        None => ask_again(state),
    });
    effects.extend(compare.map(Work::Compare).map(Effect::Work));
    effects.extend(memory::wanted(state));
    effects
}

/// The comparison with what was there before: an earlier network that was named, else what was on the screen when
/// somebody asked for a reading. What the program reads by itself adds to the changes since then.
fn compare(state: &mut State) -> Option<Comparing> {
    let new = Arc::clone(&state.network.store);
    if let Some(named) = state.earlier.take() {
        act_front::open(state, Topic::Changes);
        state.baseline = Some(named);
    }
    let Some(old) = state.baseline.clone() else {
        state.baseline = Some(new);
        return None;
    };
    state.comparison += 1;
    Some(Comparing { number: state.comparison, old, new })
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
            Ok(document) => {
                let (verdict, is_real) = (document.verdict, wizard.answer.what_if.is_none());
                wizard.answer.take(document);
                if is_real {
                    history::remember(state, verdict);
                }
            }
            Err(failure) => wizard.answer.told = Told::Failed(failure),
        }
    }
    Vec::new()
}

fn take_worked(state: &mut State, worked: Worked) {
    match worked {
        Worked::Search(number, found) => state.tree.take_found(number, found),
        Worked::Group(number, shown) => state.group.take(number, *shown),
        Worked::Detail(number, shown) => state.detail.take(number, *shown),
        Worked::Arranged(number, arranged) => {
            if state.tree.take_arranged(number, arranged) {
                state.group.forget();
            }
        }
        Worked::Reach(number, news) => state.detail.take_reach(number, news),
        Worked::Compared(number, compared) => take_comparison(state, number, compared),
        Worked::Listed(number, list) => act_front::take_list(state, number, list),
        Worked::Narrowed(number, matching) => take_matching(state, number, matching),
        Worked::Previewed(number, verdict) => state.preview.take(number, verdict),
    }
}

fn take_comparison(state: &mut State, number: u64, compared: Arc<Compared>) {
    if number != state.comparison {
        return;
    }
    let before = state.compared.as_ref().map(|before| before.size()).unwrap_or_default();
    let is_news = state.wish != Wish::ByItself || compared.size() != before;
    let key = state.keys.of(Action::Changes).map(|key| key.to_string());
    if let Some(told) = compared.told(key.as_deref()).filter(|_| is_news) {
        state.say(told);
    }
    state.compared = Some(compared);
    act_front::renew(state, Topic::Changes);
}

/// Keeps what is scrolled inside of its contents.
fn fit_scrolls(state: &mut State, extents: Extents) {
    state.extents = extents;
    let body = state.areas().map(|areas| areas.body).unwrap_or_default();
    if let Some(front) = &mut state.front {
        let height = front_area(body, state.extents.front.len()).inside().height;
        front.fit(usize::from(height), &state.extents.front);
    }
    state.detail.fit(state.extents.detail.len());
    if let Some(wizard) = &mut state.wizard {
        wizard.answer.scroll = wizard.answer.scroll.min(state.extents.answer);
    }
    if let Some(help) = &mut state.help {
        help.top = help.top.min(state.extents.help);
    }
}

/// What follows from the rest of the state, after every message: what is in view, and what has to be computed.
fn settle(state: &mut State) -> Vec<Work> {
    let height = state.areas().map_or(0, |areas| areas.tree.inside().height);
    state.tree.set_height(usize::from(height));
    let rows = state.areas().map_or(0, |areas| areas.group.inside().height);
    let detail = state.areas().map_or(0, |areas| areas.detail.inside().height);
    state.detail.set_height(usize::from(detail));
    follow(state);
    state.group.follow(&state.network.store, &state.tree, state.pane == Pane::Group);
    state.group.set_height(usize::from(rows));
    let arrange = state.tree.wanted_arranging(&state.network.store).map(Work::Arrange);
    let search = state.tree.wanted().map(Work::Search);
    let group = state.group.wanted(&state.network.store, &state.tree).map(Work::Group);
    let detail = state.detail.wanted(&state.network.store).map(Work::Detail);
    let reach = state.detail.wanted_reach(&state.network.store).map(Work::Reach);
    let narrow = narrowing(state).map(Work::Narrow);
    let preview = preview::wanted(state).map(Work::Preview);
    let arrange = arrange.into_iter().chain(narrow).chain(preview);
    arrange.chain(search).chain(group).chain(detail).chain(reach).collect()
}

/// The list in front that has to be narrowed to what is typed.
fn narrowing(state: &mut State) -> Option<Narrowing> {
    let number = state.narrowings + 1;
    let wanted = match (&mut state.palette, &mut state.wizard) {
        (Some(palette), _) => palette.wanted(number),
        (None, Some(Wizard { step: Step::Choose(_, chooser), .. })) => chooser.wanted(number),
        _ => None,
    };
    state.narrowings += u64::from(wanted.is_some());
    wanted
}

fn take_matching(state: &mut State, number: u64, matching: Vec<u32>) {
    match (&mut state.palette, &mut state.wizard) {
        (Some(palette), _) => palette.take(number, matching),
        (None, Some(Wizard { step: Step::Choose(_, chooser), .. })) => {
            chooser.take(number, matching);
        }
        _ => {}
    }
}

/// The details follow the tree.
fn follow(state: &mut State) {
    let tree = state.tree.tree();
    let node = state.tree.selected_node();
    if state.detail.follows(node.map(|node| &node.id)) {
        return;
    }
    let subject = node.map(|node| {
        let subject = Subject::of_node(&state.network.store, tree, node);
        (&node.id, subject)
    });
    state.detail.follow(subject);
}
