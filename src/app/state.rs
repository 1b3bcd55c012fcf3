//! Everything that the screen shows, as one value.

use std::sync::Arc;

use super::areas::{Areas, Divider, Pane, Shares, areas};
use super::arranging::Columns;
use super::bindings::{Action, Scope};
use super::chooser::{Choices, Chooser};
use super::comparing::Compared;
use super::copying::Copyable;
use super::detail_view::DetailView;
use super::effect::{Effect, Wanted};
use super::elsewhere::{Elsewhere, Left, Masking};
use super::front::Front;
use super::group_panel::GroupPanel;
use super::help::Help;
use super::history::Asked;
use super::keys::Keys;
use super::look::ThemeName;
use super::memory::{self, Memory};
use super::message::{Extents, Failure, Progress};
use super::palette::Command;
use super::picks::{Pick, Picks};
use super::preview::Preview;
use super::reading::Wish;
use super::scopes;
use super::tree_view::TreeView;
use super::watch::Watch;
use super::wizard::{Told, Wizard};
use super::work::Cancel;
use crate::reach::Question;
use crate::report::log::Called;
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
    /// What keys do.
    pub keys: Arc<Keys>,
    /// Names of the stages of a demo.
    pub stages: Vec<String>,
    /// The stage that is loaded first.
    pub stage: usize,
    /// What to select once it is there: anything that the search finds.
    pub focus: Option<String>,
    /// The question to answer once the network is there.
    pub question: Option<Question>,
    /// What the network is compared with once it is there.
    pub earlier: Option<Arc<Store>>,
    /// Whether anything is remembered from one session to the next.
    pub remembers: bool,
    /// Seconds after which the network is read again, each time.
    pub watch: Option<u32>,
    /// Whether everything is shown under pseudonyms.
    pub masking: Masking,
    /// Where else the network can be read.
    pub elsewhere: Elsewhere,
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
    /// What keys do.
    pub keys: Arc<Keys>,
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
    /// Which facts stand beside the names in the tree.
    pub facts: Columns,
    /// The details.
    pub detail: DetailView,
    /// The group panel.
    pub group: GroupPanel,
    /// A filter is being typed.
    pub filtering: bool,
    /// What is in front of the panes.
    pub wizard: Option<Wizard>,
    /// A list in front of the panes and of the wizard.
    pub front: Option<Front>,
    /// What changed since the last reading, once that is known.
    pub compared: Option<Arc<Compared>>,
    /// What tells when the network is read again by itself.
    pub watch: Option<Watch>,
    /// The calls of the last reading, as far as they were told.
    pub log: Vec<Called>,
    /// What there is to copy, while that is asked.
    pub copying: Option<Vec<Copyable>>,
    /// The palette or a menu, in front of everything but the help.
    pub palette: Option<Chooser<Command>>,
    /// What stands over it.
    pub palette_title: &'static str,
    /// The questions that were asked, the newest first.
    pub history: Vec<Asked>,
    /// The verdict of the question that is being put together.
    pub preview: Preview,
    /// For how many seconds an answer has been waited for.
    pub waited: u64,
    /// The help, while it is shown.
    pub help: Option<Help>,
    /// Whether everything is shown under pseudonyms.
    pub masking: Masking,
    /// Where else the network can be read.
    pub elsewhere: Elsewhere,
    /// How the user has divided the screen.
    pub shares: Shares,
    /// Ends that were marked in the tree.
    pub marks: Marks,
    /// Everything that can be an end.
    pub picks: Picks,
    /// Everything in the network that one can go to.
    pub(super) places: Arc<Choices<Command>>,
    /// Number of the last narrowing of a list.
    pub(super) narrowings: u64,
    /// A sentence for the footer.
    pub notice: Option<Notice>,
    /// How long the scrolled contents were when they were last drawn.
    pub extents: Extents,
    /// The profile and the region that were chosen in place of those of the start.
    pub(super) profile: Option<String>,
    pub(super) region: Option<String>,
    /// Where the network on the screen was read, while one from elsewhere is on its way.
    pub(super) left: Option<Left>,
    /// Questions that were asked under the other names: real ones, or pseudonyms.
    pub(super) other_history: Vec<Asked>,
    /// Whether anything is remembered, and the account of which that was asked for.
    pub(super) remembers: bool,
    pub(super) memory_of: Option<String>,
    /// The divider that is being dragged.
    pub(super) dragged: Option<Divider>,
    /// What to select, and ask, once the network is there.
    pub(super) focus: Option<String>,
    pub(super) question: Option<Question>,
    /// What the network that comes is compared with.
    pub(super) earlier: Option<Arc<Store>>,
    /// Number of the last list, and how to call it off.
    pub(super) listing: u64,
    pub(super) list_cancel: Cancel,
    /// What later readings are compared with.
    pub(super) baseline: Option<Arc<Store>>,
    /// What is wanted of the last reading.
    pub(super) wish: Wish,
    /// Number of the last comparison.
    pub(super) comparison: u64,
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
            keys: beginning.keys,
            stages: beginning.stages,
            stage: beginning.stage,
            focus: beginning.focus,
            question: beginning.question,
            earlier: beginning.earlier,
            remembers: beginning.remembers,
            watch: beginning.watch.map(Watch::every),
            masking: beginning.masking,
            elsewhere: beginning.elsewhere,
            network: Network { loading: Some(Progress::default()), ..Network::default() },
            ..Self::default()
        }
    }

    /// What is being read, or was read last.
    pub fn wanted(&self) -> Wanted {
        let (profile, region) = (self.profile.clone(), self.region.clone());
        Wanted { stage: self.stage, profile, region, masked: self.masking.is_on() }
    }

    /// Reads the network. What AWS said of a place stays where it cannot be asked again; pseudonyms of two readings do not
    /// go together.
    pub fn load(&self) -> Effect {
        let is_it = self.network.arrived && self.left.is_none();
        let stays = is_it && self.elsewhere.is_live() && !self.masking.is_on();
        let known = stays.then(|| Arc::clone(&self.network.store));
        Effect::Load { wanted: self.wanted(), known }
    }

    /// Where things are; nothing where the screen is too small.
    pub fn areas(&self) -> Option<Areas> {
        areas((self.columns, self.rows), self.pane, self.shares)
    }

    /// What there is to remember when the program ends, and of which account.
    pub fn memory(&self) -> Option<(String, Memory)> {
        memory::remembered(self)
    }

    /// In which scopes a key is looked up now, the most particular first.
    pub fn scopes(&self) -> &'static [Scope] {
        scopes::scopes(self)
    }

    /// In which scopes it would be looked up if no help were shown.
    pub fn scopes_behind_help(&self) -> &'static [Scope] {
        scopes::behind_help(self)
    }

    /// Whether an action would do anything now: what would not is offered nowhere.
    pub fn is_useful(&self, action: Action) -> bool {
        let answer = self.wizard.as_ref().and_then(|wizard| wizard.answer.document());
        let fixes = self.wizard.as_ref().map_or(0, |wizard| wizard.answer.fixes().len());
        let paths = answer.map_or(0, |document| document.paths.len());
        match action {
            Action::Mask => self.masking != Masking::Fixed,
            Action::Profiles => !self.masking.is_on() && !self.elsewhere.profiles.is_empty(),
            Action::Regions => !self.elsewhere.regions.is_empty(),
            Action::NextStage | Action::PreviousStage => self.stages.len() > 1,
            Action::NextGroup | Action::PreviousGroup => self.group.position().1 > 1,
            Action::NextPath | Action::PreviousPath => paths > 1,
            Action::NextFix | Action::WhatIf | Action::Opens => fixes > 0,
            Action::Export | Action::CopyAnswer => answer.is_some(),
            Action::OpenStep => paths > 0,
            Action::GoBack => self.detail.history().0,
            Action::GoForward => self.detail.history().1,
            Action::GoToCovered => self.group.covered_count() > 0,
            _ => true,
        }
    }

    /// Whether something on the screen changes with the time.
    pub fn shows_age(&self) -> bool {
        self.network.store.places.iter().any(|place| place.loaded_at.is_some())
    }

    /// Whether the user waits for an answer, so that seconds count.
    pub fn is_waiting(&self) -> bool {
        let wizard = self.wizard.as_ref();
        wizard.is_some_and(|wizard| matches!(wizard.answer.told, Told::Waiting))
    }

    /// Whether something on the screen changes every second.
    pub fn counts_seconds(&self) -> bool {
        self.is_waiting() || self.watch.is_some()
    }

    /// Opens a menu in front of everything.
    pub(super) fn open_menu(&mut self, title: &'static str, menu: Chooser<Command>) {
        (self.palette, self.palette_title) = (Some(menu), title);
    }

    /// It is this late.
    pub fn tick(&mut self, seconds_since_1970: i64) {
        if self.is_waiting() {
            self.waited += 1;
        }
        self.now = seconds_since_1970;
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), is_bad: false });
    }

    pub(super) fn complain(&mut self, failure: &Failure) {
        self.notice = Some(Notice { text: failure.sentence(), is_bad: true });
    }
}
