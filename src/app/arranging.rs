//! Another arrangement of the tree, made beside the loop that waits for keys.

use std::sync::Arc;

use super::tree_search::SearchIndex;
use crate::store::Store;
use crate::store::tree::{Arrangement, Tree};

/// What is to be arranged.
#[derive(Clone, Debug)]
pub struct Arranging {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The network.
    pub store: Arc<Store>,
    /// How.
    pub arrangement: Arrangement,
}

/// A tree with what can be found in it.
#[derive(Clone, Debug)]
pub struct Arranged {
    /// The tree.
    pub tree: Arc<Tree>,
    /// What can be found in it.
    pub index: Arc<SearchIndex>,
}

impl Arranging {
    /// Arranges it.
    pub fn run(&self) -> Arranged {
        let tree = Tree::arranged(&self.store, self.arrangement);
        let index = Arc::new(SearchIndex::of(&self.store, &tree));
        Arranged { tree: Arc::new(tree), index }
    }
}

/// Which facts stand beside the names in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// Addresses, zones, ways out.
    #[default]
    Usual,
    /// AWS's ids.
    Ids,
    /// What kind of thing uses an interface.
    Users,
    /// All of these.
    All,
}

impl Columns {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Usual, Self::Ids, Self::Users, Self::All];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Usual => "addresses",
            Self::Ids => "ids",
            Self::Users => "who uses it",
            Self::All => "all columns",
        }
    }
}

/// The one after it, round and round.
pub fn next<T: Copy + PartialEq>(all: &[T], one: T) -> T {
    let after = all.iter().cycle().skip_while(|other| **other != one).nth(1);
    after.copied().unwrap_or(one)
}
