//! A picture that moves: SVG in which each screen is shown for its time, without any script, so that it moves wherever
//! pictures are shown. A row that occurs in several screens is drawn once.

use std::collections::HashMap;
use std::fmt::Write;
use std::time::Duration;

use ratatui::buffer::Buffer;

use super::colours::Ground;
use super::still::{ROW, opened, row, rows, units};
use crate::app::ThemeName;

/// Screens and when they came.
pub struct Film {
    theme: ThemeName,
    frames: Vec<(Duration, Buffer)>,
}

impl Film {
    /// Without any screen yet.
    pub fn new(theme: ThemeName) -> Self {
        Self { theme, frames: Vec::new() }
    }

    /// Takes a screen; what looks like the one before is the one before.
    pub fn take(&mut self, at: Duration, screen: &Buffer) {
        if self.frames.last().is_some_and(|(_, last)| last == screen) {
            return;
        }
        // Of several screens at one time only the last is seen.
        self.frames.retain(|(earlier, _)| *earlier < at);
        self.frames.push((at, screen.clone()));
    }

    /// The picture, which begins anew after `end`.
    pub fn svg(&self, end: Duration) -> String {
        let Some((_, first)) = self.frames.first() else { return String::new() };
        let ground = Ground::of(self.theme);
        let mut drawn = Rows::default();
        let height = u32::from(first.area.height) * ROW;
        let mut screens = String::new();
        for (number, (_, screen)) in (0_u32..).zip(&self.frames) {
            for (y, cells) in rows(screen) {
                if let Some(id) = drawn.id(row(cells, ground)) {
                    let at = units(number * height + u32::from(y) * ROW);
                    let _ = write!(screens, "<use href='#r{id}' y='{at}'/>");
                }
            }
            screens.push('\n');
        }
        let mut svg = opened(first, ground, &self.style(end, height));
        let width = units(u32::from(first.area.width) * super::still::COLUMN);
        // A window of the size of one screen, behind which all of them pass.
        let _ = write!(
            svg,
            "<defs>\n{}</defs>\n<svg width='{width}' height='{}' overflow='hidden'><g class='film'>\n{screens}</g></svg>\n</g>\n</svg>\n",
            drawn.definitions,
            units(height)
        );
        svg
    }

    /// When which screen is in the window.
    fn style(&self, end: Duration, height: u32) -> String {
        let total = end.as_millis().max(1);
        let mut steps = String::new();
        for (number, (at, _)) in (0_u32..).zip(&self.frames) {
            // Thousandths of a percent.
            let share = at.as_millis() * 100_000 / total;
            let _ = write!(
                steps,
                "{}.{:03}%{{transform:translateY(-{}px)}}",
                share / 1000,
                share % 1000,
                units(number * height)
            );
        }
        format!(
            "<style>@keyframes film{{{steps}}}.film{{animation:film {}.{:03}s step-end infinite}}</style>\n",
            total / 1000,
            total % 1000
        )
    }
}

/// The rows that were drawn.
#[derive(Default)]
struct Rows {
    known: HashMap<String, usize>,
    definitions: String,
}

impl Rows {
    /// The id of a row; none of an empty one.
    fn id(&mut self, row: String) -> Option<usize> {
        if row.is_empty() {
            return None;
        }
        let next = self.known.len();
        let id = *self.known.entry(row).or_insert_with_key(|row| {
            let _ = writeln!(self.definitions, "<g id='r{next}'>{row}</g>");
            next
        });
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::Film;
    use crate::app::ThemeName;

    fn screen(text: &str) -> Buffer {
        let mut screen = Buffer::empty(Rect { x: 0, y: 0, width: 8, height: 2 });
        screen.set_string(0, 0, "same", Style::new());
        screen.set_string(0, 1, text, Style::new());
        screen
    }

    #[test]
    fn each_screen_is_shown_from_its_time_on_and_a_row_is_drawn_once() {
        let mut film = Film::new(ThemeName::Dark);
        film.take(Duration::ZERO, &screen("one"));
        film.take(Duration::from_secs(1), &screen("one"));
        film.take(Duration::from_secs(2), &screen("two"));
        let svg = film.svg(Duration::from_secs(8));
        assert_eq!(svg.matches(">same</text>").count(), 1, "{svg}");
        assert_eq!(svg.matches("<use").count(), 4, "{svg}");
        assert!(
            svg.contains(
                "0.000%{transform:translateY(-0px)}25.000%{transform:translateY(-34.92px)}"
            ),
            "{svg}"
        );
        assert!(svg.contains("animation:film 8.000s step-end infinite"), "{svg}");
    }
}
