//! When what happens in a tour: a pure function of the tour and the language, so that a tour takes the same time wherever
//! and whenever it is played.

use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use super::script::{Step, Tour};
use crate::app::Key;

/// From the caption to the first key: the viewer's eye is at the caption.
const BEFORE_KEYS: Duration = Duration::from_millis(1200);
/// From one key to the next.
const BETWEEN_KEYS: Duration = Duration::from_millis(800);
/// From one typed letter to the next.
const BETWEEN_LETTERS: Duration = Duration::from_millis(90);
/// What a viewer needs to look up from a caption that was read.
const BESIDE_READING: Duration = Duration::from_secs(2);
/// What a column of text takes to be read; wide characters take two.
const PER_COLUMN: Duration = Duration::from_millis(62);

/// Everything that happens, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// What happens when.
    pub beats: Vec<Beat>,
    /// When the last outcome has been looked at.
    pub end: Duration,
}

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// How long after the beginning.
    pub at: Duration,
    /// In which step.
    pub step: usize,
    /// How many strokes of the step have been pressed then.
    pub pressed: usize,
    /// What.
    pub what: What,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The step's caption appears.
    Begin,
    /// A key is pressed.
    Press(Key),
    /// All keys are pressed: the screen is as the step expects.
    Check,
}

impl Schedule {
    /// The schedule of a tour with captions in a language.
    pub fn of(tour: &Tour, language: &str) -> Self {
        let mut schedule = Self { beats: Vec::new(), end: Duration::ZERO };
        for (number, step) in tour.steps.iter().enumerate() {
            schedule.add(number, step, language);
        }
        schedule
    }

    fn add(&mut self, number: usize, step: &Step, language: &str) {
        let began = self.end;
        let mut at = began;
        let mut beat =
            |at, pressed, what| self.beats.push(Beat { at, step: number, pressed, what });
        beat(at, 0, What::Begin);
        for (pressed, stroke) in step.strokes.iter().enumerate() {
            at += if pressed == 0 { BEFORE_KEYS } else { BETWEEN_KEYS };
            for (typed, key) in stroke.keys.iter().enumerate() {
                let is_last = typed + 1 == stroke.keys.len();
                beat(at, pressed + usize::from(is_last), What::Press(*key));
                at += if is_last { Duration::ZERO } else { BETWEEN_LETTERS };
            }
        }
        beat(at, step.strokes.len(), What::Check);
        let read = began + reading(step.caption.to(language));
        self.end = match step.pause {
            Some(pause) => at + pause,
            None => read.max(at + BESIDE_READING),
        };
    }
}

/// How long a caption takes to be read.
fn reading(caption: &str) -> Duration {
    let columns = u32::try_from(caption.width()).unwrap_or(u32::MAX);
    BESIDE_READING + PER_COLUMN.saturating_mul(columns)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Schedule, What};
    use crate::app::{Code, Key};
    use crate::tour::script::Tour;

    fn schedule(step: &str) -> Schedule {
        let text = format!("title.en = 'x'\n[[step]]\ncaption.en = 'Look here'\n{step}");
        Schedule::of(&Tour::parse(&text).unwrap(), "en")
    }

    #[test]
    fn letters_follow_each_other_and_a_stroke_counts_once_it_is_whole() {
        let schedule = schedule("keys = \"'ab' enter\"\npause = 3");
        let told: Vec<_> = schedule
            .beats
            .iter()
            .map(|beat| (beat.at.as_millis(), beat.pressed, beat.what))
            .collect();
        assert_eq!(
            told,
            [
                (0, 0, What::Begin),
                (1200, 0, What::Press(Key::char('a'))),
                (1290, 1, What::Press(Key::char('b'))),
                (2090, 2, What::Press(Key::plain(Code::Enter))),
                (2090, 2, What::Check),
            ]
        );
        assert_eq!(schedule.end, Duration::from_millis(5090));
    }

    #[test]
    fn without_a_pause_there_is_time_to_read() {
        assert_eq!(schedule("").end, Duration::from_millis(2000 + 9 * 62));
        let pressing = schedule("keys = 'a b c d e f'");
        assert_eq!(pressing.end, Duration::from_millis(1200 + 5 * 800 + 2000));
    }
}
