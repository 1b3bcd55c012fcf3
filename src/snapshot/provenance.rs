//! Whose resources these are, from the resources themselves, where the folders do not say.
//!
//! Everything that AWS owns carries its owner or an ARN. Shared subnets and foreign peers carry other accounts' ids, so
//! the majority decides, and the kinds that are listed for their owner only weigh in before the others.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{self, Owner};
use crate::model::catalogue::Resources;
use crate::model::dump::RegionDump;
use crate::model::ids::{AccountId, Arn};

/// Pairs each folder with the owner that is known after a look at the resources. A folder with nothing that tells the
/// account belongs to the only account of the others, if they have but one.
pub(super) fn complete(folders: BTreeMap<Owner, RegionDump>) -> Vec<((Owner, RegionDump), Owner)> {
    let with_owner = |(folder, region): (Owner, RegionDump)| {
        let owner = derived(&folder, &region.resources);
        ((folder, region), owner)
    };
    let mut folders: Vec<_> = folders.into_iter().map(with_owner).collect();
    let accounts = folders.iter().map(|(_, owner)| &owner.account).filter(|id| !id.is_empty());
    let accounts: BTreeSet<AccountId> = accounts.cloned().collect();
    if let (Some(only), 1) = (accounts.first(), accounts.len()) {
        for (_, owner) in folders.iter_mut().filter(|(_, owner)| owner.account.is_empty()) {
            owner.account = only.clone();
        }
    }
    folders
}

/// Fills what is empty in the folder's names.
fn derived(folder: &Owner, resources: &Resources) -> Owner {
    let mut owner = folder.clone();
    if owner.account.is_empty() {
        let account = majority(owned_accounts(resources)).or_else(|| majority(accounts(resources)));
        owner.account = account.unwrap_or_default().into();
    }
    if owner.region.is_empty() {
        owner.region = majority(regions(resources)).unwrap_or_default().into();
    }
    owner
}

/// Owners of what `Describe...` lists for its owner only.
fn owned_accounts(resources: &Resources) -> impl Iterator<Item = &str> {
    let groups = resources.security_groups.iter().filter_map(|group| group.owner_id.as_ref());
    let acls = resources.network_acls.iter().filter_map(|acl| acl.owner_id.as_ref());
    let instances = resources.reservations.iter().filter_map(|one| one.owner_id.as_ref());
    let interfaces = resources.network_interfaces.iter().filter_map(|one| one.owner_id.as_ref());
    let ids = groups.chain(acls).chain(instances).chain(interfaces).map(AccountId::as_str);
    ids.chain(arns(resources).filter_map(|arn| arn.account())).filter(|id| layout::is_account(id))
}

/// Owners of what is also listed for those it is shared with.
fn accounts(resources: &Resources) -> impl Iterator<Item = &str> {
    let vpcs = resources.vpcs.iter().filter_map(|vpc| vpc.owner_id.as_ref());
    let subnets = resources.subnets.iter().filter_map(|subnet| subnet.owner_id.as_ref());
    let tables = resources.route_tables.iter().filter_map(|table| table.owner_id.as_ref());
    let gateways = resources.internet_gateways.iter().filter_map(|igw| igw.owner_id.as_ref());
    let ids = vpcs.chain(subnets).chain(tables).chain(gateways).map(AccountId::as_str);
    ids.filter(|id| layout::is_account(id))
}

fn regions(resources: &Resources) -> impl Iterator<Item = &str> {
    let subnets = resources.subnets.iter().filter_map(|subnet| subnet.availability_zone.as_ref());
    let interfaces =
        resources.network_interfaces.iter().filter_map(|one| one.availability_zone.as_ref());
    let zones = subnets.chain(interfaces).map(|zone| region_of_zone(zone.as_str()));
    let of_arns = arns(resources).filter_map(|arn| arn.region());
    let services = resources.vpc_endpoints.iter().filter_map(|one| one.service_name.as_deref());
    let of_services = services.filter_map(|name| name.split('.').nth(2));
    zones.chain(of_arns).chain(of_services).filter(|region| layout::is_region(region))
}

fn arns(resources: &Resources) -> impl Iterator<Item = &Arn> {
    let functions = resources.functions.iter().map(|one| &one.function_arn);
    let databases = resources.db_instances.iter().filter_map(|one| one.db_instance_arn.as_ref());
    let clusters = resources.db_clusters.iter().filter_map(|one| one.db_cluster_arn.as_ref());
    let balancers = resources.load_balancers.iter().map(|one| &one.load_balancer_arn);
    let targets = resources.target_groups.iter().map(|one| &one.target_group_arn);
    functions.chain(databases).chain(clusters).chain(balancers).chain(targets)
}

/// `us-west-2` of `us-west-2a` and of the local zone `us-west-2-lax-1a`: all up to the first number.
fn region_of_zone(zone: &str) -> &str {
    let Some(first) = zone.find(|c: char| c.is_ascii_digit()) else { return zone };
    let digits = zone[first..].bytes().take_while(u8::is_ascii_digit).count();
    &zone[..first + digits]
}

/// The most frequent one; of equals the first in the alphabet.
fn majority<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let most = counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    most.map(|(name, _)| *name)
}
