//! VPCs, subnets, DHCP options and Block Public Access.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, known_id, parsed, tags, text, try_each, word};
use crate::model::vpc::{
    AttributeValue, BlockPublicAccessExclusion, BlockPublicAccessOptions, BlockPublicAccessStates,
    CidrBlockAssociation, CidrBlockState, DhcpConfiguration, DhcpOptions, DhcpValue,
    Ipv6CidrBlockAssociation, Subnet, Vpc,
};

pub(in crate::loader) fn vpc(from: &ec2::Vpc) -> Result<Vpc, Unreadable> {
    Ok(Vpc {
        vpc_id: id(from.vpc_id()),
        cidr_block: parsed("CidrBlock", from.cidr_block())?,
        cidr_block_association_set: try_each(from.cidr_block_association_set.as_ref(), cidr)?,
        ipv6_cidr_block_association_set: try_each(
            from.ipv6_cidr_block_association_set.as_ref(),
            ipv6_cidr,
        )?,
        dhcp_options_id: known_id(from.dhcp_options_id()),
        instance_tenancy: word(from.instance_tenancy()),
        is_default: from.is_default().unwrap_or_default(),
        owner_id: known_id(from.owner_id()),
        state: word(from.state()),
        block_public_access_states: from.block_public_access_states().map(block_states),
        tags: tags(from.tags.as_ref()),
    })
}

fn cidr(from: &ec2::VpcCidrBlockAssociation) -> Result<CidrBlockAssociation, Unreadable> {
    Ok(CidrBlockAssociation {
        association_id: text(from.association_id()),
        cidr_block: parsed("CidrBlock", from.cidr_block())?,
        cidr_block_state: from
            .cidr_block_state()
            .map(|s| CidrBlockState { state: word(s.state()) }),
    })
}

fn ipv6_cidr(
    from: &ec2::VpcIpv6CidrBlockAssociation,
) -> Result<Ipv6CidrBlockAssociation, Unreadable> {
    let state = from.ipv6_cidr_block_state();
    Ok(Ipv6CidrBlockAssociation {
        association_id: text(from.association_id()),
        ipv6_cidr_block: parsed("Ipv6CidrBlock", from.ipv6_cidr_block())?,
        ipv6_cidr_block_state: state.map(|s| CidrBlockState { state: word(s.state()) }),
    })
}

fn block_states(from: &ec2::BlockPublicAccessStates) -> BlockPublicAccessStates {
    BlockPublicAccessStates {
        internet_gateway_block_mode: word(from.internet_gateway_block_mode()),
    }
}

pub(in crate::loader) fn subnet(from: &ec2::Subnet) -> Result<Subnet, Unreadable> {
    let ipv6 = from.ipv6_cidr_block_association_set.as_ref();
    let free = from.available_ip_address_count().and_then(|count| u32::try_from(count).ok());
    Ok(Subnet {
        subnet_id: id(from.subnet_id()),
        vpc_id: id(from.vpc_id()),
        cidr_block: parsed("CidrBlock", from.cidr_block())?,
        ipv6_cidr_block_association_set: try_each(ipv6, subnet_ipv6_cidr)?,
        availability_zone: known_id(from.availability_zone()),
        availability_zone_id: known_id(from.availability_zone_id()),
        available_ip_address_count: free,
        map_public_ip_on_launch: from.map_public_ip_on_launch(),
        assign_ipv6_address_on_creation: from.assign_ipv6_address_on_creation(),
        ipv6_native: from.ipv6_native(),
        enable_dns64: from.enable_dns64(),
        default_for_az: from.default_for_az(),
        owner_id: known_id(from.owner_id()),
        state: word(from.state()),
        subnet_arn: text(from.subnet_arn()),
        block_public_access_states: from.block_public_access_states().map(block_states),
        tags: tags(from.tags.as_ref()),
    })
}

fn subnet_ipv6_cidr(
    from: &ec2::SubnetIpv6CidrBlockAssociation,
) -> Result<Ipv6CidrBlockAssociation, Unreadable> {
    let state = from.ipv6_cidr_block_state();
    Ok(Ipv6CidrBlockAssociation {
        association_id: text(from.association_id()),
        ipv6_cidr_block: parsed("Ipv6CidrBlock", from.ipv6_cidr_block())?,
        ipv6_cidr_block_state: state.map(|s| CidrBlockState { state: word(s.state()) }),
    })
}

pub(in crate::loader) fn attribute(from: &ec2::AttributeBooleanValue) -> AttributeValue {
    AttributeValue { value: from.value() }
}

pub(in crate::loader) fn dhcp_options(from: &ec2::DhcpOptions) -> DhcpOptions {
    DhcpOptions {
        dhcp_options_id: id(from.dhcp_options_id()),
        dhcp_configurations: each(from.dhcp_configurations.as_ref(), dhcp_configuration),
        owner_id: known_id(from.owner_id()),
        tags: tags(from.tags.as_ref()),
    }
}

fn dhcp_configuration(from: &ec2::DhcpConfiguration) -> DhcpConfiguration {
    DhcpConfiguration {
        key: id(from.key()),
        values: each(from.values.as_ref(), |v| DhcpValue { value: id(v.value()) }),
    }
}

pub(in crate::loader) fn block_options(
    from: &ec2::VpcBlockPublicAccessOptions,
) -> BlockPublicAccessOptions {
    BlockPublicAccessOptions {
        aws_account_id: known_id(from.aws_account_id()),
        aws_region: text(from.aws_region()),
        internet_gateway_block_mode: word(from.internet_gateway_block_mode()),
        state: word(from.state()),
        exclusions_allowed: word(from.exclusions_allowed()),
    }
}

pub(in crate::loader) fn block_exclusion(
    from: &ec2::VpcBlockPublicAccessExclusion,
) -> BlockPublicAccessExclusion {
    BlockPublicAccessExclusion {
        exclusion_id: text(from.exclusion_id()),
        internet_gateway_exclusion_mode: word(from.internet_gateway_exclusion_mode()),
        resource_arn: text(from.resource_arn()),
        state: word(from.state()),
        tags: tags(from.tags.as_ref()),
    }
}
