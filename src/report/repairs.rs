//! Repairs in words, as AWS CLI commands and as Terraform. A person runs them; the program never does.

use ipnet::IpNet;

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

// --- Terraform ---

fn terraform(change: &Change) -> String {
    match change {
        Change::GroupRule { group, direction, protocol, ports, peer } => {
            rule_resource(group.as_str(), *direction, *protocol, *ports, peer)
        }
        Change::AclEntry { acl, number, direction, protocol, ports, cidr } => {
            let mut lines = vec![
                ("network_acl_id", quoted(acl)),
                ("rule_number", number.to_string()),
                ("egress", (*direction == Direction::Egress).to_string()),
                (
                    "protocol",
                    quoted(
                        protocol.map_or_else(|| "-1".into(), |Protocol(number)| number.to_string()),
                    ),
                ),
                ("rule_action", quoted("allow")),
                (
                    if matches!(cidr, IpNet::V4(_)) { "cidr_block" } else { "ipv6_cidr_block" },
                    quoted(cidr),
                ),
            ];
            lines.extend(port_lines(*protocol, *ports));
            resource("aws_network_acl_rule", "this", &lines)
        }
        Change::Route { table, destination, target, .. } => {
            let to = match destination {
                IpNet::V4(_) => "destination_cidr_block",
                IpNet::V6(_) => "destination_ipv6_cidr_block",
            };
            let (by, id) = match target {
                RouteTarget::Nat(id) if id.as_str() == NEW_NAT => {
                    ("nat_gateway_id", "aws_nat_gateway.this.id".into())
                }
                RouteTarget::Nat(id) => ("nat_gateway_id", quoted(id)),
                RouteTarget::InternetGateway(id) => ("gateway_id", quoted(id)),
                RouteTarget::Peering(id) => ("vpc_peering_connection_id", quoted(id)),
            };
            resource(
                "aws_route",
                "this",
                &[("route_table_id", quoted(table)), (to, quoted(destination)), (by, id)],
            )
        }
        Change::NatGateway { subnet, .. } => {
            let address = resource("aws_eip", "nat", &[("domain", quoted("vpc"))]);
            let lines = [("allocation_id", "aws_eip.nat.id".into()), ("subnet_id", quoted(subnet))];
            format!("{address}\n\n{}", resource("aws_nat_gateway", "this", &lines))
        }
        Change::AttachFunction { name, subnets, group, .. } => {
            let subnets: Vec<_> = subnets.iter().map(quoted).collect();
            let subnets = subnets.join(", ");
            format!(
                "# in the resource aws_lambda_function of {name}:\nvpc_config {{\n  subnet_ids         = [{subnets}]\n  security_group_ids = [{}]\n}}",
                quoted(group)
            )
        }
        Change::ForwardPackets { interface } => {
            format!(
                "# in the resource aws_network_interface (or aws_instance) of {interface}:\nsource_dest_check = false"
            )
        }
        Change::PublicAddress { interface, private } => resource(
            "aws_eip",
            "this",
            &[
                ("domain", quoted("vpc")),
                ("network_interface", quoted(interface)),
                ("associate_with_private_ip", quoted(private)),
            ],
        ),
    }
}

fn rule_resource(
    group: &str,
    direction: Direction,
    protocol: Option<Protocol>,
    ports: Option<(i32, i32)>,
    peer: &FixPeer,
) -> String {
    let kind = match direction {
        Direction::Ingress => "aws_vpc_security_group_ingress_rule",
        Direction::Egress => "aws_vpc_security_group_egress_rule",
    };
    let protocol = protocol.map_or_else(|| "-1".into(), |protocol| protocol.to_string());
    let mut lines = vec![("security_group_id", quoted(group)), ("ip_protocol", quoted(protocol))];
    if let Some((from, to)) = ports {
        lines.extend([("from_port", from.to_string()), ("to_port", to.to_string())]);
    }
    lines.push(match peer {
        FixPeer::Group(id) => ("referenced_security_group_id", quoted(id)),
        FixPeer::Cidr(net @ IpNet::V4(_)) => ("cidr_ipv4", quoted(net)),
        FixPeer::Cidr(net @ IpNet::V6(_)) => ("cidr_ipv6", quoted(net)),
    });
    resource(kind, "this", &lines)
}

fn port_lines(
    protocol: Option<Protocol>,
    ports: Option<(i32, i32)>,
) -> Vec<(&'static str, String)> {
    let (Some(protocol), Some((from, to))) = (protocol, ports) else { return Vec::new() };
    let (first, second) =
        if protocol.has_ports() { ("from_port", "to_port") } else { ("icmp_type", "icmp_code") };
    vec![(first, from.to_string()), (second, to.to_string())]
}

fn resource(kind: &str, name: &str, lines: &[(&str, String)]) -> String {
    let width = lines.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
    let lines: Vec<_> =
        lines.iter().map(|(key, value)| format!("  {key:width$} = {value}")).collect();
    format!("resource \"{kind}\" \"{name}\" {{\n{}\n}}", lines.join("\n"))
}

fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}
