//! What changed between two readings of a network: resources that came, went, or differ, field by field.
//!
//! Resources are compared as AWS prints them, so every field that the program knows counts. Lists inside of a resource
//! are compared as sets: AWS promises no order.

mod fields;
mod listing;

use std::collections::BTreeMap;

use serde_json::Value;

pub use self::fields::FieldChange;
use self::listing::Listing;
use crate::model::catalogue::{CALLS, Envelope};
use crate::model::dump::{Dump, Outcome, RegionDump};
use crate::model::ids::{AccountId, RegionName};

/// One resource that is not the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Account.
    pub account: AccountId,
    /// Region.
    pub region: RegionName,
    /// Which answer of AWS it is in.
    pub envelope: Envelope,
    /// Its id.
    pub id: String,
    /// How it changed.
    pub how: How,
}

/// How a resource changed.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// These fields differ.
    Changed(Vec<FieldChange>),
}

/// Everything that changed, in the order of places, kinds and ids.
pub fn changes(old: &Dump, new: &Dump) -> Vec<Change> {
    let mut found = Vec::new();
    for (before, after) in pairs(old, new) {
        // What happened is no part of the network: that events are new says nothing.
        for call in CALLS.iter().filter(|call| call.envelope != Envelope::Events) {
            of_kind(before, after, call.envelope, &mut found);
        }
    }
    found
}

/// The new network without one change.
pub fn without(old: &Dump, new: &Dump, change: &Change) -> Dump {
    let mut without = new.clone();
    let is_there = |region: &RegionDump| {
        (&region.account, &region.region) == (&change.account, &change.region)
    };
    let before = pairs(old, new).into_iter().find_map(|(before, after)| {
        let here = after.or(before).is_some_and(is_there);
        before.filter(|_| here)
    });
    let listed = before.map(|region| Listing::of(&region.resources, change.envelope));
    let before = listed.and_then(|listing| listing.items.get(&change.id).cloned());
    let region = without.regions.iter_mut().find(|region| is_there(region));
    if let Some(region) = region {
        let mut listing = Listing::of(&region.resources, change.envelope);
        match before {
            Some(before) => listing.items.insert(change.id.clone(), before),
            None => listing.items.remove(&change.id),
        };
        listing.replace(&mut region.resources);
    }
    without
}

/// What cannot be compared: one of the two readings does not know it in full, so what it lacks is no news.
pub fn not_compared(old: &Dump, new: &Dump) -> Vec<Envelope> {
    let pairs = pairs(old, new);
    let is_lost = |envelope: &Envelope| {
        pairs.iter().filter_map(|(before, after)| (*before).zip(*after)).any(|(a, b)| {
            let same = a.resources.is_same(&b.resources, *envelope);
            !both_told(a, b, *envelope) && (!same || one_lost(a, b, *envelope))
        })
    };
    let all = CALLS.iter().map(|call| call.envelope).filter(|one| *one != Envelope::Events);
    all.filter(is_lost).collect()
}

fn both_told(a: &RegionDump, b: &RegionDump, envelope: Envelope) -> bool {
    [a, b].into_iter().all(|one| one.coverage.0.get(&envelope) == Some(&Outcome::Complete))
}

/// Whether a call broke off or failed in one of them, or was denied in only one: then the lists look the same and say
/// nothing. What is denied every time is no news.
fn one_lost(a: &RegionDump, b: &RegionDump, envelope: Envelope) -> bool {
    let outcomes = [a, b].into_iter().filter_map(|one| one.coverage.0.get(&envelope));
    let lost = outcomes.filter(|one| **one != Outcome::Complete);
    let (denied, broken): (Vec<_>, Vec<_>) =
        lost.partition(|one| matches!(one, Outcome::Denied { .. }));
    denied.len() == 1 || !broken.is_empty()
}

fn of_kind(
    before: Option<&RegionDump>,
    after: Option<&RegionDump>,
    envelope: Envelope,
    found: &mut Vec<Change>,
) {
    let same = before.zip(after).is_some_and(|(a, b)| a.resources.is_same(&b.resources, envelope));
    let told = before.zip(after).is_none_or(|(a, b)| both_told(a, b, envelope));
    let Some(place) = after.or(before).filter(|_| !same && told) else { return };
    let items = |region: Option<&RegionDump>| {
        region.map(|region| Listing::of(&region.resources, envelope).items).unwrap_or_default()
    };
    let (before, after) = (items(before), items(after));
    let found_in_both = |how: &How| matches!(how, How::Changed(_));
    let compared = compared(&before, &after).into_iter();
    for (id, how) in compared.filter(|(_, how)| !is_by_need(envelope) || found_in_both(how)) {
        let (account, region) = (place.account.clone(), place.region.clone());
        found.push(Change { account, region, envelope, id: id.clone(), how });
    }
}

/// Whether AWS is asked only for those rows of a list that something else makes wanted: configurations, of functions
/// without an interface. That a row came or went says nothing then of what it is about.
fn is_by_need(envelope: Envelope) -> bool {
    envelope == Envelope::FunctionConfigurations
}

fn compared<'a>(
    before: &'a BTreeMap<String, Value>,
    after: &'a BTreeMap<String, Value>,
) -> BTreeMap<&'a String, How> {
    let gone = before.keys().filter(|id| !after.contains_key(*id)).map(|id| (id, How::Removed));
    let here = after.iter().filter_map(|(id, new)| match before.get(id) {
        None => Some((id, How::Added)),
        Some(old) => {
            let fields = fields::compared(old, new);
            (!fields.is_empty()).then_some((id, How::Changed(fields)))
        }
    });
    gone.chain(here).collect()
}

/// The same places of both networks; where each has one, they are the same whatever they are called.
fn pairs<'a>(
    old: &'a Dump,
    new: &'a Dump,
) -> Vec<(Option<&'a RegionDump>, Option<&'a RegionDump>)> {
    if let ([before], [after]) = (old.regions.as_slice(), new.regions.as_slice()) {
        return vec![(Some(before), Some(after))];
    }
    let is = |a: &RegionDump, b: &RegionDump| (&a.account, &a.region) == (&b.account, &b.region);
    let before = |after| old.regions.iter().find(|before| is(before, after));
    let here = new.regions.iter().map(|after| (before(after), Some(after)));
    let gone = old.regions.iter().filter(|before| !new.regions.iter().any(|one| is(one, before)));
    here.chain(gone.map(|before| (Some(before), None))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{How, changes, without};
    use crate::model::dump::Dump;
    use crate::store::fixture;

    fn dump(port: u16, interfaces: &[&str]) -> Dump {
        let enis: Vec<_> = interfaces
            .iter()
            .map(|id| json!({"NetworkInterfaceId": id, "Groups": [{"GroupId": "sg-1"}]}))
            .collect();
        let network = json!({
            "SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
            ]}],
            "NetworkInterfaces": enis,
            "Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}}]}],
        });
        Dump { regions: vec![fixture::region(fixture::ACCOUNT, &network)], ..Dump::default() }
    }

    #[test]
    fn what_came_went_and_differs_is_told() {
        let (old, new) = (dump(22, &["eni-a", "eni-b"]), dump(443, &["eni-c", "eni-b"]));
        let told: Vec<_> = changes(&old, &new)
            .into_iter()
            .map(|change| {
                let how = match change.how {
                    How::Added => "added".to_owned(),
                    How::Removed => "removed".to_owned(),
                    How::Changed(fields) => {
                        fields.iter().map(|field| field.path.as_str()).collect::<Vec<_>>().join(",")
                    }
                };
                format!("{} {how}", change.id)
            })
            .collect();
        assert_eq!(told, ["sg-1 IpPermissions", "eni-a removed", "eni-c added"]);
    }

    #[test]
    fn configurations_are_asked_for_by_need_so_that_none_comes_or_goes() {
        let dump = |configurations: &[(&str, &str)]| {
            let list: Vec<_> = configurations
                .iter()
                .map(|(name, state)| {
                    let arn = format!("arn:aws:lambda:eu-west-1:111122223333:function:{name}");
                    json!({"FunctionArn": arn, "State": state})
                })
                .collect();
            let network = json!({ "FunctionConfigurations": list });
            Dump { regions: vec![fixture::region(fixture::ACCOUNT, &network)], ..Dump::default() }
        };
        let old = dump(&[("a", "Active"), ("b", "Inactive")]);
        let new = dump(&[("b", "Active"), ("c", "Active")]);
        let found = changes(&old, &new);
        let [change] = found.as_slice() else { panic!("one change: {found:?}") };
        assert!(change.id.ends_with(":b") && matches!(change.how, How::Changed(_)), "{change:?}");
    }

    #[test]
    fn without_all_changes_the_new_network_is_the_old_one() {
        let (old, new) = (dump(22, &["eni-a", "eni-b"]), dump(443, &["eni-c", "eni-b"]));
        let found = changes(&old, &new);
        let mut back = new;
        for change in &found {
            back = without(&old, &back, change);
        }
        assert_eq!(changes(&old, &back), []);
        assert_eq!(changes(&old, &old), []);
    }
}
