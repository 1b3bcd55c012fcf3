//! One profile or role, logged in: its configuration, its account, and the regions to read with it.

use aws_config::{Region, SdkConfig};

use super::ask::Lookback;
use super::clients::Clients;
use super::configuration::{LOGIN, central_region, configuration, home_region};
use super::error::LoadError;
use super::fault::{Fault, Kind};
use super::patience::Patience;
use super::profile::Profiles;
use super::progress::{Place, Reporter};
use super::region;
use super::role::Role;
use super::{Regions, Request, Target};
use crate::model::dump::RegionDump;
use crate::model::ids::{AccountId, RegionName};

/// A profile that is ready to be read with.
pub(super) struct Session {
    /// Name of the profile, or `default`.
    pub(super) profile: String,
    /// Empty where STS does not answer; then the resources' owners tell.
    pub(super) account: AccountId,
    /// `aws`, `aws-cn`, ...
    pub(super) partition: String,
    pub(super) regions: Vec<RegionName>,
    /// What the user should know of how it opened.
    pub(super) notice: Option<String>,
    pub(super) config: SdkConfig,
    /// What brings new credentials, for a person.
    renewal: String,
    /// How far back CloudTrail is asked for changes, if at all.
    lookback: Option<Lookback>,
    /// The region that tells about the account.
    pub(super) home: Region,
}

/// Whose credentials these are.
struct Identity {
    account: AccountId,
    partition: String,
}

impl Session {
    /// Logs in and finds out which account and regions these are.
    pub(super) async fn open(
        named: Option<&str>,
        request: &Request,
        reporter: &Reporter,
    ) -> Result<Self, LoadError> {
        let profiles = match request.target {
            Target::Aws => Profiles::read(named).await?,
            Target::Emulator { .. } => Profiles::none(),
        };
        let home = home_region(named, &request.regions)
            .await
            .ok_or_else(|| LoadError::NoRegion { profile: profiles.selected().to_owned() })?;
        let config = configuration(named, request, &profiles, &home).await?;
        let config = match &request.role {
            Some(role) => role.taken_on(&config).await,
            None => config,
        };
        Self::of(config, home, &profiles, request, reporter).await
    }

    /// The same in another account, in which there is a role for it.
    pub(super) async fn in_account(
        &self,
        role: &Role,
        request: &Request,
        reporter: &Reporter,
    ) -> Result<Self, LoadError> {
        let config = role.taken_on(&self.config).await;
        let (home, profiles) = (self.home.clone(), Profiles::none());
        let session = Self::of(config, home, &profiles, request, reporter).await?;
        // Its credentials come from those of whoever took it on.
        Ok(Self { renewal: self.renewal.clone(), ..session })
    }

    async fn of(
        config: SdkConfig,
        home: Region,
        profiles: &Profiles,
        request: &Request,
        reporter: &Reporter,
    ) -> Result<Self, LoadError> {
        let asking = login(&config, &home, request, reporter);
        let Ok((asked_in, clients, told)) = tokio::time::timeout(LOGIN, asking).await else {
            return Err(late(profiles));
        };
        let (identity, notice) = match told {
            Ok(identity) => (identity, None),
            Err(fault) => {
                let notice = format!("sts:GetCallerIdentity: {fault}");
                (unknown(fault, profiles)?, Some(notice))
            }
        };
        let regions = regions(&clients, &request.regions, &home).await?;
        let Identity { account, partition } = identity;
        let profile = profiles.selected().to_owned();
        let renewal = renewal(profiles);
        let lookback = request.lookback();
        let home = asked_in;
        Ok(Self { profile, account, partition, regions, notice, config, renewal, lookback, home })
    }

    /// Reads one region of it.
    pub(super) async fn read(&self, region: &RegionName, reporter: &Reporter) -> RegionDump {
        let place = Place { account: self.account.clone(), region: region.clone() };
        let clients = Clients::new(&self.config, &place, reporter).looking_back(self.lookback);
        region::read(clients, place, &self.renewal, reporter).await
    }

    /// Clients for questions about the account as a whole.
    pub(super) fn at_home(&self, reporter: &Reporter) -> Clients {
        let place = Place { account: self.account.clone(), region: self.home.as_ref().into() };
        Clients::new(&self.config, &place, reporter)
    }
}

/// Whose credentials these are, with the region that told and its clients. One that is not enabled does not know good credentials either:
/// then another one is asked.
async fn login(
    config: &SdkConfig,
    home: &Region,
    request: &Request,
    reporter: &Reporter,
) -> (Region, Clients, Result<Identity, Fault>) {
    let clients = clients_in(home, config, reporter);
    let told = identity(&clients, &request.patience).await;
    let central = central_region(home);
    if matches!(&told, Err(fault) if fault.kind == Kind::Rejected) && central != *home {
        let others = clients_in(&central, config, reporter);
        if let Ok(identity) = identity(&others, &request.patience).await {
            return (central, others, Ok(identity));
        }
    }
    (home.clone(), clients, told)
}

fn clients_in(region: &Region, config: &SdkConfig, reporter: &Reporter) -> Clients {
    let place = Place { account: AccountId::default(), region: region.as_ref().into() };
    Clients::new(config, &place, reporter)
}

fn late(profiles: &Profiles) -> LoadError {
    let profile = profiles.selected().to_owned();
    let message = format!("they did not come within {} seconds", LOGIN.as_secs());
    LoadError::NoCredentials { profile, message }
}

/// How a person gets new credentials.
fn renewal(profiles: &Profiles) -> String {
    match profiles.login_command() {
        Some(command) => format!("run `{command}`"),
        None => format!(
            "get new credentials for profile `{}` where they come from: the environment, a file, a process or a role",
            profiles.selected()
        ),
    }
}

async fn identity(clients: &Clients, patience: &Patience) -> Result<Identity, Fault> {
    // Where STS cannot be reached, EC2 may be all the same: it is not waited for as long.
    let patience = Patience { attempts: 2, ..*patience }.retries();
    let patience = aws_sdk_sts::config::Builder::new().retry_config(patience);
    let request = clients.sts.get_caller_identity().customize().config_override(patience);
    let told = request.send().await?;
    let partition = told.arn.as_deref().and_then(|arn| arn.split(':').nth(1));
    Ok(Identity {
        account: told.account.map(AccountId::from).unwrap_or_default(),
        partition: partition.unwrap_or(USUAL_PARTITION).to_owned(),
    })
}

const USUAL_PARTITION: &str = "aws";

/// Without an identity the network can be read all the same, unless the credentials are no good.
fn unknown(fault: Fault, profiles: &Profiles) -> Result<Identity, LoadError> {
    let profile = profiles.selected().to_owned();
    let Fault { kind, message } = fault;
    match (kind, profiles.login_command()) {
        (Kind::Expired, _) => {
            Err(LoadError::Expired { profile, message, renewal: renewal(profiles) })
        }
        (Kind::NoCredentials, Some(command)) => {
            Err(LoadError::NoLogin { profile, message, command })
        }
        (Kind::NoCredentials, None) => Err(LoadError::NoCredentials { profile, message }),
        (Kind::Role, _) => Err(LoadError::Role { message }),
        (Kind::Rejected, _) => Err(LoadError::Rejected { profile, message }),
        (Kind::WrongClock, _) => Err(LoadError::WrongClock { message }),
        (Kind::Denied | Kind::Gone | Kind::Unreachable | Kind::Other, _) => {
            let partition = USUAL_PARTITION.to_owned();
            Ok(Identity { account: AccountId::default(), partition })
        }
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
