//! Details of accounts and regions: what could not be read there.

use super::sheet::Sheet;
use crate::model::dump::Outcome;
use crate::store::tree::{Node, NodeKind, Tree};
use crate::store::{Place, Store};
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// An account or a region.
pub fn sheet(store: &Store, tree: &Tree, node: &Node) -> Sheet {
    let mut sheet = Sheet::default();
    let word = if node.kind == NodeKind::Account { "account" } else { "region" };
    sheet.line(word, Line::of(Role::Strong, &*node.name));
    sheet.fact("holds", format!("{} interfaces", node.leaves));
    let account = node.parent.map(|parent| tree.node(parent).name.clone());
    let here = |place: &&Place| match &account {
        Some(account) => {
            place.region.as_str() == &*node.name && place.account.as_str() == &**account
        }
        None => place.account.as_str() == &*node.name,
    };
    for place in store.places.iter().filter(here) {
        coverage(place, &mut sheet);
    }
    sheet
}

/// What was not read completely, and what cannot be told because of that.
fn coverage(place: &Place, sheet: &mut Sheet) {
    sheet.heading(place.region.as_str(), "");
    let mut complete = 0;
    for (envelope, outcome) in &place.coverage.0 {
        let (role, what) = match outcome {
            Outcome::Complete => {
                complete += 1;
                continue;
            }
            Outcome::Denied { action, .. } => (Role::Warn, format!("! denied: {action}")),
            Outcome::Partial { message } => (Role::Warn, format!("! broke off: {message}")),
            Outcome::Failed { message } => (Role::Bad, format!("✗ failed: {message}")),
        };
        sheet.row(Line::of(role, what));
        sheet.row(Line::of(Role::Dim, format!("  unknown without it: {}", envelope.call().tells)));
    }
    sheet.row(Line::of(Role::Dim, format!("{complete} kinds of resources read completely")));
}
