//! The program without a terminal: the real state and the real screen, with whatever takes time done at once and in
//! order. The same keys on the same network always draw the same pictures.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{
    Answer, Ask, Beginning, Done, Effect, Failure, Key, Loading, Message, State, Wanted, update,
};
use crate::report::why;
use crate::store::Store;
use crate::ui;

/// Reads the network, or its later stage at this position.
pub type Networks<'a> = &'a dyn Fn(usize) -> Result<Arc<Store>, Failure>;

/// Frames that one frame may ask for: what is scrolled is fitted to what was drawn.
const MOST_FRAMES: usize = 4;

/// The program.
pub struct Theatre<'a> {
    /// What it shows.
    pub state: State,
    /// It was told to end.
    pub is_over: bool,
    networks: Networks<'a>,
    /// When the network was read, in seconds since 1970: that is when the clock begins.
    read_at: i64,
}

impl<'a> Theatre<'a> {
    /// Starts it.
    pub fn open(beginning: Beginning, networks: Networks<'a>) -> Self {
        let state = State::new(beginning);
        let first = state.load();
        let mut theatre = Self { state, is_over: false, networks, read_at: 0 };
        theatre.do_now(first);
        theatre.read_at = read_at(&theatre.state.network.store);
        theatre.tick(0);
        theatre
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.take(Message::Key(key));
    }

    /// So many seconds have passed since the beginning.
    pub fn tick(&mut self, seconds: i64) {
        self.take(Message::Tick(self.read_at.saturating_add(seconds)));
    }

    /// Draws the screen in the upper left of a buffer.
    pub fn draw(&mut self, buffer: &mut Buffer) {
        let screen = Rect { x: 0, y: 0, width: self.state.columns, height: self.state.rows };
        for _ in 0..MOST_FRAMES {
            let mut drawn = Buffer::empty(screen.intersection(buffer.area));
            let extents = ui::paint(&mut drawn, &self.state);
            let settled = extents == self.state.extents;
            self.take(Message::Drawn(extents));
            if settled {
                buffer.merge(&drawn);
                return;
            }
        }
    }

    fn take(&mut self, message: Message) {
        for effect in update(&mut self.state, message) {
            self.do_now(effect);
        }
    }

    fn do_now(&mut self, effect: Effect) {
        let message = match effect {
            Effect::Ask(ask) => Message::Answer(answer(&ask)),
            Effect::Load { wanted, .. } => Message::Loading(self.load(&wanted)),
            Effect::Work(work) => {
                let mut told = Vec::new();
                work.run(&mut |message| told.push(message));
                return told.into_iter().for_each(|message| self.take(message));
            }
            Effect::Copy(text) => done(format!("copied {}", first_line(&text))),
            Effect::Open(url) => done(format!("opening {url}")),
            // A tour changes nothing, not even the folder that it is played in.
            Effect::Save { name, .. } => done(format!("wrote {name}")),
            // A tour remembers nothing, and what it loads is there at once.
            Effect::Suspend | Effect::Recall(_) | Effect::Remember(..) | Effect::CallOff { .. } => {
                return;
            }
            Effect::Quit => {
                self.is_over = true;
                return;
            }
        };
        self.take(message);
    }

    fn load(&self, wanted: &Wanted) -> Loading {
        if wanted.masked {
            let what = "a tour is told with the names of its network".to_owned();
            return Loading::Failed(Failure { what, advice: None });
        }
        match (self.networks)(wanted.stage) {
            Ok(store) => Loading::Network { store, complete: true },
            Err(failure) => Loading::Failed(failure),
        }
    }
}

fn answer(ask: &Ask) -> Answer {
    let document = match ask.with_fix {
        None => Ok(why::answer(&ask.store, &ask.question)),
        Some(fix) => why::with_fix(&ask.store, &ask.question, fix)
            .map(|changed| why::answer(&changed, &ask.question))
            .ok_or_else(|| Failure {
                what: "this fix cannot be tried out".to_owned(),
                advice: None,
            }),
    };
    Answer { number: ask.number, document: document.map(Arc::new) }
}

fn done(text: String) -> Message {
    Message::Done(Done::Well(text))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// When the oldest part of a network was read; the beginning of time where that is not known, and then not shown.
fn read_at(store: &Store) -> i64 {
    let times = store.places.iter().filter_map(|place| place.loaded_at.as_ref());
    let times = times.filter_map(|time| time.parse::<jiff::Timestamp>().ok());
    times.min().map_or(0, jiff::Timestamp::as_second)
}
