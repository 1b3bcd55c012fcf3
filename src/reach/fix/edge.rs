//! Repairs at the edge of a VPC: gateways, endpoints of services, Block Public Access.

use ipnet::IpNet;

use super::change::{Change, Edge, NEW_EGRESS_ONLY, RouteTarget};
use super::propose::Proposing;
use crate::model::endpoint::VpcEndpoint;
use crate::model::gateway::GatewayAttachment;
use crate::model::ids::{PrefixListId, RouteTableId};
use crate::model::vpc::Subnet;
use crate::reach::answer::{Kind, Outcome, Step};
use crate::reach::question::End;
use crate::store::{Interface, OwnerKind, Store};

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

    /// Out with IPv6: by the VPC's egress-only gateway, or a new one; nothing comes in by it.
    pub(super) fn egress_only_route(
        &self,
        table: &RouteTableId,
        here: &Interface,
        destination: IpNet,
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
        let off = both.any(|attribute| attribute.value == Some(false));
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
}

/// Whether somebody can be given a public address of its own.
pub(super) fn may_have_public(interface: &Interface) -> bool {
    matches!(interface.owner.kind, OwnerKind::Instance)
}

/// The prefix list of a service and the service's full name.
pub(super) fn list_of(store: &Store, name: &str) -> Option<(PrefixListId, String)> {
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
