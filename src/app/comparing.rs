//! What changed since the last reading, or between two snapshots: resources first, which is quick, then the answers that
//! flipped, which may take a while.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::message::Message;
use super::work::Worked;
use crate::report::diff::{self, Counts, Document};
use crate::report::words::counted;
use crate::store::Store;
use crate::store::tree::Node;

/// Two networks to be compared.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The earlier network.
    pub old: Arc<Store>,
    /// The later network.
    pub new: Arc<Store>,
}

/// What came of it so far.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What changed.
    pub document: Document,
    /// Whether answers were compared too.
    pub flips_known: bool,
    /// When the earlier network was read, RFC 3339, where that is known.
    pub since: Option<String>,
    /// How things changed, by id.
    marks: FxHashMap<String, Changed>,
}

/// How a thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is new.
    Added,
    /// It differs.
    Differs,
}

impl Comparing {
    /// Compares; `tell` hears of the resources first, then of everything.
    pub fn run(&self, tell: &mut dyn FnMut(Message)) {
        let resources = diff::resources(&self.old, &self.new);
        // What was lost changes answers too: they are not known any more.
        let unchanged = resources.changes.is_empty() && resources.not_compared.is_empty();
        self.tell(resources, unchanged, tell);
        if !unchanged {
            self.tell(diff::document(&self.old, &self.new), true, tell);
        }
    }

    fn tell(&self, document: Document, flips_known: bool, tell: &mut dyn FnMut(Message)) {
        let since = self.old.places.iter().filter_map(|place| place.loaded_at.clone()).min();
        let compared = Arc::new(Compared::new(document, flips_known, since));
        tell(Message::Worked(Worked::Compared(self.number, compared)));
    }
}

impl Compared {
    fn new(document: Document, flips_known: bool, since: Option<String>) -> Self {
        let changes = document.changes.iter();
        let marks = changes.filter_map(|change| {
            let how = match change.change {
                "added" => Changed::Added,
                "changed" => Changed::Differs,
                _ => return None,
            };
            Some((change.id.clone(), how))
        });
        Self { marks: marks.collect(), document, flips_known, since }
    }

    /// How much there is to tell: two comparisons of one size are taken to tell the same.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.document.changes.len(), self.document.not_compared.len())
    }

    /// What of it is news for the footer, and the key that shows the rest.
    pub(super) fn told(&self, key: Option<&str>) -> Option<String> {
        let (changes, lost) = self.size();
        let counts = &self.document.counts;
        if self.flips_known && (counts.closed_pairs, counts.no_longer_known_pairs) != (0, 0) {
            return Some(format!("answers flipped: {}", turned(counts)));
        }
        if self.flips_known && (changes, lost) != (0, 0) {
            return None;
        }
        let news = match changes {
            0 => "nothing has changed".to_owned(),
            1 => "1 thing changed".to_owned(),
            _ => format!("{changes} things changed"),
        };
        let but = if changes == 0 { "but" } else { "and" };
        let lost_too = format!(", {but} {} could not be compared", counted(lost, "list"));
        let lost_too = if lost == 0 { String::new() } else { lost_too };
        let what = if changes + lost == 1 { "it" } else { "them" };
        let key = key.filter(|_| changes + lost > 0).map(|key| format!(": {key} shows {what}"));
        Some(format!("{news}{lost_too}{}", key.unwrap_or_default()))
    }

    /// How what a node shows has changed: itself, or whoever uses it.
    pub fn of_node(&self, node: &Node) -> Option<Changed> {
        let owner = node.detail.owner_id.as_deref();
        let mut ids = std::iter::once(&*node.id).chain(owner);
        ids.find_map(|id| self.marks.get(id).copied())
    }
}

/// The worst first: what works no more, then what nobody knows any more.
fn turned(counts: &Counts) -> String {
    let closed =
        format!("{} closed, {} opened", counted(counts.closed_pairs, "pair"), counts.opened_pairs);
    match counts.no_longer_known_pairs {
        0 => closed,
        lost => format!("{closed}, {lost} no longer known"),
    }
}
