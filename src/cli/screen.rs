//! The interactive session.

use std::io::IsTerminal;
use std::sync::Arc;

use super::failure::Failure;
use super::output::Outcome;
use super::settings::{SettingsArguments, memory_folder};
use super::source::Source;
use crate::reach::Question;
use crate::runtime::{self, Session};
use crate::settings::ThemeChoice;
use crate::store::Store;
use crate::tour::networks;

/// What the screen begins with.
#[derive(Default)]
pub struct Start {
    /// The question to answer.
    pub question: Option<Question>,
    /// An earlier network, which the network is compared with.
    pub earlier: Option<Store>,
    /// Seconds after which the network is read again, each time.
    pub watch: Option<u32>,
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
    // Demos begin as they are told everywhere, whatever was done in the last one.
    let remembers = settings.state.value && !matches!(source, Source::Demo(_));
    let memory = memory_folder().filter(|_| remembers);
    let session = Session {
        stages: stages.names(),
        stage: stages.at,
        load: Arc::new(move |stage, news| stages.source(&source, stage).feed(news)),
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
    };
    runtime::run(session).map_err(|error| Failure::new(format!("{error:#}")))?;
    Ok(Outcome::silent())
}

fn no_terminal() -> Failure {
    Failure::new("the screen needs a terminal, and stdin or stdout is none")
        .advise("for scripts there are `vpctui why`, `check`, `tree`, `find` and `sg`")
}

/// The stages of a demo's story; none of anything else.
struct Stages {
    /// The network's name, then `name:stage`.
    all: Vec<String>,
    at: usize,
}

impl Stages {
    fn of(source: &Source) -> Result<Self, Failure> {
        let Source::Demo(name) = source else { return Ok(Self { all: Vec::new(), at: 0 }) };
        let network = name.split(':').next().unwrap_or(name);
        let known = networks::names().iter().filter(|one| one.name == network);
        let all: Vec<String> = known
            .flat_map(|one| {
                let later = one.stages.iter().map(|stage| format!("{}:{}", one.name, stage.name));
                std::iter::once(one.name.to_owned()).chain(later)
            })
            .collect();
        let at = all.iter().position(|one| one == name);
        at.map(|at| Self { all, at }).ok_or_else(|| super::source::no_demo(name))
    }

    /// What the screen calls them.
    fn names(&self) -> Vec<String> {
        let short =
            |name: &String| name.split_once(':').map_or("start", |(_, stage)| stage).to_owned();
        self.all.iter().map(short).collect()
    }

    fn source(&self, source: &Source, stage: usize) -> Source {
        self.all.get(stage).map_or_else(|| source.clone(), |name| Source::Demo(name.clone()))
    }
}
