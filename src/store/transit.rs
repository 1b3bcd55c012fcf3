//! Transit gateways ready for questions: which table an attachment uses, who is on the other side of a peering, and each
//! table's routes, the winner first (rules TGW-2, TGW-3, TGW-7).

use std::cmp::Reverse;

use ipnet::IpNet;

use super::{Map, Store};
use crate::model::ids::{
    TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, VpcId,
};
use crate::model::transit_gateway::{
    RouteTableAttachment, TransitGatewayPeeringAttachment, TransitGatewayRoute,
};

/// One gateway's side of an attachment: a peering has the same id on both.
type Side = (TransitGatewayId, TransitGatewayAttachmentId);

/// The tables and peerings of all transit gateways.
#[derive(Clone, Debug, Default)]
pub struct Transit {
    associations: Map<TransitGatewayAttachmentId, Vec<Association>>,
    peers: Map<Side, TransitPeer>,
    tables: Map<TransitGatewayRouteTableId, TransitTable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Association {
    /// Whose table it is, if that is known.
    gateway: Option<TransitGatewayId>,
    table: TransitGatewayRouteTableId,
}

/// The other side of a peering of two gateways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitPeer {
    /// The gateway there.
    pub gateway: TransitGatewayId,
    /// The attachment there.
    pub attachment: TransitGatewayAttachmentId,
    /// `available`, `pendingAcceptance`, ...
    pub state: Option<String>,
}

/// The routes of one table.
#[derive(Clone, Debug, Default)]
pub struct TransitTable {
    /// Longest prefix first; of equal ones, in the order of preference.
    pub routes: Vec<TransitRoute>,
    /// How much of it is known.
    pub told: RoutesTold,
    /// Put together from static routes and propagations.
    derived: bool,
}

/// How much is known of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoutesTold {
    /// Static routes or announcements were not asked for.
    #[default]
    Part,
    /// All but what some VPNs, Direct Connect gateways or VPCs out of sight announce.
    AllButAnnouncements,
    /// Every route.
    All,
}

/// One route of a transit gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitRoute {
    /// Destination.
    pub prefix: IpNet,
    /// Made by someone, not propagated.
    pub is_static: bool,
    /// Made by a reference to a prefix list.
    of_list: bool,
    /// Drops (rule TGW-4).
    pub blackhole: bool,
    /// Where to; of several (ECMP), the first.
    pub attachment: Option<TransitGatewayAttachmentId>,
    /// `vpc`, `vpn`, `peering`, ...
    pub resource_type: Option<String>,
    /// The VPC, VPN connection or transit gateway behind it; none where there are several (ECMP).
    pub resource_id: Option<String>,
}

/// What announces routes, in the order in which equal prefixes win; what is not listed comes last (rule TGW-3).
const ANNOUNCERS: [&str; 4] = ["vpc", "direct-connect-gateway", "connect", "vpn"];

impl TransitRoute {
    /// The smaller one wins among equal prefixes: static, of a prefix list, then by what announces it (rule TGW-3).
    fn rank(&self) -> (bool, bool, usize) {
        let kind = self.resource_type.as_deref();
        let place = ANNOUNCERS.iter().position(|one| Some(*one) == kind);
        (!self.is_static, self.of_list, place.unwrap_or(ANNOUNCERS.len()))
    }
}

impl TransitTable {
    /// Propagated routes of other attachments that overlap with this one. AWS propagates only the VPC that was attached
    /// first, and propagations do not tell which that was (rule TGW-6).
    pub fn rivals<'a>(&'a self, route: &'a TransitRoute) -> impl Iterator<Item = &'a TransitRoute> {
        let open = self.derived && !route.is_static;
        self.routes
            .iter()
            .filter(move |other| open && !other.is_static && other.attachment != route.attachment)
    }
}

impl Transit {
    pub(super) fn build(store: &Store) -> Self {
        let mut transit = Self::default();
        transit.associate(store);
        transit.join_peers(store);
        transit.whole_tables(store);
        transit.derived_tables(store);
        for table in transit.tables.values_mut() {
            table.routes.sort_by_key(|route| (Reverse(route.prefix.prefix_len()), route.rank()));
        }
        transit
    }

    /// The table that a gateway looks into for what comes from an attachment.
    pub fn association(
        &self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
    ) -> Option<&TransitGatewayRouteTableId> {
        let all = self.associations.get(attachment)?;
        let own = all.iter().find(|one| one.gateway.as_ref() == Some(gateway));
        let any = || all.iter().find(|one| one.gateway.is_none());
        own.or_else(any).map(|one| &one.table)
    }

    /// The other side of a peering, seen from a gateway.
    pub fn peer(
        &self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
    ) -> Option<&TransitPeer> {
        self.peers.get(&(gateway.clone(), attachment.clone()))
    }

    /// The routes of a table, if anything is known of them.
    pub fn table(&self, table: &TransitGatewayRouteTableId) -> Option<&TransitTable> {
        self.tables.get(table)
    }

    /// Both the tables and the attachments tell of associations; dumps have one or the other. A peering has one id in
    /// two regions, so the attachments are read as they came.
    fn associate(&mut self, store: &Store) {
        for listed in &store.rest.transit_gateway_associations {
            let table = &listed.transit_gateway_route_table_id;
            let owner = store.transit_gateway_route_tables.get(table);
            let gateway = owner.map(|table| table.transit_gateway_id.clone());
            for one in listed.associations.iter().filter(|one| is_in_force(one)) {
                self.note(&one.transit_gateway_attachment_id, gateway.clone(), table);
            }
        }
        let regions = store.source().regions.iter();
        for attachment in regions.flat_map(|region| &region.resources.transit_gateway_attachments) {
            let association = attachment.association.as_ref();
            let in_force = association.filter(|one| !is_over(one.state.as_deref()));
            let table = in_force.and_then(|one| one.transit_gateway_route_table_id.as_ref());
            if let Some(table) = table {
                let gateway = Some(attachment.transit_gateway_id.clone());
                self.note(&attachment.transit_gateway_attachment_id, gateway, table);
            }
        }
    }

    fn note(
        &mut self,
        attachment: &TransitGatewayAttachmentId,
        gateway: Option<TransitGatewayId>,
        table: &TransitGatewayRouteTableId,
    ) {
        let all = self.associations.entry(attachment.clone()).or_default();
        all.push(Association { gateway, table: table.clone() });
    }

    /// Peerings are told twice too: as such with both sides, and as an attachment of each.
    fn join_peers(&mut self, store: &Store) {
        let regions = store.source().regions.iter();
        for attachment in regions.flat_map(|region| &region.resources.transit_gateway_attachments) {
            let peering = attachment.resource_type.as_deref() == Some("peering");
            let Some(peer) = attachment.resource_id.as_deref().filter(|_| peering) else {
                continue;
            };
            let id = &attachment.transit_gateway_attachment_id;
            let side = (attachment.transit_gateway_id.clone(), id.clone());
            let peer = (TransitGatewayId::from(peer), id.clone());
            self.join(side, peer, attachment.state.as_deref());
        }
        for peering in &store.rest.transit_gateway_peering_attachments {
            let Some((requester, accepter)) = sides(peering) else { continue };
            let state = peering.state.as_deref();
            self.join(requester.clone(), accepter.clone(), state);
            self.join(accepter, requester, state);
        }
    }

    fn join(&mut self, side: Side, (gateway, attachment): Side, state: Option<&str>) {
        let state = state.map(str::to_owned);
        self.peers.insert(side, TransitPeer { gateway, attachment, state });
    }

    fn whole_tables(&mut self, store: &Store) {
        for listed in &store.rest.transit_gateway_routes {
            let routes = listed.routes.iter().filter_map(route).collect();
            let table = TransitTable { routes, told: RoutesTold::All, derived: false };
            self.tables.insert(listed.transit_gateway_route_table_id.clone(), table);
        }
    }

    /// Where the routes themselves were not asked for: the static ones, and what the propagating VPCs announce. Either
    /// alone is not everything.
    fn derived_tables(&mut self, store: &Store) {
        let mut derived: Map<TransitGatewayRouteTableId, Derived> = Map::default();
        for listed in &store.rest.transit_gateway_static_routes {
            let table = derived.entry(listed.transit_gateway_route_table_id.clone()).or_default();
            let routes = listed.routes.iter().filter_map(route);
            table.fixed.get_or_insert_default().extend(routes);
        }
        for listed in &store.rest.transit_gateway_propagations {
            let table = derived.entry(listed.transit_gateway_route_table_id.clone()).or_default();
            let all = listed.transit_gateway_route_table_propagations.iter();
            let announced = all.filter(|one| is_in_force(one)).map(|one| announced(store, one));
            table.announced.get_or_insert_default().extend(announced);
        }
        for (id, table) in derived {
            self.tables.entry(id).or_insert_with(|| table.into_table());
        }
    }
}

/// A table as its static routes and its propagations tell it; none where that was not asked.
#[derive(Default)]
struct Derived {
    fixed: Option<Vec<TransitRoute>>,
    /// Per propagation; none where it is not known what it announces.
    announced: Option<Vec<Option<Vec<TransitRoute>>>>,
}

impl Derived {
    fn into_table(self) -> TransitTable {
        let told = match (&self.fixed, &self.announced) {
            (Some(_), Some(all)) if all.iter().all(Option::is_some) => RoutesTold::All,
            (Some(_), Some(_)) => RoutesTold::AllButAnnouncements,
            _ => RoutesTold::Part,
        };
        let announced = self.announced.into_iter().flatten().flatten().flatten();
        let routes = self.fixed.into_iter().flatten().chain(announced).collect();
        TransitTable { routes, told, derived: true }
    }
}

/// What an attachment announces, if that is told.
fn announced(store: &Store, from: &RouteTableAttachment) -> Option<Vec<TransitRoute>> {
    let id = from.resource_id.as_deref()?;
    match from.resource_type.as_deref()? {
        "vpc" => announced_by_vpc(store, from, id),
        "vpn" => announces_nothing(store, id).then(Vec::new),
        _ => None,
    }
}

/// The tunnels count the routes that came in by BGP.
fn announces_nothing(store: &Store, vpn: &str) -> bool {
    let mut connections = store.rest.vpn_connections.iter();
    let connection = connections.find(|one| one.vpn_connection_id.as_str() == vpn);
    let tunnels = connection.map(|one| &one.vgw_telemetry[..]).unwrap_or_default();
    !tunnels.is_empty() && tunnels.iter().all(|tunnel| tunnel.accepted_route_count == Some(0))
}

/// A VPC announces its CIDRs, those of IPv6 where the attachment carries it.
fn announced_by_vpc(
    store: &Store,
    from: &RouteTableAttachment,
    id: &str,
) -> Option<Vec<TransitRoute>> {
    let vpc = store.vpcs.get(&VpcId::from(id))?;
    let attachment = store.transit_gateway_vpc_attachments.get(&from.transit_gateway_attachment_id);
    let options = attachment.and_then(|one| one.options.as_ref());
    let v6 = options.and_then(|options| options.ipv6_support.as_deref()) != Some("disable");
    let v6_cidrs = vpc.ipv6_cidrs().map(IpNet::V6).filter(|_| v6);
    let cidrs = vpc.ipv4_cidrs().map(IpNet::V4).chain(v6_cidrs);
    let routes = cidrs.map(|prefix| TransitRoute {
        prefix,
        is_static: false,
        of_list: false,
        blackhole: false,
        attachment: Some(from.transit_gateway_attachment_id.clone()),
        resource_type: from.resource_type.clone(),
        resource_id: from.resource_id.clone(),
    });
    Some(routes.collect())
}

fn sides(peering: &TransitGatewayPeeringAttachment) -> Option<(Side, Side)> {
    let requester = peering.requester_tgw_info.as_ref()?.transit_gateway_id.clone()?;
    let accepter = peering.accepter_tgw_info.as_ref()?.transit_gateway_id.clone()?;
    let id = &peering.transit_gateway_attachment_id;
    let there = peering.accepter_transit_gateway_attachment_id.as_ref().unwrap_or(id);
    Some(((requester, id.clone()), (accepter, there.clone())))
}

fn is_in_force(one: &RouteTableAttachment) -> bool {
    !is_over(one.state.as_deref())
}

fn is_over(state: Option<&str>) -> bool {
    matches!(state, Some("disabled" | "disabling" | "disassociated" | "disassociating"))
}

fn route(listed: &TransitGatewayRoute) -> Option<TransitRoute> {
    let to = listed.transit_gateway_attachments.first();
    let only = to.filter(|_| listed.transit_gateway_attachments.len() == 1);
    let state = listed.state.as_deref();
    if matches!(state, Some("deleted" | "deleting")) {
        return None;
    }
    Some(TransitRoute {
        prefix: listed.destination_cidr_block?.trunc(),
        is_static: listed.route_type.as_deref() != Some("propagated"),
        of_list: listed.prefix_list_id.is_some(),
        blackhole: state == Some("blackhole"),
        attachment: to.map(|to| to.transit_gateway_attachment_id.clone()),
        resource_type: to.and_then(|to| to.resource_type.clone()),
        resource_id: only.and_then(|to| to.resource_id.clone()),
    })
}
