//! Lambda.

use aws_sdk_lambda::Client;

use super::page::{Ask, Page, each_of, paged};
use crate::loader::convert::{function, sure};
use crate::model::catalogue::Resources;
use crate::model::ids::Arn;

paged! { max_items, set_marker -> next_marker:
    functions = list_functions(50), functions => functions, sure(function::function);
}

/// Whether these functions are ready.
pub(super) fn configurations(client: &Client, found: &Resources) -> Vec<Ask> {
    let arns = found.functions.iter().map(|function| function.function_arn.clone());
    each_of(client, arns, async |client, function_arn: Arn| {
        let request = client.get_function_configuration().function_name(function_arn.as_str());
        let configuration = function::configuration(function_arn, &request.send().await?);
        Ok(Resources { function_configurations: vec![configuration], ..Resources::default() })
    })
}
