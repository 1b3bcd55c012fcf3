//! The questions that were asked, the newest first, and the menus that recall one or export the answer.

use super::chooser::{Choice, Choices, Chooser};
use super::effect::Effect;
use super::flow_text;
use super::palette::Command;
use super::state::State;
use super::wizard::Wizard;
use super::{act, palette};
use crate::reach::{Question, Verdict};
use crate::report::why::Document;
use crate::report::{markdown, text};

/// A question that was asked, and its verdict then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// What came of it.
    pub verdict: Verdict,
}

/// Questions that are remembered.
pub const MOST: usize = 50;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Format {
    Markdown,
    Text,
    Json,
}

/// Where an answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The user's clipboard.
    Clipboard,
    /// A file in the working folder.
    File,
}

/// Remembers a question that was answered.
pub fn remember(state: &mut State, verdict: Verdict) {
    let Some(question) = state.wizard.as_ref().and_then(Wizard::question) else { return };
    state.history.retain(|asked| asked.question != question);
    state.history.insert(0, Asked { question, verdict });
    state.history.truncate(MOST);
}

/// Opens the list of questions that were asked.
pub fn open(state: &mut State) {
    if state.history.is_empty() {
        state.say("nothing was asked yet");
        return;
    }
    let asked = state.history.iter().enumerate();
    let choices: Vec<_> = asked.map(|(at, asked)| choice(state, at, asked)).collect();
    state.open_menu("Questions asked before", Chooser::new(Choices::of(choices)));
}

fn choice(state: &State, at: usize, asked: &Asked) -> Choice<Command> {
    let Question { from, to, flow } = &asked.question;
    let (from, to) = (state.picks.of(from), state.picks.of(to));
    Choice {
        label: format!("{} → {}", from.label, to.label),
        detail: flow_text::write(flow),
        kind: told(asked.verdict),
        value: Command::Recall(at),
    }
}

/// A verdict as glyph and word.
fn told(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Reachable => "✓ reachable",
        Verdict::Partial => "◐ partial",
        Verdict::Blocked => "✗ blocked",
        Verdict::Unknown => "? unknown",
    }
}

/// Asks a question again.
pub fn recall(state: &mut State, at: usize) -> Vec<Effect> {
    let Some(asked) = state.history.get(at).cloned() else { return Vec::new() };
    state.front = None;
    state.wizard = Some(Wizard::about(&asked.question, &state.picks));
    act::ask(state, None)
}

/// Opens the menu of exports.
pub fn open_exports(state: &mut State) {
    let answered = state.wizard.as_ref().is_some_and(|wizard| wizard.answer.document().is_some());
    if answered {
        state.open_menu("Export the answer", Chooser::new(Choices::of(palette::exports())));
    }
}

/// Writes the answer out.
pub fn export(state: &State, format: Format, target: Target) -> Vec<Effect> {
    let Some(document) = state.wizard.as_ref().and_then(|wizard| wizard.answer.document()) else {
        return Vec::new();
    };
    let (text, ending) = match format {
        Format::Markdown => (markdown::text(document), "md"),
        Format::Text => (text::page(document).to_string(), "txt"),
        Format::Json => (serde_json::to_string_pretty(&**document).unwrap_or_default(), "json"),
    };
    vec![match target {
        Target::Clipboard => Effect::Copy(text),
        Target::File => Effect::Save { name: format!("{}.{ending}", name(document)), text },
    }]
}

/// A harmless name that says what was asked.
fn name(document: &Document) -> String {
    let flow = document.flow.text.as_str();
    let name = ["why", &document.from.name, &document.to.name, flow].join("-");
    let harmless = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    name.chars().map(harmless).take(80).collect()
}
