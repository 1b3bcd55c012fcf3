//! The embedded networks are whole, consistent and tell their stories.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{NetworkInfo, names, network};
use crate::model::catalogue::usual_calls;
use crate::model::dump::RegionDump;
use crate::model::tag::name as name_of;

fn every_name() -> Vec<String> {
    let stages = |one: &'static NetworkInfo| {
        one.stages.iter().map(|stage| format!("{}:{}", one.name, stage.name))
    };
    let plain = names().iter().map(|one| one.name.to_owned());
    plain.chain(names().iter().flat_map(stages)).collect()
}

fn region(name: &str) -> RegionDump {
    network(name).unwrap().regions.remove(0)
}

#[test]
fn every_network_and_stage_reads_without_notices() {
    for name in every_name() {
        let dump = network(&name).unwrap();
        assert_eq!(dump.origin.notices, [""; 0], "{name}");
        let [region] = dump.regions.as_slice() else { panic!("{name}: one region") };
        assert_eq!(region.account.as_str(), "111122223333", "{name}");
        assert_eq!(region.region.as_str(), "ap-northeast-2", "{name}");
    }
}

#[test]
fn no_file_of_the_assets_is_forgotten() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/networks");
    let count = |folder: String| fs::read_dir(assets.join(folder)).unwrap().count();
    for one in names() {
        assert_eq!(count(format!("{}/base", one.name)), one.files.len(), "{}", one.name);
        assert_eq!(count(one.name.to_owned()), one.stages.len() + 1, "{}", one.name);
        for stage in one.stages {
            let folder = format!("{}/{}", one.name, stage.name);
            assert_eq!(count(folder), stage.files.len(), "{}:{}", one.name, stage.name);
        }
    }
}

#[test]
fn nothing_is_unknown_in_them() {
    for name in every_name() {
        let coverage = region(&name).coverage;
        for call in usual_calls() {
            assert!(coverage.is_complete(call.envelope), "{name}: {} is missing", call.key);
        }
    }
}

#[test]
fn ids_are_unique_and_groups_and_subnets_exist() {
    for name in every_name() {
        let resources = region(&name).resources;
        let interfaces = &resources.network_interfaces;
        let ids: BTreeSet<_> = interfaces.iter().map(|one| &one.network_interface_id).collect();
        assert_eq!(ids.len(), interfaces.len(), "{name}");
        let addresses: BTreeSet<_> =
            interfaces.iter().map(|one| (&one.vpc_id, one.private_ip_address)).collect();
        assert_eq!(addresses.len(), interfaces.len(), "{name}");
        for one in interfaces {
            let subnet =
                resources.subnets.iter().find(|s| Some(&s.subnet_id) == one.subnet_id.as_ref());
            let (subnet, address) = (subnet.unwrap(), one.private_ip_address.unwrap());
            assert!(subnet.cidr_block.unwrap().contains(&address), "{name}: {address}");
            assert_eq!(subnet.availability_zone, one.availability_zone, "{name}: {address}");
            for carried in one.groups.iter().flatten() {
                let mut groups = resources.security_groups.iter();
                assert!(groups.any(|group| group.group_id == carried.group_id), "{name}");
            }
        }
    }
}

#[test]
fn the_story_of_lambda_rds_unfolds() {
    let attached = |name: &str| {
        let functions = region(name).resources.functions;
        functions.into_iter().find(|f| f.function_name == "export-to-bigquery").unwrap()
    };
    assert!(attached("lambda-rds").attached().is_none());
    assert_eq!(attached("lambda-rds:attached").attached().unwrap().subnet_ids.len(), 2);
    assert!(region("lambda-rds:attached").resources.nat_gateways.is_empty());
    let last = region("lambda-rds:nat").resources;
    assert_eq!(last.nat_gateways.len(), 1);
    let group = last.security_groups.iter().find(|g| g.group_name == "rds-sg").unwrap();
    assert_eq!(group.ip_permissions[0].user_id_group_pairs.len(), 1);
}

#[test]
fn the_peering_learns_names_and_then_the_way_back() {
    let resolves = |name: &str| {
        let connection = &region(name).resources.vpc_peering_connections[0];
        let side = connection.accepter_vpc_info.as_ref().unwrap();
        side.peering_options.as_ref().unwrap().allow_dns_resolution_from_remote_vpc
    };
    assert_eq!(resolves("peering-one-way"), Some(false));
    assert_eq!(resolves("peering-one-way:return"), Some(true));
    let leads_back = |name: &str| {
        let tables = region(name).resources.route_tables;
        let mut tables = tables.iter().filter(|table| name_of(&table.tags) == Some("data"));
        let routes = &tables.next().unwrap().routes;
        routes.iter().any(|route| route.vpc_peering_connection_id.is_some())
    };
    assert!(!leads_back("peering-one-way:dns"));
    assert!(leads_back("peering-one-way:return"));
}

#[test]
fn one_of_three_subnets_has_the_hardened_acl() {
    let resources = region("nacl-ephemeral").resources;
    let function = resources.functions[0].attached().unwrap();
    let acl = resources.network_acls.iter().find(|acl| !acl.is_default).unwrap();
    let served: Vec<_> = acl.associations.iter().filter_map(|a| a.subnet_id.as_ref()).collect();
    let hit = function.subnet_ids.iter().filter(|subnet| served.contains(subnet)).count();
    assert_eq!((hit, function.subnet_ids.len()), (1, 3));
}

#[test]
fn the_endpoint_carries_the_default_group_until_it_gets_its_own() {
    let group = |name: &str| region(name).resources.vpc_endpoints[0].groups[0].group_name.clone();
    assert_eq!(group("endpoint-default-group").as_deref(), Some("default"));
    let own = group("endpoint-default-group:own-group");
    assert_eq!(own.as_deref(), Some("secretsmanager-sg"));
}

#[test]
fn names_that_do_not_exist_are_none() {
    for name in ["", "lambda", "lambda-rds:", "lambda-rds:later"] {
        assert_eq!(network(name), None, "{name}");
    }
    assert_eq!(names()[0].name, "lambda-rds");
}
