//! Network interfaces.

use std::sync::Arc;

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, known_id, parsed, tags, text, try_each, word};
use crate::model::interface::{
    GroupIdentifier, InterfaceAttachment, Ipv4Prefix, Ipv6Address, Ipv6Prefix, NetworkInterface,
    Operator, PrivateIpAddress, PublicAssociation,
};

pub(in crate::loader) fn interface(
    from: &ec2::NetworkInterface,
) -> Result<Arc<NetworkInterface>, Unreadable> {
    Ok(Arc::new(NetworkInterface {
        network_interface_id: id(from.network_interface_id()),
        subnet_id: known_id(from.subnet_id()),
        vpc_id: known_id(from.vpc_id()),
        availability_zone: known_id(from.availability_zone()),
        description: text(from.description()),
        interface_type: word(from.interface_type()),
        groups: from.groups.as_ref().map(|groups| each(Some(groups), group)),
        private_ip_address: parsed("PrivateIpAddress", from.private_ip_address())?,
        private_ip_addresses: try_each(from.private_ip_addresses.as_ref(), private_address)?,
        ipv6_addresses: try_each(from.ipv6_addresses.as_ref(), ipv6_address)?,
        ipv4_prefixes: try_each(from.ipv4_prefixes.as_ref(), ipv4_prefix)?,
        ipv6_prefixes: try_each(from.ipv6_prefixes.as_ref(), ipv6_prefix)?,
        private_dns_name: known_id(from.private_dns_name()),
        mac_address: text(from.mac_address()),
        association: from.association().map(association).transpose()?.map(Box::new),
        attachment: from.attachment().map(attachment),
        requester_id: text(from.requester_id()),
        requester_managed: from.requester_managed(),
        operator: from.operator().map(operator),
        source_dest_check: from.source_dest_check(),
        deny_all_igw_traffic: from.deny_all_igw_traffic(),
        owner_id: known_id(from.owner_id()),
        status: word(from.status()),
        tag_set: tags(from.tag_set.as_ref()),
    }))
}

pub(super) fn group(from: &ec2::GroupIdentifier) -> GroupIdentifier {
    GroupIdentifier { group_id: id(from.group_id()), group_name: text(from.group_name()) }
}

fn private_address(
    from: &ec2::NetworkInterfacePrivateIpAddress,
) -> Result<PrivateIpAddress, Unreadable> {
    Ok(PrivateIpAddress {
        primary: from.primary().unwrap_or_default(),
        private_ip_address: parsed("PrivateIpAddress", from.private_ip_address())?,
        private_dns_name: known_id(from.private_dns_name()),
        association: from.association().map(association).transpose()?.map(Box::new),
    })
}

fn ipv6_address(from: &ec2::NetworkInterfaceIpv6Address) -> Result<Ipv6Address, Unreadable> {
    Ok(Ipv6Address {
        ipv6_address: parsed("Ipv6Address", from.ipv6_address())?,
        is_primary_ipv6: from.is_primary_ipv6(),
    })
}

fn ipv4_prefix(from: &ec2::Ipv4PrefixSpecification) -> Result<Ipv4Prefix, Unreadable> {
    Ok(Ipv4Prefix { ipv4_prefix: parsed("Ipv4Prefix", from.ipv4_prefix())? })
}

fn ipv6_prefix(from: &ec2::Ipv6PrefixSpecification) -> Result<Ipv6Prefix, Unreadable> {
    Ok(Ipv6Prefix { ipv6_prefix: parsed("Ipv6Prefix", from.ipv6_prefix())? })
}

fn association(from: &ec2::NetworkInterfaceAssociation) -> Result<PublicAssociation, Unreadable> {
    Ok(PublicAssociation {
        public_ip: parsed("PublicIp", from.public_ip())?,
        public_dns_name: known_id(from.public_dns_name()),
        ip_owner_id: text(from.ip_owner_id()),
        allocation_id: known_id(from.allocation_id()),
        association_id: text(from.association_id()),
        carrier_ip: parsed("CarrierIp", from.carrier_ip())?,
    })
}

fn attachment(from: &ec2::NetworkInterfaceAttachment) -> InterfaceAttachment {
    InterfaceAttachment {
        attachment_id: text(from.attachment_id()),
        device_index: from.device_index(),
        network_card_index: from.network_card_index(),
        instance_id: known_id(from.instance_id()),
        instance_owner_id: text(from.instance_owner_id()),
        status: word(from.status()),
        delete_on_termination: from.delete_on_termination(),
    }
}

fn operator(from: &ec2::OperatorResponse) -> Operator {
    Operator { managed: from.managed(), principal: text(from.principal()) }
}
