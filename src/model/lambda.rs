//! Lambda functions and their published versions (rules L-1 to L-9).
//!
//! A list of all versions calls the one that can be edited `...:function:NAME:$LATEST`; a list without versions leaves
//! that end out, and so does this model: both kinds of list name a function alike.
//!
//! Environment variables often hold secrets: no field here can hold them, in reading or in writing.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{Arn, SecurityGroupId, SubnetId, VpcId};
use super::open_enum::open_enum;

/// The version of a function that can be edited.
const LATEST: &str = "$LATEST";

/// One function, or one published version of it (`ListFunctions`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Function {
    pub function_name: String,
    /// With the version's number at its end where it is a published one.
    #[serde(deserialize_with = "without_latest")]
    pub function_arn: Arn,
    pub runtime: Option<String>,
    pub description: Option<String>,
    pub timeout: Option<i32>,
    pub last_modified: Option<String>,
    /// `$LATEST` or a number.
    pub version: Option<String>,
    pub state: Option<FunctionState>,
    pub state_reason_code: Option<String>,
    /// Absent, or with empty lists, for a function in no VPC (rule L-1).
    pub vpc_config: Option<VpcConfig>,
}

/// What `ListFunctions` leaves out (`GetFunctionConfiguration`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FunctionConfiguration {
    #[serde(deserialize_with = "without_latest")]
    pub function_arn: Arn,
    pub state: Option<FunctionState>,
    pub state_reason_code: Option<String>,
}

/// Where the function's interfaces are (rule L-2).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcConfig {
    pub subnet_ids: Vec<SubnetId>,
    pub security_group_ids: Option<Vec<SecurityGroupId>>,
    pub vpc_id: Option<VpcId>,
    #[serde(rename = "Ipv6AllowedForDualStack")]
    pub ipv6_allowed_for_dual_stack: Option<bool>,
}

open_enum! {
    /// Life of a function (rule L-4); `ListFunctions` leaves it out.
    FunctionState {
        /// Interfaces being made.
        Pending = "Pending",
        /// Ready.
        Active = "Active",
        /// Idle for long, interfaces reclaimed: the next call fails while it is restored.
        Inactive = "Inactive",
        /// Could not be made.
        Failed = "Failed",
    }
}

impl Function {
    /// The VPC configuration, if the function is in a VPC.
    #[must_use]
    pub fn attached(&self) -> Option<&VpcConfig> {
        self.vpc_config.as_ref().filter(|config| !config.subnet_ids.is_empty())
    }

    /// The number of a published version; none for the function itself.
    #[must_use]
    pub fn published(&self) -> Option<&str> {
        let arn = self.function_arn.as_str();
        let own = arn.get(unqualified(arn)?.len() + 1..)?;
        Some(self.version.as_deref().unwrap_or(own))
    }

    /// The ARN of the function itself, of whatever version this is.
    #[must_use]
    pub fn unqualified_arn(&self) -> &str {
        let arn = self.function_arn.as_str();
        unqualified(arn).unwrap_or(arn)
    }

    /// Whether it has the same subnets and groups as another one: then they share interfaces (rule L-4).
    #[must_use]
    pub fn is_placed_like(&self, other: &Self) -> bool {
        let place = |one: &Self| {
            let config = one.attached()?;
            let mut subnets = config.subnet_ids.clone();
            let mut groups = config.security_group_ids.clone();
            subnets.sort_unstable();
            if let Some(groups) = &mut groups {
                groups.sort_unstable();
            }
            Some((subnets, groups))
        };
        place(self) == place(other)
    }

    /// What people call it: `export`, or `export:3` for a published version.
    #[must_use]
    pub fn label(&self) -> Cow<'_, str> {
        match self.published() {
            Some(version) => format!("{}:{version}", self.function_name).into(),
            None => self.function_name.as_str().into(),
        }
    }
}

/// The ARN of a function without the version or alias at its end, if it has one.
#[must_use]
pub fn unqualified(arn: &str) -> Option<&str> {
    let name = arn.starts_with("arn:").then(|| arn.find(":function:"))?? + ":function:".len();
    let end = arn.get(name..)?.find(':')?;
    arn.get(..name + end)
}

/// The ARN of a function as a list without versions writes it.
#[must_use]
pub fn unqualified_latest(arn: Arn) -> Arn {
    match arn.as_str().strip_suffix(LATEST).and_then(|rest| rest.strip_suffix(':')) {
        Some(function) => Arn::from(function),
        None => arn,
    }
}

fn without_latest<'de, D: Deserializer<'de>>(from: D) -> Result<Arn, D::Error> {
    Arn::deserialize(from).map(unqualified_latest)
}

#[cfg(test)]
mod tests {
    use super::{Function, unqualified};

    const EXPORT: &str = "arn:aws:lambda:eu-west-1:111122223333:function:export";

    #[test]
    fn a_version_or_alias_is_left_out() {
        assert_eq!(unqualified(&format!("{EXPORT}:live")), Some(EXPORT));
        assert_eq!(unqualified(EXPORT), None);
        assert_eq!(unqualified("a:function:b:c"), None);
    }

    #[test]
    fn lists_with_and_without_versions_name_a_function_alike() {
        for (arn, version, label) in [
            (EXPORT.to_owned(), "$LATEST", "export"),
            (format!("{EXPORT}:$LATEST"), "$LATEST", "export"),
            (format!("{EXPORT}:3"), "3", "export:3"),
        ] {
            let listed = serde_json::json!({"FunctionName": "export", "FunctionArn": arn, "Version": version});
            let function: Function = serde_json::from_value(listed).unwrap();
            assert_eq!(function.label(), label);
            assert_eq!(function.unqualified_arn(), EXPORT);
            assert_eq!(function.published().is_some(), version == "3");
        }
    }
}
