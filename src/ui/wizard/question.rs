//! The question in one row, and the line in which its traffic is typed.

use crate::app::{Pick, Preview, Step, TextInput, Which, Wizard, flow_text};
use crate::ui::glyphs;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// `A λ export  →  B orders-db   tcp 5432`.
pub fn view(wizard: &Wizard, width: usize) -> Line {
    let choosing = match &wizard.step {
        Step::Choose(which, _) => Some(*which),
        _ => None,
    };
    let from = end("A", wizard.from.as_ref(), choosing == Some(Which::From));
    let to = end("B", wizard.to.as_ref(), choosing == Some(Which::To));
    let flow = if wizard.to.is_some() { flow_text::write(&wizard.flow) } else { String::new() };
    let flow = if flow == "all" { "everything".to_owned() } else { flow };
    Line::of(Role::Text, " ")
        .and(from)
        .with(Role::Accent, "  →  ")
        .and(to)
        .with(Role::Text, "   ")
        .with(Role::Strong, flow)
        .fit(width)
}

/// The verdict of the question as it would be with what the user stands on.
pub fn preview(preview: &Preview) -> Line {
    match preview.verdict() {
        Some(verdict) => {
            let (glyph, role) = glyphs::verdict(verdict);
            Line::of(role, format!("{glyph} {}", verdict.word()))
        }
        None if preview.is_waiting() => Line::of(Role::Dim, "…"),
        None => Line::new(),
    }
}

fn end(letter: &str, pick: Option<&Pick>, choosing: bool) -> Line {
    let line = Line::of(Role::Accent, format!("{letter} "));
    match pick {
        _ if choosing => line.with(Role::Match, "choosing…"),
        Some(pick) => {
            line.with(Role::Strong, &pick.label).with(Role::Dim, format!(" {}", pick.kind))
        }
        None => line.with(Role::Dim, "…"),
    }
}

/// The line of input, and what may be typed or what is wrong.
pub fn flow_view(input: &TextInput, wrong: Option<&str>) -> Vec<Line> {
    let below = match wrong {
        Some(why) => Line::of(Role::Bad, format!("   ✗ {why}")),
        None => Line::of(Role::Dim, "   5432 · tcp 443 · udp 53 · icmp · all"),
    };
    let typed = Line::of(Role::Accent, " › ").with(Role::Strong, input.text());
    vec![typed.with(Role::Accent, "▏"), Line::new(), below]
}
