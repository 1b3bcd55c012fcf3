//! Transit gateways ready for questions: which table an attachment uses, and each table's routes, the winner first
//! (rules TGW-2, TGW-3).

use ipnet::IpNet;

use super::{Map, Store};
use crate::model::ids::{TransitGatewayAttachmentId, TransitGatewayRouteTableId, VpcId};
use crate::model::transit_gateway::{RouteTableAttachment, TransitGatewayRoute};

/// The tables of all transit gateways.
#[derive(Clone, Debug, Default)]
pub struct Transit {
    associations: Map<TransitGatewayAttachmentId, Vec<TransitGatewayRouteTableId>>,
    tables: Map<TransitGatewayRouteTableId, TransitTable>,
}

/// The routes of one table.
#[derive(Clone, Debug, Default)]
pub struct TransitTable {
    /// Longest prefix first; of equal ones, the static before the propagated.
    pub routes: Vec<TransitRoute>,
    /// Whether every route is known.
    pub complete: bool,
}

/// One route of a transit gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitRoute {
    /// Destination.
    pub prefix: IpNet,
    /// Made by someone, not propagated.
    pub is_static: bool,
    /// Drops (rule TGW-4).
    pub blackhole: bool,
    /// Where to; of several (ECMP), the first.
    pub attachment: Option<TransitGatewayAttachmentId>,
    /// `vpc`, `vpn`, `peering`, ...
    pub resource_type: Option<String>,
    /// The VPC, VPN connection or transit gateway behind it.
    pub resource_id: Option<String>,
}

impl Transit {
    pub(super) fn build(store: &Store) -> Self {
        let mut transit = Self::default();
        transit.associate(store);
        transit.whole_tables(store);
        transit.derived_tables(store);
        for table in transit.tables.values_mut() {
            table.routes.sort_by_key(|route| {
                (std::cmp::Reverse(route.prefix.prefix_len()), !route.is_static)
            });
        }
        transit
    }

    /// The tables that an attachment is associated with: one per transit gateway that it is an attachment of.
    pub fn associations(
        &self,
        attachment: &TransitGatewayAttachmentId,
    ) -> &[TransitGatewayRouteTableId] {
        self.associations.get(attachment).map_or(&[], Vec::as_slice)
    }

    /// The routes of a table, if anything is known of them.
    pub fn table(&self, table: &TransitGatewayRouteTableId) -> Option<&TransitTable> {
        self.tables.get(table)
    }

    /// Both the tables and the attachments tell of associations; dumps have one or the other. A peering has one id in
    /// two regions, so the attachments are read as they came.
    fn associate(&mut self, store: &Store) {
        for table in &store.rest.transit_gateway_associations {
            for one in table.associations.iter().filter(|one| is_in_force(one)) {
                self.note(
                    &one.transit_gateway_attachment_id,
                    &table.transit_gateway_route_table_id,
                );
            }
        }
        let regions = store.source().regions.iter();
        for attachment in regions.flat_map(|region| &region.resources.transit_gateway_attachments) {
            let association = attachment.association.as_ref();
            let in_force = association.filter(|one| one.state.as_deref() != Some("disassociating"));
            let table = in_force.and_then(|one| one.transit_gateway_route_table_id.as_ref());
            if let Some(table) = table {
                self.note(&attachment.transit_gateway_attachment_id, table);
            }
        }
    }

    fn note(
        &mut self,
        attachment: &TransitGatewayAttachmentId,
        table: &TransitGatewayRouteTableId,
    ) {
        let tables = self.associations.entry(attachment.clone()).or_default();
        if !tables.contains(table) {
            tables.push(table.clone());
        }
    }

    fn whole_tables(&mut self, store: &Store) {
        for listed in &store.rest.transit_gateway_routes {
            let routes = listed.routes.iter().filter_map(route).collect();
            let table = TransitTable { routes, complete: true };
            self.tables.insert(listed.transit_gateway_route_table_id.clone(), table);
        }
    }

    /// Where the routes themselves were not asked for: the static ones, and what the propagating VPCs announce.
    fn derived_tables(&mut self, store: &Store) {
        let whole: Vec<_> = self.tables.keys().cloned().collect();
        let missing = |id: &TransitGatewayRouteTableId| !whole.contains(id);
        for listed in &store.rest.transit_gateway_static_routes {
            let id = &listed.transit_gateway_route_table_id;
            if missing(id) {
                let table = self.tables.entry(id.clone()).or_default();
                table.routes.extend(listed.routes.iter().filter_map(route));
            }
        }
        for listed in &store.rest.transit_gateway_propagations {
            let id = &listed.transit_gateway_route_table_id;
            if missing(id) {
                let table = self.tables.entry(id.clone()).or_default();
                table.complete = true;
                for one in listed
                    .transit_gateway_route_table_propagations
                    .iter()
                    .filter(|one| is_in_force(one))
                {
                    propagate(store, table, one);
                }
            }
        }
    }
}

/// A VPC announces its CIDRs; what others announce is not in this answer.
fn propagate(store: &Store, table: &mut TransitTable, from: &RouteTableAttachment) {
    let vpc = from.resource_id.as_deref().map(VpcId::from);
    let vpc = vpc.filter(|_| from.resource_type.as_deref() == Some("vpc"));
    let Some(vpc) = vpc.and_then(|id| store.vpcs.get(&id)) else {
        table.complete = false;
        return;
    };
    let cidrs = vpc.ipv4_cidrs().map(IpNet::V4).chain(vpc.ipv6_cidrs().map(IpNet::V6));
    table.routes.extend(cidrs.map(|prefix| TransitRoute {
        prefix,
        is_static: false,
        blackhole: false,
        attachment: Some(from.transit_gateway_attachment_id.clone()),
        resource_type: from.resource_type.clone(),
        resource_id: from.resource_id.clone(),
    }));
}

fn is_in_force(one: &RouteTableAttachment) -> bool {
    !matches!(
        one.state.as_deref(),
        Some("disabled" | "disabling" | "disassociated" | "disassociating")
    )
}

fn route(listed: &TransitGatewayRoute) -> Option<TransitRoute> {
    let to = listed.transit_gateway_attachments.first();
    let state = listed.state.as_deref();
    if matches!(state, Some("deleted" | "deleting")) {
        return None;
    }
    Some(TransitRoute {
        prefix: listed.destination_cidr_block?.trunc(),
        is_static: listed.route_type.as_deref() != Some("propagated"),
        blackhole: state == Some("blackhole"),
        attachment: to.map(|to| to.transit_gateway_attachment_id.clone()),
        resource_type: to.and_then(|to| to.resource_type.clone()),
        resource_id: to.and_then(|to| to.resource_id.clone()),
    })
}
