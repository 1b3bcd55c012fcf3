//! From a dump to a store: tables first, then what joins them.

use std::net::IpAddr;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::interface::{Condition, Interface, NOT_TOLD, Origin, own_addresses};
use super::keyed::Keyed;
use super::owner::{Owner, OwnerKind, recognise};
use super::place::{Place, PlaceIx};
use super::prefixes::PrefixLists;
use super::service_names::ServiceNames;
use super::{AclRules, GroupRules, Ix, Map, Routes, Row, Store, Table, Topology, Transit};
use super::{services, views, whole};
use crate::model::catalogue::Resources;
use crate::model::dump::{Dump, RegionDump};
use crate::model::gateway::GatewayAttachment;
use crate::model::ids::{Arn, InstanceId, NetworkInterfaceId, SecurityGroupId, VpcId};
use crate::model::instance::{Instance, InstanceStateName};
use crate::model::interface::NetworkInterface;
use crate::model::lambda::Function;
use crate::model::rds::DbProxyEndpoint;
use crate::model::tag;
use crate::model::vpc::Vpc;

/// Indexes a dump.
pub(super) fn build(mut dump: Dump) -> Store {
    whole::set_aside(&mut dump);
    let dump = Arc::new(dump);
    let mut store = Store {
        origin: dump.origin.clone(),
        places: dump.regions.iter().map(place).collect(),
        prefix_lists: Arc::new(PrefixLists::collect(dump.regions.iter().map(|r| &r.resources))),
        source: Arc::clone(&dump),
        ..Store::default()
    };
    tables(&mut store, &dump);
    rules(&mut store);
    store.transit = Arc::new(Transit::build(&store));
    store.service_names = Arc::new(ServiceNames::of(&dump));
    interfaces(&mut store);
    store
}

fn place(region: &RegionDump) -> Place {
    Place {
        account: region.account.clone(),
        region: region.region.clone(),
        coverage: region.coverage.clone(),
        loaded_at: region.loaded_at.clone(),
    }
}

fn tables(store: &mut Store, dump: &Dump) {
    network_tables(store, dump);
    gateway_tables(store, dump);
    service_tables(store, dump);
    let mut rest = Resources::default();
    for region in &dump.regions {
        rest.append(seldom_asked(&region.resources));
    }
    store.rest = Arc::new(rest);
}

fn network_tables(store: &mut Store, dump: &Dump) {
    store.vpcs = table(dump, |r| &r.vpcs);
    store.subnets = table(dump, |r| &r.subnets);
    store.route_tables = table(dump, |r| &r.route_tables);
    store.security_groups = table(dump, |r| &r.security_groups);
    store.network_acls = table(dump, |r| &r.network_acls);
    store.network_interfaces = table(dump, |r| &r.network_interfaces);
    store.addresses = Arc::new(addresses(dump));
    store.instances = Arc::new(instances(dump));
}

fn gateway_tables(store: &mut Store, dump: &Dump) {
    store.internet_gateways = table(dump, |r| &r.internet_gateways);
    let vpcs = Arc::clone(&store.vpcs);
    store.egress_only_internet_gateways = of_vpc_owners(
        dump,
        &vpcs,
        |r| &r.egress_only_internet_gateways,
        |one| attached_to(&one.attachments),
    );
    store.nat_gateways = of_vpc_owners(dump, &vpcs, |r| &r.nat_gateways, |nat| Some(&nat.vpc_id));
    store.vpc_endpoints = table(dump, |r| &r.vpc_endpoints);
    store.peerings = views::peerings(dump, rows(dump, |r| &r.vpc_peering_connections));
    store.transit_gateways = table(dump, |r| &r.transit_gateways);
    store.transit_gateway_attachments = table(dump, |r| &r.transit_gateway_attachments);
    store.transit_gateway_vpc_attachments = table(dump, |r| &r.transit_gateway_vpc_attachments);
    store.transit_gateway_route_tables = table(dump, |r| &r.transit_gateway_route_tables);
    store.vpn_gateways =
        of_vpc_owners(dump, &vpcs, |r| &r.vpn_gateways, |one| attached_to(&one.vpc_attachments));
}

fn service_tables(store: &mut Store, dump: &Dump) {
    store.functions = functions(dump);
    store.databases = table(dump, |r| &r.db_instances);
    store.clusters = table(dump, |r| &r.db_clusters);
    store.proxies = table(dump, |r| &r.db_proxies);
    store.proxy_endpoints = proxy_endpoints(dump);
    store.load_balancers = table(dump, |r| &r.load_balancers);
    store.target_groups = table(dump, |r| &r.target_groups);
}

/// The functions, with the states that the list of them leaves out.
fn functions(dump: &Dump) -> Arc<Table<Arn, Function>> {
    let told = dump.regions.iter().flat_map(|region| &region.resources.function_configurations);
    let told: Map<_, _> = told.map(|one| (&one.function_arn, one)).collect();
    let mut rows = rows(dump, |resources| &resources.functions);
    for function in rows.iter_mut().map(|row| &mut row.data) {
        if let (None, Some(told)) = (&function.state, told.get(&function.function_arn)) {
            function.state.clone_from(&told.state);
            function.state_reason_code.clone_from(&told.state_reason_code);
        }
    }
    of_owners(dump, rows)
}

/// The endpoints of proxies that were made besides the default ones: a default one is its proxy itself (rule R-6).
fn proxy_endpoints(dump: &Dump) -> Arc<Table<Arn, DbProxyEndpoint>> {
    let names = dump.regions.iter().flat_map(|region| &region.resources.db_proxies);
    let names: FxHashSet<_> = names.filter_map(|proxy| proxy.endpoint.as_deref()).collect();
    let mut rows = rows(dump, |resources| &resources.db_proxy_endpoints);
    rows.retain(|row| {
        let is_named_so = row.data.endpoint.as_deref().is_some_and(|name| names.contains(name));
        !row.data.is_default.unwrap_or(is_named_so)
    });
    of_owners(dump, rows)
}

/// One table out of one list of every place.
fn table<T: Keyed + Clone>(
    dump: &Dump,
    list: impl Fn(&Resources) -> &Vec<T>,
) -> Arc<Table<T::Key, T>> {
    of_owners(dump, rows(dump, list))
}

/// One table of these; of two views of one resource, its owner's stays.
fn of_owners<T: Keyed + Clone>(dump: &Dump, rows: Vec<Row<T>>) -> Arc<Table<T::Key, T>> {
    views::table(dump, rows, |one| one.owner().cloned())
}

/// The same where AWS names no owner: it is that of the VPC.
fn of_vpc_owners<T: Keyed + Clone>(
    dump: &Dump,
    vpcs: &Table<VpcId, Vpc>,
    list: impl Fn(&Resources) -> &Vec<T>,
    vpc: impl Fn(&T) -> Option<&VpcId>,
) -> Arc<Table<T::Key, T>> {
    views::table(dump, rows(dump, list), |one| vpcs.get(vpc(one)?)?.owner_id.clone())
}

fn attached_to(attachments: &[GatewayAttachment]) -> Option<&VpcId> {
    let mut attached = attachments.iter().filter(|one| one.is_attached());
    attached.next()?.vpc_id.as_ref()
}

/// The answers that few questions need and that have no table of their own.
fn seldom_asked(from: &Resources) -> Resources {
    Resources {
        vpc_attributes: from.vpc_attributes.clone(),
        dhcp_options: from.dhcp_options.clone(),
        security_group_vpc_associations: from.security_group_vpc_associations.clone(),
        security_group_references: from.security_group_references.clone(),
        stale_security_groups: from.stale_security_groups.clone(),
        block_public_access_options: from.block_public_access_options.clone(),
        block_public_access_exclusions: from.block_public_access_exclusions.clone(),
        transit_gateway_peering_attachments: from.transit_gateway_peering_attachments.clone(),
        transit_gateway_associations: from.transit_gateway_associations.clone(),
        transit_gateway_propagations: from.transit_gateway_propagations.clone(),
        transit_gateway_static_routes: from.transit_gateway_static_routes.clone(),
        transit_gateway_routes: from.transit_gateway_routes.clone(),
        customer_gateways: from.customer_gateways.clone(),
        vpn_connections: from.vpn_connections.clone(),
        db_cluster_endpoints: from.db_cluster_endpoints.clone(),
        db_subnet_groups: from.db_subnet_groups.clone(),
        db_proxy_endpoints: from.db_proxy_endpoints.clone(),
        db_proxy_targets: from.db_proxy_targets.clone(),
        load_balancer_listeners: from.load_balancer_listeners.clone(),
        listener_rules: from.listener_rules.clone(),
        load_balancer_attributes: from.load_balancer_attributes.clone(),
        target_group_attributes: from.target_group_attributes.clone(),
        load_balancer_target_health: from.load_balancer_target_health.clone(),
        ..Resources::default()
    }
}

fn rows<T: Clone>(dump: &Dump, list: impl Fn(&Resources) -> &Vec<T>) -> Vec<Row<T>> {
    let places = dump.regions.iter().enumerate();
    let rows = places.flat_map(|(at, region)| {
        let place = PlaceIx(u16::try_from(at).unwrap_or(u16::MAX));
        list(&region.resources).iter().map(move |data| Row { data: data.clone(), place })
    });
    rows.collect()
}

fn addresses(dump: &Dump) -> Table<IpAddr, crate::model::interface::Address> {
    let rows = rows(dump, |resources| &resources.addresses);
    let mut table = Table::default();
    for row in rows {
        if let Some(public) = row.data.public_ip {
            table.push(IpAddr::V4(public), row);
        }
    }
    table
}

fn instances(dump: &Dump) -> Table<InstanceId, Instance> {
    let reservations = rows(dump, |resources| &resources.reservations);
    let rows = reservations.into_iter().flat_map(|row| {
        let place = row.place;
        row.data.instances.into_iter().map(move |data| Row { data, place })
    });
    Table::build(rows, |row| row.data.instance_id.clone(), |_, _| false)
}

fn rules(store: &mut Store) {
    let lists = Arc::clone(&store.prefix_lists);
    let prefixes = |id: &_| lists.cidrs(id).map(<[_]>::to_vec);
    let groups = store.security_groups.iter().map(|group| GroupRules::read(group, &prefixes));
    store.group_rules = Arc::new(groups.collect());
    store.acl_rules = Arc::new(store.network_acls.iter().map(AclRules::read).collect());
    let routes = store.route_tables.iter().map(|table| Routes::read(table, &prefixes));
    store.routes = Arc::new(routes.collect());
}

fn interfaces(store: &mut Store) {
    let listed = store
        .network_interfaces
        .rows()
        .map(|(_, row)| Row { data: interface(store, row), place: row.place });
    let mut interfaces: Table<NetworkInterfaceId, Interface> =
        Table::build(listed, |row| row.data.id.clone(), |_, _| false);
    let of_service = services::join(store, &mut interfaces);
    store.interfaces = Arc::new(interfaces);
    store.topology = Arc::new(Topology::build(store, of_service));
}

fn interface(store: &Store, row: &Row<Arc<NetworkInterface>>) -> Interface {
    let eni = &row.data;
    let v4 = eni.ipv4_prefixes.iter().filter_map(|one| one.ipv4_prefix).map(Into::into);
    let v6 = eni.ipv6_prefixes.iter().filter_map(|one| one.ipv6_prefix).map(Into::into);
    let owner = owner(store, eni);
    Interface {
        id: eni.network_interface_id.clone(),
        origin: Origin::Listed,
        place: row.place,
        vpc: vpc(store, eni),
        subnet: eni.subnet_id.as_ref().and_then(|id| store.subnets.position(id)),
        addresses: own_addresses(eni),
        prefixes: v4.chain(v6).collect(),
        groups: groups(eni, &owner),
        owner,
        source_dest_check: eni.source_dest_check.unwrap_or(true),
        is_closed_to_internet: eni.deny_all_igw_traffic == Some(true),
        condition: condition(store, eni),
    }
}

/// Its VPC; where that is left out, its subnet's.
fn vpc(store: &Store, eni: &NetworkInterface) -> Option<Ix<Vpc>> {
    let of_subnet = || Some(&store.subnets.get(eni.subnet_id.as_ref()?)?.vpc_id);
    store.vpcs.position(eni.vpc_id.as_ref().or_else(of_subnet)?)
}

/// Groups that are not told are none only where the service's interfaces never have any (rule SG-20).
fn groups(eni: &NetworkInterface, owner: &Owner) -> Vec<SecurityGroupId> {
    let never_has_any = matches!(
        owner.kind,
        OwnerKind::NatGateway | OwnerKind::TransitGateway | OwnerKind::GatewayLoadBalancer
    );
    match &eni.groups {
        Some(groups) => groups.iter().map(|group| group.group_id.clone()).collect(),
        None if never_has_any => Vec::new(),
        None => vec![NOT_TOLD.into()],
    }
}

/// The owner with the name that people know it by.
fn owner(store: &Store, eni: &NetworkInterface) -> Owner {
    let owner = recognise(eni);
    let id = &*owner.id.clone();
    match owner.kind {
        OwnerKind::Instance => {
            owner.named(store.instances.get(id).and_then(|i| tag::name(&i.tags)))
        }
        OwnerKind::NatGateway => {
            owner.named(store.nat_gateways.get(id).and_then(|n| tag::name(&n.tags)))
        }
        OwnerKind::VpcEndpoint => {
            let endpoint = store.vpc_endpoints.get(id);
            owner.named(endpoint.and_then(|e| tag::name(&e.tags).or(e.service_name.as_deref())))
        }
        OwnerKind::Nobody | OwnerKind::Unknown => owner.named(tag::name(&eni.tag_set)),
        _ => store.service_names.complete(owner, eni),
    }
}

/// A branch interface is associated with its trunk instead of attached (rule ENI-3).
fn condition(store: &Store, eni: &NetworkInterface) -> Condition {
    let Some(attachment) = eni.attachment.as_ref() else {
        return match eni.status.as_deref() {
            Some("in-use" | "associated") => Condition::Working,
            Some(_) => Condition::Detached,
            None => Condition::NotTold,
        };
    };
    if matches!(attachment.status.as_deref(), Some("detached" | "detaching")) {
        return Condition::Detached;
    }
    let Some(instance) = attachment.instance_id.as_ref() else { return Condition::Working };
    let state = store.instances.get(instance).and_then(|one| one.state.as_ref());
    match state.filter(|state| !state.name.as_str().is_empty()) {
        Some(state) if state.name == InstanceStateName::Running => Condition::Working,
        Some(state) => Condition::InstanceNotRunning(state.name.as_str().into()),
        None => Condition::InstanceUnknown,
    }
}
