//! What can be asked.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::model::ids::{Arn, InstanceId, NatGatewayId, NetworkInterfaceId, VpcEndpointId, VpcId};
use crate::model::traffic::{PortSet, Protocol, Traffic, icmp_message};

/// Can `from` reach `to` with `flow`?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// With what.
    pub flow: Flow,
}

/// One end of a question, by id: it stays valid over a refresh.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// All interfaces of an instance.
    Instance(InstanceId),
    /// One interface, listed or virtual.
    Interface(NetworkInterfaceId),
    /// A function, attached to a VPC or not.
    Function(Arn),
    /// A DB instance.
    Database(Arn),
    /// A DB cluster: its members.
    Cluster(Arn),
    /// A DB proxy by its default endpoint, or another endpoint of one.
    Proxy(Arn),
    /// A load balancer and what is behind it.
    LoadBalancer(Arn),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A VPC endpoint.
    Endpoint(VpcEndpointId),
    /// One address: the interface that has it (in this VPC, if told), else a machine outside.
    Address(IpAddr, Option<VpcId>),
    /// Any address of a prefix: whoever has one in the known VPCs, and what is outside of them: an office, another data
    /// centre.
    Prefix(IpNet),
    /// Every public address.
    Internet,
    /// An AWS service by its short name: `s3`, `secretsmanager`.
    Service(String),
}

/// The traffic asked about. What is left open asks whether *any* such traffic passes, and the answer says which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Protocol; open means all of them.
    pub protocol: Option<Protocol>,
    /// Destination port; open means all of them.
    pub port: Option<u16>,
    /// Source port; open means the range that the initiator's system uses (rule NACL-4).
    pub source_port: Option<u16>,
    /// ICMP type and code; open means echo request (type 8, ICMPv6 128).
    pub icmp: Option<(u8, Option<u8>)>,
}

impl Flow {
    /// TCP to one port.
    pub fn tcp(port: u16) -> Self {
        Self { protocol: Some(Protocol::TCP), port: Some(port), ..Self::default() }
    }

    /// The traffic as a set.
    pub fn traffic(&self) -> Traffic {
        let Some(protocol) = self.protocol else { return Traffic::full() };
        let ports = match protocol {
            Protocol::ICMP => self.messages(8),
            Protocol::ICMPV6 => self.messages(128),
            _ => self.port.map_or_else(PortSet::full, PortSet::one),
        };
        Traffic::of(protocol, ports)
    }

    fn messages(&self, echo: u8) -> PortSet {
        match self.icmp {
            None => PortSet::one(icmp_message(echo, 0)),
            Some((kind, Some(code))) => PortSet::one(icmp_message(kind, code)),
            Some((kind, None)) => {
                PortSet::range(icmp_message(kind, 0), icmp_message(kind, u8::MAX))
            }
        }
    }
}
