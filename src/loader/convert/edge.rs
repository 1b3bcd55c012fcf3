//! Gateways at the edge of a VPC, and its private ways out: internet, NAT, endpoints.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, ids, known_id, open, parsed, tags, text, try_each, word};
use crate::model::endpoint::{DnsEntry, DnsOptions, VpcEndpoint};
use crate::model::gateway::{
    EgressOnlyInternetGateway, GatewayAttachment, InternetGateway, NatGateway, NatGatewayAddress,
};
use crate::model::interface::GroupIdentifier;

pub(in crate::loader) fn internet_gateway(from: &ec2::InternetGateway) -> InternetGateway {
    InternetGateway {
        internet_gateway_id: id(from.internet_gateway_id()),
        attachments: each(from.attachments.as_ref(), attachment),
        owner_id: known_id(from.owner_id()),
        tags: tags(from.tags.as_ref()),
    }
}

fn attachment(from: &ec2::InternetGatewayAttachment) -> GatewayAttachment {
    GatewayAttachment { vpc_id: known_id(from.vpc_id()), state: word(from.state()) }
}

pub(in crate::loader) fn egress_only_gateway(
    from: &ec2::EgressOnlyInternetGateway,
) -> EgressOnlyInternetGateway {
    EgressOnlyInternetGateway {
        egress_only_internet_gateway_id: id(from.egress_only_internet_gateway_id()),
        attachments: each(from.attachments.as_ref(), attachment),
        tags: tags(from.tags.as_ref()),
    }
}

pub(in crate::loader) fn nat_gateway(from: &ec2::NatGateway) -> Result<NatGateway, Unreadable> {
    Ok(NatGateway {
        nat_gateway_id: id(from.nat_gateway_id()),
        vpc_id: id(from.vpc_id()),
        subnet_id: known_id(from.subnet_id()),
        state: open(from.state()),
        connectivity_type: word(from.connectivity_type()),
        availability_mode: word(from.availability_mode()),
        auto_provision_zones: word(from.auto_provision_zones()),
        route_table_id: known_id(from.route_table_id()),
        nat_gateway_addresses: try_each(from.nat_gateway_addresses.as_ref(), nat_address)?,
        failure_code: text(from.failure_code()),
        failure_message: text(from.failure_message()),
        tags: tags(from.tags.as_ref()),
    })
}

fn nat_address(from: &ec2::NatGatewayAddress) -> Result<NatGatewayAddress, Unreadable> {
    Ok(NatGatewayAddress {
        allocation_id: known_id(from.allocation_id()),
        network_interface_id: known_id(from.network_interface_id()),
        private_ip: parsed("PrivateIp", from.private_ip())?,
        public_ip: parsed("PublicIp", from.public_ip())?,
        is_primary: from.is_primary(),
        status: word(from.status()),
        availability_zone: known_id(from.availability_zone()),
        availability_zone_id: known_id(from.availability_zone_id()),
    })
}

pub(in crate::loader) fn endpoint(from: &ec2::VpcEndpoint) -> VpcEndpoint {
    VpcEndpoint {
        vpc_endpoint_id: id(from.vpc_endpoint_id()),
        vpc_endpoint_type: word(from.vpc_endpoint_type()),
        vpc_id: id(from.vpc_id()),
        service_name: text(from.service_name()),
        state: word(from.state()),
        route_table_ids: ids(from.route_table_ids.as_ref()),
        subnet_ids: ids(from.subnet_ids.as_ref()),
        groups: each(from.groups.as_ref(), |group| GroupIdentifier {
            group_id: id(group.group_id()),
            group_name: text(group.group_name()),
        }),
        network_interface_ids: ids(from.network_interface_ids.as_ref()),
        private_dns_enabled: from.private_dns_enabled(),
        requester_managed: from.requester_managed(),
        ip_address_type: word(from.ip_address_type()),
        dns_options: from.dns_options().map(|options| DnsOptions {
            private_dns_only_for_inbound_resolver_endpoint: options
                .private_dns_only_for_inbound_resolver_endpoint,
        }),
        dns_entries: each(from.dns_entries.as_ref(), |entry| DnsEntry {
            dns_name: text(entry.dns_name()),
            hosted_zone_id: text(entry.hosted_zone_id()),
        }),
        owner_id: known_id(from.owner_id()),
        tags: tags(from.tags.as_ref()),
    }
}
