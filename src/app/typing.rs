//! Letters that go into a text instead of doing something.

use super::effect::Effect;
use super::key::Key;
use super::state::State;
use super::text_input::TextInput;

/// A key that means nothing here is a letter, if a text is being typed.
pub fn letter(state: &mut State, key: Key) -> Vec<Effect> {
    if let Some(letter) = key.typed() {
        edit(state, |input| input.insert(letter.encode_utf8(&mut [0; 4])));
    }
    Vec::new()
}

/// A pasted text never does anything but stand there.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    edit(state, |input| input.insert(text));
    Vec::new()
}

/// Changes the text that is being typed, if one is, and all that follows from it.
pub fn edit(state: &mut State, change: impl FnOnce(&mut TextInput)) {
    if let Some(help) = &mut state.help {
        if help.typing {
            help.edit(change);
        }
    } else if let Some(palette) = &mut state.palette {
        change(&mut palette.input);
        palette.narrow();
    } else if let Some(wizard) = &mut state.wizard {
        if let Some(input) = wizard.input() {
            change(input);
            wizard.typed();
        }
    } else if state.filtering {
        state.tree.edit_filter(change);
    }
}
