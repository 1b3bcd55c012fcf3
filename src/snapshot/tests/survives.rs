//! What a reader has to survive, and the errors where it cannot.

use std::fs;

use proptest::prelude::*;

use super::{Folder, file_name, one_region};
use crate::model::catalogue::Envelope;
use crate::model::dump::Outcome;
use crate::model::instance::InstanceStateName;
use crate::model::route_table::{RouteOrigin, RouteState};
use crate::snapshot::SnapshotError;

#[test]
fn missing_files_are_not_covered_and_empty_lists_are() {
    let region = one_region(&[("v.json", r#"{"Vpcs": []}"#)]);
    assert!(region.coverage.is_complete(Envelope::Vpcs));
    assert!(!region.coverage.0.contains_key(&Envelope::NetworkAcls));
}

#[test]
fn terminated_instances_have_no_subnet() {
    let text = r#"{"Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Code": 48,
        "Name": "terminated"}, "NetworkInterfaces": [], "StateTransitionReason": "User"}]}]}"#;
    let region = one_region(&[("r.json", text)]);
    let instance = &region.resources.reservations[0].instances[0];
    assert_eq!(instance.subnet_id, None);
    assert_eq!(instance.state.as_ref().unwrap().name, InstanceStateName::Terminated);
}

#[test]
fn deleted_peerings_gateways_and_attachments_keep_their_state() {
    let text = r#"{"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1",
            "AccepterVpcInfo": {"OwnerId": "1", "VpcId": "vpc-1"}, "Status": {"Code": "deleted"}}],
        "NatGateways": [{"NatGatewayId": "nat-1", "State": "deleted", "NatGatewayAddresses": []}],
        "TransitGatewayVpcAttachments": [{"TransitGatewayAttachmentId": "a", "State": "deleted"}]}"#;
    let region = one_region(&[("all.json", text)]);
    assert!(!region.resources.vpc_peering_connections[0].is_active());
    assert_eq!(region.resources.nat_gateways[0].state.as_str(), "deleted");
    let attachment = &region.resources.transit_gateway_vpc_attachments[0];
    assert_eq!(attachment.state.as_deref(), Some("deleted"));
}

#[test]
fn routes_may_be_blackholes_and_lead_to_prefix_lists() {
    let text = r#"{"RouteTables": [{"RouteTableId": "rtb-1", "Associations": [], "Routes": [
        {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"},
        {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1", "Origin": "CreateRoute"}]}]}"#;
    let region = one_region(&[("r.json", text)]);
    let routes = &region.resources.route_tables[0].routes;
    assert_eq!(routes[0].state, RouteState::Blackhole);
    assert_eq!(routes[1].destination_prefix_list_id.as_ref().unwrap().as_str(), "pl-1");
    assert_eq!(routes[1].origin, RouteOrigin::CreateRoute);
}

#[test]
fn a_shared_subnet_may_be_seen_from_two_accounts() {
    let subnet = r#"{"Subnets": [{"SubnetId": "subnet-1", "OwnerId": "111122223333"}]}"#;
    let folder = Folder::new(&[
        ("aws_configs/accounts/111122223333/eu-west-1/Subnets.json", subnet),
        ("aws_configs/accounts/444455556666/eu-west-1/Subnets.json", subnet),
    ]);
    let dump = folder.read().unwrap();
    assert_eq!(dump.regions[0].resources.subnets, dump.regions[1].resources.subnets);
}

#[test]
fn acl_entries_may_be_ipv6_only() {
    let text = r#"{"NetworkAcls": [{"NetworkAclId": "acl-1", "Entries": [{"RuleNumber": 32768,
        "Egress": true, "Protocol": "-1", "RuleAction": "deny", "Ipv6CidrBlock": "::/0"}]}]}"#;
    let region = one_region(&[("a.json", text)]);
    let entry = &region.resources.network_acls[0].entries[0];
    assert_eq!((entry.cidr_block, entry.ipv6_cidr_block.is_some()), (None, true));
}

#[test]
fn dates_short_ids_and_fields_and_values_to_come() {
    let text = r#"{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1a2b3c4d", "Hologram": {"a": [1]},
        "Attachment": {"AttachTime": "2020-05-29 22:28:52+00:00"}, "InterfaceType": "quantum"}],
        "NatGateways": [{"NatGatewayId": "nat-1", "State": "dreaming"}]}"#;
    let region = one_region(&[("a.json", text)]);
    let interface = &region.resources.network_interfaces[0];
    assert_eq!(interface.network_interface_id.as_str(), "eni-1a2b3c4d");
    assert_eq!(interface.interface_type.as_deref(), Some("quantum"));
    assert_eq!(region.resources.nat_gateways[0].state.as_str(), "dreaming");
}

#[test]
fn nulls_mean_absent_at_any_depth() {
    let text = r#"{"Subnets": null, "SecurityGroups": [null, {"GroupId": "sg-1", "GroupName": null,
        "Tags": null, "VpcId": null, "IpPermissions": [{"IpProtocol": "tcp", "FromPort": null,
        "IpRanges": null, "UserIdGroupPairs": [null, {"GroupId": "sg-2"}]}]}],
        "RouteTables": [{"Associations": [{"Main": null}], "Routes": [{"State": null}]}]}"#;
    let region = one_region(&[("a.json", text)]);
    let [group] = region.resources.security_groups.as_slice() else { panic!("one group") };
    assert_eq!((group.group_name.as_str(), &group.vpc_id), ("", &None));
    let [rule] = group.ip_permissions.as_slice() else { panic!("one rule") };
    assert_eq!((rule.from_port, rule.user_id_group_pairs.len()), (None, 1));
    assert!(!region.resources.route_tables[0].associations[0].main);
    assert!(region.coverage.is_complete(Envelope::Subnets));
}

#[test]
fn an_object_where_aws_prints_one() {
    let text = r#"{"VpcBlockPublicAccessOptions": {"AwsAccountId": "111122223333",
        "InternetGatewayBlockMode": "block-ingress", "ExclusionsAllowed": "allowed"}}"#;
    let region = one_region(&[("b.json", text)]);
    let options = &region.resources.block_public_access_options[0];
    assert_eq!(options.internet_gateway_block_mode.as_deref(), Some("block-ingress"));
}

#[test]
fn a_mark_of_a_next_page_makes_it_partial() {
    let region = one_region(&[
        ("v.json", r#"{"NextToken": "abc", "Vpcs": []}"#),
        ("f.json", r#"{"Functions": [], "NextMarker": null}"#),
    ]);
    assert!(matches!(region.coverage.0[&Envelope::Vpcs], Outcome::Partial { .. }));
    assert!(region.coverage.is_complete(Envelope::Functions));
}

#[test]
fn unknown_keys_are_noticed_once() {
    let foreign = r#"{"DomainStatusList": [{"x": 1}], "Vpcs": []}"#;
    let dump = Folder::new(&[("a.json", foreign), ("b.json", foreign)]).read().unwrap();
    let [notice] = dump.origin.notices.as_slice() else { panic!("{:?}", dump.origin.notices) };
    assert!(notice.contains("a.json") && notice.contains("DomainStatusList"), "{notice}");
}

#[test]
fn an_empty_file_is_a_call_that_failed() {
    let dump =
        Folder::new(&[("v.json", r#"{"Vpcs": []}"#), ("Subnets.json", "\n")]).read().unwrap();
    assert!(!dump.regions[0].coverage.0.contains_key(&Envelope::Subnets));
    assert!(dump.origin.notices[0].contains("Subnets.json is empty"));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let region = one_region(&[("v.json", "\u{feff}{\"Vpcs\": []}")]);
    assert!(region.coverage.is_complete(Envelope::Vpcs));
}

const BROKEN: &str = "{\"NatGateways\": [], \"Subnets\": [{\"SubnetId\": \"s\"},\n {\"CidrBlock\": \"10.0.0.0/99\"}]}";

#[test]
fn a_broken_file_names_file_line_and_field() {
    let error = Folder::new(&[("Subnets.json", BROKEN)]).read().unwrap_err();
    let SnapshotError::Broken { place, .. } = &error else { panic!("{error}") };
    assert_eq!(file_name(&place.file), "Subnets.json");
    assert_eq!((place.line, place.field.as_str()), (2, "Subnets[1].CidrBlock"));
    assert!(error.to_string().contains("--lenient"), "{error}");
}

#[test]
fn lenient_loads_the_rest_and_knows_what_is_in_doubt() {
    let folder = Folder::new(&[("Subnets.json", BROKEN), ("v.json", r#"{"Vpcs": []}"#)]);
    let dump = folder.read_lenient();
    let coverage = &dump.regions[0].coverage;
    assert!(coverage.is_complete(Envelope::Vpcs) && coverage.is_complete(Envelope::NatGateways));
    assert!(matches!(coverage.0[&Envelope::Subnets], Outcome::Partial { .. }));
    assert_eq!(dump.regions[0].resources.subnets.len(), 1);
    assert!(dump.origin.notices[0].contains("Subnets[1].CidrBlock"), "{:?}", dump.origin.notices);
}

#[test]
fn an_interrupted_file_says_so() {
    let error = Folder::new(&[("v.json", "{\"Vpcs\": [{\"VpcId\": ")]).read().unwrap_err();
    assert!(error.to_string().contains("ends in the middle"), "{error}");
}

#[test]
fn a_list_at_the_top_is_told_what_was_expected() {
    let error = Folder::new(&[("v.json", "[]")]).read().unwrap_err();
    assert!(error.to_string().contains("an object with a key such as"), "{error}");
}

/// One file with lists, objects, numbers and texts at several depths.
const SOUND: &str = include_str!("../../../assets/networks/lambda-rds/base/groups.json");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn damage_is_an_error_or_data_and_never_a_panic(position in 0..SOUND.len(), byte: u8, cut: bool) {
        let mut text = SOUND.as_bytes().to_vec();
        if cut {
            text.truncate(position);
        } else {
            text[position] = byte;
        }
        let folder = Folder::new(&[("Vpcs.json", r#"{"Vpcs": []}"#)]);
        fs::write(folder.path("groups.json"), text).unwrap();
        let lenient = folder.read_lenient();
        if folder.read().is_err() {
            prop_assert!(!lenient.origin.notices.is_empty());
        }
    }
}
