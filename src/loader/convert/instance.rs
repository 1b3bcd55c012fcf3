//! EC2 instances.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, known_id, open, parsed, tags, text, try_each, word};
use super::interface::group;
use crate::model::instance::{Instance, InstanceInterface, InstanceState, Placement, Reservation};

pub(in crate::loader) fn reservation(from: &ec2::Reservation) -> Result<Reservation, Unreadable> {
    Ok(Reservation {
        reservation_id: text(from.reservation_id()),
        owner_id: known_id(from.owner_id()),
        instances: try_each(from.instances.as_ref(), instance)?,
    })
}

fn instance(from: &ec2::Instance) -> Result<Instance, Unreadable> {
    Ok(Instance {
        instance_id: id(from.instance_id()),
        instance_type: word(from.instance_type()),
        platform: word(from.platform()),
        platform_details: text(from.platform_details()),
        state: from
            .state()
            .map(|state| InstanceState { code: state.code, name: open(state.name()) }),
        vpc_id: known_id(from.vpc_id()),
        subnet_id: known_id(from.subnet_id()),
        placement: from.placement().map(placement),
        private_ip_address: parsed("PrivateIpAddress", from.private_ip_address())?,
        public_ip_address: parsed("PublicIpAddress", from.public_ip_address())?,
        private_dns_name: known_id(from.private_dns_name()),
        public_dns_name: known_id(from.public_dns_name()),
        network_interfaces: each(from.network_interfaces.as_ref(), |interface| InstanceInterface {
            network_interface_id: id(interface.network_interface_id()),
        }),
        security_groups: each(from.security_groups.as_ref(), group),
        source_dest_check: from.source_dest_check(),
        tags: tags(from.tags.as_ref()),
    })
}

fn placement(from: &ec2::Placement) -> Placement {
    Placement { availability_zone: text(from.availability_zone()), tenancy: word(from.tenancy()) }
}
