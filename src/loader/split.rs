//! Splits the longest list, that of the interfaces, into several that are read side by side.
//!
//! Pages come one after the other: each names the next one. Once the first page is there, and the subnets tell that there
//! are many, the interfaces are asked for by the last digit of their ids, which no interface is without: by subnets, those
//! in a subnet that is shared with the account no more (rule SG-15) would be lost.
//!
//! That AWS takes wildcards in this filter is documented, but nothing tells when it does not: then the lists are empty.
//! So they are believed only if they have interfaces of the first page again.

use std::collections::HashSet;

use super::answer::Part;
use crate::model::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::model::interface::NetworkInterface;
use crate::model::lambda::Function;
use crate::model::vpc::Subnet;

/// What one page holds.
const PAGE: usize = 1_000;
/// With fewer pages than this there is nothing to gain.
const WORTH_IT: usize = 3;
/// Addresses of every subnet that AWS keeps for itself.
const OF_AWS: usize = 5;
/// How an id ends.
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Whether reading side by side is faster.
pub(super) fn pays(subnets: &[Subnet], first_page: &Part) -> bool {
    let in_use: usize = subnets.iter().map(in_use).sum();
    in_use.div_ceil(PAGE) >= WORTH_IT && ids(first_page).all(|id| last_digit(id).is_some())
}

/// Filters for the ids, which together let every interface through once.
pub(super) fn patterns() -> impl Iterator<Item = String> {
    DIGITS.iter().map(|digit| format!("eni-*{}", char::from(*digit)))
}

/// Whether AWS took the filters as they are meant: every list has something of what the first page had for it. What is
/// missing because a request failed is a matter of its own.
pub(super) fn is_proven(first_page: &Part, further: &[Part]) -> bool {
    let known: HashSet<&NetworkInterfaceId> = ids(first_page).collect();
    let again = further.iter().flat_map(ids).filter(|id| known.contains(id));
    let again: HashSet<_> = again.filter_map(last_digit).collect();
    let failed = further.iter().any(Part::is_broken);
    failed || ids(first_page).filter_map(last_digit).all(|digit| again.contains(&digit))
}

/// Takes out what the first page had.
pub(super) fn without_first(first_page: &Part, further: &mut [Part]) {
    let known: HashSet<NetworkInterfaceId> = ids(first_page).cloned().collect();
    for part in further {
        let listed = &mut part.resources.network_interfaces;
        listed.retain(|interface| !known.contains(&interface.network_interface_id));
    }
}

fn ids(part: &Part) -> impl Iterator<Item = &NetworkInterfaceId> {
    part.resources.network_interfaces.iter().map(|interface| &interface.network_interface_id)
}

fn last_digit(id: &NetworkInterfaceId) -> Option<u8> {
    id.as_str().strip_prefix("eni-")?.bytes().last().filter(|digit| DIGITS.contains(digit))
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

#[cfg(test)]
mod tests {
    use super::{NetworkInterface, Part, Subnet, is_proven, pays, without_first};

    /// A /20 with so many addresses in use.
    fn subnet(in_use: u32) -> Subnet {
        Subnet {
            cidr_block: Some("10.0.0.0/20".parse().unwrap()),
            available_ip_address_count: Some(4096 - 5 - in_use),
            ..Subnet::default()
        }
    }

    fn page(ids: &[&str]) -> Part {
        let interface = |id: &&str| {
            let network_interface_id = (*id).into();
            NetworkInterface { network_interface_id, ..NetworkInterface::default() }.into()
        };
        let mut part = Part::default();
        part.resources.network_interfaces = ids.iter().map(interface).collect();
        part
    }

    #[test]
    fn many_pages_are_read_side_by_side() {
        let first = page(&["eni-0a1", "eni-0af"]);
        assert!(pays(&vec![subnet(500); 5], &first));
        assert!(!pays(&vec![subnet(499); 4], &first), "two pages");
        assert!(
            !pays(&vec![subnet(500); 5], &page(&["eni-0a1", "eni-0xy"])),
            "no digit at its end"
        );
    }

    #[test]
    fn what_was_seen_before_proves_the_filters_and_is_taken_out() {
        let first = page(&["eni-01", "eni-11", "eni-02"]);
        let mut further = [page(&["eni-11", "eni-21"]), page(&["eni-02"])];
        assert!(is_proven(&first, &further));
        without_first(&first, &mut further);
        assert_eq!(further[0].resources.network_interfaces.len(), 1);
        assert_eq!(further[1].resources.network_interfaces.len(), 0);
    }

    #[test]
    fn filters_that_let_nothing_through_are_not_believed() {
        let first = page(&["eni-01", "eni-02"]);
        assert!(!is_proven(&first, &[page(&[]), page(&[])]));
        assert!(
            !is_proven(&first, &[page(&["eni-01"]), page(&["eni-12"])]),
            "none of the first page"
        );
    }
}
