//! Functions, attached to a VPC or not.

use super::interface::with_interfaces;
use super::sheet::{Sheet, Text, Tone, dim};
use crate::model::lambda::{Function, FunctionState};
use crate::report::words::counted;
use crate::store::Store;

/// A function, by ARN.
pub(super) fn function(store: &Store, arn: &str, sheet: &mut Sheet) {
    facts(store, arn, sheet);
    let Some(function) = store.functions.get(arn) else { return };
    if function.attached().is_some() {
        with_interfaces(store, store.interfaces_of_function(&function.function_arn), sheet);
        versions(store, function, sheet);
        return;
    }
    sheet.heading("Network", "in no VPC");
    sheet.note(
        "It runs in a network of AWS: it reaches the internet and public endpoints, from addresses that change, and \
         no private address of yours. No security group of yours is asked for what it sends.",
    );
    versions(store, function, sheet);
}

/// Published versions, of which those are listed that use another network: the others have these interfaces too (rule
/// L-4).
fn versions(store: &Store, function: &Function, sheet: &mut Sheet) {
    let is_of = |one: &&Function| {
        one.published().is_some() && one.unqualified_arn() == function.function_arn.as_str()
    };
    let all = store.functions.iter().filter(is_of);
    let others = all.filter(|version| !version.is_placed_like(function));
    sheet.list("Versions elsewhere", others, |sheet, version| {
        let subnets = version.attached().map_or(0, |config| config.subnet_ids.len());
        sheet.row_of(store, version.function_arn.as_str(), [dim(counted(subnets, "subnet"))]);
    });
}

/// Its facts.
pub(super) fn facts(store: &Store, arn: &str, sheet: &mut Sheet) {
    let Some(function) = store.functions.get(arn) else {
        let name = arn.rsplit(':').next().unwrap_or(arn);
        let text = Text::of(Tone::Strong, name).with(Tone::Unknown, "  ? not described");
        sheet.fact("function", text);
        return;
    };
    sheet.refer(store, "function", arn);
    let runtime = function.runtime.as_deref().unwrap_or_default();
    // A space that is no place to break: a unit alone on a line says nothing.
    let timeout = function.timeout.map(|seconds| format!("  times out after {seconds}\u{a0}s"));
    sheet.fact("", dim(format!("{runtime}{}", timeout.unwrap_or_default()).trim()));
    if let Some(state) = function.state.as_ref().filter(|state| **state != FunctionState::Active) {
        sheet.fact("state", Text::of(Tone::Warn, format!("! {state}")));
    }
    if let Some(config) = function.attached() {
        let subnets = counted(config.subnet_ids.len(), "subnet");
        sheet.fact("attached", format!("to {subnets}: one interface in each"));
    }
}
