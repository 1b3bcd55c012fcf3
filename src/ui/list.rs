//! A list that is narrowed by typing: the wizard's ends and the palette.

use ratatui::buffer::Buffer;

use super::pane::{Pane, hits, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Choice, Chooser, Command, Hit, Press};

/// Draws the palette in front of everything.
pub fn draw_palette(
    palette: &Chooser<Command>,
    title: &str,
    body: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Vec<Hit> {
    let wanted = u16::try_from(palette.all()).unwrap_or(u16::MAX).saturating_add(3);
    let height = body.height.saturating_sub(4).min(22).min(wanted);
    let area = body.centred(body.width.saturating_sub(8).min(96), height);
    let behind = Hit { area: body, press: Press::Nothing };
    let hits = draw(palette, Line::of(Role::Strong, title), area, buffer, theme);
    std::iter::once(behind).chain(hits).collect()
}

/// Draws a list with its line of input on top.
pub fn draw<T>(
    chooser: &Chooser<T>,
    title: Line,
    area: Area,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Vec<Hit> {
    let aside = match (chooser.count(), chooser.all()) {
        (found, all) if found == all => Line::of(Role::Dim, all.to_string()),
        (found, all) => Line::of(Role::Dim, format!("{found} of {all}")),
    };
    let inside = Pane { title, aside, focused: true, theme }.draw(area, buffer);
    let lines = view(chooser, inside.width.into(), inside.height.into());
    rows(&lines, inside, buffer, theme);
    hits(&lines, inside).collect()
}

/// The line of input, and as many choices as fit below it around the one that the user stands on.
pub fn view<T>(chooser: &Chooser<T>, width: usize, height: usize) -> Vec<Line> {
    let input = Line::of(Role::Accent, " › ")
        .with(Role::Strong, chooser.input.text())
        .with(Role::Accent, "▏");
    let room = height.saturating_sub(1);
    let first = (chooser.position() + 1).saturating_sub(room.max(1));
    let choices: Vec<_> = chooser.matching(first).take(room).collect();
    let label = label_width(&choices, width);
    let choices = choices.into_iter().zip(first..).map(|(choice, number)| {
        let line = one(choice, label, width).pressed(Press::Choice(number));
        if number == chooser.position() { line.on(Role::Selected) } else { line }
    });
    std::iter::once(input).chain(choices).collect()
}

/// As wide as the widest label on the screen; a list that is scrolled through keeps at least the usual width.
fn label_width<T>(choices: &[&Choice<T>], width: usize) -> usize {
    let widest = choices.iter().map(|choice| Line::of(Role::Strong, &choice.label).width()).max();
    widest.unwrap_or_default().clamp(24, 56).min(width * 3 / 5)
}

fn one<T>(choice: &Choice<T>, label: usize, width: usize) -> Line {
    Line::of(Role::Text, "   ")
        .and(Line::of(Role::Strong, &choice.label).exactly(label))
        .with(Role::Text, "  ")
        .and(Line::of(Role::Text, choice.kind).exactly(15))
        .with(Role::Text, "  ")
        .with(Role::Dim, &choice.detail)
        .fit(width.saturating_sub(1))
}
