//! `vpctui.reach/1`, written pair by pair: millions of pairs need no memory. The format changes only by adding.
//!
//! `pairs` are the pairs of ends between which something surely gets, `unknown` those between which something may get:
//! data or model do not suffice. In both, an end that is meant by some of its addresses only says by which.

use std::fmt::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::allowed::allowed;
use super::ends::{end, whole_of};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::traffic::Traffic;
use crate::reach::End as Asked;
use crate::reach::whole::{Got, Member, Part, Reach, Scope};
use crate::report::naming;
use crate::store::{InterfaceIx, Store};

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.reach/1";

/// Writes the whole answer.
///
/// # Errors
/// Those of `out`.
pub fn write_json(store: &Store, scope: &Scope, reach: &Reach, out: &mut dyn Write) -> fmt::Result {
    let mut writer = Writer { store, scope, reach, out, interfaces: FxHashMap::default() };
    writer.head()?;
    writer.list("pairs", "allowed", |got| &got.allowed)?;
    writer.out.write_str(",\n")?;
    writer.list("unknown", "may", |got| &got.unknown)?;
    if store.lacks(Envelope::NetworkInterfaces) {
        let needs = Envelope::NetworkInterfaces.call().action;
        write!(writer.out, ",\n\"needs\": [\"{needs}\"]")?;
    }
    writer.out.write_str("\n}\n")
}

struct Writer<'a> {
    store: &'a Store,
    scope: &'a Scope,
    reach: &'a Reach,
    out: &'a mut dyn Write,
    /// Interfaces as JSON: most are in many pairs.
    interfaces: FxHashMap<InterfaceIx, String>,
}

impl Writer<'_> {
    fn head(&mut self) -> fmt::Result {
        let asked = |end: &Option<Asked>| end.as_ref().map(|end| naming::end(self.store, end));
        let (from, to) = (text(&asked(&self.scope.from))?, text(&asked(&self.scope.to))?);
        let flow = text(&naming::flow(&self.scope.flow))?;
        write!(
            self.out,
            "{{\"schema\": \"{SCHEMA}\",\n\"flow\": {flow},\n\"from\": {from},\n\"to\": {to},\n"
        )
    }

    /// The list `name` of the pairs between which traffic of a kind gets, and that traffic as `called`.
    fn list(&mut self, name: &str, called: &str, what: fn(&Got) -> &Traffic) -> fmt::Result {
        write!(self.out, "\"{name}\": [")?;
        let mut separator = "\n";
        for edge in self.reach.edges() {
            let got = self.reach.got(edge);
            if what(got).is_empty() {
                continue;
            }
            let entries = text(&allowed(what(got), self.scope.flow.source_port))?;
            let answered = got.answered.word();
            for pair in self.reach.pairs_of(self.store, edge) {
                write!(self.out, "{separator}{{\"from\": ")?;
                self.end(pair.from, self.scope.from.as_ref(), pair.part.and_then(Part::from))?;
                self.out.write_str(", \"to\": ")?;
                self.end(pair.to, self.scope.to.as_ref(), pair.part.and_then(Part::to))?;
                write!(self.out, ", \"{called}\": {entries}, \"answered\": \"{answered}\"}}")?;
                separator = ",\n";
            }
        }
        self.out.write_str("]")
    }

    fn end(
        &mut self,
        member: Member<'_>,
        asked: Option<&Asked>,
        part: Option<&AddressSet>,
    ) -> fmt::Result {
        let end = || end(self.store, member, asked);
        match (member, part) {
            (Member::Interface(at), None) => {
                if let Some(known) = self.interfaces.get(&at) {
                    return self.out.write_str(known);
                }
                let text = text(&end())?;
                self.out.write_str(&text)?;
                self.interfaces.insert(at, text);
                Ok(())
            }
            (_, None) => self.out.write_str(&text(&end())?),
            (_, Some(part)) => {
                let whole = whole_of(self.store, member, part);
                self.out.write_str(&text(&end().by(part, &whole))?)
            }
        }
    }
}

/// What has no maps and no floats always is JSON.
fn text(document: &impl Serialize) -> Result<String, fmt::Error> {
    serde_json::to_string(document).map_err(|_| fmt::Error)
}
