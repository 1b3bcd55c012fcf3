//! What lets packets through: security groups and network ACLs.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, known_id, parsed, tags, text, try_each, word};
use crate::model::network_acl::{
    IcmpTypeCode, NetworkAcl, NetworkAclAssociation, NetworkAclEntry, PortRange,
};
use crate::model::security_group::{
    IpPermission, IpRange, Ipv6Range, PrefixListRef, SecurityGroup, SecurityGroupReference,
    SecurityGroupVpcAssociation, StaleIpPermission, StaleSecurityGroup, UserIdGroupPair,
};

pub(in crate::loader) fn security_group(
    from: &ec2::SecurityGroup,
) -> Result<SecurityGroup, Unreadable> {
    Ok(SecurityGroup {
        group_id: id(from.group_id()),
        group_name: id(from.group_name()),
        description: text(from.description()),
        vpc_id: known_id(from.vpc_id()),
        owner_id: known_id(from.owner_id()),
        ip_permissions: try_each(from.ip_permissions.as_ref(), permission)?,
        ip_permissions_egress: try_each(from.ip_permissions_egress.as_ref(), permission)?,
        tags: tags(from.tags.as_ref()),
    })
}

fn permission(from: &ec2::IpPermission) -> Result<IpPermission, Unreadable> {
    Ok(IpPermission {
        ip_protocol: id(from.ip_protocol()),
        from_port: from.from_port(),
        to_port: from.to_port(),
        ip_ranges: try_each(from.ip_ranges.as_ref(), ip_range)?,
        ipv6_ranges: try_each(from.ipv6_ranges.as_ref(), ipv6_range)?,
        prefix_list_ids: each(from.prefix_list_ids.as_ref(), |list| PrefixListRef {
            prefix_list_id: id(list.prefix_list_id()),
            description: text(list.description()),
        }),
        user_id_group_pairs: each(from.user_id_group_pairs.as_ref(), group_pair),
    })
}

fn ip_range(from: &ec2::IpRange) -> Result<IpRange, Unreadable> {
    Ok(IpRange {
        cidr_ip: parsed("CidrIp", from.cidr_ip())?,
        description: text(from.description()),
    })
}

fn ipv6_range(from: &ec2::Ipv6Range) -> Result<Ipv6Range, Unreadable> {
    Ok(Ipv6Range {
        cidr_ipv6: parsed("CidrIpv6", from.cidr_ipv6())?,
        description: text(from.description()),
    })
}

fn group_pair(from: &ec2::UserIdGroupPair) -> UserIdGroupPair {
    UserIdGroupPair {
        group_id: known_id(from.group_id()),
        group_name: text(from.group_name()),
        user_id: known_id(from.user_id()),
        vpc_id: known_id(from.vpc_id()),
        vpc_peering_connection_id: known_id(from.vpc_peering_connection_id()),
        peering_status: text(from.peering_status()),
        description: text(from.description()),
    }
}

pub(in crate::loader) fn group_association(
    from: &ec2::SecurityGroupVpcAssociation,
) -> SecurityGroupVpcAssociation {
    SecurityGroupVpcAssociation {
        group_id: id(from.group_id()),
        vpc_id: id(from.vpc_id()),
        vpc_owner_id: known_id(from.vpc_owner_id()),
        group_owner_id: known_id(from.group_owner_id()),
        state: word(from.state()),
    }
}

pub(in crate::loader) fn group_reference(
    from: &ec2::SecurityGroupReference,
) -> SecurityGroupReference {
    SecurityGroupReference {
        group_id: id(from.group_id()),
        referencing_vpc_id: id(from.referencing_vpc_id()),
        vpc_peering_connection_id: known_id(from.vpc_peering_connection_id()),
        transit_gateway_id: known_id(from.transit_gateway_id()),
    }
}

pub(in crate::loader) fn stale_group(from: &ec2::StaleSecurityGroup) -> StaleSecurityGroup {
    StaleSecurityGroup {
        group_id: id(from.group_id()),
        group_name: text(from.group_name()),
        vpc_id: known_id(from.vpc_id()),
        stale_ip_permissions: each(from.stale_ip_permissions.as_ref(), stale_permission),
        stale_ip_permissions_egress: each(
            from.stale_ip_permissions_egress.as_ref(),
            stale_permission,
        ),
    }
}

/// Ranges and lists are bare text here, unlike in the group itself.
fn stale_permission(from: &ec2::StaleIpPermission) -> StaleIpPermission {
    StaleIpPermission {
        ip_protocol: id(from.ip_protocol()),
        from_port: from.from_port(),
        to_port: from.to_port(),
        ip_ranges: from.ip_ranges().to_vec(),
        prefix_list_ids: each(from.prefix_list_ids.as_ref(), |list| list.as_str().into()),
        user_id_group_pairs: each(from.user_id_group_pairs.as_ref(), group_pair),
    }
}

pub(in crate::loader) fn network_acl(from: &ec2::NetworkAcl) -> Result<NetworkAcl, Unreadable> {
    Ok(NetworkAcl {
        network_acl_id: id(from.network_acl_id()),
        vpc_id: id(from.vpc_id()),
        is_default: from.is_default().unwrap_or_default(),
        associations: each(from.associations.as_ref(), |a| NetworkAclAssociation {
            network_acl_association_id: text(a.network_acl_association_id()),
            network_acl_id: known_id(a.network_acl_id()),
            subnet_id: known_id(a.subnet_id()),
        }),
        entries: try_each(from.entries.as_ref(), acl_entry)?,
        owner_id: known_id(from.owner_id()),
        tags: tags(from.tags.as_ref()),
    })
}

fn acl_entry(from: &ec2::NetworkAclEntry) -> Result<NetworkAclEntry, Unreadable> {
    let number = from.rule_number().and_then(|number| u32::try_from(number).ok());
    Ok(NetworkAclEntry {
        rule_number: number.unwrap_or_default(),
        egress: from.egress(),
        protocol: id(from.protocol()),
        rule_action: word(from.rule_action()).unwrap_or_default(),
        cidr_block: parsed("CidrBlock", from.cidr_block())?,
        ipv6_cidr_block: parsed("Ipv6CidrBlock", from.ipv6_cidr_block())?,
        port_range: from.port_range().map(|range| PortRange { from: range.from, to: range.to }),
        icmp_type_code: from
            .icmp_type_code()
            .map(|icmp| IcmpTypeCode { icmp_type: icmp.r#type, code: icmp.code }),
    })
}
