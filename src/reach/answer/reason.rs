//! Why a check came out as it did: the rule that decided, or the fact, or what is missing.

use std::net::IpAddr;
use std::sync::Arc;

use crate::model::catalogue::Envelope;
use crate::model::traffic::{PortSet, Traffic};
use crate::store::{AclRule, GroupRule, RouteEntry};

/// The rule that decided.
#[derive(Clone, Debug)]
pub enum Rule {
    /// Of a security group.
    Group {
        /// The group.
        group: Arc<str>,
        /// Position in its direction.
        position: usize,
        /// What it says.
        rule: Box<GroupRule>,
        /// Inbound or outbound.
        egress: bool,
    },
    /// Of a network ACL.
    Acl {
        /// The ACL.
        acl: Arc<str>,
        /// What it says.
        rule: Box<AclRule>,
    },
    /// Of a route table.
    Route {
        /// The table.
        table: Arc<str>,
        /// What it says.
        entry: Box<RouteEntry>,
    },
}

/// Why a check came out as it did.
#[derive(Clone, Debug)]
pub enum Reason {
    /// A rule lets it through.
    Allowed,
    /// It carries no security groups (rule SG-20).
    NoGroups,
    /// An answer to what was let through (rule SG-2).
    Tracked,
    /// No rule lets this through; these came near.
    NotAllowed {
        /// Traffic that is missing.
        missing: Traffic,
        /// Rules that came near.
        near: Vec<NearMiss>,
    },
    /// The ACL denies this part.
    Denied {
        /// Traffic that is denied.
        denied: Traffic,
        /// Of what was asked.
        asked: Traffic,
    },
    /// Inside one subnet nothing is asked (rules NACL-1, RT-7).
    SameSubnet,
    /// The snapshot has no ACLs at all: taken as allowing.
    NoAclData,
    /// The snapshot does not have the setting of Block Public Access: taken as off.
    NoPublicAccessData,
    /// The route's target takes it.
    Routed,
    /// No route covers the destination.
    NoRoute {
        /// The destination; none where it is any of a set of addresses.
        to: Option<IpAddr>,
    },
    /// The route is a blackhole (rule RT-4).
    Blackhole,
    /// Translated from one address to another.
    Translated {
        /// Before.
        from: IpAddr,
        /// After.
        to: IpAddr,
    },
    /// Delivered.
    Arrived,
    /// AWS answers there itself, past groups, ACLs and routes (rules SG-18, DNS-2).
    AnsweredByAws,
    /// Out to the internet.
    LeftForInternet,
    /// The source has no public address for the internet gateway to map to (rules IGW-1, L-2).
    NoPublicAddress {
        /// The source.
        of: IpAddr,
    },
    /// The gateway is not attached to this VPC.
    NotAttached,
    /// It is in this state.
    State(Arc<str>),
    /// The function is in no VPC (rule L-1).
    NotInVpc,
    /// No interface has this address.
    NobodyHas {
        /// The address.
        address: IpAddr,
    },
    /// The answer would arrive from another address than the one that was called.
    OtherAddress {
        /// What was called.
        called: IpAddr,
        /// What answers.
        answers: IpAddr,
    },
    /// A fact that is a sentence by itself.
    Said(Said),
    /// The program lacks this answer of AWS.
    Lacks(Envelope),
    /// AWS's answer about the resource lacks a field that AWS always gives.
    NotTold(&'static str),
    /// A hop that is not modelled.
    NotModelled(Arc<str>),
}

/// Facts without data of their own: the rule book's, one each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// NAT-3: nothing comes in through a NAT gateway.
    NatTakesNoConnections,
    /// NAT-3: TCP, UDP and ICMP only.
    NatProtocols,
    /// NAT-1: a public NAT gateway in a subnet that leads to another one.
    NatBehindNat,
    /// NAT-6.
    NatInOwnSubnet,
    /// NAT-9: a regional one that does not serve the zone of the source.
    NatNotInZone,
    /// NAT-5.
    NatNotForPeers,
    /// IGW-2.
    PrivateDestination,
    /// IGW-2.
    PrivateSource,
    /// VGW-1: IPv4 only.
    VpnGatewayIsIpv4,
    /// VGW-1: no tunnel is up.
    TunnelsDown,
    /// Nothing joins the two VPCs.
    Disconnected,
    /// RT-2: another route is more specific, or preferred.
    Overruled,
    /// RT-2, TGW-3: a route that does not cover the destination.
    NotCovered,
    /// NACL-4: answers come to any port of a translator above 1023.
    RemapsPorts,
    /// LB-1: a listener of another port.
    OtherListener,
    /// LB-1: no target takes it.
    TargetsRefuse,
    /// LB-4: the attributes of the target group are not told.
    NoTargetGroupAttributes,
    /// IGW-4: nothing comes in through an egress-only gateway.
    EgressOnlyTakesNoConnections,
    /// IGW-4: IPv6 only.
    EgressOnlyIsIpv6,
    /// IGW-4: the interface is closed to internet gateways.
    ClosedToInternet,
    /// RT-5.
    LinkLocal,
    /// SG-18: a service of AWS's own that listens to other traffic.
    TakesOtherTraffic,
    /// DNS-1: no name server in this VPC.
    NoDnsSupport,
    /// ENI-1.
    SourceDestCheck,
    /// ENI-1: what a machine sends to its own address.
    StaysInside,
    /// RT-6: an appliance takes no traffic of the internet without a public address.
    ApplianceNotPublic,
    /// L-5.
    FunctionTakesNoConnections,
    /// The interface belongs to a service that opens no connections.
    ServiceOpensNoConnections,
    /// PCX-2.
    NotTransitive,
    /// PCX-1.
    PeeringNotActive,
    /// TGW-1.
    NoTransitSubnetInZone,
    /// TGW-2.
    NoAssociation,
    /// TGW-3.
    NoTransitRoute,
    /// TGW-4.
    TransitBlackhole,
    /// TGW-9: IPv6 is off at the attachment.
    AttachmentIsIpv4,
    /// TGW-3: not every announcement is told, and none is taken to be more specific than a VPC's own CIDR.
    NoOtherAnnounces,
    /// EP-1: gateway endpoints open nothing.
    GatewayEndpointInitiates,
    /// EP-1: interfaces of its own VPC only.
    EndpointNotForPeers,
    /// EP-1: TCP and ping only.
    GatewayEndpointProtocols,
    /// EP-6: endpoint interfaces ignore ping.
    EndpointIgnoresPing,
    /// LB-1: no listener takes this.
    NoListener,
    /// LB-6: no target that this node may use.
    NoTargets,
    /// a read-only endpoint of a proxy, and no reader.
    NoReaders,
    /// interfaces that may be of several endpoints of a proxy.
    OneOfSeveralEndpoints,
    /// LB-1: the target is shut to the checks of its health.
    HealthChecksBlocked,
    /// LB-4: not told, on by default.
    AssumedPreserved,
    /// LB-4: not told, off by default.
    AssumedNotPreserved,
    /// LB-4: a target that calls itself gets its own address as the source.
    Hairpin,
    /// The packet goes in circles.
    Loop,
    /// BPA-1.
    BlockPublicAccess,
    /// What lies behind is another network.
    Beyond,
}

/// A rule that would have let it through but for one thing.
#[derive(Clone, Debug)]
pub struct NearMiss {
    /// The rule.
    pub rule: Rule,
    /// Why it does not apply.
    pub but: But,
}

/// Why a near miss missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum But {
    /// The peer is right, the ports are others.
    OtherPorts(PortSet),
    /// The ports are right, the peer is another.
    OtherPeer,
    /// The referenced group is carried by nobody, or is stale.
    CoversNobody,
    /// The peer carries the group, but the way hides it (rules SG-11, SG-12).
    IdentityLost,
    /// Nobody here carries the group, and the peer VPC is not visible (rule SG-8).
    NotVisible,
    /// The peer carries the group, but references are switched off at an attachment (rule SG-10).
    ReferencingOff,
}
