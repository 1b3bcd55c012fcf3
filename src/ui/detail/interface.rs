//! Details of an interface and of whoever uses it, and of resources without one.

use super::sheet::{Sheet, named};
use super::{database, function, network};
use crate::model::instance::{Instance, InstanceStateName};
use crate::model::tag;
use crate::store::tree::Node;
use crate::store::{Condition, Interface, Origin, OwnerKind, Store};
use crate::ui::glyphs;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// An interface.
pub fn sheet(store: &Store, node: &Node) -> Sheet {
    let mut sheet = Sheet::default();
    let Some(at) = store.interfaces.position(&*node.id) else { return sheet };
    let interface = store.interface(at);
    used_by(store, interface, &mut sheet);
    sheet.line("interface", identity(interface));
    addresses(interface, &mut sheet);
    condition(interface, &mut sheet);
    place(store, interface, &mut sheet);
    groups(store, interface, &mut sheet);
    if let Some(subnet) = interface.subnet {
        network::routes(store, subnet, &mut sheet);
        network::acl(store, subnet, &mut sheet);
    }
    related(store, interface, &mut sheet);
    sheet
}

/// Something without an interface.
pub fn resource(store: &Store, node: &Node) -> Sheet {
    let mut sheet = Sheet::default();
    match node.detail.owner {
        Some(OwnerKind::Function) => {
            function::facts(store, &node.id, &mut sheet);
            sheet.heading("Network", "in no VPC");
            sheet.note(
                "It runs in a network of AWS: it reaches the internet and public endpoints, from addresses that \
                 change, and no private address of yours. No security group of yours is asked for what it sends.",
            );
        }
        Some(OwnerKind::Database) => database::facts(store, &node.id, &mut sheet),
        _ => sheet.fact("id", &*node.id),
    }
    sheet
}

fn used_by(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    let owner = &interface.owner;
    match owner.kind {
        OwnerKind::Function => function::facts(store, &owner.id, sheet),
        OwnerKind::Database => database::facts(store, &owner.id, sheet),
        OwnerKind::Instance => instance(store, &owner.id, sheet),
        kind => {
            let line = named(
                Some(&owner.name).map(|name| &**name).filter(|name| !name.is_empty()),
                &owner.id,
            );
            sheet.line(&word(kind), line);
        }
    }
    if !owner.also.is_empty() {
        sheet.fact("shared with", owner.also.join(", "));
    }
}

/// The last word of a kind, short enough for the column of words.
fn word(kind: OwnerKind) -> String {
    let words = glyphs::owner_word(kind);
    let short = words.rsplit_once(' ').filter(|_| words.len() > 11).map_or(words, |(_, last)| last);
    short.to_owned()
}

fn instance(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(instance) = store.instances.get(id) else {
        sheet.line("instance", Line::of(Role::Strong, id).with(Role::Unknown, "  not described"));
        return;
    };
    sheet.line("instance", named(tag::name(&instance.tags), id));
    sheet.line("", instance_state(instance));
}

fn instance_state(instance: &Instance) -> Line {
    let state = instance.state.as_ref().map(|state| &state.name);
    let running = state == Some(&InstanceStateName::Running);
    let role = if running { Role::Good } else { Role::Warn };
    let kind = instance.instance_type.as_deref().unwrap_or_default();
    let platform = instance.platform_details.as_deref().unwrap_or_default();
    let state = state.map_or("state unknown", InstanceStateName::as_str);
    Line::of(role, state).with(Role::Dim, format!("  {kind}  {platform}"))
}

fn identity(interface: &Interface) -> Line {
    let why = match interface.origin {
        Origin::Listed => return Line::of(Role::Text, interface.id.as_str()),
        Origin::FunctionConfig => "not listed by AWS; taken from the function's VPC configuration",
        Origin::DatabaseConfig => "not listed by AWS; taken from the database's subnet group",
        Origin::ServiceConfig => "not listed by AWS; taken from the service's configuration",
    };
    Line::of(Role::Dim, why)
}

fn addresses(interface: &Interface, sheet: &mut Sheet) {
    for (number, own) in interface.addresses.iter().enumerate() {
        let word = if number == 0 { "address" } else { "" };
        let line = Line::of(Role::Strong, own.private.to_string());
        sheet.line(
            word,
            match own.public {
                Some(public) => {
                    line.with(Role::Dim, "  public ").with(Role::Accent, public.to_string())
                }
                None => line,
            },
        );
    }
    for (number, prefix) in interface.prefixes.iter().enumerate() {
        let word = if number == 0 && interface.addresses.is_empty() { "address" } else { "" };
        let any = if interface.is_virtual() { "one of " } else { "all of " };
        sheet.line(word, Line::of(Role::Dim, any).with(Role::Text, prefix.to_string()));
    }
}

fn condition(interface: &Interface, sheet: &mut Sheet) {
    let text = match &interface.condition {
        Condition::Working => None,
        Condition::Detached => Some("attached to nothing: carries no traffic".to_owned()),
        Condition::InstanceNotRunning(state) => Some(format!("its instance is {state}")),
        Condition::InstanceUnknown => Some("the state of its instance is not known".to_owned()),
    };
    if let Some(text) = text {
        sheet.line("state", Line::of(Role::Warn, format!("! {text}")));
    }
    if !interface.source_dest_check {
        sheet.fact(
            "forwards",
            "source/destination check is off: it may pass on what is not its own",
        );
    }
}

fn place(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    if let Some(subnet) = interface.subnet {
        let subnet = &store.subnets[subnet].data;
        let cidr = subnet.cidr_block.map(|cidr| format!("  {cidr}")).unwrap_or_default();
        let name = named(tag::name(&subnet.tags), subnet.subnet_id.as_str());
        sheet.line("subnet", name.with(Role::Dim, cidr));
    }
    if let Some(vpc) = interface.vpc {
        let vpc = &store.vpcs[vpc].data;
        sheet.line("vpc", named(tag::name(&vpc.tags), vpc.vpc_id.as_str()));
    }
}

fn groups(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    if interface.groups.is_empty() {
        sheet.line("groups", Line::of(Role::Dim, "none: no security group filters its traffic"));
    }
    for (number, id) in interface.groups.iter().enumerate() {
        let word = if number == 0 { "groups" } else { "" };
        let group = store.security_groups.get(id).map(|group| group.group_name.as_str());
        sheet.line(word, named(group, id.as_str()));
    }
}

/// Other interfaces that carry one of its groups: what a reference to the group covers together with it.
fn related(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    for group in &interface.groups {
        let others = store.members(group).iter().map(|at| store.interface(*at));
        let others: Vec<_> = others.filter(|other| other.id != interface.id).collect();
        if others.is_empty() {
            continue;
        }
        let name =
            store.security_groups.get(group).map_or(group.as_str(), |group| &group.group_name);
        sheet.heading(format!("Also in {name}"), "");
        for other in others.iter().take(SHOWN) {
            let address = other.primary().map(|address| address.to_string());
            let glyph = glyphs::owner(other.owner.kind);
            let line =
                Line::of(Role::Accent, format!("{glyph} ")).with(Role::Text, &*other.owner.name);
            sheet.row(line.with(Role::Dim, format!("  {}", address.unwrap_or_default())));
        }
        if others.len() > SHOWN {
            sheet.row(Line::of(Role::Dim, format!("and {} more", others.len() - SHOWN)));
        }
    }
}

/// How many related interfaces are listed.
const SHOWN: usize = 12;
