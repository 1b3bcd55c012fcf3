//! The resources of one kind by id, as AWS prints them.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::model::catalogue::{Envelope, Resources};

/// The resources of one kind.
pub(super) struct Listing {
    envelope: Envelope,
    /// By id.
    pub items: BTreeMap<String, Value>,
}

/// A resource with its fields in the order of its type: the first one is its id.
type Fields = IndexMap<String, Value>;

impl Listing {
    /// Lists them.
    pub(super) fn of(resources: &Resources, envelope: Envelope) -> Self {
        let mut text = Vec::new();
        let written = resources.write(envelope, &mut serde_json::Serializer::new(&mut text));
        let text = if written.is_ok() { text } else { b"[]".to_vec() };
        let list: Vec<Fields> = serde_json::from_slice(&text)
            .or_else(|_| serde_json::from_slice(&text).map(|only: Fields| vec![only]))
            .unwrap_or_default();
        let mut items = BTreeMap::new();
        for fields in list {
            match fields.get("Instances").and_then(Value::as_array) {
                Some(instances) => items.extend(instances.iter().map(instance)),
                None => items.extend([item(fields)]),
            }
        }
        Self { envelope, items }
    }

    /// Puts them in the place of what is there.
    pub(super) fn replace(self, resources: &mut Resources) {
        let values = self.items.into_values();
        let list: Value = match self.envelope {
            Envelope::Reservations => {
                serde_json::json!([{"Instances": values.collect::<Vec<_>>()}])
            }
            _ => values.collect(),
        };
        let mut read = Resources::default();
        // What was just written can be read.
        if read.read(self.envelope, list).is_ok() {
            resources.clear(self.envelope);
            resources.append(read);
        }
    }
}

/// Instances are what changes; the reservation they were started with says nothing.
fn instance(instance: &Value) -> (String, Value) {
    let id = instance.get("InstanceId").and_then(Value::as_str).unwrap_or_default();
    (id.to_owned(), instance.clone())
}

fn item(fields: Fields) -> (String, Value) {
    let id =
        fields.first().map(|(_, id)| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    (id.unwrap_or_default(), Value::Object(fields.into_iter().collect()))
}
