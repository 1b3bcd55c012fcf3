//! One profile, logged in: its configuration, its account, and the regions to read with it.

use std::time::Duration;

use aws_config::default_provider::region::DefaultRegionChain;
use aws_config::identity::IdentityCache;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;

use super::clients::Clients;
use super::error::LoadError;
use super::fault::{Fault, Kind};
use super::profile::Profiles;
use super::progress::Reporter;
use super::region;
use super::{Regions, Request, Target};
use crate::model::dump::RegionDump;
use crate::model::ids::{AccountId, RegionName};

/// Where nothing names a region and all of them are wanted, this one tells which there are.
const REGION_TO_ASK: &str = "us-east-1";
/// Outside EC2 the instance metadata service does not answer: nobody waits longer for it.
const REGION_LOOKUP: Duration = Duration::from_secs(3);
/// Room for a `credential_process` or a chain of roles.
const CREDENTIALS: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);
/// EC2 takes ten seconds for the largest pages.
const READ: Duration = Duration::from_secs(30);
const ATTEMPT: Duration = Duration::from_mins(1);
/// All attempts of one page and the pauses between them.
const OPERATION: Duration = Duration::from_secs(150);
const ATTEMPTS: u32 = 5;
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// A profile that is ready to be read with.
pub(super) struct Session {
    /// Its name, or `default`.
    pub(super) profile: String,
    /// Empty where STS does not answer; then the resources' owners tell.
    pub(super) account: AccountId,
    pub(super) regions: Vec<RegionName>,
    /// What the user should know of how it opened.
    pub(super) notice: Option<String>,
    config: SdkConfig,
}

impl Session {
    /// Logs in and finds out which account and regions these are.
    pub(super) async fn open(named: Option<&str>, request: &Request) -> Result<Self, LoadError> {
        let profiles = match request.target {
            Target::Aws => Profiles::read(named).await?,
            Target::Emulator { .. } => Profiles::none(),
        };
        let home = home_region(named, &request.regions)
            .await
            .ok_or_else(|| LoadError::NoRegion { profile: profiles.selected().to_owned() })?;
        let config = configuration(named, &request.target, &home).await;
        let clients = Clients::new(&config, &home);
        let identity = account(&clients, &profiles).await?;
        let regions = regions(&clients, &request.regions, &home).await?;
        let profile = profiles.selected().to_owned();
        let (account, notice) = match identity {
            Ok(account) => (account, None),
            Err(fault) => (AccountId::default(), Some(format!("sts:GetCallerIdentity: {fault}"))),
        };
        Ok(Self { profile, account, regions, notice, config })
    }

    /// Reads one region of it.
    pub(super) async fn read(&self, region: &RegionName, reporter: &Reporter) -> RegionDump {
        let clients = Clients::new(&self.config, &Region::new(region.to_string()));
        region::read(clients, self.account.clone(), region.clone(), reporter).await
    }
}

/// The region to log in with: the first that was asked for, or the default chain's.
async fn home_region(named: Option<&str>, wanted: &Regions) -> Option<Region> {
    if let Regions::These(regions) = wanted {
        return regions.first().map(|name| Region::new(name.clone()));
    }
    let chain = DefaultRegionChain::builder();
    let chain = match named {
        Some(profile) => chain.profile_name(profile),
        None => chain,
    };
    let found = tokio::time::timeout(REGION_LOOKUP, chain.build().region()).await.ok().flatten();
    let fallback = (*wanted == Regions::AllEnabled).then(|| Region::new(REGION_TO_ASK));
    found.or(fallback)
}

/// The SDK's defaults decide on endpoints and proxies (`AWS_ENDPOINT_URL`, `HTTPS_PROXY`): neither is set for AWS.
async fn configuration(named: Option<&str>, target: &Target, home: &Region) -> SdkConfig {
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(home.clone())
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS).build())
        .timeout_config(timeouts())
        .retry_config(
            RetryConfig::standard().with_max_attempts(ATTEMPTS).with_max_backoff(LONGEST_PAUSE),
        );
    let loader = match (target, named) {
        (Target::Emulator { endpoint_url }, _) => {
            loader.endpoint_url(endpoint_url).credentials_provider(made_up_keys())
        }
        (Target::Aws, Some(name)) => {
            loader.profile_name(name).credentials_provider(of_profile(name, home))
        }
        (Target::Aws, None) => loader,
    };
    loader.load().await
}

fn made_up_keys() -> Credentials {
    Credentials::new("vpctui", "vpctui", None, None, "emulator")
}

/// A profile that was asked for by name wins over keys in the environment, as in the AWS CLI.
fn of_profile(name: &str, home: &Region) -> ProfileFileCredentialsProvider {
    let provider = ProviderConfig::without_region().with_region(Some(home.clone()));
    ProfileFileCredentialsProvider::builder().configure(&provider).profile_name(name).build()
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .read_timeout(READ)
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(OPERATION)
        .build()
}

/// Whose account it is. The outer error stops the profile; with the inner one it can be read all the same.
async fn account(
    clients: &Clients,
    profiles: &Profiles,
) -> Result<Result<AccountId, Fault>, LoadError> {
    // Where STS cannot be reached, EC2 may be all the same: it is not waited for as long.
    let patience = RetryConfig::standard().with_max_attempts(2);
    let patience = aws_sdk_sts::config::Builder::new().retry_config(patience);
    let request = clients.sts.get_caller_identity().customize().config_override(patience);
    let fault = match request.send().await.map_err(Fault::from) {
        Ok(identity) => return Ok(Ok(identity.account.map(AccountId::from).unwrap_or_default())),
        Err(fault) => fault,
    };
    let profile = profiles.selected().to_owned();
    let message = fault.message.clone();
    match (fault.kind, profiles.login_command()) {
        (Kind::Expired | Kind::NoCredentials, Some(command)) => {
            Err(LoadError::Expired { profile, message, command })
        }
        (Kind::Expired, None) => {
            let command = format!("aws sso login --profile {profile}");
            Err(LoadError::Expired { profile, message, command })
        }
        (Kind::NoCredentials, None) => Err(LoadError::NoCredentials { profile, message }),
        (Kind::Rejected, _) => Err(LoadError::Rejected { profile, message }),
        (Kind::Denied | Kind::Gone | Kind::Unreachable | Kind::Other, _) => Ok(Err(fault)),
    }
}

async fn regions(
    clients: &Clients,
    wanted: &Regions,
    home: &Region,
) -> Result<Vec<RegionName>, LoadError> {
    match wanted {
        Regions::Default => Ok(vec![home.as_ref().into()]),
        Regions::These(names) => Ok(names.iter().map(|name| name.as_str().into()).collect()),
        Regions::AllEnabled => enabled_regions(clients).await,
    }
}

/// `DescribeRegions` leaves out the regions that are not enabled, and has no pages.
async fn enabled_regions(clients: &Clients) -> Result<Vec<RegionName>, LoadError> {
    let answer = clients.ec2.describe_regions().send().await.map_err(Fault::from);
    let answer = answer.map_err(|fault| LoadError::Regions { message: fault.message })?;
    let regions = answer.regions.unwrap_or_default().into_iter();
    let mut names: Vec<RegionName> =
        regions.filter_map(|region| region.region_name).map(RegionName::from).collect();
    names.sort();
    Ok(names)
}
