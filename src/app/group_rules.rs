//! stub
use crate::model::ids::SecurityGroupId;
use crate::store::tree::Node;
use crate::store::{Direction, Store};

/// A group.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// How many interfaces carry it.
    pub members: usize,
    /// Who refers to it.
    pub referrers: Vec<String>,
    /// Rules.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Direction.
    pub direction: Direction,
    /// tcp 5432
    pub traffic: String,
    /// Peer.
    pub peer: String,
    /// What it covers, in words.
    pub note: String,
    /// Ids of covered interfaces.
    pub covers: Vec<String>,
}

impl Group {
    /// The rule.
    pub fn rule(&self, at: usize) -> Option<&Rule> {
        self.rules.get(at)
    }
    /// How many.
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }
}

/// Groups of a node.
pub fn carried_at(_store: &Store, node: &Node) -> Vec<SecurityGroupId> {
    node.detail.groups.clone()
}

/// Doc.
pub fn document(store: &Store, id: &SecurityGroupId) -> Option<Group> {
    let group = store.security_groups.get(id)?;
    Some(Group {
        id: id.to_string(),
        name: group.group_name.clone(),
        members: store.members(id).len(),
        ..Group::default()
    })
}
