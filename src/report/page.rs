//! Text with roles: what reports are written as before a terminal colours them, or a pipe does not.
//!
//! Every piece of text passes [`safe_text`](super::safe_text) when it is put on a page, so no report can forget to.

use super::safe_text::{padded, safe, width};

/// What a piece of text is; colour is the reader's matter, and never the only sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// A heading, or what was asked about.
    Strong,
    /// Less important.
    Dim,
    /// Lets through, holds.
    Good,
    /// Blocks, fails.
    Bad,
    /// Unknown, partial, worth a look.
    Unsure,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub tone: Tone,
    /// The text, safe to show.
    pub text: String,
}

/// Lines of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// From top to bottom.
    pub lines: Vec<Vec<Span>>,
}

/// The longest line of prose, in columns.
const MEASURE: usize = 100;

/// A cell of a table.
pub type Cell = (Tone, String);

impl Page {
    /// Nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of these pieces.
    pub fn line<T: AsRef<str>>(&mut self, pieces: impl IntoIterator<Item = (Tone, T)>) {
        let spans = pieces.into_iter().map(|(tone, text)| span(tone, text.as_ref()));
        self.lines.push(spans.filter(|span| !span.text.is_empty()).collect());
    }

    /// A line of one tone.
    pub fn say(&mut self, tone: Tone, text: impl AsRef<str>) {
        self.line([(tone, text)]);
    }

    /// Sentences, broken between words so that no line is longer than `MEASURE`, each line indented.
    pub fn prose(&mut self, tone: Tone, indent: usize, text: impl AsRef<str>) {
        let margin = " ".repeat(indent);
        let mut line = margin.clone();
        for word in safe(text.as_ref()).split(' ') {
            let room = MEASURE.saturating_sub(width(&line) + 1);
            let fresh = line.trim_start().is_empty();
            if !fresh && width(word) > room {
                self.say(tone, std::mem::replace(&mut line, margin.clone()));
            } else if !fresh {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.say(tone, line);
    }

    /// An empty line between what belongs apart; none at the top.
    pub fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
    }

    /// Rows whose columns are aligned, two spaces between; the last column keeps its natural width.
    pub fn table(&mut self, indent: usize, rows: &[Vec<Cell>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|(_, text)| width(&safe(text))).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        for row in rows {
            self.row(indent, row, &widths);
        }
    }

    fn row(&mut self, indent: usize, row: &[Cell], widths: &[usize]) {
        let mut spans = vec![Span { tone: Tone::Plain, text: " ".repeat(indent) }];
        let filled = row.iter().rposition(|(_, text)| !text.is_empty()).map_or(0, |at| at + 1);
        for (at, ((tone, text), columns)) in row.iter().zip(widths).take(filled).enumerate() {
            let last = at + 1 == filled;
            let text = if last { safe(text).into_owned() } else { padded(text, *columns) + "  " };
            spans.push(Span { tone: *tone, text });
        }
        spans.retain(|span| !span.text.is_empty());
        self.lines.push(spans);
    }
}

fn span(tone: Tone, text: &str) -> Span {
    Span { tone, text: safe(text).into_owned() }
}

impl std::fmt::Display for Page {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.lines {
            for span in line {
                out.write_str(&span.text)?;
            }
            out.write_str("\n")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{MEASURE, Page, Tone};
    use crate::report::safe_text::width;

    #[test]
    fn prose_is_broken_between_words() {
        let mut page = Page::new();
        let text = "주문 orders ".repeat(30);
        page.prose(Tone::Plain, 4, &text);
        let written = page.to_string();
        assert!(written.lines().all(|line| width(line) <= MEASURE && line.starts_with("    ")));
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&written), words(&text));
    }

    #[test]
    fn columns_are_aligned_by_what_the_terminal_shows() {
        let mut page = Page::new();
        let row = |name: &str| vec![(Tone::Plain, name.to_owned()), (Tone::Plain, "|".to_owned())];
        page.table(1, &[row("주문"), row("ab"), row("\u{1b}[1m")]);
        assert_eq!(page.to_string(), " 주문  |\n ab    |\n ␛[1m  |\n");
    }
}
