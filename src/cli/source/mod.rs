//! Where the network comes from: live AWS, a snapshot, or an embedded network. Every command takes the same sources.

#[cfg(feature = "aws")]
mod live;
#[cfg(not(feature = "aws"))]
mod no_live;
#[cfg(feature = "aws")]
mod pictures;
mod stages;

use std::path::PathBuf;

#[cfg(feature = "aws")]
pub use self::live::request;
#[cfg(not(feature = "aws"))]
use self::no_live as live;
pub use self::stages::Stages;
use super::doctor::mask::Mask;
use super::failure::Failure;
use super::output::say;
use crate::app::Loading;
use crate::model::dump::Dump;
use crate::report::safe_text::safe;
use crate::runtime::News;
use crate::snapshot::{self, ReadOptions};
use crate::store::Store;
use crate::tour::networks;

/// The flags that are about AWS alone.
const LIVE: [&str; 8] = [
    "profile",
    "region",
    "all_regions",
    "role_arn",
    "external_id",
    "org_role",
    "config_aggregator",
    "events",
];

/// The flags that choose the source.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Source (live AWS unless one is named)")]
#[command(group = clap::ArgGroup::new("role").multiple(true))]
pub struct SourceArguments {
    /// Profiles of the AWS configuration, separated by commas
    #[arg(long, global = true, value_name = "PROFILE", value_delimiter = ',')]
    profile: Vec<String>,
    /// Regions, separated by commas
    #[arg(long, global = true, value_name = "REGION", value_delimiter = ',', value_parser = region)]
    region: Vec<String>,
    /// All regions that are enabled for the account
    #[arg(long, global = true, conflicts_with = "region")]
    all_regions: bool,
    /// A role to take on first
    #[arg(long, global = true, value_name = "ARN", group = "role")]
    role_arn: Option<String>,
    /// The external id that the role wants: that of --role-arn, or else those of --org-role
    #[arg(long, global = true, value_name = "ID", requires = "role")]
    external_id: Option<String>,
    /// Every account of the organisation, with the role of this name in each
    #[arg(long, global = true, value_name = "NAME", group = "role")]
    org_role: Option<String>,
    /// What this aggregator of AWS Config has recorded, in place of the services themselves
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "org_role")]
    config_aggregator: Option<String>,
    /// Asks CloudTrail who changed the network in the last hours (12 unless told otherwise), which takes half a minute
    #[arg(
        long,
        global = true,
        value_name = "HOURS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "12",
        conflicts_with = "config_aggregator"
    )]
    events: Option<u32>,
    /// A saved network: a folder of AWS CLI output or a .tar.zst of one
    #[arg(long, global = true, value_name = "PATH", conflicts_with_all = LIVE)]
    snapshot: Option<PathBuf>,
    /// An embedded network, `vpctui demo --list` names them
    #[arg(long, global = true, value_name = "NAME", conflicts_with_all = LIVE, conflicts_with = "snapshot")]
    demo: Option<String>,
    /// Reads the network again after so many seconds, each time; less often while AWS asks to slow down
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    pub watch: Option<u32>,
    /// Reads what can be read of a snapshot with broken files
    #[arg(long, global = true)]
    pub lenient: bool,
}

/// Where the network comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// AWS.
    Live(Live),
    /// A saved network.
    Snapshot {
        /// As the user gave it.
        path: PathBuf,
        /// Passes over broken files.
        lenient: bool,
    },
    /// An embedded network, perhaps at a later stage: `lambda-rds:nat`.
    Demo(String),
}

/// What to read of AWS.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    not(feature = "aws"),
    expect(dead_code, reason = "read by what talks to AWS, which this program is built without")
)]
pub struct Live {
    /// Profiles; none means the default credential chain.
    pub profiles: Vec<String>,
    /// Regions; none means the default one.
    pub regions: Vec<String>,
    /// All that are enabled.
    pub all_regions: bool,
    /// ARN of a role to take on first.
    pub role_arn: Option<String>,
    /// What the role wants to hear.
    pub external_id: Option<String>,
    /// Name of a role in every account of the organisation.
    pub org_role: Option<String>,
    /// Name of an aggregator of AWS Config.
    pub config_aggregator: Option<String>,
    /// For how many hours back CloudTrail is asked.
    pub events: Option<u32>,
}

/// A region as AWS names them; blanks around it are forgiven.
fn region(text: &str) -> Result<String, String> {
    let name = text.trim();
    let is_name = |name: &str| {
        name.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
    };
    match name {
        "" => Err("a region is missing here; give names such as eu-west-1,eu-west-2".to_owned()),
        _ if is_name(name) => Ok(name.to_owned()),
        _ => Err("this is no region of AWS; give a name such as eu-west-1".to_owned()),
    }
}

impl SourceArguments {
    /// What the flags say.
    pub fn source(self) -> Source {
        match (self.snapshot, self.demo) {
            (Some(path), _) => Source::Snapshot { path, lenient: self.lenient },
            (None, Some(demo)) => Source::Demo(demo),
            (None, None) => Source::Live(Live {
                profiles: self.profile,
                regions: self.region,
                all_regions: self.all_regions,
                role_arn: self.role_arn,
                external_id: self.external_id,
                org_role: self.org_role,
                config_aggregator: self.config_aggregator,
                events: self.events,
            }),
        }
    }
}

impl Source {
    /// Reads the network; notices of the reader go to stderr.
    pub fn load(&self) -> Result<Dump, Failure> {
        let dump = match self {
            Self::Live(live) => live::load(live)?,
            Self::Snapshot { .. } | Self::Demo(_) => self.read()?,
        };
        for notice in &dump.origin.notices {
            say(&format!("note: {}\n", safe(notice)));
        }
        Ok(dump)
    }

    /// Reads the network and indexes it.
    pub fn store(&self) -> Result<Store, Failure> {
        self.load().map(Store::build)
    }

    /// The same read with another profile or in another region, if it is read from AWS at all.
    #[must_use]
    pub fn elsewhere(self, profile: Option<&String>, region: Option<&String>) -> Self {
        let Self::Live(mut live) = self else { return self };
        if let Some(profile) = profile {
            live.profiles = vec![profile.clone()];
        }
        if let Some(region) = region {
            (live.regions, live.all_regions) = (vec![region.clone()], false);
        }
        Self::Live(live)
    }

    /// Reads the network for the screen, which is told how it goes. Of a masked one it hears nothing before all of it can
    /// be masked.
    pub fn feed(&self, news: &News, masked: bool) {
        let outcome = match self {
            Self::Live(live) => live::feed(live, news, masked),
            Self::Snapshot { .. } | Self::Demo(_) => self.read(),
        };
        let outcome = if masked { self.masked(outcome) } else { outcome };
        let told = match outcome {
            Ok(dump) => {
                Loading::Network { store: std::sync::Arc::new(Store::build(dump)), complete: true }
            }
            Err(failure) => Loading::Failed(failure.into()),
        };
        news.tell(told);
    }

    /// Under pseudonyms, and what went wrong without names.
    fn masked(&self, outcome: Result<Dump, Failure>) -> Result<Dump, Failure> {
        let profiles = if let Self::Live(live) = self { live.profiles.as_slice() } else { &[] };
        let names = Mask::of_machine(profiles);
        let masked = outcome.and_then(|dump| Ok(snapshot::mask(&dump)?));
        masked.map_err(|failure| Failure {
            what: names.apply(&failure.what),
            advice: failure.advice.iter().map(|line| names.apply(line)).collect(),
        })
    }

    /// Reads what is not live.
    fn read(&self) -> Result<Dump, Failure> {
        match self {
            Self::Live(live) => live::load(live),
            Self::Snapshot { path, lenient } => {
                Ok(snapshot::read(path, ReadOptions { lenient: *lenient })?)
            }
            Self::Demo(name) => networks::network(name).ok_or_else(|| no_demo(name)),
        }
    }
}

/// There is no such network, but these.
pub fn no_demo(name: &str) -> Failure {
    let all = networks::names().iter();
    let names: Vec<_> = all
        .flat_map(|network| {
            let stages = network.stages.iter();
            let stages = stages.map(|stage| format!("{}:{}", network.name, stage.name));
            std::iter::once(network.name.to_owned()).chain(stages)
        })
        .collect();
    Failure::new(format!("there is no embedded network `{name}`"))
        .advise(format!("there are {}", names.join(", ")))
}
