//! What components, rules and ends are called.

use std::fmt::Write as _;

use ipnet::IpNet;

use super::why::{Component, End, Point, Rule};
use crate::model::address::AddressSet;
use crate::model::tag::{self, Tag};
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::reach::answer::{self, Kind, Site};
use crate::reach::{self, Flow};
use crate::store::{AclRule, GroupRule, Interface, Peer, RouteEntry, Store, Target};

/// The kind of a component as AWS names it.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::NetworkInterface => "network-interface",
        Kind::SecurityGroup => "security-group",
        Kind::NetworkAcl => "network-acl",
        Kind::RouteTable => "route-table",
        Kind::Subnet => "subnet",
        Kind::Vpc => "vpc",
        Kind::InternetGateway => "internet-gateway",
        Kind::EgressOnlyInternetGateway => "egress-only-internet-gateway",
        Kind::NatGateway => "nat-gateway",
        Kind::Peering => "vpc-peering-connection",
        Kind::TransitGateway => "transit-gateway",
        Kind::TransitGatewayAttachment => "transit-gateway-attachment",
        Kind::TransitGatewayRouteTable => "transit-gateway-route-table",
        Kind::VpnGateway => "vpn-gateway",
        Kind::VpcEndpoint => "vpc-endpoint",
        Kind::LoadBalancer => "load-balancer",
        Kind::Instance => "instance",
        Kind::Function => "function",
        Kind::Database => "db-instance",
        Kind::Service => "service",
        Kind::Internet => "internet",
        Kind::Other => "other",
    }
}

/// A component with its name for people.
pub(super) fn component(store: &Store, of: &answer::Component) -> Component {
    Component { kind: kind(of.kind), id: of.id.to_string(), name: name(store, of) }
}

/// What people call something: its name, or its id where it has none.
pub(super) fn short(store: &Store, kind: Kind, id: &str) -> String {
    let named = name(store, &answer::Component { kind, id: id.into() });
    named.unwrap_or_else(|| id.to_owned())
}

fn name(store: &Store, of: &answer::Component) -> Option<String> {
    let id = &*of.id;
    match of.kind {
        Kind::SecurityGroup => Some(group_names(store, id)),
        Kind::NetworkInterface => store.interfaces.get(id).map(interface_name),
        _ => tags(store, of.kind, id).and_then(tag::name).map(str::to_owned),
    }
}

fn tags<'a>(store: &'a Store, kind: Kind, id: &str) -> Option<&'a [Tag]> {
    let tags = match kind {
        Kind::NetworkAcl => &store.network_acls.get(id)?.tags,
        Kind::RouteTable => &store.route_tables.get(id)?.tags,
        Kind::Subnet => &store.subnets.get(id)?.tags,
        Kind::Vpc => &store.vpcs.get(id)?.tags,
        Kind::InternetGateway => &store.internet_gateways.get(id)?.tags,
        Kind::NatGateway => &store.nat_gateways.get(id)?.tags,
        Kind::Peering => &store.peerings.get(id)?.tags,
        Kind::TransitGateway => &store.transit_gateways.get(id)?.tags,
        Kind::VpcEndpoint => &store.vpc_endpoints.get(id)?.tags,
        Kind::Instance => &store.instances.get(id)?.tags,
        _ => return None,
    };
    Some(tags)
}

pub(super) fn group_names(store: &Store, ids: &str) -> String {
    let name =
        |id: &str| store.security_groups.get(id).map_or(id.to_owned(), |g| g.group_name.clone());
    ids.split(',').map(name).collect::<Vec<_>>().join(", ")
}

/// Whoever uses an interface, for people.
pub(super) fn interface_name(interface: &Interface) -> String {
    let owner = &interface.owner;
    if owner.name.is_empty() { interface.id.to_string() } else { owner.name.to_string() }
}

/// One end of a question.
pub(super) fn end(store: &Store, end: &reach::End) -> End {
    use reach::End as E;
    let (kind, id) = match end {
        E::Instance(id) => ("instance", id.to_string()),
        E::Interface(id) => ("network-interface", id.to_string()),
        E::Function(arn) => ("lambda", arn.to_string()),
        E::Database(arn) => ("db-instance", arn.to_string()),
        E::Cluster(arn) => ("db-cluster", arn.to_string()),
        E::Proxy(arn) => ("db-proxy", arn.to_string()),
        E::LoadBalancer(arn) => ("load-balancer", arn.to_string()),
        E::NatGateway(id) => ("nat-gateway", id.to_string()),
        E::Endpoint(id) => ("vpc-endpoint", id.to_string()),
        E::Address(address, _) => ("address", address.to_string()),
        E::Prefix(net) => ("prefix", net.to_string()),
        E::Internet => ("internet", String::new()),
        E::Service(name) => ("service", name.clone()),
    };
    let fallback = if id.is_empty() { kind.to_owned() } else { id.clone() };
    End { kind, name: end_name(store, end).unwrap_or(fallback), id }
}

fn end_name(store: &Store, end: &reach::End) -> Option<String> {
    use reach::End as E;
    match end {
        E::Instance(id) => tag::name(&store.instances.get(id)?.tags).map(str::to_owned),
        E::Interface(id) => store.interfaces.get(id).map(interface_name),
        E::Function(arn) => Some(store.functions.get(arn)?.label().into_owned()),
        E::Database(arn) => Some(store.databases.get(arn)?.db_instance_identifier.clone()),
        E::Cluster(arn) => Some(store.clusters.get(arn)?.db_cluster_identifier.clone()),
        E::Proxy(arn) => {
            let endpoint = || Some(store.proxy_endpoints.get(arn)?.db_proxy_endpoint_name.clone());
            let proxy = store.proxies.get(arn).map(|proxy| proxy.db_proxy_name.clone());
            proxy.or_else(endpoint)
        }
        E::LoadBalancer(arn) => Some(store.load_balancers.get(arn)?.load_balancer_name.clone()),
        E::NatGateway(id) => tag::name(&store.nat_gateways.get(id)?.tags).map(str::to_owned),
        E::Endpoint(id) => store.vpc_endpoints.get(id)?.service_name.clone(),
        E::Internet => Some("the internet".into()),
        E::Service(name) => Some(format!("aws:{name}")),
        E::Address(..) | E::Prefix(_) => None,
    }
}

/// Where a path starts or ends.
pub(super) fn point(store: &Store, point: &answer::Point) -> Point {
    let interface = match point.site {
        Site::Interface(at) | Site::Public(at) => Some(store.interface(at)),
        Site::Outside | Site::ServiceNetwork(_) | Site::Nowhere(_) => None,
    };
    let listed = interface.filter(|interface| !interface.is_virtual());
    let subnet = interface.and_then(|i| i.subnet).map(|at| &store.subnets[at].data.subnet_id);
    let vpc = interface.and_then(|i| i.vpc).map(|at| &store.vpcs[at].data.vpc_id);
    Point {
        eni: listed.map(|interface| interface.id.to_string()),
        ip: (!is_internet(point)).then(|| addresses(&point.addresses)).flatten(),
        subnet: subnet.map(ToString::to_string),
        vpc: vpc.map(ToString::to_string),
    }
}

/// Whether a point stands for a large part of the internet: then no address is worth naming.
fn is_internet(point: &answer::Point) -> bool {
    let outside = matches!(point.site, Site::Outside | Site::ServiceNetwork(_));
    let (v4, v6) = (point.addresses.v4.intervals(), point.addresses.v6.intervals());
    outside && (v4.iter().any(|(a, b)| b - a > 1 << 24) || v6.iter().any(|(a, b)| b - a > 1 << 120))
}

/// A set of addresses in one line; long sets are counted.
fn addresses(set: &AddressSet) -> Option<String> {
    let prefixes = set.prefixes();
    match prefixes.as_slice() {
        [] => None,
        [one] => Some(prefix(one)),
        [first, .., last] if set.v6.is_empty() && set.v4.intervals().len() == 1 => {
            Some(format!("{}-{}", first.network(), last.broadcast()))
        }
        [first, rest @ ..] => Some(format!("{} and {} more prefixes", prefix(first), rest.len())),
    }
}

fn prefix(net: &IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

/// The rule that decided, in words.
pub(super) fn rule(store: &Store, rule: &answer::Rule) -> Rule {
    let (of, number, position, text) = match rule {
        answer::Rule::Group { group, position, rule, egress } => {
            (group, None, Some(*position), group_rule(store, rule, *egress))
        }
        answer::Rule::Acl { acl, rule } => (acl, Some(rule.number), None, acl_rule(rule)),
        answer::Rule::Route { table, entry } => (table, None, None, route(entry)),
    };
    Rule { of: of.to_string(), number, position, text }
}

/// `allow tcp 5432 from lambda-sg (sg-0a)`.
pub(super) fn group_rule(store: &Store, rule: &GroupRule, egress: bool) -> String {
    let towards = if egress { "to" } else { "from" };
    let what = ports_of(&rule.protocol, &rule.traffic);
    format!("allow {what} {towards} {}", peer(store, &rule.peer))
}

/// The source or destination of a rule, for people.
pub(super) fn peer(store: &Store, peer: &Peer) -> String {
    let (name, id) = match peer {
        Peer::Cidr(net) => return net.to_string(),
        Peer::PrefixList(id, _) => (store.prefix_lists.name(id), id.to_string()),
        Peer::Group(reference) => {
            let group = store.security_groups.get(&reference.group);
            (group.map(|group| group.group_name.as_str()), reference.group.to_string())
        }
    };
    name.map_or(id.clone(), |name| format!("{name} ({id})"))
}

pub(super) fn acl_rule(rule: &AclRule) -> String {
    let action = if rule.allows { "allow" } else { "deny" };
    let number = if rule.number >= 32767 { "*".into() } else { rule.number.to_string() };
    format!("{number} {action} {} {}", ports_of(&rule.protocol, &rule.traffic), rule.cidr)
}

/// `0.0.0.0/0 → nat-01`.
pub(super) fn route(entry: &RouteEntry) -> String {
    let mut text = match &entry.list {
        Some(list) => format!("{list} ({})", entry.prefix),
        None => entry.prefix.to_string(),
    };
    let _ = write!(text, " → {}", target(&entry.target));
    if entry.blackhole {
        text.push_str(" (blackhole)");
    }
    text
}

fn target(target: &Target) -> String {
    match target {
        Target::Local => "local".into(),
        Target::Unknown => "an unknown target".into(),
        Target::Other { field, id } => format!("{field} {id}"),
        Target::Attachment(None) => "nothing".into(),
        _ => target.id().unwrap_or_default().into(),
    }
}

/// `tcp 5432`, `icmp`, `all traffic`: what a rule of this protocol is about.
fn ports_of(protocol: &str, traffic: &Traffic) -> String {
    match Protocol::parse(protocol) {
        Some(protocol) if protocol.has_ports() => ported(protocol, &traffic.ports(protocol)),
        Some(protocol) => protocol.to_string(),
        None => "all traffic".into(),
    }
}

fn ported(protocol: Protocol, ports: &PortSet) -> String {
    if ports.is_full() {
        format!("{protocol} all ports")
    } else {
        format!("{protocol} {}", ranges(ports))
    }
}

/// `80, 443, 1024-65535`; more than four ranges are counted.
pub(super) fn ranges(ports: &PortSet) -> String {
    let text = |(first, last): &(u16, u16)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    let all = ports.intervals();
    let shown: Vec<_> = all.iter().take(4).map(text).collect();
    let more = all.len().saturating_sub(shown.len());
    let shown = shown.join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more ranges") }
}

/// Traffic in one line.
pub(super) fn traffic(traffic: &Traffic) -> String {
    if *traffic == Traffic::full() {
        return "all traffic".into();
    }
    let other = match traffic.others.intervals() {
        [] => None,
        [(a, b)] if a == b => Some(format!("protocol {a}")),
        _ => Some("other protocols".into()),
    };
    let named = [Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol::ICMPV6];
    let named = named.map(|protocol| (protocol, traffic.ports(protocol)));
    let texts = named.iter().filter(|(_, set)| !set.is_empty()).map(|(protocol, set)| {
        if protocol.has_ports() { ported(*protocol, set) } else { message(*protocol, set) }
    });
    let texts: Vec<_> = texts.chain(other).collect();
    if texts.is_empty() { "nothing".into() } else { texts.join(", ") }
}

fn message(protocol: Protocol, messages: &PortSet) -> String {
    match messages.intervals() {
        [(first, last)] if first == last => match first >> 8 {
            8 | 128 => format!("{protocol} echo request"),
            0 | 129 => format!("{protocol} echo reply"),
            kind => format!("{protocol} type {kind} code {}", first & 0xff),
        },
        _ if messages.is_full() => protocol.to_string(),
        _ => format!("some {protocol}"),
    }
}

/// What was asked, for people.
pub(super) fn flow(flow: &Flow) -> super::why::Flow {
    let protocol = flow.protocol.map_or_else(|| "all".to_owned(), |protocol| protocol.to_string());
    let text = match (flow.protocol, flow.port) {
        (None, _) => "all traffic".to_owned(),
        (Some(protocol), Some(port)) if protocol.has_ports() => format!("{protocol} {port}"),
        (Some(protocol), None) if protocol.has_ports() => format!("{protocol}, any port"),
        _ => traffic(&flow.traffic()),
    };
    super::why::Flow { protocol, port: flow.port, text }
}
