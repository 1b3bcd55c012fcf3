//! Ends that are one of many, and which one is not in the data: where not all come out alike, nobody knows (rules L-4,
//! R-3, EP-4).

use crate::model::catalogue::Envelope;
use crate::reach::Verdict;
use crate::reach::answer::{
    Check, Component, Kind, Outcome, PathAnswer, Point, Reason, Said, Step,
};
use crate::reach::aws_service;
use crate::reach::code::Code;
use crate::reach::question::End;
use crate::store::{Knowledge, Store};

/// An end that is one of many, and what would tell which.
pub(super) struct Doubt {
    end: Component,
    reason: Reason,
}

/// An interface of a function or a database that may have any address of its subnet, though AWS could tell which.
pub(super) fn interface(store: &Store, point: &Point) -> Option<Doubt> {
    let interface = store.interface(point.site.interface()?);
    let lacks = Envelope::NetworkInterfaces;
    let is_lacking = store.place(interface.place).knowledge(lacks) != Knowledge::Complete;
    let end = Component::new(Kind::NetworkInterface, &interface.id);
    (interface.is_virtual() && is_lacking).then_some(Doubt { end, reason: Reason::Lacks(lacks) })
}

/// A database that may be in one of several subnets, though AWS could tell which; a service that may be at any address of
/// the internet; an endpoint of a proxy whose interfaces may be another endpoint's.
pub(super) fn candidate(store: &Store, end: &End, points: &[Point]) -> Option<Doubt> {
    match end {
        End::Database(_) if points.len() > 1 => interface(store, points.first()?),
        End::Service(name) if !aws_service::is_listed(store, name) => {
            let end = Component::new(Kind::Service, name);
            Some(Doubt { end, reason: Reason::Lacks(Envelope::PrefixLists) })
        }
        End::Proxy(arn) if store.shares_proxy_interfaces(arn.as_str()) => {
            let end = Component::new(Kind::Database, arn);
            Some(Doubt { end, reason: Reason::Said(Said::OneOfSeveralEndpoints) })
        }
        _ => None,
    }
}

impl Doubt {
    /// Where not all ways come out alike, it is not known which of them it is.
    pub(super) fn which(&self, paths: &mut [PathAnswer]) {
        let Some(first) = paths.first().map(|path| path.verdict) else { return };
        if paths.iter().all(|path| path.verdict == first) {
            return;
        }
        for path in paths {
            path.verdict = Verdict::Unknown;
            path.forward.unknown = true;
            path.forward.steps.push(Step {
                check: Check::Endpoint,
                component: self.end.clone(),
                outcome: Outcome::Unknown,
                code: Some(Code::UnknownResource),
                rule: None,
                reason: self.reason.clone(),
            });
        }
    }
}
