//! What the AWS configuration files say about a profile: whether it is there, and which command logs it in.

use std::borrow::Cow;

use aws_config::profile::{self, ProfileSet};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use super::error::LoadError;
use super::fault::chain;

/// How deep `source_profile` is followed.
const SOURCE_PROFILES: usize = 8;

/// The profiles of this machine, and which of them is meant.
pub(super) struct Profiles(ProfileSet);

impl Profiles {
    /// Reads `~/.aws/config` and `~/.aws/credentials`, or the files that the environment names instead.
    pub(super) async fn read(named: Option<&str>) -> Result<Self, LoadError> {
        let selected = named.map(|name| Cow::Owned(name.to_owned()));
        let files = EnvConfigFiles::default();
        let set = profile::load(&Fs::real(), &Env::real(), &files, selected).await;
        let set = set.map_err(|error| LoadError::Configuration { message: chain(&error) })?;
        let profiles = Self(set);
        match named {
            Some(name) if profiles.0.get_profile(name).is_none() => Err(profiles.unknown(name)),
            _ => Ok(profiles),
        }
    }

    /// None at all.
    pub(super) fn none() -> Self {
        Self(ProfileSet::default())
    }

    /// The name of the profile that is meant: as asked for, of `AWS_PROFILE`, or `default`.
    pub(super) fn selected(&self) -> &str {
        self.0.selected_profile()
    }

    /// The bundle of certificates that the profile names.
    pub(super) fn certificates(&self) -> Option<&str> {
        self.0.get_profile(self.selected())?.get("ca_bundle")
    }

    /// The command that logs the profile in, where logging in is all it takes.
    pub(super) fn login_command(&self) -> Option<String> {
        let mut name = self.selected();
        for _ in 0..SOURCE_PROFILES {
            let profile = self.0.get_profile(name)?;
            if profile.get("sso_session").or_else(|| profile.get("sso_start_url")).is_some() {
                return Some(format!("aws sso login --profile {name}"));
            }
            name = profile.get("source_profile")?;
        }
        None
    }

    fn unknown(&self, name: &str) -> LoadError {
        let mut known: Vec<_> = self.0.profiles().collect();
        known.sort_unstable();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        LoadError::UnknownProfile { profile: name.to_owned(), known }
    }
}
