//! Repairs of what joins VPCs: in words, as commands, as Terraform.

use super::terraform::{quoted, resource};
use crate::reach::Link;
use crate::reach::answer::Kind;
use crate::report::naming;
use crate::store::Store;

/// What it does, by names.
pub(super) fn title(store: &Store, link: &Link) -> String {
    let short = |kind, id: &str| naming::short(store, kind, id);
    match link {
        Link::AcceptPeering { peering } => {
            format!("accept the peering {}", short(Kind::Peering, peering.as_str()))
        }
        Link::TransitSubnet { attachment, subnet } => {
            format!("add {} to {attachment}", short(Kind::Subnet, subnet.as_str()))
        }
        Link::TransitRoute { table, destination, attachment } => {
            format!("in {table}, route {destination} to {attachment}")
        }
        Link::TransitReferences { attachment } => {
            format!("switch references to security groups on at {attachment}")
        }
    }
}

/// As AWS CLI commands.
pub(super) fn commands(link: &Link) -> Vec<String> {
    let modify = |attachment: &dyn std::fmt::Display, what: &str| {
        format!(
            "aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id {attachment} {what}"
        )
    };
    vec![match link {
        Link::AcceptPeering { peering } => {
            format!("aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id {peering}")
        }
        Link::TransitSubnet { attachment, subnet } => {
            modify(attachment, &format!("--add-subnet-ids {subnet}"))
        }
        Link::TransitRoute { table, destination, attachment } => format!(
            "aws ec2 create-transit-gateway-route --transit-gateway-route-table-id {table} --destination-cidr-block {destination} --transit-gateway-attachment-id {attachment}"
        ),
        Link::TransitReferences { attachment } => {
            modify(attachment, "--options SecurityGroupReferencingSupport=enable")
        }
    }]
}

/// As Terraform.
pub(super) fn terraform(link: &Link) -> String {
    match link {
        Link::AcceptPeering { peering } => {
            let lines = [
                ("vpc_peering_connection_id", quoted(peering)),
                ("auto_accept", "true".to_owned()),
            ];
            resource("aws_vpc_peering_connection_accepter", "this", &lines)
        }
        Link::TransitSubnet { attachment, subnet } => format!(
            "# in the resource aws_ec2_transit_gateway_vpc_attachment of {attachment}, one more:\nsubnet_ids = [\"{subnet}\"]"
        ),
        Link::TransitRoute { table, destination, attachment } => {
            let lines = [
                ("transit_gateway_route_table_id", quoted(table)),
                ("destination_cidr_block", quoted(destination)),
                ("transit_gateway_attachment_id", quoted(attachment)),
            ];
            resource("aws_ec2_transit_gateway_route", "this", &lines)
        }
        Link::TransitReferences { attachment } => format!(
            "# in the resource aws_ec2_transit_gateway_vpc_attachment of {attachment}:\nsecurity_group_referencing_support = \"enable\""
        ),
    }
}
