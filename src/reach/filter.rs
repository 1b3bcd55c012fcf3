//! Security groups and network ACLs: what of the asked traffic gets through, and by which rule.

use super::answer::{But, NearMiss, Rule};
use super::field::{Atoms, Field};
use ipnet::IpNet;

use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::SecurityGroupId;
use crate::model::network_acl::NetworkAcl;
use crate::model::traffic::Traffic;
use crate::model::vpc::Vpc;
use crate::store::{Direction, GroupRef, GroupRule, InterfaceIx, Ix, PRIVATE, Peer, Store};

/// They tell whether a group that is not in the data is a peer's.
const PEERINGS: Envelope = Envelope::VpcPeeringConnections;

/// What a filter lets through.
#[derive(Clone, Debug, Default)]
pub(super) struct Filtered {
    /// Lets it through for sure.
    pub passed: Traffic,
    /// May let it through: a rule that applies is not fully known.
    pub unknown: Traffic,
    /// The rule that decided, where one did.
    pub rule: Option<Rule>,
    /// Rules that came near, where something is missing.
    pub near: Vec<NearMiss>,
    /// Whether the groups have any rule in this direction.
    pub has_rules: bool,
}

/// The other side of a packet, as a group's rule sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counterpart {
    /// Its address.
    pub field: Field,
    /// Its interface, if it has one.
    pub interface: Option<InterfaceIx>,
    /// What became of its groups' identity on the way.
    pub identity: Identity,
}

/// Whether a reference to a group can match on this way (rules SG-7 to SG-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// Same VPC, or an active peering of the same region.
    Kept,
    /// A transit gateway with referencing on: inbound rules only (rule SG-10).
    KeptInbound,
    /// Translated, or through a middlebox.
    Lost,
    /// A transit gateway with referencing on, but off at an attachment (rule SG-10).
    SwitchedOff,
    /// A transit gateway whose options are not visible: inbound rules may match, if at all (rule SG-10).
    NotVisible,
    /// The peer VPC is not visible: its groups may be those that a rule refers to (rule SG-8).
    PeerNotVisible,
}

/// A filter at work.
pub(super) struct Filter<'a> {
    pub store: &'a Store,
    /// Whether to collect rules and near misses.
    pub explain: bool,
}

impl Filter<'_> {
    /// The union of the groups' rules in one direction (rule SG-1).
    pub(super) fn groups(
        &self,
        groups: &[SecurityGroupId],
        direction: Direction,
        other: Counterpart,
        asked: &Traffic,
        atoms: &mut Atoms,
    ) -> Filtered {
        let mut result = Filtered::default();
        for group in groups {
            if !self.is_told(group) {
                result.unknown = asked.clone();
            }
            let Some(rules) = self.store.group_rules(group) else { continue };
            for (position, rule) in rules.of(direction).iter().enumerate() {
                result.has_rules = true;
                let said = || named(group, direction, position, rule);
                self.group_rule(rule, direction, other, asked, atoms, &mut result, said);
                if asked.is_subset(&result.passed) {
                    return result;
                }
            }
        }
        result
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the inner loop of the one above, split for reading"
    )]
    fn group_rule(
        &self,
        rule: &GroupRule,
        direction: Direction,
        other: Counterpart,
        asked: &Traffic,
        atoms: &mut Atoms,
        result: &mut Filtered,
        said: impl Fn() -> Rule,
    ) {
        let lets = rule.traffic.intersection(asked);
        if lets.is_empty() {
            if self.explain
                && self.matches(&rule.peer, direction, other, &mut atoms.clone()) == Match::Yes
            {
                let ports =
                    asked.protocols().first().map(|p| rule.traffic.ports(*p)).unwrap_or_default();
                result.near.push(NearMiss { rule: said(), but: But::OtherPorts(ports) });
            }
            return;
        }
        match self.matches(&rule.peer, direction, other, atoms) {
            Match::Yes => {
                result.passed = result.passed.union(&lets);
                if self.explain && result.rule.is_none() {
                    result.rule = Some(said());
                }
            }
            Match::Unknown => {
                result.unknown = result.unknown.union(&lets);
                if self.explain && other.identity == Identity::PeerNotVisible {
                    result.near.push(NearMiss { rule: said(), but: But::NotVisible });
                }
            }
            Match::No(but) if self.explain => result.near.push(NearMiss { rule: said(), but }),
            Match::No(_) => {}
        }
    }

    fn matches(
        &self,
        peer: &Peer,
        direction: Direction,
        other: Counterpart,
        atoms: &mut Atoms,
    ) -> Match {
        let inside = match peer {
            Peer::Cidr(net) => atoms.within(other.field, net),
            Peer::PrefixList(list, None) => {
                let is_public = self.store.prefix_lists.is_public(list);
                if !(is_public && atoms.within_any(other.field, &PRIVATE)) {
                    return Match::Unknown;
                }
                false
            }
            Peer::PrefixList(_, Some(set)) => atoms.within_set(other.field, set),
            Peer::Group(reference) => return self.covers(reference, direction, other),
        };
        if inside { Match::Yes } else { Match::No(But::OtherPeer) }
    }

    /// A reference stands for the private addresses of the interfaces that carry the group now (rule SG-7).
    fn covers(&self, reference: &GroupRef, direction: Direction, other: Counterpart) -> Match {
        let stale = reference.peering_status.as_deref().is_some_and(|status| status != "active");
        let Some(interface) = other.interface.filter(|_| !stale) else {
            let out_of_sight = !stale && self.store.security_groups.get(&reference.group).is_none();
            let address = other.field.value;
            let is_inside = address.is_ipv6() || PRIVATE.iter().any(|net| net.contains(&address));
            let may_carry = !stale && is_inside && self.store.lacks(Envelope::NetworkInterfaces);
            return match (other.identity, direction) {
                (Identity::Kept, _) if may_carry || out_of_sight && self.store.lacks(PEERINGS) => {
                    Match::Unknown
                }
                (Identity::PeerNotVisible, _) | (Identity::NotVisible, Direction::Ingress)
                    if out_of_sight =>
                {
                    Match::Unknown
                }
                _ => Match::No(self.uncovered(reference)),
            };
        };
        match self.store.interface(interface).carries(&reference.group) {
            Some(true) => {}
            Some(false) => return Match::No(self.uncovered(reference)),
            None => return Match::Unknown,
        }
        match (other.identity, direction) {
            (Identity::Kept, _) | (Identity::KeptInbound, Direction::Ingress) => Match::Yes,
            (Identity::PeerNotVisible, _) | (Identity::NotVisible, Direction::Ingress) => {
                Match::Unknown
            }
            (Identity::SwitchedOff, Direction::Ingress) => Match::No(But::ReferencingOff),
            (Identity::Lost, _)
            | (
                Identity::KeptInbound | Identity::SwitchedOff | Identity::NotVisible,
                Direction::Egress,
            ) => Match::No(But::IdentityLost),
        }
    }

    fn uncovered(&self, reference: &GroupRef) -> But {
        let nobody = self.store.members(&reference.group).is_empty();
        if nobody { But::CoversNobody } else { But::OtherPeer }
    }

    /// What the groups let in from some interface of a VPC that may carry any group: for a source that is in no VPC yet.
    pub(super) fn groups_from_vpc(
        &self,
        groups: &[SecurityGroupId],
        vpc: &Vpc,
        asked: &Traffic,
    ) -> Filtered {
        let own: AddressSet =
            vpc.ipv4_cidrs().map(IpNet::V4).chain(vpc.ipv6_cidrs().map(IpNet::V6)).collect();
        let possible = |peer: &Peer| match peer {
            Peer::Cidr(net) => !own.intersection(&AddressSet::from_iter([*net])).is_empty(),
            Peer::PrefixList(_, set) => {
                set.as_ref().is_none_or(|set| !own.intersection(set).is_empty())
            }
            Peer::Group(_) => true,
        };
        let mut result = Filtered::default();
        if !groups.iter().all(|group| self.is_told(group)) {
            result.unknown = asked.clone();
        }
        for (group, position, rule) in self.rules_of(groups, Direction::Ingress) {
            result.has_rules = true;
            let lets = rule.traffic.intersection(asked);
            let said = || named(group, Direction::Ingress, position, rule);
            match (lets.is_empty(), possible(&rule.peer)) {
                (false, true) => {
                    result.passed = result.passed.union(&lets);
                    result.rule.get_or_insert_with(said);
                }
                (false, false) => result.near.push(NearMiss { rule: said(), but: But::OtherPeer }),
                (true, _) => {}
            }
        }
        result
    }

    /// What groups let through of at least somebody.
    pub(super) fn groups_for_anyone(
        &self,
        groups: &[SecurityGroupId],
        direction: Direction,
        asked: &Traffic,
    ) -> Traffic {
        if !groups.iter().all(|group| self.is_told(group)) {
            return asked.clone();
        }
        let rules = self.rules_of(groups, direction);
        let all = rules.fold(Traffic::empty(), |all, (_, _, rule)| all.union(&rule.traffic));
        all.intersection(asked)
    }

    /// What an ACL lets through of at least somebody.
    pub(super) fn acl_for_anyone(
        &self,
        acl: Ix<NetworkAcl>,
        direction: Direction,
        asked: &Traffic,
    ) -> Traffic {
        let Some(rules) = self.store.acl_rules(acl).filter(|rules| rules.is_whole) else {
            return asked.clone();
        };
        let rules = rules.of(direction).iter();
        let allowing = rules.filter(|rule| rule.allows);
        allowing.fold(Traffic::empty(), |all, rule| all.union(&rule.traffic)).intersection(asked)
    }

    /// Whether all is known that a group allows.
    fn is_told(&self, group: &SecurityGroupId) -> bool {
        self.store.group_rules(group).is_some_and(|rules| rules.is_whole)
    }

    fn rules_of<'b>(
        &'b self,
        groups: &'b [SecurityGroupId],
        direction: Direction,
    ) -> impl Iterator<Item = (&'b SecurityGroupId, usize, &'b GroupRule)> {
        groups.iter().flat_map(move |group| {
            let rules = self.store.group_rules(group).map_or(&[][..], |rules| rules.of(direction));
            rules.iter().enumerate().map(move |(position, rule)| (group, position, rule))
        })
    }

    /// The first rule that matches decides, part by part (rule NACL-2).
    pub(super) fn acl(
        &self,
        acl: Ix<NetworkAcl>,
        direction: Direction,
        other: Field,
        asked: &Traffic,
        atoms: &mut Atoms,
    ) -> Filtered {
        let mut result = Filtered { has_rules: true, ..Filtered::default() };
        let Some(rules) = self.store.acl_rules(acl).filter(|rules| rules.is_whole) else {
            result.unknown = asked.clone();
            return result;
        };
        let mut open = asked.clone();
        for rule in rules.of(direction) {
            let decided = rule.traffic.intersection(&open);
            if decided.is_empty() || !atoms.within(other, &rule.cidr) {
                continue;
            }
            open = open.difference(&decided);
            if rule.allows {
                result.passed = result.passed.union(&decided);
            }
            if self.explain && (result.rule.is_none() || !rule.allows) {
                let acl = self.store.network_acls.at(acl).data.network_acl_id.as_str().into();
                result.rule = Some(Rule::Acl { acl, rule: Box::new(rule.clone()) });
            }
            if open.is_empty() {
                break;
            }
        }
        result
    }
}

/// Whether a peer of a rule is the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Match {
    Yes,
    No(But),
    Unknown,
}

fn named(group: &SecurityGroupId, direction: Direction, position: usize, rule: &GroupRule) -> Rule {
    let egress = direction == Direction::Egress;
    Rule::Group { group: group.as_str().into(), position, rule: Box::new(rule.clone()), egress }
}
