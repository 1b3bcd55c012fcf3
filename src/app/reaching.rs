//! What a thing reaches and who reaches it: computed beside the loop that waits for keys, told as far as it is, called off
//! when one goes on to something else.

use std::sync::Arc;

use super::message::Message;
use super::work::{Cancel, Worked};
use crate::reach::End;
use crate::reach::whole::reach_watched;
use crate::report::details::reaching::{Way, entries};
use crate::report::details::{Entry, Text, Tone};
use crate::store::Store;

/// What is to be computed.
#[derive(Clone, Debug)]
pub struct ReachLook {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The network.
    pub store: Arc<Store>,
    /// The thing.
    pub end: End,
    /// Whether anybody still waits.
    pub cancel: Cancel,
}

/// What came of it so far.
#[derive(Clone, Debug)]
pub enum ReachNews {
    /// So many of a hundred parts are done.
    Percent(usize),
    /// All of it: what it reaches, then who reaches it.
    Done(Vec<Entry>),
}

impl ReachLook {
    /// Computes it; `tell` hears how far it is, and of the outcome unless it was called off.
    pub fn run(&self, tell: &mut dyn FnMut(Message)) {
        let mut told = 0;
        let mut all = Vec::new();
        for (way, before) in Way::BOTH.into_iter().zip([0, 50]) {
            let mut watch = |done: usize, of: usize| {
                let percent = before + done * 50 / of.max(1);
                if percent >= told + 5 {
                    told = percent;
                    self.news(ReachNews::Percent(percent), tell);
                }
                !self.cancel.is_cancelled()
            };
            let reach = reach_watched(&self.store, &way.scope(&self.end), &mut watch);
            let Some(reach) = reach else { return };
            all.extend(entries(&self.store, &self.end, way, &reach));
        }
        self.news(ReachNews::Done(all), tell);
    }

    fn news(&self, news: ReachNews, tell: &mut dyn FnMut(Message)) {
        tell(Message::Worked(Worked::Reach(self.number, news)));
    }
}

/// How far it is.
#[derive(Clone, Debug, Default)]
enum Reaching {
    /// Nobody asked.
    #[default]
    Idle,
    /// It is to be computed.
    Wanted,
    /// So many of a hundred parts are done.
    Running(usize),
    /// It is done.
    Done(Vec<Entry>),
}

/// What the details know of it.
#[derive(Clone, Debug, Default)]
pub struct ReachView {
    state: Reaching,
    /// The list is shown, and not the counts alone.
    listed: bool,
    cancel: Cancel,
    number: u64,
}

impl ReachView {
    /// Asks for it, or turns between counts and list.
    pub fn turn(&mut self) {
        match self.state {
            Reaching::Idle => (self.state, self.listed) = (Reaching::Wanted, true),
            _ => self.listed = !self.listed,
        }
    }

    /// One goes on to something else; counts are asked for at once where they cost little.
    pub fn begin(&mut self, at_once: bool) {
        self.cancel.cancel();
        self.number += 1;
        self.state = if at_once { Reaching::Wanted } else { Reaching::Idle };
        self.listed = false;
    }

    /// Calls it off; tells whether there was anything to call off.
    pub fn call_off(&mut self) -> bool {
        let running = matches!(self.state, Reaching::Running(_));
        if running {
            self.begin(false);
        }
        running
    }

    /// What has to be computed.
    pub fn wanted(
        &mut self,
        store: &Arc<Store>,
        end: impl FnOnce() -> Option<End>,
    ) -> Option<ReachLook> {
        if !matches!(self.state, Reaching::Wanted) {
            return None;
        }
        let Some(end) = end() else {
            self.state = Reaching::Idle;
            return None;
        };
        self.state = Reaching::Running(0);
        self.cancel = Cancel::default();
        let (store, cancel) = (Arc::clone(store), self.cancel.clone());
        Some(ReachLook { number: self.number, store, end, cancel })
    }

    /// Takes what came of it.
    pub fn take(&mut self, number: u64, news: ReachNews) {
        if number == self.number {
            self.state = match news {
                ReachNews::Percent(percent) => Reaching::Running(percent),
                ReachNews::Done(entries) => Reaching::Done(entries),
            };
        }
    }

    /// What is to be seen of the outcome: the counts, with their lists if those were asked for.
    pub fn entries(&self) -> Vec<Entry> {
        let all = match &self.state {
            Reaching::Done(all) => all,
            Reaching::Running(percent) => {
                return vec![fact(
                    "reach",
                    says(&format!("computing, {percent} % · Esc calls it off")),
                )];
            }
            Reaching::Idle | Reaching::Wanted => return vec![fact("reach", says("e computes it"))],
        };
        if self.listed { all.clone() } else { all.iter().filter_map(counted).collect() }
    }
}

/// A list's heading as a fact: its count.
fn counted(entry: &Entry) -> Option<Entry> {
    let Entry::Heading { text, aside, .. } = entry else { return None };
    Some(fact(&text.to_lowercase(), aside.clone()))
}

fn fact(word: &str, text: Text) -> Entry {
    Entry::Fact { word: word.to_owned(), text, link: None }
}

fn says(text: &str) -> Text {
    Text::of(Tone::Dim, text)
}
