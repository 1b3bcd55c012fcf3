//! What AWS answers itself inside of every VPC: name server, instance metadata, clock. Groups, ACLs and route tables have
//! no say in it (rules SG-18, DNS-2); the rest of their address range is never forwarded (rule RT-5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::{Exit, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::model::vpc::Vpc;
use crate::store::{Interface, Ix, OwnerKind};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnService {
    Resolver,
    Metadata,
    Clock,
}

/// Where they answer, the same in every VPC.
const ADDRESSES: [(OwnService, IpAddr); 6] = [
    (OwnService::Resolver, v4(169, 253)),
    (OwnService::Resolver, v6(0x253)),
    (OwnService::Metadata, v4(169, 254)),
    (OwnService::Metadata, v6(0x254)),
    (OwnService::Clock, v4(169, 123)),
    (OwnService::Clock, v6(0x123)),
];

/// Other link-local ranges that something answers to: VPC Lattice, and the credentials of containers.
const NOT_MODELLED: [(&str, IpNet); 4] = [
    ("VPC Lattice", IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 171, 0), 24))),
    (
        "VPC Lattice",
        IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0x80, 0, 0, 0, 0, 0), 64)),
    ),
    (
        "the credentials of containers",
        IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 170, 0), 24)),
    ),
    (
        "the credentials of containers",
        IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23), 128)),
    ),
];

const fn v4(third: u8, last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(169, 254, third, last))
}

const fn v6(last: u16) -> IpAddr {
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, last))
}

impl OwnService {
    fn name(self) -> &'static str {
        match self {
            Self::Resolver => "AmazonProvidedDNS",
            Self::Metadata => "IMDS",
            Self::Clock => "AmazonTimeSync",
        }
    }

    /// What it listens to.
    fn takes(self) -> Traffic {
        let udp = |port| Traffic::of(Protocol::UDP, PortSet::one(port));
        let tcp = |port| Traffic::of(Protocol::TCP, PortSet::one(port));
        match self {
            Self::Resolver => udp(53).union(&tcp(53)),
            Self::Metadata => tcp(80),
            Self::Clock => udp(123),
        }
    }
}

impl Walk<'_> {
    /// Whether AWS itself answers at the destination; then the way ends here.
    pub(super) fn is_answered_by_aws(&mut self, vpc: Ix<Vpc>, interface: &Interface) -> bool {
        if self.is_return() {
            return false;
        }
        if let Some(service) = self.own_service(vpc) {
            self.groups_of_source = None;
            self.session.exit.get_or_insert(Exit::OwnService(service.name()));
            self.at_own_service(service, vpc, interface);
            return true;
        }
        let mut others = NOT_MODELLED.into_iter();
        let other = others.find(|(_, net)| self.atoms.within(self.dst, net));
        if let Some((name, _)) = other {
            self.groups_of_source = None;
            self.not_modelled(name, "");
        }
        other.is_some()
    }

    fn own_service(&mut self, vpc: Ix<Vpc>) -> Option<OwnService> {
        let primary = self.store.vpcs.at(vpc).data.cidr_block;
        let second = primary.map(|cidr| cidr.network().to_bits().saturating_add(2));
        let resolver = second.map(|bits| (OwnService::Resolver, IpAddr::V4(bits.into())));
        let mut all = ADDRESSES.into_iter().chain(resolver);
        let found = all.find(|(_, address)| self.atoms.within(self.dst, &IpNet::from(*address)));
        found.map(|(service, _)| service)
    }

    fn at_own_service(&mut self, service: OwnService, vpc: Ix<Vpc>, interface: &Interface) {
        let component = Component::new(Kind::Service, service.name());
        match service {
            OwnService::Resolver => self.check_dns_support(vpc),
            _ if interface.owner.kind == OwnerKind::Instance => {}
            _ => return self.not_modelled(service.name(), ""),
        }
        let pings = self.leg.passed.intersection(&Traffic::pings());
        let taken = self.leg.passed.intersection(&service.takes());
        if !taken.is_empty() || self.leg.passed.is_empty() {
            self.leg.passed = taken;
            self.leg.arrived = true;
            self.pass(Check::Endpoint, component, Reason::AnsweredByAws);
        } else if pings.is_empty() {
            let reason = said(Said::TakesOtherTraffic);
            self.block(Check::Endpoint, component, Code::ProtocolRestriction, reason);
        } else {
            self.not_modelled("whether it answers to ping", service.name());
        }
    }

    /// Without DNS support there is no name server (rule DNS-1).
    fn check_dns_support(&mut self, vpc: Ix<Vpc>) {
        let id = &self.store.vpcs.at(vpc).data.vpc_id;
        let component = Component::new(Kind::Vpc, id);
        let mut told = self.store.rest.vpc_attributes.iter().filter(|one| one.vpc_id == *id);
        let support = told.find_map(|one| one.enable_dns_support.as_ref()?.value);
        match support {
            Some(true) => {}
            Some(false) => {
                let reason = said(Said::NoDnsSupport);
                self.block(Check::Endpoint, component, Code::NoPossibleDestination, reason);
            }
            None => {
                let reason = Reason::Lacks(Envelope::VpcAttributes);
                self.unknown(Check::Endpoint, component, Code::UnknownResource, reason);
            }
        }
    }

    /// The answer comes back as it went: nothing on the way filters it.
    pub(super) fn answer_of_aws(&mut self, service: &str) {
        self.leg.arrived = true;
        let component = Component::new(Kind::Service, service);
        self.pass(Check::Endpoint, component, Reason::AnsweredByAws);
    }
}
