//! One text under its pseudonym: what the text looks like decides, not the field it stands in, so that a name is the
//! same everywhere, be it in an ARN, a DNS name or the description of an interface.

use std::net::IpAddr;

use ipnet::IpNet;

use super::address::Addresses;
use super::aws::is_service_name;
use super::fields;
use super::pseudonym::Pseudonyms;
use crate::snapshot::layout::is_account;

/// What texts are masked with.
pub(super) struct Texts {
    pub addresses: Addresses,
    pub pseudonyms: Pseudonyms,
    /// Parts of the names of AWS services that occur, such as `secretsmanager`.
    pub services: rustc_hash::FxHashSet<String>,
}

/// How descriptions begin from which the owner of an interface is told; what follows is masked word by word, any other
/// description as a whole (rule book, section 1.16).
const BEGINNINGS: &[&str] = &[
    "AWS Lambda VPC ENI-",
    "AWS Lambda VPC ENI: ",
    "RDSNetworkInterface",
    "ELB app/",
    "ELB net/",
    "ELB gwy/",
    "ELB ",
    "Interface for NAT Gateway ",
    "Network interface for DBProxy ",
    "VPC Endpoint Interface ",
    "Resource Gateway Interface ",
    "Network Interface for Transit Gateway Attachment ",
    "ElastiCache ",
    "ElastiCache+",
    "RedshiftNetworkInterface",
    "DMSNetworkInterface",
    "DAX ",
    "EFS mount target for ",
    "AWS ElasticMapReduce",
    "AWS created network interface for directory ",
    "CloudHsm ENI",
    "ES ",
    "aws-K8S-",
];

/// How ids of resources begin, the longer before the shorter that it begins with.
const KINDS: &[&str] = &[
    "vpc-cidr-assoc",
    "subnet-cidr-assoc",
    "vpcbpa-exclude",
    "vpce-svc",
    "vpce",
    "vpc",
    "subnet",
    "rtbassoc",
    "rtb",
    "aclassoc",
    "acl",
    "sgr",
    "sg",
    "eni-attach",
    "eni",
    "eipassoc",
    "eipalloc",
    "eigw",
    "igw",
    "nat",
    "pcx",
    "pl",
    "tgw-attach",
    "tgw-rtb",
    "tgw",
    "vgw",
    "vpn",
    "cgw",
    "dopt",
    "lgw",
    "cagw",
    "fsmt",
    "fs",
    "prx",
    "core-network",
    "ela-attach",
    "d",
    "i",
    "r",
];

/// First parts of an ARN's resource.
const RESOURCES: &[&str] = &[
    "function",
    "db",
    "cluster",
    "cluster-endpoint",
    "db-proxy",
    "db-proxy-endpoint",
    "subgrp",
    "loadbalancer",
    "listener",
    "listener-rule",
    "targetgroup",
    "vpc",
    "subnet",
    "transit-gateway",
    "security-group",
    "core-network",
    "odb-network",
    "network-interface",
    "instance",
    "attachment",
    "task",
    "role",
    "user",
    "assumed-role",
];

/// Second parts of the ARNs of load balancers and what belongs to them.
const BALANCERS: &[&str] = &["app", "net", "gwy"];

impl Texts {
    /// What stands for this text.
    pub fn text(&mut self, text: &str) -> String {
        let known = self.numbers(text).or_else(|| self.arn(text));
        known.or_else(|| self.description(text)).unwrap_or_else(|| self.part(text))
    }

    /// Addresses and prefixes.
    fn numbers(&mut self, text: &str) -> Option<String> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Some(self.addresses.address(address).to_string());
        }
        let prefix = text.parse::<IpNet>().ok()?;
        Some(self.addresses.prefix(prefix).to_string())
    }

    /// `arn:partition:service:region:account:type/name`, or with `:` before the name.
    fn arn(&mut self, text: &str) -> Option<String> {
        let parts: Vec<_> = text.splitn(6, ':').collect();
        let &["arn", partition, service, region, account, resource] = parts.as_slice() else {
            return None;
        };
        let account = self.part(account);
        let mut masked = format!("arn:{partition}:{service}:{region}:{account}:");
        let ends = ['/', ':'];
        let mut first = "";
        for (at, segment) in resource.split_inclusive(ends).enumerate() {
            let name = segment.trim_end_matches(ends);
            let of_balancer = first == "loadbalancer" || first.starts_with("listener");
            let is_type = at == 0 && segment != name && RESOURCES.contains(&name)
                || at == 1 && of_balancer && BALANCERS.contains(&name);
            let is_version = at > 1 && is_short_number(name);
            if at == 0 {
                first = name;
            }
            if is_type || is_version {
                masked.push_str(segment);
            } else {
                masked.push_str(&self.word(segment, ends));
            }
        }
        Some(masked)
    }

    /// The description of an interface that says whose it is.
    fn description(&mut self, text: &str) -> Option<String> {
        let ends = [' ', '/', '(', ')', ','];
        let beginning = BEGINNINGS.iter().find(|beginning| text.starts_with(**beginning))?;
        let words = text.strip_prefix(beginning)?.split_inclusive(ends);
        let words: Vec<_> = words.map(|word| self.word(word, ends)).collect();
        Some(format!("{beginning}{}", words.concat()))
    }

    /// A word of a description; what separates it from the next one stays.
    fn word<const N: usize>(&mut self, word: &str, separators: [char; N]) -> String {
        let name = word.trim_end_matches(separators);
        let separator = word.get(name.len()..).unwrap_or_default();
        let masked = match name.len().checked_sub(37).and_then(|end| name.split_at_checked(end)) {
            Some((front, uuid)) if uuid.starts_with('-') && is_uuid(&uuid[1..]) => {
                format!("{}-{}", self.part(front), self.pseudonyms.hex(&uuid[1..]))
            }
            _ => self.part(name),
        };
        masked + separator
    }

    /// A text that is one thing: an id, an account, a DNS name, or just a name.
    pub fn part(&mut self, text: &str) -> String {
        if fields::is_word(text) || is_service_name(text) {
            return text.to_owned();
        }
        if is_account(text) {
            return self.pseudonyms.digits(text);
        }
        if is_uuid(text) || text.len() >= 16 && is_hex(text) {
            return self.pseudonyms.hex(text);
        }
        let known = self.id(text).or_else(|| self.principal(text)).or_else(|| self.dns_name(text));
        known.unwrap_or_else(|| self.pseudonyms.words(text))
    }

    /// `vpc-0a1b2c3d`; an id with a name in place of the number keeps its beginning.
    fn id(&mut self, text: &str) -> Option<String> {
        let of_kind =
            |kind: &'static str| Some((kind, text.strip_prefix(kind)?.strip_prefix('-')?));
        let (kind, rest) = KINDS.iter().copied().find_map(of_kind)?;
        if is_id_number(rest) {
            return Some(format!("{kind}-{}", self.pseudonyms.hex(rest)));
        }
        let more = rest.split_once('-').filter(|(number, _)| is_id_number(number));
        Some(match more {
            Some((number, more)) => {
                let number = self.pseudonyms.hex(number);
                format!("{kind}-{number}-{}", self.pseudonyms.words(more))
            }
            None => format!("{kind}-{}", self.pseudonyms.words(rest)),
        })
    }

    /// `AROA...:111122223333`: a role and its session.
    fn principal(&mut self, text: &str) -> Option<String> {
        let (role, session) = text.split_once(':').filter(|_| text.starts_with('A'))?;
        let is_id = role.len() > 16 && role.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_id.then(|| format!("{}:{}", self.pseudonyms.words(role), self.part(session)))
    }
}

pub(super) fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The version of a function and its like; accounts, phone numbers and what else tells something are longer.
fn is_short_number(text: &str) -> bool {
    text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_id_number(text: &str) -> bool {
    text.len() >= 8 && is_hex(text)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(|group| if is_hex(group) { group.len() } else { 0 });
    lengths.eq([8, 4, 4, 4, 12])
}
