//! Writes asciicasts, the recordings of asciinema: a line of JSON that describes the terminal, then a line per event.
//!
//! Version 2 gives times since the beginning, version 3 since the event before
//! (<https://docs.asciinema.org/manual/asciicast/v2/> and `v3`).

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use super::colours::Ground;
use crate::app::ThemeName;

/// A version of the format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// What every player reads.
    #[default]
    Two,
    /// Since asciinema 3.
    Three,
}

/// What a recording says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Columns and rows.
    pub size: (u16, u16),
    /// What it shows.
    pub title: String,
    /// Looks.
    pub theme: ThemeName,
    /// When it was recorded, in seconds since 1970; left out of what is recorded without a clock.
    pub recorded_at: Option<u64>,
}

/// A recording that is being written.
pub struct Cast<W: Write> {
    out: W,
    version: Version,
    /// Time of the last event, in milliseconds.
    last: u128,
}

#[derive(Serialize)]
struct HeaderTwo<'a> {
    version: u8,
    width: u16,
    height: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<u64>,
    title: &'a str,
    env: Environment,
    theme: Colours,
}

#[derive(Serialize)]
struct HeaderThree<'a> {
    version: u8,
    term: Terminal,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<u64>,
    title: &'a str,
}

#[derive(Serialize)]
struct Terminal {
    cols: u16,
    rows: u16,
    r#type: &'static str,
    theme: Colours,
}

#[derive(Serialize)]
struct Environment {
    #[serde(rename = "TERM")]
    term: &'static str,
}

#[derive(Serialize)]
struct Colours {
    fg: &'static str,
    bg: &'static str,
    palette: String,
}

/// The terminal whose colours the program uses.
const TERMINAL: &str = "xterm-256color";

impl<W: Write> Cast<W> {
    /// Begins a recording.
    ///
    /// # Errors
    /// If it cannot be written, here as below.
    pub fn begin(mut out: W, version: Version, header: &Header) -> io::Result<Self> {
        let (width, height) = header.size;
        let (timestamp, title) = (header.recorded_at, header.title.as_str());
        let theme = Colours::of(header.theme);
        let line = match version {
            Version::Two => serde_json::to_string(&HeaderTwo {
                version: 2,
                width,
                height,
                timestamp,
                title,
                env: Environment { term: TERMINAL },
                theme,
            }),
            Version::Three => serde_json::to_string(&HeaderThree {
                version: 3,
                term: Terminal { cols: width, rows: height, r#type: TERMINAL, theme },
                timestamp,
                title,
            }),
        };
        writeln!(out, "{}", line?)?;
        Ok(Self { out, version, last: 0 })
    }

    /// The terminal was written to.
    ///
    /// # Errors
    /// As above.
    pub fn output(&mut self, at: Duration, text: &str) -> io::Result<()> {
        self.event(at, "o", text)
    }

    /// Something begins here that a viewer may want to go to.
    ///
    /// # Errors
    /// As above.
    pub fn marker(&mut self, at: Duration, label: &str) -> io::Result<()> {
        self.event(at, "m", label)
    }

    /// The terminal has another size now.
    ///
    /// # Errors
    /// As above.
    pub fn resize(&mut self, at: Duration, (columns, rows): (u16, u16)) -> io::Result<()> {
        self.event(at, "r", &format!("{columns}x{rows}"))
    }

    /// Sees to it that everything so far is where it goes.
    ///
    /// # Errors
    /// As above.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn event(&mut self, at: Duration, code: &str, data: &str) -> io::Result<()> {
        let at = at.as_millis().max(self.last);
        let told = match self.version {
            Version::Two => at,
            Version::Three => at - self.last,
        };
        self.last = at;
        let data = serde_json::to_string(data)?;
        writeln!(self.out, "[{}.{:03}, \"{code}\", {data}]", told / 1000, told % 1000)
    }
}

impl Colours {
    fn of(theme: ThemeName) -> Self {
        let ground = Ground::of(theme);
        let palette = ground.sixteen.join(":");
        Self { fg: ground.fore, bg: ground.back, palette }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Cast, Header, Version};

    fn recorded(version: Version) -> Vec<serde_json::Value> {
        let header =
            Header { size: (80, 24), title: "a “tour”".to_owned(), ..Header::default() };
        let mut text = Vec::new();
        let mut cast = Cast::begin(&mut text, version, &header).unwrap();
        cast.marker(Duration::from_millis(1), "one").unwrap();
        cast.output(Duration::from_millis(1500), "\u{1b}[1m가\r\n").unwrap();
        cast.resize(Duration::from_millis(2750), (100, 30)).unwrap();
        let text = String::from_utf8(text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn version_2_counts_from_the_beginning() {
        let lines = recorded(Version::Two);
        assert_eq!((&lines[0]["version"], &lines[0]["width"]), (&2.into(), &80.into()));
        assert_eq!(lines[0]["theme"]["palette"].as_str().unwrap().split(':').count(), 16);
        assert_eq!(lines[1], serde_json::json!([0.001, "m", "one"]));
        assert_eq!(lines[2], serde_json::json!([1.5, "o", "\u{1b}[1m가\r\n"]));
        assert_eq!(lines[3], serde_json::json!([2.75, "r", "100x30"]));
    }

    #[test]
    fn version_3_counts_from_the_event_before() {
        let lines = recorded(Version::Three);
        assert_eq!((&lines[0]["version"], &lines[0]["term"]["rows"]), (&3.into(), &24.into()));
        let times: Vec<_> = lines[1..].iter().map(|line| line[0].as_f64().unwrap()).collect();
        assert_eq!(times, [0.001, 1.499, 1.25]);
    }
}
