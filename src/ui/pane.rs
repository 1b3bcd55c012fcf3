//! Boxes with titles, and rows in them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Hit};

/// A box with a title on its upper left, something shorter on its upper right, and rows inside.
pub struct Pane<'a> {
    /// Upper left.
    pub title: Line,
    /// Upper right.
    pub aside: Line,
    /// Whether it has the keys.
    pub focused: bool,
    /// How it looks.
    pub theme: &'a Theme,
}

impl Pane<'_> {
    /// Draws the box and tells the area inside.
    pub fn draw(self, area: Area, buffer: &mut Buffer) -> Area {
        let area = rect(area).intersection(buffer.area);
        let border = if self.focused { Role::BorderFocused } else { Role::Border };
        let room = usize::from(area.width).saturating_sub(4);
        let aside = if self.aside.width() + 8 > room { Line::new() } else { self.aside };
        let left = room.saturating_sub(aside.width() + usize::from(aside.width() > 0) * 2);
        let mut block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(self.theme.style(border))
            .title_top(on_border(&self.title.fit(left), self.theme));
        if aside.width() > 0 {
            block = block.title_top(on_border(&aside, self.theme).right_aligned());
        }
        Clear.render(area, buffer);
        let inside = block.inner(area);
        block.render(area, buffer);
        Area { x: inside.x, y: inside.y, width: inside.width, height: inside.height }
    }
}

/// A title with room around it, and nothing of the border's look.
fn on_border<'a>(line: &Line, theme: &Theme) -> text::Line<'a> {
    if line.width() == 0 {
        return text::Line::default();
    }
    let padded = Line::of(Role::Text, " ").and(line.clone()).with(Role::Text, " ");
    let mut title = styled(&padded, theme);
    for span in &mut title.spans {
        span.style = Style::reset().patch(span.style);
    }
    title
}

/// Draws rows from the top, each cut to the width; what does not fit below is left out.
pub fn rows(lines: &[Line], area: Area, buffer: &mut Buffer, theme: &Theme) {
    let area = rect(area).intersection(buffer.area);
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        let row = line.clone().fit(usize::from(area.width));
        buffer.set_line(area.x, y, &styled(&row, theme), area.width);
        if let Some(ground) = line.ground {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.style(ground));
        }
    }
}

/// Where the rows that can be pressed are.
pub fn hits(lines: &[Line], area: Area) -> impl Iterator<Item = Hit> {
    let rows = lines.iter().zip(area.y..area.y.saturating_add(area.height));
    rows.filter_map(move |(line, y)| {
        Some(Hit { area: Area { y, height: 1, ..area }, press: line.press? })
    })
}

/// The rectangle of an area.
pub fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

fn styled<'a>(line: &Line, theme: &Theme) -> text::Line<'a> {
    let spans = line.spans.iter();
    spans.map(|span| text::Span::styled(span.text.clone(), theme.style(span.role))).collect()
}
