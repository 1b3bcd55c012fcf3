//! One change per blocker: the narrowest that could remove it.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

use super::change::{Change, FixPeer, NEW_NAT, RouteTarget};
use super::edge::may_have_public;
use crate::model::gateway::NatGatewayState;
use crate::model::ids::{NetworkAclId, RouteTableId, SecurityGroupId, SubnetId};
use crate::model::traffic::{Protocol, Traffic};
use crate::model::vpc::{Subnet, Vpc};
use crate::reach::Code;
use crate::reach::answer::{Answer, Check, Leg, Outcome, PathAnswer, Reason, Rule, Site, Step};
use crate::reach::question::End;
use crate::store::{Direction, Interface, Ix, Store, Target};

/// What could be changed about the blockers of an answer, once each, in the order of the steps.
pub(super) fn changes(store: &Store, answer: &Answer) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    for path in &answer.paths {
        let proposing = Proposing { store, answer, path };
        let by_name = proposing.dns_over_peering().filter(|change| !found.contains(change));
        found.extend(by_name);
        for (leg, back) in [(&path.forward, false), (&path.back, true)] {
            for change in proposing.of_leg(leg, back) {
                if !found.contains(&change) {
                    found.push(change);
                }
            }
        }
    }
    found
}

/// One path of the answer under repair.
pub(super) struct Proposing<'a> {
    pub(super) store: &'a Store,
    pub(super) answer: &'a Answer,
    pub(super) path: &'a PathAnswer,
}

impl Proposing<'_> {
    fn of_leg(&self, leg: &Leg, back: bool) -> Vec<Change> {
        let mut found = Vec::new();
        let mut last_route = None;
        for step in &leg.steps {
            if matches!(step.outcome, Outcome::Block | Outcome::BlockPart) {
                found.extend(self.of_step(step, last_route, back));
            }
            last_route = if step.check == Check::Route { Some(step) } else { last_route };
        }
        found
    }

    fn of_step(&self, step: &Step, last_route: Option<&Step>, back: bool) -> Vec<Change> {
        match (step.check, step.code) {
            (Check::SecurityGroupIngress, Some(Code::GroupReferencingSupport)) => self.references(),
            (Check::SecurityGroupEgress, _) => {
                self.group_rule(step, Direction::Egress).into_iter().collect()
            }
            (Check::SecurityGroupIngress, _) => {
                self.group_rule(step, Direction::Ingress).into_iter().collect()
            }
            (Check::NetworkAclEgress, _) => {
                self.acl_entry(step, Direction::Egress, back).into_iter().collect()
            }
            (Check::NetworkAclIngress, _) => {
                self.acl_entry(step, Direction::Ingress, back).into_iter().collect()
            }
            (
                Check::Route,
                Some(Code::NoRoute | Code::ReturnNoRouteToTransit | Code::BadStateRoute),
            ) => self.route(step, back),
            (Check::InternetGateway, Some(Code::EgressToRfc1918 | Code::EgressToRfc6598)) => {
                last_route.map(|route| self.route(route, back)).unwrap_or_default()
            }
            (Check::InternetGateway, Some(Code::NoPublicAddressForEgress)) => self.public_way(),
            (Check::InternetGateway, Some(Code::NoPublicAddressForIngress)) => {
                self.target().and_then(public_address).into_iter().collect()
            }
            (Check::InternetGateway, Some(Code::BadStateAttachment)) => {
                self.attach_gateway(step).into_iter().collect()
            }
            (Check::BlockPublicAccess, Some(Code::BlockPublicAccess)) => {
                self.exclusion(step).into_iter().collect()
            }
            (Check::Nat, Some(Code::BadState | Code::NatInOwnSubnet)) => {
                last_route.map(|route| self.other_nat(route)).unwrap_or_default()
            }
            (Check::Peering, Some(Code::BadState)) => self.accept(step).into_iter().collect(),
            (_, Some(Code::TransitZone)) => self.transit_subnet(step, back).into_iter().collect(),
            (Check::Nat, Some(Code::SourceDestCheck)) => {
                vec![Change::ForwardPackets { interface: step.component.id.as_ref().into() }]
            }
            (_, Some(Code::TransitNoRoute)) => self.propagation(step, back).into_iter().collect(),
            (_, Some(Code::TransitAssociationMissing)) => {
                self.association(step).into_iter().collect()
            }
            (_, Some(Code::UnassociatedComponent)) => self.attach().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn source(&self) -> Option<&Interface> {
        self.path.from.site.interface().map(|at| self.store.interface(at))
    }

    pub(super) fn target(&self) -> Option<&Interface> {
        self.path.to.site.interface().map(|at| self.store.interface(at))
    }

    // --- security groups ---

    /// A rule for exactly this flow, from or to the other side's group where a reference can match (rule SG-7).
    fn group_rule(&self, step: &Step, direction: Direction) -> Option<Change> {
        let Reason::NotAllowed { missing, near } = &step.reason else { return None };
        let (own, other) = match direction {
            Direction::Ingress => (self.target(), self.source()),
            Direction::Egress => (self.source(), self.target()),
        };
        let group = best_group(self.store, own?, near.first().map(|miss| &miss.rule))?;
        let (protocol, ports) = narrowest(missing)?;
        let peer = self.peer(own?, other, direction, step)?;
        Some(Change::GroupRule { group, direction, protocol, ports, peer })
    }

    fn peer(
        &self,
        own: &Interface,
        other: Option<&Interface>,
        direction: Direction,
        step: &Step,
    ) -> Option<FixPeer> {
        let lost = matches!(
            step.code,
            Some(Code::GroupReferencesNotPreserved | Code::GroupReferencingSupport)
        );
        let private = matches!(self.path.to.site, Site::Interface(_));
        let referable = other.filter(|other| private && !lost && self.can_refer(own, other));
        if let Some(group) = referable.and_then(|other| least_shared(self.store, other)) {
            return Some(FixPeer::Group(group));
        }
        let addresses = match direction {
            Direction::Ingress if self.answer.question.from == End::Internet => return None,
            Direction::Ingress => self.seen_source(other),
            Direction::Egress if self.answer.question.to == End::Internet => {
                return Some(FixPeer::Cidr(IpNet::V4(Ipv4Net::default())));
            }
            Direction::Egress => self.path.to.addresses.witness(),
        };
        addresses.map(|address| FixPeer::Cidr(address.into()))
    }

    /// The source's address as the target sees it: behind the internet gateway, its public one.
    fn seen_source(&self, source: Option<&Interface>) -> Option<IpAddr> {
        let public = || source?.addresses.iter().find_map(|own| own.public);
        match self.path.to.site {
            Site::Public(_) => public().or_else(|| self.path.from.addresses.witness()),
            _ => self.path.from.addresses.witness(),
        }
    }

    /// Same VPC, or joined by an active peering of one region (rules SG-8, SG-9).
    fn can_refer(&self, own: &Interface, other: &Interface) -> bool {
        own.vpc.is_some() && (own.vpc == other.vpc || self.peering(own.vpc, other.vpc).is_some())
    }

    // --- network ACLs ---

    /// An entry for exactly what is denied, before the rule that denies.
    fn acl_entry(&self, step: &Step, direction: Direction, back: bool) -> Option<Change> {
        let Reason::Denied { denied, .. } = &step.reason else { return None };
        let id = NetworkAclId::from(&*step.component.id);
        let acl = self.store.network_acls.position(&id)?;
        let deny = match &step.rule {
            Some(Rule::Acl { rule, .. }) if !rule.allows => rule.number,
            _ => 32767,
        };
        let rules = self.store.acl_rules(acl)?.of(direction);
        let taken: Vec<u32> = rules.iter().map(|rule| rule.number).collect();
        let number = (1..deny.min(32767)).rev().find(|number| !taken.contains(number))?;
        let (protocol, ports) = narrowest(denied)?;
        let other =
            if (direction == Direction::Ingress) == back { &self.path.to } else { &self.path.from };
        let cidr = self.acl_cidr(other)?;
        Some(Change::AclEntry { acl: id, number, direction, protocol, ports, cidr })
    }

    /// ACLs know no groups: the other side's subnet where it is inside, since its address may change tomorrow.
    fn acl_cidr(&self, other: &crate::reach::answer::Point) -> Option<IpNet> {
        let interface = match other.site {
            Site::Interface(at) => Some(self.store.interface(at)),
            _ => None,
        };
        let subnet = interface
            .and_then(|i| i.subnet)
            .and_then(|at| self.store.subnets.at(at).data.cidr_block);
        if let Some(net) = subnet {
            return Some(IpNet::V4(net));
        }
        let address = other.addresses.witness()?;
        let one = other.addresses.v4.intervals().iter().all(|(a, b)| a == b);
        Some(if one { address.into() } else { IpNet::V4(Ipv4Net::default()) })
    }

    // --- routes ---

    /// A way for this destination out of the subnets of a table.
    fn route(&self, step: &Step, back: bool) -> Vec<Change> {
        let table = RouteTableId::from(&*step.component.id);
        let replaces = step.code == Some(Code::BadStateRoute);
        let (here, there) =
            if back { (self.target(), self.source()) } else { (self.source(), self.target()) };
        let Some(here) = here else { return Vec::new() };
        let to_vpc = there.filter(|_| matches!(self.path.to.site, Site::Interface(_)));
        if let Some(there) = to_vpc {
            return self.link_route(table, here, there, replaces).into_iter().collect();
        }
        if let Some(changes) = self.by_endpoint().filter(|_| !back) {
            return changes;
        }
        if self.is_v6() && !back {
            return self.egress_only_route(&table, here, replaces);
        }
        let default = IpNet::V4(Ipv4Net::default());
        let of_nat = !back && self.is_behind_nat() && self.own_table(here).as_ref() != Some(&table);
        if back || of_nat || has_public(here) {
            return self.gateway_route(table, here, default, replaces).into_iter().collect();
        }
        self.nat_route(&table, here, default, replaces)
    }

    fn own_table(&self, here: &Interface) -> Option<RouteTableId> {
        let table = self.store.route_table_of(here.subnet?)?;
        Some(self.store.route_tables.at(table).data.route_table_id.clone())
    }

    /// In place of a NAT gateway that cannot serve the source: another one.
    fn other_nat(&self, route: &Step) -> Vec<Change> {
        let Some(here) = self.source() else { return Vec::new() };
        let table = RouteTableId::from(&*route.component.id);
        self.nat_route(&table, here, IpNet::V4(Ipv4Net::default()), true)
    }

    fn gateway_route(
        &self,
        table: RouteTableId,
        here: &Interface,
        destination: IpNet,
        replaces: bool,
    ) -> Option<Change> {
        let gateway = self.store.topology().internet_gateway_of(here.vpc?)?;
        let id = self.store.internet_gateways.at(gateway).data.internet_gateway_id.clone();
        Some(Change::Route {
            table,
            destination,
            target: RouteTarget::InternetGateway(id),
            replaces,
        })
    }

    /// By a NAT gateway of the VPC; where there is none, by a new one in a subnet that routes to the internet gateway.
    fn nat_route(
        &self,
        table: &RouteTableId,
        here: &Interface,
        destination: IpNet,
        replaces: bool,
    ) -> Vec<Change> {
        let Some(vpc) = here.vpc else { return Vec::new() };
        let vpc_id = &self.store.vpcs.at(vpc).data.vpc_id;
        let route = |nat: &str| Change::Route {
            table: table.clone(),
            destination,
            target: RouteTarget::Nat(nat.into()),
            replaces,
        };
        let own = here.subnet.map(|at| &self.store.subnets.at(at).data.subnet_id);
        let mut usable = self.store.nat_gateways.iter().filter(|nat| {
            let serves = nat.state == NatGatewayState::Available && !nat.is_private();
            serves && nat.vpc_id == *vpc_id && (nat.is_regional() || nat.subnet_id.as_ref() != own)
        });
        if let Some(nat) = usable.next() {
            return vec![route(nat.nat_gateway_id.as_str())];
        }
        let Some(subnet) = self.public_subnet(vpc) else { return Vec::new() };
        let subnet = self.store.subnets.at(subnet).data.subnet_id.clone();
        vec![Change::NatGateway { subnet, vpc: vpc_id.clone() }, route(NEW_NAT)]
    }

    pub(super) fn public_subnet(&self, vpc: Ix<Vpc>) -> Option<Ix<Subnet>> {
        let subnets = self.store.topology().subnets(vpc).iter().copied();
        subnets.into_iter().find(|subnet| is_public(self.store, *subnet))
    }

    /// An interface in a public subnet without a public address: an Elastic IP for an instance; what is no instance, such
    /// as a function, cannot have one and goes by NAT instead (rule L-2).
    fn public_way(&self) -> Vec<Change> {
        let Some(here) = self.source() else { return Vec::new() };
        if let Some(changes) = self.by_endpoint() {
            return changes;
        }
        match public_address(here) {
            Some(change) => vec![change],
            None => self.move_function(here),
        }
    }

    // --- functions ---

    /// Into the target's VPC, into its private subnets in different zones, with a group that the target lets in already
    /// where there is one.
    fn attach(&self) -> Option<Change> {
        let End::Function(arn) = &self.answer.question.from else { return None };
        let function = self.store.functions.get(arn)?;
        let target = self.target()?;
        let vpc = target.vpc?;
        let subnets = self.one_per_zone(vpc, |subnet| !is_public(self.store, subnet));
        let groups = vec![self.group_for_function(target)?];
        let (function, name) = (arn.clone(), function.function_name.clone());
        Some(Change::AttachFunction { function, name, subnets, groups })
    }

    /// One subnet of each zone.
    pub(super) fn one_per_zone(
        &self,
        vpc: Ix<Vpc>,
        wanted: impl Fn(Ix<Subnet>) -> bool,
    ) -> Vec<SubnetId> {
        let subnets = self.store.topology().subnets(vpc).iter();
        let wanted = subnets.filter(|subnet| wanted(**subnet));
        let mut zones = Vec::new();
        let chosen = wanted.map(|subnet| &self.store.subnets.at(*subnet).data).filter(|subnet| {
            let new = !zones.contains(&subnet.availability_zone);
            zones.push(subnet.availability_zone.clone());
            new
        });
        chosen.map(|subnet| subnet.subnet_id.clone()).collect()
    }

    /// A group of other functions of the VPC, else one that the target's rules refer to; never the target's own.
    fn group_for_function(&self, target: &Interface) -> Option<SecurityGroupId> {
        let functions = self.store.interfaces.iter().filter(|one| {
            one.vpc == target.vpc && one.owner.kind == crate::store::OwnerKind::Function
        });
        let used =
            functions.flat_map(|one| one.groups.iter()).find(|id| !target.groups.contains(id));
        let referred = || {
            let rules = target.groups.iter().filter_map(|id| self.store.group_rules(id));
            rules.flat_map(|rules| &rules.ingress).find_map(|rule| match &rule.peer {
                crate::store::Peer::Group(reference) => Some(&reference.group),
                _ => None,
            })
        };
        used.or_else(referred).cloned()
    }
}

fn has_public(interface: &Interface) -> bool {
    interface.addresses.iter().any(|own| own.public.is_some())
}

/// An Elastic IP for an instance: what is no instance cannot be given one by itself.
fn public_address(here: &Interface) -> Option<Change> {
    let private = here.primary().filter(|_| may_have_public(here));
    let Some(IpAddr::V4(private)) = private else { return None };
    Some(Change::PublicAddress { interface: here.id.clone(), private })
}

/// Whether a subnet routes to an internet gateway (rule RT-9).
pub(super) fn is_public(store: &Store, subnet: Ix<Subnet>) -> bool {
    let routes = store.route_table_of(subnet).and_then(|table| store.routes(table));
    routes.is_some_and(|routes| {
        let mut entries = routes.entries().iter();
        entries.any(|entry| matches!(entry.target, Target::InternetGateway(_)) && !entry.blackhole)
    })
}

/// The group that a rule belongs in: the one that came nearest, else the one that the fewest others share.
fn best_group(
    store: &Store,
    interface: &Interface,
    near: Option<&Rule>,
) -> Option<SecurityGroupId> {
    match near {
        Some(Rule::Group { group, .. }) => Some(SecurityGroupId::from(&**group)),
        _ => least_shared(store, interface),
    }
}

/// Of the groups that an interface carries, the one that covers the fewest interfaces; the default group last.
fn least_shared(store: &Store, interface: &Interface) -> Option<SecurityGroupId> {
    let shared = |id: &&SecurityGroupId| {
        let default =
            store.security_groups.get(*id).is_some_and(|group| group.group_name == "default");
        (default, store.members(id).len())
    };
    interface.groups.iter().min_by_key(shared).cloned()
}

/// First and last port, or ICMP type and code, of a rule; none where the protocol has neither.
type Range = Option<(i32, i32)>;

/// The first protocol of a set with its first range of ports: a rule has one range.
fn narrowest(traffic: &Traffic) -> Option<(Option<Protocol>, Range)> {
    let protocols = traffic.protocols();
    if protocols.len() > 4 {
        return Some((None, None));
    }
    let protocol = *protocols.first()?;
    let ports = traffic.ports(protocol);
    let (first, last) = match (ports.intervals().first(), ports.intervals().last()) {
        (Some((first, _)), Some((_, last))) => (*first, *last),
        _ => return None,
    };
    let range = match protocol {
        Protocol::TCP | Protocol::UDP => Some((i32::from(first), i32::from(last))),
        Protocol::ICMP | Protocol::ICMPV6 => {
            Some((i32::from(first >> 8), if first == last { i32::from(first & 0xff) } else { -1 }))
        }
        _ => None,
    };
    Some((Some(protocol), range))
}
