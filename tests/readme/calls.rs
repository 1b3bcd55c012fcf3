//! The calls, from the one table of calls.

use std::fmt::Write as _;

use vpctui::model::catalogue::{CALLS, ERRANDS};

#[test]
fn the_calls_are_those_of_the_table() {
    let mut made =
        String::from("| IAM action | file in a snapshot | unknown without it |\n|---|---|---|\n");
    for call in CALLS {
        let _ = writeln!(made, "| `{}` | `{}.json` | {} |", call.action, call.key, call.tells);
    }
    for errand in ERRANDS {
        let action = errand.action.map_or_else(
            || format!("none: {} is open to everybody", errand.operation),
            |action| format!("`{action}`"),
        );
        let flag = errand.flag.map(|flag| format!(", only with `--{flag}`")).unwrap_or_default();
        let _ = writeln!(made, "| {action} | | {}{flag} |", errand.purpose);
    }
    super::check("calls", &made);
}
