//! Long lists: read side by side where that is faster, and whole either way.

use std::collections::{BTreeMap, BTreeSet};

use super::server::{Asked, Reply, Server};
use super::{load, network};

const SUBNETS: usize = 8;
const PER_SUBNET: usize = 4;
const PAGE: usize = 2;

/// An AWS with interfaces in pages of two.
#[derive(Clone, Copy)]
struct Aws {
    /// Addresses of each subnet that are in use.
    in_use: usize,
    /// Whether `*` in a filter stands for anything.
    knows_wildcards: bool,
}

fn interfaces(asked: &Asked, aws: Aws) -> Option<Reply> {
    let list = match asked.operation.as_str() {
        "DescribeSubnets" => {
            let free = 4096 - 5 - aws.in_use;
            let subnet = |number| {
                format!(
                    "<item><subnetId>subnet-{number}</subnetId><cidrBlock>10.0.0.0/20</cidrBlock>\
                     <availableIpAddressCount>{free}</availableIpAddressCount></item>"
                )
            };
            format!("<subnetSet>{}</subnetSet>", (0..SUBNETS).map(subnet).collect::<String>())
        }
        "DescribeNetworkInterfaces" => page(asked, aws),
        _ => return network::answer(asked),
    };
    Some(Reply::xml(network::whole(asked, &list)))
}

fn page(asked: &Asked, aws: Aws) -> String {
    let wanted = |number: &usize| match pattern(asked) {
        None => true,
        Some(pattern) if aws.knows_wildcards => {
            id(*number).ends_with(pattern.trim_start_matches("eni-*"))
        }
        Some(pattern) => id(*number) == pattern,
    };
    let all = (0..SUBNETS * PER_SUBNET).filter(wanted);
    let from = asked.parameter("NextToken").map_or(0, |token| token.parse().unwrap());
    let listed: Vec<_> = all.skip(from).take(PAGE + 1).collect();
    let items: String = listed.iter().take(PAGE).map(|number| interface(*number)).collect();
    let more = listed.len() > PAGE;
    let next = if more { format!("<nextToken>{}</nextToken>", from + PAGE) } else { String::new() };
    format!("<networkInterfaceSet>{items}</networkInterfaceSet>{next}")
}

/// The last one is in a subnet that is shared with the account no more, and so is not listed.
fn interface(number: usize) -> String {
    let is_last = number + 1 == SUBNETS * PER_SUBNET;
    let subnet = if is_last { "elsewhere".to_owned() } else { (number % SUBNETS).to_string() };
    format!(
        "<item><networkInterfaceId>{}</networkInterfaceId><subnetId>subnet-{subnet}</subnetId></item>",
        id(number)
    )
}

fn id(number: usize) -> String {
    format!("eni-{number:017x}")
}

fn pattern(asked: &Asked) -> Option<String> {
    let name = asked.parameter("Filter.1.Name")?;
    assert_eq!(name, "network-interface-id");
    Some(asked.parameter("Filter.1.Value.1")?.replace("%2A", "*"))
}

/// How many ids were read, and the requests for them: how many pages each list of its own had.
fn read(aws: Aws) -> (usize, BTreeMap<Option<String>, usize>) {
    let server = Server::start(move |asked| interfaces(asked, aws));
    let load = load(&server.url, "eu-west-1").unwrap();
    assert_eq!(load.incomplete(), []);
    let listed = &load.resources().network_interfaces;
    let ids: BTreeSet<_> = listed.iter().map(|i| i.network_interface_id.to_string()).collect();
    assert_eq!(ids.len(), listed.len(), "each is there once");
    let asked = server.asked();
    let asked = asked.iter().filter(|asked| asked.operation == "DescribeNetworkInterfaces");
    let mut lists = BTreeMap::new();
    asked.for_each(|asked| *lists.entry(pattern(asked)).or_default() += 1);
    (ids.len(), lists)
}

#[test]
fn many_interfaces_are_read_side_by_side() {
    let (ids, lists) = read(Aws { in_use: 500, knows_wildcards: true });
    assert_eq!(ids, SUBNETS * PER_SUBNET, "be they in a subnet that is not listed");
    // One page shows that it pays; then a list for each digit at the end of an id, of two interfaces.
    assert_eq!(lists.len(), 1 + 16);
    assert!(lists.values().all(|pages| *pages == 1), "{lists:?}");
}

#[test]
fn filters_that_are_not_understood_lose_nothing() {
    let (ids, lists) = read(Aws { in_use: 500, knows_wildcards: false });
    assert_eq!(ids, SUBNETS * PER_SUBNET);
    assert_eq!(lists[&None], SUBNETS * PER_SUBNET / PAGE, "one page after the other");
}

#[test]
fn few_interfaces_are_read_one_page_after_the_other() {
    let (ids, lists) = read(Aws { in_use: 50, knows_wildcards: true });
    assert_eq!(ids, SUBNETS * PER_SUBNET);
    assert_eq!(lists, BTreeMap::from([(None, SUBNETS * PER_SUBNET / PAGE)]));
}
