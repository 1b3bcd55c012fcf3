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

const NETWORKS: &[NetworkInfo] =
    &[LAMBDA_RDS, PEERING_ONE_WAY, NACL_EPHEMERAL, ENDPOINT_DEFAULT_GROUP];

const LAMBDA_RDS: NetworkInfo = NetworkInfo {
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
};

const PEERING_ONE_WAY: NetworkInfo = NetworkInfo {
    name: "peering-one-way",
    title: "Two peered VPCs, and a database that answers into the void",
    about: "billing times out on ledger-db in the peered VPC: the name stands for the public address there, because the \
            peering does not resolve names, and no route leads back.",
    files: files!("peering-one-way/base":
        "app-routes" "billing" "data-routes" "groups" "ledger-db" "nothing-else" "peering" "vpcs"
    ),
    stages: &[
        StageInfo {
            name: "dns",
            title: "The peering resolves names to private addresses",
            files: files!("peering-one-way/dns": "peering"),
        },
        StageInfo {
            name: "return",
            title: "The database's route table leads back to the other VPC",
            files: files!("peering-one-way/return": "data-routes"),
        },
    ],
};

const NACL_EPHEMERAL: NetworkInfo = NetworkInfo {
    name: "nacl-ephemeral",
    title: "A function that works most of the time",
    about: "checkout reaches sessions-db from two of its three subnets at once; in the third a network ACL lets in only \
            part of the ports on which a function expects its answers.",
    files: files!("nacl-ephemeral/base":
        "checkout" "default-acl" "groups" "hardened-acl" "nothing-else" "sessions-db" "vpc"
    ),
    stages: &[StageInfo {
        name: "widened",
        title: "The ACL lets in the whole ephemeral range",
        files: files!("nacl-ephemeral/widened": "hardened-acl"),
    }],
};

const ENDPOINT_DEFAULT_GROUP: NetworkInfo = NetworkInfo {
    name: "endpoint-default-group",
    title: "An endpoint that lets nobody in",
    about: "token-refresh times out on Secrets Manager: the interface endpoint was made without a group of its own, so \
            it carries the VPC's default group, which lets in its own members only.",
    files: files!("endpoint-default-group/base":
        "groups" "nothing-else" "secretsmanager-endpoint" "token-refresh" "vpc"
    ),
    stages: &[StageInfo {
        name: "own-group",
        title: "The endpoint has a group that lets the function in",
        files: files!("endpoint-default-group/own-group": "endpoint-group" "secretsmanager-endpoint"),
    }],
};

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
mod tests;
