//! One security group as a document: its rules, what each source and destination covers now, and who refers to it. The
//! format `vpctui.sg/1` changes only by adding.

mod covers;
mod findings;
mod rule_text;
mod text;
mod view;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub(super) use self::rule_text::{ports, protocol};
pub use self::text::page;
pub use self::view::view;

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.sg/1";

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Which group.
    pub group: Group,
    /// The interfaces that carry it now.
    pub members: Vec<Interface>,
    /// Inbound rules, one per source, in AWS's order.
    pub inbound: Vec<Rule>,
    /// Outbound rules, one per destination, in AWS's order.
    pub outbound: Vec<Rule>,
    /// The groups with rules that refer to this one.
    pub referenced_by: Vec<Referrer>,
    /// The other VPCs from which AWS says that it is referred to, visible here or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub referenced_from: Vec<ReferringVpc>,
    /// What is worth a look, the gravest first.
    pub findings: Vec<Finding>,
    /// The permissions without which not every interface is known that carries the group or is covered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<&'static str>,
}

/// Which group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// `sg-...`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What its author wrote.
    pub description: Option<String>,
    /// The VPC that it was made in; it may be used in others (rule SG-14).
    pub vpc: Option<String>,
    /// That VPC's name.
    pub vpc_name: Option<String>,
    /// The account that owns it.
    pub account: Option<String>,
    /// Its region.
    pub region: Option<String>,
}

/// One interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interface {
    /// AWS's id, or a made-up one where AWS does not list it.
    pub id: String,
    /// Who uses it: `instance`, `lambda`, `db-instance`, ...
    pub kind: &'static str,
    /// The user's name.
    pub owner: String,
    /// Its address; the prefix that it is in where the address is not known.
    pub address: String,
    /// Its subnet.
    pub subnet: Option<String>,
    /// Its VPC.
    pub vpc: Option<String>,
    /// Its account, where it is known.
    pub account: Option<String>,
}

/// One rule with one source or destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Position among the rules of its direction, from 0.
    pub position: usize,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `all`.
    pub protocol: String,
    /// `5432`, `8000-8010`, `all`, `echo-request`.
    pub ports: String,
    /// The source or destination.
    pub peer: Peer,
    /// What its author wrote.
    pub description: Option<String>,
    /// What the source or destination covers now.
    pub covers: Covers,
}

/// The source or destination of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Peer {
    /// `security-group`, `cidr` or `prefix-list`.
    pub kind: &'static str,
    /// The group's id, the CIDR, or the list's id.
    pub id: String,
    /// The group's or the list's name.
    pub name: Option<String>,
    /// The account that AWS names with a group of another one.
    pub account: Option<String>,
}

/// What a source or destination covers now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covers {
    /// Every address of a family.
    pub anyone: bool,
    /// How many interfaces.
    pub count: usize,
    /// Which ones.
    pub interfaces: Vec<Covered>,
    /// Those that a reference would cover, were their VPCs connected with the rule's (rule SG-8). Of a prefix they are
    /// counted only: private prefixes are used again and again.
    pub out_of_reach: Vec<Covered>,
    /// How many those are.
    pub out_of_reach_count: usize,
    /// Why it covers nothing: `group-gone`, `no-members`, ...
    pub nothing: Option<&'static str>,
    /// The same in a few words.
    pub text: String,
}

/// One interface that is covered, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// Which one.
    pub interface: Interface,
    /// `group`, `address`, `prefix`, or `part-of-prefix` where only some of the addresses that it may have are covered.
    pub by: &'static str,
    /// The address that a CIDR rule meets.
    pub address: Option<String>,
    /// `same-vpc`, `peering`, `transit-gateway`, `unknown`, or `none`.
    pub link: &'static str,
}

/// A group that refers to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Referrer {
    /// `sg-...`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many of its inbound rules do.
    pub inbound: usize,
    /// How many of its outbound rules do.
    pub outbound: usize,
}

/// A VPC with rules that refer to the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferringVpc {
    /// `vpc-...`.
    pub vpc: String,
    /// Its name, where it is known.
    pub vpc_name: Option<String>,
    /// The peering connection or transit gateway in between.
    pub over: Option<String>,
}

impl ReferringVpc {
    /// The VPC for people.
    pub fn label(&self) -> String {
        let Some(name) = &self.vpc_name else { return self.vpc.clone() };
        format!("{name} ({})", self.vpc)
    }
}

/// Something worth a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What: `open-to-the-world`, `stale-reference`, `unused`, ...
    pub code: &'static str,
    /// `inbound` or `outbound`, where it is about a rule.
    pub direction: Option<&'static str>,
    /// The rule's position, where it is about one.
    pub position: Option<usize>,
    /// A sentence.
    pub text: String,
}

impl Document {
    /// The rules of both directions, each with its direction's word.
    pub fn rules(&self) -> impl Iterator<Item = (&'static str, &Rule)> {
        let inbound = self.inbound.iter().map(|rule| ("inbound", rule));
        inbound.chain(self.outbound.iter().map(|rule| ("outbound", rule)))
    }
}
