//! One file: a JSON object whose keys say what they hold, streamed into the model.
//!
//! Nothing of the file is kept but what the model has room for; an unknown key costs no memory whatever its size, and
//! the text is never in memory as a whole.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_path_to_error::Track;

use super::nulls::Forgiving;
use crate::model::catalogue::{Envelope, Resources};
use crate::model::dump::{Coverage, Outcome, RegionDump};

/// Keys under which AWS says that there are more pages.
const NEXT_PAGE: [&str; 3] = ["NextToken", "NextMarker", "Marker"];

/// Windows shells put it in front of what they redirect.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How much of a file is in memory at a time, in bytes.
const BUFFER: usize = 1 << 18;

/// What is wrong with a file.
#[derive(Debug)]
pub(super) enum Fault {
    /// It cannot be read to its end.
    Io(io::Error),
    /// It is not what AWS prints.
    Broken {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// `NetworkInterfaces[3].PrivateIpAddress`; empty at the top.
        field: String,
        /// What is wrong there.
        problem: String,
    },
}

/// Adds what `content` holds to `region` and notes it as covered; keys that are not known go to `unknown`. Yields false
/// for a blank file.
///
/// # Errors
/// The first thing that is not as AWS prints it. What was read before it stays, and the list that it is in is noted as
/// partial.
pub(super) fn read(
    content: impl Read,
    region: &mut RegionDump,
    unknown: &mut Vec<String>,
) -> Result<bool, Fault> {
    let mut content = BufReader::with_capacity(BUFFER, content);
    if is_blank(&mut content).map_err(Fault::Io)? {
        return Ok(false);
    }
    let mut lists = Vec::new();
    let document = Document { resources: &mut region.resources, lists: &mut lists, unknown };
    let outcome = parse(serde_json::Deserializer::from_reader(content), document);
    let problem = match &outcome {
        Ok(more_pages) => more_pages.then(|| "the file says that there are more pages".to_owned()),
        Err(Fault::Broken { problem, .. }) => Some(problem.clone()),
        Err(Fault::Io(error)) => Some(error.to_string()),
    };
    cover(&mut region.coverage, &lists, outcome.is_ok(), problem);
    outcome.map(|_| true)
}

/// Looks at the beginning only, and passes over a byte order mark.
fn is_blank(content: &mut impl BufRead) -> io::Result<bool> {
    if content.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
        content.consume(BYTE_ORDER_MARK.len());
    }
    Ok(content.fill_buf()?.iter().all(u8::is_ascii_whitespace))
}

/// After a fault only the list that was being read is in doubt; after a mark of a next page, all of them are.
fn cover(coverage: &mut Coverage, lists: &[Envelope], is_whole: bool, problem: Option<String>) {
    let Some(message) = problem else {
        for list in lists {
            coverage.record(*list, Outcome::Complete);
        }
        return;
    };
    let sound = if is_whole { 0 } else { lists.len().saturating_sub(1) };
    for (position, list) in lists.iter().enumerate() {
        let partial = || Outcome::Partial { message: message.clone() };
        coverage.record(*list, if position < sound { Outcome::Complete } else { partial() });
    }
}

/// Reads one value of another shape, with the same care for places.
///
/// # Errors
/// The first thing that does not fit.
pub(super) fn value<T: DeserializeOwned>(text: &[u8]) -> Result<T, Fault> {
    parse(serde_json::Deserializer::from_slice(text), PhantomData)
}

fn parse<'de, R, S>(mut json: serde_json::Deserializer<R>, seed: S) -> Result<S::Value, Fault>
where
    R: serde_json::de::Read<'de>,
    S: DeserializeSeed<'de>,
{
    let mut track = Track::new();
    let forgiving = Forgiving(&mut json);
    let tracked = serde_path_to_error::Deserializer::new(forgiving, &mut track);
    let value = seed.deserialize(tracked).map_err(|error| {
        let field = track.path().to_string();
        fault(error, if field == "." { String::new() } else { field })
    })?;
    json.end().map_err(|error| fault(error, String::new()))?;
    Ok(value)
}

/// The AWS CLI prints tables and YAML as well.
const NO_JSON: &str = "this is no JSON; was it made with `--output json`?";

fn fault(error: serde_json::Error, field: String) -> Fault {
    if error.is_io() {
        return Fault::Io(error.into());
    }
    let text = error.to_string();
    let problem = match text.rfind(" at line ") {
        _ if error.is_eof() => "the file ends in the middle",
        Some(_) if error.is_syntax() && (error.line(), error.column()) == (1, 1) => NO_JSON,
        Some(end) => text.get(..end).unwrap_or(&text),
        None => &text,
    };
    let (line, column) = (error.line(), error.column());
    Fault::Broken { line, column, field, problem: problem.to_owned() }
}

/// Dispatches each key of the object; yields whether AWS has more pages.
struct Document<'a> {
    resources: &'a mut Resources,
    /// The lists that were begun, in order.
    lists: &'a mut Vec<Envelope>,
    unknown: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = bool;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object with a key such as \"Vpcs\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<bool, A::Error> {
        let mut more_pages = false;
        while let Some(key) = object.next_key::<String>()? {
            if let Some(envelope) = Envelope::from_key(&key) {
                self.lists.push(envelope);
                object.next_value_seed(List { resources: self.resources, envelope })?;
            } else if NEXT_PAGE.contains(&key.as_str()) {
                more_pages |= object.next_value::<Option<String>>()?.is_some_and(|t| !t.is_empty());
            } else {
                object.next_value::<IgnoredAny>()?;
                self.unknown.push(key);
            }
        }
        Ok(more_pages)
    }
}

/// The value under one known key.
struct List<'a> {
    resources: &'a mut Resources,
    envelope: Envelope,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.resources.read(self.envelope, from)
    }
}
