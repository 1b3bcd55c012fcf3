//! What the ends of pairs are called.

use serde::Serialize;

use crate::model::address::AddressSet;
use crate::model::tag;
use crate::reach::whole::{Member, Party};
use crate::reach::{self, answer};
use crate::report::{naming, words};
use crate::store::{Interface, InterfaceIx, Store};

/// One end of a pair.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::report) struct End {
    /// `network-interface`, `internet`, or the kind of what was asked about.
    pub kind: &'static str,
    /// AWS's id; empty for the internet.
    pub id: String,
    /// For people.
    pub name: String,
    /// Who uses the interface.
    pub owner: Option<Owner>,
    /// The interface; not told where AWS lists none.
    pub eni: Option<String>,
    /// Its address.
    pub ip: Option<String>,
    /// Its subnet.
    pub subnet: Option<String>,
    /// Its VPC.
    pub vpc: Option<String>,
    /// The addresses that the pair is about, where it is a smaller part of them.
    pub addresses: Option<Vec<String>>,
    /// The addresses that the pair is not about, where it is most of them.
    pub except: Option<Vec<String>>,
}

/// Who uses an interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::report) struct Owner {
    /// `instance`, `lambda`, ...
    pub kind: &'static str,
    /// AWS's id or ARN, as far as known.
    pub id: String,
}

/// One end; `asked` is what the question named.
pub(in crate::report) fn end(store: &Store, member: Member<'_>, asked: Option<&reach::End>) -> End {
    match (member, asked) {
        (Member::Interface(at), _) => {
            let named = End::named("network-interface", store.interface(at).id.as_str());
            End { name: name(store, at), ..of_interface(store, at, named) }
        }
        (Member::Internet, _) | (Member::Asked(_), None) => {
            End { name: "the internet".into(), ..End::named("internet", "") }
        }
        (Member::Asked(point), Some(asked)) => of_asked(store, point, asked),
    }
}

fn of_asked(store: &Store, point: &answer::Point, asked: &reach::End) -> End {
    let called = naming::end(store, asked);
    let named = End { name: called.name, ..End::named(called.kind, &called.id) };
    match point.site.interface() {
        Some(at) => of_interface(store, at, named),
        None => named,
    }
}

fn of_interface(store: &Store, at: InterfaceIx, named: End) -> End {
    let interface = store.interface(at);
    let owner = &interface.owner;
    End {
        owner: Some(Owner { kind: words::owner(owner.kind), id: owner.id.to_string() }),
        eni: (!interface.is_virtual()).then(|| interface.id.to_string()),
        ip: interface.primary().map(|address| address.to_string()),
        subnet: interface.subnet.map(|at| store.subnets[at].data.subnet_id.to_string()),
        vpc: interface.vpc.map(|at| store.vpcs[at].data.vpc_id.to_string()),
        ..named
    }
}

impl End {
    fn named(kind: &'static str, id: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            name: id.to_owned(),
            owner: None,
            eni: None,
            ip: None,
            subnet: None,
            vpc: None,
            addresses: None,
            except: None,
        }
    }

    /// The same end, by some of its addresses: whichever list is shorter.
    pub(super) fn by(self, part: &AddressSet, whole: &AddressSet) -> Self {
        let texts = |set: &AddressSet| -> Vec<String> {
            set.prefixes().iter().map(ToString::to_string).collect()
        };
        let (some, others) = (texts(part), texts(&whole.difference(part)));
        if others.len() < some.len() {
            Self { except: Some(others), ..self }
        } else {
            Self { addresses: Some(some), ..self }
        }
    }
}

/// What people call whoever uses an interface.
pub(in crate::report) fn name(store: &Store, at: InterfaceIx) -> String {
    naming::interface_name(store.interface(at))
}

/// A party for people: who, with which groups, where.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct Label {
    /// `instance`, `lambda`, `internet`, ...
    pub kind: String,
    /// Names of its groups.
    pub groups: String,
    /// Name of its subnet.
    pub subnet: String,
    /// Which addresses, where it is a part.
    pub part: String,
}

/// What a party is called; `asked` is what the question named.
pub(super) fn label(store: &Store, party: &Party, asked: Option<&reach::End>) -> Label {
    match party {
        Party::Class(class) => {
            let first = store.classes().members(*class).first();
            first.map(|at| of_class(store, store.interface(*at))).unwrap_or_default()
        }
        Party::Internet => Label { kind: "the internet".into(), ..Label::default() },
        Party::Asked(_) => {
            let kind = asked.map_or_else(String::new, |asked| naming::end(store, asked).name);
            Label { kind, ..Label::default() }
        }
    }
}

fn of_class(store: &Store, interface: &Interface) -> Label {
    let ids: Vec<&str> = interface.groups.iter().map(AsRef::as_ref).collect();
    let subnet = interface.subnet.map(|at| &store.subnets[at].data);
    let subnet = subnet.map(|subnet| {
        tag::name(&subnet.tags).map_or_else(|| subnet.subnet_id.to_string(), str::to_owned)
    });
    Label {
        kind: words::owner(interface.owner.kind).to_owned(),
        groups: if ids.is_empty() {
            "no groups".into()
        } else {
            naming::group_names(store, &ids.join(","))
        },
        subnet: subnet.unwrap_or_default(),
        part: String::new(),
    }
}

/// Names of the first members of a party.
pub(super) fn names(store: &Store, party: &Party) -> Vec<String> {
    const SHOWN: usize = 4;
    let Party::Class(class) = party else { return Vec::new() };
    let members = store.classes().members(*class);
    members.iter().take(SHOWN).map(|at| name(store, *at)).collect()
}

/// The whole that a part of an end is a part of.
pub(super) fn whole_of(store: &Store, member: Member<'_>, part: &AddressSet) -> AddressSet {
    let mut whole = match member {
        Member::Internet => store.internet().clone(),
        Member::Asked(point) => point.addresses.clone(),
        Member::Interface(at) => store.interface(at).prefixes.iter().copied().collect(),
    };
    // The other family is not what the pair is about.
    if part.v4.is_empty() {
        whole.v4 = part.v4.clone();
    }
    if part.v6.is_empty() {
        whole.v6 = part.v6.clone();
    }
    whole
}
