//! `vpctui iam-policy`: what the program has to be allowed.

use super::failure::Failure;
use super::output::Outcome;
use crate::report::iam;

/// The least IAM policy that the program needs, as JSON
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Prints it.
pub fn run(_: &Arguments) -> Result<Outcome, Failure> {
    Outcome::json(&iam::policy())
}
