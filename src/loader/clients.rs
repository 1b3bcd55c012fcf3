//! The service clients of one account and region. There is no other place that makes one.

use aws_config::{Region, SdkConfig};

use super::guard::ReadOnly;

/// One client per service, each with the guard.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    pub(super) ec2: aws_sdk_ec2::Client,
    pub(super) lambda: aws_sdk_lambda::Client,
    pub(super) rds: aws_sdk_rds::Client,
    pub(super) load_balancing: aws_sdk_elasticloadbalancingv2::Client,
    pub(super) sts: aws_sdk_sts::Client,
}

macro_rules! guarded {
    ($service:ident, $config:expr, $region:expr) => {{
        let config = $service::config::Builder::from($config).region($region.clone());
        $service::Client::from_conf(config.interceptor(ReadOnly).build())
    }};
}

impl Clients {
    pub(super) fn new(config: &SdkConfig, region: &Region) -> Self {
        Self {
            ec2: guarded!(aws_sdk_ec2, config, region),
            lambda: guarded!(aws_sdk_lambda, config, region),
            rds: guarded!(aws_sdk_rds, config, region),
            load_balancing: guarded!(aws_sdk_elasticloadbalancingv2, config, region),
            sts: guarded!(aws_sdk_sts, config, region),
        }
    }
}
