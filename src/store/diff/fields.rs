//! Two states of one resource, field by field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// One field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// `State.Name`, `IpPermissions`.
    pub path: String,
    /// What is gone: the old value, or elements of a list.
    pub removed: Vec<Value>,
    /// What is new: the new value, or elements of a list.
    pub added: Vec<Value>,
}

/// Every field that differs, in the order of their names.
pub(super) fn compared(old: &Value, new: &Value) -> Vec<FieldChange> {
    let mut found = Vec::new();
    compare("", old, new, &mut found);
    found
}

fn compare(path: &str, old: &Value, new: &Value, found: &mut Vec<FieldChange>) {
    match (old, new) {
        (same, other) if same == other => {}
        (Value::Object(old), Value::Object(new)) => objects(path, old, new, found),
        (Value::Array(old), Value::Array(new)) => {
            let (old, new) = (one_peer_each(old), one_peer_each(new));
            let (removed, added) = (missing(&old, &new), missing(&new, &old));
            if !(removed.is_empty() && added.is_empty()) {
                found.push(FieldChange { path: path.to_owned(), removed, added });
            }
        }
        (old, new) => {
            let told = |value: &Value| {
                let values = Some(value.clone()).filter(|value| !value.is_null());
                values.into_iter().collect()
            };
            found.push(FieldChange { path: path.to_owned(), removed: told(old), added: told(new) });
        }
    }
}

fn objects(
    path: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    found: &mut Vec<FieldChange>,
) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let field = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or(Value::Null);
        let (old, new) = (field(old), field(new));
        compare(&path, &like(old.clone(), &new), &like(new, &old), found);
    }
}

/// A list that is left out is an empty one.
fn like(value: Value, other: &Value) -> Value {
    if value.is_null() && other.is_array() { Value::Array(Vec::new()) } else { value }
}

/// The lists of a group's permission: each of their elements is a rule by itself.
const PEERS: [&str; 4] = ["IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"];

/// Permissions of a group one by one, so that one more source is one more rule; other lists as they are.
fn one_peer_each(list: &[Value]) -> Vec<Value> {
    let rules = list.iter().flat_map(|element| {
        let Some(permission) = element.as_object().filter(|one| one.contains_key("IpProtocol"))
        else {
            return vec![element.clone()];
        };
        let peers = PEERS.iter().filter_map(|key| Some((*key, permission.get(*key)?.as_array()?)));
        let peers = peers.flat_map(|(key, peers)| peers.iter().map(move |peer| (key, peer)));
        let rules = peers.map(|(key, peer)| {
            let fields = permission.iter().filter(|(name, _)| !PEERS.contains(&name.as_str()));
            let mut rule: Map<_, _> =
                fields.map(|(name, value)| (name.clone(), value.clone())).collect();
            rule.insert(key.to_owned(), Value::Array(vec![peer.clone()]));
            Value::Object(rule)
        });
        rules.collect()
    });
    rules.collect()
}

/// The elements of one list that the other has not.
fn missing(from: &[Value], other: &[Value]) -> Vec<Value> {
    from.iter().filter(|element| !other.contains(element)).cloned().collect()
}
