//! What is where: subnets of VPCs, interfaces of subnets, addresses, members of groups, tables and ACLs of subnets.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;

use super::interface::{Interface, InterfaceIx};
use super::owner::OwnerKind;
use super::table::{Ix, Table};
use super::{Knowledge, Map, Row, Store};
use crate::model::catalogue::Envelope;
use crate::model::gateway::InternetGateway;
use crate::model::ids::{InstanceId, NetworkInterfaceId, SecurityGroupId};
use crate::model::network_acl::NetworkAcl;
use crate::model::route_table::{RouteTable, RouteTableAssociation};
use crate::model::vpc::{Subnet, Vpc};

/// The indexes that join the tables.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    subnets_of_vpc: Vec<Vec<Ix<Subnet>>>,
    subnet_cidrs_of_vpc: Vec<Vec<(IpNet, Ix<Subnet>)>>,
    interfaces_of_subnet: Vec<Vec<InterfaceIx>>,
    main_table_of_vpc: Vec<Option<Ix<RouteTable>>>,
    table_of_subnet: Vec<Option<Ix<RouteTable>>>,
    acl_of_subnet: Vec<Option<Ix<NetworkAcl>>>,
    edge_table_of_gateway: Map<String, Ix<RouteTable>>,
    gateway_of_vpc: Vec<Option<Ix<InternetGateway>>>,
    members: Map<SecurityGroupId, Vec<InterfaceIx>>,
    private: Map<(Ix<Vpc>, IpAddr), InterfaceIx>,
    delegated: Vec<(Ix<Vpc>, IpNet, InterfaceIx)>,
    public: Map<IpAddr, (InterfaceIx, IpAddr)>,
    of_instance: Map<InstanceId, Vec<InterfaceIx>>,
    of_service: Map<String, Vec<InterfaceIx>>,
}

impl Topology {
    /// Joins the tables of `store`; `of_service` is what the join of functions and databases found.
    pub(super) fn build(store: &Store, of_service: Map<String, Vec<InterfaceIx>>) -> Self {
        let mut topology = Self { of_service, ..Self::default() };
        topology.place_subnets(store);
        topology.place_tables(store);
        topology.place_interfaces(store);
        topology.place_gateways(store);
        topology
    }

    /// The subnets of a VPC.
    pub fn subnets(&self, vpc: Ix<Vpc>) -> &[Ix<Subnet>] {
        self.subnets_of_vpc.get(vpc.number()).map_or(&[], Vec::as_slice)
    }

    /// The interfaces in a subnet.
    pub fn interfaces(&self, subnet: Ix<Subnet>) -> &[InterfaceIx] {
        self.interfaces_of_subnet.get(subnet.number()).map_or(&[], Vec::as_slice)
    }

    /// The subnet of a VPC that an address belongs to.
    pub fn subnet_at(&self, vpc: Ix<Vpc>, address: IpAddr) -> Option<Ix<Subnet>> {
        let cidrs = self.subnet_cidrs_of_vpc.get(vpc.number())?;
        cidrs.iter().find(|(cidr, _)| cidr.contains(&address)).map(|(_, subnet)| *subnet)
    }

    /// The table that serves a subnet.
    pub fn route_table_of(&self, subnet: Ix<Subnet>) -> Option<Ix<RouteTable>> {
        self.table_of_subnet.get(subnet.number()).copied().flatten()
    }

    /// The main table of a VPC.
    pub fn main_table_of(&self, vpc: Ix<Vpc>) -> Option<Ix<RouteTable>> {
        self.main_table_of_vpc.get(vpc.number()).copied().flatten()
    }

    /// The edge table of a gateway (rule RT-6).
    pub fn edge_table_of(&self, gateway: &str) -> Option<Ix<RouteTable>> {
        self.edge_table_of_gateway.get(gateway).copied()
    }

    /// The internet gateway that is attached to a VPC.
    pub fn internet_gateway_of(&self, vpc: Ix<Vpc>) -> Option<Ix<InternetGateway>> {
        self.gateway_of_vpc.get(vpc.number()).copied().flatten()
    }

    /// The ACL that serves a subnet.
    pub fn acl_of(&self, subnet: Ix<Subnet>) -> Option<Ix<NetworkAcl>> {
        self.acl_of_subnet.get(subnet.number()).copied().flatten()
    }

    /// The interfaces that carry a group.
    pub fn members(&self, group: &SecurityGroupId) -> &[InterfaceIx] {
        self.members.get(group).map_or(&[], Vec::as_slice)
    }

    /// The interface that has this private address in this VPC, by itself or by a delegated prefix.
    pub fn by_private(&self, vpc: Ix<Vpc>, address: IpAddr) -> Option<InterfaceIx> {
        self.private.get(&(vpc, address)).copied().or_else(|| {
            let mut delegated = self.delegated.iter();
            let found = delegated.find(|(at, net, _)| *at == vpc && net.contains(&address));
            found.map(|(.., interface)| *interface)
        })
    }

    /// The interface and private address behind a public address.
    pub fn by_public(&self, address: IpAddr) -> Option<(InterfaceIx, IpAddr)> {
        self.public.get(&address).copied()
    }

    /// The interfaces of an instance.
    pub fn of_instance(&self, instance: &InstanceId) -> &[InterfaceIx] {
        self.of_instance.get(instance).map_or(&[], Vec::as_slice)
    }

    /// The interfaces of a service's resource, by ARN or id.
    pub fn of_service(&self, id: impl AsRef<str>) -> &[InterfaceIx] {
        self.of_service.get(id.as_ref()).map_or(&[], Vec::as_slice)
    }

    fn place_subnets(&mut self, store: &Store) {
        self.subnets_of_vpc = vec![Vec::new(); store.vpcs.len()];
        self.subnet_cidrs_of_vpc = vec![Vec::new(); store.vpcs.len()];
        for (subnet, row) in store.subnets.rows() {
            let Some(vpc) = store.vpcs.position(&row.data.vpc_id) else { continue };
            let v4 = row.data.cidr_block.map(IpNet::V4);
            let cidrs = v4.into_iter().chain(row.data.ipv6_cidrs().map(IpNet::V6));
            self.subnets_of_vpc[vpc.number()].push(subnet);
            self.subnet_cidrs_of_vpc[vpc.number()].extend(cidrs.map(|cidr| (cidr, subnet)));
        }
    }

    fn place_tables(&mut self, store: &Store) {
        self.main_table_of_vpc = vec![None; store.vpcs.len()];
        let mut explicit: Map<Ix<Subnet>, Ix<RouteTable>> = Map::default();
        for (table, row) in store.route_tables.rows() {
            for association in row.data.associations.iter().filter(|a| in_force(a)) {
                let main = store.vpcs.position(&row.data.vpc_id).filter(|_| association.main);
                if let Some(vpc) = main {
                    self.main_table_of_vpc[vpc.number()] = Some(table);
                }
                let subnet = association.subnet_id.as_ref();
                explicit
                    .extend(subnet.and_then(|id| store.subnets.position(id)).map(|at| (at, table)));
                self.edge_table_of_gateway
                    .extend(association.gateway_id.clone().map(|id| (id, table)));
            }
        }
        let main = |vpc_id| {
            store
                .vpcs
                .position(vpc_id)
                .and_then(|vpc: Ix<Vpc>| self.main_table_of_vpc[vpc.number()])
        };
        let tables = store.subnets.rows().map(|(at, row)| {
            let others = has_all(store, row, Envelope::RouteTables).then(|| main(&row.data.vpc_id));
            explicit.get(&at).copied().or(others.flatten())
        });
        self.table_of_subnet = tables.collect();
        self.place_acls(store);
    }

    fn place_acls(&mut self, store: &Store) {
        let mut default_of_vpc: Map<_, Ix<NetworkAcl>> = Map::default();
        let mut explicit: Map<Ix<Subnet>, Ix<NetworkAcl>> = Map::default();
        for (acl, row) in store.network_acls.rows() {
            if row.data.is_default {
                default_of_vpc.insert(row.data.vpc_id.clone(), acl);
            }
            let subnets = row.data.associations.iter().filter_map(|a| a.subnet_id.as_ref());
            explicit.extend(subnets.filter_map(|id| Some((store.subnets.position(id)?, acl))));
        }
        let of_subnet = store.subnets.rows().map(|(at, row)| {
            let is_told = has_all(store, row, Envelope::NetworkAcls);
            let others = default_of_vpc.get(&row.data.vpc_id).filter(|_| is_told);
            explicit.get(&at).or(others).copied()
        });
        self.acl_of_subnet = of_subnet.collect();
    }

    fn place_interfaces(&mut self, store: &Store) {
        self.interfaces_of_subnet = vec![Vec::new(); store.subnets.len()];
        for (at, row) in store.interfaces.rows() {
            self.place_interface(at, &row.data);
        }
        self.order_instances(&store.network_interfaces, &store.interfaces);
    }

    fn place_interface(&mut self, at: InterfaceIx, interface: &Interface) {
        if let Some(subnet) = interface.subnet {
            self.interfaces_of_subnet[subnet.number()].push(at);
        }
        for group in &interface.groups {
            self.members.entry(group.clone()).or_default().push(at);
        }
        if interface.owner.kind == OwnerKind::Instance && !interface.owner.id.is_empty() {
            let instance = InstanceId::from(&*interface.owner.id);
            self.of_instance.entry(instance).or_default().push(at);
        }
        for own in &interface.addresses {
            self.private.extend(interface.vpc.map(|vpc| ((vpc, own.private), at)));
            self.public.extend(own.public.map(|public| (public, (at, own.private))));
        }
        if let (Some(vpc), false) = (interface.vpc, interface.is_virtual()) {
            self.delegated.extend(interface.prefixes.iter().map(|prefix| (vpc, *prefix, at)));
        }
    }

    /// The primary interface of an instance (device index 0) comes first.
    fn order_instances(
        &mut self,
        listed: &Table<NetworkInterfaceId, Arc<crate::model::interface::NetworkInterface>>,
        interfaces: &Table<NetworkInterfaceId, Interface>,
    ) {
        let device = |at: &InterfaceIx| {
            let eni = listed.get(&interfaces[*at].data.id)?;
            eni.attachment.as_ref()?.device_index
        };
        for of_instance in self.of_instance.values_mut() {
            of_instance.sort_by_key(|at| device(at).unwrap_or(i32::MAX));
        }
    }

    fn place_gateways(&mut self, store: &Store) {
        self.gateway_of_vpc = vec![None; store.vpcs.len()];
        for (at, row) in store.internet_gateways.rows() {
            let attached = row.data.attachments.iter().filter(|a| a.is_attached());
            for vpc in attached.filter_map(|a| store.vpcs.position(a.vpc_id.as_ref()?)) {
                self.gateway_of_vpc[vpc.number()] = Some(at);
            }
        }
    }
}

/// Whether every table or ACL is known: a subnet that none of them names is served by the main one then.
fn has_all(store: &Store, subnet: &Row<Subnet>, envelope: Envelope) -> bool {
    store.place(subnet.place).knowledge(envelope) == Knowledge::Complete
}

fn in_force(association: &RouteTableAssociation) -> bool {
    let state = association.association_state.as_ref().and_then(|s| s.state.as_deref());
    !matches!(state, Some("disassociated" | "failed"))
}
