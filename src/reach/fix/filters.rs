//! Repairs of filters: rules of security groups, entries of network ACLs.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::change::{Change, FixPeer};
use super::edge::list_of;
use super::propose::Proposing;
use crate::model::address::AddressSet;
use crate::model::ids::{NetworkAclId, SecurityGroupId};
use crate::model::traffic::{Protocol, Traffic};
use crate::reach::Code;
use crate::reach::answer::{Reason, Rule, Site, Step};
use crate::reach::question::End;
use crate::store::{Direction, Interface, OwnerKind, Store};

impl Proposing<'_> {
    /// A rule for exactly this flow, from or to the other side's group where a reference can match (rule SG-7).
    pub(super) fn group_rule(&self, step: &Step, direction: Direction) -> Option<Change> {
        let Reason::NotAllowed { missing, near } = &step.reason else { return None };
        let (own, other) = match direction {
            Direction::Ingress => (self.target(), self.source()),
            Direction::Egress => (self.source(), self.target()),
        };
        let own = self.filtering(step, own)?;
        let group = best_group(self.store, own, near.first().map(|miss| &miss.rule))?;
        let (protocol, ports) = narrowest(missing)?;
        let peer = match direction {
            Direction::Ingress => self.client(own, other, step)?,
            Direction::Egress => self.called(own, other)?,
        };
        Some(Change::GroupRule { group, direction, protocol, ports, peer })
    }

    /// Whose groups a step is about: those of an end, or of an interface on the way (rule NAT-10).
    fn filtering<'b>(&'b self, step: &Step, end: Option<&'b Interface>) -> Option<&'b Interface> {
        let first = SecurityGroupId::from(step.component.id.split(',').next()?);
        let carries = |one: &&Interface| one.groups.first() == Some(&first);
        let members = self.store.members(&first).iter().map(|at| self.store.interface(*at));
        end.filter(carries).or_else(|| members.into_iter().find(carries))
    }

    /// Whom to let in: the source's group while its private address is seen, else the address that is.
    fn client(&self, own: &Interface, other: Option<&Interface>, step: &Step) -> Option<FixPeer> {
        let seen = self.seen_source(step);
        let is_lost = step.code == Some(Code::GroupReferencesNotPreserved)
            || seen != self.path.from.addresses
            || matches!(self.path.to.site, Site::Public(_));
        let referable = other.filter(|other| !is_lost && can_refer(self, own, other));
        if let Some(group) = referable.and_then(|other| least_shared(self.store, other)) {
            return Some(FixPeer::Group(group));
        }
        if self.answer.question.from == End::Internet {
            return None;
        }
        // To a public address one comes with one's own public address.
        let public = || other?.addresses.iter().find_map(|one| one.public);
        let public = public().filter(|_| matches!(self.path.to.site, Site::Public(_)));
        let seen = public.map_or(seen, AddressSet::one);
        self.net_of(&seen, other).map(FixPeer::Cidr)
    }

    /// Whom to let out to.
    fn called(&self, own: &Interface, other: Option<&Interface>) -> Option<FixPeer> {
        let private = matches!(self.path.to.site, Site::Interface(_));
        let referable = other.filter(|other| private && can_refer(self, own, other));
        if let Some(group) = referable.and_then(|other| least_shared(self.store, other)) {
            return Some(FixPeer::Group(group));
        }
        match &self.answer.question.to {
            End::Internet => Some(FixPeer::Cidr(self.everything())),
            End::Service(name) if !private => {
                let list = list_of(self.store, name).map(|(list, _)| FixPeer::PrefixList(list));
                Some(list.unwrap_or(FixPeer::Cidr(self.everything())))
            }
            _ => self.net_of(&self.path.to.addresses, other).map(FixPeer::Cidr),
        }
    }

    pub(super) fn everything(&self) -> IpNet {
        if self.is_v6() { Ipv6Net::default().into() } else { Ipv4Net::default().into() }
    }

    /// The prefix that stands for addresses: the one address, or the subnet of a holder whose address changes. None for
    /// addresses that no prefix holds alone.
    fn net_of(&self, addresses: &AddressSet, holder: Option<&Interface>) -> Option<IpNet> {
        let address = addresses.witness()?;
        let moving = holder.filter(|one| one.is_virtual() || moves(one.owner.kind));
        let subnet = moving.and_then(|one| self.subnet_of(one, addresses));
        let mut prefixes = addresses.prefixes().into_iter();
        let alone = prefixes.next().filter(|_| prefixes.next().is_none());
        subnet.or(alone.filter(|net| net.contains(&address)))
    }

    /// The CIDR of an interface's subnet that holds addresses.
    fn subnet_of(&self, interface: &Interface, addresses: &AddressSet) -> Option<IpNet> {
        let subnet = &self.store.subnets.at(interface.subnet?).data;
        let address = addresses.witness()?;
        let v4 = subnet.cidr_block.map(IpNet::V4);
        let mut cidrs = v4.into_iter().chain(subnet.ipv6_cidrs().map(IpNet::V6));
        cidrs.find(|cidr| cidr.contains(&address))
    }

    /// An entry for exactly what is denied, before the rule that denies.
    pub(super) fn acl_entry(
        &self,
        step: &Step,
        direction: Direction,
        back: bool,
    ) -> Option<Change> {
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
        let cidr = if (direction == Direction::Ingress) == back {
            self.acl_cidr(&self.path.to.addresses, self.target())
        } else {
            self.acl_cidr(&self.seen_source(step), self.source())
        };
        Some(Change::AclEntry { acl: id, number, direction, protocol, ports, cidr })
    }

    /// ACLs know no groups: the other side's subnet where it is inside, since its address may change tomorrow.
    fn acl_cidr(&self, addresses: &AddressSet, holder: Option<&Interface>) -> IpNet {
        let subnet = holder.and_then(|one| self.subnet_of(one, addresses));
        subnet.or_else(|| self.net_of(addresses, None)).unwrap_or_else(|| self.everything())
    }
}

/// Whether the address changes though nobody changes the network: with each deployment, each failover.
fn moves(kind: OwnerKind) -> bool {
    use OwnerKind::{ApplicationLoadBalancer, Database, DatabaseProxy, EcsTask, EksPod, Function};
    matches!(kind, Function | Database | DatabaseProxy | ApplicationLoadBalancer | EcsTask | EksPod)
}

/// Same VPC, or joined by an active peering of one region (rules SG-8, SG-9).
fn can_refer(proposing: &Proposing<'_>, own: &Interface, other: &Interface) -> bool {
    let joined = || proposing.peering(own.vpc, other.vpc).is_some();
    own.vpc.is_some() && (own.vpc == other.vpc || joined())
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
