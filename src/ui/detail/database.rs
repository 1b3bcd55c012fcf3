//! What is known of a database.

use super::sheet::{Sheet, named};
use crate::store::Store;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// Its facts, by ARN or identifier.
pub fn facts(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(database) = store.databases.get(id) else {
        sheet.line("database", Line::of(Role::Strong, id));
        return;
    };
    sheet.line("database", named(Some(&database.db_instance_identifier), ""));
    let engine = database.engine.as_deref().unwrap_or_default();
    let version = database.engine_version.as_deref().unwrap_or_default();
    let status = database.db_instance_status.as_deref().unwrap_or_default();
    let role = if status == "available" { Role::Good } else { Role::Warn };
    let port = database.endpoint.as_ref().and_then(|endpoint| endpoint.port);
    let line = Line::of(Role::Text, format!("{engine} {version}"));
    let line = match port {
        Some(port) => line.with(Role::Dim, " on port ").with(Role::Strong, port.to_string()),
        None => line,
    };
    sheet.line("", line.with(role, format!("  {status}")));
    if let Some(endpoint) = &database.endpoint {
        sheet.fact_if("name", endpoint.address.as_deref());
    }
    if database.publicly_accessible == Some(true) {
        let text = "its name resolves to a public address outside of the VPC";
        sheet.line("public", Line::of(Role::Warn, "yes").with(Role::Dim, format!("  {text}")));
    }
    sheet.fact_if("cluster", database.db_cluster_identifier.as_deref());
}
