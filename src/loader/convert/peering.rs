//! VPC peering connections.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, id, known_id, parsed, tags, text, try_each, word};
use crate::model::peering::{
    PeeringCidr, PeeringIpv6Cidr, PeeringOptions, PeeringStatus, PeeringVpcInfo,
    VpcPeeringConnection,
};

pub(in crate::loader) fn peering(
    from: &ec2::VpcPeeringConnection,
) -> Result<VpcPeeringConnection, Unreadable> {
    Ok(VpcPeeringConnection {
        vpc_peering_connection_id: id(from.vpc_peering_connection_id()),
        requester_vpc_info: from.requester_vpc_info().map(side).transpose()?,
        accepter_vpc_info: from.accepter_vpc_info().map(side).transpose()?,
        status: from.status().map(status),
        tags: tags(from.tags.as_ref()),
    })
}

fn side(from: &ec2::VpcPeeringConnectionVpcInfo) -> Result<PeeringVpcInfo, Unreadable> {
    Ok(PeeringVpcInfo {
        vpc_id: known_id(from.vpc_id()),
        owner_id: known_id(from.owner_id()),
        region: known_id(from.region()),
        cidr_block: parsed("CidrBlock", from.cidr_block())?,
        cidr_block_set: try_each(from.cidr_block_set.as_ref(), cidr)?,
        ipv6_cidr_block_set: try_each(from.ipv6_cidr_block_set.as_ref(), ipv6_cidr)?,
        peering_options: from.peering_options.as_ref().map(options),
    })
}

fn cidr(from: &ec2::CidrBlock) -> Result<PeeringCidr, Unreadable> {
    Ok(PeeringCidr { cidr_block: parsed("CidrBlock", from.cidr_block())? })
}

fn ipv6_cidr(from: &ec2::Ipv6CidrBlock) -> Result<PeeringIpv6Cidr, Unreadable> {
    Ok(PeeringIpv6Cidr { ipv6_cidr_block: parsed("Ipv6CidrBlock", from.ipv6_cidr_block())? })
}

fn options(from: &ec2::VpcPeeringConnectionOptionsDescription) -> PeeringOptions {
    PeeringOptions {
        allow_dns_resolution_from_remote_vpc: from.allow_dns_resolution_from_remote_vpc(),
    }
}

fn status(from: &ec2::VpcPeeringConnectionStateReason) -> PeeringStatus {
    PeeringStatus { code: word(from.code()), message: text(from.message()) }
}
