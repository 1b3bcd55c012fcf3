//! Repairs in words and as AWS CLI commands. A person runs them; the program never does.

mod edge;
mod link;
mod shell;
mod terraform;

use ipnet::IpNet;

use self::terraform::terraform;
use super::naming;
use super::why::Fix;
use crate::model::ids::SecurityGroupId;
use crate::model::traffic::Protocol;
use crate::reach::answer::Kind;
use crate::reach::{self, Change, FixPeer, NEW_EGRESS_ONLY, NEW_GROUP, NEW_NAT, RouteTarget};
use crate::store::{Direction, Store};

/// A repair, written out.
pub(super) fn fix(store: &Store, fix: &reach::Fix) -> Fix {
    let titles: Vec<_> = fix.changes.iter().map(|change| title(store, change)).collect();
    let commands = fix.changes.iter().flat_map(commands).collect();
    let terraform = terraform::distinct(fix.changes.iter().map(terraform).collect());
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
        FixPeer::Group(id) => group_name(store, id),
        FixPeer::Cidr(net) => net.to_string(),
        FixPeer::PrefixList(id) => id.to_string(),
    }
}

fn group_name(store: &Store, id: &SecurityGroupId) -> String {
    if id.as_str() == NEW_GROUP {
        return "the new group".into();
    }
    naming::short(store, Kind::SecurityGroup, id.as_str())
}

/// Short, by names: the ids are in the commands.
fn title(store: &Store, change: &Change) -> String {
    let short = |kind, id: &str| naming::short(store, kind, id);
    match change {
        Change::GroupRule { group, direction, protocol, ports, peer } => {
            let (verb, towards) = match direction {
                Direction::Ingress => ("let in", "from"),
                Direction::Egress => ("let out", "to"),
            };
            let group = group_name(store, group);
            let (what, peer) = (what(*protocol, *ports), peer_name(store, peer));
            format!("in {group}, {verb} {what} {towards} {peer}")
        }
        Change::AclEntry { acl, number, direction, protocol, ports, cidr } => {
            let way = if *direction == Direction::Egress { "outbound" } else { "inbound" };
            let (acl, what) = (short(Kind::NetworkAcl, acl.as_str()), what(*protocol, *ports));
            format!("in {acl}, add {way} rule {number}: allow {what} {cidr}")
        }
        Change::Route { table, destination, target, .. } => {
            let table = short(Kind::RouteTable, table.as_str());
            format!("in {table}, route {destination} to {}", target_name(store, target))
        }
        Change::NatGateway { subnet, .. } => {
            format!("create a NAT gateway in {}", short(Kind::Subnet, subnet.as_str()))
        }
        Change::NewGroup { vpc, name } => {
            format!("create a security group for {name} in {}", short(Kind::Vpc, vpc.as_str()))
        }
        Change::AttachFunction { name, subnets, groups, .. } => {
            let subnets = subnets.iter().map(|id| short(Kind::Subnet, id.as_str()));
            let groups = groups.iter().map(|id| group_name(store, id));
            let (subnets, groups) = (subnets.collect::<Vec<_>>(), groups.collect::<Vec<_>>());
            format!("attach {name} to {} with {}", subnets.join(" and "), groups.join(" and "))
        }
        Change::ForwardPackets { interface } => {
            format!("switch the source/destination check of {interface} off")
        }
        Change::DnsOverPeering { peering, vpc, .. } => {
            let (vpc, by) =
                (short(Kind::Vpc, vpc.as_str()), short(Kind::Peering, peering.as_str()));
            format!("let names of {vpc} resolve to private addresses over {by}")
        }
        Change::TransitAssociation { attachment, table } => {
            format!("associate {attachment} with {table}")
        }
        Change::TransitPropagation { attachment, table } => {
            format!("let {attachment} propagate into {table}")
        }
        Change::PublicAddress { interface, .. } => {
            let interface = short(Kind::NetworkInterface, interface.as_str());
            format!("give {interface} an Elastic IP address")
        }
        Change::Edge(change) => edge::title(store, change),
        Change::Link(change) => link::title(store, change),
    }
}

fn target_name(store: &Store, target: &RouteTarget) -> String {
    let short = |kind, id: &str| naming::short(store, kind, id);
    match target {
        RouteTarget::Nat(id) if id.as_str() == NEW_NAT => "the new NAT gateway".into(),
        RouteTarget::Nat(id) => format!("NAT gateway {}", short(Kind::NatGateway, id.as_str())),
        RouteTarget::InternetGateway(id) => {
            format!("internet gateway {}", short(Kind::InternetGateway, id.as_str()))
        }
        RouteTarget::Peering(id) => format!("peering {}", short(Kind::Peering, id.as_str())),
        RouteTarget::TransitGateway(id) => {
            format!("transit gateway {}", short(Kind::TransitGateway, id.as_str()))
        }
        RouteTarget::EgressOnly(id) if id.as_str() == NEW_EGRESS_ONLY => {
            "the new egress-only gateway".into()
        }
        RouteTarget::EgressOnly(id) => {
            let id = short(Kind::EgressOnlyInternetGateway, id.as_str());
            format!("egress-only gateway {id}")
        }
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
            let quote = if permission.contains('$') { '"' } else { '\'' };
            vec![format!(
                "aws ec2 {verb} --group-id {} --ip-permissions {quote}{permission}{quote}",
                group_id(group)
            )]
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
        Change::NewGroup { vpc, name } => vec![format!(
            "GROUP=$(aws ec2 create-security-group --vpc-id {vpc} --group-name {} --description 'Lambda function' --query GroupId --output text)",
            shell::word(name)
        )],
        Change::AttachFunction { name, subnets, groups, .. } => vec![format!(
            "aws lambda update-function-configuration --function-name {} --vpc-config SubnetIds={},SecurityGroupIds={}",
            shell::word(name), listed(subnets), groups.iter().map(group_id).collect::<Vec<_>>().join(",")
        )],
        Change::ForwardPackets { interface } => vec![format!(
            "aws ec2 modify-network-interface-attribute --network-interface-id {interface} --no-source-dest-check"
        )],
        Change::DnsOverPeering { peering, requester, .. } => {
            let side = if *requester { "requester" } else { "accepter" };
            vec![format!(
                "aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id {peering} --{side}-peering-connection-options AllowDnsResolutionFromRemoteVpc=true"
            )]
        }
        Change::TransitAssociation { attachment, table } => vec![format!(
            "aws ec2 associate-transit-gateway-route-table --transit-gateway-route-table-id {table} --transit-gateway-attachment-id {attachment}"
        )],
        Change::TransitPropagation { attachment, table } => vec![format!(
            "aws ec2 enable-transit-gateway-route-table-propagation --transit-gateway-route-table-id {table} --transit-gateway-attachment-id {attachment}"
        )],
        Change::PublicAddress { interface, private } => vec![
            "ALLOCATION=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)".into(),
            format!("aws ec2 associate-address --allocation-id $ALLOCATION --network-interface-id {interface} --private-ip-address {private}"),
        ],
        Change::Edge(change) => edge::commands(change),
        Change::Link(change) => link::commands(change),
    }
}

/// The id of a group, or the variable that holds that of the proposed one.
fn group_id(id: &SecurityGroupId) -> String {
    if id.as_str() == NEW_GROUP { "$GROUP".into() } else { id.to_string() }
}

fn listed<T: ToString>(ids: &[T]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn permission(protocol: Option<Protocol>, ports: Option<(i32, i32)>, peer: &FixPeer) -> String {
    let protocol = protocol.map_or_else(|| "-1".into(), |protocol| protocol.to_string());
    let ports = ports.map(|(from, to)| format!(",FromPort={from},ToPort={to}")).unwrap_or_default();
    let peer = match peer {
        FixPeer::Group(id) => format!("UserIdGroupPairs=[{{GroupId={}}}]", group_id(id)),
        FixPeer::PrefixList(id) => format!("PrefixListIds=[{{PrefixListId={id}}}]"),
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
        RouteTarget::TransitGateway(id) => format!("--transit-gateway-id {id}"),
        RouteTarget::EgressOnly(id) if id.as_str() == NEW_EGRESS_ONLY => {
            "--egress-only-internet-gateway-id $EGRESS_ONLY".into()
        }
        RouteTarget::EgressOnly(id) => format!("--egress-only-internet-gateway-id {id}"),
    }
}
