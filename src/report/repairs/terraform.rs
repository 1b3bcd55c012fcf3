//! Repairs as Terraform, for those who must not change AWS by hand.

use ipnet::IpNet;

use super::{edge, link};
use crate::model::ids::{SecurityGroupId, TransitGatewayAttachmentId, TransitGatewayRouteTableId};
use crate::model::traffic::Protocol;
use crate::reach::{Change, FixPeer, NEW_EGRESS_ONLY, NEW_GROUP, NEW_NAT, RouteTarget};
use crate::report::safe_text::safe;
use crate::store::Direction;

/// One change as a resource, or as the lines to change in one.
pub(super) fn terraform(change: &Change) -> String {
    match change {
        Change::GroupRule { group, direction, protocol, ports, peer } => {
            rule_resource(group, *direction, *protocol, *ports, peer)
        }
        Change::AclEntry { .. } => acl_resource(change),
        Change::Route { table, destination, target, .. } => {
            route_resource(table.as_str(), *destination, target)
        }
        Change::NatGateway { subnet, .. } => {
            let address = resource("aws_eip", "nat", &[("domain", quoted("vpc"))]);
            let lines = [("allocation_id", "aws_eip.nat.id".into()), ("subnet_id", quoted(subnet))];
            format!("{address}\n\n{}", resource("aws_nat_gateway", "this", &lines))
        }
        Change::NewGroup { vpc, name } => new_group(vpc.as_str(), name),
        Change::AttachFunction { name, subnets, groups, .. } => {
            let groups: Vec<_> = groups.iter().map(group).collect();
            let (subnets, groups) = (list(subnets), format!("[{}]", groups.join(", ")));
            format!(
                "# in the resource aws_lambda_function of {}:\nvpc_config {{\n  subnet_ids         = {subnets}\n  security_group_ids = {groups}\n}}",
                safe(name)
            )
        }
        Change::ForwardPackets { interface } => {
            format!(
                "# in the resource aws_network_interface (or aws_instance) of {interface}:\nsource_dest_check = false"
            )
        }
        Change::DnsOverPeering { peering, requester, .. } => {
            let side = if *requester { "requester" } else { "accepter" };
            format!(
                "resource \"aws_vpc_peering_connection_options\" \"this\" {{\n  vpc_peering_connection_id = {}\n  {side} {{\n    allow_remote_vpc_dns_resolution = true\n  }}\n}}",
                quoted(peering)
            )
        }
        Change::TransitAssociation { attachment, table } => {
            transit_resource("aws_ec2_transit_gateway_route_table_association", attachment, table)
        }
        Change::TransitPropagation { attachment, table } => {
            transit_resource("aws_ec2_transit_gateway_route_table_propagation", attachment, table)
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
        Change::Edge(change) => edge::terraform(change),
        Change::Link(change) => link::terraform(change),
    }
}

/// The id of a group, or a reference to the proposed one.
fn group(id: &SecurityGroupId) -> String {
    if id.as_str() == NEW_GROUP { "aws_security_group.function.id".into() } else { quoted(id) }
}

/// Terraform takes AWS's own rule away that lets everything out.
fn new_group(vpc: &str, name: &str) -> String {
    let lines = [("name", quoted(name)), ("vpc_id", quoted(vpc))];
    let out = [
        ("security_group_id", "aws_security_group.function.id".to_owned()),
        ("ip_protocol", quoted("-1")),
        ("cidr_ipv4", quoted("0.0.0.0/0")),
    ];
    let group = resource("aws_security_group", "function", &lines);
    format!("{group}\n\n{}", resource("aws_vpc_security_group_egress_rule", "function", &out))
}

fn transit_resource(
    kind: &str,
    attachment: &TransitGatewayAttachmentId,
    table: &TransitGatewayRouteTableId,
) -> String {
    let lines = [
        ("transit_gateway_attachment_id", quoted(attachment)),
        ("transit_gateway_route_table_id", quoted(table)),
    ];
    resource(kind, "this", &lines)
}

fn acl_resource(change: &Change) -> String {
    let Change::AclEntry { acl, number, direction, protocol, ports, cidr } = change else {
        return String::new();
    };
    let protocol_number =
        protocol.map_or_else(|| "-1".into(), |Protocol(number)| number.to_string());
    let family = if matches!(cidr, IpNet::V4(_)) { "cidr_block" } else { "ipv6_cidr_block" };
    let mut lines = vec![
        ("network_acl_id", quoted(acl)),
        ("rule_number", number.to_string()),
        ("egress", (*direction == Direction::Egress).to_string()),
        ("protocol", quoted(protocol_number)),
        ("rule_action", quoted("allow")),
        (family, quoted(cidr)),
    ];
    lines.extend(port_lines(*protocol, *ports));
    resource("aws_network_acl_rule", "this", &lines)
}

fn route_resource(table: &str, destination: IpNet, target: &RouteTarget) -> String {
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
        RouteTarget::TransitGateway(id) => ("transit_gateway_id", quoted(id)),
        RouteTarget::EgressOnly(id) if id.as_str() == NEW_EGRESS_ONLY => {
            ("egress_only_gateway_id", "aws_egress_only_internet_gateway.this.id".into())
        }
        RouteTarget::EgressOnly(id) => ("egress_only_gateway_id", quoted(id)),
    };
    let lines = [("route_table_id", quoted(table)), (to, quoted(destination)), (by, id)];
    resource("aws_route", "this", &lines)
}

fn rule_resource(
    id: &SecurityGroupId,
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
    let mut lines = vec![("security_group_id", group(id)), ("ip_protocol", quoted(protocol))];
    if let Some((from, to)) = ports {
        lines.extend([("from_port", from.to_string()), ("to_port", to.to_string())]);
    }
    lines.push(match peer {
        FixPeer::Group(id) => ("referenced_security_group_id", group(id)),
        FixPeer::PrefixList(id) => ("prefix_list_id", quoted(id)),
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

/// Blocks of one file: of resources that would have one name, the later ones are numbered.
pub(super) fn distinct(blocks: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    let renamed = blocks.into_iter().map(|block| {
        let lines = block.lines().map(|line| {
            let Some(head) = line.strip_prefix("resource ").and_then(|l| l.strip_suffix("\" {"))
            else {
                return line.to_owned();
            };
            seen.push(head.to_owned());
            match seen.iter().filter(|one| *one == head).count() {
                1 => line.to_owned(),
                number => format!("resource {head}_{number}\" {{"),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    renamed.collect()
}

/// A resource, its arguments aligned.
pub(super) fn resource(kind: &str, name: &str, lines: &[(&str, String)]) -> String {
    let width = lines.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
    let lines: Vec<_> =
        lines.iter().map(|(key, value)| format!("  {key:width$} = {value}")).collect();
    format!("resource \"{kind}\" \"{name}\" {{\n{}\n}}", lines.join("\n"))
}

/// A string; what would end it, or be taken for an expression, is written as text.
pub(super) fn quoted(text: impl std::fmt::Display) -> String {
    let text = safe(&text.to_string()).replace('\\', r"\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace("${", "$${").replace("%{", "%%{"))
}

fn list<T: std::fmt::Display>(ids: &[T]) -> String {
    format!("[{}]", ids.iter().map(quoted).collect::<Vec<_>>().join(", "))
}
