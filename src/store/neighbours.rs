//! Which VPCs are connected with the VPCs of a group, and how: what a reference to another group may cross (rules SG-8
//! to SG-10, SG-14).

use super::groups::Direction;
use super::interface::Interface;
use super::{Map, Store};
use crate::model::ids::{SecurityGroupId, TransitGatewayId, VpcId};
use crate::model::peering::VpcPeeringConnection;
use crate::model::transit_gateway::TransitGatewayVpcAttachment;

/// How two VPCs are connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// It is the same VPC.
    Same,
    /// By an active peering connection with this id.
    Peering(String),
    /// By the transit gateway with this id.
    TransitGateway(String),
    /// A VPC of the two is not known.
    Unknown,
    /// Not in a way that is known.
    None,
}

/// The VPCs in which a group is used, and those connected with them.
#[derive(Debug)]
pub struct Neighbours<'a> {
    homes: Vec<&'a VpcId>,
    peered: Map<&'a VpcId, &'a VpcPeeringConnection>,
    attached: Map<&'a VpcId, Vec<&'a TransitGatewayVpcAttachment>>,
}

impl<'a> Neighbours<'a> {
    /// Those of a group: its own VPC, associated ones and those of its interfaces (rule SG-14).
    pub fn of_group(store: &'a Store, group: &SecurityGroupId) -> Self {
        let homes = homes(store, group);
        let mut peered = Map::default();
        for peering in store.peerings.iter().filter(|peering| peering.is_active()) {
            let sides: Vec<_> = peering.sides().filter_map(|side| side.vpc_id.as_ref()).collect();
            if sides.iter().any(|side| homes.contains(side)) {
                peered.extend(sides.into_iter().map(|side| (side, peering)));
            }
        }
        let mut attached: Map<_, Vec<_>> = Map::default();
        for attachment in store.transit_gateway_vpc_attachments.iter().filter(|a| in_service(a)) {
            attached.entry(&attachment.vpc_id).or_default().push(attachment);
        }
        Self { homes, peered, attached }
    }

    /// How a reference to a group reaches an interface: only within a region, and over a transit gateway only inbound
    /// and where that is switched on.
    pub fn by_reference(&self, store: &Store, interface: &Interface, direction: Direction) -> Link {
        self.link(store, interface, same_region, |gateway, ours, theirs| {
            direction == Direction::Ingress
                && referencing(store, gateway)
                && [ours, theirs].into_iter().all(refers)
        })
    }

    /// How packets from or to an address of an interface may come.
    pub fn by_address(&self, store: &Store, interface: &Interface) -> Link {
        self.link(store, interface, |_| true, |_, _, _| true)
    }

    fn link(
        &self,
        store: &Store,
        interface: &Interface,
        over_peering: impl Fn(&VpcPeeringConnection) -> bool,
        over_gateway: impl Fn(
            &TransitGatewayId,
            &TransitGatewayVpcAttachment,
            &TransitGatewayVpcAttachment,
        ) -> bool,
    ) -> Link {
        let Some(vpc) = interface.vpc.map(|at| &store.vpcs[at].data.vpc_id) else {
            return Link::Unknown;
        };
        if self.homes.is_empty() {
            return Link::Unknown;
        }
        if self.homes.contains(&vpc) {
            return Link::Same;
        }
        let peering = self.peered.get(vpc).filter(|peering| over_peering(peering));
        let peering =
            peering.map(|peering| Link::Peering(peering.vpc_peering_connection_id.to_string()));
        peering.or_else(|| self.over_gateway(vpc, over_gateway)).unwrap_or(Link::None)
    }

    fn over_gateway(
        &self,
        vpc: &VpcId,
        carries: impl Fn(
            &TransitGatewayId,
            &TransitGatewayVpcAttachment,
            &TransitGatewayVpcAttachment,
        ) -> bool,
    ) -> Option<Link> {
        let theirs = self.attached.get(vpc)?;
        let mut ours = self.homes.iter().filter_map(|home| self.attached.get(home)).flatten();
        ours.find_map(|ours| {
            let gateway = &ours.transit_gateway_id;
            let mut theirs = theirs.iter().filter(|theirs| theirs.transit_gateway_id == *gateway);
            let joined = theirs.any(|theirs| carries(gateway, ours, theirs));
            joined.then(|| Link::TransitGateway(gateway.to_string()))
        })
    }
}

fn homes<'a>(store: &'a Store, group: &SecurityGroupId) -> Vec<&'a VpcId> {
    let own = store.security_groups.get(group).and_then(|group| group.vpc_id.as_ref());
    let associations = store.rest.security_group_vpc_associations.iter();
    let associated = associations
        .filter(|one| one.group_id == *group && one.state.as_deref() == Some("associated"));
    let members = store.members(group).iter().filter_map(|at| store.interface(*at).vpc);
    let members = members.map(|vpc| &store.vpcs[vpc].data.vpc_id);
    let mut homes: Vec<_> =
        own.into_iter().chain(associated.map(|one| &one.vpc_id)).chain(members).collect();
    homes.sort();
    homes.dedup();
    homes
}

fn in_service(attachment: &TransitGatewayVpcAttachment) -> bool {
    matches!(attachment.state.as_deref(), None | Some("available" | "modifying"))
}

fn same_region(peering: &VpcPeeringConnection) -> bool {
    let mut regions = peering.sides().filter_map(|side| side.region.as_ref());
    let first = regions.next();
    regions.all(|region| Some(region) == first)
}

/// Off by default on the gateway (rule SG-10).
fn referencing(store: &Store, gateway: &TransitGatewayId) -> bool {
    let options = store.transit_gateways.get(gateway).and_then(|one| one.options.as_ref());
    options.and_then(|one| one.security_group_referencing_support.as_deref()) == Some("enable")
}

/// On by default on the attachment (rule SG-10).
fn refers(attachment: &TransitGatewayVpcAttachment) -> bool {
    let options = attachment.options.as_ref();
    options.and_then(|one| one.security_group_referencing_support.as_deref()) != Some("disable")
}
