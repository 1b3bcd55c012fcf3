//! Lines of text with roles: what every pane is made of before it is drawn. Widths are columns of the terminal, so that
//! wide (CJK) characters stay aligned.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::theme::Role;
use crate::app::Press;
use crate::report::safe_text::safe;

/// A piece of text with one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text, safe to show.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// One row of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From left to right.
    pub spans: Vec<Span>,
    /// A ground under the whole row.
    pub ground: Option<Role>,
    /// What a press on the row means.
    pub press: Option<Press>,
}

impl Line {
    /// An empty row.
    pub fn new() -> Self {
        Self::default()
    }

    /// A row of one role.
    pub fn of(role: Role, text: impl AsRef<str>) -> Self {
        Self::new().with(role, text)
    }

    /// The row with more text at its end. Names come from AWS and may hold anything: whatever is put in a row is made
    /// harmless here, so that no pane can forget to.
    #[must_use]
    pub fn with(mut self, role: Role, text: impl AsRef<str>) -> Self {
        self.push(role, text);
        self
    }

    /// Adds text at the end.
    pub fn push(&mut self, role: Role, text: impl AsRef<str>) {
        let text = safe(text.as_ref()).into_owned();
        if !text.is_empty() {
            self.spans.push(Span { text, role });
        }
    }

    /// The row with the spans of `other` at its end.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// Fills with spaces up to a column; one space at least, so that columns never touch.
    #[must_use]
    pub fn column(mut self, at: usize) -> Self {
        let missing = at.saturating_sub(self.width()).max(1);
        self.spans.push(Span { text: " ".repeat(missing), role: Role::Text });
        self
    }

    /// Fills with spaces up to a column, if it does not reach that already.
    #[must_use]
    pub fn up_to(mut self, at: usize) -> Self {
        let missing = at.saturating_sub(self.width());
        self.spans.push(Span { text: " ".repeat(missing), role: Role::Text });
        self
    }

    /// The row on a ground.
    #[must_use]
    pub fn on(mut self, ground: Role) -> Self {
        self.ground = Some(ground);
        self
    }

    /// The row, which can be pressed.
    #[must_use]
    pub fn pressed(mut self, press: Press) -> Self {
        self.press = Some(press);
        self
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| span.text.width()).sum()
    }

    /// The text alone.
    pub fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The row cut to a width, with an ellipsis where something is missing.
    #[must_use]
    pub fn fit(self, width: usize) -> Self {
        if self.width() <= width {
            return self;
        }
        let mut left = width.saturating_sub(1);
        let mut cut = Self { ground: self.ground, ..Self::default() };
        for span in self.spans {
            let text = head(&span.text, left);
            let whole = text.len() == span.text.len();
            left -= text.width();
            cut.spans.push(Span { text: text.to_owned(), role: span.role });
            if !whole {
                break;
            }
        }
        if width > 0 {
            cut.spans.push(Span { text: "…".to_owned(), role: Role::Dim });
        }
        cut
    }

    /// The row cut to a width, and filled up to it.
    #[must_use]
    pub fn exactly(self, width: usize) -> Self {
        let mut line = self.fit(width);
        let missing = width.saturating_sub(line.width());
        line.spans.push(Span { text: " ".repeat(missing), role: Role::Text });
        line
    }

    /// The row broken between words into rows of a width; those after the first are indented.
    pub fn wrap(self, width: usize, indent: usize) -> Vec<Self> {
        if self.width() <= width {
            return vec![self];
        }
        let indent = if indent + 12 > width { 0 } else { indent };
        let mut rows = vec![Self { ground: self.ground, ..Self::default() }];
        let mut used = 0;
        for span in &self.spans {
            for word in words(&span.text, width.saturating_sub(indent)) {
                let wide = word.trim_end().width();
                if used + wide > width && used > indent {
                    rows.push(Self { ground: self.ground, ..Self::default() }.indented(indent));
                    used = indent;
                }
                used += word.width();
                if let Some(row) = rows.last_mut() {
                    row.append(word, span.role);
                }
            }
        }
        rows.into_iter().map(|row| row.trimmed().fit(width)).collect()
    }

    /// The row without the spaces at its end, which a break between words leaves.
    fn trimmed(mut self) -> Self {
        if let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self
    }

    fn indented(mut self, by: usize) -> Self {
        if by > 0 {
            self.spans.push(Span { text: " ".repeat(by), role: Role::Text });
        }
        self
    }

    fn append(&mut self, text: &str, role: Role) {
        match self.spans.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), role }),
        }
    }
}

/// The beginning of a text that takes at most so many columns.
pub fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, char)| {
        used += char.width().unwrap_or_default();
        used > columns
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

/// Words with the spaces after them; one that is wider than a row (a DNS name, a list of ids) in pieces, so that ids stay
/// whole where that is possible.
fn words(text: &str, widest: usize) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ').flat_map(move |word| pieces(word, widest.max(8)))
}

fn pieces(word: &str, widest: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while rest.trim_end().width() > widest {
        let (piece, after) = rest.split_at(break_in(head(rest, widest)));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// Where a long word is best broken: behind a comma or another sign between parts, as far on as possible but not so early
/// that most of the row stays empty.
fn break_in(most: &str) -> usize {
    let behind = |signs: &[char]| {
        let at = most.rfind(signs).map(|at| at + 1);
        at.filter(|at| at * 4 > most.len())
    };
    let best = behind(&[',', ';', '&']).or_else(|| behind(&['=', ':', '/', '.', '?']));
    best.or_else(|| behind(&['-', '_'])).unwrap_or(most.len())
}
