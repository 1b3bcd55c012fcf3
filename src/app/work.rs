//! Computations that may take longer than a frame in a large network. The state only says what it wants; the runtime does
//! it beside the loop that waits for keys, one of each kind at a time and only the newest, and sends back what came of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::arranging::{Arranged, Arranging};
use super::comparing::{Compared, Comparing};
use super::detail_view::{DetailLook, Shown};
use super::front::Front;
use super::group_look::{GroupLook, GroupShown};
use super::listing::Listing;
use super::message::Message;
use super::narrowing::Narrowing;
use super::preview::Previewing;
use super::reaching::{ReachLook, ReachNews};
use super::tree_search::{Found, Search};
use crate::reach::Verdict;

/// Something to be computed.
#[derive(Clone, Debug)]
pub enum Work {
    /// Search the tree.
    Search(Search),
    /// Look up what a group's rules cover now.
    Group(GroupLook),
    /// Look up what is known of a thing.
    Detail(DetailLook),
    /// Compute what a thing reaches and who reaches it.
    Reach(ReachLook),
    /// Arrange the tree.
    Arrange(Arranging),
    /// Compare two networks.
    Compare(Comparing),
    /// Compute a list about the answer.
    List(Listing),
    /// Narrow a list to what is typed.
    Narrow(Narrowing),
    /// Tell the verdict of a question that is being put together.
    Preview(Previewing),
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Worked {
    /// The search with this number.
    Search(u64, Found),
    /// The group that was looked up with this number.
    Group(u64, Box<GroupShown>),
    /// The thing that was looked up with this number.
    Detail(u64, Box<Shown>),
    /// How far the reach with this number is.
    Reach(u64, ReachNews),
    /// The tree that was arranged with this number.
    Arranged(u64, Arranged),
    /// What came of the comparison with this number so far.
    Compared(u64, Arc<Compared>),
    /// The list with this number, as far as it is.
    Listed(u64, Front),
    /// What matched in the narrowing with this number.
    Narrowed(u64, Vec<u32>),
    /// The verdict of the question with this number.
    Previewed(u64, Verdict),
}

/// Kinds of work: the newest of a kind replaces those that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the work")]
pub enum Lane {
    Search,
    Group,
    Detail,
    Reach,
    Arrange,
    Compare,
    List,
    Narrow,
    Preview,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Search,
        Self::Group,
        Self::Detail,
        Self::Reach,
        Self::Arrange,
        Self::Compare,
        Self::List,
        Self::Narrow,
        Self::Preview,
    ];
}

impl Work {
    /// Which kind of work it is.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Search(_) => Lane::Search,
            Self::Group(_) => Lane::Group,
            Self::Detail(_) => Lane::Detail,
            Self::Reach(_) => Lane::Reach,
            Self::Arrange(_) => Lane::Arrange,
            Self::Compare(_) => Lane::Compare,
            Self::List(_) => Lane::List,
            Self::Narrow(_) => Lane::Narrow,
            Self::Preview(_) => Lane::Preview,
        }
    }

    /// Does it; `tell` hears of what comes of it.
    pub fn run(&self, tell: &mut dyn FnMut(Message)) {
        let worked = match self {
            Self::Search(search) => search.run().map(|found| Worked::Search(search.number, found)),
            Self::Group(look) => Some(Worked::Group(look.number, Box::new(look.run()))),
            Self::Detail(look) => Some(Worked::Detail(look.number, Box::new(look.run()))),
            Self::Reach(look) => return look.run(tell),
            Self::Compare(both) => return both.run(tell),
            Self::List(list) => return list.run(tell),
            Self::Narrow(wanted) => Some(Worked::Narrowed(wanted.number, wanted.run())),
            Self::Preview(wanted) => Some(Worked::Previewed(wanted.number, wanted.run())),
            Self::Arrange(wanted) => Some(Worked::Arranged(wanted.number, wanted.run())),
        };
        if let Some(worked) = worked {
            tell(Message::Worked(worked));
        }
    }
}

/// Tells a computation that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Nobody waits any more.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether nobody does.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
