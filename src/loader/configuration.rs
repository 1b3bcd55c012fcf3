//! From the user's flags, environment and profile to the configuration that every client is made of.

use std::time::Duration;

use aws_config::default_provider::region::DefaultRegionChain;
use aws_config::identity::IdentityCache;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::error::LoadError;
use super::profile::Profiles;
use super::{Regions, Request, Target, trust};

/// Where nothing names a region and all of them are wanted, this one tells which there are.
const REGION_TO_ASK: &str = "us-east-1";
/// Outside EC2 the instance metadata service does not answer: nobody waits longer for it.
const REGION_LOOKUP: Duration = Duration::from_secs(3);
/// Room for a `credential_process` that asks a person, and for a chain of roles. Who waits for a login waits no longer than
/// [`LOGIN`]; what is asked later for new credentials has this.
const CREDENTIALS: Duration = Duration::from_secs(150);
/// The most that a login may take.
pub(super) const LOGIN: Duration = Duration::from_mins(2);

/// Regions of a partition begin with the first; the second is always enabled, and what is one for the whole partition is
/// asked there.
const CENTRAL: [(&str, &str); 7] = [
    ("cn-", "cn-northwest-1"),
    ("us-gov-", "us-gov-west-1"),
    ("eusc-", "eusc-de-east-1"),
    ("us-iso-", "us-iso-east-1"),
    ("us-isob-", "us-isob-east-1"),
    ("us-isof-", "us-isof-south-1"),
    ("", "us-east-1"),
];

/// The region of the same partition that is always enabled.
pub(super) fn central_region(home: &Region) -> Region {
    let of_home = CENTRAL.iter().find(|(start, _)| home.as_ref().starts_with(start));
    of_home.map_or_else(|| home.clone(), |(_, region)| Region::from_static(region))
}

/// The region to log in with: the first that was asked for, or the default chain's.
pub(super) async fn home_region(named: Option<&str>, wanted: &Regions) -> Option<Region> {
    if let Regions::These(regions) = wanted {
        return regions.first().map(|name| Region::new(name.clone()));
    }
    let chain = DefaultRegionChain::builder();
    let chain = match named {
        Some(profile) => chain.profile_name(profile),
        None => chain,
    };
    let found = tokio::time::timeout(REGION_LOOKUP, chain.build().region()).await.ok().flatten();
    // `AWS_REGION=` is set and says nothing.
    let found = found.filter(|region| !region.as_ref().trim().is_empty());
    let fallback = (*wanted == Regions::AllEnabled).then(|| Region::new(REGION_TO_ASK));
    found.or(fallback)
}

/// The SDK's defaults decide on endpoints and proxies (`AWS_ENDPOINT_URL`, `HTTPS_PROXY`): neither is set for AWS.
pub(super) async fn configuration(
    named: Option<&str>,
    request: &Request,
    profiles: &Profiles,
    home: &Region,
) -> Result<SdkConfig, LoadError> {
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(home.clone())
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS).build())
        .timeout_config(request.patience.timeouts())
        .retry_config(request.patience.retries());
    let client = match trust::bundle(profiles.certificates()) {
        Some(bundle) => Some(trust::client(&bundle)?),
        None => None,
    };
    let loader = match (&request.target, named) {
        (Target::Emulator { endpoint_url }, _) => {
            loader.endpoint_url(endpoint_url).credentials_provider(made_up_keys())
        }
        (Target::Aws, Some(name)) => {
            let keys = of_profile(name, home, client.clone());
            loader.profile_name(name).credentials_provider(keys)
        }
        (Target::Aws, None) => loader,
    };
    let loader = match client {
        Some(client) => loader.http_client(client),
        None => loader,
    };
    Ok(loader.load().await)
}

fn made_up_keys() -> Credentials {
    Credentials::new("vpctui", "vpctui", None, None, "emulator")
}

/// A profile that was asked for by name wins over keys in the environment, as in the AWS CLI.
fn of_profile(
    name: &str,
    home: &Region,
    client: Option<SharedHttpClient>,
) -> ProfileFileCredentialsProvider {
    let provider = ProviderConfig::without_region().with_region(Some(home.clone()));
    let provider = match client {
        Some(client) => provider.with_http_client(client),
        None => provider,
    };
    ProfileFileCredentialsProvider::builder().configure(&provider).profile_name(name).build()
}
