//! One thing with a name.

use std::net::{IpAddr, Ipv4Addr};

use serde::Serialize;

use crate::model::ids::VpcId;
use crate::store::PlaceIx;

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// VPC.
    Vpc,
    /// Subnet.
    Subnet,
    /// Network interface, listed or virtual.
    NetworkInterface,
    /// EC2 instance.
    Instance,
    /// Lambda function.
    Function,
    /// Published version of a Lambda function.
    FunctionVersion,
    /// DB instance.
    Database,
    /// DB cluster.
    DatabaseCluster,
    /// DB proxy.
    DatabaseProxy,
    /// Endpoint of a DB proxy besides its default one.
    DatabaseProxyEndpoint,
    /// Load balancer.
    LoadBalancer,
    /// Target group.
    TargetGroup,
    /// NAT gateway.
    NatGateway,
    /// Internet gateway.
    InternetGateway,
    /// Egress-only internet gateway.
    EgressOnlyInternetGateway,
    /// VPC endpoint.
    VpcEndpoint,
    /// Elastic IP address.
    ElasticIp,
    /// Security group.
    SecurityGroup,
    /// Route table.
    RouteTable,
    /// Network ACL.
    NetworkAcl,
    /// Prefix list.
    PrefixList,
    /// VPC peering connection.
    PeeringConnection,
    /// Transit gateway.
    TransitGateway,
    /// Attachment to a transit gateway.
    TransitGatewayAttachment,
    /// Route table of a transit gateway.
    TransitGatewayRouteTable,
    /// Virtual private gateway.
    VpnGateway,
}

/// A thing with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What kind of thing.
    pub kind: Kind,
    /// AWS's id or ARN.
    pub id: String,
    /// The name that people gave it.
    pub name: Option<String>,
    /// Account and region, where they are known.
    pub place: Option<PlaceIx>,
    /// The VPC that it is in.
    pub vpc: Option<VpcId>,
    /// Private and public addresses.
    pub addresses: Vec<IpAddr>,
    /// DNS names.
    pub dns: Vec<String>,
    /// One thing worth knowing: a CIDR, an engine, a state.
    pub detail: String,
}

impl Kind {
    /// The kind in words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Vpc => "VPC",
            Self::Subnet => "subnet",
            Self::NetworkInterface => "interface",
            Self::Instance => "instance",
            Self::Function => "function",
            Self::FunctionVersion => "function version",
            Self::Database => "database",
            Self::DatabaseCluster => "database cluster",
            Self::DatabaseProxy => "database proxy",
            Self::DatabaseProxyEndpoint => "database proxy endpoint",
            Self::LoadBalancer => "load balancer",
            Self::TargetGroup => "target group",
            Self::NatGateway => "NAT gateway",
            Self::InternetGateway => "internet gateway",
            Self::EgressOnlyInternetGateway => "egress-only internet gateway",
            Self::VpcEndpoint => "VPC endpoint",
            Self::ElasticIp => "Elastic IP",
            Self::SecurityGroup => "security group",
            Self::RouteTable => "route table",
            Self::NetworkAcl => "network ACL",
            Self::PrefixList => "prefix list",
            Self::PeeringConnection => "peering connection",
            Self::TransitGateway => "transit gateway",
            Self::TransitGatewayAttachment => "transit gateway attachment",
            Self::TransitGatewayRouteTable => "transit gateway route table",
            Self::VpnGateway => "VPN gateway",
        }
    }

    /// What an end of this kind is written with: `lambda:NAME`, `rds:ID`, `lb:NAME`.
    pub fn prefix(self) -> Option<&'static str> {
        match self {
            Self::Function | Self::FunctionVersion => Some("lambda:"),
            Self::Database
            | Self::DatabaseCluster
            | Self::DatabaseProxy
            | Self::DatabaseProxyEndpoint => Some("rds:"),
            Self::LoadBalancer => Some("lb:"),
            _ => None,
        }
    }
}

impl Named {
    /// A thing of which only its kind, place and id are known.
    pub(super) fn new(
        kind: Kind,
        place: impl Into<Option<PlaceIx>>,
        id: &(impl AsRef<str> + ?Sized),
    ) -> Self {
        Self {
            kind,
            id: id.as_ref().to_owned(),
            name: None,
            place: place.into(),
            vpc: None,
            addresses: Vec::new(),
            dns: Vec::new(),
            detail: String::new(),
        }
    }

    /// The name, else the id.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    pub(super) fn name(mut self, name: Option<&str>) -> Self {
        self.name = name.filter(|name| !name.is_empty()).map(str::to_owned);
        self
    }

    pub(super) fn vpc(mut self, vpc: Option<&VpcId>) -> Self {
        self.vpc = vpc.filter(|vpc| !vpc.is_empty()).cloned();
        self
    }

    pub(super) fn dns<'a>(mut self, names: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let names = names.into_iter().flatten().filter(|name| !name.is_empty());
        self.dns.extend(names.map(str::to_owned));
        self
    }

    pub(super) fn addresses(mut self, addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        for address in addresses {
            if !self.addresses.contains(&address) {
                self.addresses.push(address);
            }
        }
        self
    }

    pub(super) fn v4(self, addresses: impl IntoIterator<Item = Option<Ipv4Addr>>) -> Self {
        self.addresses(addresses.into_iter().flatten().map(IpAddr::V4))
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
