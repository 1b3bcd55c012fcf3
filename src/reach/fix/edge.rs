//! Repairs at the edge of a VPC: gateways, endpoints of services, Block Public Access.

use ipnet::{IpNet, Ipv6Net};

use super::change::{Change, Edge, NEW_EGRESS_ONLY, NEW_NAT, RouteTarget};
use super::propose::{Proposing, is_public};
use crate::model::endpoint::VpcEndpoint;
use crate::model::gateway::GatewayAttachment;
use crate::model::ids::{PrefixListId, RouteTableId, SubnetId};
use crate::model::vpc::{Subnet, Vpc};
use crate::reach::answer::{Check, Kind, Outcome, Step};
use crate::reach::question::End;
use crate::store::{Interface, Ix, OwnerKind, Store, Target};

/// The only services that have gateway endpoints (rule EP-1).
const WITH_GATEWAY_ENDPOINT: [&str; 2] = ["s3", "dynamodb"];

impl Proposing<'_> {
    /// A gateway that is attached to nothing: the one that the route names, else any of the same place.
    pub(super) fn attach_gateway(&self, step: &Step) -> Option<Change> {
        let vpc = match step.component.kind {
            Kind::Vpc => self.store.vpcs.position(&*step.component.id)?,
            _ => self.source().and_then(|one| one.vpc).or(self.target().and_then(|one| one.vpc))?,
        };
        let row = self.store.vpcs.at(vpc);
        let named = |id: &str| step.component.kind == Kind::Vpc || *step.component.id == *id;
        let mut free = self.store.internet_gateways.rows().filter(|(_, one)| {
            let used = one.data.attachments.iter().any(GatewayAttachment::is_attached);
            !used && one.place == row.place && named(one.data.internet_gateway_id.as_str())
        });
        let gateway = free.next()?.1.data.internet_gateway_id.clone();
        Some(Change::Edge(Edge::AttachGateway { gateway, vpc: row.data.vpc_id.clone() }))
    }

    /// Whether the path is one of IPv6.
    pub(super) fn is_v6(&self) -> bool {
        self.path.from.addresses.v4.is_empty() && !self.path.from.addresses.v6.is_empty()
    }

    /// Out with IPv6: by the VPC's egress-only gateway, or a new one; nothing comes in by it.
    pub(super) fn egress_only_route(
        &self,
        table: &RouteTableId,
        here: &Interface,
        replaces: bool,
    ) -> Vec<Change> {
        let Some(vpc) = here.vpc.map(|vpc| &self.store.vpcs.at(vpc).data.vpc_id) else {
            return Vec::new();
        };
        let attached = |one: &&crate::model::gateway::EgressOnlyInternetGateway| {
            one.attachments.iter().any(|one| one.is_attached() && one.vpc_id.as_ref() == Some(vpc))
        };
        let known = self.store.egress_only_internet_gateways.iter().find(attached);
        let known = known.map(|one| one.egress_only_internet_gateway_id.clone());
        let new =
            known.is_none().then(|| Change::Edge(Edge::EgressOnlyGateway { vpc: vpc.clone() }));
        let target = RouteTarget::EgressOnly(known.unwrap_or_else(|| NEW_EGRESS_ONLY.into()));
        let destination = IpNet::V6(Ipv6Net::default());
        let route = Change::Route { table: table.clone(), destination, target, replaces };
        new.into_iter().chain([route]).collect()
    }

    /// A way to an AWS service that does not leave the VPC; nothing where the question is about something else.
    pub(super) fn by_endpoint(&self) -> Option<Vec<Change>> {
        let End::Service(name) = &self.answer.question.to else { return None };
        let (here, place) = self.source().map(|one| (one, self.store.place(one.place)))?;
        let subnet = &self.store.subnets.at(here.subnet?).data;
        let mut ours = self.store.vpc_endpoints.iter().filter(|one| {
            let service = one.service_name.as_deref().unwrap_or_default();
            one.vpc_id == subnet.vpc_id && service.rsplit('.').next() == Some(name)
        });
        let known = ours.find(|one| one.is_available());
        if WITH_GATEWAY_ENDPOINT.contains(&name.as_str()) {
            return self.gateway_endpoint(name, subnet, here, known).map(|change| vec![change]);
        }
        if let Some(known) = known {
            return Some(self.private_names(known));
        }
        if place.region.is_empty() {
            return None;
        }
        let new = Change::Edge(Edge::InterfaceEndpoint {
            vpc: subnet.vpc_id.clone(),
            service: format!("com.amazonaws.{}.{name}", place.region),
            subnet: subnet.subnet_id.clone(),
            client: here.groups.first()?.clone(),
        });
        Some(self.dns_attributes(&subnet.vpc_id).into_iter().chain([new]).collect())
    }

    fn gateway_endpoint(
        &self,
        name: &str,
        subnet: &Subnet,
        here: &Interface,
        known: Option<&VpcEndpoint>,
    ) -> Option<Change> {
        let (list, service) = list_of(self.store, name)?;
        let table = self.store.route_table_of(here.subnet?)?;
        let table = self.store.route_tables.at(table).data.route_table_id.clone();
        let known = known.filter(|one| one.is_gateway() && !one.route_table_ids.contains(&table));
        Some(Change::Edge(Edge::GatewayEndpoint {
            vpc: subnet.vpc_id.clone(),
            service,
            list,
            table,
            endpoint: known.map(|one| one.vpc_endpoint_id.clone()),
        }))
    }

    fn private_names(&self, endpoint: &VpcEndpoint) -> Vec<Change> {
        let off = endpoint.private_dns_enabled != Some(true);
        let id = endpoint.vpc_endpoint_id.clone();
        let names = off.then_some(Change::Edge(Edge::PrivateNames { endpoint: id }));
        self.dns_attributes(&endpoint.vpc_id).into_iter().chain(names).collect()
    }

    fn dns_attributes(&self, vpc: &crate::model::ids::VpcId) -> Option<Change> {
        let told = self.store.rest.vpc_attributes.iter().find(|one| one.vpc_id == *vpc)?;
        let mut both = [&told.enable_dns_support, &told.enable_dns_hostnames].into_iter().flatten();
        let off = both.any(|attribute| !attribute.value);
        off.then(|| Change::Edge(Edge::DnsAttributes { vpc: vpc.clone() }))
    }

    /// A VPC left out of Block Public Access, no more than this way needs.
    pub(super) fn exclusion(&self, step: &Step) -> Option<Change> {
        let vpc = self.store.vpcs.get(&*step.component.id)?.vpc_id.clone();
        let is_egress_only = self.path.forward.steps.iter().any(|step| {
            let kind = step.component.kind;
            matches!(kind, Kind::NatGateway | Kind::EgressOnlyInternetGateway)
                && step.outcome == Outcome::Pass
        });
        Some(Change::Edge(Edge::PublicAccessExclusion { vpc, is_egress_only }))
    }

    /// A function has no public address, whatever its subnet routes to (rule L-2): it belongs into subnets whose default
    /// route leads to a NAT gateway.
    pub(super) fn move_function(&self, here: &Interface) -> Vec<Change> {
        let End::Function(arn) = &self.answer.question.from else { return Vec::new() };
        let (Some(function), Some(vpc)) = (self.store.functions.get(arn), here.vpc) else {
            return Vec::new();
        };
        let with_nat = self.one_per_zone(vpc, |subnet| has_nat(self.store, subnet));
        let (subnets, mut changes) = if with_nat.is_empty() {
            let private = self.one_per_zone(vpc, |subnet| !is_public(self.store, subnet));
            let ways = self.new_nat_for(vpc, &private);
            (private, ways)
        } else {
            (with_nat, Vec::new())
        };
        if subnets.is_empty() {
            return Vec::new();
        }
        changes.push(Change::AttachFunction {
            function: arn.clone(),
            name: function.function_name.clone(),
            subnets,
            groups: here.groups.clone(),
        });
        changes
    }

    /// One NAT gateway, and the default routes of these subnets to it.
    fn new_nat_for(&self, vpc: Ix<Vpc>, subnets: &[SubnetId]) -> Vec<Change> {
        let Some(public) = self.public_subnet(vpc).filter(|_| !subnets.is_empty()) else {
            return Vec::new();
        };
        let subnet = self.store.subnets.at(public).data.subnet_id.clone();
        let vpc = self.store.vpcs.at(vpc).data.vpc_id.clone();
        let mut changes = vec![Change::NatGateway { subnet, vpc }];
        for subnet in subnets.iter().filter_map(|id| self.store.subnets.position(id)) {
            let Some(table) = self.store.route_table_of(subnet) else { continue };
            let route = Change::Route {
                table: self.store.route_tables.at(table).data.route_table_id.clone(),
                destination: IpNet::V4(ipnet::Ipv4Net::default()),
                target: RouteTarget::Nat(NEW_NAT.into()),
                replaces: default_target(self.store, subnet).is_some(),
            };
            if !changes.contains(&route) {
                changes.push(route);
            }
        }
        changes
    }

    /// Whether a NAT gateway was passed on the way out: what its own subnet routes is another matter than the source's.
    pub(super) fn is_behind_nat(&self) -> bool {
        let mut steps = self.path.forward.steps.iter();
        steps.any(|step| step.check == Check::Nat && step.component.kind == Kind::NatGateway)
    }
}

/// Whether somebody can be given a public address of its own.
pub(super) fn may_have_public(interface: &Interface) -> bool {
    matches!(interface.owner.kind, OwnerKind::Instance)
}

fn default_target(store: &Store, subnet: Ix<Subnet>) -> Option<&Target> {
    let routes = store.routes(store.route_table_of(subnet)?)?;
    let mut default = routes.entries().iter().filter(|entry| entry.prefix.prefix_len() == 0);
    default.find(|entry| entry.prefix.addr().is_ipv4()).map(|entry| &entry.target)
}

fn has_nat(store: &Store, subnet: Ix<Subnet>) -> bool {
    let Some(Target::NatGateway(id)) = default_target(store, subnet) else { return false };
    store.nat_gateways.get(id.as_str()).is_some_and(|nat| !nat.is_private())
}

/// The prefix list of a service and the service's full name.
fn list_of(store: &Store, name: &str) -> Option<(PrefixListId, String)> {
    let regions = store.source().regions.iter().map(|region| &region.resources);
    let plain = regions.clone().flat_map(|one| &one.prefix_lists);
    let plain = plain.map(|one| (&one.prefix_list_id, one.prefix_list_name.as_deref()));
    let managed = regions.flat_map(|one| &one.managed_prefix_lists);
    let managed = managed.map(|one| (&one.prefix_list_id, one.prefix_list_name.as_deref()));
    plain.chain(managed).find_map(|(id, list)| {
        let list = list.filter(|one| one.starts_with("com.amazonaws."))?;
        (list.rsplit('.').next() == Some(name)).then(|| (id.clone(), list.to_owned()))
    })
}
