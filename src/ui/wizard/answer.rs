//! The answer: the verdict in a sentence, everything that stands in the way, what cannot be told, and the fix.

use crate::app::{AnswerView, Wizard};
use crate::reach::Verdict;
use crate::report::why::{Blocker, Component, Document, Fix, Unknown};
use crate::ui::glyphs;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// The pane's title; a "what if" says so.
pub fn title(wizard: &Wizard) -> Line {
    match &wizard.answer.what_if {
        None => Line::of(Role::Strong, "Answer"),
        Some(what_if) => {
            Line::of(Role::Warn, "What if").with(Role::Strong, format!("  {}", what_if.title))
        }
    }
}

/// The verdict and what it rests on, broken to a width.
pub fn view(document: &Document, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    lines.extend(verdict(document, width));
    blockers(document, width, &mut lines);
    unknowns(&document.unknowns, width, &mut lines);
    lines
}

/// What does not help, and what else is worth knowing.
pub fn remarks(document: &Document, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    listed("Tempting, but", &document.tempting, width, &mut lines);
    listed("Worth knowing", &document.notes, width, &mut lines);
    lines
}

fn verdict(document: &Document, width: usize) -> Vec<Line> {
    let (glyph, _) = glyphs::verdict(document.verdict);
    let word = document.verdict.word();
    let badge = glyphs::badge(document.verdict);
    // The reasons stand below in full: the headline is what comes before them.
    let listed = !document.blockers.is_empty();
    let summary = document.summary.split_once(": ").filter(|_| listed);
    let summary = summary.map_or(document.summary.as_str(), |(headline, _)| headline);
    let line =
        Line::of(Role::Text, " ").with(badge, format!(" {glyph} {word} ")).with(Role::Text, "  ");
    let indent = line.width();
    line.with(Role::Strong, summary).wrap(width, indent)
}

fn heading(text: impl AsRef<str>, lines: &mut Vec<Line>) {
    lines.push(Line::new());
    lines.push(Line::of(Role::Heading, format!(" {}", text.as_ref())));
}

fn blockers(document: &Document, width: usize, lines: &mut Vec<Line>) {
    match document.blockers.len() {
        0 => return,
        _ if document.verdict == Verdict::Reachable => heading("What blocks the rest", lines),
        1 => heading("What blocks", lines),
        count => heading(format!("What blocks: {count} reasons at once"), lines),
    }
    for (number, blocker) in document.blockers.iter().enumerate() {
        if number > 0 {
            lines.push(Line::new());
        }
        lines.extend(blocker_rows(blocker, width));
    }
}

fn blocker_rows(blocker: &Blocker, width: usize) -> Vec<Line> {
    let way = if blocker.direction == "return" { "back" } else { "there" };
    let first = Line::of(Role::Bad, " ✗ ")
        .and(component(&blocker.component))
        .with(Role::Dim, format!("  {way}  {}", blocker.code))
        .wrap(width, 3);
    let reason = Line::of(Role::Text, format!("   {}", blocker.reason)).wrap(width, 3);
    first.into_iter().chain(reason).collect()
}

/// A resource by its name, else its id.
pub fn component(component: &Component) -> Line {
    let id = if component.id.is_empty() { component.kind } else { &component.id };
    Line::of(Role::Strong, component.name.as_deref().unwrap_or(id))
}

fn unknowns(unknowns: &[Unknown], width: usize, lines: &mut Vec<Line>) {
    if unknowns.is_empty() {
        return;
    }
    heading("What cannot be told", lines);
    for unknown in unknowns {
        let first = Line::of(Role::Unknown, " ? ").and(component(&unknown.component));
        lines.push(first.with(Role::Dim, format!("  {}", unknown.code)).fit(width));
        lines.extend(Line::of(Role::Text, format!("   {}", unknown.reason)).wrap(width, 3));
        if let Some(needs) = &unknown.needs {
            lines.push(Line::of(Role::Dim, "   would be told by ").with(Role::Accent, needs));
        }
    }
}

/// The fix that is shown, if there is one.
pub fn fix(view: &AnswerView, width: usize) -> Vec<Line> {
    let Some(fix) = view.shown_fix() else { return Vec::new() };
    let title = Line::of(Role::Strong, format!(" {}", fix.title)).wrap(width, 1);
    let commands = fix.commands.iter().flat_map(|command| command_rows(command, width));
    title.into_iter().chain(outcome(fix).wrap(width, 1)).chain(commands).collect()
}

/// `Fix 1 of 2`, and that another key shows the next.
pub fn fix_titles(view: &AnswerView) -> (Line, Line) {
    let count = view.fixes().len();
    let title = match count {
        1 => "Fix".to_owned(),
        _ => format!("Fix {} of {count}", view.fix + 1),
    };
    let tried = view.what_if.is_some();
    let says = match (tried, view.fix + 1 < count) {
        (false, _) => " tries it out",
        (true, true) => " the next one",
        (true, false) => " without it",
    };
    (Line::of(Role::Strong, title), Line::of(Role::Accent, "f").with(Role::Dim, says))
}

/// The same in a longer text.
pub fn fix_under_heading(view: &AnswerView, width: usize) -> Vec<Line> {
    let fix = fix(view, width);
    if fix.is_empty() {
        return fix;
    }
    let mut lines = Vec::new();
    heading(fix_titles(view).0.plain(), &mut lines);
    lines.extend(fix);
    lines
}

/// A command, broken before options as one would type it.
fn command_rows(command: &str, width: usize) -> Vec<Line> {
    let mut parts = command.split(" --");
    let mut rows =
        vec![Line::of(Role::Dim, " $ ").with(Role::Accent, parts.next().unwrap_or_default())];
    for part in parts {
        let option = Line::of(Role::Accent, format!(" --{part}"));
        match rows.pop() {
            Some(last) if last.width() + option.width() + 2 <= width => rows.push(last.and(option)),
            Some(last) => {
                rows.push(last.with(Role::Dim, " \\"));
                rows.push(Line::of(Role::Text, "    ").and(option));
            }
            None => {}
        }
    }
    rows.into_iter().flat_map(|row| row.wrap(width, 7)).collect()
}

/// What comes of it.
fn outcome(fix: &Fix) -> Line {
    let (glyph, role) = glyphs::verdict(fix.verdict_after);
    let also = match fix.also_opens {
        0 => "opens nothing else".to_owned(),
        1 => "also opens 1 other pair of interfaces".to_owned(),
        count => format!("also opens {count} other pairs of interfaces"),
    };
    let also_role = if fix.also_opens == 0 { Role::Dim } else { Role::Warn };
    Line::of(Role::Dim, " then ")
        .with(role, format!("{glyph} {}", fix.verdict_after.word()))
        .with(Role::Dim, " · ")
        .with(also_role, also)
}

fn listed(title: &str, remarks: &[String], width: usize, lines: &mut Vec<Line>) {
    if remarks.is_empty() {
        return;
    }
    heading(title, lines);
    for remark in remarks {
        let line = Line::of(Role::Dim, " · ").with(Role::Text, remark);
        lines.extend(line.wrap(width, 3));
    }
}
