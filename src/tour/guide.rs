//! A tour in front of a viewer: which key is pressed when, and what the viewer's own keys mean meanwhile.
//!
//! The viewer can pause, go on step by step, leave, and take over at any moment. Real time comes in from outside; what
//! happens on the screen is done outside as well.

use std::time::Duration;

use ratatui::buffer::Buffer;

use super::captions::Captions;
use super::performance::text;
use super::schedule::{Beat, Schedule, What};
use super::script::Tour;
use crate::app::{Code, Key, State, ThemeName};
use crate::ui;

/// A tour that is being played.
#[derive(Clone, Debug)]
pub struct Guide {
    tour: Tour,
    captions: Captions,
    hints: Hints,
    schedule: Schedule,
    /// Position of the next beat.
    next: usize,
    /// How far the tour is.
    clock: Duration,
    /// Until when it goes on by itself.
    until: Option<Duration>,
    speed: f64,
}

/// What a key of the viewer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was for the tour.
    Taken,
    /// The program ends.
    Leave,
    /// The tour ends, and the key is for the program.
    TakeOver,
}

/// What the viewer can press, in words.
#[derive(Clone, Copy, Debug)]
struct Hints {
    /// Each with a shorter form for where there is little room.
    playing: [&'static str; 2],
    paused: [&'static str; 2],
    ended: [&'static str; 2],
    surprised: &'static str,
}

const ENGLISH: Hints = Hints {
    playing: [
        "Space pauses · n next · Esc leaves · any other key: your turn",
        "Space pauses · n next · Esc leaves",
    ],
    paused: [
        "paused: Space goes on · n next · Esc leaves · any other key: your turn",
        "paused: Space goes on · n next",
    ],
    ended: ["the end · Esc leaves · any other key: your turn", "the end · Esc leaves"],
    surprised: "This network is not as the tour expects",
};

const KOREAN: Hints = Hints {
    playing: [
        "Space 일시정지 · n 다음 · Esc 나가기 · 다른 키: 직접 조작",
        "Space 일시정지 · n 다음 · Esc 나가기",
    ],
    paused: [
        "일시정지: Space 계속 · n 다음 · Esc 나가기 · 다른 키: 직접 조작",
        "일시정지: Space 계속 · n 다음",
    ],
    ended: ["끝 · Esc 나가기 · 다른 키: 직접 조작", "끝 · Esc 나가기"],
    surprised: "네트워크가 투어의 예상과 다릅니다",
};

impl Guide {
    /// Begins a tour; `speed` 2 takes half the time.
    pub fn new(tour: Tour, language: &str, speed: f64) -> Self {
        let schedule = Schedule::of(&tour, language);
        let captions = Captions::new(&tour, language);
        let hints = if language == "ko" { KOREAN } else { ENGLISH };
        let (next, clock, until) = (0, Duration::ZERO, None);
        let mut guide = Self { tour, captions, hints, schedule, next, clock, until, speed };
        guide.hint();
        guide
    }

    /// How many of the rows of a screen the captions take.
    pub fn rows(&self, columns: u16, rows: u16) -> u16 {
        self.captions.rows(columns, rows)
    }

    /// Draws the caption in the last rows.
    pub fn draw(&self, buffer: &mut Buffer, theme: ThemeName) {
        let last = self.next.checked_sub(1).and_then(|last| self.schedule.beats.get(last));
        let (step, pressed) = last.map_or((0, 0), |beat| (beat.step, beat.pressed));
        self.captions.draw(step, pressed, buffer, theme);
    }

    /// The viewer pressed a key.
    pub fn hear(&mut self, key: Key) -> Heard {
        match key {
            Key { code: Code::Esc | Code::Char('q'), control: false } => return Heard::Leave,
            _ if self.is_over() => return Heard::TakeOver,
            Key { code: Code::Char(' '), control: false } => self.pause(),
            Key { code: Code::Char('n') | Code::Right | Code::Enter, control: false } => {
                self.skip();
            }
            _ => return Heard::TakeOver,
        }
        self.hint();
        Heard::Taken
    }

    /// So much real time has passed.
    pub fn pass(&mut self, real: Duration) {
        let clock = self.clock + real.mul_f64(self.speed);
        self.clock = self.until.map_or(clock, |until| clock.min(until.max(self.clock)));
    }

    /// How much real time passes until something happens; nothing while it is paused or over.
    pub fn wait(&self) -> Option<Duration> {
        let at = self.schedule.beats.get(self.next).map_or(self.schedule.end, |beat| beat.at);
        let comes = self.until.is_none_or(|until| at <= until) && !self.is_over();
        comes.then(|| at.saturating_sub(self.clock).div_f64(self.speed))
    }

    /// What happens now, if its time has come.
    pub fn take(&mut self) -> Option<Beat> {
        let beat = *self.schedule.beats.get(self.next)?;
        if beat.at > self.clock {
            return None;
        }
        self.next += 1;
        self.captions.set_notice(None);
        self.hint();
        Some(beat)
    }

    /// Looks whether the screen is as the step expects; if not, says so and waits for the viewer.
    pub fn check(&mut self, beat: &Beat, state: &State) {
        let area = ratatui::layout::Rect { x: 0, y: 0, width: state.columns, height: state.rows };
        let mut screen = Buffer::empty(area);
        ui::paint(&mut screen, state);
        let Some(step) = self.tour.steps.get(beat.step) else { return };
        // A terminal of another size may have no room for what is expected: what is there is judged, not where.
        let unmet = step.expect.unmet(state, &text(&screen));
        let (columns, rows) = self.tour.size;
        let own = rows - self.captions.rows(columns, rows);
        let narrow = state.columns < columns || state.rows < own;
        if let Some(what) = unmet.filter(|_| !narrow) {
            self.captions.set_notice(Some(format!("{}: {what}", self.hints.surprised)));
            self.until = Some(self.clock);
            self.hint();
        }
    }

    /// Whether everything has been shown.
    pub fn is_over(&self) -> bool {
        self.next == self.schedule.beats.len() && self.clock >= self.schedule.end
    }

    /// Once all is shown, the hints say so.
    pub fn hint(&mut self) {
        let hint = match (self.is_over(), self.until) {
            (true, _) => self.hints.ended,
            (false, Some(_)) => self.hints.paused,
            (false, None) => self.hints.playing,
        };
        self.captions.set_asides(&hint);
    }

    fn pause(&mut self) {
        self.until = if self.until.is_some() { None } else { Some(self.clock) };
    }

    /// To the end of the step, and from there to the next one; a tour that is paused is paused again after it.
    fn skip(&mut self) {
        // The first step is on the screen from the start, even while the network is still being read.
        let rest = self.schedule.beats.get(self.next.max(1)..).unwrap_or_default();
        let in_midst = rest.first().is_some_and(|beat| matches!(beat.what, What::Press(_)));
        let mut to_come = rest.iter().skip_while(|beat| !in_midst && beat.what != What::Begin);
        let Some(first) = to_come.next() else {
            self.clock = self.schedule.end;
            return;
        };
        let end = to_come.find(|beat| beat.what == What::Check).map_or(first.at, |beat| beat.at);
        // In the midst of a step its keys follow each other at once.
        self.clock = if in_midst { end } else { first.at };
        self.until = self.until.map(|_| end);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Guide, Heard};
    use crate::app::{Code, Key};
    use crate::tour::schedule::What;
    use crate::tour::script::Tour;

    const TOUR: &str = "title.en = 'x'
[[step]]
caption.en = 'One'
keys = 'a b'
pause = 5
[[step]]
caption.en = 'Two'
pause = 5
";

    fn guide(speed: f64) -> Guide {
        Guide::new(Tour::parse(TOUR).unwrap(), "en", speed)
    }

    fn happened(guide: &mut Guide) -> Vec<(usize, What)> {
        std::iter::from_fn(|| guide.take()).map(|beat| (beat.step, beat.what)).collect()
    }

    #[test]
    fn what_happens_happens_in_its_time() {
        let mut guide = guide(1.0);
        assert_eq!(happened(&mut guide), [(0, What::Begin)]);
        assert_eq!(guide.wait(), Some(Duration::from_millis(1200)));
        guide.pass(Duration::from_millis(1200));
        assert_eq!(happened(&mut guide), [(0, What::Press(Key::char('a')))]);
        guide.pass(Duration::from_mins(1));
        assert_eq!(happened(&mut guide).len(), 4);
        assert!(guide.is_over());
        assert_eq!(guide.wait(), None);
    }

    #[test]
    fn twice_the_speed_is_half_the_time() {
        let mut guide = guide(2.0);
        happened(&mut guide);
        assert_eq!(guide.wait(), Some(Duration::from_millis(600)));
    }

    #[test]
    fn whoever_goes_on_before_the_first_step_began_gets_to_the_second() {
        let mut guide =
            Guide::new(Tour::parse(&TOUR.replace("keys = 'a b'", "")).unwrap(), "en", 1.0);
        guide.hear(Key::char(' '));
        guide.hear(Key::char('n'));
        let happened = happened(&mut guide);
        assert!(happened.contains(&(1, What::Begin)), "{happened:?}");
    }

    #[test]
    fn a_paused_tour_waits_and_goes_on_step_by_step() {
        let mut guide = guide(1.0);
        happened(&mut guide);
        assert_eq!(guide.hear(Key::char(' ')), Heard::Taken);
        assert_eq!(guide.wait(), None);
        guide.pass(Duration::from_mins(1));
        assert!(happened(&mut guide).is_empty());
        guide.hear(Key::char('n'));
        assert_eq!(happened(&mut guide).len(), 3, "the keys of the step and its check");
        assert_eq!(guide.wait(), None);
        guide.hear(Key::char('n'));
        assert_eq!(happened(&mut guide), [(1, What::Begin), (1, What::Check)]);
        guide.hear(Key::char(' '));
        assert_eq!(guide.wait(), Some(Duration::from_secs(5)));
    }

    #[test]
    fn the_viewer_leaves_or_takes_over_at_any_moment() {
        let mut guide = guide(1.0);
        assert_eq!(guide.hear(Key::plain(Code::Esc)), Heard::Leave);
        assert_eq!(guide.hear(Key::char('q')), Heard::Leave);
        assert_eq!(guide.hear(Key::char('j')), Heard::TakeOver);
        assert_eq!(guide.hear(Key::control('c')), Heard::TakeOver);
        guide.pass(Duration::from_mins(1));
        happened(&mut guide);
        assert_eq!(guide.hear(Key::char('n')), Heard::TakeOver, "it is over");
    }
}
