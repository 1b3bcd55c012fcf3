//! Changes between VPCs, made in a copy of the data.

use ipnet::IpNet;

use super::change::Link;
use crate::model::dump::Dump;
use crate::model::ids::{TransitGatewayAttachmentId, TransitGatewayRouteTableId};
use crate::model::peering::PeeringStatus;
use crate::model::transit_gateway::{
    RouteAttachment, TransitGatewayRoute, TransitGatewayVpcAttachment,
};

impl Link {
    /// Makes this change.
    pub(super) fn edit(&self, dump: &mut Dump) {
        match self {
            Self::AcceptPeering { peering } => {
                let regions = dump.regions.iter_mut();
                let peerings = regions.flat_map(|one| &mut one.resources.vpc_peering_connections);
                let active = PeeringStatus { code: Some("active".into()), message: None };
                peerings
                    .filter(|one| one.vpc_peering_connection_id == *peering)
                    .for_each(|one| one.status = Some(active.clone()));
            }
            Self::TransitSubnet { attachment, subnet } => {
                change(dump, attachment, |one| one.subnet_ids.push(subnet.clone()));
            }
            Self::TransitRoute { table, destination, attachment } => {
                transit_route(dump, table, *destination, attachment);
            }
            Self::TransitReferences { attachment } => change(dump, attachment, |one| {
                let options = one.options.get_or_insert_default();
                options.security_group_referencing_support = Some("enable".into());
            }),
        }
    }
}

fn change(
    dump: &mut Dump,
    id: &TransitGatewayAttachmentId,
    edit: impl Fn(&mut TransitGatewayVpcAttachment),
) {
    let regions = dump.regions.iter_mut();
    let attachments = regions.flat_map(|one| &mut one.resources.transit_gateway_vpc_attachments);
    attachments.filter(|one| one.transit_gateway_attachment_id == *id).for_each(edit);
}

/// A static route, in whichever of the two forms the dump tells them.
fn transit_route(
    dump: &mut Dump,
    table: &TransitGatewayRouteTableId,
    destination: IpNet,
    attachment: &TransitGatewayAttachmentId,
) {
    let route = TransitGatewayRoute {
        destination_cidr_block: Some(destination),
        route_type: Some("static".into()),
        state: Some("active".into()),
        transit_gateway_attachments: vec![RouteAttachment {
            transit_gateway_attachment_id: attachment.clone(),
            resource_id: None,
            resource_type: Some("peering".into()),
        }],
        ..TransitGatewayRoute::default()
    };
    for resources in dump.regions.iter_mut().map(|region| &mut region.resources) {
        let all = resources.transit_gateway_routes.iter_mut();
        let told = all.chain(&mut resources.transit_gateway_static_routes);
        told.filter(|one| one.transit_gateway_route_table_id == *table)
            .for_each(|one| one.routes.push(route.clone()));
    }
}
