//! One file: a JSON object whose keys say what they hold, streamed into the model.
//!
//! Nothing of the file is kept but what the model has room for; an unknown key costs no memory whatever its size.

use std::fmt;
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

/// What is wrong with a file, and where.
#[derive(Debug)]
pub(super) struct Fault {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// `NetworkInterfaces[3].PrivateIpAddress`; empty at the top.
    pub field: String,
    /// What is wrong there.
    pub problem: String,
}

/// Adds what `text` holds to `region` and notes it as covered; keys that are not known go to `unknown`.
///
/// # Errors
/// The first thing that is not as AWS prints it. What was read before it stays, and the list that it is in is noted as
/// partial.
pub(super) fn read(
    text: &[u8],
    region: &mut RegionDump,
    unknown: &mut Vec<String>,
) -> Result<(), Fault> {
    let mut lists = Vec::new();
    let document = Document { resources: &mut region.resources, lists: &mut lists, unknown };
    let outcome = parse(text, document);
    let problem = match &outcome {
        Ok(more_pages) => more_pages.then(|| "the file says that there are more pages".to_owned()),
        Err(fault) => Some(fault.problem.clone()),
    };
    cover(&mut region.coverage, &lists, outcome.is_ok(), problem);
    outcome.map(|_| ())
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
    parse(text, PhantomData)
}

fn parse<'de, S: DeserializeSeed<'de>>(text: &'de [u8], seed: S) -> Result<S::Value, Fault> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut json = serde_json::Deserializer::from_slice(text);
    let mut track = Track::new();
    let forgiving = Forgiving(&mut json);
    let tracked = serde_path_to_error::Deserializer::new(forgiving, &mut track);
    let value = seed.deserialize(tracked).map_err(|error| {
        let field = track.path().to_string();
        fault(&error, if field == "." { String::new() } else { field })
    })?;
    json.end().map_err(|error| fault(&error, String::new()))?;
    Ok(value)
}

fn fault(error: &serde_json::Error, field: String) -> Fault {
    let text = error.to_string();
    let problem = match text.rfind(" at line ") {
        _ if error.is_eof() => "the file ends in the middle",
        Some(end) => text.get(..end).unwrap_or(&text),
        None => &text,
    };
    Fault { line: error.line(), column: error.column(), field, problem: problem.to_owned() }
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
