//! All shots of a tour, to be written in whatever form is wanted.

use std::io;
use std::time::Duration;

use ratatui::buffer::Buffer;

use super::cast::{Cast, Header, Version};
use super::film::Film;
use super::paint::Painter;
use super::still::still;
use crate::app::ThemeName;
use crate::tour::{Shot, What};

/// A recorded tour.
pub struct Reel {
    title: String,
    size: (u16, u16),
    theme: ThemeName,
    frames: Vec<Frame>,
}

struct Frame {
    at: Duration,
    screen: Buffer,
    /// A step begins, with this caption.
    begins: Option<String>,
    /// The frame is kept as a picture of this name.
    still: Option<String>,
}

impl Reel {
    /// Without any shot yet.
    pub fn new(title: &str, size: (u16, u16), theme: ThemeName) -> Self {
        Self { title: title.to_owned(), size, theme, frames: Vec::new() }
    }

    /// Takes a shot.
    pub fn take(&mut self, shot: &Shot<'_>, language: &str) {
        let begins = shot.beat.what == What::Begin;
        self.frames.push(Frame {
            at: shot.at,
            screen: shot.screen.clone(),
            begins: begins.then(|| shot.step.caption.to(language).to_owned()),
            still: shot.step.still.clone().filter(|_| shot.is_outcome()),
        });
    }

    /// As an asciicast, in which each step is a marker.
    ///
    /// # Errors
    /// None that memory can cause.
    pub fn cast(&self, version: Version, length: Duration) -> io::Result<String> {
        let header = Header {
            size: self.size,
            title: self.title.clone(),
            theme: self.theme,
            recorded_at: None,
        };
        let mut bytes = Vec::new();
        let mut cast = Cast::begin(&mut bytes, version, &header)?;
        let mut painter = Painter::new();
        for frame in &self.frames {
            if let Some(caption) = &frame.begins {
                cast.marker(frame.at, caption)?;
            }
            if let Some(text) = painter.paint(&frame.screen)? {
                cast.output(frame.at, &text)?;
            }
        }
        cast.output(length, &painter.end())?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    /// As a picture that moves.
    pub fn film(&self, length: Duration) -> String {
        let mut film = Film::new(self.theme);
        for frame in &self.frames {
            film.take(frame.at, &frame.screen);
        }
        film.svg(length)
    }

    /// The stills, each with its name.
    pub fn stills(&self) -> impl Iterator<Item = (&str, String)> {
        let named = self.frames.iter().filter_map(|frame| Some((frame.still.as_deref()?, frame)));
        named.map(|(name, frame)| (name, still(&frame.screen, self.theme)))
    }
}
