//! The interactive session.

use std::io::IsTerminal;
use std::sync::Arc;

use super::failure::Failure;
use super::output::Outcome;
use super::settings::{SettingsArguments, memory_folder};
use super::source::{Source, Stages};
use crate::reach::Question;
use crate::runtime::{self, Record, Session};
use crate::settings::ThemeChoice;
use crate::store::Store;
use crate::tour::Guide;

/// What the screen begins with.
#[derive(Default)]
pub struct Start {
    /// The question to answer.
    pub question: Option<Question>,
    /// An earlier network, which the network is compared with.
    pub earlier: Option<Store>,
    /// Seconds after which the network is read again, each time.
    pub watch: Option<u32>,
    /// A tour to be played.
    pub guide: Option<Guide>,
    /// A recording to be made.
    pub record: Option<Record>,
    /// Whether names are pseudonyms, whatever the settings say.
    pub masked: bool,
}

/// Opens the screen on a network, until the user quits.
pub fn open(source: Source, arguments: &SettingsArguments) -> Result<Outcome, Failure> {
    open_at(source, arguments, Start::default())
}

/// Opens the screen where the user wants to begin.
pub fn open_at(
    source: Source,
    arguments: &SettingsArguments,
    start: Start,
) -> Result<Outcome, Failure> {
    let stages = Stages::of(&source)?;
    let settings = arguments.settings()?;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(no_terminal());
    }
    let masked = start.masked || settings.mask.value;
    // Demos begin as they are told everywhere, whatever was done in the last one; so do tours. What is masked has no
    // account of which anything could be remembered.
    let invented = start.guide.is_some() || matches!(source, Source::Demo(_));
    let memory = memory_folder().filter(|_| settings.state.value && !invented && !masked);
    let session = Session {
        stages: stages.names(),
        stage: stages.at,
        load: Arc::new(move |stage, news| stages.source(&source, stage).feed(news, masked)),
        theme: match settings.theme.value {
            ThemeChoice::Auto => None,
            ThemeChoice::Named(theme) => Some(theme),
        },
        keys: settings.keys,
        mouse: settings.mouse.value,
        focus: arguments.focus.clone(),
        question: start.question,
        earlier: start.earlier.map(Arc::new),
        memory,
        watch: start.watch,
        guide: start.guide,
        record: start.record,
    };
    runtime::run(session).map_err(|error| Failure::new(format!("{error:#}")))?;
    Ok(Outcome::silent())
}

fn no_terminal() -> Failure {
    Failure::new("the screen needs a terminal, and stdin or stdout is none")
        .advise("for scripts there are `vpctui why`, `check`, `tree`, `find` and `sg`")
}
