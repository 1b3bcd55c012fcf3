//! The fields of the file, and what has to hold of them.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::error::line_of;
use super::stroke::Strokes;
use super::{Expectation, Place, ScriptError, Step, Tour, Words};
use crate::app::ThemeName;
use crate::reach::Verdict;

/// Where neither screen nor caption has to be cut.
const USUAL_SIZE: (u16, u16) = (120, 34);
/// The smallest and the largest that make sense.
const SIZES: [(u16, u16); 2] = [(40, 16), (300, 100)];
/// Nobody looks at one screen for longer, in seconds.
const LONGEST_PAUSE: f64 = 60.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Spanned<Words>,
    network: Option<String>,
    snapshot: Option<Spanned<PathBuf>>,
    size: Option<Spanned<(u16, u16)>>,
    #[serde(default)]
    theme: Theme,
    #[serde(default)]
    step: Vec<Spanned<FileStep>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileStep {
    #[serde(default)]
    keys: Strokes,
    caption: Words,
    pause: Option<f64>,
    #[serde(default)]
    expect: FileExpectation,
    still: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileExpectation {
    #[serde(default)]
    contains: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    verdict: Option<VerdictWord>,
}

#[derive(Default, Deserialize)]
#[serde(try_from = "String")]
struct Theme(ThemeName);

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum VerdictWord {
    Reachable,
    Partial,
    Blocked,
    Unknown,
}

impl TryFrom<String> for Theme {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let names: Vec<_> = ThemeName::ALL.iter().map(|theme| theme.name()).collect();
        let theme = ThemeName::from_name(&name).map(Self);
        theme.ok_or_else(|| format!("there is no theme `{name}`, but {}", names.join(", ")))
    }
}

impl From<VerdictWord> for Verdict {
    fn from(word: VerdictWord) -> Self {
        match word {
            VerdictWord::Reachable => Self::Reachable,
            VerdictWord::Partial => Self::Partial,
            VerdictWord::Blocked => Self::Blocked,
            VerdictWord::Unknown => Self::Unknown,
        }
    }
}

/// Reads the text.
pub fn parse(text: &str) -> Result<Tour, ScriptError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let position = error.span().map_or(0, |span| span.start);
        ScriptError::at(text, position, error.message())
    })?;
    if file.title.get_ref().is_wanting() {
        return Err(ScriptError::at(text, file.title.span().start, "the title says nothing"));
    }
    if file.step.is_empty() {
        return Err(ScriptError::at(text, text.len(), "a tour has one [[step]] at least"));
    }
    Ok(Tour {
        network: place(text, file.network, file.snapshot)?,
        size: size(text, file.size)?,
        theme: file.theme.0,
        steps: file.step.into_iter().map(|one| step(text, one)).collect::<Result<_, _>>()?,
        title: file.title.into_inner(),
    })
}

fn place(
    text: &str,
    network: Option<String>,
    snapshot: Option<Spanned<PathBuf>>,
) -> Result<Option<Place>, ScriptError> {
    match (network, snapshot) {
        (Some(_), Some(both)) => Err(ScriptError::at(
            text,
            both.span().start,
            "a tour runs on one network: give `network` or `snapshot`, not both",
        )),
        (Some(network), None) => Ok(Some(Place::Embedded(network))),
        (None, snapshot) => Ok(snapshot.map(|path| Place::Snapshot(path.into_inner()))),
    }
}

fn size(text: &str, size: Option<Spanned<(u16, u16)>>) -> Result<(u16, u16), ScriptError> {
    let Some(size) = size else { return Ok(USUAL_SIZE) };
    let (columns, rows) = *size.get_ref();
    let [(least_columns, least_rows), (most_columns, most_rows)] = SIZES;
    if (least_columns..=most_columns).contains(&columns) && (least_rows..=most_rows).contains(&rows)
    {
        return Ok((columns, rows));
    }
    let what = format!(
        "the size is [columns, rows], from [{least_columns}, {least_rows}] to [{most_columns}, {most_rows}]"
    );
    Err(ScriptError::at(text, size.span().start, what))
}

fn step(text: &str, step: Spanned<FileStep>) -> Result<Step, ScriptError> {
    let position = step.span().start;
    let step = step.into_inner();
    if step.caption.is_wanting() {
        return Err(ScriptError::at(text, position, "the caption of this step says nothing"));
    }
    let seconds = step.pause.unwrap_or_default();
    if !(0.0..=LONGEST_PAUSE).contains(&seconds) {
        let what = format!("a pause takes from 0 to {LONGEST_PAUSE} seconds");
        return Err(ScriptError::at(text, position, what));
    }
    Ok(Step {
        line: line_of(text, position),
        strokes: step.keys.0,
        caption: step.caption,
        pause: step.pause.map(Duration::from_secs_f64),
        expect: Expectation {
            contains: step.expect.contains,
            absent: step.expect.absent,
            verdict: step.expect.verdict.map(Verdict::from),
        },
        still: step.still,
    })
}
