//! A tour on the real screen: tells when its next key is due, by the clock of this machine.

use std::sync::Arc;
use std::time::Duration;

use color_eyre::eyre::Result;
use ratatui::buffer::Buffer;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

use super::Program;
use crate::app::{Key, Message, State};
use crate::runtime::terminal::Screen;
use crate::tour::{Beat, Guide, Heard, What};

/// How soon to look again whether the program is ready for the next key.
const AGAIN: Duration = Duration::from_millis(16);

/// A tour and the time.
pub struct Guided {
    guide: Guide,
    /// Until when the tour was told the time.
    told: Instant,
    /// The program was not ready for the next key.
    waits: bool,
}

impl Guided {
    /// The tour begins now.
    pub fn new(guide: Guide) -> Self {
        Self { guide, told: Instant::now(), waits: false }
    }

    /// When something happens by itself.
    pub fn next(&self) -> Option<Instant> {
        let wait = self.guide.wait()?;
        Some(if self.waits { Instant::now() + AGAIN } else { self.told + wait })
    }

    /// What happens now; nothing as long as the program is not ready.
    pub fn take(&mut self, is_ready: bool) -> Option<Beat> {
        let now = Instant::now();
        // While the program computes, the tour's clock stands still.
        if is_ready {
            self.guide.pass(now - self.told);
        }
        (self.told, self.waits) = (now, !is_ready);
        let beat = if is_ready { self.guide.take() } else { None };
        self.guide.hint();
        beat
    }

    /// The viewer pressed a key.
    pub fn hear(&mut self, key: Key) -> Heard {
        let now = Instant::now();
        self.guide.pass(now - self.told);
        self.told = now;
        self.guide.hear(key)
    }

    /// The screen should be as the step expects.
    pub fn check(&mut self, beat: &Beat, state: &State) {
        self.guide.check(beat, state);
    }

    /// How many of the rows are its own.
    pub fn rows(&self, columns: u16, rows: u16) -> u16 {
        self.guide.rows(columns, rows)
    }

    /// Draws its rows.
    pub fn draw(&self, buffer: &mut Buffer, state: &State) {
        self.guide.draw(buffer, state.theme);
    }
}

impl Program {
    /// What the user does goes to the tour first, if there is one.
    pub(super) fn take_from_user(
        &mut self,
        message: Option<Message>,
        screen: &mut Screen,
    ) -> Result<()> {
        let Some(guided) = &mut self.guided else { return self.take_all(message, screen) };
        let heard = match message {
            Some(Message::Key(key)) => guided.hear(key),
            Some(Message::Resize(columns, rows)) => {
                let strip = guided.rows(columns, rows);
                return self.take_all([Message::Resize(columns, rows - strip)], screen);
            }
            Some(_) => Heard::TakeOver,
            None => return Ok(()),
        };
        self.dirty = true;
        match heard {
            Heard::Taken => Ok(()),
            Heard::Leave => {
                self.over = true;
                Ok(())
            }
            Heard::TakeOver => {
                self.guided = None;
                self.state.keys = Arc::clone(&self.session.keys);
                let size = screen.terminal.size()?;
                let whole = Message::Resize(size.width, size.height);
                self.take_all(std::iter::once(whole).chain(message), screen)
            }
        }
    }

    /// When the tour goes on.
    pub(super) fn next_beat(&self) -> Option<Instant> {
        self.guided.as_ref().and_then(Guided::next)
    }

    /// Goes on with the tour, once the program has done what it was asked for before.
    pub(super) fn play(&mut self, told: &mut Receiver<Message>, screen: &mut Screen) -> Result<()> {
        let is_ready = |program: &Self| {
            let state = &program.state;
            program.lanes.are_idle() && state.network.loading.is_none() && !state.is_waiting()
        };
        let mut ready = is_ready(self);
        // What came of the work is taken in before the next key.
        self.take_waiting(told, screen)?;
        ready = ready && is_ready(self);
        let Some(guided) = &mut self.guided else { return Ok(()) };
        self.dirty |= ready;
        let Some(beat) = guided.take(ready) else { return Ok(()) };
        match beat.what {
            What::Press(key) => self.take_all([Message::Key(key)], screen),
            What::Check => {
                guided.check(&beat, &self.state);
                Ok(())
            }
            What::Begin => Ok(()),
        }
    }
}
