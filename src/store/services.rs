//! Joins interfaces with the services that use them: functions (rule L-4), databases (rules) and whatever names
//! its own interfaces. Where AWS shows no interface, one is derived from the configuration.

mod functions;
mod proxies;

use ipnet::IpNet;

use super::interface::{Condition, Interface, InterfaceIx, NOT_TOLD, Origin, is_told};
use super::keyed::Keyed;
use super::owner::{Owner, OwnerKind};
use super::place::PlaceIx;
use super::{Map, Store, Table};
use crate::model::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::model::rds::{DbInstance, DbSubnetGroup};

/// The interfaces of each service resource, by ARN or id.
pub(super) type OfService = Map<String, Vec<InterfaceIx>>;

/// Joins everything; adds virtual interfaces to `interfaces` and completes the owners in it.
pub(super) fn join(
    store: &Store,
    interfaces: &mut Table<NetworkInterfaceId, Interface>,
) -> OfService {
    let mut joined = Joined { store, interfaces, of_service: Map::default() };
    joined.functions();
    joined.databases();
    joined.proxies();
    joined.named_by_owner();
    joined.of_service
}

struct Joined<'a> {
    store: &'a Store,
    interfaces: &'a mut Table<NetworkInterfaceId, Interface>,
    of_service: OfService,
}

/// What an interface without a listing is made of.
struct Virtual<'a> {
    id: String,
    origin: Origin,
    place: PlaceIx,
    subnet: &'a SubnetId,
    groups: Vec<SecurityGroupId>,
    owner: Owner,
    /// Whether it has IPv6 addresses too.
    v6: bool,
}

impl Joined<'_> {
    fn databases(&mut self) {
        for (at, row) in self.store.databases.rows() {
            let database = &row.data;
            let id = self.store.databases[at].data.key();
            let listed = self.database_interfaces(database);
            let found = if listed.is_empty() {
                self.virtual_databases(database, row.place)
            } else {
                listed
            };
            let sole = found.len() == 1;
            for interface in found.iter().filter(|_| sole) {
                let eni = self.interfaces[*interface].data.id.clone();
                if let Some(interface) = self.interfaces.get_mut(&eni) {
                    interface.owner = database_owner(database);
                }
            }
            self.of_service.insert(id.to_string(), found);
        }
    }

    /// RDS names no instance: the subnet group, the groups and the zone narrow it down (rule R-8).
    fn database_interfaces(&self, database: &DbInstance) -> Vec<InterfaceIx> {
        let Some(subnets) = database.db_subnet_group.as_ref() else { return Vec::new() };
        let groups = group_ids(database);
        let here = self.candidate_subnets(subnets, database.availability_zone.as_deref());
        let rows =
            self.interfaces.rows().filter(|(_, row)| is_listed_for(&row.data, OwnerKind::Database));
        let matching = rows.filter(|(_, row)| {
            let interface = &row.data;
            let subnet = interface.subnet.map(|at| &self.store.subnets[at].data.subnet_id);
            subnet.is_some_and(|subnet| here.contains(&subnet))
                && may_be(&interface.groups, &groups)
        });
        matching.map(|(at, _)| at).collect()
    }

    fn virtual_databases(&mut self, database: &DbInstance, place: PlaceIx) -> Vec<InterfaceIx> {
        let Some(subnets) = database.db_subnet_group.as_ref() else { return Vec::new() };
        let here = self.candidate_subnets(subnets, database.availability_zone.as_deref());
        let made: Vec<_> = here
            .into_iter()
            .map(|subnet| Virtual {
                id: format!("rds:{}:{subnet}", database.db_instance_identifier),
                origin: Origin::DatabaseConfig,
                place,
                subnet,
                groups: group_ids(database),
                owner: database_owner(database),
                v6: false,
            })
            .collect();
        made.into_iter().filter_map(|one| self.add(one)).collect()
    }

    /// The subnets of the group in the database's zone; all of them where the zone is not told.
    fn candidate_subnets<'b>(
        &self,
        group: &'b DbSubnetGroup,
        zone: Option<&str>,
    ) -> Vec<&'b SubnetId> {
        let zone_of = |id: &SubnetId| {
            self.store.subnets.get(id).and_then(|subnet| subnet.availability_zone.as_ref())
        };
        let all = group.subnets.iter().map(|subnet| &subnet.subnet_identifier);
        let here =
            all.clone().filter(|id| zone.is_some() && zone_of(id).map(AsRef::as_ref) == zone);
        let here: Vec<_> = here.collect();
        if here.is_empty() { all.collect() } else { here }
    }

    /// Owners that the interface names itself, and endpoints and NAT gateways that name their interfaces.
    fn named_by_owner(&mut self) {
        for (at, row) in self.interfaces.rows() {
            let owner = &row.data.owner;
            let by_name = !matches!(
                owner.kind,
                OwnerKind::Function
                    | OwnerKind::Database
                    | OwnerKind::DatabaseProxy
                    | OwnerKind::Instance
            );
            if by_name && !owner.id.is_empty() && !row.data.is_virtual() {
                let known = self.of_service.entry(owner.id.to_string()).or_default();
                known.push(at);
            }
        }
    }

    fn add(&mut self, made: Virtual<'_>) -> Option<InterfaceIx> {
        let subnet = self.store.subnets.position(made.subnet)?;
        let data = &self.store.subnets[subnet].data;
        let id = NetworkInterfaceId::from(made.id);
        let v4 = data.cidr_block.map(IpNet::V4);
        let v6 = data.ipv6_cidrs().map(IpNet::V6).filter(|_| made.v6);
        let prefixes = v4.into_iter().chain(v6).collect();
        let interface = Interface {
            id: id.clone(),
            origin: made.origin,
            place: made.place,
            vpc: self.store.vpcs.position(&data.vpc_id),
            subnet: Some(subnet),
            addresses: Vec::new(),
            prefixes,
            groups: made.groups,
            owner: made.owner,
            source_dest_check: true,
            is_closed_to_internet: false,
            condition: Condition::Working,
        };
        self.interfaces.push(id.clone(), super::Row { data: interface, place: made.place });
        self.interfaces.position(&id)
    }
}

fn is_listed_for(interface: &Interface, kind: OwnerKind) -> bool {
    interface.origin == Origin::Listed && interface.owner.kind == kind
}

fn database_owner(database: &DbInstance) -> Owner {
    let name = database.db_instance_identifier.as_str();
    Owner::new(OwnerKind::Database, database.key().as_str()).named(Some(name))
}

fn group_ids(database: &DbInstance) -> Vec<SecurityGroupId> {
    let groups = database.vpc_security_groups.as_ref();
    let groups: Option<Vec<_>> =
        groups.map(|all| all.iter().map(|one| one.vpc_security_group_id.clone()).collect());
    sorted(told(groups.as_deref()))
}

/// The groups of a configuration, or what stands for them where they are not told.
fn told(groups: Option<&[SecurityGroupId]>) -> impl Iterator<Item = SecurityGroupId> {
    let not_told = groups.is_none().then(|| NOT_TOLD.into());
    groups.unwrap_or_default().iter().cloned().chain(not_told)
}

/// Whether an interface may be that of a service which carries these groups, in order.
fn may_be(carried: &[SecurityGroupId], groups: &[SecurityGroupId]) -> bool {
    let is_same = || sorted(carried.iter().cloned()) == groups;
    !is_told(carried) || !is_told(groups) || is_same()
}

fn sorted(groups: impl Iterator<Item = SecurityGroupId>) -> Vec<SecurityGroupId> {
    let mut groups: Vec<_> = groups.collect();
    groups.sort();
    groups
}
