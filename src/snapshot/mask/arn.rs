//! ARNs: partition, service and region stay where they are AWS's; in the rest, what says of which kind a thing is.

use super::aws::{is_partition, is_region, is_service};
use super::text::Texts;

/// First parts of an ARN's resource.
const RESOURCES: &[&str] = &[
    "function",
    "db",
    "cluster",
    "cluster-endpoint",
    "db-proxy",
    "db-proxy-endpoint",
    "subgrp",
    "loadbalancer",
    "listener",
    "listener-rule",
    "targetgroup",
    "vpc",
    "subnet",
    "transit-gateway",
    "security-group",
    "core-network",
    "odb-network",
    "network-interface",
    "instance",
    "attachment",
    "task",
    "role",
    "user",
    "assumed-role",
];

/// Second parts of the ARNs of load balancers and what belongs to them.
const BALANCERS: &[&str] = &["app", "net", "gwy"];

/// What ends a part of a resource.
const ENDS: [char; 2] = ['/', ':'];

impl Texts {
    /// `arn:partition:service:region:account:type/name`, or with `:` before the name.
    pub fn arn(&mut self, text: &str) -> Option<String> {
        let parts: Vec<_> = text.splitn(6, ':').collect();
        let &["arn", partition, service, region, account, resource] = parts.as_slice() else {
            return None;
        };
        if !is_partition(partition) {
            return None;
        }
        let service = self.unless(is_service(service), service);
        let region = self.unless(is_region(region), region);
        let account = self.part(account);
        let resource = self.resource(resource);
        Some(format!("arn:{partition}:{service}:{region}:{account}:{resource}"))
    }

    fn unless(&mut self, of_aws: bool, text: &str) -> String {
        if of_aws { text.to_owned() } else { self.part(text) }
    }

    fn resource(&mut self, resource: &str) -> String {
        let first = resource.split(ENDS).next().unwrap_or_default();
        let of_balancer = first == "loadbalancer" || first.starts_with("listener");
        let segments = resource.split_inclusive(ENDS).enumerate();
        let masked = segments.map(|(at, segment)| {
            let name = segment.trim_end_matches(ENDS);
            let is_kind = at == 0 && segment != name && RESOURCES.contains(&name)
                || at == 1 && of_balancer && BALANCERS.contains(&name);
            if is_kind || at > 1 && is_short_number(name) {
                segment.to_owned()
            } else {
                self.word(segment, ENDS)
            }
        });
        masked.collect()
    }
}

/// The version of a function and its like; accounts, phone numbers and what else tells something are longer.
fn is_short_number(text: &str) -> bool {
    text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}
