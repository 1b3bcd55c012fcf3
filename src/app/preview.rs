//! The verdict of the question that is being put together, before it is asked: computed for what one stands on, always for
//! the newest only.

use std::sync::Arc;

use super::flow_text;
use super::state::State;
use super::wizard::{Step, Which, Wizard};
use crate::reach::naming::suggested_flow;
use crate::reach::{Question, Verdict};
use crate::report::why;
use crate::store::Store;

/// A question whose verdict is wanted.
#[derive(Clone, Debug)]
pub struct Previewing {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The network.
    pub store: Arc<Store>,
    /// The question.
    pub question: Question,
}

/// What is known of the question that is being put together.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    question: Option<Question>,
    number: u64,
    verdict: Option<Verdict>,
}

impl Previewing {
    /// Answers it, without repairs.
    pub fn run(&self) -> Verdict {
        why::brief(&self.store, &self.question).0
    }
}

impl Preview {
    /// The verdict, once it is known.
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict
    }

    /// Whether one is being computed.
    pub fn is_waiting(&self) -> bool {
        self.question.is_some() && self.verdict.is_none()
    }

    /// Takes a verdict, if it is the awaited one.
    pub fn take(&mut self, number: u64, verdict: Verdict) {
        if number == self.number {
            self.verdict = Some(verdict);
        }
    }

    /// The question that has to be answered, if it is another one than before.
    fn wanted(&mut self, question: Option<Question>, store: &Arc<Store>) -> Option<Previewing> {
        if question == self.question {
            return None;
        }
        self.question.clone_from(&question);
        self.verdict = None;
        self.number += 1;
        Some(Previewing { number: self.number, store: Arc::clone(store), question: question? })
    }
}

/// What has to be computed for the question that is being put together.
pub fn wanted(state: &mut State) -> Option<Previewing> {
    let question = state.wizard.as_ref().and_then(|wizard| candidate(wizard, &state.network.store));
    state.preview.wanted(question, &state.network.store)
}

/// The question as it would be with what the user stands on.
fn candidate(wizard: &Wizard, store: &Store) -> Option<Question> {
    let value = |pick: &Option<super::picks::Pick>| pick.as_ref().map(|pick| pick.value.clone());
    let (from, to) = (value(&wizard.from), value(&wizard.to));
    match &wizard.step {
        Step::Choose(Which::To, chooser) => {
            let to = chooser.selected()?.value.clone();
            let flow = suggested_flow(store, &to);
            Some(Question { from: from?, to, flow })
        }
        Step::Choose(Which::From, chooser) => {
            let from = chooser.selected()?.value.clone();
            Some(Question { from, to: to?, flow: wizard.flow.clone() })
        }
        Step::Flow(input, _) => {
            let flow = flow_text::parse(input.text()).ok()?;
            Some(Question { from: from?, to: to?, flow })
        }
        Step::Answer => None,
    }
}
