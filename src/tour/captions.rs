//! What stands below the screen while a tour is played: the caption, what is pressed, how far the tour is.

use ratatui::buffer::Buffer;

use super::script::Tour;
use crate::app::{Area, ThemeName};
use crate::ui::caption::{self, Caption, Stroke};

/// The screen has the rest; where there is less of it than of captions, captions are cut.
const LARGEST_SHARE: u16 = 3;

/// The captions of a tour in one language.
#[derive(Clone, Debug)]
pub struct Captions {
    tour: Tour,
    language: String,
    /// What stands on the right: the tour's title, or what the viewer can press; the first of these that has room.
    asides: Vec<String>,
    /// Something that the viewer should know stands in place of the caption.
    notice: Option<String>,
}

impl Captions {
    /// With the tour's title beside them.
    pub fn new(tour: &Tour, language: &str) -> Self {
        let asides = vec![tour.title.to(language).to_owned()];
        Self { tour: tour.clone(), language: language.to_owned(), asides, notice: None }
    }

    /// Puts something else beside them, from long to short.
    pub fn set_asides(&mut self, asides: &[&str]) {
        self.asides = asides.iter().map(|aside| (*aside).to_owned()).collect();
    }

    /// Says something in their place.
    pub fn set_notice(&mut self, notice: Option<String>) {
        self.notice = notice;
    }

    /// How many rows they take of a screen: the same for every step, so that nothing jumps.
    pub fn rows(&self, columns: u16, rows: u16) -> u16 {
        let texts = self.tour.steps.iter().map(|step| step.caption.to(&self.language));
        caption::height(texts, columns).min(rows / LARGEST_SHARE)
    }

    /// How many rows the longest takes.
    pub fn longest(&self, columns: u16) -> u16 {
        let texts = self.tour.steps.iter().map(|step| step.caption.to(&self.language));
        caption::height(texts, columns)
    }

    /// Draws the caption of a step in the last rows.
    pub fn draw(&self, step: usize, pressed: usize, buffer: &mut Buffer, theme: ThemeName) {
        let (width, height) = (buffer.area.width, buffer.area.height);
        let strip = self.rows(width, height);
        let area = Area { x: 0, y: height - strip, width, height: strip };
        caption::draw(&self.caption(step, pressed), area, buffer, theme);
    }

    fn caption(&self, step: usize, pressed: usize) -> Caption {
        let shown = self.tour.steps.get(step);
        let strokes = shown.map_or(&[][..], |step| step.strokes.as_slice());
        let strokes = strokes.iter().enumerate();
        let said = shown.map_or("", |step| step.caption.to(&self.language));
        Caption {
            place: format!("{} / {}", step + 1, self.tour.steps.len()),
            strokes: strokes
                .map(|(at, stroke)| Stroke { label: stroke.label.clone(), pressed: at < pressed })
                .collect(),
            asides: self.asides.clone(),
            text: self.notice.clone().unwrap_or_else(|| said.to_owned()),
            is_notice: self.notice.is_some(),
        }
    }
}
