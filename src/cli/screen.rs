//! The interactive session.

use std::io::IsTerminal;
use std::sync::Arc;

use super::complete::machine;
use super::failure::Failure;
use super::output::Outcome;
use super::settings::{SettingsArguments, memory_folder};
use super::source::{Source, Stages};
use crate::app::{Elsewhere, Masking};
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
    if settings.mask.value
        && start.guide.is_none()
        && (start.question.is_some() || start.earlier.is_some())
    {
        return Err(not_under_a_mask());
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(no_terminal());
    }
    // A tour is told with the names of its network. Demos begin as they are told everywhere, whatever was done in the last
    // one; so do tours.
    let masked = start.guide.is_none() && (start.masked || settings.mask.value);
    let masking = match (masked, &start.record) {
        (false, _) => Masking::Off,
        (true, None) => Masking::On,
        (true, Some(_)) => Masking::Fixed,
    };
    let invented = start.guide.is_some() || matches!(source, Source::Demo(_));
    let memory = memory_folder().filter(|_| settings.state.value && !invented);
    let elsewhere = elsewhere(&source);
    let session = Session {
        stages: stages.names(),
        stage: stages.at,
        load: Arc::new(move |wanted, news| {
            let source = stages.source(&source, wanted.stage);
            let source = source.elsewhere(wanted.profile.as_ref(), wanted.region.as_ref());
            source.feed(news, wanted.masked);
        }),
        theme: match settings.theme.value {
            ThemeChoice::Auto => None,
            ThemeChoice::Named(theme) => Some(theme),
        },
        keys: settings.keys,
        mouse: settings.mouse.value,
        focus: arguments.focus.clone(),
        question: start.question,
        earlier: start.earlier.map(Arc::new),
        masking,
        elsewhere,
        memory,
        watch: start.watch,
        guide: start.guide,
        record: start.record,
    };
    runtime::run(session).map_err(|error| Failure::new(format!("{error:#}")))?;
    Ok(Outcome::silent())
}

/// Profiles and regions to choose from, where the network is read from AWS.
fn elsewhere(source: &Source) -> Elsewhere {
    if !matches!(source, Source::Live(_)) {
        return Elsewhere::default();
    }
    let regions =
        machine::REGIONS.iter().map(|(id, place)| ((*id).to_owned(), (*place).to_owned()));
    Elsewhere {
        profiles: machine::profile_names().into_iter().collect(),
        regions: regions.collect(),
    }
}

/// The ids of a question or of an earlier network are no pseudonyms.
fn not_under_a_mask() -> Failure {
    Failure::new("a question or a comparison cannot be opened with --mask")
        .advise("open it without, and press M on the screen")
        .advise("or save the network with `vpctui save PATH --mask`, and ask that")
}

fn no_terminal() -> Failure {
    Failure::new("the screen needs a terminal, and stdin or stdout is none")
        .advise("for scripts there are `vpctui why`, `check`, `tree`, `find` and `sg`")
}
