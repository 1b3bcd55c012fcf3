//! What is lost of the data, in every scenario: an answer of AWS, one resource of it, or a field. What is left gives the
//! same verdict or none at all.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::Serializer;
use vpctui::model::catalogue::{CALLS, Envelope};
use vpctui::model::dump::{Dump, Outcome};
use vpctui::reach::{Question, Verdict, explain, verdict};
use vpctui::store::Store;

use super::is_honest;
use crate::notation::without;
use crate::scenarios::{all_questions, told};

/// Every field is removed where this is set, else one in so many.
const EVERY_FIELD: &str = "VPCTUI_EVERY_FIELD";
const ONE_IN: usize = 17;

/// Fields whose absence has a meaning, and which.
const MAY_BE_ABSENT: &[(&str, &[&str])] = &[
    (
        "An empty list is left out by some tools.",
        &[
            "DBProxyTargets/Targets",
            "EgressOnlyInternetGateways/Attachments",
            "InternetGateways/Attachments",
            "ListenerRules/Rules",
            "ListenerRules/Rules/Actions",
            "LoadBalancerAttributes/Attributes",
            "LoadBalancerListeners/Listeners",
            "LoadBalancerListeners/Listeners/DefaultActions",
            "LoadBalancerTargetHealth/TargetHealthDescriptions",
            "LoadBalancers/AvailabilityZones",
            "ManagedPrefixListEntries/Entries",
            "NetworkAcls/Associations",
            "NetworkAcls/Entries",
            "NetworkInterfaces/Ipv4Prefixes",
            "NetworkInterfaces/Ipv6Addresses",
            "NetworkInterfaces/Ipv6Prefixes",
            "NetworkInterfaces/PrivateIpAddresses",
            "Reservations/Instances",
            "RouteTables/Associations",
            "RouteTables/Routes",
            "SecurityGroups/IpPermissions",
            "SecurityGroups/IpPermissions/IpRanges",
            "SecurityGroups/IpPermissions/Ipv6Ranges",
            "SecurityGroups/IpPermissions/PrefixListIds",
            "SecurityGroups/IpPermissions/UserIdGroupPairs",
            "SecurityGroups/IpPermissionsEgress",
            "SecurityGroups/IpPermissionsEgress/IpRanges",
            "SecurityGroups/IpPermissionsEgress/Ipv6Ranges",
            "SecurityGroups/IpPermissionsEgress/PrefixListIds",
            "SecurityGroups/IpPermissionsEgress/UserIdGroupPairs",
            "Subnets/Ipv6CidrBlockAssociationSet",
            "TargetGroupAttributes/Attributes",
            "TransitGatewayPropagations/TransitGatewayRouteTablePropagations",
            "TransitGatewayRoutes/Routes",
            "TransitGatewayStaticRoutes/Routes",
            "Vpcs/Ipv6CidrBlockAssociationSet",
        ],
    ),
    (
        "No network is without it, but for one made by hand.",
        &["Subnets/CidrBlock", "Vpcs/CidrBlock"],
    ),
    (
        "A zone that is not told may be any.",
        &[
            "DBInstances/AvailabilityZone",
            "NatGateways/NatGatewayAddresses/AvailabilityZone",
            "Subnets/AvailabilityZone",
        ],
    ),
    (
        "AWS leaves it out where it does not apply.",
        &[
            "DBInstances/DBClusterIdentifier",
            "Functions/VpcConfig",
            "Functions/VpcConfig/SubnetIds",
            "ListenerRules/Rules/Actions/TargetGroupArn",
            "LoadBalancerListeners/Listeners/DefaultActions/TargetGroupArn",
            "NatGateways/NatGatewayAddresses/PrivateIp",
            "NatGateways/NatGatewayAddresses/PublicIp",
            "NetworkInterfaces/Attachment",
            "NetworkInterfaces/Attachment/InstanceId",
            "NetworkInterfaces/Description",
            "Reservations/Instances/Platform",
            "SecurityGroups/IpPermissions/UserIdGroupPairs/PeeringStatus",
            "TransitGatewayRoutes/Routes/TransitGatewayAttachments",
            "VpcEndpoints/DnsOptions",
            "VpcEndpoints/DnsOptions/PrivateDnsOnlyForInboundResolverEndpoint",
        ],
    ),
    (
        "A state that is not told is taken as in service: nothing speaks against it.",
        &[
            "DBInstances/DBInstanceStatus",
            "DBProxies/Status",
            "DBProxyEndpoints/Status",
            "Functions/State",
            "LoadBalancerTargetHealth/TargetHealthDescriptions/TargetHealth",
            "LoadBalancerTargetHealth/TargetHealthDescriptions/TargetHealth/State",
            "LoadBalancers/State",
            "LoadBalancers/State/Code",
            "RouteTables/Routes/State",
            "TransitGatewayPeeringAttachments/State",
            "TransitGatewayVpcAttachments/State",
            "VpcEndpoints/State",
        ],
    ),
    (
        "Older than the field: AWS's default, which was the only behaviour then.",
        &[
            "Functions/VpcConfig/Ipv6AllowedForDualStack",
            "NatGateways/AvailabilityMode",
            "NetworkInterfaces/DenyAllIgwTraffic",
            "NetworkInterfaces/SourceDestCheck",
            "Subnets/AvailabilityZoneId",
            "Subnets/BlockPublicAccessStates",
            "Subnets/BlockPublicAccessStates/InternetGatewayBlockMode",
            "TransitGatewayVpcAttachments/Options",
            "TransitGatewayVpcAttachments/Options/ApplianceModeSupport",
            "TransitGatewayVpcAttachments/Options/Ipv6Support",
            "TransitGatewayVpcAttachments/Options/SecurityGroupReferencingSupport",
            "TransitGateways/Options",
            "TransitGateways/Options/SecurityGroupReferencingSupport",
            "VpcAttributes/EnableDnsHostnames",
            "VpcAttributes/EnableDnsHostnames/Value",
            "VpcAttributes/EnableDnsSupport",
            "VpcAttributes/EnableDnsSupport/Value",
            "VpcPeeringConnections/AccepterVpcInfo/PeeringOptions",
            "VpcPeeringConnections/AccepterVpcInfo/PeeringOptions/AllowDnsResolutionFromRemoteVpc",
            "VpcPeeringConnections/AccepterVpcInfo/Region",
            "VpcPeeringConnections/RequesterVpcInfo/Region",
            "Vpcs/BlockPublicAccessStates",
            "Vpcs/BlockPublicAccessStates/InternetGatewayBlockMode",
        ],
    ),
];

#[test]
fn an_answer_that_is_lost_makes_unknown_what_rests_on_it() {
    each_question(|dump, question, report| {
        for envelope in CALLS.iter().map(|call| call.envelope) {
            // A snapshot without any ACLs is taken as allowing, and says so: the one exception.
            if envelope != Envelope::NetworkAcls {
                report.ask(question, &without(dump, &[envelope]), || format!("{envelope:?}"));
            }
        }
    });
}

#[test]
fn a_resource_that_is_lost_makes_unknown_what_rests_on_it() {
    each_question(|dump, question, report| {
        for (region, envelope) in lists(dump) {
            let Value::Array(items) = written(dump, region, envelope) else { continue };
            for lost in 0..items.len() {
                let less = without_item(dump, (region, envelope), &items, lost);
                report.ask(question, &less, || format!("{envelope:?}"));
            }
        }
    });
}

#[test]
fn a_field_that_is_lost_makes_unknown_what_rests_on_it() {
    let every = if std::env::var_os(EVERY_FIELD).is_some() { 1 } else { ONE_IN };
    let mut count = 0;
    each_question(|dump, question, report| {
        for (region, envelope) in lists(dump) {
            let value = written(dump, region, envelope);
            for pointer in pointers(&value) {
                count += 1;
                let kind = kind(envelope, &pointer);
                let may_be_absent =
                    MAY_BE_ABSENT.iter().any(|(_, all)| all.contains(&kind.as_str()));
                if count % every == 0 && !may_be_absent {
                    let less = without_field(dump, (region, envelope), &value, &pointer);
                    report.ask(question, &less, || kind.clone());
                }
            }
        }
    });
}

/// What came out wrong, by what was lost: how often, and the first of it.
struct Report {
    scenario: String,
    full: Verdict,
    wrong: BTreeMap<String, (usize, String)>,
}

impl Report {
    fn ask(&mut self, question: &Question, less: &Dump, lost: impl Fn() -> String) {
        let store = Store::build(less.clone());
        let after = verdict(&store, question);
        if is_honest(self.full, after) {
            return;
        }
        let first = || {
            let steps = told(&explain(&store, question));
            let (scenario, full) = (&self.scenario, self.full);
            (0, format!("{scenario}: {full} became {after}, {question:?}\n{steps}"))
        };
        self.wrong.entry(lost()).or_insert_with(first).0 += 1;
    }
}

/// Asks about every question of every scenario that has a definite answer.
fn each_question(mut lose: impl FnMut(&Dump, &Question, &mut Report)) {
    let (scenario, full, wrong) = (String::new(), Verdict::Unknown, BTreeMap::new());
    let mut report = Report { scenario, full, wrong };
    for (scenario, mut dump, question) in all_questions() {
        for region in &mut dump.regions {
            region.loaded_at = Some("2026-03-02T05:00:00Z".into());
        }
        report.scenario = scenario;
        report.full = verdict(&Store::build(dump.clone()), &question);
        if report.full != Verdict::Unknown {
            lose(&dump, &question, &mut report);
        }
    }
    let wrong: Vec<_> =
        report.wrong.iter().map(|(lost, said)| format!("{lost} {said:?}")).collect();
    assert!(report.wrong.is_empty(), "{}", wrong.join("\n").replace("\\n", "\n"));
}

fn lists(dump: &Dump) -> Vec<(usize, Envelope)> {
    let regions = 0..dump.regions.len();
    regions.flat_map(|region| CALLS.iter().map(move |call| (region, call.envelope))).collect()
}

fn written(dump: &Dump, region: usize, envelope: Envelope) -> Value {
    dump.regions[region].resources.write(envelope, Serializer).expect("it is written as JSON")
}

/// Another list in place of the one of an answer.
fn with_list(dump: &Dump, (region, envelope): (usize, Envelope), list: Value) -> Dump {
    let mut dump = dump.clone();
    let resources = &mut dump.regions[region].resources;
    resources.clear(envelope);
    resources.read(envelope, list).expect("what was written is read");
    dump
}

/// The list broke off.
fn without_item(dump: &Dump, of: (usize, Envelope), items: &[Value], lost: usize) -> Dump {
    let mut left = items.to_vec();
    left.remove(lost);
    let mut dump = with_list(dump, of, Value::Array(left));
    let outcome = Outcome::Partial { message: "the connection was lost".into() };
    dump.regions[of.0].coverage.0.insert(of.1, outcome);
    dump
}

fn without_field(dump: &Dump, of: (usize, Envelope), list: &Value, pointer: &str) -> Dump {
    let mut list = list.clone();
    let (parent, name) = pointer.rsplit_once('/').expect("a field of something");
    let fields = list.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    fields.remove(name);
    with_list(dump, of, list)
}

/// The way to every field, at any depth.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                found.push(format!("/{name}"));
                found.extend(pointers(inner).into_iter().map(|rest| format!("/{name}{rest}")));
            }
        }
        Value::Array(items) => {
            for (position, inner) in items.iter().enumerate() {
                found.extend(pointers(inner).into_iter().map(|rest| format!("/{position}{rest}")));
            }
        }
        _ => {}
    }
    found
}

/// `NetworkAcls/Entries/PortRange`: the field of any of them.
fn kind(envelope: Envelope, pointer: &str) -> String {
    let is_name = |part: &&str| !part.is_empty() && part.parse::<usize>().is_err();
    let names: Vec<_> = pointer.split('/').filter(is_name).collect();
    format!("{envelope:?}/{}", names.join("/"))
}
