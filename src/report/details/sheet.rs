//! A sheet of facts: a word on the left, what it says on the right, tables under headings between.

use super::Subject;
use crate::store::Store;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary.
    #[default]
    Text,
    /// Less important.
    Dim,
    /// A name.
    Strong,
    /// Works.
    Good,
    /// Does not.
    Bad,
    /// Deserves a look.
    Warn,
    /// Cannot be told.
    Unknown,
}

/// A piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub tone: Tone,
    /// The text.
    pub text: String,
}

/// Pieces of text in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Piece>);

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A heading.
    Heading {
        /// What is below.
        text: String,
        /// What it is about: a count, the thing that it comes from.
        aside: Text,
        /// Where it leads.
        link: Option<Subject>,
    },
    /// A word and what it says.
    Fact {
        /// On the left.
        word: String,
        /// On the right.
        text: Text,
        /// Where it leads.
        link: Option<Subject>,
    },
    /// A row of a table: the cells of neighbouring rows stand in columns.
    Row {
        /// From left to right.
        cells: Vec<Text>,
        /// Where it leads.
        link: Option<Subject>,
    },
    /// A sentence.
    Note(String),
}

/// Facts about a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is about.
    pub subject: Subject,
    /// The kind of thing in a word.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// From the top.
    pub entries: Vec<Entry>,
}

/// Longer lists end with how many more there are.
const LISTED: usize = 40;

impl Text {
    /// Text of one tone.
    pub fn of(tone: Tone, text: impl Into<String>) -> Self {
        Self::default().with(tone, text)
    }

    /// With more text at its end.
    #[must_use]
    pub fn with(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Piece { tone, text });
        }
        self
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::of(Tone::Text, text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::of(Tone::Text, text)
    }
}

impl Entry {
    /// Where it leads.
    pub fn link(&self) -> Option<&Subject> {
        match self {
            Self::Heading { link, .. } | Self::Fact { link, .. } | Self::Row { link, .. } => {
                link.as_ref()
            }
            Self::Note(_) => None,
        }
    }
}

impl Sheet {
    /// An empty one.
    pub(super) fn new(subject: Subject) -> Self {
        Self { subject, kind: "", name: String::new(), entries: Vec::new() }
    }

    pub(super) fn title(&mut self, kind: &'static str, name: &str) {
        self.kind = kind;
        name.clone_into(&mut self.name);
    }

    pub(super) fn heading(&mut self, text: impl Into<String>, aside: impl Into<String>) {
        let (text, aside) = (text.into(), dim(aside));
        self.entries.push(Entry::Heading { text, aside, link: None });
    }

    /// A heading over what comes from another thing.
    pub(super) fn heading_of(&mut self, store: &Store, text: &str, id: &str, aside: &str) {
        let from = named(store, id).with(Tone::Dim, aside);
        let link = self.way_to(store, id);
        self.entries.push(Entry::Heading { text: text.to_owned(), aside: from, link });
    }

    /// A fact, if there is anything to say.
    pub(super) fn fact(&mut self, word: &str, text: impl Into<Text>) {
        self.push_fact(word, text.into(), None);
    }

    /// A fact, if there is one.
    pub(super) fn fact_if(&mut self, word: &str, text: Option<impl Into<Text>>) {
        if let Some(text) = text {
            self.fact(word, text);
        }
    }

    /// A thing by its name and id, and the way to it.
    pub(super) fn refer(&mut self, store: &Store, word: &str, id: &str) {
        self.refer_with(store, word, id, Text::default());
    }

    /// The same with something after it.
    pub(super) fn refer_with(&mut self, store: &Store, word: &str, id: &str, aside: Text) {
        if id.is_empty() {
            return;
        }
        let mut text = named(store, id);
        text.0.extend(aside.0);
        let link = self.way_to(store, id);
        self.push_fact(word, text, link);
    }

    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.entries.push(Entry::Note(text.into()));
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Text>) {
        self.entries.push(Entry::Row { cells: cells.into_iter().collect(), link: None });
    }

    /// A row that leads to the thing with this id.
    pub(super) fn row_to(
        &mut self,
        store: &Store,
        id: &str,
        cells: impl IntoIterator<Item = Text>,
    ) {
        let link = self.way_to(store, id);
        self.entries.push(Entry::Row { cells: cells.into_iter().collect(), link });
    }

    /// A row with a thing's name, something after it, and the way to it.
    pub(super) fn row_of(&mut self, store: &Store, id: &str, more: impl IntoIterator<Item = Text>) {
        let cells: Vec<_> = std::iter::once(label(store, id)).chain(more).collect();
        self.row_to(store, id, cells);
    }

    /// Rows for the first of many, and how many more there are; nothing without any.
    pub(super) fn list<T>(
        &mut self,
        heading: &str,
        all: impl IntoIterator<Item = T>,
        mut add: impl FnMut(&mut Self, T),
    ) {
        let mut all = all.into_iter();
        let shown: Vec<T> = all.by_ref().take(LISTED).collect();
        if shown.is_empty() {
            return;
        }
        let more = all.count();
        self.heading(heading, (shown.len() + more).to_string());
        for one in shown {
            add(self, one);
        }
        if more > 0 {
            self.row([Text::of(Tone::Dim, format!("and {more} more"))]);
        }
    }

    fn push_fact(&mut self, word: &str, text: Text, link: Option<Subject>) {
        if !text.is_empty() {
            self.entries.push(Entry::Fact { word: word.to_owned(), text, link });
        }
    }

    /// Nothing leads to where one is.
    fn way_to(&self, store: &Store, id: &str) -> Option<Subject> {
        Subject::of_id(store, id).filter(|to| *to != self.subject)
    }
}

/// A thing by its name, with its id after it where that says more.
pub(super) fn named(store: &Store, id: &str) -> Text {
    let named = store.directory().by_id(id);
    let short = id.rsplit(':').next().unwrap_or(id);
    match named.and_then(|named| named.name.as_deref()).filter(|name| *name != id) {
        Some(name) if short.contains(name) => Text::of(Tone::Strong, name),
        Some(name) => Text::of(Tone::Strong, name).with(Tone::Dim, format!("  {short}")),
        None => Text::of(Tone::Strong, short),
    }
}

/// A thing by its name, else its id: in tables, where the way to it is one key.
pub(super) fn label(store: &Store, id: &str) -> Text {
    let mut text = named(store, id);
    text.0.truncate(1);
    text
}

/// A state: good, or worth a look.
pub(super) fn state(state: Option<&str>, good: &[&str]) -> Option<Text> {
    let state = state?;
    let is_good = good.contains(&state);
    let (tone, glyph) = if is_good { (Tone::Good, '✓') } else { (Tone::Warn, '!') };
    Some(Text::of(tone, format!("{glyph} {state}")))
}

/// Less important text.
pub(super) fn dim(text: impl Into<String>) -> Text {
    Text::of(Tone::Dim, text)
}
