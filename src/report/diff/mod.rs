//! What changed between two readings of a network, and which answers flipped. The format `vpctui.diff/1` changes only
//! by adding.

mod by;
mod entries;
mod text;
mod turn;

use serde::Serialize;
use serde_json::Value;

pub use self::by::By;
pub use self::entries::entries;
pub use self::text::page;
use self::turn::Turn;
use super::naming;
use super::reach::{Allowed, allowed};
use super::words::counted;
use crate::model::ids::Arn;
use crate::reach::End;
use crate::reach::flips::{self, Flip};
use crate::store::diff::{self, How};
use crate::store::names::Named;
use crate::store::{InterfaceIx, Store};

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.diff/1";

/// How many names a flip lists at most per side.
const NAMES: usize = 20;

/// Everything that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where the old network comes from.
    pub old: String,
    /// Where the new network comes from.
    pub new: String,
    /// How much changed.
    pub counts: Counts,
    /// Resources.
    pub changes: Vec<Change>,
    /// Answers.
    pub flips: Vec<Flipped>,
    /// What one of the two readings does not know in full.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_compared: Vec<&'static str>,
}

/// How much changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Resources that came.
    pub added: usize,
    /// Resources that went.
    pub removed: usize,
    /// Resources that differ.
    pub changed: usize,
    /// Pairs of ends between which something gets through that did not.
    pub opened_pairs: usize,
    /// Pairs of ends between which something does not get through that did.
    pub closed_pairs: usize,
    /// Pairs of ends between which something was known that is unknown now.
    pub no_longer_known_pairs: usize,
    /// Pairs of ends between which something was unknown that is known now.
    pub known_now_pairs: usize,
}

/// One resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// `added`, `removed`, `changed`.
    pub change: &'static str,
    /// The answer of AWS that it is in: `SecurityGroups`.
    pub kind: &'static str,
    /// AWS's id.
    pub id: String,
    /// For people.
    pub name: Option<String>,
    /// Account.
    pub account: String,
    /// Region.
    pub region: String,
    /// What differs.
    pub fields: Vec<Field>,
    /// Who changed it last, where CloudTrail was asked and knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// `State.Name`.
    pub path: String,
    /// The old value, or elements of a list that are gone.
    pub removed: Vec<Value>,
    /// The new value, or elements of a list that are new.
    pub added: Vec<Value>,
}

/// Pairs that flipped alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flipped {
    /// Who: the first of them.
    pub from: Vec<Who>,
    /// Whom: the first of them.
    pub to: Vec<Who>,
    /// How many pairs.
    pub pairs: usize,
    /// What gets there now and surely did not.
    pub gained: Vec<Allowed>,
    /// What got there and surely does not now.
    pub lost: Vec<Allowed>,
    /// What is unknown now and was not: for want of data it is neither gained nor lost.
    pub no_longer_known: Vec<Allowed>,
    /// What was unknown and is not now, whether it gets there or not.
    pub known_now: Vec<Allowed>,
    /// How much was answered.
    pub answered_before: &'static str,
    /// How much is answered.
    pub answered_after: &'static str,
    /// In words.
    pub text: String,
    /// The change that alone explains it, by position in `changes`.
    pub because: Option<usize>,
}

/// One end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    /// `network-interface`, `function` or `internet`.
    pub kind: &'static str,
    /// AWS's id; empty for the internet.
    pub id: String,
    /// For people.
    pub name: String,
}

impl Counts {
    /// `2 pairs opened, 1 closed`; what became unknown or known is told where there is any.
    pub fn pairs(&self) -> String {
        let sure =
            format!("{} opened, {} closed", counted(self.opened_pairs, "pair"), self.closed_pairs);
        let rest =
            [(self.no_longer_known_pairs, "no longer known"), (self.known_now_pairs, "known now")];
        let rest = rest.iter().filter(|(pairs, _)| *pairs > 0);
        rest.fold(sure, |text, (pairs, word)| format!("{text}, {pairs} {word}"))
    }
}

/// Compares two networks.
pub fn document(old: &Store, new: &Store) -> Document {
    let changes = diff::changes(old.source(), new.source());
    let flips = flips::flips(old, new, &changes);
    let flips = flips.iter().map(|flip| flipped(new, flip)).collect();
    of_changes(old, new, &changes, flips)
}

/// Compares the resources of two networks and no answers, which takes much less time.
pub fn resources(old: &Store, new: &Store) -> Document {
    of_changes(old, new, &diff::changes(old.source(), new.source()), Vec::new())
}

fn of_changes(old: &Store, new: &Store, changes: &[diff::Change], flips: Vec<Flipped>) -> Document {
    let changes: Vec<_> = changes.iter().map(|change| changed(old, new, change)).collect();
    Document {
        schema: SCHEMA,
        old: old.origin.label.clone(),
        new: new.origin.label.clone(),
        counts: counts(&changes, &flips),
        changes,
        flips,
        not_compared: diff::not_compared(old.source(), new.source())
            .into_iter()
            .map(|envelope| envelope.call().key)
            .collect(),
    }
}

fn counts(changes: &[Change], flips: &[Flipped]) -> Counts {
    let of = |how| changes.iter().filter(|change| change.change == how).count();
    let pairs = |of: fn(&Flipped) -> bool| {
        flips.iter().filter(|flip| of(flip)).map(|flip| flip.pairs).sum()
    };
    Counts {
        added: of("added"),
        removed: of("removed"),
        changed: of("changed"),
        opened_pairs: pairs(|flip| !flip.gained.is_empty()),
        closed_pairs: pairs(|flip| !flip.lost.is_empty()),
        no_longer_known_pairs: pairs(|flip| !flip.no_longer_known.is_empty()),
        known_now_pairs: pairs(|flip| !flip.known_now.is_empty()),
    }
}

fn changed(old: &Store, new: &Store, change: &diff::Change) -> Change {
    let (word, fields) = match &change.how {
        How::Added => ("added", &[][..]),
        How::Removed => ("removed", &[][..]),
        How::Changed(fields) => ("changed", fields.as_slice()),
    };
    let named = |store: &Store| {
        let named = store.directory().by_id(&change.id).map(Named::label);
        named.filter(|name| *name != change.id).map(str::to_owned)
    };
    let field = |field: &diff::FieldChange| Field {
        path: field.path.clone(),
        removed: field.removed.clone(),
        added: field.added.clone(),
    };
    let mut told = Change {
        change: word,
        kind: change.envelope.call().key,
        id: change.id.clone(),
        name: named(new).or_else(|| named(old)),
        account: change.account.to_string(),
        region: change.region.to_string(),
        fields: fields.iter().map(field).collect(),
        by: None,
    };
    told.by = by::of(new, &told);
    told
}

fn flipped(new: &Store, flip: &Flip) -> Flipped {
    let turn = Turn::of(flip);
    let who = |side: &[Option<InterfaceIx>]| -> Vec<Who> {
        side.iter().take(NAMES).map(|at| who(new, *at)).collect()
    };
    let function = flip.function.iter().map(|arn| function(new, arn));
    Flipped {
        from: function.chain(who(&flip.from)).collect(),
        to: who(&flip.to),
        pairs: flip.pairs,
        gained: allowed(&turn.gained, None),
        lost: allowed(&turn.lost, None),
        no_longer_known: allowed(&turn.no_longer_known, None),
        known_now: allowed(&turn.known_now, None),
        answered_before: flip.before.answered().word(),
        answered_after: flip.after.answered().word(),
        text: turn.text(flip),
        because: flip.because,
    }
}

fn function(store: &Store, arn: &Arn) -> Who {
    let end = naming::end(store, &End::Function(arn.clone()));
    Who { kind: "function", id: end.id, name: end.name }
}

fn who(store: &Store, at: Option<InterfaceIx>) -> Who {
    let Some(at) = at else {
        return Who { kind: "internet", id: String::new(), name: "the internet".into() };
    };
    let interface = store.interface(at);
    let name = naming::interface_name(interface);
    Who { kind: "network-interface", id: interface.id.to_string(), name }
}
