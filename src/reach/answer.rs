//! What the engine says: paths, steps, the rule that decided. Data only; [`crate::report`] makes the sentences.

use std::net::IpAddr;
use std::ops::Range;
use std::sync::Arc;

use super::code::Code;
use super::fix::Fix;
use super::{Question, Verdict};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::lambda::Function;
use crate::model::traffic::{PortSet, Traffic};
use crate::store::{AclRule, GroupRule, InterfaceIx, Ix, RouteEntry};

/// The whole answer to a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// The union over all paths.
    pub verdict: Verdict,
    /// Every pair of candidate points.
    pub paths: Vec<PathAnswer>,
    /// Repairs, proven; empty where only the verdict was asked for.
    pub fixes: Vec<Fix>,
}

/// One pair of points, walked there and back.
#[derive(Clone, Debug)]
pub struct PathAnswer {
    /// Where it starts.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// What comes of it.
    pub verdict: Verdict,
    /// The way there.
    pub forward: Leg,
    /// The way back; empty where nothing gets there and the way back is not determined.
    pub back: Leg,
}

/// An interface with one address or a set of them, or a place outside of all known VPCs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// What it is.
    pub site: Site,
    /// The addresses it stands for: one, or all that are treated alike.
    pub addresses: AddressSet,
}

/// Where a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// At an interface, by one of its private addresses.
    Interface(InterfaceIx),
    /// At an interface, called by its public address.
    Public(InterfaceIx),
    /// On the internet, or anywhere else outside of the known VPCs.
    Outside,
    /// In AWS's own network: this function in no VPC (rule L-1).
    ServiceNetwork(Ix<Function>),
    /// Nowhere: this end is not known, for want of what this list would tell.
    Nowhere(Envelope),
}

impl Site {
    /// What an end that is not known lacks.
    pub(super) fn lacks(self) -> Option<Envelope> {
        match self {
            Self::Nowhere(envelope) => Some(envelope),
            _ => None,
        }
    }

    /// The interface, if it is at one.
    pub fn interface(self) -> Option<InterfaceIx> {
        match self {
            Self::Interface(at) | Self::Public(at) => Some(at),
            Self::Outside | Self::ServiceNetwork(_) | Self::Nowhere(_) => None,
        }
    }
}

/// One way, in steps.
#[derive(Clone, Debug, Default)]
pub struct Leg {
    /// The checks in the order in which a packet meets them.
    pub steps: Vec<Step>,
    /// What of the asked traffic gets through all of them (the way back: of the answers).
    pub passed: Traffic,
    /// The part of `passed` that may be stopped by a step that could not be told.
    pub doubtful: Traffic,
    /// Whether a step could not be told.
    pub unknown: bool,
    /// Whether the packet got to the end, filters aside.
    pub arrived: bool,
    /// The connections among the steps that are not the one that was asked about.
    pub connections: Vec<Connection>,
}

/// What a load balancer or a proxy opens to a target: a connection of its own (rules LB-1, R-6).
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// Its steps, by position in the leg.
    pub steps: Range<usize>,
    /// Who opens it.
    pub from: Point,
    /// To whom.
    pub to: Point,
    /// Whether the steps are those of its way back.
    pub is_back: bool,
}

impl Leg {
    /// The connection that a step belongs to; none is the one that was asked about.
    pub fn connection_of(&self, step: usize) -> Option<usize> {
        let holding = self.connections.iter().enumerate();
        let holding = holding.filter(|(_, one)| one.steps.contains(&step));
        holding.min_by_key(|(_, one)| one.steps.len()).map(|(at, _)| at)
    }

    /// Takes the steps of another leg behind the own ones.
    pub(super) fn append(&mut self, other: Self) {
        let behind = self.steps.len();
        self.connections.extend(other.connections.into_iter().map(|one| one.moved(behind)));
        self.steps.extend(other.steps);
    }

    /// Puts steps before the one at a position.
    pub(super) fn insert(&mut self, position: usize, steps: Vec<Step>) {
        let position = position.min(self.steps.len());
        for one in self.connections.iter_mut().filter(|one| one.steps.start >= position) {
            *one = one.clone().moved(steps.len());
        }
        self.steps.splice(position..position, steps);
    }

    /// What gets to the end for sure.
    pub fn sure(&self) -> Traffic {
        if self.arrived { self.passed.difference(&self.doubtful) } else { Traffic::empty() }
    }

    /// What may get to the end, or may not.
    pub fn unsure(&self) -> Traffic {
        if !self.unknown {
            Traffic::empty()
        } else if self.arrived {
            self.passed.intersection(&self.doubtful)
        } else {
            self.passed.clone()
        }
    }
}

impl Connection {
    fn moved(mut self, by: usize) -> Self {
        self.steps = self.steps.start + by..self.steps.end + by;
        self
    }
}

/// One check.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which check.
    pub check: Check,
    /// Of what.
    pub component: Component,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, as a code.
    pub code: Option<Code>,
    /// The rule that decided.
    pub rule: Option<Rule>,
    /// Why, as data.
    pub reason: Reason,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Lets it through.
    Pass,
    /// Stops all of it.
    Block,
    /// Stops a part of it.
    BlockPart,
    /// Cannot be told.
    Unknown,
    /// Does not apply here.
    Skipped,
}

/// The kinds of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// State of the source or destination.
    Endpoint,
    /// Outbound rules.
    SecurityGroupEgress,
    /// Inbound rules.
    SecurityGroupIngress,
    /// Out of a subnet.
    NetworkAclEgress,
    /// Into a subnet.
    NetworkAclIngress,
    /// Which way next.
    Route,
    /// Internet and egress-only gateway.
    InternetGateway,
    /// NAT gateway or instance.
    Nat,
    /// VPC peering.
    Peering,
    /// Transit gateway.
    TransitGateway,
    /// Virtual private gateway.
    VpnGateway,
    /// VPC endpoint.
    Endpoints,
    /// Load balancer.
    LoadBalancer,
    /// Block Public Access.
    BlockPublicAccess,
    /// Anything else on the way.
    Hop,
}

/// A resource on the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Component {
    /// What kind.
    pub kind: Kind,
    /// AWS's id.
    pub id: Arc<str>,
}

/// Kinds of resources on the way, named as AWS names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Network interface.
    NetworkInterface,
    /// Security group.
    SecurityGroup,
    /// Network ACL.
    NetworkAcl,
    /// Route table.
    RouteTable,
    /// Subnet.
    Subnet,
    /// VPC.
    Vpc,
    /// Internet gateway.
    InternetGateway,
    /// Egress-only internet gateway.
    EgressOnlyInternetGateway,
    /// NAT gateway.
    NatGateway,
    /// VPC peering connection.
    Peering,
    /// Transit gateway.
    TransitGateway,
    /// Transit gateway attachment.
    TransitGatewayAttachment,
    /// Transit gateway route table.
    TransitGatewayRouteTable,
    /// Virtual private gateway.
    VpnGateway,
    /// VPC endpoint.
    VpcEndpoint,
    /// Load balancer.
    LoadBalancer,
    /// Instance.
    Instance,
    /// Function.
    Function,
    /// Database.
    Database,
    /// An AWS service.
    Service,
    /// The internet.
    Internet,
    /// Anything else.
    Other,
}

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
