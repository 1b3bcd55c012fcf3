//! A list in front of the panes: what changed, the log of calls, what could not be read, and what else is told in rows
//! that lead to things.

use std::sync::Arc;

use super::areas::Area;
use super::bindings::Move;
use super::chooser::moved;
use crate::report::details::{Entry, Subject};

/// Where a list of so many rows is: at the bottom, as high as it needs to be, so that what it is about stays in view.
pub fn front_area(body: Area, rows: usize) -> Area {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2).max(LEAST);
    let (_, area) = body.split_top(body.height.saturating_sub(height));
    // A strip of what is behind it, too narrow to be read, only disturbs.
    if area.height + STRIP > body.height { body } else { area }
}

/// The least height of a list with its frame.
const LEAST: u16 = 8;
/// Fewer rows than these are not left of what is behind.
const STRIP: u16 = 6;

/// What a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What changed since the last reading, or between two.
    Changes,
    /// Every call, its outcome and duration.
    Log,
    /// What could not be read.
    Coverage,
    /// Something about the answer on the screen.
    Listing,
    /// The rule that decided a check, in its place.
    Rule,
}

/// A list in front.
#[derive(Clone, Debug)]
pub struct Front {
    /// What it is about.
    pub topic: Topic,
    /// Upper left.
    pub title: String,
    /// After the title.
    pub aside: String,
    /// From the top.
    pub entries: Arc<[Entry]>,
    /// The row of the screen that the user stands on.
    cursor: usize,
    top: usize,
    height: usize,
    /// The part to stand on once its row is known.
    wanted: Option<u32>,
}

impl Front {
    /// A list, from its top.
    pub fn new(topic: Topic, title: &str, aside: String, entries: Vec<Entry>) -> Self {
        let (title, entries) = (title.to_owned(), entries.into());
        Self { topic, title, aside, entries, cursor: 0, top: 0, height: 0, wanted: None }
    }

    /// The same, standing on a part.
    #[must_use]
    pub fn standing_on(self, entry: usize) -> Self {
        Self { wanted: u32::try_from(entry).ok(), ..self }
    }

    /// The same with other rows; the user stands where they stood.
    #[must_use]
    pub fn renewed(self, newer: Self) -> Self {
        Self { cursor: self.cursor, top: self.top, height: self.height, ..newer }
    }

    /// The row that the user stands on.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Goes up or down among so many rows.
    pub fn go(&mut self, way: Move, rows: usize) {
        let page = self.height.saturating_sub(1).max(1);
        self.cursor = moved(self.cursor, way, rows.saturating_sub(1), page);
        self.keep_in_view(rows);
    }

    /// Stands on a row below the top; tells whether it stood there already.
    pub fn press(&mut self, below_top: usize, rows: usize) -> bool {
        let row = self.top + below_top;
        let again = row == self.cursor;
        if row < rows {
            self.cursor = row;
        }
        again
    }

    /// Has so many rows of the screen, for its own rows, of each of which the part is told.
    pub fn fit(&mut self, height: usize, placed: &[u32]) {
        let rows = placed.len();
        self.height = height;
        if let Some(wanted) = self.wanted.filter(|_| rows > 0) {
            self.wanted = None;
            self.cursor = placed.iter().position(|entry| *entry == wanted).unwrap_or_default();
        }
        self.cursor = self.cursor.min(rows.saturating_sub(1));
        self.keep_in_view(rows);
    }

    /// The part that a row belongs to.
    pub fn entry(&self, placed: &[u32]) -> Option<&Entry> {
        self.entries.get(*placed.get(self.cursor)? as usize)
    }

    /// Where the row leads.
    pub fn link(&self, placed: &[u32]) -> Option<Subject> {
        self.entry(placed)?.link().cloned()
    }

    fn keep_in_view(&mut self, rows: usize) {
        let lowest = (self.cursor + 1).saturating_sub(self.height.max(1));
        let highest = rows.saturating_sub(self.height);
        self.top = self.top.clamp(lowest.min(self.cursor), self.cursor).min(highest);
    }
}
