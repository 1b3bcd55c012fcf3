//! The details of one thing: what the tree stands on, or what a reference led to. Knows where one came from.

use std::sync::Arc;

use super::bindings::Move;
use super::chooser::moved;
use super::reaching::{ReachLook, ReachNews, ReachView};
use crate::reach::End;
use crate::reach::naming::end_of;
use crate::report::details::{Entry, Sheet, Subject, sheet};
use crate::report::raw;
use crate::store::Store;

/// The details.
#[derive(Clone, Debug, Default)]
pub struct DetailView {
    /// The node of the tree that was followed last.
    of: Option<Arc<str>>,
    subject: Option<Subject>,
    back: Vec<Subject>,
    forward: Vec<Subject>,
    form: Form,
    /// What is shown or being looked up.
    asked: Option<(Subject, Form)>,
    number: u64,
    /// What was looked up last; stays until the next is here, so that the pane does not flicker.
    shown: Option<Arc<Shown>>,
    /// What it reaches, and who reaches it.
    reach: ReachView,
    /// What was looked up with what it reaches.
    joined: Option<Arc<Sheet>>,
    cursor: usize,
    top: usize,
    height: usize,
}

/// In which form a thing is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Sheet,
    /// As AWS's JSON.
    Raw,
}

/// A thing to be looked up.
#[derive(Clone, Debug)]
pub struct DetailLook {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The network.
    pub store: Arc<Store>,
    /// What.
    pub subject: Subject,
    /// In which form.
    pub form: Form,
}

/// A thing that was looked up.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What is known of it.
    pub sheet: Sheet,
    /// In which form it is to be seen.
    pub form: Form,
    /// Whether it can be an end of a question.
    is_end: bool,
}

/// What things reach is computed unasked in networks up to so many interfaces.
const AT_ONCE: usize = 1_000;

/// A thing as an end of a question: of an interface, whoever uses it.
pub fn end_of_subject(store: &Store, subject: &Subject) -> Option<End> {
    let id = subject.id()?;
    let directory = store.directory();
    let interface = store.interfaces.position(id).map(|at| store.interface(at));
    let owner = interface.and_then(|interface| directory.by_id(&interface.owner.id));
    let mut named = owner.into_iter().chain(directory.by_id(id));
    named.find_map(|named| end_of(store, named))
}

impl DetailLook {
    /// Looks it up.
    pub fn run(&self) -> Shown {
        let mut sheet = sheet(&self.store, &self.subject);
        if self.form == Form::Raw {
            sheet.entries = raw::lines(&self.store, &self.subject);
        }
        let is_end = end_of_subject(&self.store, &self.subject).is_some();
        Shown { sheet, form: self.form, is_end }
    }
}

impl DetailView {
    /// What it is about.
    pub fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// What is known of it.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.joined.as_deref()
    }

    /// In which form it is seen.
    pub fn form(&self) -> Form {
        self.shown.as_ref().map_or(Form::Sheet, |shown| shown.form)
    }

    /// The row that the user stands on.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Whether there is something to go back or forward to.
    pub fn history(&self) -> (bool, bool) {
        (!self.back.is_empty(), !self.forward.is_empty())
    }

    /// Follows the tree once its selection moves.
    pub fn follow(&mut self, node: Option<(&Arc<str>, Subject)>) {
        let Some((id, subject)) = node else { return };
        if self.of.as_ref() != Some(id) {
            self.of = Some(Arc::clone(id));
            self.stand_at(subject);
        }
    }

    /// Whether the tree stands where it was followed to.
    pub fn follows(&self, id: Option<&Arc<str>>) -> bool {
        self.of.as_ref() == id
    }

    /// Goes to a thing; the way back is remembered.
    pub fn go_to(&mut self, subject: Subject) {
        if self.subject.as_ref() != Some(&subject) {
            self.back.extend(self.subject.clone());
            self.forward.clear();
            self.stand_at(subject);
        }
    }

    /// Goes back to where one came from; tells what that is.
    pub fn go_back(&mut self) -> Option<Subject> {
        let to = self.back.pop()?;
        self.forward.extend(self.subject.clone());
        self.stand_at(to.clone());
        Some(to)
    }

    /// Goes forward again; tells where that is.
    pub fn go_forward(&mut self) -> Option<Subject> {
        let to = self.forward.pop()?;
        self.back.extend(self.subject.clone());
        self.stand_at(to.clone());
        Some(to)
    }

    /// Shows the other form.
    pub fn turn_form(&mut self) {
        self.form = match self.form {
            Form::Sheet => Form::Raw,
            Form::Raw => Form::Sheet,
        };
        (self.cursor, self.top) = (0, 0);
    }

    /// The network is another one: everything is looked up again.
    pub fn forget(&mut self) {
        self.asked = None;
    }

    /// What has to be looked up.
    pub fn wanted(&mut self, store: &Arc<Store>) -> Option<DetailLook> {
        let subject = self.subject.clone()?;
        let wanted = (subject, self.form);
        if self.asked.as_ref() == Some(&wanted) {
            return None;
        }
        self.number += 1;
        let other = self.asked.as_ref().is_none_or(|asked| asked.0 != wanted.0);
        self.asked = Some(wanted.clone());
        if other {
            self.reach.begin(store.interfaces.len() <= AT_ONCE);
        }
        let (subject, form) = wanted;
        Some(DetailLook { number: self.number, store: Arc::clone(store), subject, form })
    }

    /// Takes what was looked up, if it is what was asked for last.
    pub fn take(&mut self, number: u64, shown: Shown) {
        if number == self.number {
            self.shown = Some(Arc::new(shown));
            self.join();
        }
    }

    /// Takes what came of asking what it reaches.
    pub fn take_reach(&mut self, number: u64, news: ReachNews) {
        self.reach.take(number, news);
        self.join();
    }

    /// Asks what it reaches and who reaches it; once that is known, lists it or counts it.
    pub fn turn_reach(&mut self) {
        self.form = Form::Sheet;
        self.reach.turn();
        self.join();
    }

    /// Calls off what is being computed.
    pub fn call_off(&mut self) -> bool {
        let called_off = self.reach.call_off();
        self.join();
        called_off
    }

    /// What has to be computed of what it reaches.
    pub fn wanted_reach(&mut self, store: &Arc<Store>) -> Option<ReachLook> {
        let subject = self.subject.as_ref()?;
        let look = self.reach.wanted(store, || end_of_subject(store, subject));
        if look.is_some() {
            self.join();
        }
        look
    }

    /// What it reaches comes after the facts, in front of the tables.
    fn join(&mut self) {
        let Some(shown) = &self.shown else { return };
        let mut sheet = shown.sheet.clone();
        if shown.form == Form::Sheet && shown.is_end {
            let headings = sheet.entries.iter();
            let first = headings.take_while(|one| !matches!(one, Entry::Heading { .. })).count();
            sheet.entries.splice(first..first, self.reach.entries());
        }
        self.joined = Some(Arc::new(sheet));
    }

    /// Goes up or down among so many rows.
    pub fn go(&mut self, way: Move, rows: usize) {
        let page = self.height.saturating_sub(1).max(1);
        self.cursor = moved(self.cursor, way, rows.saturating_sub(1), page);
        self.fit(rows);
    }

    /// Stands on the row that is so many rows below the top; tells whether it stood there already.
    pub fn press(&mut self, below_top: usize, rows: usize) -> bool {
        let row = self.top + below_top;
        let before = std::mem::replace(&mut self.cursor, row.min(rows.saturating_sub(1)));
        before == self.cursor
    }

    /// The part of the sheet that the user stands on; `entries` tells the part that each row belongs to.
    pub fn entry(&self, entries: &[u32]) -> Option<&Entry> {
        let at = entries.get(self.cursor)?;
        self.sheet()?.entries.get(*at as usize)
    }

    /// Has so many rows on the screen.
    pub fn set_height(&mut self, height: usize) {
        self.height = height;
    }

    /// Keeps what is seen within so many rows.
    pub fn fit(&mut self, rows: usize) {
        self.cursor = self.cursor.min(rows.saturating_sub(1));
        let highest = rows.saturating_sub(self.height);
        let lowest = (self.cursor + 1).saturating_sub(self.height);
        self.top = self.top.clamp(lowest.min(self.cursor), self.cursor).min(highest);
    }

    fn stand_at(&mut self, subject: Subject) {
        if self.subject.as_ref() != Some(&subject) {
            (self.cursor, self.top) = (0, 0);
        }
        self.subject = Some(subject);
    }
}
