//! One thing as several accounts and regions describe it (rule SH-1): its owner's view is the complete one. Of a peering
//! each side knows its own best.
//!
//! Whichever place was read first makes no difference.

use std::sync::Arc;

use super::{Keyed, Map, Row, Table};
use crate::model::dump::{Dump, RegionDump};
use crate::model::ids::{AccountId, PeeringId, RegionName};
use crate::model::peering::{PeeringVpcInfo, VpcPeeringConnection};

/// One table of these; of two views of one thing, that of `owner` stays.
pub(super) fn table<T: Keyed + Clone>(
    dump: &Dump,
    rows: Vec<Row<T>>,
    owner: impl Fn(&T) -> Option<AccountId>,
) -> Arc<Table<T::Key, T>> {
    let rank = |row: &Row<T>| {
        let place = place(dump, row);
        let is_owners =
            place.is_some_and(|place| owner(&row.data).as_ref() == Some(&place.account));
        (!is_owners, place.map(name))
    };
    let better = |new: &Row<T>, old: &Row<T>| rank(new) < rank(old);
    Arc::new(Table::build(rows, |row| row.data.key(), better))
}

/// The peerings, each side as it is told best: who owns neither side, or looks from the other one, may not see it all.
pub(super) fn peerings(
    dump: &Dump,
    rows: Vec<Row<VpcPeeringConnection>>,
) -> Arc<Table<PeeringId, VpcPeeringConnection>> {
    let mut views: Map<PeeringId, Vec<Row<VpcPeeringConnection>>> = Map::default();
    let mut order = Vec::new();
    for row in rows {
        let of_one = views.entry(row.data.key()).or_default();
        if of_one.is_empty() {
            order.push(row.data.key());
        }
        of_one.push(row);
    }
    let merged = order.iter().filter_map(|id| merged(dump, views.remove(id)?));
    Arc::new(Table::build(merged, |row| row.data.key(), |_, _| false))
}

fn merged(
    dump: &Dump,
    mut views: Vec<Row<VpcPeeringConnection>>,
) -> Option<Row<VpcPeeringConnection>> {
    let requester = |one: &VpcPeeringConnection| one.requester_vpc_info.clone();
    let accepter = |one: &VpcPeeringConnection| one.accepter_vpc_info.clone();
    let (asks, accepts) = (side(dump, &views, requester), side(dump, &views, accepter));
    views.sort_by_key(|view| {
        let place = place(dump, view);
        let far = |side: &Option<PeeringVpcInfo>| side.as_ref().map(|side| distance(side, place));
        (far(&asks), far(&accepts), place.map(name))
    });
    let mut views = views.into_iter();
    let mut best = views.next()?;
    best.data.requester_vpc_info = asks;
    best.data.accepter_vpc_info = accepts;
    for other in views.map(|row| row.data) {
        best.data.status = best.data.status.or(other.status);
        fill(&mut best.data.tags, other.tags);
    }
    Some(best)
}

/// One side of a peering: as its owner tells it in its region, with what only others tell.
fn side(
    dump: &Dump,
    views: &[Row<VpcPeeringConnection>],
    side: impl Fn(&VpcPeeringConnection) -> Option<PeeringVpcInfo>,
) -> Option<PeeringVpcInfo> {
    let told = views.iter().filter_map(|view| Some((side(&view.data)?, place(dump, view))));
    let mut told: Vec<_> = told.collect();
    told.sort_by_key(|(side, place)| (distance(side, *place), place.map(name)));
    let mut told = told.into_iter().map(|(side, _)| side);
    let mut best = told.next()?;
    for other in told {
        best.vpc_id = best.vpc_id.or(other.vpc_id);
        best.owner_id = best.owner_id.or(other.owner_id);
        best.region = best.region.or(other.region);
        best.cidr_block = best.cidr_block.or(other.cidr_block);
        fill(&mut best.cidr_block_set, other.cidr_block_set);
        fill(&mut best.ipv6_cidr_block_set, other.ipv6_cidr_block_set);
        let dns = |side: &PeeringVpcInfo| {
            side.peering_options.as_ref()?.allow_dns_resolution_from_remote_vpc
        };
        if dns(&best).is_none() && other.peering_options.is_some() {
            best.peering_options = other.peering_options;
        }
    }
    Some(best)
}

/// How far a place is from a side of a peering: its own, another region of its owner, another account.
fn distance(side: &PeeringVpcInfo, place: Option<&RegionDump>) -> u8 {
    let is_owners = place.is_some_and(|place| side.owner_id.as_ref() == Some(&place.account));
    let is_here = place.is_some_and(|place| side.region.as_ref() == Some(&place.region));
    match (is_owners, is_here) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) => 2,
    }
}

fn fill<T>(own: &mut Vec<T>, other: Vec<T>) {
    if own.is_empty() {
        *own = other;
    }
}

fn place<'a, T>(dump: &'a Dump, row: &Row<T>) -> Option<&'a RegionDump> {
    dump.regions.get(usize::from(row.place.0))
}

fn name(place: &RegionDump) -> (&AccountId, &RegionName) {
    (&place.account, &place.region)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::model::dump::Dump;
    use crate::store::{Store, fixture};

    const OWNER: &str = "111122223333";
    const OTHER: &str = "444455556666";

    /// The network read in both orders of accounts.
    fn both_ways(owners: &Value, others: &Value) -> [Store; 2] {
        let regions = [fixture::region(OWNER, owners), fixture::region(OTHER, others)];
        let mut reversed = regions.clone();
        reversed.reverse();
        [regions, reversed]
            .map(|regions| Store::build(Dump { regions: regions.into(), ..Dump::default() }))
    }

    #[test]
    fn what_names_no_owner_is_the_owner_of_its_vpcs() {
        let tags = json!([{"Key": "Name", "Value": "main"}]);
        let seen = |tags: &Value| {
            json!({
                "Vpcs": [{"VpcId": "vpc-1", "OwnerId": OWNER, "CidrBlock": "10.0.0.0/16"}],
                "NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1", "Tags": tags}],
                "EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1", "Tags": tags,
                    "Attachments": [{"VpcId": "vpc-1", "State": "attached"}]}],
                "VpnGateways": [{"VpnGatewayId": "vgw-1", "Tags": tags,
                    "VpcAttachments": [{"VpcId": "vpc-1", "State": "attached"}]}]
            })
        };
        for store in both_ways(&seen(&tags), &seen(&json!([]))) {
            let named = store.directory().by_name("main");
            let ids: Vec<_> = named.iter().map(|one| one.id.as_str()).collect();
            assert_eq!(ids, ["nat-1", "eigw-1", "vgw-1"]);
            for named in named {
                assert_eq!(store.place(named.place.unwrap()).account.as_str(), OWNER);
            }
        }
    }

    #[test]
    fn each_side_of_a_peering_is_told_by_its_owner() {
        let peering = |requester: Value, accepter: Value, tags: Value| {
            json!({"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1",
                "RequesterVpcInfo": requester, "AccepterVpcInfo": accepter, "Tags": tags,
                "Status": {"Code": "active"}}]})
        };
        let dns = |on: bool| json!({"AllowDnsResolutionFromRemoteVpc": on});
        let full = |owner, vpc, cidr, on| json!({"OwnerId": owner, "VpcId": vpc, "CidrBlock": cidr, "PeeringOptions": dns(on)});
        let bare = |owner, vpc| json!({"OwnerId": owner, "VpcId": vpc});
        let ours = full(OWNER, "vpc-1", "10.1.0.0/16", true);
        let theirs = full(OTHER, "vpc-2", "10.2.0.0/16", false);
        let name = json!([{"Key": "Name", "Value": "shared"}]);
        let owners = peering(ours, bare(OTHER, "vpc-2"), json!([]));
        let others = peering(bare(OWNER, "vpc-1"), theirs, name);
        for store in both_ways(&owners, &others) {
            let peering = store.peerings.get("pcx-1").unwrap();
            let told: Vec<_> = peering
                .sides()
                .map(|side| {
                    let on = side.peering_options.as_ref();
                    let on = on.and_then(|on| on.allow_dns_resolution_from_remote_vpc);
                    (side.cidr_block.unwrap().to_string(), on)
                })
                .collect();
            assert_eq!(
                told,
                [("10.1.0.0/16".to_owned(), Some(true)), ("10.2.0.0/16".to_owned(), Some(false))]
            );
            assert_eq!(store.directory().by_name("shared").len(), 1);
        }
    }
}
