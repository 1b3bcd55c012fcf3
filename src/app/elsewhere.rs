//! Reading the network from elsewhere or under other names: another profile, another region, pseudonyms.
//!
//! What one account said never stands under another's name. The network on the screen stays, under its own, until all of
//! the other one is there, and if that fails for good; then nothing of it is left. Where names become pseudonyms, the
//! screen is emptied at once.

use std::sync::Arc;

use super::chooser::{Choice, Choices, Chooser};
use super::detail_view::DetailView;
use super::effect::Effect;
use super::group_panel::GroupPanel;
use super::memory;
use super::palette::Command;
use super::picks::Picks;
use super::reading;
use super::state::{Marks, Network, State};

/// Where else the network can be read; nothing where it is no live one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Profiles of the AWS configuration.
    pub profiles: Vec<String>,
    /// Regions, and what people call them.
    pub regions: Vec<(String, String)>,
}

impl Elsewhere {
    /// Whether the network is read from AWS.
    pub fn is_live(&self) -> bool {
        !(self.profiles.is_empty() && self.regions.is_empty())
    }
}

/// Whether everything is shown under pseudonyms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Masking {
    /// Under its own names.
    #[default]
    Off,
    /// Under pseudonyms.
    On,
    /// Under pseudonyms to the end: somebody who must not see the names is watching, like a recording.
    Fixed,
}

impl Masking {
    /// Whether names are pseudonyms.
    pub fn is_on(self) -> bool {
        self != Self::Off
    }

    fn turned(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
            Self::Fixed => Self::Fixed,
        }
    }
}

/// Where the network on the screen was read, while another one is being read in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    profile: Option<String>,
    region: Option<String>,
}

/// Opens the menu of profiles.
pub fn open_profiles(state: &mut State) {
    let profiles = state.elsewhere.profiles.iter();
    let profiles = profiles.map(|name| choice(name, "", "profile", Command::Profile(name.clone())));
    let profiles: Vec<_> = profiles.collect();
    open(state, "Read with the profile", profiles);
}

/// Opens the menu of regions.
pub fn open_regions(state: &mut State) {
    let regions = state.elsewhere.regions.iter();
    let regions =
        regions.map(|(id, place)| choice(id, place, "region", Command::Region(id.clone())));
    let regions: Vec<_> = regions.collect();
    open(state, "Read the region", regions);
}

fn open(state: &mut State, title: &'static str, menu: Vec<Choice<Command>>) {
    if menu.is_empty() {
        state.say("this network is a saved one: `vpctui --profile P --region R` reads a live one");
        return;
    }
    state.open_menu(title, Chooser::new(Choices::of(menu)));
}

fn choice(label: &str, detail: &str, kind: &'static str, value: Command) -> Choice<Command> {
    Choice { label: label.to_owned(), detail: detail.to_owned(), kind, value }
}

/// Reads with another profile.
pub fn go_to_profile(state: &mut State, profile: String) -> Vec<Effect> {
    let left = Left::of(state);
    state.profile = Some(profile);
    go(state, left)
}

/// Reads another region.
pub fn go_to_region(state: &mut State, region: String) -> Vec<Effect> {
    let left = Left::of(state);
    state.region = Some(region);
    go(state, left)
}

/// Reads there. A network that has not come whole is not worth keeping.
fn go(state: &mut State, left: Left) -> Vec<Effect> {
    if state.network.arrived {
        state.left.get_or_insert(left);
        state.say("reading there: this network stays until the other one has come");
        return reading::again(state, state.stage);
    }
    let mut effects = leave(state);
    forget(state);
    state.history.clear();
    effects.extend(reading::again(state, state.stage));
    effects
}

/// What was read elsewhere has come: nothing of the network before is seen or used any more.
pub fn arrive(state: &mut State) -> Vec<Effect> {
    if state.left.take().is_none() {
        return Vec::new();
    }
    let effects = leave(state);
    forget(state);
    state.history.clear();
    effects
}

/// Nothing comes from elsewhere: the network on the screen is read on where it was.
pub fn stay(state: &mut State) {
    if let Some(Left { profile, region }) = state.left.take() {
        (state.profile, state.region) = (profile, region);
    }
}

impl Left {
    fn of(state: &State) -> Self {
        Self { profile: state.profile.clone(), region: state.region.clone() }
    }
}

/// Shows everything under pseudonyms, or under its own names again. Questions about the one are none about the other.
pub fn turn_mask(state: &mut State) -> Vec<Effect> {
    let other = std::mem::take(&mut state.other_history);
    let own = std::mem::replace(&mut state.history, other);
    let mut effects = leave(state);
    state.other_history = own;
    state.masking = state.masking.turned();
    forget(state);
    effects.extend(reading::again(state, state.stage));
    let says = if state.masking.is_on() { "under pseudonyms" } else { "under their own names" };
    state.say(format!("names, accounts and public addresses are shown {says}"));
    effects
}

/// What is known of the network on the screen is remembered.
fn leave(state: &State) -> Vec<Effect> {
    let known = memory::remembered(state);
    known.map(|(account, memory)| Effect::Remember(account, memory)).into_iter().collect()
}

/// Forgets the network before; what is still computed about it is not awaited any more.
fn forget(state: &mut State) {
    state.network = Network::default();
    state.tree = state.tree.emptied();
    (state.detail, state.group) = (DetailView::default(), GroupPanel::default());
    (state.wizard, state.front, state.help, state.copying) = (None, None, None, None);
    (state.palette, state.baseline) = (None, None);
    (state.compared, state.earlier) = (None, None);
    (state.marks, state.picks, state.places) = (Marks::default(), Picks::default(), Arc::default());
    (state.filtering, state.memory_of) = (false, None);
    state.asked += 1;
    state.comparison += 1;
}
