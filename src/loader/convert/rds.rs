//! Databases, their clusters, proxies and names.

use aws_sdk_rds::types as rds;

use super::field::{each, id, ids, known_id, text, word};
use crate::model::rds::{
    AvailabilityZone, DbCluster, DbClusterEndpoint, DbClusterMember, DbInstance, DbProxy,
    DbProxyEndpoint, DbProxyTarget, DbSubnet, DbSubnetGroup, Endpoint, VpcSecurityGroupMembership,
};
use crate::model::tag::Tag;

pub(in crate::loader) fn instance(from: &rds::DbInstance) -> DbInstance {
    DbInstance {
        db_instance_identifier: id(from.db_instance_identifier()),
        db_instance_arn: known_id(from.db_instance_arn()),
        db_instance_status: text(from.db_instance_status()),
        db_cluster_identifier: known_id(from.db_cluster_identifier()),
        engine: text(from.engine()),
        engine_version: text(from.engine_version()),
        endpoint: from.endpoint().map(endpoint),
        db_subnet_group: from.db_subnet_group().map(subnet_group),
        vpc_security_groups: from
            .vpc_security_groups
            .as_ref()
            .map(|groups| each(Some(groups), group)),
        availability_zone: text(from.availability_zone()),
        secondary_availability_zone: text(from.secondary_availability_zone()),
        multi_az: from.multi_az(),
        publicly_accessible: from.publicly_accessible(),
        network_type: text(from.network_type()),
        db_instance_port: from.db_instance_port(),
        tag_list: tags(from.tag_list.as_ref()),
    }
}

fn endpoint(from: &rds::Endpoint) -> Endpoint {
    Endpoint {
        address: text(from.address()),
        port: from.port(),
        hosted_zone_id: text(from.hosted_zone_id()),
    }
}

fn group(from: &rds::VpcSecurityGroupMembership) -> VpcSecurityGroupMembership {
    VpcSecurityGroupMembership {
        vpc_security_group_id: id(from.vpc_security_group_id()),
        status: text(from.status()),
    }
}

fn tags(list: Option<&Vec<rds::Tag>>) -> Vec<Tag> {
    each(list, |tag| Tag { key: id(tag.key()), value: id(tag.value()) })
}

pub(in crate::loader) fn subnet_group(from: &rds::DbSubnetGroup) -> DbSubnetGroup {
    DbSubnetGroup {
        db_subnet_group_name: id(from.db_subnet_group_name()),
        db_subnet_group_description: text(from.db_subnet_group_description()),
        db_subnet_group_arn: known_id(from.db_subnet_group_arn()),
        vpc_id: known_id(from.vpc_id()),
        subnet_group_status: text(from.subnet_group_status()),
        subnets: each(from.subnets.as_ref(), subnet),
    }
}

fn subnet(from: &rds::Subnet) -> DbSubnet {
    let zone = from.subnet_availability_zone();
    DbSubnet {
        subnet_identifier: id(from.subnet_identifier()),
        subnet_availability_zone: zone.map(|zone| AvailabilityZone { name: text(zone.name()) }),
        subnet_status: text(from.subnet_status()),
    }
}

pub(in crate::loader) fn cluster(from: &rds::DbCluster) -> DbCluster {
    DbCluster {
        db_cluster_identifier: id(from.db_cluster_identifier()),
        db_cluster_arn: known_id(from.db_cluster_arn()),
        status: text(from.status()),
        engine: text(from.engine()),
        endpoint: text(from.endpoint()),
        reader_endpoint: text(from.reader_endpoint()),
        custom_endpoints: from.custom_endpoints().to_vec(),
        port: from.port(),
        db_subnet_group: text(from.db_subnet_group()),
        vpc_security_groups: each(from.vpc_security_groups.as_ref(), group),
        db_cluster_members: each(from.db_cluster_members.as_ref(), |member| DbClusterMember {
            db_instance_identifier: id(member.db_instance_identifier()),
            is_cluster_writer: member.is_cluster_writer.unwrap_or_default(),
        }),
        publicly_accessible: from.publicly_accessible(),
        multi_az: from.multi_az(),
        tag_list: tags(from.tag_list.as_ref()),
    }
}

pub(in crate::loader) fn cluster_endpoint(from: &rds::DbClusterEndpoint) -> DbClusterEndpoint {
    DbClusterEndpoint {
        db_cluster_endpoint_identifier: text(from.db_cluster_endpoint_identifier()),
        db_cluster_identifier: text(from.db_cluster_identifier()),
        endpoint: text(from.endpoint()),
        endpoint_type: text(from.endpoint_type()),
        custom_endpoint_type: text(from.custom_endpoint_type()),
        static_members: from.static_members().to_vec(),
        excluded_members: from.excluded_members().to_vec(),
        status: text(from.status()),
    }
}

pub(in crate::loader) fn proxy(from: &rds::DbProxy) -> DbProxy {
    DbProxy {
        db_proxy_name: id(from.db_proxy_name()),
        db_proxy_arn: known_id(from.db_proxy_arn()),
        status: word(from.status()),
        engine_family: text(from.engine_family()),
        vpc_id: known_id(from.vpc_id()),
        vpc_security_group_ids: from.vpc_security_group_ids.as_ref().map(|all| ids(Some(all))),
        vpc_subnet_ids: ids(from.vpc_subnet_ids.as_ref()),
        endpoint: text(from.endpoint()),
    }
}

pub(in crate::loader) fn proxy_endpoint(from: &rds::DbProxyEndpoint) -> DbProxyEndpoint {
    DbProxyEndpoint {
        db_proxy_endpoint_name: id(from.db_proxy_endpoint_name()),
        db_proxy_endpoint_arn: known_id(from.db_proxy_endpoint_arn()),
        db_proxy_name: id(from.db_proxy_name()),
        status: word(from.status()),
        vpc_id: known_id(from.vpc_id()),
        vpc_security_group_ids: from.vpc_security_group_ids.as_ref().map(|all| ids(Some(all))),
        vpc_subnet_ids: ids(from.vpc_subnet_ids.as_ref()),
        endpoint: text(from.endpoint()),
        target_role: word(from.target_role()),
        is_default: from.is_default(),
    }
}

pub(in crate::loader) fn proxy_target(from: &rds::DbProxyTarget) -> DbProxyTarget {
    DbProxyTarget {
        endpoint: text(from.endpoint()),
        rds_resource_id: text(from.rds_resource_id()),
        tracked_cluster_id: text(from.tracked_cluster_id()),
        port: from.port(),
        target_type: word(from.r#type()),
        role: word(from.role()),
    }
}
