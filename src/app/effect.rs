//! What the program wants done. `update` only says so; the runtime does it and sends a message back.

use std::sync::Arc;

use super::memory::Memory;
use super::work::Work;
use crate::reach::Question;
use crate::store::Store;

/// Something to be done outside of the state.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Answer a question.
    Ask(Ask),
    /// Compute something.
    Work(Work),
    /// Put text on the clipboard.
    Copy(String),
    /// Show a page in the user's browser, or copy its address where there is none.
    Open(String),
    /// Write a text into a file of the working folder.
    Save {
        /// Name of the file.
        name: String,
        /// Its contents.
        text: String,
    },
    /// Read the network.
    Load {
        /// Which one.
        wanted: Wanted,
        /// What is known of it. Of places that the reading does not get to at all, that stays.
        known: Option<Arc<Store>>,
    },
    /// Tell what is remembered of this account.
    Recall(String),
    /// Remember this of an account.
    Remember(String, Memory),
    /// Stop reading the network.
    CallOff {
        /// What was read so far is wanted all the same.
        keep: bool,
    },
    /// Give the terminal back until the shell resumes the program.
    Suspend,
    /// End.
    Quit,
}

/// Which network is to be read, and under which names it is to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of a demo with stages, the position in [`super::State::stages`]; 0 where there are none.
    pub stage: usize,
    /// Read with this profile, in place of those that the program was started with.
    pub profile: Option<String>,
    /// Read this region, in place of those that the program was started with.
    pub region: Option<String>,
    /// Show names, account ids and public addresses under pseudonyms.
    pub masked: bool,
}

/// A question with all that its answer rests on.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Its number, to tell late answers from the awaited one.
    pub number: u64,
    /// The network as it is.
    pub store: Arc<Store>,
    /// The question.
    pub question: Question,
    /// Ask in the network as it would be with this fix of the answer.
    pub with_fix: Option<usize>,
}
