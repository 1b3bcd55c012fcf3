//! The tree's filter: what is typed, what is being searched, and what the last search found.

use std::sync::Arc;

use super::text_input::TextInput;
use super::tree_search::{Found, Search, SearchIndex};
use super::work::Cancel;
use crate::store::tree::{NodeIx, Tree};

/// A filter and what it found.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What is searched for.
    pub input: TextInput,
    index: Arc<SearchIndex>,
    /// What the last search was for, and how to call it off.
    searched: String,
    cancel: Cancel,
    number: u64,
    found: Option<Found>,
}

impl Filter {
    /// How many nodes were found, if something was searched for.
    pub fn found(&self) -> Option<usize> {
        self.found.as_ref().map(|found| found.count)
    }

    /// Whether a node is found itself.
    pub fn finds(&self, at: NodeIx) -> bool {
        self.found.as_ref().is_some_and(|found| found.finds(at))
    }

    /// Whether a node is opened for what is found inside of it.
    pub fn opens(&self, at: NodeIx) -> bool {
        self.found.as_ref().is_some_and(|found| found.opens(at))
    }

    /// Whether a node is shown.
    pub fn keeps(&self, at: NodeIx) -> bool {
        self.found.as_ref().is_none_or(|found| found.keeps(at))
    }

    /// The node to stand on.
    pub fn best(&self) -> Option<NodeIx> {
        self.found.as_ref().and_then(|found| found.best)
    }

    /// The tree is another one: what was found in the old one means nothing.
    pub fn replace(&mut self, index: Arc<SearchIndex>) {
        self.index = index;
        self.found = None;
        self.searched.clear();
    }

    /// The search that has become necessary; an empty text finds nothing, at once.
    pub fn wanted(&mut self, tree: &Arc<Tree>) -> Option<Search> {
        if self.input.text().trim() == self.searched {
            return None;
        }
        self.cancel.cancel();
        self.searched.clear();
        self.searched.push_str(self.input.text().trim());
        self.number += 1;
        self.cancel = Cancel::default();
        (!self.searched.is_empty()).then(|| Search {
            number: self.number,
            tree: Arc::clone(tree),
            index: Arc::clone(&self.index),
            text: self.searched.clone(),
            cancel: self.cancel.clone(),
        })
    }

    /// Nothing is searched for any more; tells whether that shows more rows.
    pub fn ends(&mut self) -> bool {
        self.input.text().trim().is_empty() && self.found.take().is_some()
    }

    /// Takes what was found, if it is what was searched for last.
    pub fn take(&mut self, number: u64, found: Found) -> bool {
        let awaited = number == self.number && !self.searched.is_empty();
        if awaited {
            self.found = Some(found);
        }
        awaited
    }
}
