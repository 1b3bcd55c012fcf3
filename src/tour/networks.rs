//! The embedded networks by name.
//!
//! A network is a set of snapshot files; a stage of its story is a set of files that take the place of those with the
//! same name or come in addition, on top of all stages before it. So nothing is said twice, and what a stage changes is
//! what its folder holds.

use crate::model::dump::Dump;
use crate::snapshot;

/// One network: what there is to choose from.
#[derive(Clone, Copy)]
pub struct NetworkInfo {
    /// `lambda-rds`.
    pub name: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What is wrong in it, in a sentence or two.
    pub about: &'static str,
    /// What happens next, in order; each is asked for as `name:stage`.
    pub stages: &'static [StageInfo],
    files: Files,
}

/// One later stage of a story.
#[derive(Clone, Copy)]
pub struct StageInfo {
    /// `attached`.
    pub name: &'static str,
    /// What was changed.
    pub title: &'static str,
    files: Files,
}

/// Path and text of each file.
type Files = &'static [(&'static str, &'static str)];

/// The files of one folder below `assets/networks`.
macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$((
            concat!($name, ".json"),
            include_str!(concat!("../../assets/networks/", $folder, "/", $name, ".json")),
        ),)*]
    };
}

const NETWORKS: &[NetworkInfo] = &[NetworkInfo {
    name: "lambda-rds",
    title: "A function that must reach a database, then the internet",
    about: "export-to-bigquery times out on orders-db: it is in no VPC, and the database's group lets in one office \
            address. Once both are repaired it no longer reaches the internet, for want of a NAT gateway.",
    files: files!("lambda-rds/base":
        "bastion" "export-to-bigquery" "groups" "nightly-report" "nothing-else" "orders-db" "private-routes" "rds-sg"
        "routes" "s3-endpoint" "vpc" "web"
    ),
    stages: &[
        StageInfo {
            name: "attached",
            title: "The function is in the private subnets, and rds-sg refers to lambda-sg",
            files: files!("lambda-rds/attached": "export-to-bigquery" "rds-sg"),
        },
        StageInfo {
            name: "nat",
            title: "The private route table leads to a NAT gateway",
            files: files!("lambda-rds/nat": "nat-gateway" "private-routes"),
        },
    ],
}];

/// All of them, in the order in which a newcomer reads them.
#[must_use]
pub fn names() -> &'static [NetworkInfo] {
    NETWORKS
}

/// The network `name`, at its beginning or, as `name:stage`, at a later stage; `None` if there is none of that name.
#[must_use]
pub fn network(name: &str) -> Option<Dump> {
    let (network, stage) = name.split_once(':').map_or((name, None), |(n, s)| (n, Some(s)));
    let network = NETWORKS.iter().find(|one| one.name == network)?;
    let overlays = match stage {
        None => 0,
        Some(stage) => network.stages.iter().position(|one| one.name == stage)? + 1,
    };
    let files = files_at(network, overlays);
    snapshot::read_texts(&format!("demo {name}"), files).ok()
}

/// The files after so many stages: a later one takes the place of an earlier one of the same path.
fn files_at(network: &NetworkInfo, overlays: usize) -> Vec<(&'static str, &'static str)> {
    let mut files = network.files.to_vec();
    for (path, text) in network.stages.iter().take(overlays).flat_map(|stage| stage.files) {
        files.retain(|(earlier, _)| earlier != path);
        files.push((path, text));
    }
    files
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{NetworkInfo, names, network};
    use crate::model::catalogue::CALLS;
    use crate::model::dump::RegionDump;

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
    fn nothing_is_unknown_in_them() {
        for name in every_name() {
            let coverage = region(&name).coverage;
            for call in CALLS {
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
                for carried in &one.groups {
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
    fn names_that_do_not_exist_are_none() {
        for name in ["", "lambda", "lambda-rds:", "lambda-rds:later"] {
            assert_eq!(network(name), None, "{name}");
        }
        assert_eq!(names()[0].name, "lambda-rds");
    }
}
