//! Masking: a network that answers every question as before, and tells no one whose it is.
//!
//! Account ids, names, tags, descriptions, DNS names and the ids of resources get pseudonyms; public addresses get other
//! numbers such that every prefix still contains what it contained. Private addresses, zones, ports, states, AWS's own
//! services and their addresses stay. What is masked is the JSON of AWS, field by field: `fields` says what stays,
//! everything else goes through `text`.
//!
//! The same network always masks to the same bytes. Nothing here knows files, AWS's API, or what the answers are.

mod address;
mod dns;
mod fields;
mod pseudonym;
mod text;

#[cfg(test)]
mod tests;

use ipnet::IpNet;
use serde_json::Value;

use self::address::Addresses;
use self::pseudonym::{Key, Pseudonyms, hash};
use self::text::{Texts, is_service};
use crate::model::catalogue::{CALLS, Resources};
use crate::model::dump::{Dump, Origin, Outcome, RegionDump};

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
        let of_aws = dump.regions.iter().flat_map(|region| aws_prefixes(&region.resources));
        let services = dump.regions.iter().flat_map(|region| aws_services(&region.resources));
        let texts = Texts {
            addresses: Addresses::new(key, of_aws),
            pseudonyms: Pseudonyms::new(key),
            services: services.collect(),
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
            let answer = region.resources.write(call.envelope, serde_json::value::Serializer)?;
            resources.read(call.envelope, self.value(answer, "", call.key))?;
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

/// The addresses of AWS's services (rule SG-16): public knowledge, and known by number.
fn aws_prefixes(resources: &Resources) -> impl Iterator<Item = IpNet> {
    let of_aws = |name: Option<&str>| name.is_some_and(is_service);
    let lists = resources.prefix_lists.iter();
    let lists = lists.filter(move |list| of_aws(list.prefix_list_name.as_deref()));
    let managed = resources.managed_prefix_list_entries.iter().filter(move |entries| {
        let mut lists = resources.managed_prefix_lists.iter();
        lists.any(|list| {
            list.prefix_list_id == entries.prefix_list_id
                && of_aws(list.prefix_list_name.as_deref())
        })
    });
    let entries = managed.flat_map(|list| list.entries.iter().filter_map(|entry| entry.cidr));
    lists.flat_map(|list| list.cidrs.iter().copied()).chain(entries)
}

/// The words in the names of AWS's services: their DNS names consist of them.
fn aws_services(resources: &Resources) -> impl Iterator<Item = String> {
    let names = resources.vpc_endpoints.iter().filter_map(|one| one.service_name.as_deref());
    let names = names.filter(|name| is_service(name));
    names.flat_map(|name| name.split('.').skip(3).map(str::to_owned))
}

fn silence(outcome: &mut Outcome) {
    match outcome {
        Outcome::Complete => {}
        Outcome::Partial { message }
        | Outcome::Denied { message, .. }
        | Outcome::Failed { message } => UNSAID.clone_into(message),
    }
}
