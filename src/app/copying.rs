//! What there is to copy of a thing: a small menu, each line with its letter.

use super::areas::Area;
use crate::report::aws;
use crate::report::details::Subject;
use crate::store::{Interface, Store};

/// Something to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyable {
    /// The letter that copies it.
    pub letter: char,
    /// What it is.
    pub what: &'static str,
    /// The text.
    pub text: String,
}

/// What of a thing can be copied. The first line has the letter that opened the menu, so that pressing it twice copies
/// the id.
pub fn copyables(store: &Store, subject: &Subject) -> Vec<Copyable> {
    let named = subject.id().and_then(|id| store.directory().by_id(id));
    let interface = subject.id().and_then(|id| store.interfaces.get(id));
    let private = interface.and_then(Interface::primary).map(|address| address.to_string());
    let public = interface.and_then(|one| one.addresses.iter().find_map(|own| own.public));
    let owner = interface.and_then(|one| store.directory().by_id(&one.owner.id));
    let address = named.filter(|_| interface.is_none()).and_then(|named| named.addresses.first());
    let dns = owner.into_iter().chain(named).find_map(|named| named.dns.first());
    let lines = [
        ('y', "id", subject.id().map(str::to_owned)),
        ('a', "ARN", aws::arn(store, subject)),
        ('n', "name", owner.or(named).and_then(|named| named.name.clone())),
        ('o', "id of its user", owner.map(|owner| owner.id.clone())),
        ('i', "address", private.or_else(|| address.map(ToString::to_string))),
        ('p', "public address", public.map(|address| address.to_string())),
        ('d', "DNS name", dns.cloned()),
        ('c', "command", aws::command(store, subject)),
        ('l', "link", aws::console(store, subject)),
    ];
    let lines = lines.into_iter();
    lines.filter_map(|(letter, what, text)| Some(Copyable { letter, what, text: text? })).collect()
}

/// Where the menu is, with so many lines.
pub fn copying_area(body: Area, lines: usize) -> Area {
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    body.centred(body.width.saturating_sub(8).min(90), height)
}
