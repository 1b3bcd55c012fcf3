//! Transit gateways, their attachments and tables.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, ids, known_id, parsed, tags, text, word};
use crate::model::transit_gateway::{
    AttachmentAssociation, PeeringTgwInfo, RouteAttachment, RouteTableAttachment, TransitGateway,
    TransitGatewayAttachment, TransitGatewayOptions, TransitGatewayPeeringAttachment,
    TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayVpcAttachment,
    VpcAttachmentOptions,
};

pub(in crate::loader) fn gateway(from: &ec2::TransitGateway) -> TransitGateway {
    TransitGateway {
        transit_gateway_id: id(from.transit_gateway_id()),
        transit_gateway_arn: text(from.transit_gateway_arn()),
        owner_id: known_id(from.owner_id()),
        state: word(from.state()),
        description: text(from.description()),
        options: from.options().map(options),
        tags: tags(from.tags.as_ref()),
    }
}

fn options(from: &ec2::TransitGatewayOptions) -> TransitGatewayOptions {
    TransitGatewayOptions {
        association_default_route_table_id: known_id(from.association_default_route_table_id()),
        propagation_default_route_table_id: known_id(from.propagation_default_route_table_id()),
        default_route_table_association: word(from.default_route_table_association()),
        default_route_table_propagation: word(from.default_route_table_propagation()),
        security_group_referencing_support: word(from.security_group_referencing_support()),
        dns_support: word(from.dns_support()),
        amazon_side_asn: from.amazon_side_asn(),
    }
}

pub(in crate::loader) fn attachment(
    from: &ec2::TransitGatewayAttachment,
) -> TransitGatewayAttachment {
    TransitGatewayAttachment {
        transit_gateway_attachment_id: id(from.transit_gateway_attachment_id()),
        transit_gateway_id: id(from.transit_gateway_id()),
        transit_gateway_owner_id: known_id(from.transit_gateway_owner_id()),
        resource_type: word(from.resource_type()),
        resource_id: text(from.resource_id()),
        resource_owner_id: known_id(from.resource_owner_id()),
        state: word(from.state()),
        association: from.association().map(|association| AttachmentAssociation {
            transit_gateway_route_table_id: known_id(association.transit_gateway_route_table_id()),
            state: word(association.state()),
        }),
        tags: tags(from.tags.as_ref()),
    }
}

pub(in crate::loader) fn vpc_attachment(
    from: &ec2::TransitGatewayVpcAttachment,
) -> TransitGatewayVpcAttachment {
    TransitGatewayVpcAttachment {
        transit_gateway_attachment_id: id(from.transit_gateway_attachment_id()),
        transit_gateway_id: id(from.transit_gateway_id()),
        vpc_id: id(from.vpc_id()),
        vpc_owner_id: known_id(from.vpc_owner_id()),
        subnet_ids: ids(from.subnet_ids.as_ref()),
        state: word(from.state()),
        options: from.options().map(vpc_attachment_options),
        tags: tags(from.tags.as_ref()),
    }
}

fn vpc_attachment_options(from: &ec2::TransitGatewayVpcAttachmentOptions) -> VpcAttachmentOptions {
    VpcAttachmentOptions {
        appliance_mode_support: word(from.appliance_mode_support()),
        dns_support: word(from.dns_support()),
        ipv6_support: word(from.ipv6_support()),
        security_group_referencing_support: word(from.security_group_referencing_support()),
    }
}

pub(in crate::loader) fn peering_attachment(
    from: &ec2::TransitGatewayPeeringAttachment,
) -> TransitGatewayPeeringAttachment {
    let accepter = from.accepter_transit_gateway_attachment_id();
    TransitGatewayPeeringAttachment {
        transit_gateway_attachment_id: id(from.transit_gateway_attachment_id()),
        accepter_transit_gateway_attachment_id: known_id(accepter),
        requester_tgw_info: from.requester_tgw_info().map(peering_side),
        accepter_tgw_info: from.accepter_tgw_info().map(peering_side),
        state: word(from.state()),
        tags: tags(from.tags.as_ref()),
    }
}

fn peering_side(from: &ec2::PeeringTgwInfo) -> PeeringTgwInfo {
    PeeringTgwInfo {
        transit_gateway_id: known_id(from.transit_gateway_id()),
        owner_id: known_id(from.owner_id()),
        region: known_id(from.region()),
    }
}

pub(in crate::loader) fn route_table(
    from: &ec2::TransitGatewayRouteTable,
) -> TransitGatewayRouteTable {
    TransitGatewayRouteTable {
        transit_gateway_route_table_id: id(from.transit_gateway_route_table_id()),
        transit_gateway_id: id(from.transit_gateway_id()),
        default_association_route_table: from.default_association_route_table(),
        default_propagation_route_table: from.default_propagation_route_table(),
        state: word(from.state()),
        tags: tags(from.tags.as_ref()),
    }
}

pub(in crate::loader) fn association(
    from: &ec2::TransitGatewayRouteTableAssociation,
) -> RouteTableAttachment {
    RouteTableAttachment {
        transit_gateway_attachment_id: id(from.transit_gateway_attachment_id()),
        resource_id: text(from.resource_id()),
        resource_type: word(from.resource_type()),
        state: word(from.state()),
    }
}

pub(in crate::loader) fn propagation(
    from: &ec2::TransitGatewayRouteTablePropagation,
) -> RouteTableAttachment {
    RouteTableAttachment {
        transit_gateway_attachment_id: id(from.transit_gateway_attachment_id()),
        resource_id: text(from.resource_id()),
        resource_type: word(from.resource_type()),
        state: word(from.state()),
    }
}

pub(in crate::loader) fn route(
    from: &ec2::TransitGatewayRoute,
) -> Result<TransitGatewayRoute, Unreadable> {
    Ok(TransitGatewayRoute {
        destination_cidr_block: parsed("DestinationCidrBlock", from.destination_cidr_block())?,
        prefix_list_id: known_id(from.prefix_list_id()),
        route_type: word(from.r#type()),
        state: word(from.state()),
        transit_gateway_attachments: each(
            from.transit_gateway_attachments.as_ref(),
            |attachment| RouteAttachment {
                transit_gateway_attachment_id: id(attachment.transit_gateway_attachment_id()),
                resource_id: text(attachment.resource_id()),
                resource_type: word(attachment.resource_type()),
            },
        ),
    })
}
