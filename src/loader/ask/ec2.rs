//! EC2: VPCs and what is in them. Page sizes are the largest that the operation takes.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, VpcAttributeName};
use futures::future;

use super::page::{Ask, Page, all, each_of, every, paged, understood, whole};
use crate::loader::convert::{
    address, each, edge, filter, instance, interface, peering, prefix_list, route_table, sure, vpc,
    vpn,
};
use crate::model::catalogue::Resources;
use crate::model::endpoint::ManagedPrefixListEntries;
use crate::model::ids::{PrefixListId, VpcId};
use crate::model::vpc::VpcAttributes;

paged! { max_results, set_next_token -> next_token:
    vpcs = describe_vpcs(1000), vpcs => vpcs, vpc::vpc;
    dhcp_options = describe_dhcp_options(1000), dhcp_options => dhcp_options, sure(vpc::dhcp_options);
    subnets = describe_subnets(1000), subnets => subnets, vpc::subnet;
    route_tables = describe_route_tables(100), route_tables => route_tables, route_table::route_table;
    security_groups = describe_security_groups(1000), security_groups => security_groups, filter::security_group;
    group_associations = describe_security_group_vpc_associations(1000),
        security_group_vpc_associations => security_group_vpc_associations, sure(filter::group_association);
    network_acls = describe_network_acls(1000), network_acls => network_acls, filter::network_acl;
    interfaces = describe_network_interfaces(1000), network_interfaces => network_interfaces, interface::interface;
    reservations = describe_instances(1000), reservations => reservations, instance::reservation;
    internet_gateways = describe_internet_gateways(1000),
        internet_gateways => internet_gateways, sure(edge::internet_gateway);
    egress_only_gateways = describe_egress_only_internet_gateways(255),
        egress_only_internet_gateways => egress_only_internet_gateways, sure(edge::egress_only_gateway);
    nat_gateways = describe_nat_gateways(1000), nat_gateways => nat_gateways, edge::nat_gateway;
    peerings = describe_vpc_peering_connections(1000),
        vpc_peering_connections => vpc_peering_connections, peering::peering;
    endpoints = describe_vpc_endpoints(1000), vpc_endpoints => vpc_endpoints, sure(edge::endpoint);
    prefix_lists = describe_prefix_lists(100), prefix_lists => prefix_lists, prefix_list::prefix_list;
    managed_prefix_lists = describe_managed_prefix_lists(100),
        prefix_lists => managed_prefix_lists, sure(prefix_list::managed);
    block_exclusions = describe_vpc_block_public_access_exclusions(1000),
        vpc_block_public_access_exclusions => block_public_access_exclusions, sure(vpc::block_exclusion);
}

whole! {
    addresses = describe_addresses, addresses => addresses, address::address;
    vpn_gateways = describe_vpn_gateways, vpn_gateways => vpn_gateways, sure(vpn::vpn_gateway);
    customer_gateways = describe_customer_gateways, customer_gateways => customer_gateways, sure(vpn::customer_gateway);
    vpn_connections = describe_vpn_connections, vpn_connections => vpn_connections, vpn::connection;
}

/// The interfaces whose ids are like this pattern.
pub(in crate::loader) fn interfaces_like(client: &Client, pattern: String) -> Ask {
    let filter = Filter::builder().name("network-interface-id").values(pattern).build();
    let request = client.describe_network_interfaces().max_results(1000).filters(filter);
    Box::new(move |token| {
        let request = request.clone().set_next_token(token);
        Box::pin(async move {
            let answer = request.send().await?;
            let (next, listed) = (answer.next_token, answer.network_interfaces.as_ref());
            Ok(Page::new(next, listed, |to| &mut to.network_interfaces, interface::interface))
        })
    })
}

/// One object, not a list.
pub(super) fn block_options(client: &Client) -> Vec<Ask> {
    let client = client.clone();
    vec![Box::new(move |_| {
        let request = client.describe_vpc_block_public_access_options();
        Box::pin(async move {
            let options = request.send().await?.vpc_block_public_access_options;
            let listed: Vec<_> = options.into_iter().collect();
            let convert = sure(vpc::block_options);
            Ok(Page::new(None, Some(&listed), |to| &mut to.block_public_access_options, convert))
        })
    })]
}

/// AWS tells one attribute per request: both are asked for at once.
pub(super) fn vpc_attributes(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, vpc_ids(found), async |client, vpc_id| {
        let request = client.describe_vpc_attribute().vpc_id(vpc_id.as_str());
        let support = request.clone().attribute(VpcAttributeName::EnableDnsSupport).send();
        let hostnames = request.attribute(VpcAttributeName::EnableDnsHostnames).send();
        let (support, hostnames) = future::try_join(support, hostnames).await?;
        let attributes = VpcAttributes {
            vpc_id,
            enable_dns_support: support.enable_dns_support.as_ref().map(vpc::attribute),
            enable_dns_hostnames: hostnames.enable_dns_hostnames.as_ref().map(vpc::attribute),
        };
        Ok(Resources { vpc_attributes: vec![attributes], ..Resources::default() })
    })
}

/// Groups about which EC2 is asked with one request.
const GROUPS_AT_ONCE: usize = 100;

/// From which peered VPCs these groups are referred to.
pub(super) fn group_references(client: &Client, found: &Resources) -> Vec<Ask> {
    let ids: Vec<_> = found.security_groups.iter().map(|one| one.group_id.to_string()).collect();
    let some = ids.chunks(GROUPS_AT_ONCE).map(<[String]>::to_vec);
    each_of(client, some, async |client, ids: Vec<String>| {
        let request = client.describe_security_group_references().set_group_id(Some(ids));
        let answer = request.send().await?;
        let listed = answer.security_group_reference_set.as_ref();
        let security_group_references = each(listed, filter::group_reference);
        Ok(Resources { security_group_references, ..Resources::default() })
    })
}

pub(super) fn stale_groups(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, vpc_ids(found), async |client, vpc_id: VpcId| {
        let request = client.describe_stale_security_groups().vpc_id(vpc_id.as_str());
        let request = request.max_results(255);
        let groups =
            every!(request, set_next_token -> next_token, stale_security_group_set).await?;
        let stale_security_groups = each(Some(&groups), filter::stale_group);
        Ok(Resources { stale_security_groups, ..Resources::default() })
    })
}

pub(super) fn prefix_list_entries(client: &Client, found: &Resources) -> Vec<Ask> {
    let ids = found.managed_prefix_lists.iter().map(|list| list.prefix_list_id.clone());
    each_of(client, ids, async |client, prefix_list_id: PrefixListId| {
        let request = client.get_managed_prefix_list_entries();
        let request = request.prefix_list_id(prefix_list_id.as_str()).max_results(100);
        let entries = every!(request, set_next_token -> next_token, entries).await?;
        let entries = understood(&entries, prefix_list::entry)?;
        let list = ManagedPrefixListEntries { prefix_list_id, entries };
        Ok(Resources { managed_prefix_list_entries: vec![list], ..Resources::default() })
    })
}

fn vpc_ids(found: &Resources) -> impl Iterator<Item = VpcId> + '_ {
    found.vpcs.iter().map(|vpc| vpc.vpc_id.clone())
}
