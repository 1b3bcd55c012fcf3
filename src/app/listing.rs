//! Lists about the answer on the screen that take a while: what a repair opens besides, and who else reaches B. Told when
//! they are there, called off when nobody waits for them any more.

use std::sync::Arc;

use super::front::{Front, Topic};
use super::message::Message;
use super::work::{Cancel, Worked};
use crate::reach::whole::{Scope, reach_watched};
use crate::reach::{End, Flow, Question};
use crate::report::details::Entry;
use crate::report::details::reaching::{Way, entries};
use crate::report::opens;
use crate::store::Store;

/// A list to be computed.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The network.
    pub store: Arc<Store>,
    /// What about.
    pub about: About,
    /// Whether anybody still waits.
    pub cancel: Cancel,
}

/// What a list is about.
#[derive(Clone, Debug)]
pub enum About {
    /// What a repair of the answer opens besides.
    Opens(Question, usize),
    /// Who reaches an end, with this traffic.
    Reaching(End, Flow),
}

impl About {
    /// What stands over the list.
    fn title(&self) -> &'static str {
        match self {
            Self::Opens(..) => "What else the repair opens",
            Self::Reaching(..) => "Who reaches B",
        }
    }

    /// The list while it is being computed, so far.
    pub fn waiting(&self, percent: usize) -> Front {
        let note = Entry::Note(format!("Computing, {percent} % · Esc calls it off"));
        Front::new(Topic::Listing, self.title(), String::new(), vec![note])
    }
}

impl Listing {
    /// Computes it; `tell` hears how far it is, and of the outcome unless it was called off.
    pub fn run(&self, tell: &mut dyn FnMut(Message)) {
        let entries = match &self.about {
            About::Opens(question, fix) => {
                let opened = opens::opens(&self.store, question, *fix);
                opened.map(|opened| opens::entries(&opened))
            }
            About::Reaching(end, flow) => self.reaching(end, flow, tell),
        };
        if let Some(entries) = entries.filter(|_| !self.cancel.is_cancelled()) {
            let front = Front::new(Topic::Listing, self.about.title(), String::new(), entries);
            self.tell(front, tell);
        }
    }

    fn reaching(
        &self,
        end: &End,
        flow: &Flow,
        tell: &mut dyn FnMut(Message),
    ) -> Option<Vec<Entry>> {
        let scope = Scope { to: Some(end.clone()), flow: flow.clone(), ..Scope::default() };
        let mut told = 0;
        let mut watch = |done: usize, of: usize| {
            let percent = done * 100 / of.max(1);
            if percent >= told + 5 {
                told = percent;
                self.tell(self.about.waiting(percent), tell);
            }
            !self.cancel.is_cancelled()
        };
        let reach = reach_watched(&self.store, &scope, &mut watch)?;
        Some(entries(&self.store, end, Way::In, &reach))
    }

    fn tell(&self, front: Front, tell: &mut dyn FnMut(Message)) {
        tell(Message::Worked(Worked::Listed(self.number, front)));
    }
}
