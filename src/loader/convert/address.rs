//! Elastic IP addresses.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, known_id, parsed, tags, text, word};
use crate::model::interface::Address;

pub(in crate::loader) fn address(from: &ec2::Address) -> Result<Address, Unreadable> {
    Ok(Address {
        allocation_id: known_id(from.allocation_id()),
        association_id: known_id(from.association_id()),
        domain: word(from.domain()),
        instance_id: known_id(from.instance_id()),
        network_interface_id: known_id(from.network_interface_id()),
        network_interface_owner_id: text(from.network_interface_owner_id()),
        private_ip_address: parsed("PrivateIpAddress", from.private_ip_address())?,
        public_ip: parsed("PublicIp", from.public_ip())?,
        service_managed: word(from.service_managed()),
        tags: tags(from.tags.as_ref()),
    })
}
