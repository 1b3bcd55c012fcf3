//! What is remembered of an account from one session to the next: what is open in the tree and where one stood, how the
//! screen is divided, and which questions were asked. Where it is kept is none of this module's business.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::areas::{Pane, Shares};
use super::effect::Effect;
use super::flow_text;
use super::history::{Asked, MOST};
use super::state::State;
use crate::reach::naming::resolve;
use crate::reach::{End, Question, Verdict};
use crate::store::Store;

/// What is remembered of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Nodes of the tree that were opened or closed, by id.
    pub open: BTreeMap<String, bool>,
    /// Everything was opened or closed at once, before that.
    pub all_open: Option<bool>,
    /// The node on which the user stood.
    pub stood_on: Option<String>,
    /// How the screen is divided.
    pub shares: Shares,
    /// Questions, the newest first.
    pub questions: Vec<Remembered>,
}

/// A question in words that name the same things the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    from: String,
    to: String,
    flow: String,
    verdict: Verdict,
}

/// Of a network whose owner goes through everything no more than this is kept.
const MOST_NODES: usize = 2_000;

/// The name under which a network is remembered: its account, or all of them. Of a network that names none, nothing is.
fn account(store: &Store) -> Option<String> {
    let accounts = store.places.iter().map(|place| place.account.to_string());
    let mut accounts: Vec<_> = accounts.filter(|account| !account.is_empty()).collect();
    accounts.sort();
    accounts.dedup();
    let first = accounts.first()?;
    if accounts.len() == 1 {
        return Some(first.clone());
    }
    let mut hasher = FxHasher::default();
    accounts.hash(&mut hasher);
    Some(format!("{first}-and-{}-more-{:016x}", accounts.len() - 1, hasher.finish()))
}

/// Asks for what is remembered of the account on the screen, once.
pub fn wanted(state: &mut State) -> Option<Effect> {
    let account =
        account(&state.network.store).filter(|_| state.remembers && !state.masking.is_on())?;
    if state.memory_of.as_ref() == Some(&account) {
        return None;
    }
    state.memory_of = Some(account.clone());
    Some(Effect::Recall(account))
}

/// What there is to remember of the account on the screen.
pub fn remembered(state: &State) -> Option<(String, Memory)> {
    let account = state.memory_of.clone()?;
    let (open, all_open) = state.tree.toggled();
    let open = open.iter().take(MOST_NODES).map(|(id, open)| (id.to_string(), *open)).collect();
    let stood_on = state.tree.selected_node().map(|node| node.id.to_string());
    let questions = state.history.iter().map(|asked| Remembered {
        from: written(&asked.question.from),
        to: written(&asked.question.to),
        flow: flow_text::write(&asked.question.flow),
        verdict: asked.verdict,
    });
    let questions = questions.collect();
    Some((account, Memory { open, all_open, stood_on, shares: state.shares, questions }))
}

/// Takes what was remembered. What the user did meanwhile stays.
pub fn recall(state: &mut State, account: &str, memory: Memory) {
    if state.memory_of.as_deref() != Some(account) {
        return;
    }
    let moved = state.tree.selected_row() > 0 || state.pane != Pane::Tree;
    state.tree.recall(memory.open, memory.all_open);
    if state.shares == Shares::default() {
        state.shares = memory.shares;
    }
    let store = &state.network.store;
    let known = memory.questions.into_iter().filter_map(|asked| asked.read(store));
    for asked in known {
        if state.history.iter().all(|one| one.question != asked.question) {
            state.history.push(asked);
        }
    }
    state.history.truncate(MOST);
    let stood_on = memory.stood_on.filter(|_| !moved && state.wizard.is_none());
    if let Some(at) = stood_on.and_then(|id| state.tree.tree().position(&id)) {
        state.tree.stand_where_seen(at);
    }
}

impl Remembered {
    /// The question, if what it was about is still there.
    fn read(&self, store: &Store) -> Option<Asked> {
        let (from, to) = (resolve(store, &self.from).ok()?, resolve(store, &self.to).ok()?);
        let flow = flow_text::parse(&self.flow).ok()?;
        Some(Asked { question: Question { from, to, flow }, verdict: self.verdict })
    }
}

/// An end in words that mean it again in another reading of the same network.
pub fn written(end: &End) -> String {
    match end {
        End::Instance(id) => id.to_string(),
        End::Interface(id) => id.to_string(),
        End::NatGateway(id) => id.to_string(),
        End::Endpoint(id) => id.to_string(),
        End::Function(arn)
        | End::Database(arn)
        | End::Cluster(arn)
        | End::Proxy(arn)
        | End::LoadBalancer(arn) => arn.to_string(),
        End::Address(address, Some(vpc)) => format!("{vpc}/{address}"),
        End::Address(address, None) => address.to_string(),
        End::Prefix(prefix) => prefix.to_string(),
        End::Internet => "internet".to_owned(),
        End::Service(service) => format!("aws:{service}"),
    }
}
