//! One packet there and its answer back.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::gateway::{NatGateway, NatGatewayState};
use vpctui::model::ids::{SubnetId, VpcId};
use vpctui::model::instance::InstanceStateName;
use vpctui::model::interface::NetworkInterface;
use vpctui::model::network_acl::NetworkAcl;
use vpctui::model::peering::VpcPeeringConnection;
use vpctui::model::route_table::{Route, RouteOrigin, RouteState, RouteTable};
use vpctui::model::vpc::{Subnet, Vpc};
use vpctui::reach::Verdict;

use super::filter::{acl_lets, groups_let};
use super::packet::Packet;

/// What became of a packet and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Answered,
    /// By some ports of a NAT gateway, not by others.
    Sometimes,
    Lost,
}

/// A packet that got somewhere.
struct Arrived<'a> {
    /// As it is there.
    packet: Packet,
    /// Where: an interface, or the internet.
    at: Option<&'a NetworkInterface>,
    /// How it got there.
    way: Way<'a>,
}

/// What the network remembers of a packet.
#[derive(Clone, Copy, Default)]
struct Way<'a> {
    /// The NAT gateway that translated it, and the packet before.
    nat: Option<(&'a NatGateway, Packet)>,
    /// Whether it crossed a peering after that.
    nat_over_peering: bool,
    /// The egress-only gateway's VPC, if it left by one.
    egress_only: Option<&'a VpcId>,
    /// Whether a reference to a group can match still.
    anonymous: bool,
}

/// A packet on its way.
#[derive(Clone, Copy)]
struct Flight<'a> {
    packet: Packet,
    vpc: &'a VpcId,
    /// The subnet it comes from, where it crossed no gateway since.
    subnet: Option<&'a Subnet>,
    way: Way<'a>,
    /// For an answer: what it answers to.
    answers: Option<&'a Arrived<'a>>,
    /// For an answer: the address that was called.
    called: IpAddr,
}

/// A network to send packets through.
pub struct Simulator<'a> {
    network: &'a Resources,
}

impl<'a> Simulator<'a> {
    pub fn new(network: &'a Resources) -> Self {
        Self { network }
    }

    /// Sends the packet by every port that a NAT gateway might choose and tells what became of it.
    pub fn verdict(&self, packet: &Packet) -> Verdict {
        let answered: Vec<bool> =
            self.nat_ports().into_iter().map(|port| self.answered(*packet, port)).collect();
        let outcome = match (answered.contains(&true), answered.contains(&false)) {
            (true, false) => Outcome::Answered,
            (true, true) => Outcome::Sometimes,
            (false, _) => Outcome::Lost,
        };
        outcome.into()
    }

    /// One port of every stretch that the ACLs tell apart (rule NACL-4).
    fn nat_ports(&self) -> Vec<u16> {
        let entries = self.network.network_acls.iter().flat_map(|acl| &acl.entries);
        let ranges = entries.filter_map(|entry| entry.port_range.as_ref());
        let starts = ranges.flat_map(|range| [range.from, range.to.map(|to| to + 1)]);
        let mut ports: Vec<u16> =
            starts.flatten().filter_map(|port| u16::try_from(port).ok()).collect();
        ports.retain(|port| *port >= 1024);
        ports.push(1024);
        ports.sort_unstable();
        ports.dedup();
        ports
    }

    fn answered(&self, packet: Packet, nat_port: u16) -> bool {
        let arrived = match self.holder(packet.src) {
            Some(from) => self.there(from, packet, nat_port),
            None => self.enter(packet, Way::default(), None),
        };
        arrived.is_some_and(|arrived| self.comes_back(packet, &arrived))
    }

    fn there(
        &self,
        from: &'a NetworkInterface,
        packet: Packet,
        nat_port: u16,
    ) -> Option<Arrived<'a>> {
        let flight = self.leave(from, packet, packet.dst)?;
        let arrived = self.travel(flight, nat_port)?;
        let direct = arrived.at.filter(|_| !arrived.way.anonymous);
        groups_let(self.network, from, true, &packet, direct).then_some(())?;
        let source = Some(from).filter(|_| !arrived.way.anonymous);
        self.admit(arrived, source)
    }

    /// The groups and the state of whoever it arrived at.
    fn admit(
        &self,
        arrived: Arrived<'a>,
        source: Option<&NetworkInterface>,
    ) -> Option<Arrived<'a>> {
        if let Some(at) = arrived.at {
            let takes = at.interface_type.as_deref() != Some("nat_gateway"); // NAT-3
            let lets = groups_let(self.network, at, false, &arrived.packet, source);
            (takes && lets && self.runs(at)).then_some(())?;
        }
        Some(arrived)
    }

    /// Whether the answer gets back to whoever asked.
    fn comes_back(&self, asked: Packet, arrived: &Arrived<'a>) -> bool {
        let answer = arrived.packet.answer();
        let home = match arrived.at {
            Some(at) => {
                let flight = self.leave(at, answer, asked.dst);
                flight.and_then(|flight| {
                    let flight = Flight { way: arrived.way, ..flight };
                    self.travel(Flight { answers: Some(arrived), ..flight }, 0)
                })
            }
            None => self.enter(answer, arrived.way, Some(arrived)),
        };
        let who = self.holder(asked.src).map(|eni| &eni.network_interface_id);
        home.is_some_and(|home| home.at.map(|eni| &eni.network_interface_id) == who)
    }

    fn leave<'b>(
        &self,
        from: &'a NetworkInterface,
        packet: Packet,
        called: IpAddr,
    ) -> Option<Flight<'b>>
    where
        'a: 'b,
    {
        self.runs(from).then_some(())?;
        let subnet = self.subnet(from.subnet_id.as_ref()?);
        Some(Flight {
            packet,
            vpc: &subnet.vpc_id,
            subnet: Some(subnet),
            way: Way::default(),
            answers: None,
            called,
        })
    }

    /// Out of a subnet: inside it straight to the receiver (rules NACL-1, RT-7), else past its ACL by its table.
    fn travel(&self, flight: Flight<'_>, nat_port: u16) -> Option<Arrived<'a>> {
        let subnet = self.subnet(&flight.subnet?.subnet_id);
        if cidrs(subnet).iter().any(|cidr| cidr.contains(&flight.packet.dst)) {
            return self.deliver(flight);
        }
        acl_lets(self.acl(subnet), true, &flight.packet).then_some(())?;
        if let Some((nat, _)) = self.asker_over_peering(&flight) {
            return self.deliver(Flight { vpc: &nat.vpc_id, subnet: None, ..flight });
        }
        let route = route(self.table(subnet), flight.packet.dst)?;
        (route.state != RouteState::Blackhole).then_some(())?; // RT-4
        match route.gateway_id.as_deref() {
            Some("local") => return self.deliver(flight),
            Some(igw) => return self.internet_gateway(flight, igw),
            None => {}
        }
        if let Some(id) = &route.vpc_peering_connection_id {
            let peering = self.network.vpc_peering_connections.iter();
            let peering = peering.clone().find(|one| one.vpc_peering_connection_id == *id)?;
            return self.peering(flight, peering);
        }
        if let Some(id) = &route.nat_gateway_id {
            let nat = self.network.nat_gateways.iter().find(|nat| nat.nat_gateway_id == *id)?;
            return self.nat(flight, nat, subnet, nat_port);
        }
        route.egress_only_internet_gateway_id.as_ref()?;
        self.egress_only(flight)
    }

    /// An answer to a NAT gateway that asked over a peering (rule NAT-5).
    fn asker_over_peering(&self, flight: &Flight<'_>) -> Option<(&'a NatGateway, Packet)> {
        let (nat, asked) = flight.way.nat.filter(|_| flight.answers.is_some())?;
        let to_nat = private_of(nat).map(IpAddr::V4) == Some(flight.packet.dst);
        let nat = self.network.nat_gateways.iter().find(|one| *one == nat)?;
        (to_nat && flight.way.nat_over_peering && nat.vpc_id != *flight.vpc).then_some((nat, asked))
    }

    /// Into the subnet of whoever has the address in this VPC.
    fn deliver(&self, flight: Flight<'_>) -> Option<Arrived<'a>> {
        let at = self.in_vpc(flight.vpc, flight.packet.dst)?;
        let subnet = self.subnet(at.subnet_id.as_ref()?);
        if flight.subnet.map(|from| &from.subnet_id) != Some(&subnet.subnet_id) {
            acl_lets(self.acl(subnet), false, &flight.packet).then_some(())?;
        }
        self.received(flight, at, subnet)
    }

    /// At an interface; a NAT gateway that waits for this answer sends it on to its client.
    fn received(
        &self,
        flight: Flight<'_>,
        at: &'a NetworkInterface,
        subnet: &'a Subnet,
    ) -> Option<Arrived<'a>> {
        let waiting = flight.way.nat.filter(|(nat, _)| {
            flight.answers.is_some()
                && private_of(nat).map(IpAddr::V4) == Some(flight.packet.dst)
                && nat.vpc_id == *flight.vpc
        });
        if let Some((_, asked)) = waiting {
            let packet = Packet { dst: asked.src, dst_port: asked.src_port, ..flight.packet };
            let way = Way { nat: None, ..flight.way };
            return self.travel(Flight { packet, subnet: Some(subnet), way, ..flight }, 0);
        }
        let is_answer = flight.answers.is_some();
        let right = !is_answer || flight.way.nat.is_some() || flight.packet.src == flight.called;
        let right = right || flight.answers.is_some_and(|arrived| arrived.way.nat.is_some());
        right.then_some(())?;
        Some(Arrived { packet: flight.packet, at: Some(at), way: self.own(flight.way) })
    }

    /// Over a peering: active, and into the other VPC only (rules PCX-1, PCX-2).
    fn peering(&self, flight: Flight<'_>, peering: &VpcPeeringConnection) -> Option<Arrived<'a>> {
        peering.is_active().then_some(())?;
        let other = peering.other_side(flight.vpc)?.vpc_id.as_ref()?;
        let other = self.network.vpcs.iter().find(|vpc| vpc.vpc_id == *other)?;
        contains(other, flight.packet.dst).then_some(())?;
        let mut regions = peering.sides().map(|side| &side.region);
        let far = regions.next() != regions.next(); // SG-9
        let way = Way {
            anonymous: flight.way.anonymous || far,
            nat_over_peering: flight.way.nat.is_some(),
            ..flight.way
        };
        self.deliver(Flight { vpc: &other.vpc_id, subnet: None, way, ..flight })
    }

    /// Through a NAT gateway (rules NAT-1 to NAT-6).
    fn nat(
        &self,
        flight: Flight<'_>,
        nat: &'a NatGateway,
        from: &Subnet,
        port: u16,
    ) -> Option<Arrived<'a>> {
        let subnet = self.subnet(nat.subnet_id.as_ref()?);
        let carries = matches!(flight.packet.protocol, 1 | 6 | 17);
        let right = flight.answers.is_none() && flight.packet.src.is_ipv4() && carries;
        let up = nat.state == NatGatewayState::Available;
        (right && up && subnet.subnet_id != from.subnet_id).then_some(())?;
        acl_lets(self.acl(subnet), false, &flight.packet).then_some(())?;
        let src = IpAddr::V4(private_of(nat)?);
        let src_port = if flight.packet.has_ports() { port } else { flight.packet.src_port };
        let packet = Packet { src, src_port, ..flight.packet };
        let way = Way { nat: Some((nat, flight.packet)), anonymous: true, ..flight.way };
        self.travel(Flight { packet, subnet: Some(subnet), way, ..flight }, port)
    }

    /// Out through an internet gateway (rules IGW-1, IGW-2).
    fn internet_gateway(&self, flight: Flight<'_>, igw: &str) -> Option<Arrived<'a>> {
        (self.gateway_of(flight.vpc)? == igw && !is_private(flight.packet.dst)).then_some(())?;
        let src = match (flight.packet.src, flight.way.nat) {
            (IpAddr::V6(v6), _) => IpAddr::V6(v6),
            (src, Some((nat, _))) if private_of(nat).map(IpAddr::V4) == Some(src) => {
                let public = nat.connectivity_type.as_deref() != Some("private");
                IpAddr::V4(nat.nat_gateway_addresses[0].public_ip.filter(|_| public)?)
            }
            (src, _) => IpAddr::V4(public_of(self.in_vpc(flight.vpc, src)?, src)?),
        };
        (flight.answers.is_none() || src == flight.called).then_some(())?;
        let packet = Packet { src, ..flight.packet };
        self.out_there(Flight { packet, ..flight })
    }

    /// Out through an egress-only gateway, which takes answers to what left by it only (rule IGW-4).
    fn egress_only(&self, flight: Flight<'_>) -> Option<Arrived<'a>> {
        (flight.packet.dst.is_ipv6() && flight.answers.is_none()).then_some(())?;
        let vpc = self.network.vpcs.iter().find(|vpc| vpc.vpc_id == *flight.vpc)?;
        let way = Way { egress_only: Some(&vpc.vpc_id), ..flight.way };
        self.out_there(Flight { way, ..flight })
    }

    /// On the internet: to somebody of this network, or away.
    fn out_there(&self, flight: Flight<'_>) -> Option<Arrived<'a>> {
        let way = Way { anonymous: true, ..self.own(flight.way) };
        let ours = self.public_holder(flight.packet.dst).is_some()
            || self.network.vpcs.iter().any(|vpc| contains(vpc, flight.packet.dst));
        if ours {
            return self.enter_flying(Flight { way, ..flight });
        }
        Some(Arrived { packet: flight.packet, at: None, way })
    }

    /// From the internet into a VPC: a question, or the answer to one.
    fn enter(
        &self,
        packet: Packet,
        way: Way<'a>,
        answers: Option<&Arrived<'a>>,
    ) -> Option<Arrived<'a>> {
        let way = Way { anonymous: true, ..way };
        let vpc = &self.network.vpcs.first()?.vpc_id;
        let flight = Flight { packet, vpc, subnet: None, way, answers, called: packet.src };
        let arrived = self.enter_flying(flight)?;
        if answers.is_some() { Some(arrived) } else { self.admit(arrived, None) }
    }

    fn enter_flying(&self, flight: Flight<'_>) -> Option<Arrived<'a>> {
        let (at, private) = self.public_holder(flight.packet.dst)?;
        let vpc = at.vpc_id.as_ref()?;
        let awaited = flight.answers.is_some() && flight.way.egress_only == Some(vpc);
        (awaited || self.gateway_of(vpc).is_some()).then_some(())?;
        let packet = Packet { dst: private, ..flight.packet };
        self.deliver(Flight { packet, vpc, subnet: None, ..flight })
    }

    // --- who is who ---

    fn interfaces(&self) -> impl Iterator<Item = &'a NetworkInterface> {
        self.network.network_interfaces.iter().map(AsRef::as_ref)
    }

    /// The interface that has an address as its private one.
    fn holder(&self, address: IpAddr) -> Option<&'a NetworkInterface> {
        self.interfaces().find(|eni| private(eni).contains(&address))
    }

    fn in_vpc(&self, vpc: &VpcId, address: IpAddr) -> Option<&'a NetworkInterface> {
        let mut all = self.interfaces();
        all.find(|eni| eni.vpc_id.as_ref() == Some(vpc) && private(eni).contains(&address))
    }

    /// Who is called by a public address, and its private one.
    fn public_holder(&self, address: IpAddr) -> Option<(&'a NetworkInterface, IpAddr)> {
        if address.is_ipv6() {
            return Some((self.holder(address)?, address));
        }
        self.interfaces().find_map(|eni| {
            let mut own = private(eni).into_iter();
            let private = own.find(|one| public_of(eni, *one).map(IpAddr::V4) == Some(address))?;
            Some((eni, private))
        })
    }

    fn runs(&self, eni: &NetworkInterface) -> bool {
        let Some(id) = eni.attachment.as_ref().and_then(|one| one.instance_id.as_ref()) else {
            return eni.status.as_deref() == Some("in-use");
        };
        let mut instances = self.network.reservations.iter().flat_map(|one| &one.instances);
        let instance = instances.find(|instance| instance.instance_id == *id);
        let state = instance.and_then(|instance| instance.state.as_ref());
        state.is_some_and(|state| state.name == InstanceStateName::Running)
    }

    fn subnet(&self, id: &SubnetId) -> &'a Subnet {
        let mut all = self.network.subnets.iter();
        all.find(|subnet| subnet.subnet_id == *id).expect("every subnet is listed")
    }

    fn acl(&self, subnet: &Subnet) -> &'a NetworkAcl {
        let serves = |acl: &&NetworkAcl| {
            acl.associations.iter().any(|one| one.subnet_id.as_ref() == Some(&subnet.subnet_id))
        };
        self.network.network_acls.iter().find(serves).expect("every subnet has an ACL")
    }

    fn table(&self, subnet: &Subnet) -> &'a RouteTable {
        let tables = &self.network.route_tables;
        let own = |table: &&RouteTable| {
            table.associations.iter().any(|one| one.subnet_id.as_ref() == Some(&subnet.subnet_id))
        };
        let main = |table: &&RouteTable| {
            table.vpc_id == subnet.vpc_id && table.associations.iter().any(|one| one.main)
        };
        tables.iter().find(own).or_else(|| tables.iter().find(main)).expect("a main table")
    }

    fn gateway_of(&self, vpc: &VpcId) -> Option<&'a str> {
        let attached = |one: &&vpctui::model::gateway::InternetGateway| {
            one.attachments.iter().any(|a| a.vpc_id.as_ref() == Some(vpc) && a.is_attached())
        };
        let gateway = self.network.internet_gateways.iter().find(attached)?;
        Some(gateway.internet_gateway_id.as_str())
    }

    /// The same way, of the network's own lifetime.
    fn own(&self, way: Way<'_>) -> Way<'a> {
        let nat = way.nat.and_then(|(nat, packet)| {
            Some((self.network.nat_gateways.iter().find(|one| *one == nat)?, packet))
        });
        let mut vpcs = self.network.vpcs.iter().map(|vpc| &vpc.vpc_id);
        let egress_only = way.egress_only.and_then(|id| vpcs.find(|one| *one == id));
        let Way { nat_over_peering, anonymous, .. } = way;
        Way { nat, nat_over_peering, egress_only, anonymous }
    }
}

/// The longest prefix, then what is not propagated (rule RT-2).
fn route(table: &RouteTable, dst: IpAddr) -> Option<&Route> {
    let covering = table.routes.iter().filter_map(|route| {
        let v4 = route.destination_cidr_block.map(IpNet::V4);
        let prefix = v4.or(route.destination_ipv6_cidr_block.map(IpNet::V6))?;
        let propagated = route.origin == RouteOrigin::EnableVgwRoutePropagation;
        prefix.contains(&dst).then_some(((prefix.prefix_len(), !propagated), route))
    });
    covering.max_by_key(|(preference, _)| *preference).map(|(_, route)| route)
}

fn private(eni: &NetworkInterface) -> Vec<IpAddr> {
    let v4 = eni.private_ip_addresses.iter().filter_map(|one| one.private_ip_address);
    let v6 = eni.ipv6_addresses.iter().filter_map(|one| one.ipv6_address);
    v4.map(IpAddr::V4).chain(v6.map(IpAddr::V6)).collect()
}

fn public_of(eni: &NetworkInterface, private: IpAddr) -> Option<Ipv4Addr> {
    let own = eni.private_ip_addresses.iter();
    let mut own = own.filter(|one| one.private_ip_address.map(IpAddr::V4) == Some(private));
    own.next()?.association.as_ref()?.public_ip
}

fn private_of(nat: &NatGateway) -> Option<Ipv4Addr> {
    nat.nat_gateway_addresses.first()?.private_ip
}

fn cidrs(subnet: &Subnet) -> Vec<IpNet> {
    subnet.cidr_block.map(IpNet::V4).into_iter().chain(subnet.ipv6_cidrs().map(IpNet::V6)).collect()
}

fn contains(vpc: &Vpc, address: IpAddr) -> bool {
    vpc.ipv4_cidrs().any(|cidr| IpNet::V4(cidr).contains(&address))
        || vpc.ipv6_cidrs().any(|cidr| IpNet::V6(cidr).contains(&address))
}

fn is_private(address: IpAddr) -> bool {
    let private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];
    let mut private = private.iter().map(|net| net.parse::<IpNet>().expect("a prefix"));
    private.any(|net| net.contains(&address))
}
