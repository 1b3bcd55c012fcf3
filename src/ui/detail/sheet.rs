//! A sheet of facts: a word on the left, what it says on the right, headings between.

use crate::ui::text::Line;
use crate::ui::theme::Role;

/// Facts, from the top.
#[derive(Default)]
pub struct Sheet {
    entries: Vec<Entry>,
}

enum Entry {
    Heading(Line),
    Fact(String, Line),
    Note(String),
    Row(Line),
}

/// Columns of the words on the left.
const WORDS: usize = 12;

impl Sheet {
    /// A heading.
    pub fn heading(&mut self, text: impl AsRef<str>, aside: impl AsRef<str>) {
        let line = Line::of(Role::Heading, text).with(Role::Dim, format!("  {}", aside.as_ref()));
        self.entries.push(Entry::Heading(line));
    }

    /// A fact.
    pub fn fact(&mut self, word: &str, text: impl AsRef<str>) {
        self.line(word, Line::of(Role::Text, text));
    }

    /// A fact, if there is anything to say.
    pub fn fact_if(&mut self, word: &str, text: Option<impl AsRef<str>>) {
        if let Some(text) = text.filter(|text| !text.as_ref().is_empty()) {
            self.fact(word, text);
        }
    }

    /// A fact with roles.
    pub fn line(&mut self, word: &str, line: Line) {
        self.entries.push(Entry::Fact(word.to_owned(), line));
    }

    /// A sentence.
    pub fn note(&mut self, text: impl Into<String>) {
        self.entries.push(Entry::Note(text.into()));
    }

    /// A row of a table under a heading.
    pub fn row(&mut self, line: Line) {
        self.entries.push(Entry::Row(line));
    }

    /// The rows in a width.
    pub fn lines(self, width: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for entry in self.entries {
            match entry {
                Entry::Heading(line) => {
                    if !lines.is_empty() {
                        lines.push(Line::new());
                    }
                    lines.push(Line::of(Role::Text, " ").and(line).fit(width));
                }
                Entry::Fact(word, line) => {
                    let row = Line::of(Role::Dim, format!(" {word}")).column(WORDS).and(line);
                    lines.extend(row.wrap(width, WORDS));
                }
                Entry::Note(text) => {
                    lines.extend(Line::of(Role::Dim, format!(" {text}")).wrap(width, 1));
                }
                Entry::Row(line) => {
                    lines.extend(Line::of(Role::Text, "   ").and(line).wrap(width, 6));
                }
            }
        }
        lines
    }
}

/// A name with its id after it.
pub fn named(name: Option<&str>, id: &str) -> Line {
    match name.filter(|name| *name != id) {
        Some(name) => Line::of(Role::Strong, name).with(Role::Dim, format!("  {id}")),
        None => Line::of(Role::Strong, id),
    }
}
