//! Networks and packets out of a seed: small address and port pools, so that rules and packets meet.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use vpctui::model::catalogue::Resources;

use super::packet::Packet;
use crate::notation::Network;

/// Ports that packets go to and rules are about.
const PORTS: [u16; 5] = [22, 443, 1500, 5432, 33000];
/// Client ports, at and around the ends of the usual ranges.
const CLIENT_PORTS: [u16; 7] = [1024, 32767, 32768, 50000, 61000, 61001, 65535];
/// Protocols: TCP above all.
const PROTOCOLS: [u8; 6] = [6, 6, 6, 17, 1, 50];
/// Peers of rules besides those of the network.
const PREFIXES: [&str; 4] = ["0.0.0.0/0", "::/0", "203.0.113.0/24", "198.51.100.0/25"];

/// Addresses inside of a VPC's CIDR that nobody has.
const NOBODY_V4: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 1, 1, 99));
const NOBODY_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 1, 0, 0, 0, 0x99));

/// A small generator (xorshift64*): the same numbers everywhere, for ever.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<'b, T>(&mut self, from: &'b [T]) -> &'b T {
        &from[self.below(from.len())]
    }

    /// A network of two or three VPCs with everything that the simulator knows.
    pub fn network(&mut self) -> Network {
        let mut network = Network::default();
        let vpcs = 2 + self.below(2);
        for vpc in 1..=vpcs {
            self.vpc(vpc, &mut network);
        }
        for (one, other) in [(1, 2), (1, 3), (2, 3)] {
            if other <= vpcs && self.percent(75) {
                let state = *self.pick(&["", "", "", "", "", " state deleted"]);
                let regions = *self.pick(&["", "", "", "", " regions eu-west-1 us-east-1"]);
                let line = format!("vpc-{one} vpc-{other}{state}{regions}");
                network.peerings.insert(format!("pcx-{one}{other}"), line);
            }
        }
        for group in 1..=4 {
            let lines = self.group(vpcs);
            network.groups.insert(format!("sg-{group}"), lines);
        }
        self.tables(vpcs, &mut network);
        self.acls(&mut network);
        network
    }

    fn vpc(&mut self, vpc: usize, network: &mut Network) {
        network.vpcs.insert(format!("vpc-{vpc}"), format!("10.{vpc}.0.0/16 2001:db8:{vpc}::/56"));
        let attached = if self.percent(85) { format!("vpc-{vpc}") } else { String::new() };
        network.internet_gateways.insert(format!("igw-{vpc}"), attached);
        network.egress_only_gateways.insert(format!("eigw-{vpc}"), format!("vpc-{vpc}"));
        let nat_subnet = 1 + self.below(3);
        let state = *self.pick(&["", "", "", "", " state pending"]);
        let kind = *self.pick(&["public", "public", "public", "private"]);
        let address = format!("10.{vpc}.{nat_subnet}.5");
        let public = format!(" public 198.51.100.{}", 200 + vpc);
        let line = match kind {
            "private" => format!("subnet-{vpc}{nat_subnet} {address} private{state}"),
            _ => format!("subnet-{vpc}{nat_subnet} {address}{public}{state}"),
        };
        network.nats.insert(format!("nat-{vpc}"), line);
        for subnet in 1..=3 {
            let v6 = format!(" 2001:db8:{vpc}:{subnet}::/64");
            let line = format!("vpc-{vpc} 10.{vpc}.{subnet}.0/24{v6}");
            network.subnets.insert(format!("subnet-{vpc}{subnet}"), line);
            for host in 1..=2 {
                let line = self.instance(vpc, subnet, host);
                network.instances.insert(format!("i-{vpc}{subnet}{host}"), line);
            }
        }
    }

    fn instance(&mut self, vpc: usize, subnet: usize, host: usize) -> String {
        let mut line = format!("subnet-{vpc}{subnet} 10.{vpc}.{subnet}.{host}0");
        if self.percent(60) {
            let public = vpc * 40 + subnet * 10 + host;
            let _ = write!(line, " public 198.51.100.{public}");
        }
        if self.percent(30) {
            let _ = write!(line, " 10.{vpc}.{subnet}.{host}1");
        }
        if self.percent(60) {
            let _ = write!(line, " 2001:db8:{vpc}:{subnet}::{host}0");
        }
        for _ in 0..=self.below(2) {
            let group = format!(" sg-{}", 1 + self.below(4));
            if !line.contains(&group) {
                line.push_str(&group);
            }
        }
        if self.percent(5) {
            line += " stopped";
        }
        line
    }

    fn group(&mut self, vpcs: usize) -> Vec<String> {
        let mut lines = Vec::new();
        if self.percent(60) {
            lines.extend(["in all from 0.0.0.0/0".into(), "in all from ::/0".into()]);
        }
        for _ in 0..=self.below(4) {
            let matches = self.matches();
            let peer = self.peer(vpcs, true);
            lines.push(format!("in {matches} from {peer}"));
        }
        match self.below(8) {
            0 => {
                let (matches, peer) = (self.matches(), self.peer(vpcs, true));
                lines.push(format!("out {matches} to {peer}"));
            }
            1 => lines.push("out nothing".into()),
            _ => {}
        }
        lines
    }

    fn matches(&mut self) -> String {
        let port = *self.pick(&PORTS);
        match self.below(10) {
            0..=2 => "all".into(),
            9 => format!("tcp {}-{}", 1024 + self.below(30000), 40000 + self.below(25000)),
            3 => format!("tcp {port}"),
            4 => format!("tcp {port}-{}", 65535 - self.below(4000)),
            5 => "tcp".into(),
            6 => format!("udp {port}-65535"),
            7 => (*self.pick(&["icmp", "icmp 8", "icmp 0", "icmpv6 128/0", "icmp 8/0"])).into(),
            _ => "50".into(),
        }
    }

    fn peer(&mut self, vpcs: usize, groups: bool) -> String {
        let (vpc, subnet) = (1 + self.below(vpcs), 1 + self.below(3));
        match self.below(if groups { 9 } else { 6 }) {
            0 => format!("10.{vpc}.0.0/16"),
            1 => format!("10.{vpc}.{subnet}.0/24"),
            2 => format!("2001:db8:{vpc}:{subnet}::/64"),
            3 => format!("10.{vpc}.{subnet}.5/32"),
            4 | 5 => (*self.pick(&PREFIXES)).into(),
            8 if self.percent(30) => format!("sg-{} over pcx-12 deleted", 1 + self.below(4)),
            _ => format!("sg-{}", 1 + self.below(4)),
        }
    }

    fn tables(&mut self, vpcs: usize, network: &mut Network) {
        for vpc in 1..=vpcs {
            let mut lines = vec![format!("main of vpc-{vpc}")];
            self.routes(vpc, vpcs, network, &mut lines);
            network.tables.insert(format!("rtb-main-{vpc}"), lines);
            for subnet in 1..=3 {
                if self.percent(60) {
                    let mut lines = vec![format!("for subnet-{vpc}{subnet}")];
                    self.routes(vpc, vpcs, network, &mut lines);
                    network.tables.insert(format!("rtb-{vpc}{subnet}"), lines);
                }
            }
        }
    }

    fn routes(&mut self, vpc: usize, vpcs: usize, network: &Network, lines: &mut Vec<String>) {
        let own = [format!("igw-{vpc}"), format!("igw-{vpc}"), format!("nat-{vpc}")];
        if self.percent(95) {
            let target = self.pick(&own).clone();
            lines.push(format!("0.0.0.0/0 -> {target}"));
        }
        if self.percent(70) {
            let target = *self.pick(&["igw", "igw", "eigw"]);
            lines.push(format!("::/0 -> {target}-{vpc}"));
        }
        if self.percent(15) {
            let (target, hole) = (self.pick(&own).clone(), *self.pick(&["", " blackhole"]));
            lines.push(format!("203.0.113.0/24 -> {target}{hole}"));
            if self.percent(30) {
                lines.push(format!("203.0.113.0/24 -> nat-{vpc} propagated"));
            }
        }
        for other in (1..=vpcs).filter(|other| *other != vpc) {
            let (low, high) = (vpc.min(other), vpc.max(other));
            let peering = format!("pcx-{low}{high}");
            if !network.peerings.contains_key(&peering) {
                continue;
            }
            let v4 =
                [format!("10.{other}.0.0/16"), format!("10.{other}.{}.0/24", 1 + self.below(3))];
            let v6 = format!("2001:db8:{other}::/56");
            for prefix in v4.iter().chain([&v6]) {
                if self.percent(85) {
                    let nat = format!("nat-{vpc}");
                    let through_nat = prefix.starts_with("10.") && self.percent(15);
                    let target = if through_nat { &nat } else { &peering };
                    let hole = if self.percent(4) { " blackhole" } else { "" };
                    lines.push(format!("{prefix} -> {target}{hole}"));
                }
            }
        }
    }

    fn acls(&mut self, network: &mut Network) {
        let subnets: Vec<String> = network.subnets.keys().cloned().collect();
        let vpcs = network.vpcs.len();
        for subnet in subnets {
            if self.percent(60) {
                continue;
            }
            let mut lines = vec![format!("for {subnet}")];
            for direction in ["in", "out"] {
                for number in 0..self.below(3) {
                    let action = *self.pick(&["allow", "allow", "deny"]);
                    let (matches, peer) = (self.matches(), self.peer(vpcs, false));
                    let number = 10 + 10 * number;
                    lines.push(format!("{direction} {number} {action} {matches} {peer}"));
                }
                if self.percent(30) {
                    let (from, to) = (1024 + self.below(30000), 40000 + self.below(20000));
                    lines.push(format!("{direction} 50 deny tcp {from}-{to} 0.0.0.0/0"));
                }
                if self.percent(90) {
                    lines.push(format!("{direction} 100 allow all 0.0.0.0/0"));
                }
                if self.percent(90) {
                    lines.push(format!("{direction} 101 allow all ::/0"));
                }
            }
            lines[1..].reverse();
            network.acls.insert(format!("acl-{}", &subnet[7..]), lines);
        }
    }

    /// A packet from an interface of the network or from the internet to anywhere.
    pub fn packet(&mut self, network: &Resources) -> Packet {
        let instances: Vec<_> = network
            .network_interfaces
            .iter()
            .filter(|eni| eni.interface_type.as_deref() == Some("interface"))
            .collect();
        let from = *self.pick(&instances);
        let mut own: Vec<IpAddr> = Vec::new();
        own.extend(
            from.private_ip_addresses.iter().filter_map(|a| a.private_ip_address.map(IpAddr::V4)),
        );
        own.extend(from.ipv6_addresses.iter().filter_map(|a| a.ipv6_address.map(IpAddr::V6)));
        let src = if self.percent(15) { self.outside() } else { *self.pick(&own) };
        let mut dst = self.destination(network, src.is_ipv6());
        while own.contains(&dst) {
            dst = self.destination(network, src.is_ipv6());
        }
        let protocol = match (*self.pick(&PROTOCOLS), src.is_ipv6()) {
            (1, true) => 58,
            (protocol, _) => protocol,
        };
        let (src_port, dst_port) = (*self.pick(&CLIENT_PORTS), *self.pick(&PORTS));
        Packet { protocol, src, src_port, dst, dst_port, reply: false }
    }

    fn outside(&mut self) -> IpAddr {
        let outside = ["203.0.113.9", "192.0.2.9", "2001:db8:ff::9"];
        self.pick(&outside).parse().expect("an address")
    }

    fn destination(&mut self, network: &Resources, v6: bool) -> IpAddr {
        if self.percent(25) {
            let outside = self.outside();
            if outside.is_ipv6() == v6 {
                return outside;
            }
        }
        let nowhere = ["10.1.1.99", "10.2.9.9", "192.168.1.1", "2001:db8:1:1::99", "100.64.0.9"];
        let nowhere = nowhere.iter().filter(|_| self.percent(30));
        let mut all: Vec<IpAddr> = nowhere.filter_map(|text| text.parse().ok()).collect();
        for eni in &network.network_interfaces {
            for own in &eni.private_ip_addresses {
                all.extend(own.private_ip_address.map(IpAddr::V4));
                let public = own.association.as_ref().and_then(|one| one.public_ip);
                all.extend(public.map(IpAddr::V4));
            }
            all.extend(
                eni.ipv6_addresses.iter().filter_map(|one| one.ipv6_address.map(IpAddr::V6)),
            );
        }
        all.retain(|address| address.is_ipv6() == v6);
        if all.is_empty() {
            // Nobody has an address of this family: then that is where it goes.
            return if v6 { NOBODY_V6 } else { NOBODY_V4 };
        }
        *self.pick(&all)
    }
}

#[test]
fn packets_find_a_destination_where_nobody_has_an_address_of_their_family() {
    let mut random = Random::new(864_456);
    let dump = random.network().dump();
    let packets = (0..20).map(|_| random.packet(&dump.regions[0].resources));
    assert!(packets.filter(|packet| packet.dst == NOBODY_V6).count() > 0);
}
