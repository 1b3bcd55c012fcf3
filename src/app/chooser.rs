//! Choosing from a long list by typing parts of a name: the wizard's ends and the palette.
//!
//! A short list is narrowed at once. A long one is narrowed beside the loop that waits for keys, and shows what matched
//! before until the outcome is there; whoever chooses before that waits for it, so that nobody gets what they did not type.

use std::fmt;
use std::sync::Arc;

use super::bindings::Move;
use super::narrowing::{Narrowing, Texts};
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

/// Everything that can be chosen: lists that were made at different times, one after the other.
#[derive(Debug)]
pub struct Choices<T>(Vec<Arc<[Choice<T>]>>);

impl<T> Choices<T> {
    /// One list.
    pub fn of(list: Vec<Choice<T>>) -> Arc<Self> {
        Arc::new(Self(vec![list.into()]))
    }

    /// A list with others behind it.
    pub fn before(list: Vec<Choice<T>>, others: &Self) -> Arc<Self> {
        let all = std::iter::once(list.into()).chain(others.0.iter().cloned());
        Arc::new(Self(all.collect()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|list| list.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Choice<T>> {
        self.0.iter().flat_map(|list| list.iter())
    }

    /// The one at a position.
    pub fn get(&self, mut at: usize) -> Option<&Choice<T>> {
        for list in &self.0 {
            if at < list.len() {
                return list.get(at);
            }
            at -= list.len();
        }
        None
    }
}

impl<T> Default for Choices<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: fmt::Debug + Send + Sync> Texts for Choices<T> {
    fn label(&self, at: usize) -> &str {
        self.get(at).map(|choice| choice.label.as_str()).unwrap_or_default()
    }

    fn searched(&self, at: usize) -> String {
        let choice = self.get(at);
        choice.map(|one| format!("{} {} {}", one.label, one.kind, one.detail)).unwrap_or_default()
    }
}

/// A list that is being narrowed.
#[derive(Clone, Debug)]
pub struct Chooser<T> {
    /// What is typed.
    pub input: TextInput,
    /// Everything there is.
    choices: Arc<Choices<T>>,
    /// Positions of what matches, the best first.
    matching: Vec<u32>,
    /// Position in `matching`.
    selected: usize,
    /// What `matching` was made for.
    matched: String,
    /// The number of the narrowing that is awaited.
    awaited: Option<u64>,
}

/// How far a page goes.
const PAGE: usize = 10;
/// Lists up to this length are narrowed at once.
const AT_ONCE: usize = 2_000;

impl<T: fmt::Debug + Send + Sync + 'static> Chooser<T> {
    /// Begins with everything.
    pub fn new(choices: Arc<Choices<T>>) -> Self {
        let mut chooser = Self {
            input: TextInput::default(),
            choices,
            matching: Vec::new(),
            selected: 0,
            matched: String::new(),
            awaited: None,
        };
        chooser.widen();
        chooser
    }

    /// Matches again after the text has changed. Each word has to be found somewhere, in any order.
    pub fn narrow(&mut self) {
        self.awaited = None;
        if self.choices.len() <= AT_ONCE {
            self.narrow_now();
        }
    }

    /// The narrowing that has become necessary; what comes of it is to come back with this number.
    pub fn wanted(&mut self, number: u64) -> Option<Narrowing> {
        if self.is_narrowed() || self.awaited.is_some() {
            return None;
        }
        self.awaited = Some(number);
        Some(self.narrowing(number))
    }

    /// Takes what came of a narrowing, if it is the awaited one.
    pub fn take(&mut self, number: u64, matching: Vec<u32>) {
        if self.awaited == Some(number) {
            self.matched_to(matching);
        }
    }

    /// What the user stands on once all that was typed is taken into account.
    pub fn chosen(&mut self) -> Option<&Choice<T>> {
        if !self.is_narrowed() {
            self.narrow_now();
        }
        self.selected()
    }

    /// Whether what matches was made for what is typed.
    fn is_narrowed(&self) -> bool {
        self.input.text() == self.matched
    }

    fn narrow_now(&mut self) {
        let matching = self.narrowing(0).run();
        self.matched_to(matching);
    }

    fn narrowing(&self, number: u64) -> Narrowing {
        let text = self.input.text().to_owned();
        let from = if is_longer(&text, &self.matched) {
            self.matching.clone()
        } else {
            self.all_positions()
        };
        let texts: Arc<dyn Texts> = Arc::<Choices<T>>::clone(&self.choices);
        Narrowing { number, texts, text, from }
    }

    fn matched_to(&mut self, matching: Vec<u32>) {
        (self.matching, self.selected, self.awaited) = (matching, 0, None);
        self.matched.clear();
        self.matched.push_str(self.input.text());
    }
}

impl<T> Chooser<T> {
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

    /// How many there are.
    pub fn all(&self) -> usize {
        self.choices.len()
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

    /// Everything matches again.
    fn widen(&mut self) {
        self.matching = self.all_positions();
    }

    fn all_positions(&self) -> Vec<u32> {
        (0..u32::try_from(self.choices.len()).unwrap_or(u32::MAX)).collect()
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
