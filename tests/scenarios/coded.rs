//! Which explanation codes of AWS Reachability Analyzer the engine gives: a scenario has each, or a reason is stated.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;
use vpctui::reach::explain;
use vpctui::store::Store;

use super::{changed, files, question, read, steps};
use crate::notation::Network;

/// The codes that the rule book marks for the first two stages, and those of its section D that help to understand.
const CODES: [&str; 63] = [
    "BAD_STATE",
    "BAD_STATE_ATTACHMENT",
    "BAD_STATE_ROUTE",
    "BAD_STATE_VPN",
    "CANNOT_ROUTE",
    "ELBV2_LISTENER_HAS_NO_TG",
    "ELBV2_LISTENER_PORT_RESTRICTION",
    "ELBV2_LISTENER_REQUIRES_TG_ACCEPT",
    "ELBV2_LISTENERS_MISMATCH",
    "ELBV2_NO_TARGETS_IN_AZ",
    "ELBV2_SOURCE_ADDRESS_PRESERVATION",
    "ENI_ADDRESS_RESTRICTION",
    "ENI_SG_RULES_MISMATCH",
    "ENI_SOURCE_DEST_CHECK_RESTRICTION",
    "HIGHER_PRIORITY_ROUTE",
    "IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS",
    "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
    "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
    "IGW_NAT_REFLECTION",
    "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
    "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS",
    "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS",
    "MORE_SPECIFIC_ROUTE",
    "NGW_DEST_ADDRESS_PRESERVATION",
    "NGW_REQUIRES_SOURCE_IN_VPC",
    "NGW_SOURCE_ADDRESS_REASSIGN",
    "NO_POSSIBLE_DESTINATION",
    "NO_ROUTE_TO_DESTINATION",
    "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
    "PROTOCOL_RESTRICTION",
    "REGIONAL_NGW_ROUTE_AZ_RESTRICTION",
    "REMAP_EPHEMERAL_PORT",
    "SG_HAS_NO_RULES",
    "SG_REFERENCES_NOT_PRESERVED",
    "SG_REFERENCING_SUPPORT",
    "SUBNET_ACL_RESTRICTION",
    "TARGET_ADDRESS_RESTRICTION",
    "TARGET_PORT_RESTRICTION",
    "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
    "TGW_ROUTE_AZ_RESTRICTION",
    "TGW_RTB_BAD_STATE_ROUTE",
    "TGW_RTB_CANNOT_ROUTE",
    "TGW_RTB_HIGHER_PRIORITY_ROUTE",
    "TGW_RTB_MORE_SPECIFIC_ROUTE",
    "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
    "TGW_RTB_ROUTES_ARE_UNKNOWN",
    "UNKNOWN_DESTINATION",
    "UNKNOWN_PEERED_SGS",
    "UNKNOWN_RESOURCE",
    "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
    "VPC_LOCAL_ROUTE_CIDR_RESTRICTION",
    "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION",
    "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
    "VPCE_INTRA_VPC_TRAFFIC",
    "DISCONNECTED_VPCS",
    "NO_PATH",
    "NO_SOURCE_OR_DESTINATION",
    "UNASSOCIATED_COMPONENT",
    "ASSUMPTION_PRESERVE_CLIENT_IP_IS_DISABLED",
    "ASSUMPTION_PRESERVE_CLIENT_IP_IS_ENABLED",
    "MISSING_TARGET_GROUP_ATTRIBUTES",
    "RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY",
];

/// Codes that no answer has, and why.
const WITHOUT: [(&str, &str); 7] = [
    (
        "IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS",
        "what comes in by an internet gateway is named by a public address, and a public address belongs to an interface of a VPC",
    ),
    (
        "IGW_NAT_REFLECTION",
        "says that the analyzer does not follow a public address from inside: the engine does (IGW-1)",
    ),
    (
        "NGW_DEST_ADDRESS_PRESERVATION",
        "excludes paths on which a NAT gateway would change the destination: no walk does",
    ),
    ("NO_PATH", "says that nothing more is known: an answer always has the check that stops it"),
    (
        "NO_SOURCE_OR_DESTINATION",
        "an end that is not found is an error that lists what is near, before any question is asked",
    ),
    (
        "TARGET_ADDRESS_RESTRICTION",
        "excludes paths to other addresses than the registered ones: a walk goes to these only",
    ),
    (
        "TARGET_PORT_RESTRICTION",
        "excludes paths to other ports than the registered ones: a walk goes to these only",
    ),
];

/// How many scenarios of a code the table names.
const NAMED: usize = 3;

#[test]
fn every_code_is_given_or_has_a_reason() {
    let given = given();
    for code in CODES {
        let is_given = given.contains_key(code);
        assert!(
            is_given || reason(code).is_some(),
            "{code} is given by no scenario, and has no reason"
        );
        assert!(!is_given || reason(code).is_none(), "{code} is given: its reason is out of date");
    }
    let unknown: Vec<_> = WITHOUT.iter().filter(|(code, _)| !CODES.contains(code)).collect();
    assert!(unknown.is_empty(), "{unknown:?} are not listed");
}

fn reason(code: &str) -> Option<&'static str> {
    WITHOUT.iter().find(|(one, _)| *one == code).map(|(_, reason)| *reason)
}

/// The scenarios that have a code in one of their answers.
fn given() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut given: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for path in files() {
        let scenario = read(&path);
        let name = path.file_stem().unwrap_or_default().display().to_string();
        for ask in &scenario.asks {
            let network = changed(&scenario.network, &ask.change);
            let network = Network::deserialize(network).expect("a network");
            let store = Store::build(network.dump());
            let answer = explain(&store, &question(&store, ask));
            for code in steps(&answer).filter_map(|step| step.code) {
                given.entry(code.as_str()).or_default().insert(name.clone());
            }
        }
    }
    given
}

/// The codes with some of their scenarios, for the README.
pub(super) fn table() -> String {
    let given = given();
    let mut table = String::from(
        "\n## Explanation codes\n\nThose of AWS Reachability Analyzer that the rule book asks for: some of the scenarios that \
         have them.\n\n| code | scenarios, or why there is none |\n|---|---|\n",
    );
    for code in CODES {
        let links = given.get(code).into_iter().flatten().take(NAMED);
        let links: Vec<_> = links.map(|name| format!("[{name}]({name}.toml)")).collect();
        let said = if links.is_empty() {
            reason(code).unwrap_or_default().to_owned()
        } else {
            links.join("<br>")
        };
        let _ = writeln!(table, "| {code} | {said} |");
    }
    table
}
