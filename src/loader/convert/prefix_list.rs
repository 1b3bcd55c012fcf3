//! Prefix lists: AWS's, the customer's, and their entries.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, id, parsed, tags, text, try_each, word};
use crate::model::endpoint::{ManagedPrefixList, PrefixList, PrefixListEntry};

pub(in crate::loader) fn prefix_list(from: &ec2::PrefixList) -> Result<PrefixList, Unreadable> {
    let cidrs = try_each(from.cidrs.as_ref(), |text: &String| parsed("Cidrs", Some(text)))?;
    Ok(PrefixList {
        prefix_list_id: id(from.prefix_list_id()),
        prefix_list_name: text(from.prefix_list_name()),
        cidrs: cidrs.into_iter().flatten().collect(),
    })
}

pub(in crate::loader) fn managed(from: &ec2::ManagedPrefixList) -> ManagedPrefixList {
    ManagedPrefixList {
        prefix_list_id: id(from.prefix_list_id()),
        prefix_list_name: text(from.prefix_list_name()),
        address_family: text(from.address_family()),
        max_entries: from.max_entries(),
        owner_id: text(from.owner_id()),
        state: word(from.state()),
        version: from.version(),
        tags: tags(from.tags.as_ref()),
    }
}

pub(in crate::loader) fn entry(from: &ec2::PrefixListEntry) -> Result<PrefixListEntry, Unreadable> {
    Ok(PrefixListEntry {
        cidr: parsed("Cidr", from.cidr())?,
        description: text(from.description()),
    })
}
