//! Lambda functions (rules L-1 to L-9).
//!
//! Environment variables often hold secrets: no field here can hold them, in reading or in writing.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{Arn, SecurityGroupId, SubnetId, VpcId};
use super::open_enum::open_enum;

/// One function (`ListFunctions`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Function {
    pub function_name: String,
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
}
