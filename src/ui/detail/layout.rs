//! From a sheet to rows of the screen: facts beside their words, tables in columns.

use crate::report::details::{Entry, Text, Tone};
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// A row of the screen, and the part of the sheet that it belongs to.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The row.
    pub line: Line,
    /// Position of the part.
    pub entry: u32,
}

/// Columns of the words on the left.
const WORDS: usize = 13;
/// Columns in front of a table.
const MARGIN: usize = 3;

/// All rows in a width.
pub fn lines(entries: &[Entry], width: usize) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut columns = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if !matches!(entry, Entry::Row { .. }) {
            columns.clear();
        } else if columns.is_empty() {
            columns = widths(entries.get(at..).unwrap_or_default(), width);
        }
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        if matches!(entry, Entry::Heading { .. }) && at > 0 {
            placed.push(Placed { line: Line::new(), entry: number });
        }
        let lines = of_entry(entry, &columns, width);
        placed.extend(lines.into_iter().map(|line| Placed { line, entry: number }));
    }
    placed
}

fn of_entry(entry: &Entry, columns: &[usize], width: usize) -> Vec<Line> {
    match entry {
        Entry::Heading { text, aside, link } => {
            let line = Line::of(Role::Heading, format!(" {text}")).with(Role::Text, "  ");
            line.and(styled(aside, link.is_some())).wrap(width, 1)
        }
        Entry::Fact { word, text, link } => {
            let word = Line::of(Role::Dim, format!(" {word}")).column(WORDS);
            word.and(styled(text, link.is_some())).wrap(width, WORDS)
        }
        Entry::Row { cells, link } => row(cells, link.is_some(), columns, width),
        Entry::Note(text) => Line::of(Role::Dim, format!(" {text}")).wrap(width, 1),
    }
}

/// The cells in their columns; the last one that says anything may go on below itself.
fn row(cells: &[Text], leads: bool, columns: &[usize], width: usize) -> Vec<Line> {
    let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or_default();
    let mut line = Line::of(Role::Text, " ".repeat(MARGIN));
    for (at, (cell, column)) in cells.iter().zip(columns).enumerate().take(last + 1) {
        let cell = styled(cell, leads);
        match at == last {
            true => line = line.and(cell),
            false if *column == 0 => {}
            false => line = line.and(cell.exactly(*column)).with(Role::Text, "  "),
        }
    }
    let indent: usize = columns.iter().take(last).filter(|one| **one > 0).map(|one| one + 2).sum();
    line.wrap(width, (MARGIN + indent).min(width * 2 / 3))
}

/// How wide the columns of a table are: as wide as what is in them, and together no wider than the pane leaves.
fn widths(entries: &[Entry], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for entry in entries {
        let Entry::Row { cells, .. } = entry else { break };
        // A row of one cell stands for itself: `and 12 more`.
        for (at, cell) in cells.iter().enumerate().filter(|_| cells.len() > 1) {
            let own = styled(cell, false).width();
            match widths.get_mut(at) {
                Some(widest) => *widest = own.max(*widest),
                None => widths.push(own),
            }
        }
    }
    let wanted = MARGIN + widths.iter().filter(|one| **one > 0).map(|one| one + 2).sum::<usize>();
    if wanted > width + 2 {
        let most = (width * 2 / 5).max(10);
        for one in &mut widths {
            *one = most.min(*one);
        }
    }
    if widths.is_empty() { vec![width] } else { widths }
}

fn styled(text: &Text, leads: bool) -> Line {
    let pieces = text.0.iter();
    pieces.fold(Line::new(), |line, piece| line.with(role(piece.tone, leads), &piece.text))
}

/// What leads somewhere has its name in the colour of what can be acted on.
fn role(tone: Tone, leads: bool) -> Role {
    match tone {
        Tone::Text => Role::Text,
        Tone::Dim => Role::Dim,
        Tone::Strong if leads => Role::Link,
        Tone::Strong => Role::Strong,
        Tone::Good => Role::Good,
        Tone::Bad => Role::Bad,
        Tone::Warn => Role::Warn,
        Tone::Unknown => Role::Unknown,
    }
}
