//! Peering connections.

use super::routing::routed_by;
use super::sheet::{Sheet, Text, Tone, dim, state};
use crate::model::peering::PeeringVpcInfo;
use crate::store::Store;

/// A peering connection: both sides, and the routes that use it.
pub(super) fn peering(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(peering) = store.peerings.get(id) else { return };
    sheet.fact("peering", Text::of(Tone::Strong, id));
    let status = peering.status.as_ref();
    sheet.fact_if("state", state(status.and_then(|one| one.code.as_deref()), &["active"]));
    sheet.fact_if("", status.and_then(|one| one.message.clone()).map(dim));
    let sides =
        [("Asked by", &peering.requester_vpc_info), ("Accepted by", &peering.accepter_vpc_info)];
    for (heading, info) in sides {
        if let Some(info) = info {
            sheet.heading(heading, "");
            side(store, info, sheet);
        }
    }
    routed_by(store, id, sheet);
}

fn side(store: &Store, side: &PeeringVpcInfo, sheet: &mut Sheet) {
    if let Some(vpc) = &side.vpc_id {
        let known = store.vpcs.get(vpc).is_some();
        let aside = if known { Text::default() } else { Text::of(Tone::Unknown, "  ? not loaded") };
        sheet.refer_with(store, "vpc", vpc.as_str(), aside);
    }
    let mut cidrs: Vec<String> = side.cidr_block.iter().map(ToString::to_string).collect();
    let more = side.cidr_block_set.iter().filter_map(|one| one.cidr_block);
    cidrs.extend(more.map(|cidr| cidr.to_string()));
    cidrs.sort();
    cidrs.dedup();
    sheet.fact("cidr", cidrs.join(" "));
    let owner = side.owner_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let region = side.region.as_ref().map(ToString::to_string).unwrap_or_default();
    sheet.fact("place", dim(format!("{owner} {region}").trim()));
    let resolves = side.peering_options.as_ref();
    let resolves = resolves.and_then(|options| options.allow_dns_resolution_from_remote_vpc);
    if resolves == Some(true) {
        sheet.fact("dns", "the other side resolves its public names to private addresses");
    }
}
