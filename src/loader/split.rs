//! Splits the longest list, that of the interfaces, into several that are read side by side.
//!
//! Pages come one after the other: each names the next one. An interface is in one subnet, though, and the list of
//! subnets tells how many addresses of each are in use. So once the first page shows that there are many, the interfaces
//! are asked for subnet by subnet, in groups of about the same size.

use std::collections::HashSet;
use std::sync::Arc;

use super::ask::Ask;
use crate::model::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::model::interface::NetworkInterface;
use crate::model::lambda::Function;
use crate::model::vpc::Subnet;

/// What one page holds.
const PAGE: usize = 1_000;
/// With fewer pages than this there is nothing to gain.
const WORTH_IT: usize = 3;
/// Groups that are asked for at the same time, if all goes well.
const MOST_GROUPS: usize = 16;
/// EC2 takes no more values of one filter.
const VALUES: usize = 200;
/// Addresses of every subnet that AWS keeps for itself.
const OF_AWS: usize = 5;

/// Subnets to ask about together; none where the list is better read to its end.
pub(super) fn groups(
    subnets: &[Subnet],
    first_page: &[Arc<NetworkInterface>],
) -> Vec<Vec<SubnetId>> {
    let all: usize = subnets.iter().map(in_use).sum();
    let known: HashSet<&SubnetId> = subnets.iter().map(|subnet| &subnet.subnet_id).collect();
    let lists_all = first_page
        .iter()
        .all(|interface| interface.subnet_id.as_ref().is_some_and(|subnet| known.contains(subnet)));
    if !lists_all || all.div_ceil(PAGE) < WORTH_IT {
        return Vec::new();
    }
    let wanted = all.div_ceil(PAGE).min(MOST_GROUPS).max(subnets.len().div_ceil(VALUES));
    of_one_size(subnets, wanted)
}

/// The largest first, each into the group that is smallest until then.
fn of_one_size(subnets: &[Subnet], wanted: usize) -> Vec<Vec<SubnetId>> {
    let mut largest_first: Vec<&Subnet> = subnets.iter().collect();
    largest_first.sort_by_key(|subnet| std::cmp::Reverse(in_use(subnet)));
    let mut groups: Vec<(usize, Vec<SubnetId>)> = vec![Default::default(); wanted];
    for subnet in largest_first {
        let open = groups.iter_mut().filter(|(_, ids)| ids.len() < VALUES);
        if let Some((size, ids)) = open.min_by_key(|(size, ids)| (*size, ids.len())) {
            *size += in_use(subnet);
            ids.push(subnet.subnet_id.clone());
        }
    }
    groups.into_iter().map(|(_, ids)| ids).filter(|ids| !ids.is_empty()).collect()
}

/// How many addresses are in use: an interface has at least one.
fn in_use(subnet: &Subnet) -> usize {
    let Some(cidr) = subnet.cidr_block else { return 0 };
    let addresses = 1_usize << (32 - cidr.prefix_len());
    let free = subnet.available_ip_address_count.and_then(|free| usize::try_from(free).ok());
    free.map_or(0, |free| addresses.saturating_sub(OF_AWS).saturating_sub(free))
}

/// Where functions with the same groups share an interface (rule L-4).
pub(super) type Hyperplane = (SubnetId, Vec<SecurityGroupId>);

/// The place of an interface, if functions use it.
pub(super) fn hyperplane(interface: &NetworkInterface) -> Option<Hyperplane> {
    let of_functions = interface.interface_type.as_deref() == Some("lambda");
    let subnet = interface.subnet_id.clone().filter(|_| of_functions)?;
    Some((subnet, sorted(interface.groups.iter().flatten().map(|group| group.group_id.clone()))))
}

/// Whether a function in a VPC has no interface in one of its subnets.
pub(super) fn is_idle(function: &Function, known: &HashSet<Hyperplane>) -> bool {
    let Some(config) = function.attached() else { return false };
    let groups = sorted(config.security_group_ids.iter().flatten().cloned());
    !config.subnet_ids.iter().all(|subnet| known.contains(&(subnet.clone(), groups.clone())))
}

fn sorted(groups: impl Iterator<Item = SecurityGroupId>) -> Vec<SecurityGroupId> {
    let mut groups: Vec<_> = groups.collect();
    groups.sort_unstable();
    groups
}

/// The same request, without what is known already.
pub(super) fn without(ask: Ask, known: Arc<HashSet<NetworkInterfaceId>>) -> Ask {
    Box::new(move |token| {
        let (page, known) = (ask(token), Arc::clone(&known));
        Box::pin(async move {
            let mut page = page.await?;
            let listed = &mut page.resources.network_interfaces;
            listed.retain(|interface| !known.contains(&interface.network_interface_id));
            Ok(page)
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Arc, NetworkInterface, Subnet, VALUES, groups};

    /// A /20 with so many addresses in use.
    fn subnet(number: usize, in_use: u32) -> Subnet {
        Subnet {
            subnet_id: format!("subnet-{number}").into(),
            cidr_block: Some("10.0.0.0/20".parse().unwrap()),
            available_ip_address_count: Some(4096 - 5 - in_use),
            ..Subnet::default()
        }
    }

    fn interface(subnet: &str) -> Arc<NetworkInterface> {
        let subnet_id = Some(subnet.into());
        NetworkInterface { subnet_id, ..NetworkInterface::default() }.into()
    }

    #[test]
    fn many_interfaces_are_asked_for_in_groups_of_one_size() {
        let subnets: Vec<_> = (0..20).map(|number| subnet(number, 500)).collect();
        let groups = groups(&subnets, &[interface("subnet-3")]);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [2; 10]);
        let all: BTreeSet<_> = groups.iter().flatten().collect();
        assert_eq!(all.len(), 20, "every subnet is in one group");
    }

    #[test]
    fn many_small_subnets_fit_the_filter() {
        let subnets: Vec<_> = (0..1_000).map(|number| subnet(number, 3)).collect();
        let groups = groups(&subnets, &[]);
        assert!(groups.iter().all(|group| group.len() <= VALUES));
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 1_000);
    }

    #[test]
    fn few_interfaces_and_subnets_that_are_not_listed_are_read_in_one_go() {
        let few: Vec<_> = (0..4).map(|number| subnet(number, 499)).collect();
        assert!(groups(&few, &[]).is_empty());
        let many: Vec<_> = (0..20).map(|number| subnet(number, 500)).collect();
        assert!(groups(&many, &[interface("subnet-of-nobody")]).is_empty());
    }
}
