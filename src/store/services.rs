//! Joins interfaces with the services that use them: functions (rule L-4), databases (rules) and whatever names
//! its own interfaces. Where AWS shows no interface, one is derived from the configuration.

mod proxies;

use ipnet::IpNet;

use super::interface::{Condition, Interface, InterfaceIx, NOT_TOLD, Origin, is_told};
use super::keyed::Keyed;
use super::owner::{Owner, OwnerKind};
use super::place::PlaceIx;
use super::{Map, Store, Table};
use crate::model::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::model::lambda::{Function, VpcConfig};
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
    /// A function uses the Hyperplane interface of each of its subnets that has exactly its groups.
    fn functions(&mut self) {
        let shared = self.shared_interfaces();
        for (_, row) in self.store.functions.rows() {
            let Some(config) = row.data.attached() else { continue };
            let v6 = self.uses_v6(config);
            for subnet in &config.subnet_ids {
                let key = (subnet.clone(), sorted(told(config.security_group_ids.as_deref())));
                let found = if let Some(listed) = shared.get(&key) {
                    self.shared(listed, &row.data)
                } else {
                    let made = function_interface(&row.data, config, subnet, row.place);
                    self.add(Virtual { v6, ..made }).into_iter().collect()
                };
                let id = row.data.function_arn.to_string();
                self.of_service.entry(id).or_default().extend(found);
            }
        }
    }

    /// IPv6 has to be allowed, and every subnet to have it (rule L-6).
    fn uses_v6(&self, config: &VpcConfig) -> bool {
        let has_v6 = |id| self.store.subnets.get(id).is_some_and(|s| s.ipv6_cidrs().count() > 0);
        config.ipv6_allowed_for_dual_stack == Some(true) && config.subnet_ids.iter().all(has_v6)
    }

    /// More than one where one has no room for more connections.
    fn shared_interfaces(&self) -> Map<(SubnetId, Vec<SecurityGroupId>), Vec<InterfaceIx>> {
        let functions =
            self.interfaces.rows().filter(|(_, row)| row.data.owner.kind == OwnerKind::Function);
        let mut shared: Map<_, Vec<InterfaceIx>> = Map::default();
        for (at, row) in functions {
            let Some(subnet) = row.data.subnet else { continue };
            let subnet = self.store.subnets[subnet].data.subnet_id.clone();
            let key = (subnet, sorted(row.data.groups.iter().cloned()));
            shared.entry(key).or_default().push(at);
        }
        shared
    }

    /// The description names the first function only; the join knows them all.
    fn shared(&mut self, listed: &[InterfaceIx], function: &Function) -> Vec<InterfaceIx> {
        for at in listed {
            let id = self.interfaces[*at].data.id.clone();
            let Some(interface) = self.interfaces.get_mut(&id) else { continue };
            if interface.owner.id.starts_with("arn:") {
                interface.owner.also.push(function.function_name.as_str().into());
            } else {
                interface.owner = function_owner(function);
            }
        }
        listed.to_vec()
    }

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

fn function_interface<'a>(
    function: &Function,
    config: &VpcConfig,
    subnet: &'a SubnetId,
    place: PlaceIx,
) -> Virtual<'a> {
    Virtual {
        id: format!("lambda:{}:{subnet}", function.function_arn),
        origin: Origin::FunctionConfig,
        place,
        subnet,
        groups: told(config.security_group_ids.as_deref()).collect(),
        owner: function_owner(function),
        v6: false,
    }
}

fn function_owner(function: &Function) -> Owner {
    Owner::new(OwnerKind::Function, function.function_arn.as_str())
        .named(Some(&function.function_name))
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
