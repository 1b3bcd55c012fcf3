//! Takes the terminal and gives it back, whatever happens: at the end, after an error, in a panic, while suspended.

use std::io::{self, Write, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use super::recording::{Recorded, Recording};

/// Whether the terminal is ours now, so that giving it back twice does nothing.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, for as long as this lives.
pub struct Screen {
    /// What ratatui draws on.
    pub terminal: Terminal<CrosstermBackend<Recorded>>,
    mouse: bool,
    recording: Option<Recording>,
}

impl Screen {
    /// Takes the terminal, with its mouse or without.
    pub fn take(mouse: bool) -> io::Result<Self> {
        give_back_in_panic();
        take(mouse)?;
        Ok(Self { terminal: terminal(None)?, mouse, recording: None })
    }

    /// Records from now on what is drawn.
    pub fn record(&mut self, recording: Recording) -> io::Result<()> {
        self.terminal = terminal(Some(recording.clone()))?;
        self.recording = Some(recording);
        Ok(())
    }

    /// Draws a frame, which the terminal shows as a whole or not at all.
    pub fn draw(&mut self, frame: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if let Some(recording) = &self.recording {
            let size = self.terminal.size()?;
            recording.size((size.width, size.height));
        }
        execute!(stdout(), BeginSynchronizedUpdate)?;
        self.terminal.draw(frame)?;
        execute!(stdout(), EndSynchronizedUpdate)
    }

    /// Gives the terminal back, stops the process until the shell continues it, and takes the terminal again.
    ///
    /// What the screen showed is forgotten by a new `Terminal`: clearing the old one asks the terminal for the cursor's
    /// position, and the stream of keys would take the answer away.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        stop();
        take(self.mouse)?;
        execute!(stdout(), Clear(ClearType::All))?;
        self.terminal = terminal(self.recording.clone())?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn terminal(recording: Option<Recording>) -> io::Result<Terminal<CrosstermBackend<Recorded>>> {
    Terminal::new(CrosstermBackend::new(Recorded::new(recording)))
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        SetTitle("vpctui"),
        cursor::Hide
    )?;
    if mouse { execute!(stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// There is nobody to tell if this fails: the terminal is gone then.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}

/// A panic of the thread that draws ends the program: its report has to land on the user's screen. A panic of a worker
/// is told in the footer by whoever waits for the worker, and printing it would smash the screen.
fn give_back_in_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let drawing = std::thread::current().id();
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let on_screen = TAKEN.load(Ordering::SeqCst);
            if std::thread::current().id() == drawing {
                give_back();
                report(panic);
            } else if !on_screen {
                report(panic);
            }
        }));
    });
}

/// What the terminal itself does for Ctrl-Z when it is not in raw mode: the whole job stops.
#[cfg(unix)]
fn stop() {
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
}

#[cfg(not(unix))]
fn stop() {}
