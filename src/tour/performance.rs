//! A tour from its beginning to its end, without a terminal and without waiting: shot by shot, and where the screen is
//! not as a step expects, what is wrong.

use std::fmt;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::captions::Captions;
use super::schedule::{Beat, Schedule, What};
use super::script::{Expectation, Step, Tour};
use super::theatre::{Networks, Theatre};
use crate::app::{Beginning, Key, State};

/// The screen after something has happened.
pub struct Shot<'a> {
    /// How long after the beginning.
    pub at: Duration,
    /// What has happened, and in which step.
    pub beat: Beat,
    /// The step.
    pub step: &'a Step,
    /// Everything on the screen, the caption below it.
    pub screen: &'a Buffer,
}

impl Shot<'_> {
    /// Whether all keys of the step are pressed.
    pub fn is_outcome(&self) -> bool {
        self.beat.what == What::Check
    }
}

/// A step whose outcome is not as it expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// Position of the step.
    pub step: usize,
    /// Its line in the file.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What is on the screen instead.
    pub screen: String,
}

impl fmt::Display for Unmet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "step {} (line {}): {}", self.step + 1, self.line, self.what)?;
        writeln!(out, "on the screen:")?;
        self.screen.lines().try_for_each(|row| writeln!(out, "  │ {row}"))
    }
}

/// Plays a tour and shows each shot to `watch`; tells how long it takes.
///
/// # Errors
/// At the first step whose outcome is not as expected.
pub fn perform(
    tour: &Tour,
    language: &str,
    beginning: Beginning,
    networks: Networks<'_>,
    watch: &mut dyn FnMut(&Shot<'_>),
) -> Result<Duration, Unmet> {
    let schedule = Schedule::of(tour, language);
    let captions = Captions::new(tour, language);
    let (columns, rows) = tour.size;
    let strip = captions.rows(columns, rows);
    let beginning = Beginning { columns, rows: rows - strip, theme: tour.theme, ..beginning };
    let mut theatre = Theatre::open(beginning, networks);
    for beat in &schedule.beats {
        let Some(step) = tour.steps.get(beat.step) else { continue };
        theatre.tick(i64::try_from(beat.at.as_secs()).unwrap_or(i64::MAX));
        if let What::Press(key) = beat.what {
            press(&mut theatre, key, beat, step)?;
        }
        let mut screen = Buffer::empty(Rect { x: 0, y: 0, width: columns, height: rows });
        theatre.draw(&mut screen);
        if beat.what == What::Check {
            let unmet = step.expect.unmet(&theatre.state, &text(&screen));
            let unmet = unmet.or_else(|| theatre.state.network.failure.as_ref().map(told));
            if let Some(what) = unmet {
                return Err(Unmet::new(beat, step, what, &screen));
            }
        }
        captions.draw(beat.step, beat.pressed, &mut screen, tour.theme);
        watch(&Shot { at: beat.at, beat: *beat, step, screen: &screen });
    }
    Ok(schedule.end)
}

fn told(failure: &crate::app::Failure) -> String {
    format!("the network cannot be read: {}", failure.what)
}

fn press(theatre: &mut Theatre<'_>, key: Key, beat: &Beat, step: &Step) -> Result<(), Unmet> {
    let mut screen = Buffer::empty(Rect {
        x: 0,
        y: 0,
        width: theatre.state.columns,
        height: theatre.state.rows,
    });
    theatre.draw(&mut screen);
    theatre.press(key);
    if theatre.is_over {
        return Err(Unmet::new(beat, step, format!("{key} ends the program"), &screen));
    }
    Ok(())
}

impl Unmet {
    fn new(beat: &Beat, step: &Step, what: String, screen: &Buffer) -> Self {
        Self { step: beat.step, line: step.line, what, screen: text(screen) }
    }
}

impl Expectation {
    /// What is not as expected, if anything.
    pub fn unmet(&self, state: &State, screen: &str) -> Option<String> {
        let rows: Vec<String> = screen.lines().map(single_spaced).collect();
        let stands = |text: &&String| rows.iter().any(|row| row.contains(&single_spaced(text)));
        if let Some(missing) = self.contains.iter().find(|text| !stands(text)) {
            return Some(format!("“{missing}” is not on the screen"));
        }
        if let Some(present) = self.absent.iter().find(stands) {
            return Some(format!("“{present}” is on the screen, and should not be"));
        }
        let expected = self.verdict?;
        let answer = state.wizard.as_ref().and_then(|wizard| wizard.answer.document());
        match answer {
            None => Some(format!("no answer is on the screen, expected {}", expected.word())),
            Some(answer) if answer.verdict != expected => {
                let (is, expected) = (answer.verdict.word(), expected.word());
                Some(format!("the verdict is {is}, expected {expected}"))
            }
            Some(_) => None,
        }
    }
}

fn single_spaced(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a buffer shows, row by row. Behind a wide character there is a cell that nobody sees.
pub fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let rows = buffer.content.chunks(width).map(|cells| {
        let mut seen = 0;
        let mut row = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if at >= seen {
                row.push_str(cell.symbol());
                seen = at + cell.symbol().width().max(1);
            }
        }
        row.trim_end().to_owned() + "\n"
    });
    rows.collect()
}
