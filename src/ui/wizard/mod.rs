//! The wizard: the question on top, below it the list to choose from or the answer.

mod answer;
mod ladder;
mod question;

use ratatui::buffer::Buffer;

use super::list;
use super::pane::{Pane, hits, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{AnswerView, Area, Hit, State, Step, Told, Which, Wizard};
use crate::report::why::Document;

/// From this width on, the answer and the path stand side by side.
const SIDE_BY_SIDE: u16 = 110;

/// How far the answer can be scrolled, and what can be pressed.
type Drawn = (usize, Vec<Hit>);

/// Draws it; tells how far the answer can be scrolled, and what can be pressed.
pub fn draw(
    state: &State,
    wizard: &Wizard,
    body: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Drawn {
    let (top, rest) = body.split_top(if body.height < 12 { 0 } else { 3 });
    if !top.is_empty() {
        let title = Line::of(Role::Strong, "Why");
        let aside = question::preview(&state.preview);
        let inside = Pane { title, aside, focused: false, theme }.draw(top, buffer);
        rows(&[question::view(wizard, inside.width.into())], inside, buffer, theme);
    }
    match &wizard.step {
        Step::Choose(which, chooser) => {
            (0, list::draw(chooser, choosing(*which), rest, buffer, theme))
        }
        Step::Flow(input, wrong) => {
            let lines = question::flow_view(input, wrong.as_deref());
            let (area, _) = rest.split_top(6);
            let title = Line::of(Role::Strong, "Port and protocol");
            let inside =
                Pane { title, aside: Line::new(), focused: true, theme }.draw(area, buffer);
            rows(&lines, inside, buffer, theme);
            (0, Vec::new())
        }
        Step::Answer => draw_answer(state, wizard, rest, buffer, theme),
    }
}

fn choosing(which: Which) -> Line {
    let (letter, text) = match which {
        Which::From => ("A", "where the traffic starts"),
        Which::To => ("B", "where it goes"),
    };
    Line::of(Role::Heading, letter).with(Role::Strong, format!("  {text}"))
}

fn draw_answer(
    state: &State,
    wizard: &Wizard,
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Drawn {
    let title = Line::of(Role::Strong, "Answer");
    let message = match &wizard.answer.told {
        Told::Answer(document) => return draw_document(wizard, document, area, buffer, theme),
        Told::Nothing => Vec::new(),
        Told::Waiting => waiting(state),
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
    (0, Vec::new())
}

fn waiting(state: &State) -> Vec<Line> {
    let mut text = " Walking every path, there and back…".to_owned();
    if state.waited > 0 {
        text = format!("{text} {} s · Esc calls it off", state.waited);
    }
    vec![Line::of(Role::Dim, text)]
}

fn draw_document(
    wizard: &Wizard,
    document: &Document,
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Drawn {
    if area.width < SIDE_BY_SIDE {
        let width = usize::from(area.inside().width).saturating_sub(1);
        let mut lines = answer::view(document, width);
        lines.extend(answer::fix_under_heading(&wizard.answer, width));
        lines.extend(answer::remarks(document, width));
        lines.extend(ladder::under_heading(&wizard.answer, document, width));
        return draw_answer_pane(wizard, &lines, area, buffer, theme);
    }
    let (left, right) = area.split_left(area.width * share(document) / 100);
    let width = usize::from(left.inside().width).saturating_sub(1);
    let mut lines = answer::view(document, width);
    lines.extend(answer::remarks(document, width));
    let (answer, _) = draw_answer_pane(wizard, &lines, left, buffer, theme);
    let (path, hits) = draw_path_and_fix(wizard, document, right, buffer, theme);
    (answer.max(path), hits)
}

/// How much of the width the answer needs beside the path, in percent: less where there is little to say.
fn share(document: &Document) -> u16 {
    let much = document.blockers.len() + document.unknowns.len() > 0;
    if much { 46 } else { 36 }
}

fn draw_answer_pane(
    wizard: &Wizard,
    lines: &[Line],
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Drawn {
    let height = usize::from(area.inside().height);
    let (shown, furthest) = scrolled(lines, &wizard.answer, wizard.answer.follows, height);
    let aside = with_more(Line::new(), shown.len() > height);
    let title = answer::title(wizard);
    let inside = Pane { title, aside, focused: true, theme }.draw(area, buffer);
    rows(shown, inside, buffer, theme);
    (furthest, hits(shown, inside).collect())
}

/// The path takes the rows that it needs, and the fix follows it. In a high terminal the path tells its reasons in full.
fn draw_path_and_fix(
    wizard: &Wizard,
    document: &Document,
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Drawn {
    let view = &wizard.answer;
    let width = usize::from(area.inside().width).saturating_sub(1);
    let fix = answer::fix(view, width);
    let framed = |lines: &[Line]| u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let wanted = if fix.is_empty() { 0 } else { framed(&fix) };
    let full = ladder::view(view, document, width, false);
    let all_fits = framed(&full).saturating_add(wanted) <= area.height;
    let path = if all_fits { full } else { ladder::view(view, document, width, true) };
    let fix_least = wanted.min(area.height * 6 / 10);
    let height = if fix.is_empty() { area.height } else { framed(&path) };
    let (path_area, fix_area) = area.split_top(height.min(area.height - fix_least));
    let (furthest, hits) = draw_path(view, document, &path, path_area, buffer, theme);
    if fix.is_empty() {
        return (furthest, hits);
    }
    let fix_height = usize::from(fix_area.inside().height);
    let (shown, fix_furthest) = scrolled(&fix, view, view.follows, fix_height);
    let (title, aside) = answer::fix_titles(view);
    let aside = with_more(aside, shown.len() > fix_height);
    let inside = Pane { title, aside, focused: false, theme }.draw(fix_area, buffer);
    rows(shown, inside, buffer, theme);
    (furthest.max(fix_furthest), hits)
}

fn draw_path(
    view: &AnswerView,
    document: &Document,
    path: &[Line],
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Drawn {
    // The tabs stay, and what blocks is in view from the beginning.
    let (tabs, checks) = path.split_at(ladder::tabs_count(document).min(path.len()));
    let height = usize::from(area.inside().height).saturating_sub(tabs.len());
    let (shown, furthest) = scrolled(checks, view, view.follows || !view.scrolled, height);
    let aside = with_more(ladder::aside(document), shown.len() > height);
    let title = ladder::title(view);
    let inside = Pane { title, aside, focused: false, theme }.draw(area, buffer);
    let shown: Vec<Line> = tabs.iter().chain(shown).cloned().collect();
    rows(&shown, inside, buffer, theme);
    (furthest, hits(&shown, inside).collect())
}

/// Says on the border that there is more below.
fn with_more(aside: Line, more: bool) -> Line {
    match (more, aside.width()) {
        (false, _) => aside,
        (true, 0) => Line::of(Role::Dim, "↓ more"),
        (true, _) => aside.with(Role::Dim, " · ↓ more"),
    }
}

/// The rows from where they are scrolled to, and how far they can be. The check that the user stands on stays in view.
fn scrolled<'a>(
    lines: &'a [Line],
    view: &AnswerView,
    follows: bool,
    height: usize,
) -> (&'a [Line], usize) {
    let furthest = lines.len().saturating_sub(height);
    let mut top = view.scroll.min(furthest);
    let selected = lines.iter().position(|line| line.ground == Some(Role::Selected));
    if let Some(selected) = selected.filter(|_| follows) {
        top =
            top.clamp((selected + 2).saturating_sub(height).min(selected), selected).min(furthest);
    }
    (lines.get(top..).unwrap_or_default(), furthest)
}
