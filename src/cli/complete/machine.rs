//! What this machine and the program know without asking anybody: profiles, regions, embedded networks.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use clap_complete::engine::CompletionCandidate;

use crate::tour::{embedded, networks};

/// The regions of AWS and what people call them; only offered, never required, so a new one can be typed.
pub const REGIONS: &[(&str, &str)] = &[
    ("af-south-1", "Cape Town"),
    ("ap-east-1", "Hong Kong"),
    ("ap-east-2", "Taipei"),
    ("ap-northeast-1", "Tokyo"),
    ("ap-northeast-2", "Seoul"),
    ("ap-northeast-3", "Osaka"),
    ("ap-south-1", "Mumbai"),
    ("ap-south-2", "Hyderabad"),
    ("ap-southeast-1", "Singapore"),
    ("ap-southeast-2", "Sydney"),
    ("ap-southeast-3", "Jakarta"),
    ("ap-southeast-4", "Melbourne"),
    ("ap-southeast-5", "Malaysia"),
    ("ap-southeast-6", "New Zealand"),
    ("ap-southeast-7", "Thailand"),
    ("ca-central-1", "Canada, Central"),
    ("ca-west-1", "Calgary"),
    ("cn-north-1", "Beijing"),
    ("cn-northwest-1", "Ningxia"),
    ("eu-central-1", "Frankfurt"),
    ("eu-central-2", "Zurich"),
    ("eu-north-1", "Stockholm"),
    ("eu-south-1", "Milan"),
    ("eu-south-2", "Spain"),
    ("eu-west-1", "Ireland"),
    ("eu-west-2", "London"),
    ("eu-west-3", "Paris"),
    ("il-central-1", "Tel Aviv"),
    ("me-central-1", "UAE"),
    ("me-south-1", "Bahrain"),
    ("mx-central-1", "Mexico, Central"),
    ("sa-east-1", "Sao Paulo"),
    ("us-east-1", "N. Virginia"),
    ("us-east-2", "Ohio"),
    ("us-gov-east-1", "GovCloud, East"),
    ("us-gov-west-1", "GovCloud, West"),
    ("us-west-1", "N. California"),
    ("us-west-2", "Oregon"),
];

/// All regions.
pub fn regions() -> Vec<CompletionCandidate> {
    REGIONS.iter().map(|(name, place)| explained(*name, place)).collect()
}

/// The profiles in the AWS configuration, as far as it can be read.
pub fn profiles() -> Vec<CompletionCandidate> {
    profile_names().into_iter().map(CompletionCandidate::new).collect()
}

/// Their names.
pub fn profile_names() -> BTreeSet<String> {
    let files = [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")];
    let texts = files.into_iter().filter_map(|(variable, name)| configuration(variable, name));
    texts.flat_map(|text| sections(&text)).collect()
}

/// The embedded networks and the stages of their stories.
pub fn demos() -> Vec<CompletionCandidate> {
    let of_network = |network: &'static networks::NetworkInfo| {
        let stages = network.stages.iter();
        let stages =
            stages.map(|stage| explained(format!("{}:{}", network.name, stage.name), stage.title));
        std::iter::once(explained(network.name, network.title)).chain(stages)
    };
    networks::names().iter().flat_map(of_network).collect()
}

/// The tours that come with the program; files of one's own can be typed.
pub fn tours() -> Vec<CompletionCandidate> {
    let network = |name: &str| networks::names().iter().find(|network| network.name == name);
    let tours = embedded::names();
    tours.map(|name| explained(name, network(name).map_or("", |network| network.title))).collect()
}

fn explained(value: impl Into<OsString>, help: &'static str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(help.into()))
}

/// The text of a file of AWS's tools: where the environment says, else in the home folder.
fn configuration(variable: &str, name: &str) -> Option<String> {
    let told = std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    let path = told.or_else(|| Some(std::env::home_dir()?.join(".aws").join(name)))?;
    std::fs::read_to_string(path).ok()
}

/// `[default]` and `[profile shop]` of the one file, `[shop]` of the other; sessions and services are no profiles.
fn sections(text: &str) -> Vec<String> {
    let headings = text.lines().filter_map(|line| line.trim().strip_prefix('[')?.split(']').next());
    let profile = |heading: &str| {
        let heading = heading.trim();
        let name = heading.strip_prefix("profile").filter(|name| name.starts_with([' ', '\t']));
        let name = name.map(str::trim).or_else(|| (!heading.contains(' ')).then_some(heading));
        name.map(|name| name.trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
    };
    headings.filter_map(profile).collect()
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn profiles_are_found_in_both_kinds_of_file() {
        let config = "[default]\nregion = eu-west-1\n[profile shop-prod]\n [profile \"two words\"] # x\n\
                      [sso-session corp]\n[services local]\n#[profile gone]\n";
        assert_eq!(sections(config), ["default", "shop-prod", "two words"]);
        assert_eq!(sections("[shop-prod]\naws_access_key_id = AKIA\n[]\n"), ["shop-prod"]);
    }
}
