//! Roles of other accounts.

use aws_config::SdkConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::provider::SharedCredentialsProvider;

/// A role to take on before anything is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its ARN.
    pub arn: String,
    /// What the owner of the role wants to hear.
    pub external_id: Option<String>,
}

/// A role that has the same name in every account of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRole {
    /// Its name.
    pub name: String,
    /// What the owners of the role want to hear.
    pub external_id: Option<String>,
}

impl MemberRole {
    pub(super) fn in_account(&self, partition: &str, account: &str) -> Role {
        let arn = format!("arn:{partition}:iam::{account}:role/{}", self.name);
        Role { arn, external_id: self.external_id.clone() }
    }
}

impl Role {
    /// The same configuration with the role's credentials, which are asked for when they are needed first.
    pub(super) async fn taken_on(&self, config: &SdkConfig) -> SdkConfig {
        let role = AssumeRoleProvider::builder(&self.arn).session_name("vpctui").configure(config);
        let role = match &self.external_id {
            Some(id) => role.external_id(id),
            None => role,
        };
        let provider = SharedCredentialsProvider::new(role.build().await);
        config.to_builder().credentials_provider(provider).build()
    }
}
