//! Lambda functions, without their environment.

use aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput;
use aws_sdk_lambda::types as lambda;

use super::field::{id, ids, known_id, open, text, word};
use crate::model::ids::Arn;
use crate::model::lambda::{Function, FunctionConfiguration, VpcConfig, unqualified_latest};

/// `from.environment()` is not looked at: its variables often hold secrets.
pub(in crate::loader) fn function(from: &lambda::FunctionConfiguration) -> Function {
    Function {
        function_name: id(from.function_name()),
        function_arn: unqualified_latest(id(from.function_arn())),
        runtime: word(from.runtime()),
        description: text(from.description()),
        timeout: from.timeout(),
        last_modified: text(from.last_modified()),
        version: text(from.version()),
        state: from.state().map(|state| open(Some(state))),
        state_reason_code: word(from.state_reason_code()),
        vpc_config: from.vpc_config().map(vpc_config),
    }
}

/// What the list of functions leaves out.
pub(in crate::loader) fn configuration(
    function_arn: Arn,
    from: &GetFunctionConfigurationOutput,
) -> FunctionConfiguration {
    FunctionConfiguration {
        function_arn,
        state: from.state().map(|state| open(Some(state))),
        state_reason_code: word(from.state_reason_code()),
    }
}

fn vpc_config(from: &lambda::VpcConfigResponse) -> VpcConfig {
    VpcConfig {
        subnet_ids: ids(from.subnet_ids.as_ref()),
        security_group_ids: from.security_group_ids.as_ref().map(|all| ids(Some(all))),
        vpc_id: known_id(from.vpc_id()),
        ipv6_allowed_for_dual_stack: from.ipv6_allowed_for_dual_stack(),
    }
}
