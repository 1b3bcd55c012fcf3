//! The loader against an emulator of AWS, over HTTP on loopback.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::json;
use vpctui::loader::Progress;
use vpctui::model::catalogue::{CALLS, Envelope, Resources, Service, usual_calls};
use vpctui::model::dump::Outcome;
use vpctui::model::interface::NetworkInterface;
use vpctui::model::tag;
use vpctui::snapshot::{self, Stamp};

use crate::emulator::{Load, emulator, load};

/// The regions of the story's three variants, shared by tests that only read.
const STORY: [(&str, &str); 3] = [("eu-west-1", "1"), ("eu-west-2", "2"), ("eu-west-3", "3")];
const WIDE: &str = "eu-central-1";

fn read(region: &str) -> Load {
    load(&emulator().url, region).expect("the emulator answers")
}

/// A scenario that nobody changes, read once.
fn shared(region: &str, scenario: &str) -> Arc<Load> {
    static LOADS: Mutex<BTreeMap<String, Arc<Load>>> = Mutex::new(BTreeMap::new());
    emulator().scenario(region, scenario);
    let mut loads = LOADS.lock().expect("no load fails");
    loads.entry(region.to_owned()).or_insert_with(|| Arc::new(read(region))).clone()
}

fn story(variant: usize) -> Arc<Load> {
    let (region, scenario) = STORY[variant - 1];
    shared(region, scenario)
}

fn wide() -> Arc<Load> {
    shared(WIDE, "wide")
}

fn described<'a>(resources: &'a Resources, text: &str) -> Vec<&'a NetworkInterface> {
    let interfaces = resources.network_interfaces.iter().map(AsRef::as_ref);
    interfaces
        .filter(|i: &&NetworkInterface| i.description.as_ref().is_some_and(|d| d.contains(text)))
        .collect()
}

#[test]
fn every_call_of_the_table_is_made_and_complete() {
    let load = story(1);
    assert_eq!(load.incomplete(), []);
    let covered: Vec<_> = load.dump.regions[0].coverage.0.keys().copied().collect();
    assert_eq!(covered, usual_calls().map(|call| call.envelope).collect::<Vec<_>>());
    assert_eq!(load.dump.regions[0].account.as_str(), "123456789012");
    assert_eq!(load.dump.regions[0].region.as_str(), "eu-west-1");
    assert!(load.dump.regions[0].loaded_at.is_some());
}

#[test]
fn a_function_outside_and_one_inside_the_vpc() {
    let load = story(1);
    let functions = &load.resources().functions;
    let inside: Vec<_> =
        functions.iter().filter(|f| f.attached().is_some()).map(|f| &*f.function_name).collect();
    assert_eq!(inside, ["nightly-report"]);
    assert_eq!(functions.len(), 2);
}

#[test]
fn the_attached_function_has_interfaces_and_the_group_is_let_in() {
    let ids = emulator().scenario("eu-west-2", "2");
    let load = story(2);
    let resources = load.resources();
    let function = resources.functions.iter().find(|f| f.function_name == "export-to-bigquery");
    let config = function.and_then(|f| f.attached()).expect("it is in the VPC");
    assert_eq!(config.vpc_id.as_ref().map(AsRef::as_ref), Some(&*ids["prod"]));
    let groups: Vec<_> =
        config.security_group_ids.iter().flatten().map(AsRef::<str>::as_ref).collect();
    assert_eq!(groups, [&*ids["lambda-sg"]]);
    let interfaces = described(resources, "AWS Lambda VPC ENI-");
    assert_eq!(interfaces.len(), 2, "one per subnet, shared by both functions");
    assert!(interfaces.iter().all(|i| i.interface_type.as_deref() == Some("lambda")));
    let rds = resources.security_groups.iter().find(|g| g.group_name == "rds-sg").unwrap();
    let pairs: Vec<_> = rds.ip_permissions.iter().flat_map(|p| &p.user_id_group_pairs).collect();
    assert_eq!(pairs[0].group_id.as_ref().map(AsRef::as_ref), Some(&*ids["lambda-sg"]));
    assert_eq!(pairs[0].description.as_deref(), Some("functions"));
}

#[test]
fn the_database_has_its_name_port_and_interface() {
    let ids = emulator().scenario("eu-west-2", "2");
    let load = story(2);
    let database = &load.resources().db_instances[0];
    assert_eq!(database.db_instance_identifier, "reports");
    assert_eq!(database.endpoint.as_ref().and_then(|e| e.port), Some(5432));
    let group = database.db_subnet_group.as_ref().expect("its subnet group comes with it");
    assert_eq!(group.subnets.len(), 2);
    let interfaces = described(load.resources(), "RDSNetworkInterface");
    assert_eq!(interfaces[0].requester_id.as_deref(), Some("amazon-rds"));
    let groups = interfaces[0].groups.as_ref().unwrap();
    assert_eq!(groups[0].group_id.as_str(), ids["rds-sg"]);
}

#[test]
fn the_nat_gateway_its_interface_and_its_route() {
    let ids = emulator().scenario("eu-west-3", "3");
    let load = story(3);
    let resources = load.resources();
    let nat = &resources.nat_gateways[0];
    assert_eq!(nat.state.as_str(), "available");
    assert_eq!(tag::name(&nat.tags), Some("nat-a"));
    let own = &nat.nat_gateway_addresses[0];
    assert_eq!(described(resources, "Interface for NAT Gateway").len(), 1);
    assert!(own.private_ip.is_some() && own.public_ip.is_some());
    let private =
        resources.route_tables.iter().find(|t| t.route_table_id.as_str() == ids["rt-private"]);
    let routes = &private.expect("the table is there").routes;
    let out = routes.iter().find(|r| r.nat_gateway_id.as_ref() == Some(&nat.nat_gateway_id));
    let out = out.expect("the route to the gateway is there");
    assert_eq!(out.destination_cidr_block, Some("0.0.0.0/0".parse().unwrap()));
    assert_eq!(out.state.as_str(), "active");
}

#[test]
fn every_kind_of_thing_is_read() {
    let load = wide();
    assert_eq!(load.incomplete(), []);
    // What the scenario leaves out or the emulator cannot make.
    let impossible = [
        "SecurityGroupVpcAssociations",
        "SecurityGroupReferenceSet",
        "StaleSecurityGroupSet",
        "Addresses",
        "Reservations",
        "InternetGateways",
        "NatGateways",
        "VpcBlockPublicAccessExclusions",
        "DBClusterEndpoints",
        "DBProxyEndpoints",
        "FunctionConfigurations",
        "clusterArns",
        "taskArns",
        "tasks",
        "CacheClusters",
        "Clusters",
        "FileSystems",
        "Events",
    ];
    let empty = CALLS.iter().filter(|call| load.resources().count(call.envelope) == 0);
    let missing: Vec<_> =
        empty.map(|call| call.key).filter(|key| !impossible.contains(key)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn what_hangs_on_a_parent_is_one_record_per_parent() {
    let ids = emulator().scenario(WIDE, "wide");
    let load = wide();
    let resources = load.resources();
    let entries = &resources.managed_prefix_list_entries;
    let offices = entries.iter().find(|list| list.prefix_list_id.as_str() == ids["offices"]);
    assert_eq!(offices.expect("its entries are there").entries.len(), 8);
    let attributes = resources.vpc_attributes.iter().find(|a| a.vpc_id.as_str() == ids["left"]);
    let attributes = attributes.expect("its attributes are there");
    assert!(attributes.enable_dns_support.as_ref().is_some_and(|a| a.value == Some(true)));
    assert!(attributes.enable_dns_hostnames.as_ref().is_some_and(|a| a.value == Some(true)));
    let listeners = &resources.load_balancer_listeners[0].listeners;
    assert_eq!(listeners[0].port, Some(80));
    assert_eq!(resources.listener_rules[0].rules.len(), 2, "the default one and one more");
    let health = &resources.load_balancer_target_health;
    let targets = health.iter().flat_map(|group| &group.target_health_descriptions);
    let targets: Vec<_> = targets.filter_map(|t| Some(&*t.target.as_ref()?.id)).collect();
    assert_eq!(targets, ["10.1.1.20"]);
}

#[test]
fn routes_of_a_transit_gateway_are_asked_for_twice() {
    let load = wide();
    let fixed = &load.resources().transit_gateway_static_routes[0].routes;
    let all = &load.resources().transit_gateway_routes[0].routes;
    let written = |routes: &[vpctui::model::transit_gateway::TransitGatewayRoute]| {
        let cidrs = routes.iter().filter_map(|r| Some(r.destination_cidr_block?.to_string()));
        cidrs.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(written(fixed), ["10.99.0.0/16", "192.0.2.0/24"]);
    assert_eq!(written(all), ["10.1.0.0/16", "10.2.0.0/16", "10.99.0.0/16", "192.0.2.0/24"]);
    let hole = all.iter().find(|route| route.state.as_deref() == Some("blackhole"));
    assert_eq!(hole.expect("it is listed").route_type.as_deref(), Some("static"));
}

#[test]
fn only_operations_of_the_table_leave() {
    let region = "eu-north-1";
    read(region);
    let allowed: BTreeSet<String> = CALLS
        .iter()
        .map(|call| format!("{}.{}", signing_name(call.service), call.operation))
        .chain(["sts.GetCallerIdentity".to_owned()])
        .collect();
    let asked: BTreeSet<String> = emulator().calls(region).into_keys().collect();
    assert_eq!(asked.difference(&allowed).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(asked.contains("ec2.DescribeNetworkInterfaces"), "{asked:?}");
}

fn signing_name(service: Service) -> &'static str {
    match service {
        Service::Ec2 => "ec2",
        Service::Lambda => "lambda",
        Service::Rds => "rds",
        Service::ElasticLoadBalancingV2 => "elasticloadbalancing",
        Service::Sts => "sts",
        Service::Organizations => "organizations",
        Service::Config => "config",
        Service::Ecs => "ecs",
        Service::ElastiCache => "elasticache",
        Service::Redshift => "redshift",
        Service::Efs => "elasticfilesystem",
        Service::CloudTrail => "cloudtrail",
    }
}

#[test]
fn many_small_pages_bring_the_same_as_one() {
    let region = "ca-central-1";
    emulator().scenario(region, "wide");
    let whole = read(region);
    emulator().page_cap(region, 2);
    let in_pages = read(region);
    let pages = in_pages.progress.iter().filter(|progress| is_page_of(progress, Envelope::Subnets));
    assert!(pages.count() > 2);
    assert!(emulator().calls(region)["lambda.ListFunctions"] > 2);
    for call in CALLS {
        let written = |load: &Load| {
            let mut text = Vec::new();
            let mut writer = serde_json::Serializer::new(&mut text);
            load.resources().write(call.envelope, &mut writer).expect("it can be written");
            String::from_utf8(text).expect("JSON is text")
        };
        assert_eq!(written(&whole), written(&in_pages), "{}", call.key);
    }
}

fn is_page_of(progress: &Progress, wanted: Envelope) -> bool {
    matches!(progress, Progress::Page { envelope, .. } if *envelope == wanted)
}

#[test]
fn the_pages_that_were_shown_make_up_the_dump() {
    let load = story(3);
    let mut shown = Resources::default();
    let mut ended = BTreeSet::new();
    for progress in &load.progress {
        match progress {
            Progress::Page { resources, .. } => shown.append((**resources).clone()),
            Progress::CallEnded { envelope, items, .. } => {
                assert_eq!(*items, load.resources().count(*envelope));
                ended.insert(*envelope);
            }
            Progress::Started { .. }
            | Progress::CallStarted { .. }
            | Progress::Retry { .. }
            | Progress::Ended { .. } => {}
        }
    }
    assert_eq!(ended.len(), usual_calls().count());
    for call in CALLS {
        assert_eq!(
            shown.count(call.envelope),
            load.resources().count(call.envelope),
            "{}",
            call.key
        );
    }
    assert!(matches!(load.progress.first(), Some(Progress::Started { .. })));
    assert!(matches!(load.progress.last(), Some(Progress::Ended { .. })));
}

#[test]
fn a_denied_call_names_its_action_and_the_others_go_on() {
    let region = "ap-south-1";
    emulator().faults(
        region,
        &json!([
            {"action": "DescribeNetworkAcls", "code": "UnauthorizedOperation", "status": 403,
             "message": "You are not authorized. Encoded authorization failure message: abc"},
            {"action": "ListFunctions", "code": "AccessDeniedException", "status": 403},
            {"action": "DescribeLoadBalancers", "code": "AccessDenied", "status": 403},
        ]),
    );
    let load = read(region);
    let denied: Vec<_> = load.dump.regions[0].coverage.denied().collect();
    let balancers = "elasticloadbalancing:DescribeLoadBalancers";
    assert_eq!(
        denied,
        [
            (Envelope::NetworkAcls, "ec2:DescribeNetworkAcls"),
            (Envelope::Functions, "lambda:ListFunctions"),
            // What hangs on it cannot be known either, for want of the same action.
            (Envelope::FunctionConfigurations, "lambda:ListFunctions"),
            (Envelope::LoadBalancers, balancers),
            (Envelope::LoadBalancerListeners, balancers),
            (Envelope::ListenerRules, balancers),
            (Envelope::LoadBalancerAttributes, balancers),
        ]
    );
    assert_eq!(load.incomplete().len(), denied.len());
    let Outcome::Denied { message, .. } = load.outcome(Envelope::NetworkAcls) else { panic!() };
    assert_eq!(message, "UnauthorizedOperation: You are not authorized.");
    assert_eq!(load.resources().vpcs.len(), 1);
}

#[test]
fn throttling_and_passing_faults_of_aws_are_waited_out() {
    let region = "ap-northeast-2";
    emulator().faults(
        region,
        &json!([
            {"action": "DescribeSubnets", "code": "RequestLimitExceeded", "status": 503, "times": 2},
            {"action": "DescribeVpcs", "code": "InternalError", "status": 500, "times": 1},
        ]),
    );
    let load = read(region);
    assert_eq!(load.incomplete(), []);
    assert_eq!(emulator().calls(region)["ec2.DescribeSubnets"], 3);
    assert_eq!(emulator().calls(region)["ec2.DescribeVpcs"], 2);
}

#[test]
fn a_call_that_breaks_off_keeps_what_came() {
    let region = "ap-southeast-1";
    emulator().page_cap(region, 1);
    emulator().faults(
        region,
        &json!([{"action": "DescribeSubnets", "code": "InvalidParameterValue", "after": 2}]),
    );
    let load = read(region);
    assert_eq!(load.resources().subnets.len(), 2);
    let partial = Outcome::Partial { message: "InvalidParameterValue".to_owned() };
    assert_eq!(load.outcome(Envelope::Subnets), &partial);
}

#[test]
fn without_sts_the_owner_of_the_resources_is_the_account() {
    let region = "ap-southeast-2";
    emulator().faults(
        region,
        &json!([{"action": "GetCallerIdentity", "code": "AccessDenied", "status": 403}]),
    );
    let load = read(region);
    assert_eq!(load.dump.regions[0].account.as_str(), "123456789012");
    assert_eq!(load.dump.origin.notices, ["sts:GetCallerIdentity: AccessDenied"]);
}

#[test]
fn expired_keys_are_answered_with_what_to_do() {
    let region = "sa-east-1";
    emulator().faults(
        region,
        &json!([{"action": "*", "code": "ExpiredToken", "status": 403, "message": "It has expired"}]),
    );
    let error = load(&emulator().url, region).map(|_| ()).expect_err("nothing can be read");
    let text = error.to_string();
    assert!(text.contains("get new credentials for profile `default`"), "{text}");
    assert!(text.contains("ExpiredToken: It has expired"), "{text}");
}

#[test]
fn secrets_of_functions_and_vpns_are_not_saved() {
    let load = wide();
    let folder = tempfile::tempdir().unwrap();
    let stamp = Stamp { created_at: String::new(), tool_version: String::new(), masked: false };
    snapshot::write(&load.dump, &folder.path().join("saved"), stamp).unwrap();
    let saved = texts(folder.path());
    assert!(saved.contains("with-secret") && saved.contains("vpn-"));
    assert!(!saved.contains("hunter2-must-not-be-kept"));
    assert!(!saved.contains("pre_shared_key") && !saved.contains("CustomerGatewayConfiguration"));
}

/// The content of all files below a folder.
fn texts(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        if path.is_dir() { texts(&path) } else { std::fs::read_to_string(path).unwrap() }
    };
    entries.map(read).collect()
}
