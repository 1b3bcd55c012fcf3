//! Interfaces, and instances through theirs: who it is, where its packets go, what filters them.

use super::sheet::{Sheet, Text, Tone, dim, label, state};
use super::{acl, routing, rules};
use crate::model::ids::SecurityGroupId;
use crate::model::instance::InstanceStateName;
use crate::model::vpc::Subnet;
use crate::store::{Condition, Interface, InterfaceIx, Ix, Origin, OwnerKind, Store};

/// An interface.
pub(super) fn interface(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(at) = store.interfaces.position(id) else { return };
    let interface = store.interface(at);
    sheet.title(interface.owner.kind.word(), &interface.owner.name);
    used_by(store, interface, sheet);
    sheet.fact("interface", identity(interface));
    addresses(interface, sheet);
    condition(interface, sheet);
    place(store, interface, sheet);
    groups(store, &interface.groups, sheet);
    network(store, &[at], sheet);
    related(store, interface, sheet);
}

/// An instance.
pub(super) fn instance(store: &Store, id: &str, sheet: &mut Sheet) {
    instance_facts(store, id, sheet);
    let interfaces = store.interfaces_of_instance(&id.into());
    with_interfaces(store, interfaces, sheet);
}

/// What is the same for whatever has interfaces: their list, and what filters and routes their traffic.
pub(super) fn with_interfaces(store: &Store, interfaces: &[InterfaceIx], sheet: &mut Sheet) {
    if interfaces.is_empty() {
        return;
    }
    groups(store, &carried(store, interfaces), sheet);
    sheet.list("Interfaces", interfaces, |sheet, at| interface_row(store, *at, sheet));
    network(store, interfaces, sheet);
}

fn carried(store: &Store, interfaces: &[InterfaceIx]) -> Vec<SecurityGroupId> {
    let mut groups: Vec<SecurityGroupId> = Vec::new();
    for group in interfaces.iter().flat_map(|at| &store.interface(*at).groups) {
        if !groups.contains(group) {
            groups.push(group.clone());
        }
    }
    groups
}

/// What filters the traffic of interfaces, and the tables and ACLs of their subnets, each once.
fn network(store: &Store, interfaces: &[InterfaceIx], sheet: &mut Sheet) {
    let filtered = interfaces.iter().any(|at| store.interface(*at).is_filtered());
    if filtered {
        rules::merged(store, &carried(store, interfaces), sheet);
    }
    let subnets = interfaces.iter().filter_map(|at| store.interface(*at).subnet);
    let mut seen = Vec::new();
    for subnet in subnets {
        let uses: (_, _) = (store.route_table_of(subnet), store.acl_of(subnet));
        if !seen.contains(&uses) {
            seen.push(uses);
            of_subnet(store, subnet, sheet);
        }
    }
}

fn of_subnet(store: &Store, subnet: Ix<Subnet>, sheet: &mut Sheet) {
    routing::of_subnet(store, subnet, sheet);
    acl::of_subnet(store, subnet, sheet);
}

/// An interface in a row: who uses it, its address, its id.
pub(super) fn interface_row(store: &Store, at: InterfaceIx, sheet: &mut Sheet) {
    let interface = store.interface(at);
    let address = interface.primary().map(|address| address.to_string());
    let prefix = || interface.prefixes.first().map(|prefix| format!("one of {prefix}"));
    let address = address.or_else(prefix).unwrap_or_default();
    let subnet = interface.subnet.map(|at| store.subnets[at].data.subnet_id.to_string());
    let place = subnet.map(|id| label(store, &id).plain()).unwrap_or_default();
    let user = Text::of(Tone::Strong, &*interface.owner.name)
        .with(Tone::Dim, format!("  {}", interface.owner.kind.word()));
    sheet.row_to(store, interface.id.as_str(), [user, Text::from(address), dim(place)]);
}

fn used_by(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    let owner = &interface.owner;
    match owner.kind {
        OwnerKind::Instance => instance_facts(store, &owner.id, sheet),
        OwnerKind::Function => super::function::facts(store, &owner.id, sheet),
        OwnerKind::Database => super::database::facts(store, &owner.id, sheet),
        OwnerKind::Nobody => {}
        kind => {
            let known = store.directory().by_id(&owner.id).is_some();
            let id = if known { &*owner.id } else { &*owner.name };
            sheet.refer(store, last_word(kind), id);
        }
    }
    if !owner.also.is_empty() {
        sheet.fact("shared with", owner.also.join(", "));
    }
}

/// The last word of a kind, short enough for the column of words.
fn last_word(kind: OwnerKind) -> &'static str {
    let words = kind.word();
    words.rsplit_once(' ').filter(|_| words.len() > 11).map_or(words, |(_, last)| last)
}

fn instance_facts(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(instance) = store.instances.get(id) else {
        let unknown = Text::of(Tone::Unknown, "  ? not described");
        sheet.refer_with(store, "instance", id, unknown);
        return;
    };
    sheet.refer(store, "instance", id);
    let name = instance.state.as_ref().map(|state| &state.name);
    let kind = instance.instance_type.as_deref().unwrap_or_default();
    let platform = instance.platform_details.as_deref().unwrap_or_default();
    let known = state(name.map(InstanceStateName::as_str), &["running"]);
    let unknown = || Text::of(Tone::Unknown, "? state unknown");
    let text = known.unwrap_or_else(unknown);
    sheet.fact("", text.with(Tone::Dim, format!("  {kind}  {platform}")));
}

fn identity(interface: &Interface) -> Text {
    match interface.origin {
        Origin::Listed => Text::from(interface.id.as_str()),
        Origin::FunctionConfig => {
            dim("not listed by AWS; taken from the function's VPC configuration")
        }
        Origin::DatabaseConfig => dim("not listed by AWS; taken from the database's subnet group"),
        Origin::ServiceConfig => dim("not listed by AWS; taken from the service's configuration"),
    }
}

fn addresses(interface: &Interface, sheet: &mut Sheet) {
    let own = interface.addresses.iter().map(|own| {
        let public = own.public.map(|public| format!("{public}"));
        let text = Text::of(Tone::Strong, own.private.to_string());
        match public {
            Some(public) => text.with(Tone::Dim, "  public ").with(Tone::Strong, public),
            None => text,
        }
    });
    let any = if interface.is_virtual() { "one of " } else { "all of " };
    let prefixes = interface.prefixes.iter();
    let prefixes = prefixes.map(|prefix| dim(any).with(Tone::Text, prefix.to_string()));
    let words = std::iter::once("address").chain(std::iter::repeat(""));
    words.zip(own.chain(prefixes)).for_each(|(word, text)| sheet.fact(word, text));
}

fn condition(interface: &Interface, sheet: &mut Sheet) {
    let text = match &interface.condition {
        Condition::Working => None,
        Condition::Detached => Some("attached to nothing: carries no traffic".to_owned()),
        Condition::InstanceNotRunning(state) => Some(format!("its instance is {state}")),
        Condition::InstanceUnknown => Some("the state of its instance is not known".to_owned()),
        Condition::NotTold => Some("whether it is attached is not known".to_owned()),
    };
    sheet.fact_if("state", text.map(|text| Text::of(Tone::Warn, format!("! {text}"))));
    if !interface.source_dest_check {
        let text = "source/destination check is off: it may pass on what is not its own";
        sheet.fact("forwards", text);
    }
}

fn place(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    if let Some(subnet) = interface.subnet {
        let subnet = &store.subnets[subnet].data;
        let cidr = subnet.cidr_block.map(|cidr| format!("  {cidr}")).unwrap_or_default();
        sheet.refer_with(store, "subnet", subnet.subnet_id.as_str(), dim(cidr));
    }
    if let Some(vpc) = interface.vpc {
        sheet.refer(store, "vpc", store.vpcs[vpc].data.vpc_id.as_str());
    }
}

fn groups(store: &Store, groups: &[SecurityGroupId], sheet: &mut Sheet) {
    if groups.is_empty() {
        sheet.fact("groups", dim("none: no security group filters its traffic"));
    }
    let words = std::iter::once("groups").chain(std::iter::repeat(""));
    words.zip(groups).for_each(|(word, id)| sheet.refer(store, word, id.as_str()));
}

/// Other interfaces that carry one of its groups: what a reference to the group covers together with it.
fn related(store: &Store, interface: &Interface, sheet: &mut Sheet) {
    for group in &interface.groups {
        let others = store.members(group).iter();
        let others = others.filter(|at| store.interface(**at).id != interface.id);
        let heading = format!("Also in {}", label(store, group.as_str()).plain());
        sheet.list(&heading, others, |sheet, at| interface_row(store, *at, sheet));
    }
}
