//! Presses keys on a state, does at once what it wants done, and draws it into memory.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;
use vpctui::app::{
    Answer, Beginning, Code, Done, Effect, Extents, Key, Loading, Memory, Message, State,
    ThemeName, Wanted, update,
};
use vpctui::model::dump::Dump;
use vpctui::report::why;
use vpctui::snapshot::mask;
use vpctui::store::Store;
use vpctui::tour::networks;
use vpctui::ui;

/// A user with a network.
pub struct Robot {
    pub state: State,
    /// Everything that was wanted and is not a question or a reading.
    pub wanted: Vec<Effect>,
    pub stages: Vec<Dump>,
    /// Every reading that was wanted.
    pub readings: Vec<Wanted>,
    /// What is remembered of accounts.
    pub memories: BTreeMap<String, Memory>,
}

impl Robot {
    /// In front of an embedded network, all of whose stages there are.
    pub fn demo(name: &str, columns: u16, rows: u16) -> Self {
        let (base, stage) = name.split_once(':').unwrap_or((name, ""));
        let info = networks::names().iter().find(|one| one.name == base).unwrap();
        let stages =
            std::iter::once(String::new()).chain(info.stages.iter().map(|one| one.name.to_owned()));
        let stages: Vec<String> = stages.collect();
        let full = |stage: &String| {
            if stage.is_empty() { base.to_owned() } else { format!("{base}:{stage}") }
        };
        let dumps = stages.iter().map(|stage| networks::network(&full(stage)).unwrap()).collect();
        let stage = stages.iter().position(|one| one == stage).unwrap();
        let shown = |name: String| if name.is_empty() { "start".to_owned() } else { name };
        let stages = stages.into_iter().map(shown).collect();
        Self::new(dumps, Beginning { columns, rows, stages, stage, ..Beginning::default() })
    }

    /// In front of any network.
    pub fn of(dump: Dump, columns: u16, rows: u16) -> Self {
        Self::new(vec![dump], Beginning { columns, rows, ..Beginning::default() })
    }

    /// In front of a network that has not come yet.
    pub fn waiting(columns: u16, rows: u16) -> Self {
        let state = State::new(Beginning { columns, rows, ..Beginning::default() });
        Self {
            state,
            wanted: Vec::new(),
            stages: Vec::new(),
            readings: Vec::new(),
            memories: BTreeMap::new(),
        }
    }

    pub fn new(stages: Vec<Dump>, beginning: Beginning) -> Self {
        let (wanted, readings, memories) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut robot = Self { state: State::new(beginning), wanted, stages, readings, memories };
        robot.do_now(robot.state.load());
        robot
    }

    /// Presses keys: letters as they are, names of other keys in angle brackets: `/web<enter><esc>`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.take(Message::Key(key));
        }
        self
    }

    pub fn take(&mut self, message: Message) {
        for effect in update(&mut self.state, message) {
            self.do_now(effect);
        }
    }

    fn do_now(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(ask) => {
                let changed =
                    ask.with_fix.and_then(|fix| why::with_fix(&ask.store, &ask.question, fix));
                let store = changed.map_or(ask.store, Arc::new);
                let document = Ok(Arc::new(why::answer(&store, &ask.question)));
                self.take(Message::Answer(Answer { number: ask.number, document }));
            }
            Effect::Load { wanted, known } => {
                let dump = self.stages[wanted.stage].clone();
                let dump = if wanted.masked { mask(&dump).unwrap() } else { dump };
                self.readings.push(wanted);
                let store = Arc::new(Store::build(dump));
                let loading = Loading::Network { store, complete: true };
                self.take(Message::Loading(loading.keeping(known.as_ref())));
            }
            Effect::Work(work) => {
                let mut told = Vec::new();
                work.run(&mut |message| told.push(message));
                for message in told {
                    self.take(message);
                }
            }
            Effect::Copy(ref text) => {
                self.take(Message::Done(Done::Well(format!("copied {text}"))));
                self.wanted.push(effect);
            }
            Effect::Recall(account) => {
                let memory = self.memories.get(&account).cloned().unwrap_or_default();
                self.take(Message::Recalled(account, memory));
            }
            Effect::Remember(account, memory) => {
                self.memories.insert(account, memory);
            }
            other => self.wanted.push(other),
        }
    }

    /// Has this look.
    pub fn theme(&mut self, theme: ThemeName) -> &mut Self {
        self.state.theme = theme;
        self
    }

    /// What is drawn.
    pub fn draw(&mut self) -> Buffer {
        let area = Rect { x: 0, y: 0, width: self.state.columns, height: self.state.rows };
        let mut buffer = Buffer::empty(area);
        let extents: Extents = ui::paint(&mut buffer, &self.state);
        self.take(Message::Drawn(extents));
        buffer
    }

    /// What is drawn, as text.
    pub fn text(&mut self) -> String {
        text(&self.draw())
    }

    /// What is drawn as a map of styles: one letter per style, and what each means.
    pub fn styles(&mut self) -> (String, String) {
        styles(&self.draw())
    }

    /// What is drawn, as text and as a map of styles.
    pub fn text_and_styles(&mut self) -> String {
        let buffer = self.draw();
        let (map, legend) = styles(&buffer);
        format!("{}\n{map}\n{legend}", text(&buffer))
    }
}

/// Behind a wide character there is a cell that the terminal never sees.
fn text(buffer: &Buffer) -> String {
    lines(buffer, |cells| {
        let mut columns = 0;
        let seen = cells.iter().enumerate().filter(|(at, cell)| {
            let seen = *at >= columns;
            if seen {
                columns = at + cell.symbol().width().max(1);
            }
            seen
        });
        seen.map(|(_, cell)| cell.symbol()).collect()
    })
}

fn lines(buffer: &Buffer, line: impl FnMut(&[ratatui::buffer::Cell]) -> String) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let lines: Vec<String> = buffer.content.chunks(width).map(line).collect();
    lines.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn styles(buffer: &Buffer) -> (String, String) {
    let mut seen: Vec<Style> = Vec::new();
    let map = lines(buffer, |cells| {
        let letters = cells.iter().map(|cell| {
            let style = cell.style();
            if cell.symbol() == " "
                && style.bg == Some(ratatui::style::Color::Reset)
                && style.add_modifier.is_empty()
            {
                return ' ';
            }
            let at = seen.iter().position(|one| *one == style).unwrap_or_else(|| {
                seen.push(style);
                seen.len() - 1
            });
            (b'a'..=b'z').chain(b'A'..=b'Z').nth(at).map_or('#', char::from)
        });
        letters.collect()
    });
    let letters = (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from);
    let legend = letters.zip(&seen).fold(String::new(), |mut legend, (letter, style)| {
        let colour = |colour: Option<ratatui::style::Color>| {
            colour.map(|c| c.to_string()).unwrap_or_default()
        };
        let _ = writeln!(
            legend,
            "{letter} {} on {} {:?}",
            colour(style.fg),
            colour(style.bg),
            style.add_modifier
        );
        legend
    });
    (map, legend)
}

pub fn parse(keys: &str) -> Vec<Key> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = named {
            parsed.push(named_key(name));
            rest = after;
        } else {
            parsed.push(Key::char(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    parsed
}

fn named_key(name: &str) -> Key {
    let code = match name {
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "tab" => Code::Tab,
        "up" => Code::Up,
        "down" => Code::Down,
        "left" => Code::Left,
        "right" => Code::Right,
        "home" => Code::Home,
        "end" => Code::End,
        "pgdn" => Code::PageDown,
        "pgup" => Code::PageUp,
        "back" => Code::Backspace,
        control => {
            let letter = control.strip_prefix("c-").and_then(|rest| rest.chars().next());
            return Key::control(letter.unwrap());
        }
    };
    Key::plain(code)
}
