//! Under which names each kind of resource is known: one function per table.

use std::net::IpAddr;

use super::named::{Kind, Named};
use crate::model::ids::VpcId;
use crate::model::lambda::Function;
use crate::model::tag;
use crate::store::{Interface, InterfaceIx, Keyed, Row, Store, Table};

/// Everything that has a name.
pub(super) fn everything(store: &Store) -> Vec<Named> {
    let mut all = Vec::new();
    places(store, &mut all);
    interfaces(store, &mut all);
    services(store, &mut all);
    gateways(store, &mut all);
    rules(store, &mut all);
    transit(store, &mut all);
    all
}

/// Names every row of a table.
fn each<K, T>(
    all: &mut Vec<Named>,
    table: &Table<K, T>,
    kind: Kind,
    read: impl Fn(&T, Named) -> Named,
) where
    K: Clone + Eq + std::hash::Hash,
    T: Keyed,
    T::Key: AsRef<str>,
{
    let named = |row: &Row<T>| read(&row.data, Named::new(kind, row.place, &row.data.key()));
    all.extend(table.rows().map(|(_, row)| named(row)));
}

fn places(store: &Store, all: &mut Vec<Named>) {
    each(all, &store.vpcs, Kind::Vpc, |vpc, named| {
        let cidrs: Vec<_> = vpc.ipv4_cidrs().map(|cidr| cidr.to_string()).collect();
        named.name(tag::name(&vpc.tags)).vpc(Some(&vpc.vpc_id)).detail(cidrs.join(" "))
    });
    each(all, &store.subnets, Kind::Subnet, |subnet, named| {
        let cidr = subnet.cidr_block.map(|cidr| cidr.to_string());
        let v6 = subnet.ipv6_cidrs().map(|cidr| cidr.to_string());
        let zone = subnet.availability_zone.as_ref().map(ToString::to_string);
        let detail: Vec<_> = cidr.into_iter().chain(v6).chain(zone).collect();
        named.name(tag::name(&subnet.tags)).vpc(Some(&subnet.vpc_id)).detail(detail.join(" "))
    });
}

fn interfaces(store: &Store, all: &mut Vec<Named>) {
    all.extend(store.interfaces.rows().map(|(_, row)| interface(store, row)));
    each(all, &store.instances, Kind::Instance, |instance, named| {
        let state = instance.state.as_ref().map(|state| state.name.as_str()).unwrap_or_default();
        let of_interfaces = store.interfaces_of_instance(&instance.instance_id);
        named
            .name(tag::name(&instance.tags))
            .vpc(instance.vpc_id.as_ref())
            .addresses(addresses_of(store, of_interfaces))
            .v4([instance.private_ip_address, instance.public_ip_address])
            .dns([instance.private_dns_name.as_deref(), instance.public_dns_name.as_deref()])
            .detail(state)
    });
    all.extend(store.addresses.rows().map(|(_, row)| {
        let address = &row.data;
        let public = address.public_ip.map(|ip| ip.to_string()).unwrap_or_default();
        let id = address.allocation_id.as_ref().map_or(&*public, AsRef::as_ref);
        Named::new(Kind::ElasticIp, row.place, id)
            .name(tag::name(&address.tags))
            .v4([address.public_ip])
            .detail(public.clone())
    }));
}

fn interface(store: &Store, row: &Row<Interface>) -> Named {
    let interface = &row.data;
    let listed = store.network_interfaces.get(interface.id.as_str());
    let public_dns = listed.and_then(|eni| eni.association.as_ref()?.public_dns_name.as_deref());
    let private_dns = listed.and_then(|eni| eni.private_dns_name.as_deref());
    Named::new(Kind::NetworkInterface, row.place, &interface.id)
        .name(listed.and_then(|eni| tag::name(&eni.tag_set)))
        .vpc(vpc_of(store, interface))
        .addresses(own(interface))
        .dns([private_dns, public_dns])
        .detail(format!("of {}", interface.owner.name))
}

fn vpc_of<'a>(store: &'a Store, interface: &Interface) -> Option<&'a VpcId> {
    interface.vpc.map(|vpc| &store.vpcs[vpc].data.vpc_id)
}

fn own(interface: &Interface) -> impl Iterator<Item = IpAddr> + '_ {
    interface.addresses.iter().flat_map(|own| [Some(own.private), own.public]).flatten()
}

fn addresses_of(store: &Store, interfaces: &[InterfaceIx]) -> Vec<IpAddr> {
    interfaces.iter().flat_map(|at| own(store.interface(*at))).collect()
}

fn services(store: &Store, all: &mut Vec<Named>) {
    functions(store, all);
    databases(store, all);
    each(all, &store.load_balancers, Kind::LoadBalancer, |balancer, named| {
        let kind = balancer.load_balancer_type.as_deref().unwrap_or_default();
        let scheme = balancer.scheme.as_deref().unwrap_or_default();
        named
            .name(Some(&balancer.load_balancer_name))
            .vpc(balancer.vpc_id.as_ref())
            .dns([balancer.dns_name.as_deref()])
            .detail(format!("{kind} {scheme}"))
    });
    each(all, &store.target_groups, Kind::TargetGroup, |group, named| {
        named.name(Some(&group.target_group_name)).vpc(group.vpc_id.as_ref())
    });
}

/// Functions, and behind them their published versions, by names of their own.
fn functions(store: &Store, all: &mut Vec<Named>) {
    let rows = |published| {
        let rows = store.functions.rows().map(|(_, row)| row);
        rows.filter(move |row| row.data.published().is_some() == published)
    };
    all.extend(rows(false).map(|row| function(store, row, Kind::Function)));
    all.extend(rows(true).map(|row| function(store, row, Kind::FunctionVersion)));
}

fn function(store: &Store, row: &Row<Function>, kind: Kind) -> Named {
    let function = &row.data;
    let vpc = function.attached().and_then(|config| config.vpc_id.as_ref());
    let of_interfaces = store.interfaces_of_function(&function.function_arn);
    Named::new(kind, row.place, &function.function_arn)
        .name(Some(&function.label()))
        .vpc(vpc)
        .addresses(addresses_of(store, of_interfaces))
        .detail(if function.attached().is_some() { "in a VPC" } else { "in no VPC" })
}

fn databases(store: &Store, all: &mut Vec<Named>) {
    each(all, &store.databases, Kind::Database, |database, named| {
        let vpc = database.db_subnet_group.as_ref().and_then(|group| group.vpc_id.as_ref());
        let interfaces = store.interfaces_of_database(&database.key());
        let sole = if interfaces.len() == 1 { interfaces } else { &[] };
        named
            .name(Some(&database.db_instance_identifier))
            .vpc(vpc)
            .addresses(addresses_of(store, sole))
            .dns([database.endpoint.as_ref().and_then(|endpoint| endpoint.address.as_deref())])
            .detail(database.engine.clone().unwrap_or_default())
    });
    each(all, &store.clusters, Kind::DatabaseCluster, |cluster, named| {
        let custom = cluster.custom_endpoints.iter().map(|one| Some(one.as_str()));
        let both = [cluster.endpoint.as_deref(), cluster.reader_endpoint.as_deref()];
        named
            .name(Some(&cluster.db_cluster_identifier))
            .dns(both.into_iter().chain(custom))
            .detail(cluster.engine.clone().unwrap_or_default())
    });
    each(all, &store.proxies, Kind::DatabaseProxy, |proxy, named| {
        named
            .name(Some(&proxy.db_proxy_name))
            .vpc(proxy.vpc_id.as_ref())
            .dns([proxy.endpoint.as_deref()])
            .detail(proxy.engine_family.clone().unwrap_or_default())
    });
    each(all, &store.proxy_endpoints, Kind::DatabaseProxyEndpoint, |endpoint, named| {
        named
            .name(Some(&endpoint.db_proxy_endpoint_name))
            .vpc(endpoint.vpc_id.as_ref())
            .dns([endpoint.endpoint.as_deref()])
            .detail(format!("of {}", endpoint.db_proxy_name))
    });
}

fn gateways(store: &Store, all: &mut Vec<Named>) {
    each(all, &store.nat_gateways, Kind::NatGateway, |nat, named| {
        let addresses = &nat.nat_gateway_addresses;
        named
            .name(tag::name(&nat.tags))
            .vpc(Some(&nat.vpc_id))
            .v4(addresses.iter().flat_map(|one| [one.private_ip, one.public_ip]))
            .detail(nat.state.as_str())
    });
    each(all, &store.internet_gateways, Kind::InternetGateway, |gateway, named| {
        let vpc = gateway.attachments.iter().find(|one| one.is_attached());
        named.name(tag::name(&gateway.tags)).vpc(vpc.and_then(|one| one.vpc_id.as_ref()))
    });
    let egress_only = &store.egress_only_internet_gateways;
    each(all, egress_only, Kind::EgressOnlyInternetGateway, |gateway, named| {
        let vpc = gateway.attachments.iter().find(|one| one.is_attached());
        named.name(tag::name(&gateway.tags)).vpc(vpc.and_then(|one| one.vpc_id.as_ref()))
    });
    each(all, &store.vpc_endpoints, Kind::VpcEndpoint, |endpoint, named| {
        named
            .name(tag::name(&endpoint.tags))
            .vpc(Some(&endpoint.vpc_id))
            .dns(endpoint.dns_entries.iter().map(|entry| entry.dns_name.as_deref()))
            .detail(endpoint.service_name.clone().unwrap_or_default())
    });
    each(all, &store.vpn_gateways, Kind::VpnGateway, |gateway, named| {
        let vpc = gateway.vpc_attachments.iter().find(|one| one.is_attached());
        named.name(tag::name(&gateway.tags)).vpc(vpc.and_then(|one| one.vpc_id.as_ref()))
    });
}

fn rules(store: &Store, all: &mut Vec<Named>) {
    each(all, &store.security_groups, Kind::SecurityGroup, |group, named| {
        let detail = group.description.clone().unwrap_or_default();
        named.name(Some(&group.group_name)).vpc(group.vpc_id.as_ref()).detail(detail)
    });
    each(all, &store.route_tables, Kind::RouteTable, |table, named| {
        named.name(tag::name(&table.tags)).vpc(Some(&table.vpc_id))
    });
    each(all, &store.network_acls, Kind::NetworkAcl, |acl, named| {
        let detail = if acl.is_default { "default" } else { "" };
        named.name(tag::name(&acl.tags)).vpc(Some(&acl.vpc_id)).detail(detail)
    });
    each(all, &store.peerings, Kind::PeeringConnection, |peering, named| {
        let state = peering.status.as_ref().and_then(|status| status.code.clone());
        named.name(tag::name(&peering.tags)).detail(state.unwrap_or_default())
    });
    let mut lists: Vec<_> = store.prefix_lists.iter().collect();
    lists.sort_unstable();
    let lists = lists.into_iter();
    all.extend(lists.map(|(id, name)| Named::new(Kind::PrefixList, None, id).name(name)));
}

fn transit(store: &Store, all: &mut Vec<Named>) {
    each(all, &store.transit_gateways, Kind::TransitGateway, |gateway, named| {
        named.name(tag::name(&gateway.tags))
    });
    let attachments = &store.transit_gateway_attachments;
    each(all, attachments, Kind::TransitGatewayAttachment, |attachment, named| {
        let detail = attachment.resource_id.clone().unwrap_or_default();
        named.name(tag::name(&attachment.tags)).detail(detail)
    });
    let tables = &store.transit_gateway_route_tables;
    each(all, tables, Kind::TransitGatewayRouteTable, |table, named| {
        named.name(tag::name(&table.tags))
    });
}
