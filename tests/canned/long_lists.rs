//! Long lists: read side by side where that is faster, and whole either way.

use std::collections::BTreeSet;

use super::server::{Asked, Reply, Server};
use super::{load, network};

const SUBNETS: usize = 8;
const PER_SUBNET: usize = 4;
const PAGE: usize = 2;

/// Interfaces in pages of two; how many addresses of a subnet are in use is as the test wants it.
fn interfaces(asked: &Asked, in_use: usize) -> Option<Reply> {
    let list = match asked.operation.as_str() {
        "DescribeSubnets" => {
            let free = 4096 - 5 - in_use;
            let subnet = |number| {
                format!(
                    "<item><subnetId>subnet-{number}</subnetId><cidrBlock>10.0.0.0/20</cidrBlock>\
                     <availableIpAddressCount>{free}</availableIpAddressCount></item>"
                )
            };
            format!("<subnetSet>{}</subnetSet>", (0..SUBNETS).map(subnet).collect::<String>())
        }
        "DescribeNetworkInterfaces" => page(asked),
        _ => return network::answer(asked),
    };
    Some(Reply::xml(network::whole(asked, &list)))
}

fn page(asked: &Asked) -> String {
    let wanted = |subnet: usize| match filter(asked) {
        subnets if subnets.is_empty() => true,
        subnets => subnets.contains(&format!("subnet-{subnet}")),
    };
    let all = (0..SUBNETS * PER_SUBNET).filter(|number| wanted(number % SUBNETS));
    let from = asked.parameter("NextToken").map_or(0, |token| token.parse().unwrap());
    let listed: Vec<_> = all.skip(from).take(PAGE + 1).collect();
    let interface = |number: &usize| {
        let subnet = number % SUBNETS;
        format!(
            "<item><networkInterfaceId>eni-{number}</networkInterfaceId>\
             <subnetId>subnet-{subnet}</subnetId></item>"
        )
    };
    let items: String = listed.iter().take(PAGE).map(interface).collect();
    let more = listed.len() > PAGE;
    let next = if more { format!("<nextToken>{}</nextToken>", from + PAGE) } else { String::new() };
    format!("<networkInterfaceSet>{items}</networkInterfaceSet>{next}")
}

fn filter(asked: &Asked) -> BTreeSet<String> {
    let pairs = asked.body.split('&').filter_map(|pair| pair.split_once('='));
    let values = pairs.filter(|(name, _)| name.starts_with("Filter.1.Value"));
    values.map(|(_, value)| value.to_owned()).collect()
}

/// The ids that were read, and the requests for them: how many pages each list of its own had.
fn read(in_use: usize) -> (BTreeSet<String>, Vec<usize>) {
    let server = Server::start(move |asked| interfaces(asked, in_use));
    let load = load(&server.url, "eu-west-1").unwrap();
    assert_eq!(load.incomplete(), []);
    let listed = &load.resources().network_interfaces;
    let ids: BTreeSet<_> = listed.iter().map(|i| i.network_interface_id.to_string()).collect();
    assert_eq!(ids.len(), listed.len(), "each is there once");
    let asked = server.asked();
    let asked = asked.iter().filter(|asked| asked.operation == "DescribeNetworkInterfaces");
    let mut lists = std::collections::BTreeMap::<_, usize>::new();
    asked.for_each(|asked| *lists.entry(filter(asked)).or_default() += 1);
    (ids, lists.into_values().collect())
}

#[test]
fn many_interfaces_are_read_side_by_side() {
    let (ids, lists) = read(500);
    assert_eq!(ids.len(), SUBNETS * PER_SUBNET);
    // One page shows that it pays; then four groups of two subnets, eight interfaces each.
    assert_eq!(lists, [1, 4, 4, 4, 4]);
}

#[test]
fn few_interfaces_are_read_one_page_after_the_other() {
    let (ids, lists) = read(50);
    assert_eq!(ids.len(), SUBNETS * PER_SUBNET);
    assert_eq!(lists, [SUBNETS * PER_SUBNET / PAGE]);
}
