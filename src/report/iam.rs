//! The least IAM policy, out of the table of calls: a call that is added there is in the policy.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::catalogue::{CALLS, Call, ERRANDS, Service};

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
    resource: Resource,
}

/// What it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Resource {
    Any(&'static str),
    These(Vec<String>),
}

/// What the policy has to allow beside the reading of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Flags of the command line that ask for more.
    pub flags: Vec<&'static str>,
    /// ARNs of the roles to take on, perhaps with wildcards.
    pub roles: Vec<String>,
}

/// The flag that asks AWS Config in place of the services themselves.
const AGGREGATOR: &str = "config-aggregator";

/// Each service with the name of its statement.
const SERVICES: [(Service, &str); 11] = [
    (Service::Ec2, "VpctuiReadsNetworks"),
    (Service::Lambda, "VpctuiReadsFunctions"),
    (Service::Rds, "VpctuiReadsDatabases"),
    (Service::ElasticLoadBalancingV2, "VpctuiReadsLoadBalancers"),
    (Service::Ecs, "VpctuiReadsTasks"),
    (Service::ElastiCache, "VpctuiReadsCaches"),
    (Service::Redshift, "VpctuiReadsWarehouses"),
    (Service::Efs, "VpctuiReadsFileSystems"),
    (Service::CloudTrail, "VpctuiReadsEvents"),
    (Service::Organizations, "VpctuiReadsAccounts"),
    (Service::Config, "VpctuiReadsRecords"),
];

/// The policy. Its actions know no narrower resource than `*`, but for roles; `sts:GetCallerIdentity` needs no permission.
pub fn policy(wanted: &Wanted) -> Policy {
    let reading = SERVICES.iter().filter_map(|(service, sid)| {
        let action = actions(*service, wanted);
        let statement = Statement { sid, effect: "Allow", action, resource: Resource::Any("*") };
        (!statement.action.is_empty()).then_some(statement)
    });
    let roles = (!wanted.roles.is_empty()).then(|| Statement {
        sid: "VpctuiTakesRoles",
        effect: "Allow",
        action: BTreeSet::from(["sts:AssumeRole"]),
        resource: Resource::These(wanted.roles.clone()),
    });
    Policy { version: "2012-10-17", statement: reading.chain(roles).collect() }
}

fn actions(service: Service, wanted: &Wanted) -> BTreeSet<&'static str> {
    let is_wanted = |flag: Option<&str>| flag.is_none_or(|flag| wanted.flags.contains(&flag));
    // An aggregator is asked in place of the services.
    let services = !wanted.flags.contains(&AGGREGATOR);
    let calls = CALLS.iter().filter(|call| call.service == service && is_wanted(call.flag));
    let calls = calls.filter(|_| services);
    let errands = ERRANDS.iter().filter(|one| one.service == service && is_wanted(one.flag));
    let errands = errands.filter_map(|errand| errand.action);
    calls.map(|call: &Call| call.action).chain(errands).collect()
}

#[cfg(test)]
mod tests {
    use super::{AGGREGATOR, Resource, Wanted, policy};
    use crate::model::catalogue::{CALLS, ERRANDS};

    fn flags() -> Vec<&'static str> {
        let errands = ERRANDS.iter().filter_map(|errand| errand.flag);
        errands.chain(CALLS.iter().filter_map(|call| call.flag)).collect()
    }

    fn allowed(wanted: &Wanted) -> Vec<&'static str> {
        policy(wanted).statement.into_iter().flat_map(|statement| statement.action).collect()
    }

    #[test]
    fn every_call_is_allowed_and_nothing_writes() {
        let services = flags().into_iter().filter(|flag| *flag != AGGREGATOR).collect();
        let mut allowed = allowed(&Wanted { flags: services, ..Wanted::default() });
        allowed.extend(self::allowed(&Wanted { flags: flags(), ..Wanted::default() }));
        for call in CALLS {
            assert!(allowed.contains(&call.action), "{}", call.action);
        }
        let reads = |action: &&str| {
            let operation = action.split(':').nth(1).unwrap_or_default();
            let verbs = ["Describe", "Get", "List", "Search", "Select", "Lookup"];
            verbs.iter().any(|verb| operation.starts_with(verb))
        };
        assert_eq!(allowed.iter().find(|action| !reads(action)), None);
    }

    #[test]
    fn what_a_flag_needs_is_allowed_only_for_it() {
        assert!(!allowed(&Wanted::default()).contains(&"organizations:ListAccounts"));
        assert!(!allowed(&Wanted::default()).contains(&"ec2:DescribeRegions"));
        let roles = vec!["arn:*:iam::*:role/audit".to_owned()];
        let policy = policy(&Wanted { flags: vec!["org-role"], roles: roles.clone() });
        let taken = policy.statement.iter().find(|statement| statement.sid == "VpctuiTakesRoles");
        assert_eq!(taken.map(|taken| &taken.resource), Some(&Resource::These(roles)));
        let mut actions = policy.statement.iter().flat_map(|statement| &statement.action);
        assert!(actions.any(|action| *action == "organizations:ListAccounts"));
    }

    #[test]
    fn an_aggregator_needs_nothing_but_itself() {
        let wanted = Wanted { flags: vec![AGGREGATOR], ..Wanted::default() };
        assert_eq!(allowed(&wanted), ["config:SelectAggregateResourceConfig"]);
    }
}
