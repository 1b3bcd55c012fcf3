//! Security groups: whose they are, what they let through, who carries them, who refers to them.

use super::interface::interface_row;
use super::rules;
use super::sheet::{Sheet, Text, Tone, dim};
use crate::report::words;
use crate::store::Store;

/// A group.
pub(super) fn group(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(group) = store.security_groups.get(id) else { return };
    let about = format!("  {}", group.description.as_deref().unwrap_or_default());
    sheet.fact("group", Text::of(Tone::Strong, id).with(Tone::Dim, about));
    if let Some(vpc) = &group.vpc_id {
        sheet.refer(store, "vpc", vpc.as_str());
    }
    sheet.fact_if("owner", group.owner_id.as_ref().map(ToString::to_string));
    let members = store.members(&group.group_id);
    sheet.fact("carried by", words::interfaces(store, members.len()));
    rules::merged(store, std::slice::from_ref(&group.group_id), sheet);
    sheet.list("Carried by", members, |sheet, at| interface_row(store, *at, sheet));
    sheet.list("Referred to by", store.referrers(&group.group_id), |sheet, other| {
        let members = words::interfaces(store, store.members(&other.group_id).len());
        sheet.row_of(store, other.group_id.as_str(), [dim(format!("on {members}"))]);
    });
    sheet.list("Referred to from", store.referring_vpcs(&group.group_id), |sheet, one| {
        let peering = one.vpc_peering_connection_id.as_ref().map(ToString::to_string);
        let over = peering.or_else(|| one.transit_gateway_id.as_ref().map(ToString::to_string));
        let over = over.map(|over| format!("over {over}")).unwrap_or_default();
        sheet.row_of(store, one.referencing_vpc_id.as_str(), [dim(over)]);
    });
}
