//! Small networks for tests, written as AWS prints them.

use serde_json::Value;

use super::Store;
use crate::model::catalogue::Envelope;
use crate::model::dump::{Dump, Outcome, RegionDump};

/// The account of a network made by [`store`].
pub(crate) const ACCOUNT: &str = "111122223333";
/// The region of a network made by [`store`].
pub(crate) const REGION: &str = "eu-west-1";

/// A network in one account and region out of `{"Vpcs": [...], ...}`.
pub(crate) fn store(network: &Value) -> Store {
    Store::build(Dump { regions: vec![region(ACCOUNT, network)], ..Dump::default() })
}

/// One account of a network that has several.
pub(crate) fn region(account: &str, network: &Value) -> RegionDump {
    let mut region =
        RegionDump { account: account.into(), region: REGION.into(), ..RegionDump::default() };
    for (key, list) in network.as_object().expect("an object of lists") {
        let envelope = Envelope::from_key(key).unwrap_or_else(|| panic!("{key} is no envelope"));
        region.resources.read(envelope, list).unwrap_or_else(|error| panic!("{key}: {error}"));
        region.coverage.record(envelope, Outcome::Complete);
    }
    region
}
