//! Prefix lists.

use super::sheet::{Sheet, Text, Tone, dim};
use crate::store::{Peer, Store};

/// A prefix list: its entries, and whose rules refer to it.
pub(super) fn prefix_list(store: &Store, id: &str, sheet: &mut Sheet) {
    sheet.fact("prefix list", Text::of(Tone::Strong, id));
    let list = id.into();
    sheet.fact_if("name", store.prefix_lists.name(&list).map(str::to_owned));
    let regions = store.source().regions.iter();
    let mut managed = regions.flat_map(|region| &region.resources.managed_prefix_lists);
    let managed = managed.find(|one| one.prefix_list_id == list);
    if let Some(managed) = managed {
        sheet.fact_if("owner", managed.owner_id.clone());
        sheet.fact_if("room for", managed.max_entries.map(|most| format!("{most} entries")));
    }
    match store.prefix_lists.cidrs(&list) {
        Some(cidrs) => sheet.list("Entries", cidrs, |sheet, cidr| {
            sheet.row([Text::from(cidr.to_string()), dim(described(store, id, &cidr.to_string()))]);
        }),
        None => sheet.fact("entries", Text::of(Tone::Unknown, "? not known")),
    }
    let refers = |group: &&crate::model::security_group::SecurityGroup| {
        let rules = store.group_rules(&group.group_id).into_iter();
        let mut rules = rules.flat_map(|rules| rules.ingress.iter().chain(&rules.egress));
        rules.any(|rule| matches!(&rule.peer, Peer::PrefixList(other, _) if *other == list))
    };
    let groups = store.security_groups.iter().filter(refers);
    sheet.list("In rules of", groups, |sheet, group| {
        sheet.row_of(store, group.group_id.as_str(), []);
    });
}

/// What its author wrote beside an entry.
fn described(store: &Store, id: &str, cidr: &str) -> String {
    let regions = store.source().regions.iter();
    let told = regions.flat_map(|region| &region.resources.managed_prefix_list_entries);
    let entries = told.filter(|one| one.prefix_list_id.as_str() == id).flat_map(|one| &one.entries);
    let mut entries = entries.filter(|one| one.cidr.is_some_and(|own| own.to_string() == cidr));
    entries.next().and_then(|entry| entry.description.clone()).unwrap_or_default()
}
