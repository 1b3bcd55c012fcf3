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
    if let Source::Live(Live { org_role, config_aggregator, events, .. }) = source {
        wanted.organization_role.clone_from(org_role);
        wanted.flags.extend(org_role.is_some().then_some("org-role"));
        wanted.flags.extend(config_aggregator.is_some().then_some("config-aggregator"));
        wanted.flags.extend(events.is_some().then_some("events"));
    }
    Outcome::json(&iam::policy(&wanted))
}
