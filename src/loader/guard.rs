//! The promise "read-only, always", kept where requests leave: an operation that is not in the table is refused.
//!
//! It works on the name of the operation, before anything is serialized, signed or sent, and it is on every client
//! (see `clients`). What the credential chain does to log in (`AssumeRole`, SSO) uses clients of its own.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use thiserror::Error;

use crate::model::catalogue::{CALLS, Service};

/// Operations that bring no resources: whose account this is, and which regions it has.
const BESIDE_THE_TABLE: [(&str, &str); 2] =
    [("STS", "GetCallerIdentity"), ("EC2", "DescribeRegions")];

/// Refuses everything that is not known to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadOnly;

#[derive(Debug, Error)]
#[error(
    "vpctui only reads: {service} {operation} is not on its list of operations and was not sent"
)]
struct Refused {
    service: String,
    operation: String,
}

#[dyn_dispatch_hint]
impl Intercept for ReadOnly {
    fn name(&self) -> &'static str {
        "ReadOnly"
    }

    // The earliest step at which the operation's own settings, and with them its name, are there.
    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let called = config.load::<Metadata>().map(|m| (m.service(), m.name()));
        let (service, operation) = called.unwrap_or(("an unnamed service", "an unnamed operation"));
        if is_allowed(service, operation) {
            return Ok(());
        }
        Err(Refused { service: service.to_owned(), operation: operation.to_owned() }.into())
    }
}

fn is_allowed(service: &str, operation: &str) -> bool {
    let in_table = || {
        CALLS.iter().any(|call| name_in_sdk(call.service) == service && call.operation == operation)
    };
    BESIDE_THE_TABLE.contains(&(service, operation)) || in_table()
}

fn name_in_sdk(service: Service) -> &'static str {
    match service {
        Service::Ec2 => "EC2",
        Service::Lambda => "Lambda",
        Service::Rds => "RDS",
        Service::ElasticLoadBalancingV2 => "Elastic Load Balancing v2",
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn only_the_table_and_two_more_pass() {
        assert!(is_allowed("EC2", "DescribeVpcs"));
        assert!(is_allowed("Elastic Load Balancing v2", "DescribeTargetHealth"));
        assert!(is_allowed("STS", "GetCallerIdentity"));
        for (service, operation) in [
            ("EC2", "CreateVpc"),
            ("RDS", "DescribeVpcs"),
            ("STS", "AssumeRole"),
            ("Lambda", "InvokeFunction"),
            ("EC2", "describevpcs"),
        ] {
            assert!(!is_allowed(service, operation), "{service} {operation}");
        }
    }
}
