//! What the engine says: paths, steps, the rule that decided. Data only; [`crate::report`] makes the sentences.

mod reason;

use std::ops::Range;
use std::sync::Arc;

pub use self::reason::{But, NearMiss, Reason, Rule, Said};
use super::code::Code;
use super::fix::Fix;
use super::{Question, Verdict};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::lambda::Function;
use crate::model::traffic::Traffic;
use crate::store::{InterfaceIx, Ix};

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
