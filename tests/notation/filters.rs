//! Security groups and network ACLs.

use std::collections::BTreeSet;

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::network_acl::{
    IcmpTypeCode, NetworkAcl, NetworkAclAssociation, NetworkAclEntry, PortRange,
};
use vpctui::model::security_group::{
    IpPermission, IpRange, Ipv6Range, PrefixListRef, SecurityGroup, UserIdGroupPair,
};
use vpctui::model::traffic::Protocol;

use super::line::Words;
use super::{ACCOUNT, Network};

/// Protocol and ports as a filter's line tells them: `tcp 443`, `udp 1024-65535`, `icmp 8/0`, `50`, `all`.
struct Matches<'a> {
    protocol: &'a str,
    range: Option<(i32, i32)>,
    /// The first word after them.
    after: &'a str,
}

impl Network {
    pub(super) fn add_filters(&self, to: &mut Resources) {
        let groups = self.groups.iter().map(|(id, lines)| self.group(id, lines));
        to.security_groups.extend(groups);
        to.network_acls.extend(self.acls.iter().map(|(id, lines)| self.acl(id, lines)));
        add_default_acls(to);
    }

    fn group(&self, id: &str, lines: &[String]) -> SecurityGroup {
        let vpc = self.vpcs.keys().next().map(|vpc| vpc.as_str().into());
        let mut group = SecurityGroup {
            group_id: id.into(),
            group_name: id.trim_start_matches("sg-").into(),
            vpc_id: vpc,
            owner_id: Some(ACCOUNT.into()),
            ..SecurityGroup::default()
        };
        for line in lines {
            let mut words = Words::of(id, line);
            match words.word() {
                "of" => group.vpc_id = Some(words.word().into()),
                "in" => group.ip_permissions.push(permission(&mut words)),
                "out" if line == "out nothing" => continue,
                "out" => group.ip_permissions_egress.push(permission(&mut words)),
                word => words.wrong(word),
            }
            words.end();
        }
        if !lines.iter().any(|line| line.starts_with("out ")) {
            for line in ["all to 0.0.0.0/0", "all to ::/0"] {
                group.ip_permissions_egress.push(permission(&mut Words::of(id, line)));
            }
        }
        group
    }

    fn acl(&self, id: &str, lines: &[String]) -> NetworkAcl {
        let mut acl = NetworkAcl { network_acl_id: id.into(), ..NetworkAcl::default() };
        for line in lines {
            let mut words = Words::of(id, line);
            match words.word() {
                "for" => {
                    let subnet = words.word();
                    acl.vpc_id = self.vpc_of(subnet);
                    acl.associations.push(served(id, subnet));
                }
                "in" => acl.entries.push(entry(false, &mut words)),
                "out" => acl.entries.push(entry(true, &mut words)),
                word => words.wrong(word),
            }
            words.end();
        }
        acl.entries.extend(closing("deny"));
        acl
    }
}

/// The default ACL of each VPC allows all and serves every subnet that has no other (rule NACL-1).
fn add_default_acls(to: &mut Resources) {
    let all = to.network_acls.iter().flat_map(|acl| &acl.associations);
    let served_already: BTreeSet<_> = all.filter_map(|a| a.subnet_id.clone()).collect();
    for vpc in to.vpcs.iter().map(|vpc| &vpc.vpc_id) {
        let id = format!("acl-default-{vpc}");
        let subnets = to
            .subnets
            .iter()
            .filter(|subnet| subnet.vpc_id == *vpc && !served_already.contains(&subnet.subnet_id));
        let allowing = closing("allow").into_iter().map(|mut entry| {
            entry.rule_number -= 32667;
            entry
        });
        to.network_acls.push(NetworkAcl {
            network_acl_id: id.as_str().into(),
            vpc_id: vpc.clone(),
            is_default: true,
            associations: subnets.map(|one| served(&id, one.subnet_id.as_str())).collect(),
            entries: allowing.chain(closing("deny")).collect(),
            ..NetworkAcl::default()
        });
    }
}

fn served(acl: &str, subnet: &str) -> NetworkAclAssociation {
    NetworkAclAssociation {
        network_acl_id: Some(acl.into()),
        subnet_id: Some(subnet.into()),
        ..NetworkAclAssociation::default()
    }
}

/// One entry per direction and family that decides about everything, numbered as AWS closes an ACL.
fn closing(action: &str) -> Vec<NetworkAclEntry> {
    let entry = |egress: bool, v6: bool| NetworkAclEntry {
        rule_number: if v6 { 32768 } else { 32767 },
        egress: Some(egress),
        protocol: "-1".into(),
        rule_action: action.into(),
        cidr_block: (!v6).then(ipnet::Ipv4Net::default),
        ipv6_cidr_block: v6.then(ipnet::Ipv6Net::default),
        ..NetworkAclEntry::default()
    };
    vec![entry(false, false), entry(true, false), entry(false, true), entry(true, true)]
}

fn permission(words: &mut Words) -> IpPermission {
    let matches = matches(words);
    let mut permission = IpPermission {
        ip_protocol: if matches.protocol == "all" { "-1" } else { matches.protocol }.into(),
        from_port: matches.range.map(|(from, _)| from),
        to_port: matches.range.map(|(_, to)| to),
        ..IpPermission::default()
    };
    if !matches!(matches.after, "from" | "to") {
        words.wrong(matches.after);
    }
    add_peer(&mut permission, words);
    permission
}

fn add_peer(to: &mut IpPermission, words: &mut Words) {
    let peer = words.word();
    match (peer.parse(), peer.split('-').next()) {
        (Ok(IpNet::V4(net)), _) => {
            to.ip_ranges.push(IpRange { cidr_ip: Some(net), description: None });
        }
        (Ok(IpNet::V6(net)), _) => {
            to.ipv6_ranges.push(Ipv6Range { cidr_ipv6: Some(net), description: None });
        }
        (_, Some("pl")) => to
            .prefix_list_ids
            .push(PrefixListRef { prefix_list_id: peer.into(), description: None }),
        (_, Some("sg")) => to.user_id_group_pairs.push(pair(peer, words)),
        _ => words.wrong(peer),
    }
}

fn pair(group: &str, words: &mut Words) -> UserIdGroupPair {
    let over = words.next().map(|word| {
        if word != "over" {
            words.wrong(word);
        }
        (words.word(), words.next().unwrap_or("active"))
    });
    UserIdGroupPair {
        group_id: Some(group.into()),
        user_id: Some(ACCOUNT.into()),
        vpc_peering_connection_id: over.map(|(peering, _)| peering.into()),
        peering_status: over.map(|(_, status)| status.into()),
        ..UserIdGroupPair::default()
    }
}

fn entry(egress: bool, words: &mut Words) -> NetworkAclEntry {
    let rule_number = words.parse();
    let rule_action = words.word().into();
    let matches = matches(words);
    let number = Protocol::parse(matches.protocol).map(|Protocol(number)| number.to_string());
    let mut entry = NetworkAclEntry {
        rule_number,
        egress: Some(egress),
        protocol: number.unwrap_or_else(|| "-1".into()),
        rule_action,
        ..NetworkAclEntry::default()
    };
    match (matches.protocol, matches.range) {
        ("icmp" | "icmpv6", range) => {
            let (icmp_type, code) = range.unwrap_or((-1, -1));
            entry.icmp_type_code =
                Some(IcmpTypeCode { icmp_type: Some(icmp_type), code: Some(code) });
        }
        (_, Some((from, to))) => {
            entry.port_range = Some(PortRange { from: Some(from), to: Some(to) });
        }
        (_, None) => {}
    }
    match matches.after.parse() {
        Ok(IpNet::V4(net)) => entry.cidr_block = Some(net),
        Ok(IpNet::V6(net)) => entry.ipv6_cidr_block = Some(net),
        Err(_) => words.wrong(matches.after),
    }
    entry
}

fn matches<'a>(words: &mut Words<'a>) -> Matches<'a> {
    let protocol = words.word();
    let known = protocol == "all" || Protocol::parse(protocol).is_some();
    if !known {
        words.wrong(protocol);
    }
    let next = words.word();
    let Some(range) = range(protocol, next) else {
        let any = protocol.starts_with("icmp").then_some((-1, -1));
        let all = matches!(protocol, "tcp" | "udp").then_some((0, 65535));
        return Matches { protocol, range: any.or(all), after: next };
    };
    Matches { protocol, range: Some(range), after: words.word() }
}

/// `443`, `1024-65535`; of ICMP `8`, `3/4`.
fn range(protocol: &str, word: &str) -> Option<(i32, i32)> {
    let icmp = protocol.starts_with("icmp");
    let separator = if icmp { '/' } else { '-' };
    match word.split_once(separator) {
        Some((from, to)) => Some((from.parse().ok()?, to.parse().ok()?)),
        None => word.parse().ok().map(|one| (one, if icmp { -1 } else { one })),
    }
}
