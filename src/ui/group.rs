//! The group panel: every rule in a row, with what it covers now.

use ratatui::buffer::Buffer;

use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, GroupPanel, Item, ItemData, Pane as PaneName, State, group_item};
use crate::report::group::{Covered, Document, Finding, Referrer, ReferringVpc, Rule};
use crate::store::Direction;
use crate::store::tree::NodeKind;

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
    let pinned = if state.group.is_pinned() { " · pinned" } else { "" };
    let turn = match state.group.position() {
        (at, of @ 2..) => format!(" · {} of {of}", at + 1),
        _ => String::new(),
    };
    (title, Line::of(Role::Dim, format!("{carried}{referred}{turn}{pinned}")))
}

fn count(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

/// The rows on the screen.
pub fn view(state: &State, width: usize) -> Vec<Line> {
    if state.group.document().is_none() {
        return Line::of(Role::Dim, format!(" {}", hint(state))).wrap(width, 1);
    }
    let panel = &state.group;
    if panel.items().is_empty() {
        return vec![Line::of(Role::Dim, " No rules: nothing comes in and nothing goes out.")];
    }
    let columns = Columns::of(panel, width);
    let items = panel.items().iter().enumerate().skip(panel.top());
    let rows = items.filter_map(|(number, item)| {
        let data = group_item(panel.document()?, *item)?;
        Some(row(state, (number, *item), data, &columns))
    });
    rows.collect()
}

/// Why there is no group to be seen.
fn hint(state: &State) -> &'static str {
    match state.tree.selected_node().map(|node| node.kind) {
        None => "",
        Some(NodeKind::Resource) => "In no VPC: no security group filters what it sends.",
        Some(NodeKind::Interface) => "No security group filters this interface.",
        Some(_) => "Stand on an interface to see the rules of its security groups.",
    }
}

fn row(state: &State, at: (usize, Item), data: ItemData<'_>, columns: &Columns) -> Line {
    let selected = state.pane == PaneName::Group && state.group.cursor() == at.0;
    let line = match (data, at.1) {
        (ItemData::Rule(way, rule, finding), Item::Rule(number)) => {
            let open = state.group.is_open(number);
            one(way, rule, finding, (open, selected), columns)
        }
        (ItemData::Covered(covered, near), _) => covered_row(state, covered, near),
        (ItemData::More(more), _) => Line::of(Role::Dim, format!("        and {more} more")),
        (ItemData::Referrer(group), _) => referrer(group),
        (ItemData::ReferringVpc(vpc), _) => referring_vpc(vpc),
        (ItemData::Finding(finding), _) => {
            Line::of(Role::Warn, " ! ").with(Role::Text, &finding.text)
        }
        (ItemData::Rule(..), _) => Line::new(),
    };
    if selected { line.on(Role::Selected) } else { line }
}

/// An interface that a rule covers: who uses it, its address, its VPC, its account.
fn covered_row(state: &State, covered: &Covered, near: bool) -> Line {
    let interface = &covered.interface;
    let (mark, tone) = if near { ("●", Role::Mark) } else { ("○", Role::Dim) };
    let address = covered.address.as_ref().unwrap_or(&interface.address);
    let vpc = interface.vpc.as_deref().unwrap_or_default();
    let named = state.network.store.directory().by_id(vpc);
    let vpc = named.map_or(vpc, |named| named.label());
    let account = interface.account.as_deref().unwrap_or_default();
    let link = match covered.link {
        "same-vpc" => "",
        "none" => "not in reach of this VPC",
        "unknown" => "? whether in reach is not known",
        other => other,
    };
    let owner = if interface.owner.is_empty() { &interface.id } else { &interface.owner };
    Line::of(tone, format!("        {mark} "))
        .and(Line::of(Role::Dim, interface.kind).exactly(12))
        .with(Role::Text, " ")
        .and(Line::of(Role::Text, owner).exactly(26))
        .with(Role::Text, " ")
        .and(Line::of(Role::Strong, address).exactly(16))
        .with(Role::Text, " ")
        .and(Line::of(Role::Dim, vpc).exactly(16))
        .with(Role::Dim, format!(" {account}  {link}"))
}

fn referrer(group: &Referrer) -> Line {
    let ways = [(group.inbound, "inbound"), (group.outbound, "outbound")];
    let ways = ways.iter().filter(|(rules, _)| *rules > 0);
    let ways: Vec<_> = ways.map(|(rules, way)| count(*rules, &format!("{way} rule"))).collect();
    Line::of(Role::Accent, " ref  ")
        .with(Role::Dim, "referred to by ")
        .with(Role::Strong, &group.name)
        .with(Role::Dim, format!("  in {}", ways.join(" and ")))
}

fn referring_vpc(from: &ReferringVpc) -> Line {
    let over = from.over.as_ref().map(|over| format!("  over {over}"));
    Line::of(Role::Accent, " ref  ")
        .with(Role::Dim, "referred to from ")
        .with(Role::Strong, from.label())
        .with(Role::Dim, over.unwrap_or_default())
}

struct Columns {
    traffic: usize,
    peer: usize,
}

impl Columns {
    /// As wide as their contents, the peers at most two fifths of the row.
    fn of(panel: &GroupPanel, width: usize) -> Self {
        let widest = |text: fn(&Rule) -> String, least: usize, most: usize| {
            let rules = panel.document().into_iter().flat_map(Document::rules);
            let widths = rules.map(|(_, rule)| Line::of(Role::Text, text(rule)).width());
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

fn one(
    way: Direction,
    rule: &Rule,
    finding: Option<&Finding>,
    (open, selected): (bool, bool),
    columns: &Columns,
) -> Line {
    let direction = match way {
        Direction::Ingress => "in ",
        Direction::Egress => "out",
    };
    let covers = !rule.covers.interfaces.is_empty();
    let fold = match (covers || !rule.covers.out_of_reach.is_empty(), open) {
        (false, _) => "  ",
        (true, true) => "▾ ",
        (true, false) => "▸ ",
    };
    let (mark, tone) = match (selected, covers) {
        (true, true) => ("● ", Role::Mark),
        (false, true) => ("", Role::Text),
        (_, false) => ("", Role::Dim),
    };
    let flag = if finding.is_some() { "!" } else { " " };
    Line::of(Role::Accent, format!(" {direction}"))
        .with(Role::Warn, flag)
        .with(Role::Dim, fold)
        .and(Line::of(Role::Text, traffic(rule)).exactly(columns.traffic))
        .with(Role::Text, "  ")
        .and(Line::of(Role::Strong, peer(rule)).exactly(columns.peer))
        .with(Role::Text, "  ")
        .with(Role::Warn, finding.map(short).unwrap_or_default())
        .with(tone, format!("{mark}{}", told(rule, open)))
}

/// What a rule covers in a sentence; how many they are where they are listed below.
fn told(rule: &Rule, open: bool) -> &str {
    let listed = open && !rule.covers.interfaces.is_empty();
    let count = rule.covers.text.split_once(": ").filter(|_| listed).map(|(count, _)| count);
    count.unwrap_or(&rule.covers.text)
}

/// What is worth a look in a rule, in two words; the sentence is below all rules. Why a rule matches nothing is said by what
/// it covers.
fn short(finding: &Finding) -> &'static str {
    match finding.code {
        "open-to-the-world" | "all-ports" => "too wide  ",
        "needless" => "needless  ",
        _ => "",
    }
}
