//! RDS: databases, their clusters and proxies.

use aws_sdk_rds::Client;

use super::page::{Ask, Page, all, each_of, every, paged};
use crate::loader::convert::{each, rds as convert, sure};
use crate::model::catalogue::Resources;
use crate::model::rds::DbProxyTargets;

const PAGE: i32 = 100;

paged! { max_records, set_marker -> marker:
    instances = describe_db_instances(PAGE), db_instances => db_instances, sure(convert::instance);
    clusters = describe_db_clusters(PAGE), db_clusters => db_clusters, sure(convert::cluster);
    cluster_endpoints = describe_db_cluster_endpoints(PAGE),
        db_cluster_endpoints => db_cluster_endpoints, sure(convert::cluster_endpoint);
    subnet_groups = describe_db_subnet_groups(PAGE), db_subnet_groups => db_subnet_groups, sure(convert::subnet_group);
    proxies = describe_db_proxies(PAGE), db_proxies => db_proxies, sure(convert::proxy);
    proxy_endpoints = describe_db_proxy_endpoints(PAGE),
        db_proxy_endpoints => db_proxy_endpoints, sure(convert::proxy_endpoint);
}

pub(super) fn proxy_targets(client: &Client, found: &Resources) -> Vec<Ask> {
    let names = found.db_proxies.iter().map(|proxy| proxy.db_proxy_name.clone());
    each_of(client, names, async |client, db_proxy_name: String| {
        let request = client.describe_db_proxy_targets().db_proxy_name(&db_proxy_name);
        let request = request.max_records(PAGE);
        let listed = every!(request, set_marker -> marker, targets).await?;
        let targets = each(Some(&listed), convert::proxy_target);
        let targets = DbProxyTargets { db_proxy_name, targets };
        Ok(Resources { db_proxy_targets: vec![targets], ..Resources::default() })
    })
}
