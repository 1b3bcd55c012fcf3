//! The screen comes alive here: terminal, event loop, effects, clipboard.
//!
//! Input is a [`Session`]; the state and what happens to it is [`crate::app`]'s, how it looks [`crate::ui`]'s. Nothing here
//! knows AWS: where the network comes from is a function that the caller passes in.

mod background;
mod browser;
mod clipboard;
mod clipboard_tool;
mod effects;
mod event_loop;
mod input;
mod lanes;
mod memory;
mod news;
mod recording;
pub mod surroundings;
mod terminal;
mod wait;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use color_eyre::eyre::{Result, bail};

use crate::app::{Elsewhere, Keys, Masking, Wanted};
use crate::reach::Question;
use crate::store::Store;
use crate::tour::Guide;
use crate::tour::record::Version;
use crate::ui::ThemeName;

pub use self::news::News;
pub use self::wait::wait;

/// Reads the network, on a thread of its own, and tells how it goes, until it is called off. Called at the start, on every
/// refresh, and with the position of the stage that the user switches to.
/// It may block on the async runtime it was called in (`tokio::runtime::Handle::current`).
pub type Load = Arc<dyn Fn(&Wanted, &News) + Send + Sync>;

/// What to show, and how.
pub struct Session {
    /// Reads the network.
    pub load: Load,
    /// Names of the stages, where the network is a demo that has some.
    pub stages: Vec<String>,
    /// The stage to begin with.
    pub stage: usize,
    /// Looks; without, those that fit the terminal.
    pub theme: Option<ThemeName>,
    /// What keys do.
    pub keys: Arc<Keys>,
    /// Whether the mouse is ours; else the terminal selects text with it.
    pub mouse: bool,
    /// What to select first: anything that the search finds.
    pub focus: Option<String>,
    /// The question to begin with.
    pub question: Option<Question>,
    /// An earlier network, to tell what changed since.
    pub earlier: Option<Arc<Store>>,
    /// Whether everything is shown under pseudonyms from the start.
    pub masking: Masking,
    /// Where else the network can be read.
    pub elsewhere: Elsewhere,
    /// The folder of what is remembered; without, nothing is.
    pub memory: Option<PathBuf>,
    /// Seconds after which the network is read again, each time.
    pub watch: Option<u32>,
    /// A tour to be played.
    pub guide: Option<Guide>,
    /// A recording to be made.
    pub record: Option<Record>,
}

/// A recording to be made.
pub struct Record {
    /// Where to; nothing may be there yet.
    pub path: PathBuf,
    /// In which version of the format.
    pub version: Version,
    /// What it says of itself.
    pub title: String,
}

/// Shows the network until the user quits.
///
/// # Errors
/// If there is no terminal, or it fails.
pub fn run(session: Session) -> Result<()> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        bail!(
            "the screen needs a terminal; for scripts there are `vpctui tree`, `why` and `check`"
        );
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("vpctui-worker")
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(event_loop::run(session));
    // A question that still computes must not hold up the way out.
    runtime.shutdown_background();
    outcome
}
