//! The strip below the screen while a tour is played. It has rows of its own, so it covers nothing.
//!
//! ```text
//! ── 3 / 12 ── w  export  Enter ──────────────────────────────────── Space pauses · n next ──
//!  ▌ Two reasons at once: the function is in no VPC, and the group lets in one office address.
//! ```

use ratatui::buffer::Buffer;

use super::pane::rows;
use super::text::Line;
use super::theme::{Role, Theme, ThemeName};
use crate::app::Area;

/// Columns beside a caption's text.
const BESIDE: u16 = 4;

/// What the strip says.
pub struct Caption {
    /// How far the tour is.
    pub place: String,
    /// What is pressed.
    pub strokes: Vec<Stroke>,
    /// On the right: the first of these that has room.
    pub asides: Vec<String>,
    /// The caption.
    pub text: String,
    /// The text is something that went wrong.
    pub is_notice: bool,
}

/// A key, or a text that is typed.
pub struct Stroke {
    /// As the viewer reads it.
    pub label: String,
    /// It has been pressed.
    pub pressed: bool,
}

/// How many rows the longest of these texts takes, with the line above it.
pub fn height<'a>(texts: impl Iterator<Item = &'a str>, columns: u16) -> u16 {
    let rows = texts.map(|text| wrapped(text, Role::Strong, columns).len()).max().unwrap_or(0);
    u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(1)
}

/// Draws the strip.
pub fn draw(caption: &Caption, area: Area, buffer: &mut Buffer, theme: ThemeName) {
    let theme = Theme::named(theme);
    let role = if caption.is_notice { Role::Warn } else { Role::Strong };
    let mut lines = vec![rule(caption, area.width.into())];
    lines.extend(wrapped(&caption.text, role, area.width));
    rows(&lines, area, buffer, &theme);
}

fn wrapped(text: &str, role: Role, columns: u16) -> Vec<Line> {
    let lines = Line::of(role, text).wrap(columns.saturating_sub(BESIDE).into(), 0);
    lines.into_iter().map(|line| Line::of(Role::Accent, " ▌ ").and(line)).collect()
}

fn rule(caption: &Caption, width: usize) -> Line {
    let mut left = Line::of(Role::BorderFocused, "── ").with(Role::Strong, &caption.place);
    left.push(Role::BorderFocused, " ──");
    for stroke in &caption.strokes {
        let role = if stroke.pressed { Role::Heading } else { Role::Dim };
        left.push(Role::Text, "  ");
        left.push(role, if stroke.label == " " { "Space" } else { &stroke.label });
    }
    if !caption.strokes.is_empty() {
        left.push(Role::BorderFocused, "  ──");
    }
    let room = width.saturating_sub(left.width());
    let mut rights = caption
        .asides
        .iter()
        .map(|aside| Line::of(Role::Dim, format!(" {aside} ")).with(Role::BorderFocused, "──"));
    let right = rights.find(|right| right.width() < room).unwrap_or_default();
    let gap = "─".repeat(room.saturating_sub(right.width()));
    left.with(Role::BorderFocused, gap).and(right)
}

#[cfg(test)]
mod tests {
    use super::{Caption, Stroke, height, rule, wrapped};
    use crate::ui::theme::Role;

    fn caption() -> Caption {
        let stroke = |label: &str, pressed| Stroke { label: label.to_owned(), pressed };
        Caption {
            place: "3 / 12".to_owned(),
            strokes: vec![stroke("w", true), stroke("export", false)],
            asides: vec!["Space pauses · n next".to_owned(), "n next".to_owned()],
            text: "Look".to_owned(),
            is_notice: false,
        }
    }

    #[test]
    fn the_rule_says_how_far_it_is_and_what_is_pressed() {
        let line = rule(&caption(), 48);
        assert_eq!(line.width(), 48);
        assert!(line.plain().starts_with("── 3 / 12 ──  w  export  ───"), "{}", line.plain());
        assert!(line.plain().ends_with("─ n next ──"), "{}", line.plain());
        let role = |text: &str| line.spans.iter().find(|span| span.text == text).unwrap().role;
        assert_eq!((role("w"), role("export")), (Role::Heading, Role::Dim));
    }

    #[test]
    fn what_has_no_room_on_the_right_is_left_out() {
        let line = rule(&caption(), 30);
        assert_eq!(line.width(), 30);
        assert!(!line.plain().contains("next"));
    }

    #[test]
    fn the_height_is_that_of_the_longest_text_wide_characters_counted_twice() {
        assert_eq!(height(["short", &"word ".repeat(10)].into_iter(), 40), 3);
        assert_eq!(height(["서비스가 인터넷에 나가지 못합니다"].into_iter(), 24), 3);
        assert!(
            wrapped("서비스가 인터넷에 나가지 못합니다", Role::Text, 24)
                .iter()
                .all(|line| line.width() <= 24)
        );
    }
}
