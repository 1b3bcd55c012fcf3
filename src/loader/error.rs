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
        "no credentials for profile `{profile}`: {message}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a \
         profile with `--profile`"
    )]
    NoCredentials {
        /// The profile.
        profile: String,
        /// What the credential chain says.
        message: String,
    },
    /// Credentials that were good once.
    #[error("the login of profile `{profile}` has expired ({message}): run `{command}`")]
    Expired {
        /// The profile.
        profile: String,
        /// What AWS or the credential chain says.
        message: String,
        /// What brings new ones.
        command: String,
    },
    /// Credentials that AWS does not know.
    #[error("AWS does not accept the credentials of profile `{profile}`: {message}")]
    Rejected {
        /// The profile.
        profile: String,
        /// What AWS says.
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
