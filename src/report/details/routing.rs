//! Route tables: the routes in the order in which they win, and who uses the table.

use super::sheet::{Sheet, Text, Tone, dim, named};
use crate::model::route_table::RouteTable;
use crate::model::vpc::Subnet;
use crate::report::words::counted;
use crate::store::{Ix, RouteEntry, Routes, Store, Target};

/// A route table.
pub(super) fn table(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(at) = store.route_tables.position(id) else { return };
    let table = &store.route_tables[at].data;
    sheet.fact("route table", Text::of(Tone::Strong, id));
    sheet.refer(store, "vpc", table.vpc_id.as_str());
    sheet.fact("serves", serves(table));
    sheet.heading("Routes", "the longest prefix wins");
    routes(store, at, sheet);
    let explicit = table.associations.iter().filter_map(|one| one.subnet_id.as_ref());
    sheet.list("Subnets", explicit, |sheet, subnet| {
        sheet.row_of(store, subnet.as_str(), []);
    });
    let edges = table.associations.iter().filter_map(|one| one.gateway_id.as_deref());
    let told = table.propagating_vgws.iter().map(|one| one.gateway_id.as_str());
    sheet.list("Entered from", edges, |sheet, gateway| sheet.row_of(store, gateway, []));
    sheet.list("Routes told by", told, |sheet, gateway| sheet.row_of(store, gateway, []));
}

/// Whom a table serves.
pub(super) fn serves(table: &RouteTable) -> String {
    let subnets = table.associations.iter().filter(|one| one.subnet_id.is_some()).count();
    let main = table.associations.iter().any(|one| one.main);
    match (main, subnets) {
        (true, 0) => "main: every subnet without a table of its own".to_owned(),
        (true, _) => format!("main: {}, and every other one", counted(subnets, "subnet")),
        (false, _) => counted(subnets, "subnet"),
    }
}

/// The table that serves a subnet, the winner of each prefix first.
pub(super) fn of_subnet(store: &Store, subnet: Ix<Subnet>, sheet: &mut Sheet) {
    let Some(at) = store.route_table_of(subnet) else {
        sheet.heading("Routes", "not known");
        return;
    };
    let table = &store.route_tables[at].data;
    let main = table.associations.iter().any(|association| association.main);
    let main = if main { "  main table" } else { "" };
    sheet.heading_of(store, "Routes", table.route_table_id.as_str(), main);
    routes(store, at, sheet);
}

fn routes(store: &Store, at: Ix<RouteTable>, sheet: &mut Sheet) {
    let Some(routes) = store.routes(at) else { return };
    let mut lists = Vec::new();
    for entry in routes.entries() {
        if entry.list.as_ref().is_some_and(|list| lists.contains(list)) {
            continue;
        }
        lists.extend(entry.list.clone());
        route(store, entry, sheet);
    }
    for (list, _) in &routes.unknown_lists {
        let text = format!("? {list}: its addresses are not known");
        sheet.row([Text::of(Tone::Unknown, text)]);
    }
}

fn route(store: &Store, entry: &RouteEntry, sheet: &mut Sheet) {
    let list = entry.list.as_ref();
    let destination = list.map_or_else(
        || entry.prefix.to_string(),
        |list| store.prefix_lists.name(list).map_or_else(|| list.to_string(), short_list),
    );
    let target = target(store, &entry.target);
    let propagated = if entry.propagated { "  propagated" } else { "" };
    let gone = if entry.blackhole { "  ✗ target gone: drops" } else { "" };
    let target = target.with(Tone::Dim, propagated).with(Tone::Bad, gone);
    let cells = [Text::from(destination), dim("→"), target];
    sheet.row_to(store, entry.target.known_as().unwrap_or_default(), cells);
}

/// `com.amazonaws.eu-west-1.s3` → `s3`.
fn short_list(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

fn target(store: &Store, target: &Target) -> Text {
    match target {
        Target::Local => dim("local"),
        Target::Unknown => {
            Text::of(Tone::Unknown, "a kind of target that this version does not know")
        }
        other => named(store, other.known_as().unwrap_or_default()),
    }
}

/// The tables with a route to something.
pub(super) fn routed_by(store: &Store, id: &str, sheet: &mut Sheet) {
    let leads = |at: Ix<RouteTable>| {
        let entries = store.routes(at).into_iter().flat_map(Routes::entries);
        let prefixes = entries.filter(|entry| entry.target.id() == Some(id));
        let prefixes: Vec<_> = prefixes.map(|entry| entry.prefix.to_string()).take(4).collect();
        (!prefixes.is_empty()).then(|| prefixes.join(", "))
    };
    let tables = store.route_tables.rows();
    let tables =
        tables.filter_map(|(at, row)| Some((row.data.route_table_id.as_str(), leads(at)?)));
    let tables: Vec<_> = tables.collect();
    if tables.is_empty() {
        sheet.heading("Routes to it", "none");
    }
    sheet.list("Routes to it", tables, |sheet, (table, prefixes)| {
        sheet.row_of(store, table, [dim(prefixes)]);
    });
}
