//! The service clients of one account and region. There is no other place that makes one.

use std::collections::BTreeMap;

use aws_config::retry::RetryConfig;
use aws_config::{Region, SdkConfig};

use super::ask::Lookback;
use super::attempts::Attempts;
use super::guard::ReadOnly;
use super::pace::Pace;
use super::plain;
use super::progress::{Place, Reporter};
use super::whole::WholeAnswers;
use crate::model::catalogue::Service;

/// Services without a client of their own, several of whose requests may be under way.
const PLAIN: [Service; 4] = [Service::Ecs, Service::ElastiCache, Service::Redshift, Service::Efs];

/// One client per service, each with the guard and the watch over its attempts.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    pub(super) ec2: aws_sdk_ec2::Client,
    pub(super) lambda: aws_sdk_lambda::Client,
    pub(super) rds: aws_sdk_rds::Client,
    pub(super) load_balancing: aws_sdk_elasticloadbalancingv2::Client,
    pub(super) sts: aws_sdk_sts::Client,
    /// How far back CloudTrail is asked for changes, if at all.
    pub(super) lookback: Option<Lookback>,
    paces: BTreeMap<Service, Pace>,
    config: SdkConfig,
    place: Place,
    reporter: Reporter,
}

macro_rules! guarded {
    ($service:ident, $config:expr, $region:expr, $attempts:expr) => {{
        let config = $service::config::Builder::from($config).region($region.clone());
        let config = config.interceptor(ReadOnly).interceptor($attempts);
        let config = config.interceptor(WholeAnswers).retry_classifier(WholeAnswers);
        $service::Client::from_conf(config.build())
    }};
}

impl Clients {
    pub(super) fn new(config: &SdkConfig, place: &Place, reporter: &Reporter) -> Self {
        let region = Region::new(place.region.to_string());
        let most = most_attempts(config);
        let mut paces: BTreeMap<_, _> = PLAIN.map(|service| (service, Pace::default())).into();
        paces.insert(Service::CloudTrail, Pace::of(1));
        let mut attempts = |service| Attempts {
            place: place.clone(),
            pace: paces.entry(service).or_default().clone(),
            reporter: reporter.clone(),
            most,
        };
        Self {
            ec2: guarded!(aws_sdk_ec2, config, region, attempts(Service::Ec2)),
            lambda: guarded!(aws_sdk_lambda, config, region, attempts(Service::Lambda)),
            rds: guarded!(aws_sdk_rds, config, region, attempts(Service::Rds)),
            load_balancing: guarded!(
                aws_sdk_elasticloadbalancingv2,
                config,
                region,
                attempts(Service::ElasticLoadBalancingV2)
            ),
            sts: guarded!(aws_sdk_sts, config, region, attempts(Service::Sts)),
            lookback: None,
            paces,
            config: config.clone(),
            place: place.clone(),
            reporter: reporter.clone(),
        }
    }

    /// The same, which ask CloudTrail as well.
    pub(super) fn looking_back(self, lookback: Option<Lookback>) -> Self {
        Self { lookback, ..self }
    }

    /// A client for a service without a crate of its own, in the region of the others.
    pub(super) fn plain_here(&self, service: &'static plain::Service) -> plain::Client {
        self.plain(service, Region::new(self.place.region.to_string()))
    }

    /// A client for a service without a crate of its own.
    pub(super) fn plain(&self, service: &'static plain::Service, region: Region) -> plain::Client {
        let attempts = Attempts {
            place: self.place.clone(),
            pace: self.pace(service.of),
            reporter: self.reporter.clone(),
            most: most_attempts(&self.config),
        };
        plain::Client::new(service, region, &self.config, attempts)
    }

    /// The pace of a service.
    pub(super) fn pace(&self, service: Service) -> Pace {
        self.paces.get(&service).cloned().unwrap_or_default()
    }
}

fn most_attempts(config: &SdkConfig) -> u32 {
    config.retry_config().map_or(1, RetryConfig::max_attempts)
}
