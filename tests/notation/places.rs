//! Several accounts and regions: resources are told as one network and handed out to the places that list them.

use serde_json::Value;
use vpctui::model::catalogue::{CALLS, Resources};
use vpctui::model::dump::RegionDump;

use super::{ACCOUNT, Network, REGION};

/// Objects inside of a resource that tell where it is.
const INSIDE: [&str; 3] = ["Instances", "VpcConfig", "DBSubnetGroup"];

/// The sides of a peering, each of which has an owner.
const PEERED: [&str; 2] = ["RequesterVpcInfo", "AccepterVpcInfo"];

/// An account and region.
struct Place<'a> {
    account: &'a str,
    region: &'a str,
    has: Vec<&'a str>,
    sees: Vec<&'a str>,
}

impl Network {
    /// Everything by place: a resource goes to the first place that has its id or its VPC, and to all that see it.
    pub(super) fn regions(&self, all: Resources) -> Vec<RegionDump> {
        let home = Place { account: ACCOUNT, region: REGION, has: Vec::new(), sees: Vec::new() };
        let places: Vec<Place> = [home]
            .into_iter()
            .chain(self.places.iter().map(|(id, line)| place(id, line)))
            .collect();
        if let [home] = &places[..] {
            return vec![region(home, all)];
        }
        let mut regions: Vec<_> =
            places.iter().map(|place| region(place, Resources::default())).collect();
        for call in CALLS {
            let items = all.write(call.envelope, serde_json::value::Serializer);
            let items = match items.expect("the model writes itself") {
                Value::Array(items) => items,
                only => vec![only],
            };
            for (region, list) in regions.iter_mut().zip(hand_out(&places, items)) {
                let read = region.resources.read(call.envelope, Value::Array(list));
                read.expect("the model reads what it wrote");
            }
        }
        regions
    }
}

fn place<'a>(id: &'a str, line: &'a str) -> Place<'a> {
    let (account, region) = id.split_once('/').expect("account/region");
    let mut words = line.split_whitespace();
    let has = words.by_ref().take_while(|word| *word != "sees").collect();
    Place { account, region, has, sees: words.collect() }
}

fn region(place: &Place, resources: Resources) -> RegionDump {
    RegionDump {
        account: place.account.into(),
        region: place.region.into(),
        resources,
        ..RegionDump::default()
    }
}

fn hand_out(places: &[Place], items: Vec<Value>) -> Vec<Vec<Value>> {
    let mut lists = vec![Vec::new(); places.len()];
    for mut item in items {
        let told = told(&item);
        let is_told = |ids: &[&str]| told.iter().any(|id| ids.contains(&id.as_str()));
        let home = places.iter().position(|place| is_told(&place.has)).unwrap_or_default();
        if item.get("OwnerId").is_some_and(|owner| owner == ACCOUNT) {
            item["OwnerId"] = places[home].account.into();
        }
        for side in PEERED {
            let Some(side) = item.get_mut(side).filter(|side| side["OwnerId"] == ACCOUNT) else {
                continue;
            };
            let vpc = side["VpcId"].as_str().unwrap_or_default().to_owned();
            let home = places.iter().position(|place| place.has.contains(&vpc.as_str()));
            side["OwnerId"] = places[home.unwrap_or_default()].account.into();
        }
        for (at, list) in lists.iter_mut().enumerate() {
            if at == home || is_told(&places[at].sees) {
                list.push(item.clone());
            }
        }
    }
    lists
}

/// The texts of a resource that may tell where it is: its own and those of some objects inside.
fn told(item: &Value) -> Vec<String> {
    let Some(fields) = item.as_object() else { return Vec::new() };
    let own = fields.values().filter_map(Value::as_str).map(str::to_owned);
    let inside = INSIDE.iter().filter_map(|key| fields.get(*key));
    let inside = inside.flat_map(|value| match value {
        Value::Array(items) => items.iter().flat_map(told).collect(),
        one => told(one),
    });
    own.chain(inside).collect()
}
