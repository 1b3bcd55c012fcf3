//! What happens to the program: everything that `update` can be told, grouped by where it comes from.

use std::sync::Arc;

use super::areas::Area;
use super::chooser::Choices;
use super::key::Key;
use super::memory::Memory;
use super::palette::{self, Command};
use super::picks::Picks;
use super::tree_search::SearchIndex;
use super::work::Worked;
use crate::report::log::Called;
use crate::report::why::Document;
use crate::store::tree::Tree;
use crate::store::{Store, with_known};

/// Something happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// It is this late, in seconds since 1970.
    Tick(i64),
    /// The network is being read.
    Loading(Loading),
    /// The network is here, ready to be shown.
    Network(Prepared),
    /// A question was answered.
    Answer(Answer),
    /// A computation is done.
    Worked(Worked),
    /// An effect is done.
    Done(Done),
    /// What is remembered of an account.
    Recalled(String, Memory),
    /// A frame was drawn, and this is how long its contents were.
    Drawn(Extents),
}

/// What the mouse did, in columns and rows from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub gesture: Gesture,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The left button went down.
    Press,
    /// The mouse moved while the button was down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned away from the user.
    WheelUp,
    /// The wheel turned towards the user.
    WheelDown,
}

/// News of the loading. Whoever loads sends these; it may send [`Loading::Network`] more than once, as pages arrive.
#[derive(Clone, Debug)]
pub enum Loading {
    /// How far it is.
    Progress(Progress),
    /// What is known so far; with `complete`, this is all.
    Network {
        /// The network.
        store: Arc<Store>,
        /// Nothing more will come.
        complete: bool,
    },
    /// A call is over.
    Called(Called),
    /// AWS asked to slow down.
    Throttled,
    /// It broke off.
    Failed(Failure),
}

impl Loading {
    /// The same, with what was known of places that the reading did not get to. Takes a while for a large network.
    #[must_use]
    pub fn keeping(self, known: Option<&Arc<Store>>) -> Self {
        match (self, known) {
            (Self::Network { store, complete: true }, Some(known)) => {
                let kept = with_known(&store, known).map(Arc::new);
                Self::Network { store: kept.unwrap_or(store), complete: true }
            }
            (other, _) => other,
        }
    }
}

/// A network with what the screen needs of it. Making it takes a while for a large network, so it is made beside the
/// loop that waits for keys.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The network.
    pub store: Arc<Store>,
    /// Its tree.
    pub tree: Arc<Tree>,
    /// What can be found in the tree.
    pub index: Arc<SearchIndex>,
    /// Everything that can be an end of a question.
    pub picks: Picks,
    /// Everything that one can go to.
    pub places: Arc<Choices<Command>>,
    /// Nothing more will come.
    pub complete: bool,
}

impl Prepared {
    /// Prepares a network; one that is still coming in cannot be asked about yet.
    pub fn new(store: Arc<Store>, complete: bool) -> Self {
        let tree = Arc::new(Tree::build(&store));
        let index = Arc::new(SearchIndex::of(&store, &tree));
        let picks = if complete { Picks::of_store(&store) } else { Picks::default() };
        let places = if complete { palette::places(&store) } else { Arc::default() };
        Self { store, tree, index, picks, places, complete }
    }
}

/// How far the loading is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Calls answered.
    pub done: usize,
    /// Calls to be made.
    pub total: usize,
    /// What is being read now: `eu-west-1 DescribeSubnets`.
    pub doing: String,
    /// Why a call is made again, and for which time, where that is what is being done: `AWS asks to slow down, attempt 2
    /// of 5`.
    pub again: Option<String>,
}

/// Something did not work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub what: String,
    /// What to do about it, such as a command to run.
    pub advice: Option<String>,
}

impl Failure {
    /// What went wrong and what to do about it.
    pub fn sentence(&self) -> String {
        let advice = self.advice.as_ref().map(|advice| format!(": {advice}"));
        format!("{}{}", self.what, advice.unwrap_or_default())
    }
}

/// The answer to a question that was asked with this number.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The number of the question; answers to older questions are ignored.
    pub number: u64,
    /// The answer, or why there is none.
    pub document: Result<Arc<Document>, Failure>,
}

/// What came of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It worked; a sentence for the footer.
    Well(String),
    /// It did not.
    Badly(Failure),
}

/// A part of the screen that can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub area: Area,
    /// What it means.
    pub press: Press,
}

/// What a press of the mouse means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Stand on this check of the path; a second press opens its rule.
    Rung(usize),
    /// Show the next path.
    NextPath,
    /// Stand on this line of what matches; a second press takes it.
    Choice(usize),
    /// Nothing: what is behind is covered.
    Nothing,
}

/// How long the scrolled contents of the last frame were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extents {
    /// Which part of its sheet each row of the details belongs to.
    pub detail: Arc<[u32]>,
    /// Which part of the list in front each of its rows belongs to.
    pub front: Arc<[u32]>,
    /// What a press of the mouse means on parts of the frame; of several, the last one drawn counts.
    pub hits: Vec<Hit>,
    /// Furthest scroll position of the answer.
    pub answer: usize,
    /// Furthest scroll position of the help.
    pub help: usize,
}
