//! `vpctui sg GROUP`: one security group.

use super::failure::Failure;
use super::output::{Format, Outcome};
use super::source::Source;
use crate::model::ids::SecurityGroupId;
use crate::report::group;
use crate::store::Store;
use crate::store::names::{Kind, Named};

/// One security group: its rules, what each reference covers now, and who refers to it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id or name of the group
    group: String,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// Shows the group.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let document = group::view(&store, &named(&store, &arguments.group)?);
    match arguments.format {
        Format::Text => Ok(Outcome::page(group::page(&document))),
        Format::Json => Outcome::json(&document),
    }
}

/// The group of this id or name; an id that only rules refer to is one too.
fn named(store: &Store, text: &str) -> Result<SecurityGroupId, Failure> {
    let directory = store.directory();
    let id = SecurityGroupId::from(text);
    let is_group = |named: &&Named| named.kind == Kind::SecurityGroup;
    if directory.by_id(text).is_some_and(|named| is_group(&named))
        || !store.referrers(&id).is_empty()
    {
        return Ok(id);
    }
    let exact = directory.by_name(text).into_iter().filter(is_group).collect::<Vec<_>>();
    let begins = || directory.by_beginning(text).into_iter().filter(is_group).collect::<Vec<_>>();
    let found = if exact.is_empty() && !text.is_empty() { begins() } else { exact };
    match found.as_slice() {
        [only] => Ok(SecurityGroupId::from(only.id.as_str())),
        [] => Err(Failure::new(format!("no security group is called `{text}`"))
            .advise("`vpctui find TEXT` looks through ids, names, addresses and DNS names")),
        several => {
            let mut failure =
                Failure::new(format!("`{text}` may be any of {} security groups", several.len()));
            failure.advice.extend(several.iter().take(12).map(|named| {
                let vpc = named.vpc.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{}  ({}, {vpc})", named.id, named.label())
            }));
            Err(failure)
        }
    }
}
