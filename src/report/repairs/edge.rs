//! Repairs at the edge of a VPC: in words, as commands, as Terraform.

use super::terraform::{quoted, resource};
use crate::reach::Edge;
use crate::reach::answer::Kind;
use crate::report::naming;
use crate::store::Store;

/// What it does, by names.
pub(super) fn title(store: &Store, edge: &Edge) -> String {
    let short = |kind, id: &str| naming::short(store, kind, id);
    let of_vpc = |vpc: &crate::model::ids::VpcId| short(Kind::Vpc, vpc.as_str());
    match edge {
        Edge::AttachGateway { gateway, vpc } => {
            let gateway = short(Kind::InternetGateway, gateway.as_str());
            format!("attach internet gateway {gateway} to {}", of_vpc(vpc))
        }
        Edge::EgressOnlyGateway { vpc } => {
            format!("create an egress-only internet gateway in {}", of_vpc(vpc))
        }
        Edge::GatewayEndpoint { vpc, service, table, endpoint, .. } => {
            let (service, table) = (brief(service), short(Kind::RouteTable, table.as_str()));
            match endpoint {
                Some(id) => {
                    let id = short(Kind::VpcEndpoint, id.as_str());
                    format!("add {table} to the gateway endpoint {id}")
                }
                None => format!(
                    "create a gateway endpoint for {service} in {} with {table}",
                    of_vpc(vpc)
                ),
            }
        }
        Edge::InterfaceEndpoint { service, subnet, client, .. } => format!(
            "create an interface endpoint for {} in {} that lets {} in",
            brief(service),
            short(Kind::Subnet, subnet.as_str()),
            short(Kind::SecurityGroup, client.as_str())
        ),
        Edge::PrivateNames { endpoint } => {
            let endpoint = short(Kind::VpcEndpoint, endpoint.as_str());
            format!("let the service's own name stand for {endpoint}")
        }
        Edge::DnsAttributes { vpc } => {
            format!("switch DNS support and DNS hostnames of {} on", of_vpc(vpc))
        }
        Edge::PublicAccessExclusion { vpc, is_egress_only } => {
            let what = if *is_egress_only { "what goes out of " } else { "" };
            format!("exclude {what}{} from Block Public Access", of_vpc(vpc))
        }
    }
}

/// `com.amazonaws.eu-west-1.s3` → `s3`.
fn brief(service: &str) -> &str {
    service.rsplit('.').next().unwrap_or(service)
}

fn exclusion_mode(is_egress_only: bool) -> &'static str {
    if is_egress_only { "allow-egress" } else { "allow-bidirectional" }
}

/// As AWS CLI commands.
pub(super) fn commands(edge: &Edge) -> Vec<String> {
    match edge {
        Edge::AttachGateway { gateway, vpc } => vec![format!(
            "aws ec2 attach-internet-gateway --internet-gateway-id {gateway} --vpc-id {vpc}"
        )],
        Edge::EgressOnlyGateway { vpc } => vec![format!(
            "EGRESS_ONLY=$(aws ec2 create-egress-only-internet-gateway --vpc-id {vpc} --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)"
        )],
        Edge::GatewayEndpoint { table, endpoint: Some(endpoint), .. } => vec![format!(
            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {endpoint} --add-route-table-ids {table}"
        )],
        Edge::GatewayEndpoint { vpc, service, table, .. } => vec![format!(
            "aws ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id {vpc} --service-name {service} --route-table-ids {table}"
        )],
        Edge::InterfaceEndpoint { vpc, service, subnet, client } => vec![
            format!(
                "GROUP=$(aws ec2 create-security-group --vpc-id {vpc} --group-name endpoint-{name} --description 'Interface endpoint of {name}' --query GroupId --output text)",
                name = brief(service)
            ),
            format!(
                "aws ec2 authorize-security-group-ingress --group-id $GROUP --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{{GroupId={client}}}]'"
            ),
            format!(
                "aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id {vpc} --service-name {service} --subnet-ids {subnet} --security-group-ids $GROUP --private-dns-enabled"
            ),
        ],
        Edge::PrivateNames { endpoint } => vec![format!(
            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {endpoint} --private-dns-enabled"
        )],
        Edge::DnsAttributes { vpc } => ["support", "hostnames"]
            .map(|what| {
                format!("aws ec2 modify-vpc-attribute --vpc-id {vpc} --enable-dns-{what} '{{\"Value\":true}}'")
            })
            .to_vec(),
        Edge::PublicAccessExclusion { vpc, is_egress_only } => vec![format!(
            "aws ec2 create-vpc-block-public-access-exclusion --vpc-id {vpc} --internet-gateway-exclusion-mode {}",
            exclusion_mode(*is_egress_only)
        )],
    }
}

/// As Terraform.
pub(super) fn terraform(edge: &Edge) -> String {
    match edge {
        Edge::AttachGateway { gateway, vpc } => {
            let lines = [("internet_gateway_id", quoted(gateway)), ("vpc_id", quoted(vpc))];
            resource("aws_internet_gateway_attachment", "this", &lines)
        }
        Edge::EgressOnlyGateway { vpc } => {
            resource("aws_egress_only_internet_gateway", "this", &[("vpc_id", quoted(vpc))])
        }
        Edge::GatewayEndpoint { table, endpoint: Some(endpoint), .. } => {
            let lines = [("vpc_endpoint_id", quoted(endpoint)), ("route_table_id", quoted(table))];
            resource("aws_vpc_endpoint_route_table_association", "this", &lines)
        }
        Edge::GatewayEndpoint { vpc, service, table, .. } => {
            let tables = ("route_table_ids", format!("[{}]", quoted(table)));
            endpoint("Gateway", vpc.as_str(), service, &[tables])
        }
        Edge::InterfaceEndpoint { vpc, service, subnet, client } => {
            interface_endpoint(vpc.as_str(), service, subnet.as_str(), client.as_str())
        }
        Edge::PrivateNames { endpoint } => {
            let lines =
                [("vpc_endpoint_id", quoted(endpoint)), ("private_dns_enabled", "true".into())];
            resource("aws_vpc_endpoint_private_dns", "this", &lines)
        }
        Edge::DnsAttributes { vpc } => format!(
            "# in the resource aws_vpc of {vpc}:\nenable_dns_support   = true\nenable_dns_hostnames = true"
        ),
        Edge::PublicAccessExclusion { vpc, is_egress_only } => {
            let mode = quoted(exclusion_mode(*is_egress_only));
            let lines = [("vpc_id", quoted(vpc)), ("internet_gateway_exclusion_mode", mode)];
            resource("aws_vpc_block_public_access_exclusion", "this", &lines)
        }
    }
}

fn endpoint(kind: &str, vpc: &str, service: &str, more: &[(&str, String)]) -> String {
    let mut lines = vec![
        ("vpc_id", quoted(vpc)),
        ("service_name", quoted(service)),
        ("vpc_endpoint_type", quoted(kind)),
    ];
    lines.extend_from_slice(more);
    resource("aws_vpc_endpoint", "this", &lines)
}

fn interface_endpoint(vpc: &str, service: &str, subnet: &str, client: &str) -> String {
    let name = format!("endpoint-{}", brief(service));
    let group = resource(
        "aws_security_group",
        "endpoint",
        &[("name", quoted(name)), ("vpc_id", quoted(vpc))],
    );
    let rule = [
        ("security_group_id", "aws_security_group.endpoint.id".to_owned()),
        ("ip_protocol", quoted("tcp")),
        ("from_port", "443".to_owned()),
        ("to_port", "443".to_owned()),
        ("referenced_security_group_id", quoted(client)),
    ];
    let rule = resource("aws_vpc_security_group_ingress_rule", "endpoint", &rule);
    let more = [
        ("subnet_ids", format!("[{}]", quoted(subnet))),
        ("security_group_ids", "[aws_security_group.endpoint.id]".to_owned()),
        ("private_dns_enabled", "true".to_owned()),
    ];
    format!("{group}\n\n{rule}\n\n{}", endpoint("Interface", vpc, service, &more))
}
