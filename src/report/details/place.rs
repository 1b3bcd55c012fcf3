//! Accounts and regions: what is in them, and what could not be read there.

use super::sheet::{Sheet, Text, Tone, dim};
use crate::model::dump::Outcome;
use crate::report::words::counted;
use crate::store::{Place, PlaceIx, Store};

/// An account.
pub(super) fn account(store: &Store, account: &str, sheet: &mut Sheet) {
    sheet.title("account", account);
    sheet.fact("account", Text::of(Tone::Strong, account));
    for place in store.places.iter().filter(|place| place.account.as_str() == account) {
        coverage(place, sheet);
    }
}

/// A region.
pub(super) fn region(store: &Store, account: &str, region: &str, sheet: &mut Sheet) {
    sheet.title("region", region);
    sheet.fact("region", Text::of(Tone::Strong, region));
    sheet.fact("account", account);
    let here = |place: &Place| place.region.as_str() == region && place.account.as_str() == account;
    for (at, place) in (0..).zip(store.places.iter()).filter(|(_, place)| here(place)) {
        vpcs(store, PlaceIx(at), sheet);
        coverage(place, sheet);
    }
}

/// What is in no VPC.
pub(super) fn outside(sheet: &mut Sheet) {
    sheet.title("", "outside any VPC");
    sheet.note("Functions that are attached to no VPC, and what AWS does not say the place of.");
}

fn vpcs(store: &Store, place: PlaceIx, sheet: &mut Sheet) {
    let here = store.vpcs.rows().filter(|(_, row)| row.place == place);
    sheet.list("VPCs", here, |sheet, (at, row)| {
        let subnets = store.topology().subnets(at).len();
        let cidrs: Vec<_> = row.data.ipv4_cidrs().map(|cidr| cidr.to_string()).collect();
        let more = [dim(cidrs.join(" ")), dim(counted(subnets, "subnet"))];
        sheet.row_of(store, row.data.vpc_id.as_str(), more);
    });
}

/// What was not read completely, and what cannot be told because of that.
fn coverage(place: &Place, sheet: &mut Sheet) {
    let complete = place.coverage.0.values().filter(|one| **one == Outcome::Complete).count();
    let aside = format!("{} read completely", counted(complete, "kind of resource"));
    sheet.heading(format!("Coverage of {}", place.region), aside);
    for (envelope, outcome) in &place.coverage.0 {
        let what = match outcome {
            Outcome::Complete => continue,
            Outcome::Denied { action, .. } => Text::of(Tone::Warn, format!("! denied: {action}")),
            Outcome::Partial { message } => Text::of(Tone::Warn, format!("! broke off: {message}")),
            Outcome::Failed { message } => Text::of(Tone::Bad, format!("✗ failed: {message}")),
        };
        sheet.row([what]);
        sheet.row([dim(format!("  unknown without it: {}", envelope.call().tells))]);
    }
}
