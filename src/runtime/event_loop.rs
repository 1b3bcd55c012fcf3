//! Waits for something to happen, updates the state, draws when something has changed: at most sixty times a second, and
//! never when nothing has.

mod guided;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use color_eyre::eyre::{Result, WrapErr};
use crossterm::event::EventStream;
use crossterm::style::force_color_output;
use futures::StreamExt;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{Instant, sleep_until};

use self::guided::Guided;
use super::background::{Background, background};
use super::lanes::Lanes;
use super::news::Reading;
use super::recording::Recording;
use super::terminal::Screen;
use super::{Record, Session, effects, input, memory};
use crate::app::{Beginning, Effect, Key, Message, State, ThemeName, update};
use crate::tour::record::Header;
use crate::ui;

/// The least time between two frames.
const FRAME: Duration = Duration::from_millis(16);
/// How often the age of the data changes.
const MINUTE: Duration = Duration::from_mins(1);
/// How often somebody who waits is told for how long.
const SECOND: Duration = Duration::from_secs(1);

/// Runs until the state wants to end, or the process is told to.
pub async fn run(session: Session) -> Result<()> {
    // Before the terminal is taken: whoever ends the process gets it back.
    let mut ended = Box::pin(told_to_end()?);
    let mut screen = Screen::take(session.mouse)?;
    let (back, mut told) = mpsc::channel(256);
    let mut program = Program::new(session, &screen, back)?;
    let recording = program.record(&mut screen)?;
    program.begin(&mut screen)?;
    let mut events = EventStream::new();
    while !program.over {
        let (tick, beat) = (sleep_until(program.next_tick()), program.next_beat());
        tokio::select! {
            event = events.next() => match event {
                Some(event) => program.take_from_user(input::message(event?), &mut screen)?,
                None => break,
            },
            message = told.recv() => program.take_all(message, &mut screen)?,
            message = next(&mut program.reading) => program.take_all([message], &mut screen)?,
            () = sleep_until(program.next_frame), if program.dirty => program.draw(&mut screen)?,
            () = tick, if program.state.counts_seconds() || program.state.shows_age() => {
                program.tick(&mut screen)?;
            }
            () = until(beat) => program.play(&mut told, &mut screen)?,
            () = &mut ended => break,
        }
        program.take_waiting(&mut told, &mut screen)?;
    }
    program.remember();
    drop(screen);
    recording.map_or(Ok(()), |recording| recording.end()).wrap_err("the recording is not complete")
}

/// Waits until then; for ever where nothing comes.
async fn until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => std::future::pending().await,
    }
}

/// The next news of a reading; none ever come without one.
async fn next(reading: &mut Option<Reading>) -> Message {
    match reading {
        Some(reading) => reading.news().await,
        None => std::future::pending().await,
    }
}

struct Program {
    session: Session,
    state: State,
    back: Sender<Message>,
    lanes: Lanes,
    /// The network is being read, or was.
    reading: Option<Reading>,
    guided: Option<Guided>,
    dirty: bool,
    over: bool,
    next_frame: Instant,
    ticked: Instant,
    /// Typed before the loop began.
    typed: Vec<Key>,
}

impl Program {
    fn new(mut session: Session, screen: &Screen, back: Sender<Message>) -> Result<Self> {
        let size = screen.terminal.size()?;
        let Background { theme, typed } = looks(session.theme)?;
        let guided = session.guide.take().map(Guided::new);
        let strip = guided.as_ref().map_or(0, |guided| guided.rows(size.width, size.height));
        let state = State::new(Beginning {
            columns: size.width,
            rows: size.height - strip,
            theme,
            // A tour presses the usual keys; the viewer's own are back with the viewer.
            keys: guided.as_ref().map_or_else(|| Arc::clone(&session.keys), |_| Arc::default()),
            stages: session.stages.clone(),
            stage: session.stage,
            focus: session.focus.clone(),
            question: session.question.clone(),
            earlier: session.earlier.clone(),
            remembers: session.memory.is_some(),
            watch: session.watch,
            masking: session.masking,
            elsewhere: session.elsewhere.clone(),
        });
        let now = Instant::now();
        let lanes = Lanes::start(&back);
        Ok(Self {
            session,
            state,
            back,
            lanes,
            reading: None,
            guided,
            dirty: true,
            over: false,
            next_frame: now,
            ticked: now,
            typed,
        })
    }

    fn begin(&mut self, screen: &mut Screen) -> Result<()> {
        self.state.tick(seconds_since_1970());
        self.effect(self.state.load(), screen)?;
        let typed = std::mem::take(&mut self.typed);
        self.take_all(typed.into_iter().map(Message::Key), screen)
    }

    /// Begins the recording that is wanted.
    fn record(&mut self, screen: &mut Screen) -> Result<Option<Recording>> {
        let Some(Record { path, version, title }) = self.session.record.take() else {
            return Ok(None);
        };
        let size = screen.terminal.size()?;
        let size = (size.width, size.height);
        let header = Header { size, title, theme: self.state.theme, recorded_at: None };
        let recording = Recording::begin(&path, version, header)
            .wrap_err_with(|| format!("{} cannot be written", path.display()))?;
        screen.record(recording.clone())?;
        Ok(Some(recording))
    }

    fn take_all(
        &mut self,
        messages: impl IntoIterator<Item = Message>,
        screen: &mut Screen,
    ) -> Result<()> {
        for message in messages {
            crash_if_asked_to(&message);
            self.dirty = true;
            for effect in update(&mut self.state, message) {
                self.effect(effect, screen)?;
            }
        }
        Ok(())
    }

    /// News that arrive in a burst cost one frame.
    fn take_waiting(&mut self, told: &mut Receiver<Message>, screen: &mut Screen) -> Result<()> {
        while let Ok(message) = told.try_recv() {
            self.take_all([message], screen)?;
        }
        while let Some(message) = self.reading.as_mut().and_then(Reading::news_so_far) {
            self.take_all([message], screen)?;
        }
        Ok(())
    }

    /// When the time is told to the state next.
    fn next_tick(&self) -> Instant {
        self.ticked + if self.state.counts_seconds() { SECOND } else { MINUTE }
    }

    fn tick(&mut self, screen: &mut Screen) -> Result<()> {
        self.ticked = Instant::now();
        self.take_all([Message::Tick(seconds_since_1970())], screen)
    }

    fn draw(&mut self, screen: &mut Screen) -> Result<()> {
        self.dirty = false;
        self.next_frame = Instant::now() + FRAME;
        let mut extents = self.state.extents.clone();
        screen.draw(|frame| {
            extents = ui::draw(frame, &self.state);
            if let Some(guided) = &self.guided {
                guided.draw(frame.buffer_mut(), &self.state);
            }
        })?;
        if extents != self.state.extents {
            self.take_all([Message::Drawn(extents)], screen)?;
        }
        Ok(())
    }

    fn effect(&mut self, effect: Effect, screen: &mut Screen) -> Result<()> {
        match effect {
            Effect::Ask(ask) => effects::ask(ask, self.back.clone()),
            Effect::Work(work) => self.lanes.give(work),
            Effect::Load { wanted, known } => {
                self.reading = Some(effects::load(self.session.load.clone(), wanted, known));
            }
            Effect::CallOff { keep: true } => {
                self.reading.iter().for_each(Reading::call_off);
            }
            Effect::CallOff { keep: false } => self.reading = None,
            Effect::Copy(text) => effects::copy(text, self.back.clone()),
            Effect::Open(url) => effects::open(url, self.back.clone()),
            Effect::Save { name, text } => {
                effects::beside(self.back.clone(), move || effects::save(&name, &text));
            }
            Effect::Recall(account) => self.recall(account),
            Effect::Remember(account, memory) => {
                if let Some(folder) = self.session.memory.clone() {
                    effects::remember(folder, account, memory, self.back.clone());
                }
            }
            Effect::Suspend => screen.suspend()?,
            Effect::Quit => self.over = true,
        }
        Ok(())
    }
}

impl Program {
    fn recall(&self, account: String) {
        if let Some(folder) = self.session.memory.clone() {
            effects::recall(folder, account, self.back.clone());
        }
    }

    /// Keeps what is to be remembered. There is no screen any more to say that it failed, and nothing is lost but comfort.
    fn remember(&self) {
        let Some(folder) = &self.session.memory else { return };
        if let Some((account, memory)) = self.state.memory() {
            let _ = memory::write(folder, &account, &memory);
        }
    }
}

/// The theme that is wanted, else the one that fits the terminal. A theme that was named has colours whatever `NO_COLOR`
/// says, which the terminal library would otherwise follow.
fn looks(wanted: Option<ThemeName>) -> Result<Background> {
    let Some(theme) = wanted else { return Ok(background()?) };
    force_color_output(true);
    Ok(Background { theme, typed: Vec::new() })
}

fn seconds_since_1970() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}

/// Returns when the process is asked to end from outside. Listens from the call on, not from the first wait on.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(windows)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// For the test that the terminal comes back after a panic.
#[cfg(debug_assertions)]
fn crash_if_asked_to(message: &Message) {
    use crate::app::{Code, Key};
    let asked = matches!(message, Message::Key(key) if *key == Key::plain(Code::Function(12)));
    assert!(!asked || std::env::var_os("VPCTUI_PANIC").is_none(), "panicking, as asked to");
}

#[cfg(not(debug_assertions))]
fn crash_if_asked_to(_: &Message) {}
