//! Where a subnet's packets to the internet go: its default route in a few words (rule RT-9).

use crate::model::vpc::Subnet;
use crate::store::{Ix, RouteEntry, Store, Target};

/// `→ igw-07`, `no internet`, `→ nat-01, gone`, or that the table is not known.
pub(super) fn way_out(store: &Store, subnet: Ix<Subnet>) -> String {
    let routes = store.route_table_of(subnet).and_then(|table| store.routes(table));
    let Some(routes) = routes else { return "routes unknown".to_owned() };
    let default = routes.entries().iter().filter(|entry| entry.prefix.prefix_len() == 0);
    let (v4, v6): (Vec<_>, Vec<_>) = default.partition(|entry| entry.prefix.addr().is_ipv4());
    match (v4.first(), v6.first()) {
        (Some(route), _) => towards(route),
        (None, Some(route)) => format!("IPv6 {}", towards(route)),
        (None, None) => "no internet".to_owned(),
    }
}

fn towards(route: &RouteEntry) -> String {
    let gone = if route.blackhole { ", gone" } else { "" };
    format!("→ {}{gone}", target(&route.target))
}

fn target(target: &Target) -> &str {
    match target {
        Target::Local => "local",
        _ => target.known_as().unwrap_or("an unknown target"),
    }
}
