//! Everything that can be an end of a question, ready to be chosen from.

use std::sync::Arc;

use super::chooser::{Choice, Choices};
use crate::reach::End;
use crate::reach::naming::{Candidate, candidates};
use crate::store::Store;

/// An end that was or can be chosen.
pub type Pick = Choice<End>;

/// All of them, made once per network.
#[derive(Clone, Debug, Default)]
pub struct Picks(Arc<Choices<End>>);

impl Picks {
    /// Collects them. What traffic is usually asked about comes first, single interfaces last.
    pub fn of_store(store: &Store) -> Self {
        let candidates = candidates(store);
        // Where everything is in one place, its name tells nothing apart.
        let mut places = candidates.iter().map(|one| &one.place).filter(|place| !place.is_empty());
        let first = places.next();
        let several = places.any(|place| Some(place) != first);
        let mut all: Vec<_> = candidates.iter().map(|one| pick(one, several)).collect();
        all.sort_by_key(|pick| rank(&pick.value));
        Self(Choices::of(all))
    }

    /// All of them.
    pub fn all(&self) -> Arc<Choices<End>> {
        Arc::clone(&self.0)
    }

    /// The one for an end; for an end that nobody would find in the list (an address of somebody's), one made for it.
    pub fn of(&self, end: &End) -> Pick {
        let known = self.0.iter().find(|pick| pick.value == *end).cloned();
        known.unwrap_or_else(|| unlisted(end))
    }
}

fn pick(candidate: &Candidate, tells_place: bool) -> Pick {
    let addresses = candidate.addresses.iter().map(ToString::to_string);
    let place = if tells_place { candidate.place.clone() } else { String::new() };
    let id = candidate.id.rsplit(':').next().unwrap_or_default().to_owned();
    let label = candidate.name.clone().unwrap_or_else(|| candidate.text.clone());
    let rest = addresses.chain([candidate.detail.clone(), id, place]);
    let mut told: Vec<String> = Vec::new();
    for part in rest.filter(|part| !part.is_empty() && *part != label) {
        if !told.contains(&part) {
            told.push(part);
        }
    }
    Pick { label, detail: told.join("  "), kind: candidate.kind, value: candidate.end.clone() }
}

fn unlisted(end: &End) -> Pick {
    let (label, kind) = match end {
        End::Address(address, Some(vpc)) => (format!("{address} in {vpc}"), "address"),
        End::Address(address, None) => (address.to_string(), "address"),
        End::Prefix(prefix) => (prefix.to_string(), "prefix"),
        End::Service(service) => (format!("aws:{service}"), "AWS service"),
        End::Internet => ("internet".to_owned(), "the internet"),
        End::Instance(id) => (id.to_string(), "instance"),
        End::Interface(id) => (id.to_string(), "interface"),
        End::NatGateway(id) => (id.to_string(), "NAT gateway"),
        End::Endpoint(id) => (id.to_string(), "VPC endpoint"),
        End::Function(arn)
        | End::Database(arn)
        | End::Cluster(arn)
        | End::Proxy(arn)
        | End::LoadBalancer(arn) => (arn.to_string(), "resource"),
    };
    Pick { label, detail: String::new(), kind, value: end.clone() }
}

fn rank(end: &End) -> u8 {
    match end {
        End::Function(_) | End::Instance(_) => 0,
        End::Database(_) | End::Cluster(_) | End::Proxy(_) | End::LoadBalancer(_) => 1,
        End::Internet | End::Service(_) => 2,
        End::NatGateway(_) | End::Endpoint(_) => 3,
        End::Interface(_) | End::Address(..) | End::Prefix(_) => 4,
    }
}
