//! Load balancers and target groups.

use super::interface::with_interfaces;
use super::sheet::{Sheet, Text, Tone, dim, label, state};
use crate::model::load_balancer::{Listener, TargetHealthDescription};
use crate::store::Store;

/// A load balancer, by ARN.
pub(super) fn balancer(store: &Store, arn: &str, sheet: &mut Sheet) {
    let Some(balancer) = store.load_balancers.get(arn) else { return };
    let kind = balancer.load_balancer_type.as_deref().unwrap_or_default();
    let scheme = balancer.scheme.as_deref().unwrap_or_default();
    let name = Text::of(Tone::Strong, balancer.load_balancer_name.as_str());
    sheet.fact("balancer", name.with(Tone::Dim, format!("  {kind}  {scheme}")));
    sheet.fact_if("name", balancer.dns_name.clone());
    let code = balancer.state.as_ref().and_then(|state| state.code.as_deref());
    sheet.fact_if("state", state(code, &["active"]));
    if let Some(vpc) = &balancer.vpc_id {
        sheet.refer(store, "vpc", vpc.as_str());
    }
    let listeners = store.rest.load_balancer_listeners.iter();
    let listeners = listeners.filter(|one| one.load_balancer_arn.as_str() == arn);
    sheet.list("Listeners", listeners.flat_map(|one| &one.listeners), |sheet, one| {
        listener(store, one, sheet);
    });
    let groups = store.target_groups.iter();
    let groups =
        groups.filter(|group| group.load_balancer_arns.iter().any(|one| one.as_str() == arn));
    sheet.list("Target groups", groups, |sheet, group| {
        let arn = group.target_group_arn.as_str();
        sheet.row_of(
            store,
            arn,
            [dim(protocol(group.protocol.as_deref(), group.port)), health(store, arn)],
        );
    });
    with_interfaces(store, store.interfaces_of(arn), sheet);
}

fn listener(store: &Store, listener: &Listener, sheet: &mut Sheet) {
    let what = protocol(listener.protocol.as_deref(), listener.port);
    for action in &listener.default_actions {
        let config = action.forward_config.iter().flat_map(|config| &config.target_groups);
        let several = config.filter_map(|one| one.target_group_arn.as_ref());
        let one = action.target_group_arn.iter();
        let target = one.chain(several).next();
        let kind = action.action_type.as_deref().unwrap_or_default();
        match target {
            Some(arn) => {
                let name = label(store, arn.as_str());
                sheet.row_to(store, arn.as_str(), [Text::from(what.clone()), dim("→"), name]);
            }
            None => sheet.row([Text::from(what.clone()), dim("→"), dim(kind)]),
        }
    }
}

/// `HTTPS 443`.
fn protocol(protocol: Option<&str>, port: Option<i32>) -> String {
    let port = port.map(|port| port.to_string()).unwrap_or_default();
    format!("{} {port}", protocol.unwrap_or_default()).trim().to_owned()
}

/// A target group, by ARN.
pub(super) fn target_group(store: &Store, arn: &str, sheet: &mut Sheet) {
    let Some(group) = store.target_groups.get(arn) else { return };
    let kind = group.target_type.as_deref().unwrap_or_default();
    let name = Text::of(Tone::Strong, group.target_group_name.as_str());
    sheet.fact("targets", name.with(Tone::Dim, format!("  by {kind}")));
    sheet.fact("protocol", protocol(group.protocol.as_deref(), group.port));
    if let Some(vpc) = &group.vpc_id {
        sheet.refer(store, "vpc", vpc.as_str());
    }
    let check = group.health_check_protocol.as_deref().unwrap_or_default();
    let port = group.health_check_port.as_deref().unwrap_or_default();
    sheet.fact("checked by", format!("{check} {port}").trim());
    sheet.fact("health", health(store, arn));
    let balancers = &group.load_balancer_arns;
    sheet.list("Used by", balancers, |sheet, one| sheet.row_of(store, one.as_str(), []));
    sheet.list("Targets", targets(store, arn), |sheet, one| target(store, one, sheet));
}

fn targets<'a>(store: &'a Store, arn: &str) -> impl Iterator<Item = &'a TargetHealthDescription> {
    let told = store.rest.load_balancer_target_health.iter();
    let told = told.filter(move |one| one.target_group_arn.as_str() == arn);
    let told: Vec<_> = told.flat_map(|one| &one.target_health_descriptions).collect();
    told.into_iter()
}

/// `✓ 2 healthy, ! 1 of 3 not`.
fn health(store: &Store, arn: &str) -> Text {
    let states = targets(store, arn).map(|one| one.target_health.as_ref()?.state.as_deref());
    let states: Vec<_> = states.collect();
    let healthy = states.iter().filter(|state| **state == Some("healthy")).count();
    match (states.len(), healthy) {
        (0, _) => Text::of(Tone::Warn, "! no targets"),
        (all, healthy) if all == healthy => Text::of(Tone::Good, format!("✓ {all} healthy")),
        (all, healthy) => Text::of(Tone::Warn, format!("! {healthy} of {all} healthy")),
    }
}

fn target(store: &Store, one: &TargetHealthDescription, sheet: &mut Sheet) {
    let Some(target) = &one.target else { return };
    let port = target.port.map(|port| format!("port {port}")).unwrap_or_default();
    let health = one.target_health.as_ref();
    let state = state(health.and_then(|health| health.state.as_deref()), &["healthy"]);
    let reason = health.and_then(|health| health.description.clone()).unwrap_or_default();
    let address = target.id.parse().ok();
    let by_address = address.and_then(|address| store.all_with_private(address).first().copied());
    let id = by_address.map_or_else(|| target.id.clone(), |at| store.interface(at).id.to_string());
    let name = match by_address {
        Some(at) => Text::of(Tone::Strong, &*store.interface(at).owner.name)
            .with(Tone::Dim, format!("  {}", target.id)),
        None => label(store, &id),
    };
    sheet.row_to(store, &id, [name, dim(port), state.unwrap_or_default(), dim(reason)]);
}
