//! The least IAM policy, out of the table of calls: a call that is added there is in the policy.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::catalogue::{CALLS, Call, Service};

/// An IAM policy document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    version: &'static str,
    statement: Vec<Statement>,
}

/// One statement of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    sid: &'static str,
    effect: &'static str,
    action: BTreeSet<&'static str>,
    resource: &'static str,
}

/// Each service with the name of its statement and what it needs beside the table: the list of regions.
const SERVICES: [(Service, &str, &[&str]); 4] = [
    (Service::Ec2, "VpctuiReadsNetworks", &["ec2:DescribeRegions"]),
    (Service::Lambda, "VpctuiReadsFunctions", &[]),
    (Service::Rds, "VpctuiReadsDatabases", &[]),
    (Service::ElasticLoadBalancingV2, "VpctuiReadsLoadBalancers", &[]),
];

/// The policy. These actions know no narrower resource than `*`; `sts:GetCallerIdentity` needs no permission.
pub fn policy() -> Policy {
    let statement = SERVICES.map(|(service, sid, besides)| {
        let calls = CALLS.iter().filter(|call| call.service == service);
        let action = calls.map(|call: &Call| call.action).chain(besides.iter().copied());
        Statement { sid, effect: "Allow", action: action.collect(), resource: "*" }
    });
    Policy { version: "2012-10-17", statement: statement.into() }
}

#[cfg(test)]
mod tests {
    use super::policy;
    use crate::model::catalogue::CALLS;

    #[test]
    fn every_call_is_allowed_and_nothing_writes() {
        let allowed: Vec<_> =
            policy().statement.into_iter().flat_map(|statement| statement.action).collect();
        for call in CALLS {
            assert!(allowed.contains(&call.action), "{}", call.action);
        }
        let reads = |action: &&str| {
            let operation = action.split(':').nth(1).unwrap_or_default();
            ["Describe", "Get", "List", "Search"].iter().any(|verb| operation.starts_with(verb))
        };
        assert_eq!(allowed.iter().find(|action| !reads(action)), None);
    }
}
