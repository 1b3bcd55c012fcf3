//! The wizard "why can't A reach B": which question is being put together, and how its answer is looked at.

use std::sync::Arc;

use super::bindings::Move;
use super::chooser::{Chooser, moved};
use super::flow_text;
use super::message::Failure;
use super::picks::{Pick, Picks};
use super::text_input::TextInput;
use crate::reach::naming::suggested_flow;
use crate::reach::{End, Flow, Question, Verdict};
use crate::report::why::{Document, Fix, Path, Step as PathStep, StepOutcome};
use crate::store::Store;

/// The wizard.
#[derive(Clone, Debug)]
pub struct Wizard {
    /// Where from, once chosen.
    pub from: Option<Pick>,
    /// Where to, once chosen.
    pub to: Option<Pick>,
    /// With what.
    pub flow: Flow,
    /// What the user does now.
    pub step: Step,
    /// The answer.
    pub answer: AnswerView,
}

/// What the user does in the wizard.
#[derive(Clone, Debug)]
pub enum Step {
    /// Chooses an end.
    Choose(Which, Chooser<End>),
    /// Types port and protocol; with what is wrong with them.
    Flow(TextInput, Option<String>),
    /// Looks at the answer.
    Answer,
}

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Where from.
    From,
    /// Where to.
    To,
}

/// How the answer is looked at.
#[derive(Clone, Debug, Default)]
pub struct AnswerView {
    /// The answer.
    pub told: Told,
    /// The candidate path that is shown.
    pub path: usize,
    /// The fix that is shown.
    pub fix: usize,
    /// The fix with which the question was asked, if it is a "what if".
    pub what_if: Option<WhatIf>,
    /// First row that is shown.
    pub scroll: usize,
    /// The check of the shown path that the user stands on.
    pub rung: usize,
    /// The check stays in view: the user went there, and did not scroll since.
    pub follows: bool,
    /// The user scrolled since the answer came. Until then a ladder of its own shows the check that the user stands on.
    pub scrolled: bool,
}

/// An answer in the network as it would be.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The fix, as a position in the fixes of the answer about the network as it is.
    pub fix: usize,
    /// Its title.
    pub title: String,
    /// The answer about the network as it is.
    pub real: Arc<Document>,
}

/// An answer that may still be on its way.
#[derive(Clone, Debug, Default)]
pub enum Told {
    /// Nothing was asked.
    #[default]
    Nothing,
    /// On its way.
    Waiting,
    /// Here.
    Answer(Arc<Document>),
    /// There is none.
    Failed(Failure),
}

impl Wizard {
    /// Begins with what is known of the two ends: asks for the first that is missing.
    pub fn new(from: Option<Pick>, to: Option<Pick>, picks: &Picks, store: &Store) -> Self {
        let answer = AnswerView::default();
        let mut wizard = Self { from, to, flow: Flow::default(), step: Step::Answer, answer };
        if let Some(to) = &wizard.to {
            wizard.flow = suggested_flow(store, &to.value);
        }
        wizard.next_step(picks);
        wizard
    }

    /// Looks at the answer to a question that somebody else put together.
    pub fn about(question: &Question, picks: &Picks) -> Self {
        Self {
            from: Some(picks.of(&question.from)),
            to: Some(picks.of(&question.to)),
            flow: question.flow.clone(),
            step: Step::Answer,
            answer: AnswerView::default(),
        }
    }

    /// The question, once both ends are known.
    pub fn question(&self) -> Option<Question> {
        let (from, to) = (self.from.as_ref()?, self.to.as_ref()?);
        let (from, to) = (from.value.clone(), to.value.clone());
        Some(Question { from, to, flow: self.flow.clone() })
    }

    /// Goes on to what is missing, else to the answer.
    pub fn next_step(&mut self, picks: &Picks) {
        self.step = if self.from.is_none() {
            self.choosing(Which::From, picks)
        } else if self.to.is_none() {
            self.choosing(Which::To, picks)
        } else {
            Step::Answer
        };
    }

    /// Begins to choose an end, standing on what it is now.
    pub fn choosing(&self, which: Which, picks: &Picks) -> Step {
        let mut chooser = Chooser::new(picks.all());
        let now = if which == Which::From { &self.from } else { &self.to };
        if let Some(now) = now {
            chooser.stand_on(|end| *end == now.value);
        }
        Step::Choose(which, chooser)
    }

    /// Takes an end. Choosing B fills in its port; choosing A leaves the flow alone.
    pub fn choose(&mut self, which: Which, pick: Pick, store: &Store) {
        match which {
            Which::From => self.from = Some(pick),
            Which::To => {
                self.flow = suggested_flow(store, &pick.value);
                self.to = Some(pick);
            }
        }
    }

    /// Reads the typed flow; says whether it makes sense, and shows why not.
    pub fn take_flow(&mut self) -> bool {
        let Step::Flow(input, wrong) = &mut self.step else { return false };
        match flow_text::parse(input.text()) {
            Ok(flow) => self.flow = flow,
            Err(why) => {
                *wrong = Some(why);
                return false;
            }
        }
        self.step = Step::Answer;
        true
    }

    /// The line that is being typed, if one is.
    pub fn input(&mut self) -> Option<&mut TextInput> {
        match &mut self.step {
            Step::Choose(_, chooser) => Some(&mut chooser.input),
            Step::Flow(input, _) => Some(input),
            Step::Answer => None,
        }
    }

    /// What was typed has changed.
    pub fn typed(&mut self) {
        match &mut self.step {
            Step::Choose(_, chooser) => chooser.narrow(),
            Step::Flow(_, wrong) => *wrong = None,
            Step::Answer => {}
        }
    }
}

impl AnswerView {
    /// The answer, if it is here.
    pub fn document(&self) -> Option<&Arc<Document>> {
        match &self.told {
            Told::Answer(document) => Some(document),
            _ => None,
        }
    }

    /// An answer has come: its most instructive path is shown first.
    pub fn take(&mut self, document: Arc<Document>) {
        self.path = first_trouble(&document.paths);
        (self.scroll, self.follows, self.scrolled) = (0, false, false);
        self.rung = document.paths.get(self.path).map_or(0, first_block);
        if self.what_if.is_none() {
            self.fix = 0;
        }
        self.told = Told::Answer(document);
    }

    /// Nobody waits any more; where a repair was tried out, the answer as it is comes back.
    pub fn call_off(&mut self) {
        self.told = Told::Nothing;
        if let Some(what_if) = self.what_if.take() {
            self.take(what_if.real);
            self.fix = what_if.fix;
        }
    }

    /// The path that is shown.
    pub fn shown_path(&self) -> Option<&Path> {
        self.document()?.paths.get(self.path)
    }

    /// The fixes of the network as it is, also while one of them is tried out.
    pub fn fixes(&self) -> &[Fix] {
        let real = self.what_if.as_ref().map(|what_if| &what_if.real);
        real.or(self.document()).map_or(&[][..], |document| &document.fixes)
    }

    /// The fix that is shown.
    pub fn shown_fix(&self) -> Option<&Fix> {
        self.fixes().get(self.fix)
    }

    /// The check that the user stands on.
    pub fn shown_step(&self) -> Option<&PathStep> {
        rungs(self.shown_path()?).nth(self.rung)
    }

    /// Goes to another path, round and round.
    pub fn turn_path(&mut self, by: isize) {
        let count = self.document().map_or(0, |document| document.paths.len());
        self.show_path(turned(self.path, by, count));
    }

    /// Goes to a path.
    pub fn show_path(&mut self, path: usize) {
        self.path = path;
        self.rung = self.shown_path().map_or(0, first_block);
    }

    /// Goes up or down among the checks of the path; by pages it scrolls, `last` being as far as it goes.
    pub fn go(&mut self, way: Move, last: usize, page: usize) {
        match way {
            Move::PageUp | Move::PageDown => {
                self.scroll = moved(self.scroll, way, last, page);
                (self.follows, self.scrolled) = (false, true);
            }
            _ => {
                let count = self.shown_path().map_or(0, |path| rungs(path).count());
                // The first press shows where one stands.
                if self.follows {
                    self.rung = moved(self.rung, way, count.saturating_sub(1), page);
                }
                self.follows = true;
            }
        }
    }
}

/// The checks of a path that are worth a row: its end says no more than that the packet arrives.
pub fn rungs(path: &Path) -> impl Iterator<Item = &PathStep> {
    let is_end = |step: &&PathStep| step.check == "endpoint" && step.outcome == StepOutcome::Pass;
    path.forward.iter().chain(&path.back).filter(move |step| !is_end(step))
}

/// The first check that blocks or cannot be told, else the first.
fn first_block(path: &Path) -> usize {
    let trouble =
        |step: &PathStep| matches!(step.outcome, StepOutcome::Block | StepOutcome::Unknown);
    rungs(path).position(trouble).unwrap_or_default()
}

/// The first path that does not work, where some do; else the first.
fn first_trouble(paths: &[Path]) -> usize {
    let trouble = paths.iter().position(|path| path.verdict != Verdict::Reachable);
    trouble.unwrap_or_default()
}

/// A position moved by some, round and round.
pub fn turned(at: usize, by: isize, count: usize) -> usize {
    if count == 0 {
        return 0;
    }
    let count = isize::try_from(count).unwrap_or(isize::MAX);
    let at = isize::try_from(at).unwrap_or_default() + by;
    usize::try_from(at.rem_euclid(count)).unwrap_or_default()
}
