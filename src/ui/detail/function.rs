//! What is known of a function.

use super::sheet::{Sheet, named};
use crate::model::lambda::FunctionState;
use crate::store::Store;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// Its facts, by ARN.
pub fn facts(store: &Store, arn: &str, sheet: &mut Sheet) {
    let Some(function) = store.functions.get(arn) else {
        sheet.line("function", Line::of(Role::Strong, arn).with(Role::Unknown, "  not described"));
        return;
    };
    sheet.line("function", named(Some(&function.function_name), ""));
    let runtime = function.runtime.as_deref().unwrap_or_default();
    let timeout = function.timeout.map(|seconds| format!("times out after {seconds} s"));
    let line = Line::of(Role::Dim, format!("{runtime}  {}", timeout.unwrap_or_default()));
    sheet.line("", line);
    if let Some(state) = function.state.as_ref().filter(|state| **state != FunctionState::Active) {
        sheet.line("state", Line::of(Role::Warn, format!("! {state}")));
    }
    if let Some(config) = function.attached() {
        let subnets = config.subnet_ids.len();
        sheet.fact("attached", format!("to {subnets} subnets: one interface in each"));
    }
}
