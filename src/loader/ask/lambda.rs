//! Lambda.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::FunctionVersion;

use super::page::{Ask, Page, each_of};
use crate::loader::convert::{function, sure};
use crate::model::catalogue::Resources;
use crate::model::ids::Arn;

/// The most that Lambda lists at once.
const PAGE: i32 = 50;

/// Every function with its published versions: they share interfaces too (rule L-4).
pub(super) fn functions(client: &Client) -> Vec<Ask> {
    let client = client.clone();
    vec![Box::new(move |token| {
        let request = client.list_functions().function_version(FunctionVersion::All);
        let request = request.max_items(PAGE).set_marker(token);
        Box::pin(async move {
            let answer = request.send().await?;
            let (next, listed) = (answer.next_marker, answer.functions.as_ref());
            Ok(Page::new(next, listed, |to| &mut to.functions, sure(function::function)))
        })
    })]
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
