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
    resource: String,
}

/// What the policy has to allow beside the reading of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Flags of the command line that ask for more.
    pub flags: Vec<&'static str>,
    /// Name of the role to take on in every account.
    pub organization_role: Option<String>,
}

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
        let statement = Statement { sid, effect: "Allow", action, resource: "*".to_owned() };
        (!statement.action.is_empty()).then_some(statement)
    });
    let role = wanted.organization_role.as_ref().map(|name| Statement {
        sid: "VpctuiTakesRoles",
        effect: "Allow",
        action: BTreeSet::from(["sts:AssumeRole"]),
        resource: format!("arn:*:iam::*:role/{name}"),
    });
    Policy { version: "2012-10-17", statement: reading.chain(role).collect() }
}

fn actions(service: Service, wanted: &Wanted) -> BTreeSet<&'static str> {
    let is_wanted = |flag: Option<&str>| flag.is_none_or(|flag| wanted.flags.contains(&flag));
    let calls = CALLS.iter().filter(|call| call.service == service && is_wanted(call.flag));
    let errands = ERRANDS.iter().filter(|one| one.service == service && is_wanted(one.flag));
    let errands = errands.filter_map(|errand| errand.action);
    calls.map(|call: &Call| call.action).chain(errands).collect()
}

#[cfg(test)]
mod tests {
    use super::{Wanted, policy};
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
        let all = Wanted { flags: flags(), organization_role: None };
        let allowed = allowed(&all);
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
        let organization_role = Some("audit".to_owned());
        let policy = policy(&Wanted { flags: vec!["org-role"], organization_role });
        let roles = policy.statement.iter().find(|statement| statement.sid == "VpctuiTakesRoles");
        assert_eq!(roles.map(|roles| &*roles.resource), Some("arn:*:iam::*:role/audit"));
        let mut actions = policy.statement.iter().flat_map(|statement| &statement.action);
        assert!(actions.any(|action| *action == "organizations:ListAccounts"));
    }
}
