//! Database proxies and the endpoints made besides their default ones (rule R-6).

use super::interface::with_interfaces;
use super::sheet::{Sheet, Text, Tone, dim, state};
use crate::model::ids::Arn;
use crate::model::rds::{DbProxyEndpoint, DbProxyTargets};
use crate::store::{Keyed, Row, Store};

/// A DB proxy.
pub(super) fn proxy(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(proxy) = store.proxies.get(id) else { return };
    sheet.fact("proxy", Text::of(Tone::Strong, proxy.db_proxy_name.as_str()));
    sheet.fact_if("engine", proxy.engine_family.clone());
    sheet.fact_if("state", state(proxy.status.as_deref(), &["available"]));
    sheet.fact_if("name", proxy.endpoint.clone());
    if let Some(vpc) = &proxy.vpc_id {
        sheet.refer(store, "vpc", vpc.as_str());
    }
    let targets = store.rest.db_proxy_targets.iter();
    targets_of(store, targets.filter(|one| one.db_proxy_name == proxy.db_proxy_name), sheet);
    let endpoints = store.endpoints_of_proxy(id).map(|row| &row.data);
    sheet.list("Further endpoints", endpoints, |sheet, endpoint| {
        sheet.row_of(store, endpoint.key().as_str(), [dim(role(endpoint))]);
    });
    own_interfaces(store, id, sheet);
}

fn targets_of<'a>(
    store: &Store,
    targets: impl Iterator<Item = &'a DbProxyTargets>,
    sheet: &mut Sheet,
) {
    sheet.list("Targets", targets.flat_map(|one| &one.targets), |sheet, target| {
        let id = target.rds_resource_id.clone().unwrap_or_default();
        let database = store.databases.iter().find(|one| one.db_instance_identifier == id);
        let key = database.map_or_else(|| Arn::from(id.as_str()), Keyed::key);
        let role = target.role.clone().unwrap_or_default().to_lowercase();
        let port = target.port.map(|port| format!("port {port}")).unwrap_or_default();
        sheet.row_of(store, key.as_str(), [dim(role), dim(port)]);
    });
}

/// An endpoint of a proxy besides its default one.
pub(super) fn endpoint(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(Row { data: endpoint, .. }) = store.proxy_endpoints.row(id) else { return };
    sheet.fact("endpoint", Text::of(Tone::Strong, endpoint.db_proxy_endpoint_name.as_str()));
    match store.proxy_of(id) {
        Some(proxy) => sheet.refer(store, "proxy", proxy.key().as_str()),
        None => sheet.fact("proxy", endpoint.db_proxy_name.as_str()),
    }
    sheet.fact("role", role(endpoint));
    sheet.fact_if("state", state(endpoint.status.as_deref(), &["available"]));
    sheet.fact_if("name", endpoint.endpoint.clone());
    if let Some(vpc) = &endpoint.vpc_id {
        sheet.refer(store, "vpc", vpc.as_str());
    }
    own_interfaces(store, id, sheet);
}

fn role(endpoint: &DbProxyEndpoint) -> String {
    endpoint.target_role.as_deref().unwrap_or_default().to_lowercase().replace('_', "-")
}

fn own_interfaces(store: &Store, id: &str, sheet: &mut Sheet) {
    if store.shares_proxy_interfaces(id) {
        sheet.note("AWS does not tell which of these interfaces are this endpoint's own.");
    }
    with_interfaces(store, store.interfaces_of(id), sheet);
}
