//! Out of a transit gateway into a VPC, and what is left of group references on the way (rules TGW-5, TGW-7, TGW-8,
//! SG-10).

use ipnet::IpNet;

use crate::model::catalogue::Envelope;
use crate::model::ids::{TransitGatewayAttachmentId, TransitGatewayId};
use crate::model::transit_gateway::TransitGatewayVpcAttachment;
use crate::model::vpc::Subnet;
use crate::reach::answer::Reason;
use crate::reach::filter::Identity;
use crate::reach::walk::{From, Walk};
use crate::store::Ix;

impl Walk<'_> {
    /// The packet comes out of an interface of the gateway in the VPC and goes on by that subnet's table and ACL (rules
    /// TGW-5, NACL-7).
    pub(in crate::reach::walk) fn enter_vpc(
        &mut self,
        id: &TransitGatewayAttachmentId,
        from: Option<Ix<Subnet>>,
    ) {
        let Some(attachment) = self.store.transit_gateway_vpc_attachments.get(id) else {
            let reason = Reason::Lacks(Envelope::TransitGatewayVpcAttachments);
            return self.not_known_beyond(Some(id), reason);
        };
        let vpc = self.store.vpcs.position(&attachment.vpc_id);
        let subnets = self.arrival_subnets(attachment, from);
        let Some(vpc) = vpc else {
            return self.not_known_beyond(Some(id), Reason::Lacks(Envelope::Vpcs));
        };
        if subnets.is_empty() {
            return self.not_known_beyond(Some(id), Reason::Lacks(Envelope::Subnets));
        }
        if !self.in_service(id, attachment.state.as_deref()) {
            return;
        }
        if !self.carries_family(attachment) {
            return self.go_on_at_target();
        }
        let different = self.treated_differently(&subnets);
        let turn = self.session.turns.next(different.len());
        let Some(subnet) = different.get(turn) else { return };
        self.transit_identity(&attachment.transit_gateway_id, attachment);
        self.session.by_transit |= !self.is_return();
        self.came_from = From::Gateway;
        self.leave_subnet(vpc, *subnet);
    }

    /// In the packet's own zone if there is a subnet, else in any that AWS picks (rule TGW-7); in appliance mode in any,
    /// by the flow (rule TGW-8). None where AWS may pick one that is not in the data.
    fn arrival_subnets(
        &self,
        attachment: &TransitGatewayVpcAttachment,
        from: Option<Ix<Subnet>>,
    ) -> Vec<Ix<Subnet>> {
        let options = attachment.options.as_ref();
        let pinned = options.and_then(|o| o.appliance_mode_support.as_deref()) == Some("enable");
        let from = from.filter(|_| !pinned);
        let here = from.map(|from| self.subnets_in_zone_of(from, attachment)).unwrap_or_default();
        if !here.is_empty() {
            return here;
        }
        let all = self.attached_subnets(attachment);
        if all.len() == attachment.subnet_ids.len() { all } else { Vec::new() }
    }

    /// One of each that make a difference: AWS picks the zone, so each of them is walked in its turn.
    fn treated_differently(&self, subnets: &[Ix<Subnet>]) -> Vec<Ix<Subnet>> {
        let mut different: Vec<Ix<Subnet>> = Vec::new();
        for subnet in subnets {
            if !different.iter().any(|other| self.is_treated_alike(*subnet, *other)) {
                different.push(*subnet);
            }
        }
        different
    }

    /// Whether it makes no difference by which of two subnets a packet arrives: neither holds the destination, and both
    /// have the same table and ACL.
    fn is_treated_alike(&self, one: Ix<Subnet>, other: Ix<Subnet>) -> bool {
        let holds = |at: Ix<Subnet>| {
            let data = &self.store.subnets.at(at).data;
            let v4 = data.cidr_block.map(IpNet::V4).into_iter();
            let mut cidrs = v4.chain(data.ipv6_cidrs().map(IpNet::V6));
            cidrs.any(|cidr| cidr.contains(&self.dst.value))
        };
        self.store.route_table_of(one) == self.store.route_table_of(other)
            && self.store.acl_of(one) == self.store.acl_of(other)
            && !holds(one)
            && !holds(other)
    }

    /// References to groups survive only where the gateway and both attachments say so, inbound (rule SG-10).
    pub(in crate::reach::walk) fn transit_identity(
        &mut self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayVpcAttachment,
    ) {
        let kept = matches!(self.session.identity, Identity::Kept | Identity::KeptInbound);
        if self.is_return() || !kept {
            return;
        }
        let of_gateway = self.referencing(gateway);
        let of_attachment = attachment.options.as_ref();
        let off = of_attachment.and_then(|o| o.security_group_referencing_support.as_deref())
            == Some("disable");
        self.session.identity = match of_gateway {
            None => Identity::NotVisible,
            Some(true) if off => Identity::SwitchedOff,
            Some(true) => Identity::KeptInbound,
            Some(false) => Identity::Lost,
        };
    }

    /// Whether a gateway has referencing switched on; it is off unless told (rule SG-10).
    fn referencing(&self, gateway: &TransitGatewayId) -> Option<bool> {
        let options = self.store.transit_gateways.get(gateway)?.options.as_ref();
        let support = options.and_then(|o| o.security_group_referencing_support.as_deref());
        Some(support == Some("enable"))
    }

    /// Whether references may reach over a gateway, as far as is known.
    pub(in crate::reach::walk) fn may_refer_across(&self, gateway: &TransitGatewayId) -> bool {
        self.referencing(gateway) != Some(false)
    }
}
