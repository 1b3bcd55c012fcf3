//! The search behind the tree's filter: an index that is made once per tree, and a search that runs beside the loop that
//! waits for keys and gives up as soon as another letter has been typed.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;

use super::work::Cancel;
use crate::store::Store;
use crate::store::tree::{Detail, Node, NodeIx, NodeKind, Tree};

/// What can be found in a tree: per node its texts in lower case.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    texts: String,
    /// Where each node's text ends.
    ends: Vec<usize>,
}

/// A search to be done.
#[derive(Clone, Debug)]
pub struct Search {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// Where to search.
    pub tree: Arc<Tree>,
    /// Its texts.
    pub index: Arc<SearchIndex>,
    /// What for: every word has to be found in a node.
    pub text: String,
    /// Whether anybody still waits.
    pub cancel: Cancel,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Per node, how it stands to what was found.
    marks: Vec<Mark>,
    /// How many were found.
    pub count: usize,
    /// The node to stand on.
    pub best: Option<NodeIx>,
}

/// How a node stands to what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    hit: Hit,
    /// Something inside of it was found.
    inside: bool,
}

/// Whether a node was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    /// It was not.
    #[default]
    Not,
    /// What it is inside of was.
    Below,
    /// Its prefix holds the address that was looked for.
    Holds,
    /// It was.
    Itself,
}

impl SearchIndex {
    /// Collects what can be found.
    pub fn of(store: &Store, tree: &Tree) -> Self {
        let mut index = Self::default();
        for (_, node) in tree.nodes() {
            add_text(store, node, &mut index.texts);
            index.ends.push(index.texts.len());
        }
        index
    }

    /// The text of each node, in their order.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let bounds = starts.zip(&self.ends);
        bounds.map(|(start, end)| self.texts.get(start..*end).unwrap_or_default())
    }
}

fn add_text(store: &Store, node: &Node, texts: &mut String) {
    let detail = &node.detail;
    let addresses = [detail.address, detail.public].into_iter().flatten();
    let owner = detail.owner_id.as_deref();
    let directory = store.directory();
    let named = owner.into_iter().chain([&*node.id]).filter_map(|id| directory.by_id(id));
    let dns = named.flat_map(|named| &named.dns).map(String::as_str);
    for text in [&*node.name, &*node.id, &detail.cidr].into_iter().chain(owner).chain(dns) {
        texts.push_str(&text.to_lowercase());
        texts.push(' ');
    }
    texts.extend(addresses.map(|address| format!("{address} ")));
}

impl Search {
    /// Searches; nothing comes back if nobody waits any more.
    pub fn run(&self) -> Option<Found> {
        let text = self.text.to_lowercase();
        let words: Vec<Word<'_>> = text.split_whitespace().map(Word::of).collect();
        let marks = vec![Mark::default(); self.tree.nodes().len()];
        let mut found = Found { marks, ..Found::default() };
        let mut best = (Rank::None, None);
        for ((at, node), text) in self.tree.nodes().zip(self.index.texts()) {
            if at.number() % 1024 == 0 && self.cancel.is_cancelled() {
                return None;
            }
            let above = node.parent.map_or(Hit::Not, |parent| found.of(parent).hit);
            let rank = words.iter().map(|word| word.finds(node, text)).min().unwrap_or(Rank::None);
            if rank > best.0 {
                best = (rank, Some(at));
            }
            found.take(&self.tree, at, hit(rank, above));
        }
        found.best = best.1;
        Some(found)
    }
}

fn hit(rank: Rank, above: Hit) -> Hit {
    match rank {
        Rank::None if matches!(above, Hit::Itself | Hit::Below) => Hit::Below,
        Rank::None => Hit::Not,
        Rank::Holds => Hit::Holds,
        Rank::Contains | Rank::Is => Hit::Itself,
    }
}

impl Found {
    /// Whether a node is found itself, and not only around an address that was looked for.
    pub fn finds(&self, at: NodeIx) -> bool {
        self.of(at).hit == Hit::Itself
    }

    /// Whether it is shown.
    pub fn keeps(&self, at: NodeIx) -> bool {
        self.of(at) != Mark::default()
    }

    /// Whether it is opened because something inside of it is found.
    pub fn opens(&self, at: NodeIx) -> bool {
        self.of(at).inside
    }

    fn of(&self, at: NodeIx) -> Mark {
        self.marks.get(at.number()).copied().unwrap_or_default()
    }

    fn take(&mut self, tree: &Tree, at: NodeIx, hit: Hit) {
        self.change(at, |mark| mark.hit = hit);
        if hit < Hit::Holds {
            return;
        }
        self.count += 1;
        for above in tree.ancestors(at) {
            if self.of(above).inside {
                break;
            }
            self.change(above, |mark| mark.inside = true);
        }
    }

    fn change(&mut self, at: NodeIx, change: impl FnOnce(&mut Mark)) {
        if let Some(mark) = self.marks.get_mut(at.number()) {
            change(mark);
        }
    }
}

/// A word that is searched for.
struct Word<'a> {
    text: &'a str,
    address: Option<IpAddr>,
    net: Option<IpNet>,
}

/// How well a node fits a word, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    None,
    /// Its prefix holds the address.
    Holds,
    /// Its text contains the word, or its prefix lies within the one that was typed.
    Contains,
    /// It has the address.
    Is,
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        let net = text.parse().ok().filter(|_| text.contains('/'));
        Self { text, address: text.parse().ok(), net }
    }

    fn finds(&self, node: &Node, text: &str) -> Rank {
        let detail = &node.detail;
        if self.address.is_some_and(|one| [detail.address, detail.public].contains(&Some(one))) {
            return Rank::Is;
        }
        if self.is_within(node) || text.contains(self.text) {
            return Rank::Contains;
        }
        if self.is_held_by(node) { Rank::Holds } else { Rank::None }
    }

    /// Which subnet holds an address: the VPC around it is shown anyway.
    fn is_held_by(&self, node: &Node) -> bool {
        let Some(address) = self.address.filter(|_| node.kind == NodeKind::Subnet) else {
            return false;
        };
        nets(&node.detail).any(|net| net.contains(&address))
    }

    fn is_within(&self, node: &Node) -> bool {
        let Some(net) = self.net else { return false };
        let own = [node.detail.address, node.detail.public].into_iter().flatten();
        own.map(IpNet::from).chain(nets(&node.detail)).any(|one| net.contains(&one))
    }
}

fn nets(detail: &Detail) -> impl Iterator<Item = IpNet> {
    detail.cidr.split_whitespace().filter_map(|cidr| cidr.parse().ok())
}
