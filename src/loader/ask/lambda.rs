//! Lambda.

use aws_sdk_lambda::Client;

use super::page::{Ask, Page, paged};
use crate::loader::convert::{function, sure};

paged! { max_items, set_marker -> next_marker:
    functions = list_functions(50), functions => functions, sure(function::function);
}
