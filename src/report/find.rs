//! What a lookup found, as a document and for people. The format `vpctui.find/1` changes only by adding.

use serde::Serialize;

use super::page::{Page, Tone};
use crate::store::Store;
use crate::store::names::{self, Named};

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.find/1";

/// What a lookup found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What was looked for.
    pub text: String,
    /// What was found, the best matches first.
    pub found: Vec<Found>,
}

/// One thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What it is.
    pub kind: names::Kind,
    /// AWS's id or ARN.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its account, where it is known.
    pub account: Option<String>,
    /// Its region, where it is known.
    pub region: Option<String>,
    /// The VPC that it is in.
    pub vpc: Option<String>,
    /// Its addresses, private ones first.
    pub addresses: Vec<String>,
    /// Its DNS names.
    pub dns: Vec<String>,
    /// One thing worth knowing.
    pub detail: String,
    /// Why it was found.
    pub because: &'static str,
}

/// Looks `text` up.
pub fn document(store: &Store, text: &str) -> Document {
    let found = names::find(store, text).into_iter();
    let found = found.map(|found| written(store, found.named, found.because));
    Document { schema: SCHEMA, text: text.to_owned(), found: found.collect() }
}

/// The same for people.
pub fn page(document: &Document) -> Page {
    let mut page = Page::new();
    if document.found.is_empty() {
        page.say(Tone::Unsure, format!("nothing here matches `{}`", document.text));
        return page;
    }
    let rows = document.found.iter().map(|found| {
        vec![
            (Tone::Dim, found.kind.word().to_owned()),
            (Tone::Strong, found.name.clone().unwrap_or_default()),
            (Tone::Plain, found.id.clone()),
            (Tone::Plain, found.addresses.join(" ")),
            (Tone::Dim, found.vpc.clone().unwrap_or_default()),
            (Tone::Plain, found.detail.clone()),
            (Tone::Dim, found.because.to_owned()),
        ]
    });
    page.table(0, &rows.collect::<Vec<_>>());
    page
}

fn written(store: &Store, named: &Named, because: &'static str) -> Found {
    let place = named.place.map(|at| store.place(at));
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Found {
        kind: named.kind,
        id: named.id.clone(),
        name: named.name.clone(),
        account: place.and_then(|place| known(place.account.as_str())),
        region: place.and_then(|place| known(place.region.as_str())),
        vpc: named.vpc.as_ref().map(ToString::to_string),
        addresses: named.addresses.iter().map(ToString::to_string).collect(),
        dns: named.dns.clone(),
        detail: named.detail.clone(),
        because,
    }
}
