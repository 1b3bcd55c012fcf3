//! The wizard: the question on top, below it the list to choose from or the answer.

mod answer;
mod ladder;
mod question;

use ratatui::buffer::Buffer;

use super::list;
use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Step, Told, Which, Wizard};
use crate::report::why::Document;

/// From this width on, the answer and the path stand side by side.
const SIDE_BY_SIDE: u16 = 110;

/// Draws it; tells how far the answer can be scrolled.
pub fn draw(wizard: &Wizard, body: Area, buffer: &mut Buffer, theme: &Theme) -> usize {
    let (top, rest) = body.split_top(if body.height < 12 { 0 } else { 3 });
    if !top.is_empty() {
        let title = Line::of(Role::Strong, "Why");
        let inside = Pane { title, aside: Line::new(), focused: false, theme }.draw(top, buffer);
        rows(&[question::view(wizard, inside.width.into())], inside, buffer, theme);
    }
    match &wizard.step {
        Step::Choose(which, chooser) => {
            list::draw(chooser, choosing(*which), rest, buffer, theme);
            0
        }
        Step::Flow(input, wrong) => {
            let lines = question::flow_view(input, wrong.as_deref());
            let (area, _) = rest.split_top(6);
            let title = Line::of(Role::Strong, "Port and protocol");
            let inside =
                Pane { title, aside: Line::new(), focused: true, theme }.draw(area, buffer);
            rows(&lines, inside, buffer, theme);
            0
        }
        Step::Answer => draw_answer(wizard, rest, buffer, theme),
    }
}

fn choosing(which: Which) -> Line {
    let (letter, text) = match which {
        Which::From => ("A", "where the traffic starts"),
        Which::To => ("B", "where it goes"),
    };
    Line::of(Role::Heading, letter).with(Role::Strong, format!("  {text}"))
}

fn draw_answer(wizard: &Wizard, area: Area, buffer: &mut Buffer, theme: &Theme) -> usize {
    let title = Line::of(Role::Strong, "Answer");
    let message = match &wizard.answer.told {
        Told::Answer(document) => return draw_document(wizard, document, area, buffer, theme),
        Told::Nothing => Vec::new(),
        Told::Waiting => vec![Line::of(Role::Dim, " Walking every path, there and back…")],
        Told::Failed(failure) => {
            let advice = failure.advice.clone().unwrap_or_default();
            vec![
                Line::of(Role::Bad, format!(" ✗ {}", failure.what)),
                Line::of(Role::Text, format!("   {advice}")),
            ]
        }
    };
    let inside = Pane { title, aside: Line::new(), focused: true, theme }.draw(area, buffer);
    rows(&message, inside, buffer, theme);
    0
}

fn draw_document(
    wizard: &Wizard,
    document: &Document,
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> usize {
    if area.width < SIDE_BY_SIDE {
        let width = area.inside().width.into();
        let mut lines = answer::view(document, width);
        lines.extend(answer::fix_under_heading(&wizard.answer, document, width));
        lines.extend(answer::remarks(document, width));
        lines.extend(ladder::under_heading(&wizard.answer, document, width));
        return draw_answer_pane(wizard, &lines, area, buffer, theme);
    }
    let (left, right) = area.split_left(area.width * share(document) / 100);
    let width = left.inside().width.into();
    let mut lines = answer::view(document, width);
    lines.extend(answer::remarks(document, width));
    let answer = draw_answer_pane(wizard, &lines, left, buffer, theme);
    answer.max(draw_path_and_fix(wizard, document, right, buffer, theme))
}

/// How much of the width the answer needs beside the path, in percent: less where there is little to say.
fn share(document: &Document) -> u16 {
    let much = document.blockers.len() + document.unknowns.len() + document.notes.len() > 0;
    if much { 46 } else { 36 }
}

fn draw_answer_pane(
    wizard: &Wizard,
    lines: &[Line],
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> usize {
    let (shown, furthest) = scrolled(lines, wizard.answer.scroll, area);
    let aside = with_more(Line::new(), wizard.answer.scroll < furthest);
    let title = answer::title(wizard);
    let inside = Pane { title, aside, focused: true, theme }.draw(area, buffer);
    rows(shown, inside, buffer, theme);
    furthest
}

fn draw_path_and_fix(
    wizard: &Wizard,
    document: &Document,
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> usize {
    let view = &wizard.answer;
    let width = area.inside().width.into();
    let fix = answer::fix(view, document, width);
    let wanted = u16::try_from(fix.len()).unwrap_or(u16::MAX).saturating_add(2);
    let height = if fix.is_empty() { 0 } else { wanted.min(area.height * 6 / 10) };
    let (path_area, fix_area) = area.split_top(area.height - height);
    let path = ladder::view(document, view.path, width, true);
    let (shown, furthest) = scrolled(&path, view.scroll, path_area);
    let title = ladder::title(view);
    let aside = with_more(ladder::aside(document), view.scroll < furthest);
    let inside = Pane { title, aside, focused: false, theme }.draw(path_area, buffer);
    rows(shown, inside, buffer, theme);
    if height == 0 {
        return furthest;
    }
    let (shown, fix_furthest) = scrolled(&fix, view.scroll, fix_area);
    let (title, aside) = answer::fix_titles(view, document);
    let aside = with_more(aside, view.scroll < fix_furthest);
    let inside = Pane { title, aside, focused: false, theme }.draw(fix_area, buffer);
    rows(shown, inside, buffer, theme);
    furthest.max(fix_furthest)
}

/// Says on the border that there is more below.
fn with_more(aside: Line, more: bool) -> Line {
    match (more, aside.width()) {
        (false, _) => aside,
        (true, 0) => Line::of(Role::Dim, "↓ more"),
        (true, _) => aside.with(Role::Dim, " · ↓ more"),
    }
}

/// The rows from where they are scrolled to, and how far they can be.
fn scrolled(lines: &[Line], scroll: usize, area: Area) -> (&[Line], usize) {
    let furthest = lines.len().saturating_sub(area.inside().height.into());
    (lines.get(scroll.min(furthest)..).unwrap_or_default(), furthest)
}
