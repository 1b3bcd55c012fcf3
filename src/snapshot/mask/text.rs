//! One text under its pseudonym: what the text looks like decides, not the field it stands in, so that a name is the
//! same everywhere, be it in an ARN, a DNS name or the description of an interface.

use std::net::IpAddr;

use ipnet::IpNet;
use rustc_hash::FxHashSet;

use super::address::Addresses;
use super::pseudonym::Pseudonyms;
use super::{aws, fields};
use crate::snapshot::layout::is_account;

/// What texts are masked with.
pub(super) struct Texts {
    pub addresses: Addresses,
    pub pseudonyms: Pseudonyms,
    /// The names that AWS gave to services and prefix lists which occur: `com.amazonaws.eu-west-1.secretsmanager`.
    pub service_names: FxHashSet<String>,
    /// Parts of them, such as `secretsmanager`.
    pub services: FxHashSet<String>,
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

/// What ECS puts before the name of what started a task.
const TASK_GROUPS: &[&str] = &["service", "family"];

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

impl Texts {
    /// What stands for this text.
    pub fn text(&mut self, text: &str) -> String {
        let known = self.numbers(text).or_else(|| self.arn(text));
        let known = known.or_else(|| self.task_group(text));
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

    /// `service:checkout`: the service that started a task, under the name that it has elsewhere.
    fn task_group(&mut self, text: &str) -> Option<String> {
        let (kind, name) = text.split_once(':').filter(|(kind, _)| TASK_GROUPS.contains(kind))?;
        Some(format!("{kind}:{}", self.part(name)))
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
    pub fn word<const N: usize>(&mut self, word: &str, separators: [char; N]) -> String {
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
        let of_aws = self.service_names.contains(text) || aws::is_known_service_name(text);
        if of_aws || fields::is_word(text) {
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

fn is_id_number(text: &str) -> bool {
    text.len() >= 8 && is_hex(text)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(|group| if is_hex(group) { group.len() } else { 0 });
    lengths.eq([8, 4, 4, 4, 12])
}
