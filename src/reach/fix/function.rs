//! Repairs of where a function runs: into a VPC, into other subnets of it.

use ipnet::{IpNet, Ipv4Net};

use super::change::{Change, NEW_GROUP, NEW_NAT, RouteTarget};
use super::propose::Proposing;
use super::ways::is_public;
use crate::model::ids::{Arn, SecurityGroupId, SubnetId};
use crate::model::lambda::Function;
use crate::model::vpc::{Subnet, Vpc};
use crate::reach::question::End;
use crate::store::{Interface, Ix, OwnerKind, Peer, Store, Target};

impl Proposing<'_> {
    /// Into the target's VPC, into its private subnets in different zones, with a group that the target lets in already
    /// where there is one, else with a new one.
    pub(super) fn attach(&self) -> Vec<Change> {
        self.attached().unwrap_or_default()
    }

    fn attached(&self) -> Option<Vec<Change>> {
        let End::Function(arn) = &self.answer.question.from else { return None };
        let function = self.function(arn).filter(|one| one.attached().is_none())?;
        let target = self.target()?;
        let vpc = target.vpc?;
        let subnets = self.one_per_zone(vpc, |subnet| !is_public(self.store, subnet));
        let (function, name) = (arn.clone(), function.function_name.clone());
        let known = self.group_for_function(target);
        let new = known.is_none().then(|| Change::NewGroup {
            vpc: self.store.vpcs.at(vpc).data.vpc_id.clone(),
            name: name.clone(),
        });
        let groups = vec![known.unwrap_or_else(|| NEW_GROUP.into())];
        let attach = Change::AttachFunction { function, name, subnets, groups };
        Some(new.into_iter().chain([attach]).collect())
    }

    /// A function that can be changed: a published version stays as it is.
    fn function(&self, arn: &Arn) -> Option<&Function> {
        self.store.functions.get(arn).filter(|one| one.published().is_none())
    }

    /// A function has no public address, whatever its subnet routes to (rule L-2): it belongs into subnets whose default
    /// route leads to a NAT gateway.
    pub(super) fn move_function(&self, here: &Interface) -> Vec<Change> {
        let End::Function(arn) = &self.answer.question.from else { return Vec::new() };
        let (Some(function), Some(vpc)) = (self.function(arn), here.vpc) else {
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
                destination: IpNet::V4(Ipv4Net::default()),
                target: RouteTarget::Nat(NEW_NAT.into()),
                replaces: default_target(self.store, subnet).is_some(),
            };
            if !changes.contains(&route) {
                changes.push(route);
            }
        }
        changes
    }

    /// One subnet of each zone.
    pub(super) fn one_per_zone(
        &self,
        vpc: Ix<Vpc>,
        wanted: impl Fn(Ix<Subnet>) -> bool,
    ) -> Vec<SubnetId> {
        let subnets = self.store.topology().subnets(vpc).iter();
        let wanted = subnets.filter(|subnet| wanted(**subnet));
        let mut zones = Vec::new();
        let chosen = wanted.map(|subnet| &self.store.subnets.at(*subnet).data).filter(|subnet| {
            let new = !zones.contains(&subnet.availability_zone);
            zones.push(subnet.availability_zone.clone());
            new
        });
        chosen.map(|subnet| subnet.subnet_id.clone()).collect()
    }

    /// A group of other functions of the VPC, else one that the target's rules refer to; never the target's own.
    fn group_for_function(&self, target: &Interface) -> Option<SecurityGroupId> {
        let functions = self
            .store
            .interfaces
            .iter()
            .filter(|one| one.vpc == target.vpc && one.owner.kind == OwnerKind::Function);
        let used =
            functions.flat_map(|one| one.groups.iter()).find(|id| !target.groups.contains(id));
        let referred = || {
            let rules = target.groups.iter().filter_map(|id| self.store.group_rules(id));
            rules.flat_map(|rules| &rules.ingress).find_map(|rule| match &rule.peer {
                Peer::Group(reference) if !target.groups.contains(&reference.group) => {
                    Some(&reference.group)
                }
                _ => None,
            })
        };
        used.or_else(referred).cloned()
    }
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
