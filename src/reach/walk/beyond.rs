//! Networks that are not in the data: behind VPN connections, or VPCs that are out of sight (rules VGW-1, SG-8).

use ipnet::IpNet;

use super::super::answer::{Check, Component, Kind, Reason, Said, Site};
use super::super::code::Code;
use super::super::filter::Identity;
use super::internet::is_shared;
use super::{Exit, Walk, said};
use crate::model::peering::PeeringVpcInfo;
use crate::model::vpc::Vpc;
use crate::model::vpn::VpnConnection;
use crate::store::{Ix, RouteEntry};

impl Walk<'_> {
    /// A virtual private gateway: what lies behind it is not known, whether anything gets there at all is (rule VGW-1).
    pub(super) fn vpn_gateway(&mut self, vpc: Ix<Vpc>, id: &str, route: &RouteEntry) {
        let component = Component::new(Kind::VpnGateway, id);
        if self.is_detached(vpc, id) {
            let (check, code) = (Check::VpnGateway, Code::BadStateAttachment);
            self.block(check, component, code, Reason::NotAttached);
        } else if self.dst.value.is_ipv6() {
            let reason = said(Said::VpnGatewayIsIpv4);
            self.block(Check::VpnGateway, component, Code::ProtocolRestriction, reason);
        } else if self.is_down(id, route) {
            self.block(Check::VpnGateway, component, Code::BadStateVpn, said(Said::TunnelsDown));
        } else {
            self.session.exit.get_or_insert(Exit::Beyond(vpc));
            let reason = said(Said::Beyond);
            self.unknown(Check::VpnGateway, component, Code::UnknownDestination, reason);
        }
        self.go_on_at_target();
    }

    fn is_detached(&self, vpc: Ix<Vpc>, id: &str) -> bool {
        let vpc = &self.store.vpcs.at(vpc).data.vpc_id;
        self.store.vpn_gateways.get(id).is_some_and(|gateway| {
            let mut here = gateway.vpc_attachments.iter();
            !here.any(|one| one.vpc_id.as_ref() == Some(vpc) && one.is_attached())
        })
    }

    /// Whether all tunnels are down. A route that was announced although they are came over something else, such as
    /// Direct Connect, unless a connection holds it as a static one.
    fn is_down(&self, gateway: &str, route: &RouteEntry) -> bool {
        let of_gateway = |one: &&VpnConnection| {
            one.vpn_gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway)
        };
        let connections: Vec<_> =
            self.store.rest.vpn_connections.iter().filter(of_gateway).collect();
        let mut fixed = connections.iter().flat_map(|one| &one.routes);
        let is_fixed = fixed.any(|one| one.destination_cidr_block == Some(route.prefix));
        are_down(connections.into_iter()) && (!route.propagated || is_fixed)
    }

    /// Whether a VPN connection of a transit gateway is down.
    pub(super) fn is_vpn_down(&self, id: &str) -> bool {
        let connections = self.store.rest.vpn_connections.iter();
        are_down(connections.filter(|one| one.vpn_connection_id.as_str() == id))
    }

    /// From a private address that nobody here has, by whatever leads to the network that does.
    pub(super) fn enter_from_beyond(&mut self) {
        if matches!(self.to.site, Site::Public(_)) {
            let shared = is_shared(self.src.value);
            let code = if shared { Code::IngressFromRfc6598 } else { Code::IngressFromRfc1918 };
            let internet = Component::new(Kind::Internet, "");
            self.block(Check::InternetGateway, internet, code, said(Said::PrivateSource));
            return self.go_on_at_target();
        }
        self.session.identity = self.identity_beyond();
        let source = self.src.value.to_string();
        self.not_modelled("a network outside of the known VPCs", &source);
    }

    /// Whether the target's groups may refer to groups that are out of sight.
    fn identity_beyond(&mut self) -> Identity {
        let target = self.to.site.interface().and_then(|at| self.store.interface(at).vpc);
        let Some(vpc) = target.map(|vpc| &self.store.vpcs.at(vpc).data.vpc_id) else {
            return Identity::Kept;
        };
        let peerings = self.store.peerings.iter().filter(|peering| peering.is_active());
        let joined = peerings.filter(|one| one.sides().any(|s| s.vpc_id.as_ref() == Some(vpc)));
        let others: Vec<_> = joined.filter_map(|peering| peering.other_side(vpc)).collect();
        if others.into_iter().any(|side| self.is_out_of_sight(side)) {
            return Identity::PeerNotVisible;
        }
        let attachments = self.store.transit_gateway_vpc_attachments.iter();
        let mut ours = attachments.filter(|one| one.vpc_id == *vpc);
        let may_refer = ours.any(|one| self.may_refer_across(&one.transit_gateway_id));
        if may_refer { Identity::NotVisible } else { Identity::Kept }
    }

    /// Whether the source is in the VPC on this side of a peering, which is not in the data.
    fn is_out_of_sight(&mut self, side: &PeeringVpcInfo) -> bool {
        let known = side.vpc_id.as_ref().is_some_and(|id| self.store.vpcs.get(id).is_some());
        let more = side.cidr_block_set.iter().filter_map(|one| one.cidr_block);
        let mut cidrs = side.cidr_block.into_iter().chain(more).map(IpNet::V4);
        !known && cidrs.any(|cidr| self.atoms.within(self.src, &cidr))
    }
}

/// Whether there are connections, and all tunnels of all of them are down.
fn are_down<'a>(connections: impl Iterator<Item = &'a VpnConnection>) -> bool {
    let in_use =
        connections.filter(|one| !matches!(one.state.as_deref(), Some("deleted" | "deleting")));
    let mut tunnels = in_use.flat_map(|one| &one.vgw_telemetry).peekable();
    tunnels.peek().is_some() && tunnels.all(|tunnel| tunnel.status.as_deref() == Some("DOWN"))
}
