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
    let view = &wizard.answer;
    let side_by_side = area.width >= SIDE_BY_SIDE;
    let (left, right) =
        if side_by_side { area.split_left(area.width / 2) } else { (area, Area::default()) };
    let mut lines = answer::view(wizard, document, left.inside().width.into());
    let mut furthest = 0;
    if side_by_side {
        let inside = Pane {
            title: ladder::title(view),
            aside: ladder::aside(document),
            focused: false,
            theme,
        }
        .draw(right, buffer);
        let path = ladder::view(document, view.path, inside.width.into(), true);
        furthest = path.len().saturating_sub(inside.height.into());
        let from = view.scroll.min(furthest);
        rows(path.get(from..).unwrap_or_default(), inside, buffer, theme);
    } else {
        lines.push(Line::new());
        lines.push(
            Line::of(Role::Text, " ")
                .and(ladder::title(view))
                .with(Role::Text, "  ")
                .and(ladder::aside(document)),
        );
        lines.extend(ladder::view(document, view.path, left.inside().width.into(), false));
    }
    let room = usize::from(left.inside().height);
    let more = view.scroll + room < lines.len();
    let aside = Line::of(Role::Dim, if more { "↓ more" } else { "" });
    let title = answer::title(wizard);
    let inside = Pane { title, aside, focused: true, theme }.draw(left, buffer);
    let own = lines.len().saturating_sub(inside.height.into());
    let from = view.scroll.min(own);
    rows(lines.get(from..).unwrap_or_default(), inside, buffer, theme);
    furthest.max(own)
}
