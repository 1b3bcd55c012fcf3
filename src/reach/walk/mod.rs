//! One packet's way through the network, check by check.
//!
//! The same walk serves the way there and the way back: only who remembers what differs (security groups and NAT gateways
//! know the answers to what they let through, ACLs and route tables do not). A block does not end it where the next step
//! is still determined, so that every reason is found at once.

mod balancer;
mod beyond;
mod deliver;
mod internet;
mod leave;
mod legs;
mod mentions;
mod middlebox;
mod nat;
pub(super) mod nat64;
mod own_services;
mod peering;
mod proxy;
mod public_access;
mod route;
mod transit;
mod turns;
mod writing;

use std::net::IpAddr;

pub(super) use self::turns::Turns;
use super::answer::{Check, Component, Kind, Leg, Point, Reason, Said, Site, Step};
use super::code::Code;
use super::field::{Atoms, Field};
use super::filter::{Counterpart, Filter, Identity};
use crate::model::catalogue::Envelope;
use crate::model::traffic::Traffic;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Interface, InterfaceIx, Ix, Knowledge, PlaceIx, Store};

/// More hops than any network without a loop has.
const MOST_HOPS: u8 = 24;

/// There, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Return,
}

/// What security groups do on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Groups {
    /// They filter.
    Filter,
    /// They let everything through: the answer then is what any groups could let through at most.
    LeftOut,
}

/// What the way back has to know of the way there.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// Address that the initiator sends from.
    pub caller: Field,
    /// Address that it calls.
    pub called: Field,
    /// Translations, in the order in which they were made.
    pub bindings: Vec<Binding>,
    /// How the packet left the known network, if it did.
    pub exit: Option<Exit>,
    /// Whether group references can match.
    pub identity: Identity,
    /// Whether a transit gateway was crossed on the way there: then a NAT gateway takes packets from other VPCs (rule
    /// NAT-5), and the answer needs a route to the gateway (rule RT-10).
    pub by_transit: bool,
    /// Whether a hop could not be told that may have led elsewhere or changed the packet: what is checked behind it is
    /// not certain to be met, or not by such a packet.
    pub is_off_track: bool,
    /// Whether the way there led to the end, filters aside.
    pub arrived: bool,
    /// Answers as the client takes them: its own ports, behind all translations.
    pub answers: Traffic,
    /// Which of the ways that AWS chooses among is walked.
    pub turns: Turns,
}

/// One translation of a source address.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    /// What translates.
    pub by: Component,
    /// The source before.
    pub client: Field,
    /// The source after.
    pub mapped: IpAddr,
    /// The public address that an internet gateway mapped that to.
    pub public: Option<IpAddr>,
    /// Where the answer goes on from: the translator's subnet, or for a regional gateway none.
    pub subnet: Option<Ix<Subnet>>,
    /// Its VPC.
    pub vpc: Ix<Vpc>,
    /// What the client called, where the destination was translated too (rule NAT-7).
    pub called: Option<Field>,
    /// The peering that the packet crossed after a NAT gateway: the answer returns by it without a route (rule NAT-5).
    pub peering: Option<Component>,
}

/// How a packet left the known network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Through the internet gateway of this VPC.
    Internet(Ix<Vpc>),
    /// Through the egress-only gateway of this VPC.
    EgressOnly(Ix<Vpc>),
    /// Through a gateway endpoint of this VPC.
    GatewayEndpoint(Ix<Vpc>),
    /// To what AWS answers itself inside of the VPC.
    OwnService(&'static str),
    /// To a network behind this gateway, about which nothing is known.
    Beyond(Ix<Vpc>),
}

/// One way, walked.
pub(super) struct Walk<'a> {
    store: &'a Store,
    /// Whether to write down the steps.
    explain: bool,
    groups: Groups,
    /// How many load balancers and proxies the connection came through.
    legs: u8,
    way: Way,
    /// The traffic as asked about: destination ports of this way's packets.
    asked: Traffic,
    /// The point it should get to.
    to: &'a Point,
    src: Field,
    dst: Field,
    atoms: &'a mut Atoms,
    session: &'a mut Session,
    leg: Leg,
    hops: u8,
    /// Where the packet came from last, to tell a NAT gateway's own VPC and loops.
    came_from: From,
    /// What the way got through so far, where a translation starts a new set of ports.
    part_lost: bool,
    /// Where in the steps the source's groups belong, once the way is known.
    groups_of_source: Option<(usize, InterfaceIx)>,
    /// Routes that cover the destination and did not win, and where in the steps they belong.
    overruled: Vec<(usize, Step)>,
    /// The interface that the packet got to.
    arrived_at: Option<InterfaceIx>,
}

/// What handed the packet to the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// An interface of this subnet.
    Subnet(Ix<Subnet>),
    /// Something outside of the VPC: a gateway.
    Gateway,
}

/// The outcome of one way.
pub(super) struct Walked {
    pub leg: Leg,
    /// Whether a part of the answers is lost.
    pub part_lost: bool,
    /// The traffic that was asked about last: behind a translation, the client's own.
    pub asked: Traffic,
    /// Where it got to, or would.
    pub arrived_at: Option<InterfaceIx>,
    /// The packet's addresses there.
    pub src: Field,
    pub dst: Field,
}

/// What a walk needs besides its ends.
pub(super) struct Start<'a> {
    pub store: &'a Store,
    pub explain: bool,
    pub groups: Groups,
    pub way: Way,
    pub asked: Traffic,
    pub src: Field,
    pub dst: Field,
    /// How many load balancers and proxies the connection came through.
    pub legs: u8,
}

impl<'a> Walk<'a> {
    /// Walks from one point to the other.
    pub(super) fn run(
        start: Start<'a>,
        from: &Point,
        to: &'a Point,
        atoms: &'a mut Atoms,
        session: &'a mut Session,
    ) -> Walked {
        let leg = Leg { passed: start.asked.clone(), ..Leg::default() };
        let mut walk = Walk {
            store: start.store,
            explain: start.explain,
            groups: start.groups,
            legs: start.legs,
            way: start.way,
            asked: start.asked,
            to,
            src: start.src,
            dst: start.dst,
            atoms,
            session,
            leg,
            hops: 0,
            came_from: From::Gateway,
            part_lost: false,
            groups_of_source: None,
            overruled: Vec::new(),
            arrived_at: None,
        };
        walk.start(from);
        walk.mention_overruled();
        walk.judge_source_groups();
        Walked {
            leg: walk.leg,
            part_lost: walk.part_lost,
            asked: walk.asked,
            arrived_at: walk.arrived_at,
            src: walk.src,
            dst: walk.dst,
        }
    }

    fn start(&mut self, from: &Point) {
        match from.site {
            Site::Interface(at) | Site::Public(at) => self.leave(at),
            Site::Outside => self.enter_from_outside(),
            Site::ServiceNetwork(function) => self.leave_service_network(function),
            Site::Nowhere(envelope) => self.unknown(
                Check::Endpoint,
                Component::other(""),
                Code::UnknownResource,
                Reason::Lacks(envelope),
            ),
        }
    }

    fn is_return(&self) -> bool {
        self.way == Way::Return
    }

    /// Whether nothing can change the outcome any more: all is blocked, and nobody wants to know where else it would be.
    fn is_settled(&self) -> bool {
        !self.explain && self.leg.passed.is_empty()
    }

    /// Whether an interface's groups filter its traffic (rule SG-20).
    fn is_filtered(&self, interface: &Interface) -> bool {
        self.groups == Groups::Filter && interface.is_filtered()
    }

    fn filter(&self) -> Filter<'a> {
        Filter { store: self.store, explain: self.explain }
    }

    /// The other side as the groups of the sender (its destination) or of the receiver (its source) see it.
    fn counterpart(&self, field: Field, vpc: Option<Ix<Vpc>>) -> Counterpart {
        let interface = self.holder(field, vpc);
        Counterpart { field, interface, identity: self.session.identity }
    }

    /// The interface that has an address: the question's own end, or whoever has it in that VPC.
    fn holder(&self, field: Field, vpc: Option<Ix<Vpc>>) -> Option<InterfaceIx> {
        vpc.and_then(|vpc| self.store.by_private(vpc, field.value))
    }

    /// Whether an answer was asked for in the place of a VPC and is not here, or not all of it.
    fn is_lost(&self, envelope: Envelope, place: PlaceIx) -> bool {
        self.store.place(place).has_lost(envelope)
    }

    /// How much is known of one kind of resource in the place of a VPC.
    fn knowledge(&self, envelope: Envelope, place: PlaceIx) -> Knowledge<'a> {
        self.store.place(place).knowledge(envelope)
    }
}

impl Component {
    /// A component of a kind.
    pub(super) fn new(kind: Kind, id: impl AsRef<str>) -> Self {
        Self { kind, id: id.as_ref().into() }
    }

    /// A component of no kind that has a name.
    pub(super) fn other(id: &str) -> Self {
        Self::new(Kind::Other, id)
    }
}

impl From {
    fn subnet(self) -> Option<Ix<Subnet>> {
        match self {
            Self::Subnet(subnet) => Some(subnet),
            Self::Gateway => None,
        }
    }
}

/// A fact as a reason.
fn said(fact: Said) -> Reason {
    Reason::Said(fact)
}

#[cfg(test)]
mod tests;
