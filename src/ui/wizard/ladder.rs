//! One candidate path as a ladder: every check on the way there, then on the way back.

use super::answer::component;
use crate::app::AnswerView;
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
    lines.extend(self::view(document, view.path, width, false));
    lines
}

/// The rows of a path, broken to a width. In brief, a check that does not pass is one row too: the reason is told beside
/// the ladder then.
pub fn view(document: &Document, path: usize, width: usize, brief: bool) -> Vec<Line> {
    let Some(path) = document.paths.get(path) else { return Vec::new() };
    let (from, to) = (point(&document.from.name, &path.from), point(&document.to.name, &path.to));
    let mut lines = vec![Line::new()];
    lines.push(end("A", &from));
    let names = name_column(path, width);
    lines.extend(steps(&path.forward, names, width, brief));
    lines.push(end("B", &to));
    if path.back.is_empty() {
        return lines;
    }
    lines.push(Line::new());
    lines.push(Line::of(Role::Dim, " and back"));
    lines.push(end("B", &to));
    lines.extend(steps(&path.back, names, width, brief));
    lines.push(end("A", &from));
    lines
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
    widest.unwrap_or_default().clamp(8, (width / 3).max(8))
}

fn steps(steps: &[Step], names: usize, width: usize, brief: bool) -> Vec<Line> {
    let rungs = steps.iter().filter(|step| !is_end(step));
    rungs.flat_map(|step| rung(step, names, width, brief)).collect()
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
    let rest = Line { spans, ground: line.ground };
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
