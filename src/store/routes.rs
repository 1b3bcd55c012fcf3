//! Route tables ready for questions: prefixes with their targets, the winner first (rules RT-2, RT-8).

use std::net::IpAddr;

use ipnet::IpNet;

use crate::model::ids::PrefixListId;
use crate::model::route_table::{Route, RouteOrigin, RouteState, RouteTable};

/// The routes of one table, longest prefix first, then by rule RT-2.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    entries: Vec<RouteEntry>,
    /// Prefix lists of routes whose addresses are not known, and where they lead.
    pub unknown_lists: Vec<(PrefixListId, Target)>,
    /// Whether every route tells its destination; else there is no telling which one wins.
    pub is_whole: bool,
}

/// One prefix and where its packets go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteEntry {
    /// Destination.
    pub prefix: IpNet,
    /// The list that the prefix comes from.
    pub list: Option<PrefixListId>,
    /// Where to.
    pub target: Target,
    /// The target is gone: packets are dropped (rule RT-4).
    pub blackhole: bool,
    /// Propagated by a gateway, not made by someone.
    pub propagated: bool,
}

/// The next hop of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Inside the VPC.
    Local,
    /// Internet gateway.
    InternetGateway(String),
    /// Egress-only internet gateway.
    EgressOnlyInternetGateway(String),
    /// NAT gateway.
    NatGateway(String),
    /// VPC peering connection.
    Peering(String),
    /// Transit gateway.
    TransitGateway(String),
    /// Virtual private gateway.
    VpnGateway(String),
    /// VPC endpoint: gateway or gateway-load-balancer.
    Endpoint(String),
    /// Interface: NAT instance, firewall. The instance is the fallback where AWS tells it alone.
    Interface {
        /// Interface, if told.
        interface: Option<String>,
        /// Instance, if told.
        instance: Option<String>,
    },
    /// Attachment of a transit gateway, none where the route drops: in the gateway's own tables only.
    Attachment(Option<String>),
    /// A kind of target that is not modelled; its field and id.
    Other {
        /// AWS's field, such as `CoreNetworkArn`.
        field: &'static str,
        /// The id in it.
        id: String,
    },
    /// No target field that this version knows (rule RT-8).
    Unknown,
}

impl Target {
    /// AWS's id, as far as it has one: of an interface rather than of the instance that it belongs to.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::InternetGateway(id)
            | Self::EgressOnlyInternetGateway(id)
            | Self::NatGateway(id)
            | Self::Peering(id)
            | Self::TransitGateway(id)
            | Self::VpnGateway(id)
            | Self::Endpoint(id)
            | Self::Other { id, .. } => Some(id),
            Self::Interface { interface, instance } => interface.as_deref().or(instance.as_deref()),
            Self::Attachment(id) => id.as_deref(),
            Self::Local | Self::Unknown => None,
        }
    }

    /// The id that people know it by: of an instance rather than of its interface.
    pub fn known_as(&self) -> Option<&str> {
        match self {
            Self::Interface { instance: Some(instance), .. } => Some(instance),
            _ => self.id(),
        }
    }
}

impl Routes {
    /// Reads a table. `prefixes` tells the addresses of a prefix list.
    pub fn read(
        table: &RouteTable,
        prefixes: &impl Fn(&PrefixListId) -> Option<Vec<IpNet>>,
    ) -> Self {
        let is_whole = table.routes.iter().all(has_destination);
        let mut routes = Self { is_whole, ..Self::default() };
        for route in &table.routes {
            routes.add(route, prefixes);
        }
        routes.entries.sort_by_key(|entry| {
            let length = u16::from(entry.prefix.prefix_len());
            (std::cmp::Reverse(length), entry.propagated, entry.list.is_some())
        });
        routes
    }

    /// Every route, the winner of each prefix first.
    pub fn entries(&self) -> &[RouteEntry] {
        &self.entries
    }

    /// The route that decides where packets for `address` go (rule RT-2).
    pub fn lookup(&self, address: IpAddr) -> Option<&RouteEntry> {
        self.entries.iter().find(|entry| entry.prefix.contains(&address))
    }

    fn add(&mut self, route: &Route, prefixes: &impl Fn(&PrefixListId) -> Option<Vec<IpNet>>) {
        let entry = |prefix: IpNet, list: Option<PrefixListId>| RouteEntry {
            prefix: prefix.trunc(),
            list,
            target: if is_in_use(&route.state) { target(route) } else { Target::Unknown },
            blackhole: route.state == RouteState::Blackhole,
            propagated: propagated(&route.origin),
        };
        if let Some(list) = &route.destination_prefix_list_id {
            match prefixes(list) {
                Some(members) => {
                    let members = members.into_iter();
                    self.entries.extend(members.map(|prefix| entry(prefix, Some(list.clone()))));
                }
                None => self.unknown_lists.push((list.clone(), target(route))),
            }
        }
        let v4 = route.destination_cidr_block.map(IpNet::V4);
        let v6 = route.destination_ipv6_cidr_block.map(IpNet::V6);
        self.entries.extend(v4.into_iter().chain(v6).map(|prefix| entry(prefix, None)));
    }
}

/// What a state that this version does not know means for packets, nothing tells (rule RT-8).
fn is_in_use(state: &RouteState) -> bool {
    match state {
        RouteState::Active | RouteState::Blackhole => true,
        RouteState::Filtered => false,
        RouteState::Other(text) => text.is_empty(),
    }
}

fn has_destination(route: &Route) -> bool {
    route.destination_cidr_block.is_some()
        || route.destination_ipv6_cidr_block.is_some()
        || route.destination_prefix_list_id.is_some()
}

fn propagated(origin: &RouteOrigin) -> bool {
    matches!(origin, RouteOrigin::EnableVgwRoutePropagation | RouteOrigin::Advertisement)
}

/// The one target field that is set. A NAT instance's route has an interface and an instance.
fn target(route: &Route) -> Target {
    let interface = route.network_interface_id.as_ref().map(ToString::to_string);
    let instance = route.instance_id.as_ref().map(ToString::to_string);
    if interface.is_some() || instance.is_some() {
        return Target::Interface { interface, instance };
    }
    gateway(route)
        .or_else(|| Some(Target::NatGateway(route.nat_gateway_id.as_ref()?.to_string())))
        .or_else(|| Some(Target::Peering(route.vpc_peering_connection_id.as_ref()?.to_string())))
        .or_else(|| Some(Target::TransitGateway(route.transit_gateway_id.as_ref()?.to_string())))
        .or_else(|| {
            let id = route.egress_only_internet_gateway_id.as_ref()?;
            Some(Target::EgressOnlyInternetGateway(id.to_string()))
        })
        .or_else(|| unmodelled(route))
        .unwrap_or(Target::Unknown)
}

/// `GatewayId` holds targets of several kinds, told apart by their ids.
fn gateway(route: &Route) -> Option<Target> {
    let id = route.gateway_id.as_deref()?;
    let kind = id.split('-').next().unwrap_or_default();
    Some(match kind {
        "local" => Target::Local,
        "igw" => Target::InternetGateway(id.into()),
        "vgw" => Target::VpnGateway(id.into()),
        "vpce" => Target::Endpoint(id.into()),
        "eigw" => Target::EgressOnlyInternetGateway(id.into()),
        _ => Target::Other { field: "GatewayId", id: id.into() },
    })
}

fn unmodelled(route: &Route) -> Option<Target> {
    let fields = [
        ("LocalGatewayId", &route.local_gateway_id),
        ("CarrierGatewayId", &route.carrier_gateway_id),
        ("CoreNetworkArn", &route.core_network_arn),
        ("OdbNetworkArn", &route.odb_network_arn),
        ("IpAddress", &route.ip_address),
    ];
    let set = fields.into_iter().find_map(|(field, id)| Some((field, id.clone()?)));
    set.map(|(field, id)| Target::Other { field, id })
}
