//! Prefix lists and the addresses they stand for (rule SG-16).

use ipnet::IpNet;

use super::Map;
use crate::model::catalogue::Resources;
use crate::model::ids::PrefixListId;

/// All prefix lists of the network.
#[derive(Clone, Debug, Default)]
pub struct PrefixLists(Map<PrefixListId, List>);

#[derive(Clone, Debug, Default)]
struct List {
    name: Option<String>,
    cidrs: Option<Vec<IpNet>>,
}

impl PrefixLists {
    /// Collects them from the three answers that tell of them.
    pub(super) fn collect<'a>(all: impl Iterator<Item = &'a Resources>) -> Self {
        let mut lists = Self::default();
        for resources in all {
            lists.add(resources);
        }
        lists
    }

    /// The addresses of a list, if they are known.
    pub fn cidrs(&self, list: &PrefixListId) -> Option<&[IpNet]> {
        self.0.get(list)?.cidrs.as_deref()
    }

    /// The name of a list, such as `com.amazonaws.eu-west-1.s3`.
    pub fn name(&self, list: &PrefixListId) -> Option<&str> {
        self.0.get(list)?.name.as_deref()
    }

    /// Whether a list is one of AWS's own, of services at public addresses: whatever its entries, no private address is
    /// among them. VPC Lattice alone is at link-local ones.
    pub fn is_public(&self, list: &PrefixListId) -> bool {
        let name = self.name(list);
        name.is_some_and(|name| {
            name.starts_with("com.amazonaws.") && !name.ends_with("vpc-lattice")
        })
    }

    /// Every list with its name.
    pub fn iter(&self) -> impl Iterator<Item = (&PrefixListId, Option<&str>)> {
        self.0.iter().map(|(id, list)| (id, list.name.as_deref()))
    }

    /// The lists of AWS services whose addresses are known, by name: `com.amazonaws.eu-west-1.s3`.
    pub fn of_services(&self) -> impl Iterator<Item = (&str, &[IpNet])> {
        let named = self
            .0
            .values()
            .filter_map(|list| Some((list.name.as_deref()?, list.cidrs.as_deref()?)));
        named.filter(|(name, _)| name.starts_with("com.amazonaws."))
    }

    fn add(&mut self, resources: &Resources) {
        for list in &resources.prefix_lists {
            let entry = self.0.entry(list.prefix_list_id.clone()).or_default();
            entry.name = entry.name.take().or_else(|| list.prefix_list_name.clone());
            entry.cidrs.get_or_insert_with(|| list.cidrs.clone());
        }
        for list in &resources.managed_prefix_lists {
            let entry = self.0.entry(list.prefix_list_id.clone()).or_default();
            entry.name = list.prefix_list_name.clone().or_else(|| entry.name.take());
        }
        for list in &resources.managed_prefix_list_entries {
            let entry = self.0.entry(list.prefix_list_id.clone()).or_default();
            entry.cidrs = Some(list.entries.iter().filter_map(|one| one.cidr).collect());
        }
    }
}
