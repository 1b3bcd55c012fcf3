//! The addresses of a NAT gateway: it sends each connection with one of them, and nobody chooses which (rules NAT-3,
//! NAT-8).

use std::net::IpAddr;

use crate::model::gateway::{NatGateway, NatGatewayAddress};
use crate::model::vpc::Subnet;
use crate::reach::walk::Walk;
use crate::store::Ix;

impl Walk<'_> {
    /// The address that it sends with, of several the one whose turn it is. A regional gateway has its own in each zone.
    pub(super) fn sending_address(
        &mut self,
        nat: &NatGateway,
        subnet: Option<Ix<Subnet>>,
    ) -> Option<IpAddr> {
        let mut own: Vec<&NatGatewayAddress> = in_use(nat);
        let subnet = subnet.filter(|_| nat.is_regional()).map(|at| &self.store.subnets.at(at).data);
        if let Some(subnet) = subnet
            && own.iter().any(|one| is_in_zone(one, subnet) == Some(true))
        {
            own.retain(|one| is_in_zone(one, subnet) == Some(true));
        }
        let turn = self.session.turns.next(own.len());
        own.get(turn).and_then(|one| private_or_public(one))
    }

    /// The public address of a NAT gateway's private one.
    pub(in crate::reach::walk) fn public_of_nat(
        &self,
        id: &str,
        private: IpAddr,
    ) -> Option<IpAddr> {
        let nat = self.store.nat_gateways.get(id).filter(|nat| !nat.is_private())?;
        let addresses = nat.nat_gateway_addresses.iter();
        let exact = addresses.clone().find(|one| private_or_public(one) == Some(private));
        exact.or_else(|| addresses.clone().next())?.public_ip.map(IpAddr::V4)
    }
}

/// The addresses with which connections are sent, the primary one first.
fn in_use(nat: &NatGateway) -> Vec<&NatGatewayAddress> {
    let is_ready = |one: &&NatGatewayAddress| {
        let status = one.status.as_deref();
        !matches!(status, Some("failed" | "assigning" | "associating"))
    };
    let mut ready: Vec<_> = nat.nat_gateway_addresses.iter().filter(is_ready).collect();
    ready.retain(|one| private_or_public(one).is_some());
    ready.sort_by_key(|one| !one.is_primary.unwrap_or(true));
    ready
}

/// Regional gateways tell their public addresses only.
fn private_or_public(address: &NatGatewayAddress) -> Option<IpAddr> {
    address.private_ip.or(address.public_ip).map(IpAddr::V4)
}

/// The first public address.
pub(super) fn public_of(nat: &NatGateway) -> Option<IpAddr> {
    in_use(nat).into_iter().find_map(|one| one.public_ip).map(IpAddr::V4)
}

/// Whether an address of a gateway serves the zone of a subnet, if that is told.
pub(super) fn is_in_zone(address: &NatGatewayAddress, subnet: &Subnet) -> Option<bool> {
    match (&address.availability_zone_id, &subnet.availability_zone_id) {
        (Some(one), Some(other)) => Some(one == other),
        _ => Some(address.availability_zone.as_ref()? == subnet.availability_zone.as_ref()?),
    }
}
