//! What a rule covers now, written out.

use super::{Covered, Covers, Interface};
use crate::model::ids::SecurityGroupId;
use crate::report::words;
use crate::store::coverage::{By, Covered as StoreCovered, Nothing, coverage};
use crate::store::{Direction, InterfaceIx, Link, Peer, Store};

/// How many interfaces the short text names.
const NAMED: usize = 3;

/// What the source or destination of a rule in `group` covers now.
pub(super) fn covers(
    store: &Store,
    group: &SecurityGroupId,
    direction: Direction,
    peer: &Peer,
) -> Covers {
    let now = coverage(store, group, direction, peer);
    let written = |all: &[StoreCovered]| -> Vec<Covered> {
        all.iter().map(|one| covered(store, one)).collect()
    };
    let interfaces = written(&now.interfaces);
    let reference = matches!(peer, Peer::Group(_));
    let text = match &now.nothing {
        _ if now.anyone => "anyone".to_owned(),
        Some(nothing) => why(nothing, now.out_of_reach.len()),
        None => named(&interfaces),
    };
    Covers {
        anyone: now.anyone,
        count: interfaces.len(),
        interfaces,
        out_of_reach: if reference { written(&now.out_of_reach) } else { Vec::new() },
        out_of_reach_count: now.out_of_reach.len(),
        nothing: now.nothing.as_ref().map(code),
        text,
    }
}

/// One interface with its user and address.
pub(super) fn interface(store: &Store, at: InterfaceIx) -> Interface {
    let interface = store.interface(at);
    let place = &store.place(interface.place).account;
    let primary = interface.primary().map(|address| address.to_string());
    let prefix = || interface.prefixes.first().map(ToString::to_string);
    Interface {
        id: interface.id.to_string(),
        kind: words::owner(interface.owner.kind),
        owner: interface.owner.name.to_string(),
        address: primary.or_else(prefix).unwrap_or_default(),
        subnet: interface.subnet.map(|at| store.subnets[at].data.subnet_id.to_string()),
        vpc: interface.vpc.map(|at| store.vpcs[at].data.vpc_id.to_string()),
        account: (!place.is_empty()).then(|| place.to_string()),
    }
}

fn covered(store: &Store, one: &StoreCovered) -> Covered {
    let (by, address) = match one.by {
        By::Group => ("group", None),
        By::Address(address) => ("address", Some(address.to_string())),
        By::Prefix => ("prefix", None),
        By::PartOfPrefix => ("part-of-prefix", None),
    };
    let link = match one.link {
        Link::Same => "same-vpc",
        Link::Peering(_) => "peering",
        Link::TransitGateway(_) => "transit-gateway",
        Link::Unknown => "unknown",
        Link::None => "none",
    };
    Covered { interface: interface(store, one.interface), by, address, link }
}

fn named(interfaces: &[Covered]) -> String {
    let shown = interfaces.iter().take(NAMED).map(|one| {
        let address = one.address.as_ref().unwrap_or(&one.interface.address);
        let perhaps = if one.by == "part-of-prefix" { " (perhaps)" } else { "" };
        format!("{} {address}{perhaps}", label(&one.interface))
    });
    let shown: Vec<_> = shown.collect();
    let more = interfaces.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    format!("covers {} now: {}{more}", interfaces.len(), shown.join(", "))
}

fn label(interface: &Interface) -> String {
    let name = if interface.owner.is_empty() { &interface.id } else { &interface.owner };
    format!("{} {name}", interface.kind)
}

fn why(nothing: &Nothing, out_of_reach: usize) -> String {
    match nothing {
        Nothing::GroupGone => "stale: the group is gone".to_owned(),
        Nothing::PeeringNotActive(state) => format!("stale: the peering is {state}"),
        Nothing::Stale => "stale: AWS reports that it refers to nothing".to_owned(),
        Nothing::NoMembers => "covers 0 now: no interface carries the group".to_owned(),
        Nothing::OtherAccount(account) => format!("not visible: account {account} is not loaded"),
        Nothing::GroupsUnknown => "not visible: security groups are not loaded".to_owned(),
        Nothing::OutOfReach => {
            let interfaces = words::counted(out_of_reach, "interface");
            format!("covers 0 now: {interfaces} not in reach of this VPC")
        }
        Nothing::NoSuchAddress => "no interface of yours".to_owned(),
        Nothing::ListUnknown => "not visible: the entries of the list are not loaded".to_owned(),
    }
}

fn code(nothing: &Nothing) -> &'static str {
    match nothing {
        Nothing::GroupGone => "group-gone",
        Nothing::PeeringNotActive(_) => "peering-not-active",
        Nothing::Stale => "stale",
        Nothing::NoMembers => "no-members",
        Nothing::OtherAccount(_) => "other-account",
        Nothing::GroupsUnknown => "groups-unknown",
        Nothing::OutOfReach => "out-of-reach",
        Nothing::NoSuchAddress => "no-such-address",
        Nothing::ListUnknown => "list-unknown",
    }
}
