//! The keys, from the one table of keys.

use std::fmt::Write as _;

use vpctui::app::{BINDINGS, Binding, Scope};

#[test]
fn the_keys_are_those_of_the_table() {
    let mut made = String::from("| where | key | what |\n|---|---|---|\n");
    let mut before = "";
    for row in BINDINGS.iter().filter(|row| is_told(row)) {
        let keys: Vec<_> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        let place = row.scope.title();
        let told = if place == before { "" } else { place };
        before = place;
        let _ = writeln!(made, "| {told} | {} | {} |", keys.join(" "), row.help);
    }
    super::check("keys", &made);
}

/// Going up and down in lists that are typed into needs no telling.
fn is_told(row: &Binding) -> bool {
    !matches!(row.scope, Scope::Choosing | Scope::Filtering)
}
