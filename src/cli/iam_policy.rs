//! `vpctui iam-policy`: what the program has to be allowed.

use super::failure::Failure;
use super::output::Outcome;
use super::source::{Live, Source};
use crate::report::iam;

/// The least IAM policy that the program needs with the flags given, as JSON
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Prints it.
pub fn run(_: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let mut wanted = iam::Wanted::default();
    if let Source::Live(live) = source {
        let Live { all_regions, role_arn, org_role, config_aggregator, events, .. } = live;
        wanted.roles.extend(role_arn.clone());
        wanted.roles.extend(org_role.as_ref().map(|name| format!("arn:*:iam::*:role/{name}")));
        let flags = [
            (*all_regions, "all-regions"),
            (org_role.is_some(), "org-role"),
            (config_aggregator.is_some(), "config-aggregator"),
            (events.is_some(), "events"),
        ];
        wanted.flags.extend(flags.iter().filter(|(given, _)| *given).map(|(_, flag)| flag));
    }
    Outcome::json(&iam::policy(&wanted))
}
