//! Prefix lists: AWS's, the customer's, and their entries.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, id, parsed, tags, try_each, word};
use crate::model::endpoint::{ManagedPrefixList, PrefixList, PrefixListEntry};

pub(in crate::loader) fn prefix_list(from: ec2::PrefixList) -> Result<PrefixList, Unreadable> {
    let cidrs = try_each(from.cidrs, |text| parsed("Cidrs", Some(text)))?;
    Ok(PrefixList {
        prefix_list_id: id(from.prefix_list_id),
        prefix_list_name: from.prefix_list_name,
        cidrs: cidrs.into_iter().flatten().collect(),
    })
}

pub(in crate::loader) fn managed(from: ec2::ManagedPrefixList) -> ManagedPrefixList {
    ManagedPrefixList {
        prefix_list_id: id(from.prefix_list_id),
        prefix_list_name: from.prefix_list_name,
        address_family: from.address_family,
        max_entries: from.max_entries,
        owner_id: from.owner_id,
        state: word(from.state),
        version: from.version,
        tags: tags(from.tags),
    }
}

pub(in crate::loader) fn entry(from: ec2::PrefixListEntry) -> Result<PrefixListEntry, Unreadable> {
    Ok(PrefixListEntry { cidr: parsed("Cidr", from.cidr)?, description: from.description })
}
