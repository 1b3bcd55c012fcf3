//! One candidate path as a ladder: every check on the way there, then on the way back.

use super::answer::component;
use crate::app::{AnswerView, Press, rungs};
use crate::reach::Verdict;
use crate::report::why::{Document, Extent, Path, Point, Step, StepOutcome};
use crate::ui::glyphs;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// `Path 1 of 3  ✗ blocked`.
pub fn title(view: &AnswerView) -> Line {
    let count = view.document().map_or(0, |document| document.paths.len());
    let Some(path) = view.shown_path() else { return Line::of(Role::Strong, "No path") };
    let (glyph, role) = glyphs::verdict(path.verdict);
    let number = if count > 1 {
        format!("Path {} of {count}  ", view.path + 1)
    } else {
        "Path  ".to_owned()
    };
    Line::of(Role::Strong, number).with(role, format!("{glyph} {}", path.verdict.word()))
}

/// `2 of 3 work`, where there are several.
pub fn aside(document: &Document) -> Line {
    let count = document.paths.len();
    if count < 2 {
        return Line::new();
    }
    let works = |path: &&Path| path.verdict == Verdict::Reachable;
    let working = document.paths.iter().filter(works).count();
    Line::of(Role::Dim, format!("{working} of {count} work"))
}

/// The path in a longer text.
pub fn under_heading(view: &AnswerView, document: &Document, width: usize) -> Vec<Line> {
    let heading = Line::of(Role::Text, " ").and(title(view)).with(Role::Text, "  ");
    let mut lines = vec![Line::new(), heading.and(aside(document))];
    lines.extend(self::view(view, document, width, false));
    lines
}

/// The rows of the shown path, broken to a width. In brief, a check that does not pass is one row too: the reason is told
/// beside the ladder then.
pub fn view(view: &AnswerView, document: &Document, width: usize, brief: bool) -> Vec<Line> {
    let Some(path) = document.paths.get(view.path) else { return Vec::new() };
    let (from, to) = (point(&document.from.name, &path.from), point(&document.to.name, &path.to));
    let mut lines: Vec<Line> = tabs(view, document).into_iter().collect();
    lines.push(end("A", &from));
    let names = name_column(path, width);
    let rungs: Vec<Vec<Line>> = rungs(path)
        .enumerate()
        .map(|(number, step)| pressable(rung(step, names, width, brief), number, view.rung))
        .collect();
    let there = path.forward.iter().filter(|step| !is_end(step)).count();
    lines.extend(rungs.iter().take(there).flatten().cloned());
    lines.push(end("B", &to));
    if path.back.is_empty() {
        return lines;
    }
    lines.push(Line::new());
    lines.push(Line::of(Role::Dim, " and back"));
    lines.push(end("B", &to));
    lines.extend(rungs.into_iter().skip(there).flatten());
    lines.push(end("A", &from));
    lines
}

/// All of a check's rows can be pressed; the first of the one that the user stands on is marked.
fn pressable(rows: Vec<Line>, number: usize, selected: usize) -> Vec<Line> {
    let rows = rows.into_iter().enumerate().map(|(at, line)| {
        let line = line.pressed(Press::Rung(number));
        if at == 0 && number == selected { line.on(Role::Selected) } else { line }
    });
    rows.collect()
}

/// More paths than this are turned through and not shown as tabs.
const TABS: usize = 12;

/// How many rows the tabs take, at the top of [`view`].
pub fn tabs_count(document: &Document) -> usize {
    usize::from((2..=TABS).contains(&document.paths.len()))
}

/// The candidate paths side by side, each with its verdict.
fn tabs(view: &AnswerView, document: &Document) -> Option<Line> {
    if tabs_count(document) == 0 {
        return None;
    }
    let tabs = document.paths.iter().enumerate().fold(Line::new(), |line, (at, path)| {
        let (glyph, role) = glyphs::verdict(path.verdict);
        let role = if at == view.path { glyphs::badge(path.verdict) } else { role };
        line.with(Role::Text, " ").with(role, format!(" {glyph} {} ", at + 1))
    });
    Some(tabs.pressed(Press::NextPath))
}

fn end(letter: &str, line: &Line) -> Line {
    Line::of(Role::Accent, format!(" {letter} ")).and(line.clone())
}

fn point(name: &str, point: &Point) -> Line {
    let ip = point.ip.as_deref().filter(|ip| *ip != name).unwrap_or_default();
    let place = point.eni.as_deref().or(point.subnet.as_deref()).unwrap_or_default();
    Line::of(Role::Strong, name)
        .with(Role::Text, format!("  {ip}"))
        .with(Role::Dim, format!("  {place}"))
}

/// The same width both ways, so that the ladders align.
fn name_column(path: &Path, width: usize) -> usize {
    let steps = path.forward.iter().chain(&path.back).filter(|step| !is_end(step));
    let widest = steps.map(|step| component(&step.component).width()).max();
    widest.unwrap_or_default().clamp(8, (width * 3 / 8).max(8))
}

/// Whether a step says no more than the end of the ladder does: that the packet arrives.
fn is_end(step: &Step) -> bool {
    step.check == "endpoint" && step.outcome == StepOutcome::Pass
}

/// Column in which the name of what was checked begins.
const NAMES: usize = 18;

/// A check in one row; whatever does not simply pass says why below.
fn rung(step: &Step, names: usize, width: usize, brief: bool) -> Vec<Line> {
    let (glyph, role) = glyphs::outcome(step.outcome);
    let quiet = step.outcome == StepOutcome::Skipped;
    let label = if quiet { Role::Dim } else { Role::Text };
    let row = Line::of(Role::Border, " │ ")
        .with(role, format!("{glyph} "))
        .with(label, check(step.check))
        .column(NAMES)
        .and(component(&step.component).exactly(names))
        .with(Role::Text, "  ");
    let decided = step.rule.as_ref().map(|rule| rule.text.as_str()).unwrap_or_default();
    if matches!(step.outcome, StepOutcome::Pass | StepOutcome::Skipped) {
        let says = if decided.is_empty() { without_name(step) } else { decided };
        return vec![row.with(Role::Dim, says).fit(width)];
    }
    let part = if step.extent == Some(Extent::Some) { "in part  " } else { "" };
    let code = step.code.unwrap_or_default();
    let says = if brief && decided.is_empty() { code } else { decided };
    let first = row.with(Role::Warn, part).with(Role::Dim, says).fit(width);
    if brief && !says.is_empty() {
        return vec![first];
    }
    let reason = Line::of(Role::Border, " │     ").with(Role::Text, &step.reason);
    std::iter::once(first).chain(reason.wrap(width, 7).into_iter().map(railed)).collect()
}

/// The reason without the name that stands in front of it already.
fn without_name(step: &Step) -> &str {
    let component = &step.component;
    let named = component.name.as_deref().and_then(|name| step.reason.strip_prefix(name));
    let rest = named.or_else(|| step.reason.strip_prefix(component.id.as_str()));
    let Some(rest) = rest.map(str::trim_start) else { return &step.reason };
    let id = rest.strip_prefix('(').and_then(|rest| rest.strip_prefix(component.id.as_str()));
    id.and_then(|rest| rest.strip_prefix(')')).map_or(rest, str::trim_start)
}

/// The rail goes on in front of rows that were broken.
fn railed(line: Line) -> Line {
    if line.plain().starts_with(" │") {
        return line;
    }
    let mut spans = line.spans;
    if let Some(first) = spans.first_mut() {
        let rest = first.text.get(3..).unwrap_or_default().to_owned();
        first.text = rest;
    }
    let rest = Line { spans, ground: line.ground, press: None };
    Line::of(Role::Border, " │ ").and(rest)
}

/// A check in two words.
fn check(check: &str) -> String {
    let words = [
        ("security-group-egress", "group out"),
        ("security-group-ingress", "group in"),
        ("network-acl-egress", "acl out"),
        ("network-acl-ingress", "acl in"),
        ("internet-gateway", "internet gw"),
        ("transit-gateway", "transit gw"),
        ("vpn-gateway", "vpn gw"),
        ("vpc-endpoint", "endpoint"),
        ("endpoint", "interface"),
        ("block-public-access", "public block"),
    ];
    let known = words.iter().find(|(name, _)| *name == check);
    known.map_or_else(|| check.replace('-', " "), |(_, words)| (*words).to_owned())
}
