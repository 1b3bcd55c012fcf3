//! The rows of the group panel: rules, below an open rule what it covers now, who refers to the group, what is worth a
//! look.

use crate::report::group::{Covered, Document, Finding, Referrer, ReferringVpc, Rule};
use crate::store::Direction;

/// A row of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The rule with this number, inbound ones first.
    Rule(usize),
    /// What a rule covers: the rule's number, and the position among those within reach, then those out of it.
    Covered(usize, usize),
    /// So many more that a rule covers.
    More(usize, usize),
    /// A group that refers to this one.
    Referrer(usize),
    /// Another VPC from which it is referred to.
    ReferringVpc(usize),
    /// Something worth a look.
    Finding(usize),
}

/// Of what a rule covers so many are listed.
const LISTED: usize = 200;

/// The rows; what the open rules cover is listed.
pub fn items(document: &Document, is_open: &dyn Fn(usize) -> bool) -> Vec<Item> {
    let rules = document.rules().enumerate();
    let rules = rules.flat_map(|(number, (_, rule))| {
        let covered = if is_open(number) { all_covered(rule).count() } else { 0 };
        let listed = (0..covered.min(LISTED)).map(move |at| Item::Covered(number, at));
        let more = covered.checked_sub(LISTED).filter(|more| *more > 0);
        let more = more.map(|more| Item::More(number, more));
        std::iter::once(Item::Rule(number)).chain(listed).chain(more)
    });
    let referrers = (0..document.referenced_by.len()).map(Item::Referrer);
    let from = (0..document.referenced_from.len()).map(Item::ReferringVpc);
    let referrers = referrers.chain(from);
    let findings = (0..document.findings.len()).map(Item::Finding);
    rules.chain(referrers).chain(findings).collect()
}

/// What a rule covers, and after that what it would cover were it in reach.
fn all_covered(rule: &Rule) -> impl Iterator<Item = (&Covered, bool)> {
    let near = rule.covers.interfaces.iter().map(|one| (one, true));
    near.chain(rule.covers.out_of_reach.iter().map(|one| (one, false)))
}

/// A row with its data.
#[derive(Clone, Copy, Debug)]
pub enum ItemData<'a> {
    /// A rule, what is worth a look in it, and whether it is open.
    Rule(Direction, &'a Rule, Option<&'a Finding>),
    /// What it covers, and whether that is in reach.
    Covered(&'a Covered, bool),
    /// So many more.
    More(usize),
    /// A group that refers to this one.
    Referrer(&'a Referrer),
    /// Another VPC from which it is referred to.
    ReferringVpc(&'a ReferringVpc),
    /// Something worth a look.
    Finding(&'a Finding),
}

/// The data of a row.
pub fn data(document: &Document, item: Item) -> Option<ItemData<'_>> {
    Some(match item {
        Item::Rule(number) => {
            let (word, rule) = document.rules().nth(number)?;
            let way = if word == "inbound" { Direction::Ingress } else { Direction::Egress };
            let about =
                |one: &&Finding| one.direction == Some(word) && one.position == Some(rule.position);
            ItemData::Rule(way, rule, document.findings.iter().find(about))
        }
        Item::Covered(number, at) => {
            let (_, rule) = document.rules().nth(number)?;
            let (covered, near) = all_covered(rule).nth(at)?;
            ItemData::Covered(covered, near)
        }
        Item::More(_, more) => ItemData::More(more),
        Item::Referrer(at) => ItemData::Referrer(document.referenced_by.get(at)?),
        Item::ReferringVpc(at) => ItemData::ReferringVpc(document.referenced_from.get(at)?),
        Item::Finding(at) => ItemData::Finding(document.findings.get(at)?),
    })
}
