//! Databases and their clusters.

use super::interface::with_interfaces;
use super::sheet::{Sheet, Text, Tone, dim, state};
use crate::model::ids::Arn;
use crate::model::rds::{DbInstance, DbSubnetGroup};
use crate::store::{Keyed, PlaceIx, Store};

/// A DB instance, by ARN or identifier.
pub(super) fn instance(store: &Store, id: &str, sheet: &mut Sheet) {
    facts(store, id, sheet);
    let Some(database) = store.databases.get(id) else { return };
    let interfaces = store.interfaces_of_database(&database.key());
    if interfaces.len() > 1 {
        sheet.note("AWS does not tell which of these interfaces is its own.");
    }
    with_interfaces(store, interfaces, sheet);
    let place = store.databases.row(id).map(|row| row.place);
    if let Some(group) = &database.db_subnet_group {
        let described = group_named(store, place, &group.db_subnet_group_name);
        let group = if group.subnets.is_empty() { described.unwrap_or(group) } else { group };
        subnet_group(store, group, sheet);
    }
}

/// A name is one subnet group's in its account and region only.
fn group_named<'a>(
    store: &'a Store,
    place: Option<PlaceIx>,
    name: &str,
) -> Option<&'a DbSubnetGroup> {
    let here = store.source().regions.get(usize::from(place?.0))?;
    here.resources.db_subnet_groups.iter().find(|one| one.db_subnet_group_name == name)
}

/// The subnets that a database may live in (rule R-3).
fn subnet_group(store: &Store, group: &DbSubnetGroup, sheet: &mut Sheet) {
    let subnets = group.subnets.iter().map(|one| one.subnet_identifier.as_str());
    let heading = format!("Subnet group {}", group.db_subnet_group_name);
    sheet.list(&heading, subnets, |sheet, subnet| sheet.row_of(store, subnet, []));
}

/// Its facts.
pub(super) fn facts(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(database) = store.databases.get(id) else {
        sheet.fact("database", Text::of(Tone::Strong, id));
        return;
    };
    sheet.refer(store, "database", id);
    sheet.fact("", engine(database));
    if let Some(endpoint) = &database.endpoint {
        sheet.fact_if("name", endpoint.address.clone());
    }
    if database.publicly_accessible == Some(true) {
        let text = "  its name resolves to a public address outside of the VPC";
        sheet.fact("public", Text::of(Tone::Warn, "! yes").with(Tone::Dim, text));
    }
    if let Some(name) = &database.db_cluster_identifier {
        let cluster = store.clusters.iter().find(|one| one.db_cluster_identifier == *name);
        let key = cluster.map_or_else(|| Arn::from(name.as_str()), Keyed::key);
        sheet.refer(store, "cluster", key.as_str());
    }
}

fn engine(database: &DbInstance) -> Text {
    let engine = database.engine.as_deref().unwrap_or_default();
    let version = database.engine_version.as_deref().unwrap_or_default();
    let port = database.endpoint.as_ref().and_then(|endpoint| endpoint.port);
    let state = state(database.db_instance_status.as_deref(), &["available"]);
    let text = state.map(|state| state.with(Tone::Text, "  ")).unwrap_or_default();
    let text = text.with(Tone::Text, format!("{engine} {version}").trim());
    match port {
        Some(port) => text.with(Tone::Dim, " on port ").with(Tone::Strong, port.to_string()),
        None => text,
    }
}

/// A DB cluster.
pub(super) fn cluster(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(cluster) = store.clusters.get(id) else { return };
    sheet.fact("cluster", Text::of(Tone::Strong, cluster.db_cluster_identifier.as_str()));
    sheet.fact_if("engine", cluster.engine.clone());
    sheet.fact_if("state", state(cluster.status.as_deref(), &["available"]));
    sheet.fact_if("port", cluster.port.map(|port| port.to_string()));
    sheet.fact_if("writer", cluster.endpoint.clone());
    sheet.fact_if("reader", cluster.reader_endpoint.clone());
    sheet.fact("custom", cluster.custom_endpoints.join(" "));
    sheet.list("Members", &cluster.db_cluster_members, |sheet, member| {
        let role = if member.is_cluster_writer { "writer" } else { "reader" };
        let name = &member.db_instance_identifier;
        let database = store.databases.iter().find(|one| one.db_instance_identifier == *name);
        let key = database.map_or_else(|| Arn::from(name.as_str()), Keyed::key);
        sheet.row_of(store, key.as_str(), [dim(role)]);
    });
    let groups = cluster.vpc_security_groups.iter().map(|one| one.vpc_security_group_id.as_str());
    sheet.list("Security groups", groups, |sheet, group| sheet.row_of(store, group, []));
    if let Some(name) = &cluster.db_subnet_group {
        let place = store.clusters.row(id).map(|row| row.place);
        match group_named(store, place, name) {
            Some(group) => subnet_group(store, group, sheet),
            None => sheet.fact("subnet group", name.as_str()),
        }
    }
}
