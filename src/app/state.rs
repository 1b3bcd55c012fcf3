//! Everything that the screen shows, as one value.

use std::sync::Arc;

use super::areas::{Areas, Pane, areas};
use super::bindings::{Action, Scope};
use super::chooser::Chooser;
use super::group_panel::GroupPanel;
use super::look::ThemeName;
use super::message::{Extents, Failure, Progress};
use super::palette::Command;
use super::picks::{Pick, Picks};
use super::tree_view::TreeView;
use super::wizard::{Step, Wizard};
use crate::reach::Question;
use crate::store::Store;

/// What the program begins with.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// Width of the terminal.
    pub columns: u16,
    /// Height of the terminal.
    pub rows: u16,
    /// Looks.
    pub theme: ThemeName,
    /// Names of the stages of a demo.
    pub stages: Vec<String>,
    /// The stage that is loaded first.
    pub stage: usize,
    /// What to select once it is there: anything that the search finds.
    pub focus: Option<String>,
    /// The question to answer once the network is there.
    pub question: Option<Question>,
}

/// Everything.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Width of the terminal.
    pub columns: u16,
    /// Height of the terminal.
    pub rows: u16,
    /// Looks.
    pub theme: ThemeName,
    /// How late it is, in seconds since 1970.
    pub now: i64,
    /// The network.
    pub network: Network,
    /// Names of the stages of a demo.
    pub stages: Vec<String>,
    /// Which of them is shown or being loaded.
    pub stage: usize,
    /// The tree.
    pub tree: TreeView,
    /// The pane with the keys.
    pub pane: Pane,
    /// First row of the details.
    pub detail_top: usize,
    /// The group panel.
    pub group: GroupPanel,
    /// A filter is being typed.
    pub filtering: bool,
    /// What is in front of the panes.
    pub wizard: Option<Wizard>,
    /// The palette, in front of everything but the help.
    pub palette: Option<Chooser<Command>>,
    /// The help's first row, while it is shown.
    pub help: Option<usize>,
    /// Ends that were marked in the tree.
    pub marks: Marks,
    /// Everything that can be an end.
    pub picks: Picks,
    /// A sentence for the footer.
    pub notice: Option<Notice>,
    /// How long the scrolled contents were when they were last drawn.
    pub extents: Extents,
    /// What to select, and ask, once the network is there.
    pub(super) focus: Option<String>,
    pub(super) question: Option<Question>,
    /// Number of the last question.
    pub(super) asked: u64,
}

/// The network, and how it is coming along.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// What is known.
    pub store: Arc<Store>,
    /// Whether all of it has come once, so that it can be asked about.
    pub arrived: bool,
    /// How far the loading is, while it goes on.
    pub loading: Option<Progress>,
    /// Why the last loading broke off.
    pub failure: Option<Failure>,
}

/// Ends that were marked in the tree.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Where the next question starts.
    pub from: Option<Pick>,
    /// Where it ends.
    pub to: Option<Pick>,
}

/// A sentence for the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub text: String,
    /// Something did not work.
    pub is_bad: bool,
}

impl State {
    /// An empty screen that waits for its network.
    pub fn new(beginning: Beginning) -> Self {
        Self {
            columns: beginning.columns,
            rows: beginning.rows,
            theme: beginning.theme,
            stages: beginning.stages,
            stage: beginning.stage,
            focus: beginning.focus,
            question: beginning.question,
            network: Network { loading: Some(Progress::default()), ..Network::default() },
            ..Self::default()
        }
    }

    /// Where things are; nothing where the screen is too small.
    pub fn areas(&self) -> Option<Areas> {
        areas(self.columns, self.rows, self.pane)
    }

    /// In which scopes a key is looked up now, the most particular first.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.help.is_some() {
            return &[Scope::Moving, Scope::Everywhere, Scope::Always];
        }
        if self.palette.is_some() {
            return &[Scope::Choosing, Scope::Always];
        }
        if let Some(wizard) = &self.wizard {
            return match wizard.step {
                Step::Answer => &[Scope::Answer, Scope::Moving, Scope::Everywhere, Scope::Always],
                Step::Choose(..) | Step::Flow(..) => &[Scope::Choosing, Scope::Always],
            };
        }
        match (self.filtering, self.pane) {
            (true, _) => &[Scope::Filtering, Scope::Always],
            (_, Pane::Tree) => {
                &[Scope::Tree, Scope::Browse, Scope::Moving, Scope::Everywhere, Scope::Always]
            }
            (_, Pane::Detail) => &[Scope::Browse, Scope::Moving, Scope::Everywhere, Scope::Always],
            (_, Pane::Group) => {
                &[Scope::Group, Scope::Browse, Scope::Moving, Scope::Everywhere, Scope::Always]
            }
        }
    }

    /// Whether an action would do anything now: what would not is offered nowhere.
    pub fn is_useful(&self, action: Action) -> bool {
        let answer = self.wizard.as_ref().and_then(|wizard| wizard.answer.document());
        let fixes = answer.map_or(0, |document| document.fixes.len());
        let paths = answer.map_or(0, |document| document.paths.len());
        match action {
            Action::NextStage | Action::PreviousStage => self.stages.len() > 1,
            Action::NextGroup | Action::PreviousGroup => self.group.position().1 > 1,
            Action::NextPath | Action::PreviousPath => paths > 1,
            Action::NextFix => fixes > 1,
            Action::WhatIf => {
                fixes > 0
                    || self.wizard.as_ref().is_some_and(|wizard| wizard.answer.what_if.is_some())
            }
            Action::GoToCovered => self.group.covered_count() > 0,
            _ => true,
        }
    }

    /// Whether something on the screen changes with the time.
    pub fn shows_age(&self) -> bool {
        self.network.store.places.iter().any(|place| place.loaded_at.is_some())
    }

    /// It is this late.
    pub fn tick(&mut self, seconds_since_1970: i64) {
        self.now = seconds_since_1970;
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), is_bad: false });
    }

    pub(super) fn complain(&mut self, failure: &Failure) {
        let advice = failure.advice.as_ref().map(|advice| format!(": {advice}"));
        let text = format!("{}{}", failure.what, advice.unwrap_or_default());
        self.notice = Some(Notice { text, is_bad: true });
    }
}
