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

use crate::model::catalogue::{CALLS, ERRANDS, Service};

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
    let calls = CALLS.iter().map(|call| (call.service, call.operation));
    let errands = ERRANDS.iter().map(|errand| (errand.service, errand.operation));
    calls.chain(errands).any(|(of, name)| name_in_sdk(of) == service && name == operation)
}

/// What the SDK calls a service.
pub(super) fn name_in_sdk(service: Service) -> &'static str {
    match service {
        Service::Ec2 => "EC2",
        Service::Lambda => "Lambda",
        Service::Rds => "RDS",
        Service::ElasticLoadBalancingV2 => "Elastic Load Balancing v2",
        Service::Sts => "STS",
        Service::Organizations => "Organizations",
        Service::Config => "Config Service",
        Service::Ecs => "ECS",
        Service::ElastiCache => "ElastiCache",
        Service::Redshift => "Redshift",
        Service::Efs => "EFS",
        Service::CloudTrail => "CloudTrail",
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::TcpListener;

    use aws_config::{BehaviorVersion, SdkConfig};
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::SharedCredentialsProvider;

    use super::is_allowed;
    use crate::loader::clients::Clients;
    use crate::loader::fault::chain;
    use crate::loader::progress::{Place, Reporter};

    #[tokio::test]
    async fn a_change_is_refused_and_nothing_is_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let keys = Credentials::new("key", "secret", None, None, "test");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(format!("http://{}", listener.local_addr().unwrap()))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .build();
        let place = Place { region: "eu-west-1".into(), ..Place::default() };
        let (nobody, _) = tokio::sync::mpsc::channel(1);
        let clients = Clients::new(&config, &place, &Reporter::new(nobody));
        let refused = clients.ec2.create_vpc().cidr_block("10.0.0.0/16").send().await.unwrap_err();
        assert!(chain(&refused).contains("EC2 CreateVpc is not on its list"), "{refused:?}");
        let refused = clients.lambda.delete_function().function_name("f").send().await.unwrap_err();
        assert!(chain(&refused).contains("Lambda DeleteFunction"), "{refused:?}");
        assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    }

    #[test]
    fn only_the_tables_pass() {
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
