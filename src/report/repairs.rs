//! Repairs in words and as AWS CLI commands. A person runs them; the program never does.

use ipnet::IpNet;

use super::terraform::terraform;
use super::why::Fix;
use crate::model::traffic::Protocol;
use crate::reach::{self, Change, FixPeer, NEW_NAT, RouteTarget};
use crate::store::{Direction, Store};

/// A repair, written out.
pub(super) fn fix(store: &Store, fix: &reach::Fix) -> Fix {
    let titles: Vec<_> = fix.changes.iter().map(|change| title(store, change)).collect();
    let commands = fix.changes.iter().flat_map(commands).collect();
    let terraform: Vec<_> = fix.changes.iter().map(terraform).collect();
    Fix {
        title: capitalised(&titles.join(", and ")),
        commands,
        terraform: terraform.join("\n\n"),
        verdict_after: fix.verdict_after,
        also_opens: fix.also_opens,
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn group_name(store: &Store, id: &str) -> String {
    store.security_groups.get(id).map_or_else(|| id.to_owned(), |group| group.group_name.clone())
}

fn what(protocol: Option<Protocol>, ports: Option<(i32, i32)>) -> String {
    match (protocol, ports) {
        (None, _) => "all traffic".into(),
        (Some(protocol), Some((from, to))) if protocol.has_ports() && from == to => {
            format!("{protocol} {from}")
        }
        (Some(protocol), Some((from, to))) if protocol.has_ports() => {
            format!("{protocol} {from}-{to}")
        }
        (Some(protocol), _) => protocol.to_string(),
    }
}

fn peer_name(store: &Store, peer: &FixPeer) -> String {
    match peer {
        FixPeer::Group(id) => format!("{} ({id})", group_name(store, id.as_str())),
        FixPeer::Cidr(net) => net.to_string(),
    }
}

fn title(store: &Store, change: &Change) -> String {
    match change {
        Change::GroupRule { group, direction, protocol, ports, peer } => {
            let group = group_name(store, group.as_str());
            let (verb, towards) = match direction {
                Direction::Ingress => ("let in", "from"),
                Direction::Egress => ("let out", "to"),
            };
            format!(
                "in {group}, {verb} {} {towards} {}",
                what(*protocol, *ports),
                peer_name(store, peer)
            )
        }
        Change::AclEntry { acl, number, direction, protocol, ports, cidr } => {
            let way = if *direction == Direction::Egress { "outbound" } else { "inbound" };
            format!("in {acl}, add {way} rule {number}: allow {} {cidr}", what(*protocol, *ports))
        }
        Change::Route { table, destination, target, .. } => {
            format!("in {table}, route {destination} to {}", target_name(target))
        }
        Change::NatGateway { subnet, .. } => format!("create a NAT gateway in {subnet}"),
        Change::AttachFunction { name, subnets, group, .. } => format!(
            "attach {name} to {} with {}",
            subnets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "),
            group_name(store, group.as_str())
        ),
        Change::ForwardPackets { interface } => {
            format!("switch the source/destination check of {interface} off")
        }
        Change::PublicAddress { interface, .. } => {
            format!("give {interface} an Elastic IP address")
        }
    }
}

fn target_name(target: &RouteTarget) -> String {
    match target {
        RouteTarget::Nat(id) if id.as_str() == NEW_NAT => "the new NAT gateway".into(),
        RouteTarget::Nat(id) => id.to_string(),
        RouteTarget::InternetGateway(id) => id.to_string(),
        RouteTarget::Peering(id) => id.to_string(),
    }
}

// --- AWS CLI ---

fn commands(change: &Change) -> Vec<String> {
    match change {
        Change::GroupRule { group, direction, protocol, ports, peer } => {
            let verb = match direction {
                Direction::Ingress => "authorize-security-group-ingress",
                Direction::Egress => "authorize-security-group-egress",
            };
            let permission = permission(*protocol, *ports, peer);
            vec![format!("aws ec2 {verb} --group-id {group} --ip-permissions '{permission}'")]
        }
        Change::AclEntry { .. } => vec![acl_command(change)],
        Change::Route { table, destination, target, replaces } => {
            let verb = if *replaces { "replace-route" } else { "create-route" };
            let option = if matches!(destination, IpNet::V4(_)) { "cidr-block" } else { "ipv6-cidr-block" };
            let by = target_option(target);
            vec![format!("aws ec2 {verb} --route-table-id {table} --destination-{option} {destination} {by}")]
        }
        Change::NatGateway { subnet, .. } => vec![
            "ALLOCATION=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)".into(),
            format!("NAT=$(aws ec2 create-nat-gateway --subnet-id {subnet} --allocation-id $ALLOCATION --query NatGateway.NatGatewayId --output text)"),
            "aws ec2 wait nat-gateway-available --nat-gateway-ids $NAT".into(),
        ],
        Change::AttachFunction { name, subnets, group, .. } => vec![format!(
            "aws lambda update-function-configuration --function-name {name} --vpc-config SubnetIds={},SecurityGroupIds={group}",
            subnets.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        )],
        Change::ForwardPackets { interface } => vec![format!(
            "aws ec2 modify-network-interface-attribute --network-interface-id {interface} --no-source-dest-check"
        )],
        Change::PublicAddress { interface, private } => vec![
            "ALLOCATION=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)".into(),
            format!("aws ec2 associate-address --allocation-id $ALLOCATION --network-interface-id {interface} --private-ip-address {private}"),
        ],
    }
}

fn permission(protocol: Option<Protocol>, ports: Option<(i32, i32)>, peer: &FixPeer) -> String {
    let protocol = protocol.map_or_else(|| "-1".into(), |protocol| protocol.to_string());
    let ports = ports.map(|(from, to)| format!(",FromPort={from},ToPort={to}")).unwrap_or_default();
    let peer = match peer {
        FixPeer::Group(id) => format!("UserIdGroupPairs=[{{GroupId={id}}}]"),
        FixPeer::Cidr(net @ IpNet::V4(_)) => format!("IpRanges=[{{CidrIp={net}}}]"),
        FixPeer::Cidr(net @ IpNet::V6(_)) => format!("Ipv6Ranges=[{{CidrIpv6={net}}}]"),
    };
    format!("IpProtocol={protocol}{ports},{peer}")
}

fn acl_command(change: &Change) -> String {
    let Change::AclEntry { acl, number, direction, protocol, ports, cidr } = change else {
        return String::new();
    };
    let way = if *direction == Direction::Egress { "--egress" } else { "--ingress" };
    let option = if matches!(cidr, IpNet::V4(_)) { "cidr-block" } else { "ipv6-cidr-block" };
    let number_of = protocol.map_or_else(|| "-1".into(), |Protocol(number)| number.to_string());
    let ports = match (protocol, ports) {
        (Some(protocol), Some((from, to))) if protocol.has_ports() => {
            format!(" --port-range From={from},To={to}")
        }
        (Some(_), Some((kind, code))) => format!(" --icmp-type-code Type={kind},Code={code}"),
        _ => String::new(),
    };
    format!(
        "aws ec2 create-network-acl-entry --network-acl-id {acl} {way} --rule-number {number} --protocol {number_of}{ports} --{option} {cidr} --rule-action allow"
    )
}

fn target_option(target: &RouteTarget) -> String {
    match target {
        RouteTarget::Nat(id) if id.as_str() == NEW_NAT => "--nat-gateway-id $NAT".into(),
        RouteTarget::Nat(id) => format!("--nat-gateway-id {id}"),
        RouteTarget::InternetGateway(id) => format!("--gateway-id {id}"),
        RouteTarget::Peering(id) => format!("--vpc-peering-connection-id {id}"),
    }
}
