//! What can be changed: one variant per kind of repair. Nothing here ever makes a change in AWS.

use std::net::Ipv4Addr;

use ipnet::IpNet;

use crate::model::ids::{
    Arn, EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, NetworkAclId,
    NetworkInterfaceId, PeeringId, PrefixListId, RouteTableId, SecurityGroupId, SubnetId,
    TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, VpcEndpointId, VpcId,
};
use crate::model::traffic::Protocol;
use crate::store::Direction;

/// One change that a person can make in AWS. Nothing here ever makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A rule of a security group.
    GroupRule {
        /// The group that gets the rule.
        group: SecurityGroupId,
        /// Inbound or outbound.
        direction: Direction,
        /// The protocol; none for all.
        protocol: Option<Protocol>,
        /// First and last port, or ICMP type and code.
        ports: Option<(i32, i32)>,
        /// From or to whom.
        peer: FixPeer,
    },
    /// An entry of a network ACL.
    AclEntry {
        /// The ACL.
        acl: NetworkAclId,
        /// Its number: before the one that denies.
        number: u32,
        /// Inbound or outbound.
        direction: Direction,
        /// The protocol; none for all.
        protocol: Option<Protocol>,
        /// First and last port, or ICMP type and code.
        ports: Option<(i32, i32)>,
        /// From or to whom.
        cidr: IpNet,
    },
    /// A route; replaces one with the same destination.
    Route {
        /// The table.
        table: RouteTableId,
        /// Where to.
        destination: IpNet,
        /// By what.
        target: RouteTarget,
        /// Whether the table has a (useless) route for this destination already.
        replaces: bool,
    },
    /// A NAT gateway with an Elastic IP address.
    NatGateway {
        /// A subnet with a route to the internet gateway.
        subnet: SubnetId,
        /// Its VPC.
        vpc: VpcId,
    },
    /// A security group that lets everything out and nothing in, for a function.
    NewGroup {
        /// Of which VPC.
        vpc: VpcId,
        /// The function's name.
        name: String,
    },
    /// A function is given interfaces in a VPC.
    AttachFunction {
        /// The function.
        function: Arn,
        /// Its name, for the command.
        name: String,
        /// Where.
        subnets: Vec<SubnetId>,
        /// With which groups; the id of a proposed one is [`NEW_GROUP`].
        groups: Vec<SecurityGroupId>,
    },
    /// Source/destination check is switched off.
    ForwardPackets {
        /// The interface that should forward.
        interface: NetworkInterfaceId,
    },
    /// Names of this side's VPC resolve to private addresses on the other side of a peering (rule PCX-4).
    DnsOverPeering {
        /// The peering connection.
        peering: PeeringId,
        /// The VPC whose names are asked for.
        vpc: VpcId,
        /// Whether that is the side that requested the peering.
        requester: bool,
    },
    /// A transit gateway attachment gets a route table (rule TGW-2).
    TransitAssociation {
        /// The attachment.
        attachment: TransitGatewayAttachmentId,
        /// The table.
        table: TransitGatewayRouteTableId,
    },
    /// A VPC's attachment announces its CIDRs in a route table of the transit gateway (rule TGW-2).
    TransitPropagation {
        /// The attachment.
        attachment: TransitGatewayAttachmentId,
        /// The table.
        table: TransitGatewayRouteTableId,
    },
    /// An Elastic IP address for a private one.
    PublicAddress {
        /// The interface.
        interface: NetworkInterfaceId,
        /// Its private address.
        private: Ipv4Addr,
    },
    /// At the edge of a VPC.
    Edge(Edge),
    /// Between VPCs.
    Link(Link),
}

impl Change {
    /// Whether it is about something that another change makes first.
    pub(super) fn needs_another(&self) -> bool {
        match self {
            Self::Route { target: RouteTarget::Nat(id), .. } => id.as_str() == NEW_NAT,
            Self::Route { target: RouteTarget::EgressOnly(id), .. } => {
                id.as_str() == NEW_EGRESS_ONLY
            }
            Self::AttachFunction { groups, .. } => groups.iter().any(is_new),
            Self::GroupRule { group, peer, .. } => {
                is_new(group) || matches!(peer, FixPeer::Group(peer) if is_new(peer))
            }
            _ => false,
        }
    }
}

fn is_new(group: &SecurityGroupId) -> bool {
    group.as_str() == NEW_GROUP
}

/// Changes at the edge of a VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// An internet gateway that is attached to nothing is attached (rule IGW-1).
    AttachGateway {
        /// The gateway.
        gateway: InternetGatewayId,
        /// To what.
        vpc: VpcId,
    },
    /// A way out for IPv6 (rule IGW-4).
    EgressOnlyGateway {
        /// Of which VPC.
        vpc: VpcId,
    },
    /// A gateway endpoint in a route table (rule EP-1).
    GatewayEndpoint {
        /// Its VPC.
        vpc: VpcId,
        /// The service, as in `com.amazonaws.eu-west-1.s3`.
        service: String,
        /// The service's prefix list.
        list: PrefixListId,
        /// The table.
        table: RouteTableId,
        /// The endpoint that there is; none for a new one.
        endpoint: Option<VpcEndpointId>,
    },
    /// An interface endpoint with private names, and with a group of its own that lets the client's in (rules EP-2 to
    /// EP-4): without one AWS takes the default group, which lets in only itself.
    InterfaceEndpoint {
        /// Its VPC.
        vpc: VpcId,
        /// The service, as in `com.amazonaws.eu-west-1.secretsmanager`.
        service: String,
        /// Its subnet.
        subnet: SubnetId,
        /// The group that it lets in.
        client: SecurityGroupId,
    },
    /// The service's own name stands for an endpoint (rule EP-4).
    PrivateNames {
        /// The endpoint.
        endpoint: VpcEndpointId,
    },
    /// The VPC has a resolver and names, which private names need (rules EP-4, DNS-1).
    DnsAttributes {
        /// The VPC.
        vpc: VpcId,
    },
    /// A VPC that Block Public Access leaves out (rule BPA-2).
    PublicAccessExclusion {
        /// The VPC.
        vpc: VpcId,
        /// Whether only NAT gateways and egress-only gateways may send.
        is_egress_only: bool,
    },
}

/// Changes between VPCs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A peering that waits for the other side (rule PCX-1).
    AcceptPeering {
        /// The peering connection.
        peering: PeeringId,
    },
    /// A transit gateway's attachment gets a subnet in one more zone (rule TGW-1).
    TransitSubnet {
        /// The attachment.
        attachment: TransitGatewayAttachmentId,
        /// The subnet.
        subnet: SubnetId,
    },
    /// A static route of a transit gateway (rule TGW-7).
    TransitRoute {
        /// The table.
        table: TransitGatewayRouteTableId,
        /// Where to.
        destination: IpNet,
        /// By what.
        attachment: TransitGatewayAttachmentId,
    },
    /// References to groups hold across an attachment (rule SG-10).
    TransitReferences {
        /// The attachment.
        attachment: TransitGatewayAttachmentId,
    },
}

/// The other side of a proposed rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixPeer {
    /// Whoever carries this group.
    Group(SecurityGroupId),
    /// These addresses.
    Cidr(IpNet),
    /// The addresses of a service (rule SG-16).
    PrefixList(PrefixListId),
}

/// The target of a proposed route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteTarget {
    /// NAT gateway; the id of a proposed one is [`NEW_NAT`].
    Nat(NatGatewayId),
    /// Internet gateway.
    InternetGateway(InternetGatewayId),
    /// Peering connection.
    Peering(PeeringId),
    /// Transit gateway.
    TransitGateway(TransitGatewayId),
    /// Egress-only internet gateway; the id of a proposed one is [`NEW_EGRESS_ONLY`].
    EgressOnly(EgressOnlyInternetGatewayId),
}

/// The id of a NAT gateway that is only proposed.
pub const NEW_NAT: &str = "nat-new";

/// The id of an egress-only internet gateway that is only proposed.
pub const NEW_EGRESS_ONLY: &str = "eigw-new";

/// The id of a security group that is only proposed.
pub const NEW_GROUP: &str = "sg-for-function-new";
