//! Choosing from a long list by typing parts of a name: the wizard's ends and the palette.

use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::bindings::Move;
use super::text_input::TextInput;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// The main text, which is matched first.
    pub label: String,
    /// More text, which is matched too: id, address, engine.
    pub detail: String,
    /// A word for its kind.
    pub kind: &'static str,
    /// What is chosen.
    pub value: T,
}

impl<T> Choice<T> {
    fn searched(&self) -> String {
        format!("{} {} {}", self.label, self.kind, self.detail)
    }
}

/// A list that is being narrowed.
#[derive(Clone, Debug)]
pub struct Chooser<T> {
    /// What is typed.
    pub input: TextInput,
    /// Everything there is.
    choices: Arc<[Choice<T>]>,
    /// Positions of what matches, the best first.
    matching: Vec<u32>,
    /// Position in `matching`.
    selected: usize,
    /// What `matching` was made for.
    matched: String,
}

/// How far a page goes.
const PAGE: usize = 10;

impl<T> Chooser<T> {
    /// Begins with everything.
    pub fn new(choices: Arc<[Choice<T>]>) -> Self {
        let mut chooser = Self {
            input: TextInput::default(),
            choices,
            matching: Vec::new(),
            selected: 0,
            matched: String::new(),
        };
        chooser.widen();
        chooser
    }

    /// What the user stands on.
    pub fn selected(&self) -> Option<&Choice<T>> {
        self.matching.get(self.selected).and_then(|at| self.choices.get(*at as usize))
    }

    /// Position of that in what matches.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// How many match.
    pub fn count(&self) -> usize {
        self.matching.len()
    }

    /// What matches from a position on.
    pub fn matching(&self, from: usize) -> impl Iterator<Item = &Choice<T>> {
        let rest = self.matching.iter().skip(from);
        rest.filter_map(|at| self.choices.get(*at as usize))
    }

    /// Goes up or down.
    pub fn go(&mut self, way: Move) {
        let last = self.matching.len().saturating_sub(1);
        self.selected = moved(self.selected, way, last, PAGE);
    }

    /// Stands on a line; tells whether it stood there already.
    pub fn press(&mut self, row: usize) -> bool {
        let again = row == self.selected;
        self.selected = row.min(self.matching.len().saturating_sub(1));
        again
    }

    /// Goes to the first choice that fits.
    pub fn stand_on(&mut self, fits: impl Fn(&T) -> bool) {
        let found = self.matching(0).position(|choice| fits(&choice.value));
        self.selected = found.unwrap_or_default();
    }

    /// Matches again after the text has changed. Each word has to be found somewhere, in any order.
    pub fn narrow(&mut self) {
        if !is_longer(self.input.text(), &self.matched) {
            self.widen();
        }
        let pattern = Pattern::parse(self.input.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let typed = self.input.text().trim().to_lowercase();
        let mut scored: Vec<(u8, u32, u32)> = Vec::new();
        for at in &self.matching {
            let Some(choice) = self.choices.get(*at as usize) else { continue };
            let text = choice.searched();
            let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher);
            scored.extend(score.map(|score| (nearness(&choice.label, &typed), score, *at)));
        }
        scored.sort_by_key(|(near, score, at)| (*near, std::cmp::Reverse(*score), *at));
        self.matching = scored.into_iter().map(|(_, _, at)| at).collect();
        self.selected = 0;
        self.matched.clear();
        self.matched.push_str(self.input.text());
    }

    /// Everything matches again.
    fn widen(&mut self) {
        let all = u32::try_from(self.choices.len()).unwrap_or(u32::MAX);
        self.matching = (0..all).collect();
    }
}

/// How near a label is to what was typed: what is called so comes first, then what begins so.
fn nearness(label: &str, typed: &str) -> u8 {
    let label = label.to_lowercase();
    match (label == typed, label.starts_with(typed)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}

/// Whether all that matches `text` matched `before` already. Words with a sign of the pattern language (`!not`, `^start`,
/// `end$`) may find more as they grow.
fn is_longer(text: &str, before: &str) -> bool {
    text.starts_with(before) && !text.contains(['!', '^', '$', '\'', '\\'])
}

/// Where one comes to from a position, between 0 and `last`.
pub fn moved(from: usize, way: Move, last: usize, page: usize) -> usize {
    let to = match way {
        Move::Up => from.saturating_sub(1),
        Move::Down => from.saturating_add(1),
        Move::PageUp => from.saturating_sub(page),
        Move::PageDown => from.saturating_add(page),
        Move::First => 0,
        Move::Last => last,
    };
    to.min(last)
}
