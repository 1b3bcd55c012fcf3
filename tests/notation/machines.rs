//! VPCs, subnets, and what sits in them: instances, interfaces, functions, databases.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::ids::{SubnetId, VpcId};
use vpctui::model::instance::{
    Instance, InstanceInterface, InstanceState, InstanceStateName, Reservation,
};
use vpctui::model::interface::{
    GroupIdentifier, InterfaceAttachment, Ipv4Prefix, Ipv6Address, Ipv6Prefix, NetworkInterface,
    PrivateIpAddress, PublicAssociation,
};
use vpctui::model::lambda::{Function, FunctionState, VpcConfig};
use vpctui::model::rds::{
    AvailabilityZone, DbCluster, DbClusterMember, DbInstance, DbSubnet, DbSubnetGroup, Endpoint,
    VpcSecurityGroupMembership,
};
use vpctui::model::vpc::{
    AttributeValue, BlockPublicAccessStates, CidrBlockAssociation, Ipv6CidrBlockAssociation,
    Subnet, Vpc, VpcAttributes,
};

use super::line::Parts;
use super::{ACCOUNT, Network, REGION};

impl Network {
    pub(super) fn add_places(&self, to: &mut Resources) {
        for (id, line) in &self.vpcs {
            let (vpc, attributes) = vpc(id, line);
            to.vpcs.push(vpc);
            to.vpc_attributes.push(attributes);
        }
        to.subnets.extend(self.subnets.iter().map(|(id, line)| subnet(id, line)));
    }

    pub(super) fn add_machines(&self, to: &mut Resources) {
        for (id, line) in &self.instances {
            self.add_instance(id, line, to);
        }
        for (id, line) in &self.interfaces {
            let interface = self.interface(id, line);
            note_at_instance(&interface, &mut to.reservations);
            to.network_interfaces.push(interface.into());
        }
        to.functions.extend(self.functions.iter().map(|(name, line)| self.function(name, line)));
        for (name, line) in &self.databases {
            self.add_database(name, line, to);
        }
        to.db_clusters.extend(self.clusters.iter().map(|(name, line)| cluster(name, line)));
    }

    /// The VPC of a subnet.
    pub(super) fn vpc_of(&self, subnet: &str) -> VpcId {
        let line = self.subnets.get(subnet).unwrap_or_else(|| panic!("{subnet} is not a subnet"));
        VpcId::from(Parts::read(subnet, line).vpcs[0])
    }

    fn add_instance(&self, id: &str, line: &str, to: &mut Resources) {
        let mut parts = Parts::read(id, line);
        let eni = format!("eni-{}", id.trim_start_matches("i-"));
        let mut instance = Instance { instance_id: id.into(), ..Instance::default() };
        let mut interface = self.listed(&eni, &parts);
        let mut state = InstanceStateName::Running;
        while let Some(word) = parts.keywords.next() {
            match word {
                "stopped" => state = InstanceStateName::Stopped,
                "terminated" => state = InstanceStateName::Terminated,
                "windows" => instance.platform = Some("windows".into()),
                "unchecked" => interface.source_dest_check = Some(false),
                _ => parts.keywords.wrong(word),
            }
        }
        interface.attachment = Some(attached_to(id, 0));
        if state != InstanceStateName::Terminated {
            instance.vpc_id.clone_from(&interface.vpc_id);
            instance.network_interfaces =
                vec![InstanceInterface { network_interface_id: eni.as_str().into() }];
            to.network_interfaces.push(interface.into());
        }
        instance.state = Some(InstanceState { name: state, ..InstanceState::default() });
        to.reservations.push(Reservation { instances: vec![instance], ..Reservation::default() });
    }

    fn interface(&self, id: &str, line: &str) -> NetworkInterface {
        let mut parts = Parts::read(id, line);
        let mut interface = self.listed(id, &parts);
        while let Some(word) = parts.keywords.next() {
            match word {
                "of" => interface.attachment = Some(attached_to(parts.keywords.word(), 1)),
                "detached" => interface.status = Some("available".into()),
                "associated" => interface.status = Some("associated".into()),
                "unchecked" => interface.source_dest_check = Some(false),
                "closed-to-internet" => interface.deny_all_igw_traffic = Some(true),
                "prefix" => delegate(&mut interface, parts.keywords.parse()),
                "type" => interface.interface_type = Some(parts.keywords.word().into()),
                "about" => interface.description = Some(parts.keywords.rest().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        interface
    }

    /// An interface as AWS lists it, in the first subnet of a line.
    pub(super) fn listed(&self, id: &str, parts: &Parts) -> NetworkInterface {
        let subnet = parts.subnets.first().unwrap_or_else(|| panic!("{id} is in no subnet"));
        let mut interface = NetworkInterface {
            network_interface_id: id.into(),
            subnet_id: Some(SubnetId::from(*subnet)),
            vpc_id: Some(self.vpc_of(subnet)),
            interface_type: Some("interface".into()),
            groups: Some(groups(&parts.groups)),
            source_dest_check: Some(true),
            owner_id: Some(ACCOUNT.into()),
            status: Some("in-use".into()),
            ..NetworkInterface::default()
        };
        for (address, public) in &parts.addresses {
            add_address(&mut interface, *address, *public);
        }
        interface
    }

    fn function(&self, name: &str, line: &str) -> Function {
        let mut parts = Parts::read(name, line);
        let mut config = VpcConfig {
            subnet_ids: parts.subnets.iter().map(|id| SubnetId::from(*id)).collect(),
            security_group_ids: Some(parts.groups.iter().map(|id| (*id).into()).collect()),
            vpc_id: parts.subnets.first().map(|subnet| self.vpc_of(subnet)),
            ..VpcConfig::default()
        };
        let mut state = FunctionState::Active;
        while let Some(word) = parts.keywords.next() {
            match word {
                "failed" => state = FunctionState::Failed,
                "inactive" => state = FunctionState::Inactive,
                "ipv6" => config.ipv6_allowed_for_dual_stack = Some(true),
                _ => parts.keywords.wrong(word),
            }
        }
        let (function_name, version) = name.split_once(':').unwrap_or((name, "$LATEST"));
        Function {
            function_name: function_name.into(),
            version: Some(version.into()),
            function_arn: format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}").into(),
            state: Some(state),
            vpc_config: Some(config),
            ..Function::default()
        }
    }

    fn add_database(&self, name: &str, line: &str, to: &mut Resources) {
        let mut parts = Parts::read(name, line);
        let public = parts.addresses.iter().any(|(_, public)| public.is_some());
        let mut database = self.database(name, &parts);
        database.publicly_accessible = Some(public);
        while let Some(word) = parts.keywords.next() {
            match word {
                "port" => {
                    database.endpoint = Some(Endpoint {
                        port: Some(parts.keywords.parse()),
                        ..Endpoint::default()
                    });
                }
                "zone" => database.availability_zone = Some(zone(parts.keywords.word())),
                "private" => database.publicly_accessible = Some(false),
                "status" => database.db_instance_status = Some(parts.keywords.word().into()),
                "cluster" => database.db_cluster_identifier = Some(parts.keywords.word().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        to.db_instances.push(database);
        if !parts.addresses.is_empty() {
            let mut interface = self.listed(&format!("eni-{name}"), &parts);
            interface.description = Some("RDSNetworkInterface".into());
            interface.requester_id = Some("amazon-rds".into());
            to.network_interfaces.push(interface.into());
        }
    }

    fn database(&self, name: &str, parts: &Parts) -> DbInstance {
        let subnets = parts.subnets.iter().map(|id| DbSubnet {
            subnet_identifier: (*id).into(),
            subnet_availability_zone: Some(AvailabilityZone { name: self.zone_of(id) }),
            ..DbSubnet::default()
        });
        DbInstance {
            db_instance_identifier: name.into(),
            db_instance_arn: Some(format!("arn:aws:rds:{REGION}:{ACCOUNT}:db:{name}").into()),
            db_instance_status: Some("available".into()),
            db_subnet_group: Some(DbSubnetGroup {
                db_subnet_group_name: format!("{name}-subnets"),
                vpc_id: parts.subnets.first().map(|subnet| self.vpc_of(subnet)),
                subnets: subnets.collect(),
                ..DbSubnetGroup::default()
            }),
            vpc_security_groups: Some(parts.groups.iter().map(|id| membership(id)).collect()),
            ..DbInstance::default()
        }
    }

    pub(super) fn zone_of(&self, id: &str) -> Option<String> {
        subnet(id, self.subnets.get(id)?).availability_zone.map(|zone| zone.to_string())
    }
}

fn vpc(id: &str, line: &str) -> (Vpc, VpcAttributes) {
    let mut parts = Parts::read(id, line);
    let (mut support, mut hostnames, mut states) = (true, true, None);
    while let Some(word) = parts.keywords.next() {
        match word {
            "no-dns-support" => support = false,
            "no-dns-hostnames" => hostnames = false,
            "public-access" => states = Some(public_access(parts.keywords.word())),
            _ => parts.keywords.wrong(word),
        }
    }
    let attributes = VpcAttributes {
        vpc_id: id.into(),
        enable_dns_support: Some(AttributeValue { value: Some(support) }),
        enable_dns_hostnames: Some(AttributeValue { value: Some(hostnames) }),
    };
    let mut vpc = Vpc {
        vpc_id: id.into(),
        owner_id: Some(ACCOUNT.into()),
        block_public_access_states: states,
        ..Vpc::default()
    };
    for prefix in &parts.prefixes {
        match prefix {
            IpNet::V4(net) => {
                vpc.cidr_block.get_or_insert(*net);
                let cidr_block = Some(*net);
                let one = CidrBlockAssociation { cidr_block, ..CidrBlockAssociation::default() };
                vpc.cidr_block_association_set.push(one);
            }
            IpNet::V6(net) => vpc.ipv6_cidr_block_association_set.push(v6_block(*net)),
        }
    }
    (vpc, attributes)
}

fn subnet(id: &str, line: &str) -> Subnet {
    let mut parts = Parts::read(id, line);
    let (mut name, mut number, mut states) = ("a", None, None);
    while let Some(word) = parts.keywords.next() {
        match word {
            "zone" => name = parts.keywords.word(),
            "public-access" => states = Some(public_access(parts.keywords.word())),
            "zone-id" => number = Some(parts.keywords.word()),
            _ => parts.keywords.wrong(word),
        }
    }
    let by_name = || name.bytes().next().map_or(0, |letter| letter - b'a' + 1).to_string();
    let number = number.map_or_else(by_name, str::to_owned);
    let zone_id = if number.contains('-') { number } else { format!("euw1-az{number}") };
    let mut subnet = Subnet {
        subnet_id: id.into(),
        vpc_id: parts.vpcs[0].into(),
        availability_zone: Some(zone(name).into()),
        availability_zone_id: Some(zone_id.into()),
        owner_id: Some(ACCOUNT.into()),
        block_public_access_states: states,
        ..Subnet::default()
    };
    for prefix in &parts.prefixes {
        match prefix {
            IpNet::V4(net) => subnet.cidr_block = Some(*net),
            IpNet::V6(net) => subnet.ipv6_cidr_block_association_set.push(v6_block(*net)),
        }
    }
    subnet
}

fn public_access(mode: &str) -> BlockPublicAccessStates {
    BlockPublicAccessStates { internet_gateway_block_mode: Some(mode.into()) }
}

fn v6_block(net: ipnet::Ipv6Net) -> Ipv6CidrBlockAssociation {
    Ipv6CidrBlockAssociation { ipv6_cidr_block: Some(net), ..Ipv6CidrBlockAssociation::default() }
}

fn zone(name: &str) -> String {
    format!("{REGION}{name}")
}

/// The groups of an interface.
pub(super) fn groups(ids: &[&str]) -> Vec<GroupIdentifier> {
    let group = |id: &&str| GroupIdentifier { group_id: (*id).into(), group_name: None };
    ids.iter().map(group).collect()
}

fn add_address(to: &mut NetworkInterface, address: IpAddr, public: Option<Ipv4Addr>) {
    match address {
        IpAddr::V4(v4) => {
            let primary = to.private_ip_addresses.is_empty();
            let association = public.map(|public| {
                Box::new(PublicAssociation {
                    public_ip: Some(public),
                    ..PublicAssociation::default()
                })
            });
            if primary {
                to.private_ip_address = Some(v4);
                to.association.clone_from(&association);
            }
            to.private_ip_addresses.push(PrivateIpAddress {
                primary,
                private_ip_address: Some(v4),
                association,
                ..PrivateIpAddress::default()
            });
        }
        IpAddr::V6(v6) => {
            let one = Ipv6Address { ipv6_address: Some(v6), ..Ipv6Address::default() };
            to.ipv6_addresses.push(one);
        }
    }
}

fn delegate(to: &mut NetworkInterface, prefix: IpNet) {
    match prefix {
        IpNet::V4(net) => to.ipv4_prefixes.push(Ipv4Prefix { ipv4_prefix: Some(net) }),
        IpNet::V6(net) => to.ipv6_prefixes.push(Ipv6Prefix { ipv6_prefix: Some(net) }),
    }
}

/// An instance lists its interfaces itself.
fn note_at_instance(interface: &NetworkInterface, reservations: &mut [Reservation]) {
    let owner = interface.attachment.as_ref().and_then(|one| one.instance_id.as_ref());
    let mut instances = reservations.iter_mut().flat_map(|one| &mut one.instances);
    if let Some(instance) = instances.find(|one| Some(&one.instance_id) == owner) {
        let network_interface_id = interface.network_interface_id.clone();
        instance.network_interfaces.push(InstanceInterface { network_interface_id });
    }
}

fn attached_to(instance: &str, device: i32) -> InterfaceAttachment {
    InterfaceAttachment {
        instance_id: Some(instance.into()),
        instance_owner_id: Some(ACCOUNT.into()),
        device_index: Some(device),
        status: Some("attached".into()),
        ..InterfaceAttachment::default()
    }
}

fn membership(group: &str) -> VpcSecurityGroupMembership {
    VpcSecurityGroupMembership {
        vpc_security_group_id: group.into(),
        status: Some("active".into()),
    }
}

fn cluster(name: &str, line: &str) -> DbCluster {
    let members = line.split_whitespace().enumerate().map(|(at, member)| DbClusterMember {
        db_instance_identifier: member.into(),
        is_cluster_writer: at == 0,
    });
    DbCluster {
        db_cluster_identifier: name.into(),
        db_cluster_arn: Some(format!("arn:aws:rds:{REGION}:{ACCOUNT}:cluster:{name}").into()),
        status: Some("available".into()),
        endpoint: Some(format!("{name}.cluster-x.{REGION}.rds.amazonaws.com")),
        reader_endpoint: Some(format!("{name}.cluster-ro-x.{REGION}.rds.amazonaws.com")),
        db_cluster_members: members.collect(),
        ..DbCluster::default()
    }
}
