//! Immutable indexes over the model: who owns an interface, who carries a group, which table and ACL serve a subnet.
//!
//! Input is a [`Dump`]; nothing here judges whether traffic passes (that is [`crate::reach`]) and nothing does IO. A store
//! is cheap to clone: its tables are shared, so that a "what if" changes one of them and keeps the rest.

mod acls;
mod build;
mod classes;
pub mod coverage;
pub mod diff;
#[cfg(test)]
pub(crate) mod fixture;
mod groups;
mod interface;
mod internet;
mod kept;
mod keyed;
pub mod names;
mod neighbours;
mod owner;
mod place;
mod prefixes;
mod routes;
mod same_name;
mod service_names;
mod services;
mod table;
mod topology;
mod transit;
pub mod tree;
mod views;
mod whole;

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

pub use self::acls::{AclRule, AclRules};
pub use self::classes::{ClassIx, Classes, GroundIx};
pub use self::groups::{Direction, GroupRef, GroupRule, GroupRules, Peer};
pub use self::interface::{Condition, Interface, InterfaceIx, Origin, OwnAddress};
pub use self::internet::{GLOBAL_V6, PRIVATE, RESERVED};
pub use self::kept::with_known;
pub use self::keyed::Keyed;
pub use self::neighbours::{Link, Neighbours};
pub use self::owner::{Owner, OwnerKind};
pub use self::place::{Knowledge, Place, PlaceIx};
pub use self::prefixes::PrefixLists;
pub use self::routes::{RouteEntry, Routes, Target};
pub use self::table::{Ix, Row, Table};
pub use self::topology::Topology;
pub use self::transit::{RoutesTold, Transit, TransitPeer, TransitRoute, TransitTable};

use self::service_names::ServiceNames;
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::dump::{self, Dump};
use crate::model::endpoint::VpcEndpoint;
use crate::model::gateway::{EgressOnlyInternetGateway, InternetGateway, NatGateway};
use crate::model::ids::{
    Arn, EgressOnlyInternetGatewayId, InstanceId, InternetGatewayId, NatGatewayId, NetworkAclId,
    NetworkInterfaceId, PeeringId, RouteTableId, SecurityGroupId, SubnetId,
    TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, VpcEndpointId, VpcId,
    VpnGatewayId,
};
use crate::model::instance::Instance;
use crate::model::interface::{Address, NetworkInterface};
use crate::model::lambda::Function;
use crate::model::load_balancer::{LoadBalancer, TargetGroup};
use crate::model::network_acl::NetworkAcl;
use crate::model::peering::VpcPeeringConnection;
use crate::model::rds::{DbCluster, DbInstance, DbProxy, DbProxyEndpoint};
use crate::model::route_table::RouteTable;
use crate::model::security_group::{SecurityGroup, SecurityGroupReference};
use crate::model::transit_gateway::{
    TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable, TransitGatewayVpcAttachment,
};
use crate::model::vpc::{Subnet, Vpc};
use crate::model::vpn::VpnGateway;

/// A network, indexed.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// Where it comes from.
    pub origin: dump::Origin,
    /// Accounts and regions with their completeness.
    pub places: Arc<[Place]>,
    /// VPCs.
    pub vpcs: Arc<Table<VpcId, Vpc>>,
    /// Subnets.
    pub subnets: Arc<Table<SubnetId, Subnet>>,
    /// Route tables.
    pub route_tables: Arc<Table<RouteTableId, RouteTable>>,
    /// Security groups.
    pub security_groups: Arc<Table<SecurityGroupId, SecurityGroup>>,
    /// Network ACLs.
    pub network_acls: Arc<Table<NetworkAclId, NetworkAcl>>,
    /// Interfaces as AWS lists them.
    pub network_interfaces: Arc<Table<NetworkInterfaceId, Arc<NetworkInterface>>>,
    /// Interfaces as the engine sees them: the listed ones, then the virtual ones.
    pub interfaces: Arc<Table<NetworkInterfaceId, Interface>>,
    /// Instances.
    pub instances: Arc<Table<InstanceId, Instance>>,
    /// Elastic IP addresses, by public address.
    pub addresses: Arc<Table<IpAddr, Address>>,
    /// Internet gateways.
    pub internet_gateways: Arc<Table<InternetGatewayId, InternetGateway>>,
    /// Egress-only internet gateways.
    pub egress_only_internet_gateways:
        Arc<Table<EgressOnlyInternetGatewayId, EgressOnlyInternetGateway>>,
    /// NAT gateways.
    pub nat_gateways: Arc<Table<NatGatewayId, NatGateway>>,
    /// VPC endpoints.
    pub vpc_endpoints: Arc<Table<VpcEndpointId, VpcEndpoint>>,
    /// Peering connections.
    pub peerings: Arc<Table<PeeringId, VpcPeeringConnection>>,
    /// Transit gateways.
    pub transit_gateways: Arc<Table<TransitGatewayId, TransitGateway>>,
    /// Their attachments of all kinds.
    pub transit_gateway_attachments:
        Arc<Table<TransitGatewayAttachmentId, TransitGatewayAttachment>>,
    /// Their VPC attachments.
    pub transit_gateway_vpc_attachments:
        Arc<Table<TransitGatewayAttachmentId, TransitGatewayVpcAttachment>>,
    /// Their route tables.
    pub transit_gateway_route_tables:
        Arc<Table<TransitGatewayRouteTableId, TransitGatewayRouteTable>>,
    /// Virtual private gateways.
    pub vpn_gateways: Arc<Table<VpnGatewayId, VpnGateway>>,
    /// Functions, by ARN.
    pub functions: Arc<Table<Arn, Function>>,
    /// DB instances, by ARN (or identifier where a dump has no ARN).
    pub databases: Arc<Table<Arn, DbInstance>>,
    /// DB clusters, by ARN (or identifier).
    pub clusters: Arc<Table<Arn, DbCluster>>,
    /// DB proxies, by ARN (or name).
    pub proxies: Arc<Table<Arn, DbProxy>>,
    /// Endpoints of DB proxies made besides the default ones, by ARN (or name).
    pub proxy_endpoints: Arc<Table<Arn, DbProxyEndpoint>>,
    /// Load balancers, by ARN.
    pub load_balancers: Arc<Table<Arn, LoadBalancer>>,
    /// Target groups, by ARN.
    pub target_groups: Arc<Table<Arn, TargetGroup>>,
    /// Everything else that AWS answered, merged, for the rules that few questions need.
    pub rest: Arc<crate::model::catalogue::Resources>,
    /// Prefix lists and their addresses.
    pub prefix_lists: Arc<PrefixLists>,
    /// Rules of each group, parallel to `security_groups`.
    group_rules: Arc<Vec<GroupRules>>,
    /// Rules of each ACL, parallel to `network_acls`.
    acl_rules: Arc<Vec<AclRules>>,
    /// Routes of each table, parallel to `route_tables`.
    routes: Arc<Vec<Routes>>,
    /// What is where.
    topology: Arc<Topology>,
    /// Tables of transit gateways.
    transit: Arc<Transit>,
    /// Everything that has a name, once asked for.
    directory: Arc<OnceLock<names::Directory>>,
    /// Interfaces by class, once asked for.
    classes: Arc<OnceLock<Classes>>,
    /// Every address of the internet, once asked for.
    internet: Arc<OnceLock<AddressSet>>,
    /// The data this was built from, for a "what if" that changes more than rules.
    source: Arc<Dump>,
    /// Names of what uses an interface, where the interface tells only a number.
    service_names: Arc<ServiceNames>,
}

impl Store {
    /// Indexes a network.
    pub fn build(dump: Dump) -> Self {
        build::build(dump)
    }

    /// The data that the store was built from.
    pub fn source(&self) -> &Dump {
        &self.source
    }

    /// Everything that has a name. Built on first use; a copy with other rules has the same names.
    pub fn directory(&self) -> &names::Directory {
        self.directory.get_or_init(|| names::Directory::build(self))
    }

    /// The interfaces by class. Built on first use.
    pub fn classes(&self) -> &Classes {
        self.classes.get_or_init(|| Classes::of(self))
    }

    /// Every address of the internet: public, not this network's own, and of no AWS service with a prefix list.
    pub fn internet(&self) -> &AddressSet {
        self.internet.get_or_init(|| internet::internet(self))
    }

    /// The account and region of something.
    pub fn place(&self, at: PlaceIx) -> &Place {
        &self.places[usize::from(at.0)]
    }

    /// The least that is known of one kind of resource over all places: what a question about everything rests on.
    pub fn knowledge(&self, envelope: Envelope) -> Knowledge<'_> {
        let known = self.places.iter().map(|place| place.knowledge(envelope));
        known
            .reduce(|a, b| if a == Knowledge::Complete { b } else { a })
            .unwrap_or(Knowledge::Missing)
    }

    /// Whether not all of one kind of resource is known in every place: then absence tells nothing.
    pub fn lacks(&self, envelope: Envelope) -> bool {
        self.knowledge(envelope) != Knowledge::Complete
    }

    /// An interface by position.
    pub fn interface(&self, at: InterfaceIx) -> &Interface {
        &self.interfaces[at].data
    }

    /// The rules of a group.
    pub fn group_rules(&self, group: &SecurityGroupId) -> Option<&GroupRules> {
        self.security_groups.position(group).and_then(|at| self.group_rules.get(at.number()))
    }

    /// The rules of an ACL.
    pub fn acl_rules(&self, acl: Ix<NetworkAcl>) -> Option<&AclRules> {
        self.acl_rules.get(acl.number())
    }

    /// The routes of a table.
    pub fn routes(&self, table: Ix<RouteTable>) -> Option<&Routes> {
        self.routes.get(table.number())
    }

    /// The table that serves a subnet: its own, else the VPC's main one (rule RT-1).
    pub fn route_table_of(&self, subnet: Ix<Subnet>) -> Option<Ix<RouteTable>> {
        self.topology.route_table_of(subnet)
    }

    /// The ACL that serves a subnet (rule NACL-1).
    pub fn acl_of(&self, subnet: Ix<Subnet>) -> Option<Ix<NetworkAcl>> {
        self.topology.acl_of(subnet)
    }

    /// What is where.
    pub fn topology(&self) -> &Topology {
        &self.topology
    }

    /// The tables of transit gateways.
    pub fn transit(&self) -> &Transit {
        &self.transit
    }

    /// The interfaces that carry a group now, wherever they are (rules SG-7, SG-14).
    pub fn members(&self, group: &SecurityGroupId) -> &[InterfaceIx] {
        self.topology.members(group)
    }

    /// The groups with a rule that refers to `group`, in the order of the table; itself included where it does.
    pub fn referrers(&self, group: &SecurityGroupId) -> Vec<&SecurityGroup> {
        let refers = |rules: &GroupRules| {
            let mut all = rules.ingress.iter().chain(&rules.egress);
            all.any(
                |rule| matches!(&rule.peer, Peer::Group(reference) if reference.group == *group),
            )
        };
        let rows = self.security_groups.iter().zip(self.group_rules.iter());
        rows.filter(|(_, rules)| refers(rules)).map(|(group, _)| group).collect()
    }

    /// From which other VPCs AWS says that a group is referred to, each once.
    pub fn referring_vpcs(&self, group: &SecurityGroupId) -> Vec<&SecurityGroupReference> {
        let mut told: Vec<&SecurityGroupReference> = Vec::new();
        let all = self.rest.security_group_references.iter();
        for one in all.filter(|one| one.group_id == *group) {
            if !told.contains(&one) {
                told.push(one);
            }
        }
        told
    }

    /// The elastic address with this allocation, or that is this address.
    pub fn elastic_ip(&self, id: &str) -> Option<&Address> {
        let by_address = id.parse::<IpAddr>().ok().and_then(|ip| self.addresses.get(&ip));
        let is = |one: &&Address| one.allocation_id.as_ref().is_some_and(|own| own.as_str() == id);
        by_address.or_else(|| self.addresses.iter().find(is))
    }

    /// The interface that has this private address in this VPC.
    pub fn by_private(&self, vpc: Ix<Vpc>, address: IpAddr) -> Option<InterfaceIx> {
        self.topology.by_private(vpc, address)
    }

    /// Every interface that has this private address, over all VPCs.
    pub fn all_with_private(&self, address: IpAddr) -> Vec<InterfaceIx> {
        let vpcs = self.vpcs.rows().map(|(at, _)| at);
        vpcs.filter_map(|vpc| self.by_private(vpc, address)).collect()
    }

    /// The interface and its private address behind a public address (rule IGW-1).
    pub fn by_public(&self, address: IpAddr) -> Option<(InterfaceIx, IpAddr)> {
        self.topology.by_public(address)
    }

    /// The interfaces of an instance, the primary one first.
    pub fn interfaces_of_instance(&self, instance: &InstanceId) -> &[InterfaceIx] {
        self.topology.of_instance(instance)
    }

    /// The interfaces of a function, one per subnet: listed ones where AWS shows them, else virtual (rule L-4).
    pub fn interfaces_of_function(&self, function: &Arn) -> &[InterfaceIx] {
        self.topology.of_service(function)
    }

    /// The interfaces that a DB instance may have; more than one where AWS does not tell which (rule R-8).
    pub fn interfaces_of_database(&self, database: &Arn) -> &[InterfaceIx] {
        self.topology.of_service(database)
    }

    /// Whether this is an Elastic IP address that is associated with nothing: nobody answers there.
    pub fn is_idle(&self, address: IpAddr) -> bool {
        self.addresses.get(&address).is_some_and(|one| {
            one.association_id.is_none()
                && one.network_interface_id.is_none()
                && one.instance_id.is_none()
        })
    }

    /// The interfaces of anything else that has an ARN or id: load balancers, proxies, endpoints, NAT gateways.
    pub fn interfaces_of(&self, owner: &str) -> &[InterfaceIx] {
        self.topology.of_service(owner)
    }
}

/// A map by short keys.
type Map<K, V> = FxHashMap<K, V>;
