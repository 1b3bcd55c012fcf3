//! A line that is being typed. The cursor is at its end: these texts are short.

/// A line that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextInput {
    text: String,
    /// Nobody typed it yet.
    proposed: bool,
}

/// Nobody types more than this; a pasted file is cut.
const LONGEST: usize = 200;

impl TextInput {
    /// A line with a proposal in it: what is typed stands in its place, Backspace goes on with it.
    pub fn proposing(text: impl Into<String>) -> Self {
        Self { text: text.into(), proposed: true }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends a text; of several lines the first. Control characters are not text.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.proposed) {
            self.text.clear();
        }
        let line = text.lines().next().unwrap_or_default();
        let room = LONGEST.saturating_sub(self.text.chars().count());
        self.text.extend(line.chars().filter(|char| !char.is_control()).take(room));
    }

    /// Takes the last character back.
    pub fn erase(&mut self) {
        self.proposed = false;
        self.text.pop();
    }

    /// Takes everything back.
    pub fn clear(&mut self) {
        self.proposed = false;
        self.text.clear();
    }
}
