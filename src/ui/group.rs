//! The group panel: every rule in a row, with what it covers now.

use ratatui::buffer::Buffer;

use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, GroupPanel, Pane as PaneName, State};
use crate::report::group::Rule;
use crate::store::Direction;

/// Draws the pane.
pub fn draw(state: &State, area: Area, buffer: &mut Buffer, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let focused = state.pane == PaneName::Group;
    let (title, aside) = titles(state);
    let inside = Pane { title, aside, focused, theme }.draw(area, buffer);
    rows(&view(state, inside.width.into()), inside, buffer, theme);
}

fn titles(state: &State) -> (Line, Line) {
    let Some(group) = state.group.document() else {
        return (Line::of(Role::Strong, "Group"), Line::new());
    };
    let title = Line::of(Role::Text, "Group ")
        .with(Role::Strong, &group.group.name)
        .with(Role::Dim, format!("  {}", group.group.id));
    let carried = format!("on {}", count(group.members.len(), "interface"));
    let referred = match group.referenced_by.as_slice() {
        [] => String::new(),
        referrers => format!(" · referred to by {}", count(referrers.len(), "group")),
    };
    let turn = match state.group.position() {
        (at, of @ 2..) => format!(" · {} of {of}", at + 1),
        _ => String::new(),
    };
    (title, Line::of(Role::Dim, format!("{carried}{referred}{turn}")))
}

fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

/// The rows on the screen.
pub fn view(state: &State, width: usize) -> Vec<Line> {
    if state.group.document().is_none() {
        let hint = "Select an interface to see the rules of its security groups.";
        return Line::of(Role::Dim, format!(" {hint}")).wrap(width, 1);
    }
    let columns = Columns::of(&state.group, width);
    let rules: Vec<_> = state.group.rules().enumerate().skip(state.group.top()).collect();
    if rules.is_empty() {
        return vec![Line::of(Role::Dim, " No rules: nothing comes in and nothing goes out.")];
    }
    let rules = rules.into_iter();
    let rows = rules.map(|(number, (way, rule))| one(state, way, rule, number, &columns));
    rows.chain(findings(state, width)).collect()
}

/// What is worth a look, under the rules where there is room.
fn findings(state: &State, width: usize) -> Vec<Line> {
    let findings = state.group.document().map_or(&[][..], |document| &document.findings);
    let lines = findings.iter().flat_map(|finding| {
        Line::of(Role::Warn, " ! ").with(Role::Text, &finding.text).wrap(width, 3)
    });
    let gap = (!findings.is_empty()).then(Line::new);
    gap.into_iter().chain(lines).collect()
}

struct Columns {
    traffic: usize,
    peer: usize,
}

impl Columns {
    /// As wide as their contents, the peers at most two fifths of the row.
    fn of(panel: &GroupPanel, width: usize) -> Self {
        let widest = |text: fn(&Rule) -> String, least: usize, most: usize| {
            let widths = panel.rules().map(|(_, rule)| Line::of(Role::Text, text(rule)).width());
            widths.max().unwrap_or_default().clamp(least, most.max(least))
        };
        Self { traffic: widest(traffic, 8, 16), peer: widest(peer, 10, width * 2 / 5) }
    }
}

fn traffic(rule: &Rule) -> String {
    match (rule.protocol.as_str(), rule.ports.as_str()) {
        ("all", _) => "everything".to_owned(),
        (protocol, "all") => format!("all {protocol}"),
        (protocol, ports) => format!("{protocol} {ports}"),
    }
}

fn peer(rule: &Rule) -> String {
    rule.peer.name.clone().unwrap_or_else(|| rule.peer.id.clone())
}

fn one(state: &State, way: Direction, rule: &Rule, number: usize, columns: &Columns) -> Line {
    let direction = match way {
        Direction::Ingress => "in ",
        Direction::Egress => "out",
    };
    let selected = state.pane == PaneName::Group && state.group.rule() == number;
    let covers = !rule.covers.interfaces.is_empty();
    let (mark, tone) = match (selected, covers) {
        (true, true) => ("● ", Role::Mark),
        (false, true) => ("", Role::Text),
        (_, false) => ("", Role::Dim),
    };
    let line = Line::of(Role::Accent, format!(" {direction}  "))
        .and(Line::of(Role::Text, traffic(rule)).exactly(columns.traffic))
        .with(Role::Text, "  ")
        .and(Line::of(Role::Strong, peer(rule)).exactly(columns.peer))
        .with(Role::Text, "  ")
        .with(tone, format!("{mark}{}", rule.covers.text));
    if selected { line.on(Role::Selected) } else { line }
}
