//! From the store to the document of one group.

use super::covers::{covers, interface};
use super::findings::findings;
use super::rule_text::{ports, protocol};
use super::{Document, Group, Peer, Referrer, ReferringVpc, Rule, SCHEMA};
use crate::model::catalogue::Envelope;
use crate::model::ids::SecurityGroupId;
use crate::model::security_group::{SecurityGroup, SecurityGroupReference};
use crate::model::tag;
use crate::store::{Direction, GroupRule, Peer as StorePeer, Store};

/// One group as it is now; of a group that is not known, what refers to it and who carries it.
pub fn view(store: &Store, id: &SecurityGroupId) -> Document {
    let members = store.members(id).iter().map(|at| interface(store, *at));
    let mut document = Document {
        schema: SCHEMA,
        group: group(store, id),
        members: members.collect(),
        inbound: rules(store, id, Direction::Ingress),
        outbound: rules(store, id, Direction::Egress),
        referenced_by: store
            .referrers(id)
            .into_iter()
            .map(|one| referrer(store, one, id))
            .collect(),
        referenced_from: store.referring_vpcs(id).into_iter().map(|one| from(store, one)).collect(),
        findings: Vec::new(),
        needs: needs(store),
    };
    document.findings = findings(store, &document);
    document
}

fn needs(store: &Store) -> Vec<&'static str> {
    let lacks = store.lacks(Envelope::NetworkInterfaces);
    lacks.then(|| Envelope::NetworkInterfaces.call().action).into_iter().collect()
}

fn from(store: &Store, reference: &SecurityGroupReference) -> ReferringVpc {
    let vpc = store.vpcs.get(&reference.referencing_vpc_id);
    let peering = reference.vpc_peering_connection_id.as_ref().map(ToString::to_string);
    let gateway = reference.transit_gateway_id.as_ref().map(ToString::to_string);
    ReferringVpc {
        vpc: reference.referencing_vpc_id.to_string(),
        vpc_name: vpc.and_then(|vpc| tag::name(&vpc.tags)).map(str::to_owned),
        over: peering.or(gateway),
    }
}

fn group(store: &Store, id: &SecurityGroupId) -> Group {
    let Some(row) = store.security_groups.row(id) else {
        return Group { id: id.to_string(), ..Group::default() };
    };
    let group = &row.data;
    let vpc = group.vpc_id.as_ref().and_then(|vpc| store.vpcs.get(vpc));
    let region = &store.place(row.place).region;
    Group {
        id: id.to_string(),
        name: group.group_name.clone(),
        description: group.description.clone(),
        vpc: group.vpc_id.as_ref().map(ToString::to_string),
        vpc_name: vpc.and_then(|vpc| tag::name(&vpc.tags)).map(str::to_owned),
        account: group.owner_id.as_ref().map(ToString::to_string),
        region: (!region.is_empty()).then(|| region.to_string()),
    }
}

fn rules(store: &Store, id: &SecurityGroupId, direction: Direction) -> Vec<Rule> {
    let rules = store.group_rules(id).map_or(&[][..], |rules| rules.of(direction));
    let numbered = rules.iter().enumerate();
    numbered.map(|(position, rule)| written(store, id, direction, position, rule)).collect()
}

fn written(
    store: &Store,
    id: &SecurityGroupId,
    direction: Direction,
    position: usize,
    rule: &GroupRule,
) -> Rule {
    Rule {
        position,
        protocol: protocol(rule),
        ports: ports(rule),
        peer: peer(store, id, &rule.peer),
        description: rule.description.clone(),
        covers: covers(store, id, direction, &rule.peer),
    }
}

fn peer(store: &Store, within: &SecurityGroupId, peer: &StorePeer) -> Peer {
    match peer {
        StorePeer::Cidr(cidr) => {
            Peer { kind: "cidr", id: cidr.to_string(), name: None, account: None }
        }
        StorePeer::PrefixList(list, _) => Peer {
            kind: "prefix-list",
            id: list.to_string(),
            name: store.prefix_lists.name(list).map(str::to_owned),
            account: None,
        },
        StorePeer::Group(reference) => {
            let group = store.security_groups.get(&reference.group);
            let own = store.security_groups.get(within).and_then(|own| own.owner_id.as_ref());
            let account = reference.account.as_ref().filter(|account| Some(*account) != own);
            Peer {
                kind: "security-group",
                id: reference.group.to_string(),
                name: group.map(|group| group.group_name.clone()),
                account: account.map(ToString::to_string),
            }
        }
    }
}

fn referrer(store: &Store, group: &SecurityGroup, id: &SecurityGroupId) -> Referrer {
    let count = |direction| {
        let rules = store.group_rules(&group.group_id).map_or(&[][..], |rules| rules.of(direction));
        let refers =
            |rule: &&GroupRule| matches!(&rule.peer, StorePeer::Group(to) if to.group == *id);
        rules.iter().filter(refers).count()
    };
    Referrer {
        id: group.group_id.to_string(),
        name: group.group_name.clone(),
        inbound: count(Direction::Ingress),
        outbound: count(Direction::Egress),
    }
}
