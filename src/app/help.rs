//! The help: how far it is scrolled, and what is searched for in it.

use super::text_input::TextInput;

/// The help, while it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// The first row that is shown.
    pub top: usize,
    /// What is searched for.
    pub input: TextInput,
    /// It is being typed.
    pub typing: bool,
}

impl Help {
    /// Changes what is searched for.
    pub fn edit(&mut self, change: impl FnOnce(&mut TextInput)) {
        change(&mut self.input);
        self.top = 0;
    }

    /// Searches for nothing any more; tells whether it did.
    pub fn clear(&mut self) -> bool {
        let searched = self.typing || !self.input.is_empty();
        *self = Self::default();
        searched
    }
}
