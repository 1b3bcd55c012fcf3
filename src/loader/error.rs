//! Why nothing could be loaded, in words that say what to do.

use thiserror::Error;

/// A load that brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// No region anywhere.
    #[error(
        "no region for profile `{profile}`: give `--region eu-west-1` or `--all-regions`, set AWS_REGION, or add \
         `region = ...` to the profile in ~/.aws/config"
    )]
    NoRegion {
        /// The profile that names none.
        profile: String,
    },
    /// The profile is in no file.
    #[error("there is no profile `{profile}` in the AWS configuration; there are: {known}")]
    UnknownProfile {
        /// As it was asked for.
        profile: String,
        /// The others.
        known: String,
    },
    /// The configuration files cannot be read.
    #[error("the AWS configuration cannot be read: {message}")]
    Configuration {
        /// What the parser says.
        message: String,
    },
    /// Nothing to sign with.
    #[error(
        "no credentials for profile `{profile}`: {message}. Correct the profile, name another one with `--profile`, or, \
         without `--profile`, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )]
    NoCredentials {
        /// The profile.
        profile: String,
        /// What the credential chain says.
        message: String,
    },
    /// A login that gives no credentials: it is missing, has expired, or cannot be asked.
    #[error(
        "no credentials from the login of profile `{profile}`: if it is missing or has expired, run `{command}` ({message})"
    )]
    NoLogin {
        /// The profile.
        profile: String,
        /// What the credential chain says.
        message: String,
        /// What logs in.
        command: String,
    },
    /// Credentials that were good once.
    #[error("the login of profile `{profile}` has expired: {renewal} ({message})")]
    Expired {
        /// The profile.
        profile: String,
        /// What AWS says.
        message: String,
        /// How to get new ones.
        renewal: String,
    },
    /// Credentials that AWS does not know.
    #[error("AWS does not accept the credentials of profile `{profile}`: {message}")]
    Rejected {
        /// The profile.
        profile: String,
        /// What AWS says.
        message: String,
    },
    /// Good credentials, but no signature made here is good now.
    #[error("AWS takes no request: {message}")]
    WrongClock {
        /// What AWS says, and by how much the clock is wrong.
        message: String,
    },
    /// The caller may not take on a role.
    #[error(
        "the role cannot be taken on: {message}. Its trust policy has to name the caller (and the external id, if it \
         wants one), and the caller needs sts:AssumeRole on it"
    )]
    Role {
        /// What AWS says.
        message: String,
    },
    /// The accounts of the organisation could not be had.
    #[error(
        "the accounts of the organisation cannot be listed: {message}. `--org-role` needs organizations:ListAccounts in \
         the management account or in one that it has delegated this to"
    )]
    Organization {
        /// What AWS says.
        message: String,
    },
    /// Nothing came from the aggregator.
    #[error(
        "nothing came from the AWS Config aggregator `{name}`: {message}. `aws configservice \
         describe-configuration-aggregators` lists those of a region"
    )]
    Aggregator {
        /// Its name.
        name: String,
        /// What AWS says.
        message: String,
    },
    /// Nobody can be trusted with such a bundle.
    #[error("the certificates in {} (AWS_CA_BUNDLE or ca_bundle) cannot be used: {message}", path.display())]
    Certificates {
        /// Where they should be.
        path: std::path::PathBuf,
        /// What is wrong with them.
        message: String,
    },
    /// The list of regions could not be had.
    #[error("which regions are enabled cannot be told: {message}. Name them with `--region`")]
    Regions {
        /// What went wrong.
        message: String,
    },
    /// Not one call was answered.
    #[error("nothing could be read: {message}")]
    NoAnswer {
        /// What went wrong first.
        message: String,
    },
}
