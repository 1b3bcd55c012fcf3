//! Masking: a network that answers every question as before, and tells no one whose it is.
//!
//! Account ids, names, tags, descriptions, DNS names and the ids of resources get pseudonyms; public addresses get other
//! numbers such that every prefix still contains what it contained. Private addresses, zones, ports, states, AWS's own
//! services and their addresses stay. What is masked is the JSON of AWS, field by field: `fields` says what stays,
//! everything else goes through `text`, to which `aws` says what is AWS's own.
//!
//! The same network always masks to the same bytes. Nothing here knows files, AWS's API, or what the answers are.

mod address;
mod arn;
mod aws;
mod dns;
mod fields;
mod pseudonym;
mod text;

#[cfg(test)]
mod tests;

use ipnet::Ipv4Net;
use rustc_hash::FxHashSet;
use serde_json::Value;

use self::address::Addresses;
use self::pseudonym::{Key, Pseudonyms, hash};
use self::text::Texts;
use crate::model::catalogue::{CALLS, Resources};
use crate::model::dump::{Dump, Origin, Outcome, RegionDump};
use crate::model::vpc::Vpc;

/// Stands for what AWS said when it refused a call: that names the caller.
const UNSAID: &str = "(masked)";

/// The pseudonyms of one network.
pub struct Mask {
    texts: Texts,
}

/// The same network under pseudonyms.
///
/// # Errors
/// None that a network which was read can cause; the serializer's, if a field does not come back in its own form.
pub fn mask(dump: &Dump) -> serde_json::Result<Dump> {
    Mask::of(dump)?.dump(dump)
}

impl Mask {
    /// Prepares pseudonyms that depend on all of `dump`.
    ///
    /// # Errors
    /// The serializer's.
    pub fn of(dump: &Dump) -> serde_json::Result<Self> {
        let key = key(dump)?;
        let of_aws = dump.regions.iter().flat_map(|region| aws::prefixes(&region.resources));
        let vpcs = dump.regions.iter().flat_map(|region| networks(&region.resources));
        let names = dump.regions.iter().flat_map(|region| aws::service_names(&region.resources));
        let service_names: FxHashSet<_> = names.map(str::to_owned).collect();
        let services = service_names.iter().filter_map(|name| aws::service_labels(name)).flatten();
        let texts = Texts {
            addresses: Addresses::new(key, of_aws, vpcs),
            pseudonyms: Pseudonyms::new(key),
            services: services.map(str::to_owned).collect(),
            service_names,
        };
        Ok(Self { texts })
    }

    /// What stands for a name, id, ARN, DNS name, address or description of the network.
    pub fn text(&mut self, original: &str) -> String {
        self.texts.text(original)
    }

    fn dump(&mut self, dump: &Dump) -> serde_json::Result<Dump> {
        let regions = dump.regions.iter().map(|region| self.region(region));
        let origin = Origin { label: "masked".to_owned(), notices: Vec::new() };
        Ok(Dump { regions: regions.collect::<serde_json::Result<_>>()?, origin })
    }

    fn region(&mut self, region: &RegionDump) -> serde_json::Result<RegionDump> {
        let mut resources = Resources::default();
        for call in CALLS {
            let mask = |item| self.value(item, "", call.key);
            region.resources.rewrite(call.envelope, &mut resources, mask)?;
        }
        let mut coverage = region.coverage.clone();
        coverage.0.values_mut().for_each(silence);
        Ok(RegionDump {
            account: self.text(region.account.as_str()).into(),
            region: region.region.clone(),
            resources,
            coverage,
            loaded_at: region.loaded_at.clone(),
        })
    }

    /// The value of `field`, which stands in the field `around`.
    fn value(&mut self, value: Value, around: &str, field: &str) -> Value {
        match value {
            Value::String(text) if !fields::is_kept(around, field, &text) => {
                Value::String(self.text(&text))
            }
            Value::Array(items) => {
                items.into_iter().map(|item| self.value(item, around, field)).collect()
            }
            Value::Object(object) => {
                let told = object.into_iter().filter(|(key, _)| !fields::is_left_out(field, key));
                let masked = told.map(|(key, value)| {
                    let value = self.value(value, field, &key);
                    (key, value)
                });
                Value::Object(masked.collect())
            }
            kept => kept,
        }
    }
}

/// A hash of the whole network.
fn key(dump: &Dump) -> serde_json::Result<Key> {
    let mut key = Key::default();
    for region in &dump.regions {
        let names = [region.account.as_str(), region.region.as_str()];
        key = hash(&key, &names.map(str::as_bytes));
        for call in CALLS {
            let mut text = Vec::new();
            let to = &mut serde_json::Serializer::new(&mut text);
            region.resources.write(call.envelope, to)?;
            key = hash(&key, &[&text]);
        }
    }
    Ok(key)
}

/// The networks of VPCs and subnets; those of subnets too, since a VPC that is shared may not be told.
fn networks(resources: &Resources) -> impl Iterator<Item = Ipv4Net> {
    let vpcs = resources.vpcs.iter().flat_map(Vpc::ipv4_cidrs);
    vpcs.chain(resources.subnets.iter().filter_map(|subnet| subnet.cidr_block))
}

fn silence(outcome: &mut Outcome) {
    match outcome {
        Outcome::Complete => {}
        Outcome::Partial { message }
        | Outcome::Denied { message, .. }
        | Outcome::Failed { message } => UNSAID.clone_into(message),
    }
}
