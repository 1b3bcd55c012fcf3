//! Under which id a resource is known, and whose it is: one row per kind.

use std::hash::Hash;
use std::sync::Arc;

use crate::model::ids::{
    AccountId, Arn, EgressOnlyInternetGatewayId, InstanceId, InternetGatewayId, NatGatewayId,
    NetworkAclId, NetworkInterfaceId, PeeringId, RouteTableId, SecurityGroupId, SubnetId,
    TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, VpcEndpointId, VpcId,
    VpnGatewayId,
};
use crate::model::{
    endpoint, gateway, instance, interface, lambda, load_balancer, network_acl, peering, rds,
    route_table, security_group, transit_gateway, vpc, vpn,
};

/// A resource with an id.
pub trait Keyed {
    /// The type of the id.
    type Key: Clone + Eq + Hash;

    /// Its id.
    fn key(&self) -> Self::Key;

    /// The account that owns it, where AWS says so: of two views of it, the owner's is the complete one (rule SH-1).
    fn owner(&self) -> Option<&AccountId> {
        None
    }
}

/// What is shared has the id of what it shares.
impl<T: Keyed> Keyed for Arc<T> {
    type Key = T::Key;

    fn key(&self) -> T::Key {
        T::key(self)
    }

    fn owner(&self) -> Option<&AccountId> {
        T::owner(self)
    }
}

macro_rules! keyed {
    ($($kind:ty: $key:ty = $id:ident $(or $name:ident)? $(, of $owner:ident)?;)*) => { $(
        impl Keyed for $kind {
            type Key = $key;

            fn key(&self) -> $key {
                let id = self.$id.clone();
                $(let id = id.unwrap_or_else(|| <$key>::from(self.$name.as_str()));)?
                id
            }

            $(fn owner(&self) -> Option<&AccountId> {
                self.$owner.as_ref()
            })?
        }
    )* };
}

keyed! {
    vpc::Vpc: VpcId = vpc_id, of owner_id;
    vpc::Subnet: SubnetId = subnet_id, of owner_id;
    route_table::RouteTable: RouteTableId = route_table_id, of owner_id;
    security_group::SecurityGroup: SecurityGroupId = group_id, of owner_id;
    network_acl::NetworkAcl: NetworkAclId = network_acl_id, of owner_id;
    interface::NetworkInterface: NetworkInterfaceId = network_interface_id, of owner_id;
    instance::Instance: InstanceId = instance_id;
    gateway::InternetGateway: InternetGatewayId = internet_gateway_id, of owner_id;
    gateway::EgressOnlyInternetGateway: EgressOnlyInternetGatewayId = egress_only_internet_gateway_id;
    gateway::NatGateway: NatGatewayId = nat_gateway_id;
    endpoint::VpcEndpoint: VpcEndpointId = vpc_endpoint_id, of owner_id;
    peering::VpcPeeringConnection: PeeringId = vpc_peering_connection_id;
    transit_gateway::TransitGateway: TransitGatewayId = transit_gateway_id, of owner_id;
    transit_gateway::TransitGatewayAttachment: TransitGatewayAttachmentId = transit_gateway_attachment_id, of transit_gateway_owner_id;
    transit_gateway::TransitGatewayVpcAttachment: TransitGatewayAttachmentId = transit_gateway_attachment_id, of vpc_owner_id;
    transit_gateway::TransitGatewayRouteTable: TransitGatewayRouteTableId = transit_gateway_route_table_id;
    vpn::VpnGateway: VpnGatewayId = vpn_gateway_id;
    lambda::Function: Arn = function_arn;
    rds::DbInstance: Arn = db_instance_arn or db_instance_identifier;
    rds::DbCluster: Arn = db_cluster_arn or db_cluster_identifier;
    rds::DbProxy: Arn = db_proxy_arn or db_proxy_name;
    rds::DbProxyEndpoint: Arn = db_proxy_endpoint_arn or db_proxy_endpoint_name;
    load_balancer::LoadBalancer: Arn = load_balancer_arn;
    load_balancer::TargetGroup: Arn = target_group_arn;
}
